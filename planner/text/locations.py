"""Locations of a path in a draft: below a header, with dots, or inside an inline table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from planner.text.drafts import Draft
from planner.text.scanning import Item, Statement
from planner.text.sections import Path, Section

MISSING: Any = object()


class Location(NamedTuple):
    """A statement that writes a path or something below it; `item` is its pair."""

    section: Section
    statement: Statement

    @property
    def item(self) -> Item:
        return self.statement.item

    @property
    def indent(self) -> str:
        return self.section.text[self.statement.start : self.item.start]


class Locations(NamedTuple):
    """Everywhere a path is written: as a value, by sections, by statements with dots."""

    value: Location | None
    sections: list[Section]
    statements: list[Location]

    def header(self, path: Path) -> Section | None:
        """The section whose header is exactly this path."""
        return next((each for each in self.sections if each.path == path and not each.many), None)

    def __bool__(self) -> bool:
        return bool(self.value or self.sections or self.statements)


def locations(draft: Draft, path: Path) -> Locations:
    """Find a path. What an inline table holds is not among them: see `holder`."""
    value: Location | None = None
    sections: list[Section] = []
    statements: list[Location] = []
    for section in draft.around(path):
        if path and section.path[: len(path)] == path:
            sections.append(section)
            continue
        for location, names in _statements(section, path):
            if names == path:
                value = location
            elif names[: len(path)] == path:
                statements.append(location)
    return Locations(value, sections, statements)


def holder(draft: Draft, path: Path) -> tuple[Path, Location] | None:
    """The inline table that a path is in (or is), with the path of that table."""
    for section in draft.around(path):
        for location, names in _statements(section, path):
            if path[: len(names)] == names and location.item.value.what == "table":
                return names, location
    return None


def _statements(section: Section, path: Path) -> Iterator[tuple[Location, Path]]:
    """The statements of a section that `path` could be in, each with its whole path."""
    base = section.path
    if path[: len(base)] == base and not section.many:
        for statement in section.statements:
            yield Location(section, statement), base + statement.item.names


def lookup(root: Mapping[str, Any], path: Path) -> Any:
    """The value at a path of parsed data, or MISSING."""
    value: Any = root
    for part in path:
        if not isinstance(value, dict) or part not in value:
            return MISSING
        value = value[part]
    return value


def lookup_without(root: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """The data without what is at `path`."""
    head, rest = path[0], path[1:]
    if not rest:
        return {key: value for key, value in root.items() if key != head}
    return {**root, head: lookup_without(root[head], rest)}


# --- names ----------------------------------------------------------------------------------------


def names(section: Section, path: Path) -> Iterator[tuple[int, int]]:
    """Where in a section the last part of a path is written, in headers and keys."""
    base = section.path
    if base[: len(path)] == path and section.header is not None:
        part = section.header.parts[len(path) - 1]
        yield part.start, part.end
    elif path[: len(base)] == base:
        for statement in section.statements:
            yield from _names_in(statement.item, base, path)


def _names_in(item: Item, base: Path, path: Path) -> Iterator[tuple[int, int]]:
    whole = base + item.names
    if whole[: len(path)] == path:
        part = item.parts[len(path) - 1 - len(base)]
        yield part.start, part.end
    elif path[: len(whole)] == whole and item.value.what == "table":
        for inner in item.value.items:
            yield from _names_in(inner, whole, path)


def written_at(draft: Draft, path: Path) -> tuple[Section, int] | None:
    """The section and offset where a path is written: its own header first, else the first place.

    Where the path leads to a list, one more part names an item by its id or text.
    """
    around = draft.around(path)
    found = [(section, at) for section in around if (at := section.places.get(path)) is not None]
    if found:
        return next((each for each in found if each[0].path == path), found[0])
    item = (path[:-1], path[-1])
    items = ((section, section.mentions.get(item)) for section in draft.around(path[:-1]))
    return next(((section, at) for section, at in items if at is not None), None)
