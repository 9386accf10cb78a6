"""The capacity view: people needed by team and week against those there, as a heat map.

The cursor is on a cell: rows are teams by side, columns weeks, months or quarters. Below the map
stands what runs then, how the overload could be cleared, and who could help; enter goes there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from planner.analysis.capacity import overload_found, too_much
from planner.conflicts.findings import Finding
from planner.pages.capacity import WIDE, cell_page, head_lines, none_page, titles
from planner.plan.model import Plan
from planner.plan.offers import Offers
from planner.roadmap.output_capacity import CellRow, PeriodKind, TeamRow
from planner.text.visible import visible
from planner.tui.lines.list_and_page import ListAndPage
from planner.tui.lines.pages import Explained, Line, coloured, coloured_line, line_of
from planner.tui.lines.row_list import Row
from planner.tui.lines.title_line import TitleLine
from planner.tui.shell.app_state import Desk, Mark, Selected
from planner.tui.shell.themes import palette
from planner.tui.views.capacity_list import TeamList
from planner.tui.views.capacity_map import CapacityMap, Found, found_in
from planner.tui.views.capacity_rows import REST, Rows
from planner.tui.views.capacity_walk import CapacityWalk
from planner.tui.views.conflicts_offers import TriedFixes
from planner.tui.views.list_view import BELOW, ListView

TALL = 30
"""Lines of the screen from which it is told what the shades mean."""
LEAST = 40
"""Columns of a map at least."""
START = (
    ("a", "adds a team, and how many people it has"),
    ("e", "on a team: says how many people it has"),
    ("E", "on an initiative, then owner or staff: says how many people of which teams it takes"),
)


class CapacityView(ListView):
    """Teams by week, with what runs in the marked cell and who could help."""

    view_name = "capacity"
    offers = (
        *ListView.offers,
        *("next_conflict", "previous_conflict", "fold", "fold_all"),
        *("zoom_in", "zoom_out", "fit", "today", "sort", "regroup"),
    )
    foot: ClassVar[tuple[str, ...]] = (
        *("open", "fixes", "zoom_out", "sort", "next_conflict", "edit", "regroup"),
    )
    labels: ClassVar[Mapping[str, str]] = {
        "open": "work and help",
        "zoom_out": "months",
        "sort": "by load",
        "next_conflict": "next overload",
        "edit": "capacity",
        "regroup": "by side",
    }
    page_keys = (("enter", "open the work, apply the fix"), ("j k", "other"), ("esc", "close"))
    lists = TeamList
    beside = BELOW
    share = 75
    adds = "teams"

    found: Found

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.walk = CapacityWalk(self, self.both, self._draw, self._zoom)
        self.parts = (self.walk, *self.parts)
        self.tried = TriedFixes(self, partial(self.both.tell, from_top=False))
        self.listing.folded = frozenset((REST,))

    def body(self) -> ComposeResult:
        """Heading, the heads of the columns, the map, and the page of the cell."""
        yield self.title_line
        yield TitleLine(id="above")
        yield TitleLine(id="heads")
        yield self.both

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def map(self) -> CapacityMap | None:
        """What is in view; None until it is worked out."""
        return self.walk.map

    def recompute(self) -> None:
        """Work the loads out."""
        self._zoom(self.map.by if self.map is not None else "week")

    def _zoom(self, by: PeriodKind) -> None:
        """Show the loads at a zoom; of the same plan they are known."""
        known = self.map.found.of if self.map is not None else None
        self.work_out(partial(found_in, by, known), self.show)

    def show(self, plan: Plan, found: Found) -> None:
        """Begin with the worst overload, where nothing that is selected has any load."""
        begins = self.map is None
        if self.map is None:
            self.walk.map = CapacityMap(found, self._width)
        else:
            self.map.take(found)
        super().show(plan, found)
        if begins and self.team is None:
            self._to_the_worst()
        self._show_heads()

    def _draw(self) -> None:
        """The same loads arranged otherwise."""
        if self.of is not None:
            super().show(self.of, self.found)
            self._show_heads()

    def _to_the_worst(self) -> None:
        rows = [row.of for row in self.listing.rows if isinstance(row.of, TeamRow)]
        worst = max(rows, key=too_much, default=None)
        at = self.listing.find(lambda row: row.of is worst)
        if worst is not None and at is not None and self.map is not None:
            self.listing.put(at)
            self.map.mark_worst(worst)
            self._draw()

    def rows(self, plan: Plan) -> list[Row]:
        """Teams by side; where there is little room those without load in view are one row."""
        if self.map is None:
            return []
        sixteen = palette(self.app).sixteen
        made = Rows(plan, self.map, self._page, lambda: self.team, lambda: sixteen)
        teams = self.map.teams(self.desk.matching(plan))
        return made.of(teams, folds=self.size.width < WIDE, tall=self.size.height >= TALL)

    def _show_heads(self) -> None:
        """The heads of the columns, none where there is no map."""
        some, map = bool(self.listing.rows) and not self.both.has_class("-page"), self.map
        lines = head_lines(map.shown, map.grid, map.at) if map is not None and some else ((), ())
        for id, line in zip(("above", "heads"), lines, strict=True):
            head = self.query_one(f"#{id}", TitleLine)
            head.display = some
            head.show(_from_second(coloured_line(line)))

    def headings(self) -> tuple[Line, ...]:
        """What a cell says, how many teams are overloaded, and what is asked for."""
        said = f" · filter {visible(self.desk.filter)}" if self.desk.filter else ""
        return tuple(
            [*coloured_line(line), *line_of((said, "key"))] for line in titles(self.found.shown)
        )

    def nothing(self, width: int) -> Explained:
        """How to start."""
        if self.desk.filter:
            told = line_of(("No team works on what matches", "strong", True))
            return Explained((told + line_of((" esc shows all", "dim")),), ())
        return coloured(none_page(width, START))

    def counted(self, asked: str) -> tuple[int, int]:
        """How many teams a filter would show, of how many."""
        from planner.query.filters import compile_filter

        if self.map is None:
            return super().counted(asked)
        ids = compile_filter(asked, self.plan, self.desk.me(self.plan)).ids
        return len(self.map.teams(ids)), len(self.map.teams(None))

    @property
    def _width(self) -> int:
        """Columns of the map: all but that of a scrollbar, whether or not there is one."""
        return max(LEAST, self.size.width - 1)

    def on_resize(self) -> None:
        """Periods come and go with the width, and so do the teams that have no load in view."""
        if self.map is not None:
            self.map.width = self._width
            self.map.mark(self.map.at)
            self._draw()

    def findings_came(self) -> None:
        """The fixes of an overload can be tried now."""
        self._rested()
        super().findings_came()

    # --- the cell ---------------------------------------------------------------------------------

    @property
    def team(self) -> TeamRow | None:
        """The team under the cursor."""
        row = self.listing.row
        return row.of if row is not None and isinstance(row.of, TeamRow) else None

    @property
    def cell(self) -> CellRow | None:
        """The cell under the cursor, with what runs then."""
        return self.map.cell(self.team.id) if self.map is not None and self.team else None

    @property
    def overload(self) -> Finding | None:
        """The conflict on the overload under the cursor, once it is known."""
        cell = self.cell
        if cell is None or cell.overload is None or not self.desk.checked:
            return None
        return overload_found(self.plan, cell.team)

    @property
    def offers_here(self) -> Offers | None:
        """The fixes of it, as far as they have been tried."""
        found = self.overload
        return None if found is None else self.tried.of(self.plan, found)

    def _page(self, row: TeamRow, width: int) -> Explained:
        if self.map is None or self.of is None or self.team is None or row.id != self.team.id:
            return Explained((), ())
        page = self.both.page
        marked = page.chosen if page.choosing else None
        cell = self.map.cell(row.id)
        told = cell_page(self.of, self.map.by, cell, self.offers_here, width, marked)
        return coloured(told.lines, told.places)

    @on(ListAndPage.Turned)
    def _show_heads_of_map(self) -> None:
        """They stand above the map alone."""
        self._show_heads()

    @on(ListAndPage.Rested)
    def _rested(self) -> None:
        self._show_heads()
        if (found := self.overload) is not None:
            self.tried.try_all(self.plan, found)

    # --- what keys act on -------------------------------------------------------------------------

    def do_open(self) -> None:
        """To the work of the cell; there, open the marked work or apply the marked fix."""
        page, cell = self.both.page, self.cell
        if not self.both.reading or cell is None or not page.shown.places:
            self.both.do_open()
        elif (work := self._work_here) is not None:
            self.trail.jump("initiatives", work)
        else:
            self._apply(page.chosen - len(cell.work))

    @on(TeamList.Picked)
    def _picked(self, event: TeamList.Picked) -> None:
        """Mark the cell that was clicked; on the marked one, and beside all of them, open it."""
        at = self.map.period_at(event.column) if self.map is not None else None
        if at is not None and self.map is not None and at != self.map.at:
            self.walk.mark(at)
        elif event.same_row:
            self.do_open()

    def _apply(self, number: int) -> None:
        offers, page = self.offers_here, self.both.page
        if offers is None or number >= len(offers.found):
            self.say("Fixes are still being tested")
        elif not page.begins_in_view:
            page.reveal()
        else:
            fix = offers.found[number].fix
            self.changes.make(fix.edit, fix.title, self._made)

    def _made(self, made: bool) -> None:
        if made:
            self.both.turn(to_page=False)

    @property
    def _work_here(self) -> str | None:
        """The initiative that is marked on the page."""
        page, cell = self.both.page, self.cell
        if not page.choosing or cell is None or page.chosen >= len(cell.work):
            return None
        return cell.work[page.chosen].id

    @property
    def mark(self) -> Mark:
        """The initiative that is marked on the page; else the team, of which `e` edits how many
        people it has.
        """
        if (work := self._work_here) is not None:
            return Mark(("initiatives", work), openable=True)
        if self.team is None or self.map is None:
            return super().mark
        key = "capacity_from" if self.map.is_from_a_day(self.team) else "capacity"
        return replace(super().mark, cell=(key,), finding=self.overload)

    def is_about(self, row: Row, wanted: Selected) -> bool:
        """A row is about its team, and about the work that needs people of it."""
        kind, id = wanted
        if kind != "initiatives" or not isinstance(row.of, TeamRow) or self.map is None:
            return row.about == wanted
        return self.map.worked_at(row.of.id, id) is not None

    def go_to_selected(self) -> bool:
        """To the team that works on what is selected in all views, and when it begins to."""
        if not super().go_to_selected() or self.team is None or self.map is None:
            return False
        kind, id = self.wanted or ("", "")
        at = self.map.worked_at(self.team.id, id) if kind == "initiatives" else None
        if at is not None:
            self.map.mark(at)
        return True


def _from_second(line: Line) -> Line:
    """A line without its first blank, which stands before all titles."""
    return [(line[0][0][1:], line[0][1]), *line[1:]] if line else []
