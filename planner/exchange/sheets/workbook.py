"""Workbooks of Excel, read as a stream: what their cells say, and nothing that they would do.

openpyxl builds an object for each style and an element for each cell before it gives them out: a
file of 200 kB takes it past a gigabyte. Read here are the parts that hold values, notes and
addresses; formulas, macros, links to other workbooks, pictures and all else are not looked at.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import BinaryIO, TypeVar

from msgspec import Struct, structs

from planner.errors import ReadError
from planner.exchange.sheets.archive import SAVE, Archive, archive
from planner.exchange.sheets.limits import Budget
from planner.exchange.sheets.sheet import EMPTY, Cell, Sheet
from planner.exchange.sheets.styles import Styles, Theme
from planner.exchange.sheets.worksheet import (
    Area,
    Grid,
    Place,
    Strings,
    days_from,
    place_of,
    plain,
)
from planner.exchange.xml_events import Events, read_events

E = TypeVar("E", bound=Events)

_OF_GOOGLE = re.compile(r"\n\t-[^\n]*(?=\n|\Z)")
"""The author's name below a note."""


class Relation(Struct, frozen=True):
    """That a part of the workbook has another part, or an address."""

    type: str
    target: str


def workbook_sheets(source: BinaryIO, file: str) -> tuple[Sheet, ...]:
    """The sheets of a workbook in their order. Raises ReadError with the sheet and the cell."""
    with archive(source, file) as members:
        return _Workbook(members).sheets()


class _Workbook:
    """What the sheets of a workbook share."""

    def __init__(self, members: Archive) -> None:
        self.members = members
        self.budget = Budget(members.file)
        self.part = self._of_type(self._relations(""), "officeDocument", "xl/workbook.xml")
        self.listed = self._read(self.part, _Listed(self.budget))
        relations = self._relations(self.part)
        self.relations = relations
        self.strings = self._optional(relations, "sharedStrings", Strings(self.budget)).texts
        theme = self._optional(relations, "theme", Theme())
        self.styles = self._optional(relations, "styles", Styles(theme.colours, self.budget)).styles
        self.day = days_from(self.listed.since_1904)

    def sheets(self) -> tuple[Sheet, ...]:
        made = []
        for title, state, number in self.listed.sheets:
            relation = self.relations.get(number)
            if relation is not None and relation.type == "worksheet":
                made.append(self._sheet(title, state, relation.target))
        if not made:
            raise ReadError("has no sheet with cells", file=self.members.file)
        return tuple(made)

    def _sheet(self, title: str, state: str, part: str) -> Sheet:
        grid = Grid(title, self.budget, self.strings, self.styles, self.day)
        self._read(part, grid)
        relations = self._relations(part)
        self._add_notes(grid, relations)
        self._add_links(grid, relations)
        self._spread_merged(grid)
        last = max(grid.rows, default=-1)
        self.budget.spend(last + 1 - len(grid.rows), title)
        return Sheet(
            title,
            tuple(tuple(grid.rows.get(row, ())) for row in range(last + 1)),
            hidden=frozenset(grid.hidden),
            struck=frozenset(grid.struck),
            is_hidden=state != "visible",
        )

    def _add_notes(self, grid: Grid, relations: Mapping[str, Relation]) -> None:
        notes: dict[tuple[int, int], str] = {}
        for type in ("comments", "threadedComment"):  # the newer form has the older one beside it
            part = self._of_type(relations, type)
            if part in self.members:
                notes |= self._read(part, _Notes(self.budget)).notes
        for (row, column), note in notes.items():
            cell = self._made(grid, row, column)
            grid.rows[row][column] = structs.replace(cell, note=note)

    def _made(self, grid: Grid, row: int, column: int) -> Cell:
        """The cell at a place, made where there was none."""
        cells = grid.rows.setdefault(row, [])
        missing = column + 1 - len(cells)
        if missing > 0:
            self.budget.spend(missing, f"a note in row {row + 1}")
            cells.extend([EMPTY] * missing)
        return cells[column]

    def _add_links(self, grid: Grid, relations: Mapping[str, Relation]) -> None:
        for (row, column, _, _), number, location in grid.links:
            relation = relations.get(number)
            address = relation.target if relation else ""
            cells = grid.rows.get(row, [])
            if address and column < len(cells):
                mark = f"#{location}" if location else ""
                cells[column] = structs.replace(cells[column], link=f"{address}{mark}")

    def _spread_merged(self, grid: Grid) -> None:
        """Let a merged cell stand in each place it covers, as far as there are others."""
        last = max(grid.rows, default=-1)
        width = max(map(len, grid.rows.values()), default=0)
        for area in grid.merged:
            _spread(grid, area, last, width, self.budget)

    def _optional(self, relations: Mapping[str, Relation], type: str, events: E) -> E:
        part = self._of_type(relations, type)
        return self._read(part, events) if part in self.members else events

    def _read(self, part: str, events: E) -> E:
        if part not in self.members:
            raise ReadError(f"has no {part or 'workbook'} in it", file=self.members.file)
        read_events(self.members.pieces(part), events, self.members.file, part, hint=SAVE)
        return events

    def _relations(self, part: str) -> Mapping[str, Relation]:
        """The other parts that a part has, by the number it calls them by."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        return (
            self._read(listing, _Relations(folder, self.budget)).found
            if listing in self.members
            else {}
        )

    @staticmethod
    def _of_type(relations: Mapping[str, Relation], type: str, default: str = "") -> str:
        found = (each.target for each in relations.values() if each.type == type)
        return next(found, default)


class _Relations(Events):
    """The parts that a part of the workbook has; its addresses outside stay as they are."""

    def __init__(self, folder: str, budget: Budget) -> None:
        self._budget = budget
        self.found: dict[str, Relation] = {}
        self._folder = folder

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship":
            return
        self._budget.spend(1, "relations")
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        type = attributes.get("Type", "").rpartition("/")[2]
        self.found[attributes.get("Id", "")] = Relation(type, target)


class _Listed(Events):
    """The sheets that a workbook lists: title, state, number of the relation."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.sheets: list[tuple[str, str, str]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "sheet":
            number = next((attributes[key] for key in attributes if key.endswith(":id")), "")
            title = plain(attributes.get("name", ""))
            self._budget.spend(100, "sheets")
            self.sheets.append((title, attributes.get("state", "visible"), number))


