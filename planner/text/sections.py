"""Sections of a document: each header with the lines below it, and the lines before the first.

A section knows which of its lines are its table's own, and which belong to nobody or to the next
table: comments directly above a header, with no blank line between, belong to that header's table.
The sections of a text, joined, are the text.

Splitting trusts a cheap look at lines that begin with a bracket. Inside a list or a text of several
lines such a line is no header; a piece that was cut there has a list or a text without an end, so
every cut that could be one of these is checked by scanning the piece before it, and if one fails
the whole text is scanned instead.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from planner.roadmap.entities import KINDS
from planner.text.scanning import (
    Header,
    Item,
    ScanError,
    Statement,
    scan_header,
    scan_headers,
    scan_statements,
)

Path = tuple[str, ...]
Unit = tuple[str, ...]
"""What is verified as one: ``(kind, id)`` of a keyed table, else the first part of the path.
``()`` is what stands before the first header."""

_BRACKET_LINE = re.compile(r"^[ \t]*+\[[^\n]*+", re.MULTILINE)
_PLAIN_HEADER = re.compile(r"\[([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)\][ \t]*(?:#.*)?\r?")
_LIKE_A_VALUE = re.compile(r"[0-9+-]|(?:true|false|inf|nan)\Z")
_NEWLINE = re.compile("\n")
_COMMENT_LINE = re.compile(r"[ \t]*#")


class Section:
    """One header and the lines below it, up to the next header. Never changed; scanned when asked.

    `path` is ``()`` and there is no header line for what stands before the first header. `many` is
    true for ``[[path]]``.
    """

    __slots__ = ("__dict__", "many", "path", "text")

    def __init__(self, text: str, path: Path = (), many: bool = False) -> None:
        self.text = text
        self.path = path
        self.many = many

    def __repr__(self) -> str:
        return f"Section({self.text!r})"

    @cached_property
    def header(self) -> Header | None:
        """Where the header's parts are written."""
        if not self.path:
            return None
        return scan_header(self.text, self.text.index("["))

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The keys and values below the header. Raises ScanError."""
        return scan_statements(self.text, self.header.end if self.header else 0)

    @cached_property
    def places(self) -> dict[Path, int]:
        """Where each path is written first, from the top of the file: tables, keys and pairs.

        Asked for each of thousands of findings, so it is made once. Raises ScanError.
        """
        header = self.header
        parts = header.parts if header else ()
        found = {self.path[:depth]: part.start for depth, part in enumerate(parts, 1)}
        for statement in self.statements:
            _add_places(found, statement.item, self.path)
        return found

    @cached_property
    def mentions(self) -> dict[tuple[Path, str], int]:
        """Where the items of a list are written, by the list's path and the id they are about."""
        found: dict[tuple[Path, str], int] = {}
        for statement in self.statements:
            item = statement.item
            if item.value.what == "list":
                path = self.path + item.names
                for each in item.value.items:
                    about = _about(self.text[each.start : each.value.end])
                    found.setdefault((path, about), each.start)
        return found

    @cached_property
    def newlines(self) -> int:
        """How many lines end in it."""
        return self.text.count("\n")

    def newlines_before(self, at: int) -> int:
        """How many lines end before an offset."""
        return bisect_left(self._line_ends, at)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in _NEWLINE.finditer(self.text)]

    @cached_property
    def top(self) -> int:
        """Where the lines below the header begin."""
        return self.header.end if self.header else 0

    @cached_property
    def lead_start(self) -> int:
        """Where the comments begin that belong to the header after this section.

        Only comments that no blank line parts from that header, or from each other. A line of
        directions to editors at the top of the file (``#:schema``) belongs to the file.
        """
        at = len(self.text)
        while at > self.own_end_without_comments:
            line = self.text.rfind("\n", 0, at - 1) + 1
            directs = self.text.startswith("#:", line) and not self.path
            if not _COMMENT_LINE.match(self.text, line) or directs:
                break
            at = line
        return at

    @cached_property
    def own_end_without_comments(self) -> int:
        """Where the last key's lines end (the header's, without keys)."""
        return self.statements[-1].end if self.statements else self.top

    def own_end(self, last: bool) -> int:
        """Where the table's own lines end: its keys and the comments right below the last of them.

        `last` says that no header follows, to which such comments could belong instead.
        """
        limit = len(self.text) if last else self.lead_start
        at = self.own_end_without_comments
        while self.path and at < limit and _COMMENT_LINE.match(self.text, at):
            end = self.text.find("\n", at)
            at = len(self.text) if end < 0 else end + 1
        return min(at, limit)


