"""The difference that one step of the record made, as a page: worked out beside the screen."""

from __future__ import annotations

from pathlib import Path

from textual.content import Content

from planner.errors import PlannerError
from planner.pages.lines import Line
from planner.plan.model import Plan
from planner.roadmap.output_history import StepRow, TrendRow
from planner.tui.dialogs.reading import ReadPage
from planner.tui.lines.pages import coloured_line

WIDTH = 100
"""Columns of the page at most: it is prose."""


class Difference:
    """What a step changed; `lines` makes the page in a width."""

    def __init__(self, path: Path, plan: Plan, trend: TrendRow, step: StepRow) -> None:
        from planner.analysis.history import compared
        from planner.git.commit_facts import facts_of

        self._plan, self._step = plan, step
        commit = step.revision.commit
        self._facts = None if commit is None else facts_of(path, commit)
        self._found = compared(path, plan, _before(trend, step), commit)
        self.lines(WIDTH)  # what moved and what became of the conflicts is worked out here

    def lines(self, width: int) -> list[Line]:
        """The page."""
        from planner.pages.difference import difference_page

        return difference_page(self._plan, self._step, self._facts, self._found, width)


def _before(trend: TrendRow, step: StepRow) -> str:
    """The commit of the plan that a step began with."""
    commits = [point.revision.commit for point in trend.points]
    at = commits.index(step.revision.commit)
    return commits[at - 1] or ""


def difference_of(
    path: Path, plan: Plan, trend: TrendRow, step: StepRow
) -> Difference | PlannerError:
    """The difference, or why it can't be had."""
    try:
        return Difference(path, plan, trend, step)
    except PlannerError as error:
        return error


class DifferenceScreen(ReadPage[None]):
    """The page of a step."""

    def __init__(self, difference: Difference) -> None:
        super().__init__()
        self._difference = difference

    def text(self, width: int) -> Content:
        """What the commit says, what it moved, what it changed."""
        lines = self._difference.lines(min(width, WIDTH))
        return Content("\n").join(
            Content.assemble(
                *((text, f"{'bold ' if look[2] else ''}${look[0]}") for text, look in pieces)
            )
            for pieces in map(coloured_line, lines)
        )
