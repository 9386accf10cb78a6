"""The agreements view: who answers for what, and what the two sides hand to each other.

The responsibility matrix stands on top, the handovers below it, in one list with three parts; what
is under the cursor is told below the list. What would break if a supplier slips is worked out in a
thread for the handover that the cursor rests on: it takes a run of the whole plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on

from planner.analysis.owes import owes_of
from planner.analysis.raci import (
    Column,
    Duty,
    Handover,
    Matrix,
    Slip,
    agreements_on,
    freed_by,
    freeing_of,
    handovers_of,
    matrix_of,
    slipped,
)
from planner.pages.agreements import waits_short
from planner.pages.owes import side_of, total_pieces
from planner.plan.model import Plan
from planner.roadmap.output_agreements import Freeing
from planner.roadmap.output_owes import By
from planner.text.visible import visible
from planner.tui.lines.list_and_page import ListAndPage
from planner.tui.lines.pages import Explained, Line, line_of
from planner.tui.lines.row_list import Row
from planner.tui.shell.app_state import Desk, Mark, Selected
from planner.tui.views.agreements_detail import (
    duty_explained,
    handover_explained,
    nothing_agreed,
    nothing_matches,
    nothing_owed,
    part_explained,
)
from planner.tui.views.agreements_lines import (
    Layout,
    duty_line,
    handover_line,
    layout_of,
    part_line,
    widest_days,
)
from planner.tui.views.agreements_parts import (
    ANSWERS,
    Member,
    Part,
    lacks,
    of_matching,
    owed_parts,
    parts_of,
)
from planner.tui.views.list_view import BELOW, ListView

SHORTER = ((True, True), (False, True), (True, False), (False, False))
"""What the heading leaves out, step by step: what its marks mean, or who is waited for."""


class AgreementsView(ListView):
    """The responsibility matrix and the handovers."""

    view_name = "agreements"
    offers = (*ListView.offers, "next_conflict", "previous_conflict", "fold", "fold_all", "regroup")
    foot = ("agree", "next_part", "regroup")
    labels: ClassVar[Mapping[str, str]] = {"regroup": "owed"}
    unfit = ()
    beside = BELOW
    share = 65

    asks_graph = True

    found: tuple[Matrix, tuple[Handover, ...], tuple[Freeing, ...]]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.owed_by: By | None = None
        """What is owed, and under what it stands; None while responsibilities are shown."""
        self.slips: dict[str, Slip | None] = {}
        self._frees: dict[tuple[str, str], list[Freeing]] = {}
        self._first = 0
        self._widest: dict[str, int] = {}
        self._passed_by: Selected | None = ("initiatives", self.plan.schedule.main_launch or "")
        """The launch on which every session opens, until something else is selected."""

    # --- what is shown ----------------------------------------------------------------------------

    def compute(self, plan: Plan) -> tuple[Matrix, tuple[Handover, ...], tuple[Freeing, ...]]:
        """Who answers for what, what is handed over, and which agreements free which launch."""
        handovers = handovers_of(plan)
        return matrix_of(plan), handovers, freeing_of(plan, handovers)

    def plan_changed(self, before: Plan, after: Plan) -> None:
        """What would break is worked out anew."""
        self.slips = {}
        super().plan_changed(before, after)

    @property
    def wanted(self) -> Selected | None:
        """What is selected in all views: but the launch on which every session opens is no wish to
        begin below the agreements.
        """
        if self.desk.selected != self._passed_by:
            self._passed_by = None
        return None if self._passed_by else self.desk.selected

    def rows(self, plan: Plan) -> list[Row]:
        """Each part and what stands in it: work and handovers that match, and the agreements on
        what that work touches.
        """
        matrix, handovers, freed = self.found
        self._frees = freed_by(freed)
        matching = self.desk.matching(plan)
        if self.owed_by is not None:
            parts = owed_parts(plan, of_matching(handovers, matching), self.owed_by)
        else:
            parts = parts_of(matrix, handovers, matching, agreements_on(plan, matching or ()))
        hands = (one for part in parts for one in part.members if isinstance(one, Handover))
        self._widest = widest_days(plan, hands)
        return [row for part in parts for row in self._part(plan, part)]

    def _part(self, plan: Plan, part: Part) -> list[Row]:
        def line(width: int) -> Line:
            return part_line(part, self._columns, self._layout(width))

        def page(width: int) -> Explained:
            _, handovers, freed = self.found
            return part_explained(plan, part, handovers, freed, self._short_names(), width)

        heading = Row(line, part.key, page, of=part, heading=True, group=part.key)
        return [heading, *(self._member(plan, one, part.key) for one in part.members)]

    def _member(self, plan: Plan, one: Member, group: str) -> Row:
        if isinstance(one, Duty):
            return Row(
                lambda width: duty_line(plan, one, self._columns, self._layout(width)),
                f"{one.kind} {one.id}",
                partial(duty_explained, plan, one),
                (one.kind, one.id),
                of=one,
                group=group,
                amiss=lacks(one),
            )
        answer = "answer " if group == ANSWERS else ""
        return Row(
            lambda width: handover_line(plan, one, self._layout(width)),
            f"{answer}{one.supplier} → {one.successor}",
            partial(self._handover, plan, one),
            ("initiatives", one.successor),
            of=one,
            group=group,
            amiss=lacks(one),
        )

    def _handover(self, plan: Plan, one: Handover, width: int) -> Explained:
        slip, working = self.slips.get(one.supplier), one.supplier not in self.slips and one.open
        freed = self._frees.get((one.supplier, one.successor), ())
        return handover_explained(plan, one, slip, freed, width, working=working)

    @property
    def _columns(self) -> tuple[Column, ...]:
        return self.found[0].columns

    def _layout(self, width: int) -> Layout:
        """What stands where in so many columns."""
        owed = self.owed_by is not None
        return layout_of(width, self._columns, self._first, self._widest, owed=owed)

    def _short_names(self) -> dict[str, str]:
        """What the teams are called in the matrix, where that is not their id."""
        ids = (column.id for column in self._columns)
        named = zip(self._layout(self.listing.line_width).names, ids, strict=True)
        return {short: id for short, id in named if short != visible(id)}

    def headings(self) -> tuple[Line, ...]:
        """As much as there is room for, in whole words."""
        return tuple(self._heading(words=words, waits=waits) for words, waits in SHORTER)

    def _heading(self, *, words: bool, waits: bool) -> Line:
        matrix, handovers, _ = self.found
        line = line_of(("Agreements", "strong", True))
        if self.owed_by is not None:
            return [*line, *self._owed_heading(words=words, verb=waits)]
        gaps, doubles = len(matrix.gaps), len(matrix.doubles)
        if gaps:
            line += line_of((f" · ✗{gaps}{' no accountable' * words}", "critical"))
        if doubles:
            line += line_of((f" · ▲{doubles}{' several' * words}", "warning"))
        told = waits_short(self.plan, handovers)
        if told and waits:
            line += line_of((f" · {told}", "dim"))
        if self.desk.filter:
            line += line_of((f" · filter {visible(self.desk.filter)}", "key"))
        return line

    def _owed_heading(self, *, words: bool, verb: bool) -> Line:
        """How much each side owes, both ways."""
        shown = owes_of(self.of or self.plan, self.found[1], self.owed_by or "team")
        line = line_of((f" · owed, by {shown.by}", "dim"))
        for total in shown.totals:
            who, *told = total_pieces(shown, total)
            if not words:
                late = f", {total.late} late" if total.late else ""
                owes = " owes" if verb else ""
                who = f"{side_of(shown, total.giver)}{owes} {total.handovers}{late}", who[1]
            line += line_of((" · ", "dim"), who)
            for text, role in told[:2] if words else ():
                line += line_of((f" {text}", role))
        if self.desk.filter:
            line += line_of((f" · filter {visible(self.desk.filter)}", "key"))
        return line

    def nothing(self, width: int) -> Explained:
        """How to start."""
        if self.owed_by is not None and not self.desk.filter:
            return nothing_owed(width)
        return nothing_matches(width) if self.desk.filter else nothing_agreed(width)

    @on(ListAndPage.Rested)
    def _rested(self) -> None:
        """Work out what would break if the supplier under the cursor slips."""
        row = self._handover_here
        if row is not None and row.open and row.supplier not in self.slips:
            later = partial(slipped, self.plan, row.supplier)
            then = partial(self._slipped, self.plan, row.supplier)
            self.planner.in_thread(later, then, "slip", of=self, exclusive=True)

    def _slipped(self, plan: Plan, supplier: str, slip: Slip | None) -> None:
        if plan is self.plan:
            self.slips[supplier] = slip
            self.both.tell(from_top=False)

    def do_regroup(self) -> None:
        """Responsibilities, what is owed by team, or by month."""
        ways: tuple[By | None, ...] = (None, "team", "month")
        self.owed_by = ways[(ways.index(self.owed_by) + 1) % len(ways)]
        if self.of is not None:
            self.show(self.of, self.found)
        told = "Responsibilities" if self.owed_by is None else f"What is owed, by {self.owed_by}"
        self.say(told)

    # --- actions ----------------------------------------------------------------------------------

    def do_left(self) -> None:
        """Back from the page; to earlier teams, where not all are in view."""
        if self.both.reading or self.owed_by is not None or not self._pan(-1):
            self.both.do_left()

    def do_right(self) -> None:
        """To later teams, where not all are in view; then to the page."""
        if self.both.reading or self.owed_by is not None or not self._pan(1):
            self.both.do_right()

    def _pan(self, by: int) -> bool:
        """Show other teams; whether there were some."""
        width, before = self.listing.line_width, self._first
        self._first = self._layout(width).first + by
        self._first = self._layout(width).first
        self.listing.refresh()
        return self._first != before

    # --- what keys act on -------------------------------------------------------------------------

    @property
    def _handover_here(self) -> Handover | None:
        row = self.listing.row
        return row.of if row is not None and isinstance(row.of, Handover) else None

    @property
    def mark(self) -> Mark:
        """The row under the cursor; a working agreement is what is added here."""
        here = self._handover_here
        return replace(super().mark, adds="agreements", supplier=here.supplier if here else None)