class _Notes(Events):
    """Notes by place, of either form, without the names of those who wrote them."""

    def __init__(self, budget: Budget) -> None:
        self.notes: dict[Place, str] = {}
        self._budget = budget
        self._authors: list[str] = []
        self._author = ""
        self._place: Place | None = None
        self._taken = False
        self._parts: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._taken = name in ("t", "author") or (name == "text" and "ref" not in attributes)
        if name == "author":
            self._budget.spend(1, "authors of notes")
            self._parts = []
        elif name in ("comment", "threadedComment"):
            self._place = place_of(attributes.get("ref", ""))
            self._budget.spend(1, "notes")
            number = attributes.get("authorId", "")
            known = number.isdecimal() and len(number) < 9 and int(number) < len(self._authors)
            self._author = self._authors[int(number)] if known else ""
            self._parts = []

    def end(self, name: str) -> None:
        self._taken = False
        if name == "author":
            self._authors.append("".join(self._parts))
        elif name in ("comment", "threadedComment") and self._place is not None:
            self._end_note(plain("".join(self._parts)), self._place)

    def _end_note(self, text: str, place: Place) -> None:
        note = _OF_GOOGLE.sub("", text.removeprefix(f"{self._author}:")).strip()
        if not self._author.startswith("tc="):  # stands in for one of the newer form
            before = self.notes.get(place)
            self.notes[place] = f"{before}\n{note}" if before else note

    def text(self, text: str) -> None:
        if self._taken:
            self._budget.spend_text(len(text), "a note")
            self._parts.append(text)


def _spread(grid: Grid, area: Area, last: int, width: int, budget: Budget) -> None:
    top, left, bottom, right = area
    bottom, right = min(bottom, last), min(right, width - 1)
    cells = grid.rows.get(top, [])
    if bottom < top or right < left or left >= len(cells):
        return
    cell = cells[left]
    budget.spend((bottom - top + 1) * (right + 1), "merged cells")
    for row in range(top, bottom + 1):
        into = grid.rows.setdefault(row, [])
        into.extend([EMPTY] * (right + 1 - len(into)))
        into[left : right + 1] = [cell] * (right + 1 - left)
