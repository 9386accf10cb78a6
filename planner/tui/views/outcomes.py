"""The outcomes view: what the roadmap is for, what it costs, and what it brings.

Below the outcomes four rows sum them up: cost by side against the budget, the balance of work, the
work that no outcome stands behind, and how the figures are computed.
"""

from __future__ import annotations

from planner.analysis.outcomes import is_late, worth_of
from planner.plan.model import Plan
from planner.roadmap.output_outcomes import OutcomesShown
from planner.text.visible import visible
from planner.tui.lines.pages import Explained, Line, Page, line_of
from planner.tui.shell.actions import bindings
from planner.tui.views.list_view import Listed, ListView
from planner.tui.views.outcomes_rows import (
    balance_line,
    balance_page,
    formulas_line,
    formulas_page,
    head_line,
    money_line,
    money_page,
    outcome_line,
    outcome_page,
    unrelated_line,
    unrelated_page,
)


class OutcomesView(ListView):
    """Each KPI from baseline to target with what contributes, when it lands, cost and value."""

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
            said = f" · {len(worth.outcomes)}" + (f", {late} after their day" if late else "")
            pieces += line_of((said, "dim"))
        if self.desk.filter:
            said = f" · filter {visible(self.desk.filter)}: {len(self.shown)}"
            pieces += line_of((said, "key"))
        return pieces

    def columns(self, width: int) -> Line:
        """What the figures are."""
        return head_line(width)

    def rows(self, width: int) -> list[Listed]:
        """The table, and what sums it up."""
        if not self.worth.outcomes:
            return []
        currency = self.worth.currency
        lines = []
        for row in self.shown:
            line = outcome_line(row, currency, width)
            lines.append(Listed(line, f"outcomes {row.id}", ("outcomes", row.id)))
        return [
            *lines,
            Listed([]),
            Listed(money_line(self.worth, width), "money"),
            Listed(balance_line(self.worth, width), "balance"),
            Listed(unrelated_line(self.worth, width), "unrelated"),
            Listed(formulas_line(width), "formulas"),
        ]

    def page(self, name: str, width: int) -> Explained:
        """The row under the cursor in full."""
        worth = self.worth
        if name == "money":
            return money_page(worth, width)
        if name == "balance":
            return balance_page(worth, width)
        if name == "unrelated":
            return unrelated_page(worth, width)
        if name == "formulas":
            return formulas_page(width)
        row = next(row for row in worth.outcomes if f"outcomes {row.id}" == name)
        return outcome_page(self.of or self.plan, worth, row, width)

    def nothing(self, width: int) -> Explained:
        """How to start."""
        page = Page(width)
        page.text("No outcomes yet", "strong", bold=True)
        page.text("An outcome says what work is for: a KPI, where it stands, where it should be.")
        page.line()
        page.labelled("a", "adds one: its kpi, baseline, target, by, value per year")
        page.labelled("E", "on an initiative, then outcomes, says what it is for")
        page.line()
        page.text("Then this page shows when each lands, what it costs, and what it brings.", "dim")
        return page.explained

    def kind_here(self) -> str:
        """What `a` adds."""
        return "outcomes"
