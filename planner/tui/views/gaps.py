"""The gaps view: both sides next to each other, and their questions for each other.

First the questions, then every comparison, then the people between the sides.
"""

from __future__ import annotations

from functools import partial

from planner.analysis.gaps import SUBJECTS, gaps_of
from planner.pages.gaps import (
    BRIDGES,
    NO_BRIDGES,
    bridge_page,
    none_page,
    overlap_page,
    questions_heading,
    summary,
)
from planner.pages.signs import OWNS
from planner.plan.model import Plan
from planner.roadmap.output_gaps import BridgeRow, GapsShown, OverlapRow
from planner.text.visible import visible
from planner.tui.lines.pages import Explained, Line, coloured, line_of
from planner.tui.lines.row_list import GAP, Draw, Row, heading, set_in
from planner.tui.views.gaps_rows import (
    TABLES,
    bridge_line,
    overlap_line,
    question_line,
    subject_line,
)
from planner.tui.views.list_view import ListView

ASK = "ask"
"""Begins the name of a row that is listed as a question, too."""


class GapsView(ListView):
    """What only one side works on, what both do, and what nobody owns."""

    view_name = "gaps"
    adds = "systems"

    found: GapsShown

    def compute(self, plan: Plan) -> GapsShown:
        """Compare the sides."""
        return gaps_of(plan)

    def headings(self) -> tuple[Line, ...]:
        """How many questions, and what the signs mean."""
        pieces = line_of(("Gaps and overlaps", "strong", True))
        if self.listing.row is not None:
            asked = sum((row.key or "").startswith(ASK) for row in self.listing.rows)
            said = f" · {summary(asked)} · {OWNS} owns it, or has the skill"
            pieces += line_of((said, "dim"))
        if self.desk.filter:
            pieces += line_of((f" · filter {visible(self.desk.filter)}", "key"))
        return (pieces,)

    def rows(self, plan: Plan) -> list[Row]:
        """Questions, comparisons, people; of what is compared what matching work touches."""
        if not self.found.rows and not self.found.bridges:
            return []
        matching = self.desk.matching(plan)
        shown = [
            row
            for row in self.found.rows
            if matching is None or any(id in matching for ids in row.work.values() for id in ids)
        ]
        return [*self._questions(shown), *self._compared(shown), *self._bridges()]

    def _questions(self, shown: list[OverlapRow]) -> list[Row]:
        asked = [row for row in shown if row.question]
        return [
            _title(questions_heading(len(asked))),
            *(self._row(row, partial(question_line, row), f"{ASK} ") for row in asked),
        ]

    def _compared(self, shown: list[OverlapRow]) -> list[Row]:
        lines = []
        for subject in SUBJECTS:
            rows = [row for row in shown if row.subject == subject]
            if rows or not self.desk.filter:
                lines += [GAP, heading(partial(subject_line, subject, len(rows)))]
            lines += [self._row(row, partial(overlap_line, row)) for row in rows]
        return lines

    def _row(self, row: OverlapRow, draw: Draw, listed: str = "") -> Row:
        kind = TABLES.get(row.subject)
        return Row(
            set_in(draw),
            f"{listed}{row.subject} {row.id}",
            lambda width: coloured(overlap_page(self.of or self.plan, self.found, row, width)),
            None if kind is None else (kind, row.id),
        )

    def _bridges(self) -> list[Row]:
        title = _title(BRIDGES if self.found.bridges else NO_BRIDGES)
        return [GAP, title, *(self._person(one) for one in self.found.bridges)]

    def _person(self, person: BridgeRow) -> Row:
        return Row(
            set_in(partial(bridge_line, self.found, person)),
            f"people {person.id}",
            lambda width: coloured(bridge_page(self.found, person, width)),
            ("people", person.id),
        )

    def nothing(self, width: int) -> Explained:
        """How to start."""
        page = coloured(none_page(width))
        hint = ": then add system, add outcome or add person makes the first one"
        return Explained((*page.lines, [], line_of((hint, "dim"))), ())


def _title(text: str) -> Row:
    return heading(lambda _: line_of((text, "strong", True)))
