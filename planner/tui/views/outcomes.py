"""The outcomes view: KPIs, completion, cost, value and return.

Below the outcomes four rows sum them up: cost by side against the budget, the balance of work,
what contributes to no outcome, and how the figures are computed.
"""

from __future__ import annotations

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
from planner.roadmap.output_outcomes import OutcomesShown
from planner.text.visible import visible
from planner.tui.lines.pages import Explained, Line, coloured, line_of
from planner.tui.shell.actions import bindings
from planner.tui.views.list_view import Listed, ListView
from planner.tui.views.outcomes_rows import head_line, outcome_line, sum_line

START = (
    ("a", "adds an outcome: its kpi, baseline, target, by, value per year"),
    ("E", "on an initiative, then outcomes: lets it contribute to one"),
)


class OutcomesView(ListView):
    """Each KPI from baseline to target with what contributes, completion, cost and value."""

    view_name = "outcomes"
    BINDINGS = bindings(ListView.offers)
    foot = ("open", "gaps")
    beside = 240
    share = 60

    worth: OutcomesShown

    def compute(self, plan: Plan) -> OutcomesShown:
        """Work the figures out."""
        return worth_of(plan)

    def take(self, plan: Plan, found: OutcomesShown) -> None:
        """A filter keeps the outcomes that matching work contributes to."""
        self.worth = found
        matching = self.desk.matching(plan)
        self.shown = [
            row
            for row in self.worth.outcomes
            if matching is None or any(one.id in matching for one in row.contributors)
        ]

    def heading(self) -> Line:
        """How many, and what is asked for."""
        worth = self.worth
        pieces = line_of(("Outcomes", "strong", True))
        late = sum(map(is_late, worth.outcomes))
        if worth.outcomes:
            said = f" · {len(worth.outcomes)}" + (f", {late} late" if late else "")
            pieces += line_of((said, "dim"))
        if self.desk.filter:
            said = f" · filter {visible(self.desk.filter)}: {len(self.shown)}"
            pieces += line_of((said, "key"))
        return pieces

    def columns(self, width: int) -> Line:
        """What the figures are."""
        return head_line(self.worth, width)

    def rows(self, width: int) -> list[Listed]:
        """The table, and what sums it up."""
        if not self.worth.outcomes:
            return []
        lines = []
        for row in self.shown:
            line = outcome_line(row, self.worth, width)
            lines.append(Listed(line, f"outcomes {row.id}", ("outcomes", row.id)))
        return [
            *lines,
            Listed([]),
            Listed(sum_line(MONEY, money_summary(self.worth), width), "money"),
            Listed(sum_line(BALANCE, balance_summary(self.worth), width), "balance"),
            Listed(sum_line("No outcome", unrelated_summary(self.worth), width), "unrelated"),
            Listed(sum_line(FORMULAS_TITLE, ["each figure, in words"], width), "formulas"),
        ]

    def page(self, name: str, width: int) -> Explained:
        """The row under the cursor in full."""
        return coloured(self._lines(name, width))

    def _lines(self, name: str, width: int) -> list[PageLine]:
        match name:
            case "money":
                return money_page(self.worth, width)
            case "balance":
                return balance_page(self.worth, width)
            case "unrelated":
                return unrelated_page(self.worth, width)
            case "formulas":
                return formulas_page(width)
        row = next(row for row in self.worth.outcomes if f"outcomes {row.id}" == name)
        return outcome_page(self.of or self.plan, self.worth, row, width)

    def nothing(self, width: int) -> Explained:
        """How to start."""
        return coloured(none_page(START, width))

    def kind_here(self) -> str:
        """What `a` adds."""
        return "outcomes"