def _add_places(found: dict[Path, int], item: Item, base: Path) -> None:
    whole = base + item.names
    for depth, part in enumerate(item.parts, len(base) + 1):
        found.setdefault(whole[:depth], part.start)
    if item.value.what == "table":
        for inner in item.value.items:
            _add_places(found, inner, whole)


def _about(text: str) -> str:
    """The id that a list's item, as it is written, is, links to, or has a table on."""
    words = text.replace("=", " ").replace(",", " ").replace("{", " ").split()
    words = words[1:] if words[:1] == ["on"] else words
    return words[0].strip("\"'") if words else ""


def split(text: str) -> tuple[Section, ...]:
    """The sections of a text that a parser has read; the first has no header and may be empty.

    Raises ScanError for what the scan refuses (TOML 1.1, the limits).
    """
    sections = _split_quickly(text)
    return split_exactly(text) if sections is None else sections


def split_exactly(text: str) -> tuple[Section, ...]:
    """The sections by scanning everything between the headers. Raises ScanError."""
    headers = scan_headers(text)
    starts = [header.start for header in headers] + [len(text)]
    first = Section(text[: starts[0]])
    rest = (
        Section(text[start:end], tuple(part.name for part in header.parts), header.many)
        for header, start, end in zip(headers, starts, starts[1:], strict=False)
    )
    return (first, *rest)


def _split_quickly(text: str) -> tuple[Section, ...] | None:
    found: list[Section] = []
    start, many = 0, False
    path: Path = ()
    for line in _BRACKET_LINE.finditer(text):
        header = _header_path(line[0])
        if header is None:
            continue
        piece = Section(text[start : line.start()], path, many)
        if (header[2] or '"""' in piece.text or "'''" in piece.text) and not _ends(piece):
            return None
        found.append(piece)
        start, (path, many, _) = line.start(), header
    found.append(Section(text[start:], path, many))
    return tuple(found)


def _ends(piece: Section) -> bool:
    try:
        return piece.statements is not None
    except ScanError:
        return False


def _header_path(line: str) -> tuple[Path, bool, bool] | None:
    """The path of a line that looks like a header, whether it is ``[[…]]``, and whether the line
    could just as well be an item of a list."""
    if plain := _PLAIN_HEADER.fullmatch(line):
        path = tuple(plain[1].split("."))
        return path, False, _LIKE_A_VALUE.match(path[0]) is not None
    try:
        header = scan_header(line.removesuffix("\r"), line.index("["))
    except ScanError:
        return None
    return tuple(part.name for part in header.parts), header.many, True


def whole_kinds(sections: Iterable[Section]) -> frozenset[str]:
    """The kinds that are written as arrays of tables: they can only be read as one."""
    return frozenset(each.path[0] for each in sections if each.many and len(each.path) == 1)


def units(
    sections: Iterable[Section], whole: frozenset[str] = frozenset()
) -> dict[Unit, tuple[Section, ...]]:
    """The sections of each unit, in the order of the document."""
    found: dict[Unit, list[Section]] = {}
    for section in sections:
        found.setdefault(unit_of(section.path, whole), []).append(section)
    return {unit: tuple(each) for unit, each in found.items()}


def unit_of(path: Path, whole: frozenset[str] = frozenset()) -> Unit:
    """The unit that a path belongs to; `whole` names kinds written as arrays of tables."""
    return path[:2] if path and path[0] in KINDS and path[0] not in whole else path[:1]


def runs(
    sections: Sequence[Section], size: int, whole: frozenset[str] = frozenset()
) -> Iterator[list[Section]]:
    """Sections in runs of about `size` characters; neighbours of one unit stay together."""
    run: list[Section] = []
    length = 0
    for section in sections:
        if length > size and unit_of(section.path, whole) != unit_of(run[-1].path, whole):
            yield run
            run, length = [], 0
        run.append(section)
        length += len(section.text)
    yield run
