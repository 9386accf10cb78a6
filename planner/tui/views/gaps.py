"""The gaps view: both sides next to each other, and their questions for each other.

First the questions, then every comparison, then the people between the sides.
"""

from __future__ import annotations

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
from planner.roadmap.output_gaps import GapsShown, OverlapRow
from planner.text.visible import visible
from planner.tui.lines.pages import Explained, Line, coloured, line_of
from planner.tui.shell.actions import bindings
from planner.tui.shell.app_state import Selected
from planner.tui.views.gaps_rows import (
    TABLES,
    bridge_line,
    overlap_line,
    question_line,
    subject_line,
)
from planner.tui.views.list_view import Listed, ListView

ASK = "ask"
"""Begins the name of a row that is listed as a question, too."""


class GapsView(ListView):
    """What only one side works on, what both do, and what nobody owns."""

    view_name = "gaps"
    BINDINGS = bindings(ListView.offers)

    gaps: GapsShown

    def compute(self, plan: Plan) -> GapsShown:
        """Compare the sides."""
        return gaps_of(plan)

    def take(self, plan: Plan, found: GapsShown) -> None:
        """A filter keeps what matching work touches."""
        self.gaps = found
        matching = self.desk.matching(plan)
        self.shown = [
            row
            for row in self.gaps.rows
            if matching is None or any(id in matching for ids in row.work.values() for id in ids)
        ]

    def heading(self) -> Line:
        """How many questions, and what the signs mean."""
        asked = sum(row.question is not None for row in self.shown)
        pieces = line_of(("Gaps and overlaps", "strong", True))
        if self.named:
            said = f" · {summary(asked)} · {OWNS} owns it, or has the skill"
            pieces += line_of((said, "dim"))
        if self.desk.filter:
            pieces += line_of((f" · filter {visible(self.desk.filter)}", "key"))
        return pieces

    def rows(self, width: int) -> list[Listed]:
        """Questions, comparisons, people."""
        if not self.gaps.rows and not self.gaps.bridges:
            return []
        return [*self._questions(width), *self._compared(width), *self._bridges(width)]

    def _questions(self, width: int) -> list[Listed]:
        asked = [row for row in self.shown if row.question]
        lines = [Listed(line_of((questions_heading(len(asked)), "strong", True)))]
        for row in asked:
            lines.append(Listed(question_line(row, width), f"{ASK} {_name(row)}", _about(row)))
        return lines

    def _compared(self, width: int) -> list[Listed]:
        lines = []
        for subject in SUBJECTS:
            rows = [row for row in self.shown if row.subject == subject]
            if rows or not self.desk.filter:
                lines += [Listed([]), Listed(subject_line(subject, len(rows), width))]
            lines += [Listed(overlap_line(row, width), _name(row), _about(row)) for row in rows]
        return lines

    def _bridges(self, width: int) -> list[Listed]:
        title = BRIDGES if self.gaps.bridges else NO_BRIDGES
        lines = [Listed([]), Listed(line_of((title, "strong", True)))]
        for person in self.gaps.bridges:
            line = bridge_line(self.gaps, person, width)
            lines.append(Listed(line, f"people {person.id}", ("people", person.id)))
        return lines

    def page(self, name: str, width: int) -> Explained:
        """The row under the cursor in full."""
        kind, _, id = name.partition(" ")
        if kind == "people":
            person = next(one for one in self.gaps.bridges if one.id == id)
            return coloured(bridge_page(self.gaps, person, width))
        wanted = name.removeprefix(f"{ASK} ")
        row = next(row for row in self.gaps.rows if _name(row) == wanted)
        return coloured(overlap_page(self.of or self.plan, self.gaps, row, width))

    def nothing(self, width: int) -> Explained:
        """How to start."""
        page = coloured(none_page(width))
        hint = ": then add system, add outcome or add person makes the first one"
        return Explained((*page.lines, [], line_of((hint, "dim"))), ())

    def kind_here(self) -> str:
        """What `a` adds: a table of the kind under the cursor."""
        return self.row.about[0] if self.row is not None and self.row.about else "systems"


def _name(row: OverlapRow) -> str:
    return f"{row.subject} {row.id}"


def _about(row: OverlapRow) -> Selected | None:
    kind = TABLES.get(row.subject)
    return (kind, row.id) if kind is not None else None
