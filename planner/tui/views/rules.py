"""The rules view: what each rule reports, why that matters to each side, and its fixes.

It is the rule reference of `planner explain`, made from the registry. Beside each rule stands how
many conflicts it has in the plan on screen.
"""

from __future__ import annotations

from collections import Counter

from planner.conflicts.findings import SEVERITY_MARKS
from planner.conflicts.registry import RULES
from planner.conflicts.rule import Rule
from planner.pages.conflicts import SEVERITY_ROLES
from planner.pages.rules import rule_page
from planner.plan.model import Plan
from planner.tui.lines.cells import fitted
from planner.tui.lines.pages import Explained, Line, Page, coloured, cut, line_of
from planner.tui.shell.actions import bindings
from planner.tui.shell.checking import known
from planner.tui.views.list_view import Listed, ListView

CODE, NAME, HERE = 9, 23, 5


class RulesView(ListView):
    """Every rule of the registry, in the order of the catalogue."""

    view_name = "rules"
    foot = ("open", "back")
    unfit = (*ListView.unfit, "edit", "add", "fixes", "filter")
    beside = 130
    BINDINGS = bindings(ListView.offers)

    here: Counter[str]

    def compute(self, plan: Plan) -> Counter[str]:
        """Count what each rule finds; of a large plan once that is known."""
        found = (one.code for one in plan.findings if not one.waived) if known(plan) else ()
        return Counter(found)

    def take(self, plan: Plan, found: Counter[str]) -> None:
        """All rules, whatever the filter: it asks for work."""
        self.here = found

    def findings_came(self) -> None:
        """The findings of a large plan are known now."""
        self.work_out(self.compute, self._take)

    def show(self) -> None:
        """Begin with the rule that was asked for."""
        super().show()
        names = [row.name for row in self.named]
        if self.desk.rule in names:
            at, self.desk.rule = names.index(self.desk.rule), None
            self._go(at)

    def heading(self) -> Line:
        """How many there are, and how many have findings here."""
        said = f" · {len(RULES)}, {len(self.here)} with conflicts here"
        return line_of(("Rules", "strong", True), (said, "dim"))

    def columns(self, width: int) -> Line:
        """What stands in a row."""
        heads = f"  {'code':<{CODE}}{'name':<{NAME}}{'here':>{HERE}}  what it reports"
        return line_of((cut(heads, width), "dim"))

    def rows(self, width: int) -> list[Listed]:
        """One line each."""
        return [Listed(self._line(rule, width), rule.code) for rule in RULES.values()]

    def _line(self, rule: Rule, width: int) -> Line:
        here = self.here[rule.code]
        room = max(0, width - 2 - CODE - NAME - HERE - 2)
        return line_of(
            (f"{SEVERITY_MARKS[rule.severity]} ", SEVERITY_ROLES[rule.severity], True),
            (fitted(rule.code, CODE), "text"),
            (fitted(rule.name, NAME), "text"),
            (fitted(str(here) if here else "", HERE, right=True), "strong" if here else "dim"),
            ("  " + fitted(rule.summary, room), "dim"),
        )

    def page(self, name: str, width: int) -> Explained:
        """The rule under the cursor, with what `planner explain` says of it."""
        return coloured(rule_page(RULES[name], width))

    def nothing(self, width: int) -> Explained:
        """There are always rules."""
        return Page(width).explained

    def kind_here(self) -> str:
        """What `a` adds: a waiver."""
        return "waivers"
