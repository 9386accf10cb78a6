"""Scanner: exact positions of keys, values and list items in TOML 1.0 text.

A scan finds spans; it builds no data. It is strict about what TOML 1.1 added (newlines and
trailing commas in inline tables, ``\\e`` and ``\\xHH``, times without seconds), because parsers
have begun to accept that, and about the size limits, because a parser may not survive what breaks
them. For the rest it trusts that a parser has read or will read the same text.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

import tomli

MAX_KEY_PARTS = 16
MAX_NESTING = 32
MAX_DIGITS = 400

_ESCAPE = r'\\(?:["\\bfnrt]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})'
_BASIC = re.compile(rf'"(?:[^"\\\x00-\x08\x0a-\x1f\x7f]++|{_ESCAPE})*+"')
_LITERAL = re.compile(r"'[^'\x00-\x08\x0a-\x1f\x7f]*+'")
_BASIC_LINES = re.compile(
    rf'"""(?:[^"\\]++|{_ESCAPE}|\\[ \t]*+\r?\n[ \t\r\n]*+|""?(?!"))*+"""(?:""?)?'
)
_LITERAL_LINES = re.compile(r"'''(?:[^']++|''?(?!'))*+'''(?:''?)?")
_NEW_ESCAPE = re.compile(r'(?:[^"\\\n]++|\\[^ex\n])*+\\[ex]')
_NEW_ESCAPE_IN_LINES = re.compile(r'(?:[^"\\]++|\\[^ex]|""?(?!"))*+\\[ex]')
_BARE = re.compile(r"[A-Za-z0-9_-]++")
_BLANKS = re.compile(r"[ \t]*+")
_BLANKS_AND_COMMENTS = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_LINE_END = re.compile(r"[ \t]*+(?:#[^\n]*+)?+(?:\r?\n|\Z)")
_NEXT_STATEMENT = re.compile(r"(?:[ \t]*+(?:#[^\n]*+)?+\r?\n)*+(?:[ \t]*+#[^\n]*+\Z)?[ \t]*+")
_WORD = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9:.+\-Z]*+|[^\s,\]}#\"'\[{]++")
_SHORT_TIME = re.compile(r"(?:[0-9-]{10}[Tt ])?[0-9]{2}:[0-9]{2}(?![0-9]*:)")
_NUMBER = re.compile(r"[+-]?[0-9][0-9A-Fa-f_xob.+-]*")

What = Literal["word", "text", "list", "table"]


class ScanError(Exception):
    """What can't be scanned, with the offset at which it stands."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


class Part(NamedTuple):
    """One part of a key: where it is written, and what it says."""

    start: int
    end: int
    name: str


class Value(NamedTuple):
    """A value's span. A list or an inline table has its items; any other value none."""

    what: What
    start: int
    end: int
    items: tuple[Item, ...] = ()


class Item(NamedTuple):
    """A key (empty in a list) with its value; `comma` is where the one behind it stands."""

    parts: tuple[Part, ...]
    value: Value
    comma: int | None = None

    @property
    def start(self) -> int:
        return self.parts[0].start if self.parts else self.value.start

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(part.name for part in self.parts)


class Statement(NamedTuple):
    """A key with its value on lines of its own: `start` to `end`, the line's end included."""

    start: int
    item: Item
    end: int


class Header(NamedTuple):
    """``[a.b]`` or, with `many`, ``[[a.b]]``, on a line of its own from `start` to `end`."""

    start: int
    parts: tuple[Part, ...]
    many: bool
    end: int


def scan_statements(text: str, at: int) -> tuple[Statement, ...]:
    """All statements from `at` (a line's start) to the end. Raises ScanError at a header too."""
    found: list[Statement] = []
    while (at := next_statement(text, at)) < len(text):
        statement = scan_statement(text, at)
        found.append(statement)
        at = statement.end
    return tuple(found)


def next_statement(text: str, at: int) -> int:
    """The offset of the next thing that is neither blank nor comment; the text's end if none."""
    match = _NEXT_STATEMENT.match(text, at)
    assert match is not None
    return match.end()


def scan_statement(text: str, at: int) -> Statement:
    """The statement whose key starts at `at`."""
    item = _pair(text, at, 0)
    start = text.rfind("\n", 0, at) + 1
    return Statement(start, item, _line_end(text, item.value.end))


def scan_header(text: str, at: int) -> Header:
    """The header whose bracket is at `at`. Raises ScanError where it is none."""
    many = text.startswith("[[", at)
    parts, end = _key(text, _skip(text, at + 1 + many))
    close = "]]" if many else "]"
    if not text.startswith(close, end):
        raise ScanError(f"expected {close}", end)
    start = text.rfind("\n", 0, at) + 1
    return Header(start, parts, many, _line_end(text, end + len(close)))


def scan_headers(text: str) -> list[Header]:
    """Every header of a whole text, found by scanning all that stands between them."""
    found: list[Header] = []
    at = 0
    while (at := next_statement(text, at)) < len(text):
        if text[at] == "[":
            found.append(scan_header(text, at))
            at = found[-1].end
        else:
            at = scan_statement(text, at).end
    return found


