"""The outcomes view: KPIs, completion, cost, value and return.

Below the outcomes four rows sum them up: cost by side against the budget, the balance of work,
what contributes to no outcome, and how the figures are computed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from planner.analysis.outcomes import is_late, worth_of
from planner.pages.lines import Line as PageLine
from planner.pages.outcomes import (
    BALANCE,
    FORMULAS_TITLE,
    MONEY,
    balance_page,
    balance_summary,
    formulas_page,
    money_page,
    money_summary,
    none_page,
    outcome_page,
    unrelated_page,
    unrelated_summary,
)
from planner.plan.model import Plan
from planner.roadmap.output_outcomes import OutcomeRow, OutcomesShown
from planner.text.visible import visible
from planner.tui.lines.pages import Explained, Line, coloured, line_of
from planner.tui.lines.row_list import GAP, Row, heading, set_in
from planner.tui.views.list_view import ListView
from planner.tui.views.outcomes_rows import head_line, outcome_line, sum_line

START = (
    ("a", "adds an outcome: its kpi, baseline, target, by, value per year"),
    ("E", "on an initiative, then outcomes: lets it contribute to one"),
)

Page = Callable[[int], list[PageLine]]


class OutcomesView(ListView):
    """Each KPI from baseline to target with what contributes, completion, cost and value."""

    view_name = "outcomes"
    adds = "outcomes"
    foot = ("open", "gaps")
    beside = 240
    share = 60

    found: OutcomesShown

    def compute(self, plan: Plan) -> OutcomesShown:
        """Work the figures out."""
        return worth_of(plan)

    def headings(self) -> tuple[Line, ...]:
        """How many, and what is asked for."""
        outcomes = self.found.outcomes
        pieces = line_of(("Outcomes", "strong", True))
        late = sum(map(is_late, outcomes))
        if outcomes:
            said = f" · {len(outcomes)}" + (f", {late} late" if late else "")
            pieces += line_of((said, "dim"))
        if self.desk.filter:
            shown = sum(isinstance(row.of, OutcomeRow) for row in self.listing.rows)
            said = f" · filter {visible(self.desk.filter)}: {shown}"
            pieces += line_of((said, "key"))
        return (pieces,)

    def rows(self, plan: Plan) -> list[Row]:
        """The outcomes that matching work contributes to, and what sums all of them up."""
        worth, matching = self.found, self.desk.matching(plan)
        if not worth.outcomes:
            return []
        return [
            heading(partial(head_line, worth)),
            *(
                self._row(plan, row)
                for row in worth.outcomes
                if matching is None or any(one.id in matching for one in row.contributors)
            ),
            GAP,
            self._sum(MONEY, money_summary(worth), partial(money_page, worth)),
            self._sum(BALANCE, balance_summary(worth), partial(balance_page, worth)),
            self._sum("No outcome", unrelated_summary(worth), partial(unrelated_page, worth)),
            self._sum(FORMULAS_TITLE, ["each figure, in words"], formulas_page),
        ]

    def _row(self, plan: Plan, row: OutcomeRow) -> Row:
        line = set_in(partial(outcome_line, row, self.found))
        page = partial(outcome_page, plan, self.found, row)
        return Row(line, f"outcomes {row.id}", _told(page), ("outcomes", row.id), of=row)

    def _sum(self, label: str, said: list[str], page: Page) -> Row:
        return Row(set_in(partial(sum_line, label, said)), label, _told(page))

    def nothing(self, width: int) -> Explained:
        """How to start."""
        return coloured(none_page(START, width))


def _told(page: Page) -> Callable[[int], Explained]:
    return lambda width: coloured(page(width))
