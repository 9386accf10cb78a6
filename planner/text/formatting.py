"""Standard format of a roadmap file: the same data and every comment, in the format's order.

- Tables stand in the order in which the format names their kinds, those of a kind in id order, each
  with its sub-tables behind it, and one blank line between tables. Tables that the format does not
  know come last, in the order they had.
- A heading, a comment with a rule in it (``# --- Consent ---``), is about all that follows up to
  the next one: sections stay where they are, and tables are put in order inside theirs.
- Keys stand in the format's order; unknown ones last. No blank lines between them.
- A list of references with more than one item has one item a line, with a trailing comma; one with
  comments in it, and every other list, keeps its lines, each in as deep as it stands.
- A comment stays with what it is about: at the end of its line, above its key or table, or, where a
  blank line parts it from what follows, still before that. What stands at the top of the file
  before the first table, parted from it by a blank line, stays there.
- Values keep their spelling. The last line ends.

Formatting what is formatted changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from planner.errors import EditRefused
from planner.roadmap.entities import KINDS
from planner.roadmap.fields import TABLE_NAMES, TABLES, is_reference_list, keys_in_order
from planner.text.document import Document
from planner.text.edits import same
from planner.text.scanning import Statement, Value
from planner.text.sections import Path, Section, split

INDENT = "    "


def formatted(document: Document) -> Document:
    """The document in normal form; itself where it is so already.

    Raises EditRefused where the result would not say the same, with nothing changed.
    """
    crlf = "\r\n" in document.text
    text = normal_text(document.text.replace("\r\n", "\n"))
    if crlf:
        text = text.replace("\n", "\r\n")
    if text == document.text:
        return document
    bom = document.to_bytes()[:3] if document.to_bytes().startswith(b"\xef\xbb\xbf") else b""
    result = Document.parse(bom + text.encode(), document.file)
    if not same(result.data, document.data):
        raise EditRefused("the standard format would change the meaning", file=document.file)
    return result


def normal_text(text: str) -> str:
    """The normal form of a text that parses and has ``\\n`` line ends."""
    root, *tables = split(text)
    head, before = _root(root, bool(tables))
    parts = [_Part([head] if head else [])]
    homes: dict[Path, _Part] = {}
    for number, section in enumerate(tables):
        heading, apart, lead = _comments(before)
        if heading:
            parts.append(_Part(heading))
        end = section.own_end(number == len(tables) - 1)
        home = homes.setdefault(section.path[:2], parts[-1])
        text = "\n\n".join([*apart, lead + _table(section, end)])
        home.tables.append((_place(section, number), text))
        before = section.text[end:]
    blocks = [block for part in parts for block in part.blocks()]
    blocks += _blocks(before)
    return "\n\n".join(blocks) + "\n" if blocks else ""


class _Part:
    """A heading, and the tables of its section with their places among each other."""

    def __init__(self, heading: list[str]) -> None:
        self.heading = heading
        self.tables: list[tuple[Place, str]] = []

    def blocks(self) -> list[str]:
        """What is parted by blank lines, in order."""
        return [*self.heading, *(text for _, text in sorted(self.tables))]


Place = tuple[int, str, int]


def _place(section: Section, number: int) -> Place:
    """Where a table stands among the others."""
    kind = section.path[0]
    rank = TABLE_NAMES.index(kind) if kind in TABLE_NAMES else len(TABLE_NAMES)
    ordered = kind in KINDS and len(section.path) > 1 and not section.many
    return rank, section.path[1] if ordered else "", number


def _root(root: Section, followed: bool) -> tuple[str, str]:
    """What stands before the first header, and the comments there that belong to that."""
    start = root.lead_start if followed else len(root.text)
    own, lead = root.text[:start], root.text[start:]
    if not root.statements:
        return "\n\n".join(_blocks(own)), lead
    end = root.own_end_without_comments
    comments = "\n\n".join(_blocks(own[: root.statements[0].start]))
    head = "\n".join(
        [
            *([comments] if comments else []),
            *_statements(root, root.statements, root.statements[0].start),
        ]
    )
    tail = "\n\n".join(_blocks(own[end:]))
    return "\n\n".join(part for part in (head, tail) if part), lead


def _blocks(text: str) -> list[str]:
    """Comments, parted where blank lines part them."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return ["\n".join(block) for block in found if block]