# --- keys -----------------------------------------------------------------------------------------


def _key(text: str, at: int) -> tuple[tuple[Part, ...], int]:
    """A dotted key, and the offset of what follows it and its blanks."""
    parts = [_part(text, at)]
    end = _skip(text, parts[-1].end)
    while text.startswith(".", end):
        if len(parts) == MAX_KEY_PARTS:
            raise ScanError(f"a key has more than {MAX_KEY_PARTS} parts", at)
        parts.append(_part(text, _skip(text, end + 1)))
        end = _skip(text, parts[-1].end)
    return tuple(parts), end


def _part(text: str, at: int) -> Part:
    if match := _BARE.match(text, at):
        return Part(at, match.end(), match[0])
    if text.startswith("'", at) and (match := _LITERAL.match(text, at)):
        return Part(at, match.end(), match[0][1:-1])
    if text.startswith('"', at):
        end = _text(text, at)
        token = text[at:end]
        name = str(tomli.loads(f"x = {token}")["x"]) if "\\" in token else token[1:-1]
        if not token.startswith('"""'):
            return Part(at, end, name)
    raise ScanError("expected a key", at)


def _pair(text: str, at: int, depth: int) -> Item:
    parts, end = _key(text, at)
    if not text.startswith("=", end):
        raise ScanError("expected = after a key", end)
    return Item(parts, _value(text, _skip(text, end + 1), depth))


# --- values ---------------------------------------------------------------------------------------


def _value(text: str, at: int, depth: int) -> Value:
    first = text[at : at + 1]
    if first in ('"', "'"):
        return Value("text", at, _text(text, at))
    if first in ("[", "{"):
        if depth == MAX_NESTING:
            raise ScanError(f"lists and tables are nested deeper than {MAX_NESTING}", at)
        return _list(text, at, depth + 1) if first == "[" else _inline(text, at, depth + 1)
    return Value("word", at, _word(text, at))


def _text(text: str, at: int) -> int:
    """The end of the string at `at`."""
    if text.startswith('"""', at):
        pattern = _BASIC_LINES
    elif text.startswith("'''", at):
        pattern = _LITERAL_LINES
    else:
        pattern = _BASIC if text[at] == '"' else _LITERAL
    if match := pattern.match(text, at):
        return match.end()
    if text[at] == '"':
        _refuse_new_escape(text, at)
    raise ScanError("a string has no end or a character that may not stand in it", at)


def _refuse_new_escape(text: str, at: int) -> None:
    lines = text.startswith('"""', at)
    found = (_NEW_ESCAPE_IN_LINES if lines else _NEW_ESCAPE).match(text, at + (3 if lines else 1))
    if found:
        escape = found.end() - 2
        raise ScanError(f"{text[escape : found.end()]} is TOML 1.1, not 1.0", escape)


def _word(text: str, at: int) -> int:
    """The end of a number, flag, date or time."""
    match = _WORD.match(text, at)
    if match is None:
        raise ScanError("expected a value", at)
    if _SHORT_TIME.match(match[0]):
        raise ScanError("a time without seconds is TOML 1.1, not 1.0", at)
    if len(match[0]) > MAX_DIGITS and _NUMBER.match(match[0]):
        raise ScanError(f"a number has more than {MAX_DIGITS} digits", at)
    return match.end()


def _list(text: str, at: int, depth: int) -> Value:
    items: list[Item] = []
    end = _skip_lines(text, at + 1)
    while not text.startswith("]", end):
        value = _value(text, end, depth)
        end = _skip_lines(text, value.end)
        comma = end if text.startswith(",", end) else None
        items.append(Item((), value, comma))
        if comma is None:
            break
        end = _skip_lines(text, comma + 1)
    if not text.startswith("]", end):
        raise ScanError("a list has no end", at)
    return Value("list", at, end + 1, tuple(items))


def _inline(text: str, at: int, depth: int) -> Value:
    items: list[Item] = []
    end = _skip_in_line(text, at + 1)
    while not text.startswith("}", end):
        item = _pair(text, end, depth)
        end = _skip_in_line(text, item.value.end)
        comma = end if text.startswith(",", end) else None
        items.append(item._replace(comma=comma))
        if comma is None:
            break
        end = _skip_in_line(text, comma + 1)
        if text.startswith("}", end):
            raise ScanError("a comma before } is TOML 1.1, not 1.0", comma)
    if not text.startswith("}", end):
        raise ScanError("an inline table has no end", at)
    return Value("table", at, end + 1, tuple(items))


# --- what stands between --------------------------------------------------------------------------


def _skip(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    assert match is not None
    return match.end()


def _skip_lines(text: str, at: int) -> int:
    match = _BLANKS_AND_COMMENTS.match(text, at)
    assert match is not None
    return match.end()


def _skip_in_line(text: str, at: int) -> int:
    end = _skip(text, at)
    if text.startswith(("\n", "\r\n", "#"), end):
        raise ScanError("a new line inside { } is TOML 1.1, not 1.0", end)
    return end


def _line_end(text: str, at: int) -> int:
    match = _LINE_END.match(text, at)
    if match is None:
        raise ScanError("expected the end of the line", at)
    return match.end()