def _comments(before: str) -> tuple[list[str], list[str], str]:
    """What stands before a header: a heading with what is above it, comments parted from the
    header, and those right above it."""
    blocks = _blocks(before)
    touching = before[len(before.rstrip()) :].count("\n") <= 1
    last = blocks.pop().split("\n") if blocks and touching else []
    ruled = max((at for at, line in enumerate(last, 1) if _RULE.search(line)), default=0)
    above, lead = "\n".join(last[:ruled]), "".join(f"{line}\n" for line in last[ruled:])
    if ruled and _is_heading(above):
        return [*blocks, above], [], lead
    if any(map(_is_heading, blocks)):
        return blocks, [], "".join(f"{line}\n" for line in last)
    return [], blocks, "".join(f"{line}\n" for line in last)


_RULE = re.compile(r"([-=~*#_\u2500-\u257f])\1{2,}$")


def _is_heading(block: str) -> bool:
    """Whether a comment has a rule in it, and words."""
    lines = block.split("\n")
    return any(map(_RULE.search, lines)) and any(map(str.isalnum, block))


def _table(section: Section, end: int) -> str:
    """A header with its keys, in order, each below its comments."""
    header = section.text[: section.top].rstrip()
    statements = sorted(section.statements, key=lambda each: _key_place(section, each))
    lines = [header, *_statements(section, statements, section.top)]
    lines += [
        line
        for block in _blocks(section.text[section.own_end_without_comments : end])
        for line in block.split("\n")
    ]
    return "\n".join(lines)


def _key_place(section: Section, statement: Statement) -> tuple[int, str]:
    """Where a key stands among those of its table."""
    kind, depth = section.path[0], len(section.path)
    name = statement.item.names[0]
    if kind in KINDS and depth == 1:
        return 0, name
    if kind in TABLES and (depth == 2 if kind in KINDS else depth == 1):
        order = keys_in_order(kind)
        return order.index(name) if name in order else len(order), ""
    return 0, ""


def _statements(section: Section, statements: Iterable[Statement], top: int) -> list[str]:
    """Keys with the comments above them, in the given order."""
    ends = {
        each.start: end
        for each, end in zip(
            section.statements, [top, *(each.end for each in section.statements)], strict=False
        )
    }
    lines = []
    for statement in statements:
        above = section.text[ends[statement.start] : statement.start]
        lines += [line for block in _blocks(above) for line in block.split("\n")]
        lines.append(_statement(section, statement))
    return lines


def _statement(section: Section, statement: Statement) -> str:
    text, item = section.text, statement.item
    key = text[item.parts[0].start : item.parts[-1].end]
    behind = text[item.value.end : statement.end].rstrip()
    return f"{key} = {_value(section, statement)}{behind}"


def _value(section: Section, statement: Statement) -> str:
    text, value = section.text, statement.item.value
    path = (*section.path, *statement.item.names)
    lists = len(path) == 3 and path[0] in KINDS and is_reference_list(path[0], path[2])
    if not lists or value.what != "list" or len(value.items) < 2:
        return _indented(text, value)
    items = [text[item.value.start : item.value.end] for item in value.items]
    if "#" in _between(text, statement) or any("\n" in item for item in items):
        return _indented(text, value)
    return "\n".join(["[", *(f"{INDENT}{item}," for item in items), "]"])


def _indented(text: str, value: Value) -> str:
    """A value with its lines as they are, each in as deep as it stands; text is left alone."""
    at, (first, *lines) = value.start, text[value.start : value.end].split("\n")
    found = [first]
    for before, line in pairwise((first, *lines)):
        at += len(before) + 1
        depth = _depth(value, at, at + len(line) - len(line.lstrip()))
        found.append(line if depth is None else (INDENT * depth + line.strip()).rstrip())
    return "\n".join(found)


def _depth(value: Value, at: int, first: int) -> int | None:
    """How many lists a line stands in, which begins at a place and has its first character at
    another; None inside text."""
    if not value.start < at < value.end:
        return 0
    if value.what not in ("list", "table"):
        return None
    depth = int(first != value.end - 1)
    for item in value.items:
        inner = _depth(item.value, at, first)
        if inner is None:
            return None
        depth += inner
    return depth


def _between(text: str, statement: Statement) -> str:
    """What is written in a list between its items."""
    value = statement.item.value
    at, found = value.start, []
    for item in value.items:
        found.append(text[at : item.value.start])
        at = item.value.end
    return "".join([*found, text[at : value.end]])
