"""The rules view: what each rule reports, why that matters to each side, and its fixes.

It is the rule reference of `planner explain`, made from the registry. Beside each rule stands how
many conflicts it has in the plan on screen.
"""

from __future__ import annotations

from collections import Counter
from functools import partial

from planner.conflicts.findings import SEVERITY_MARKS
from planner.conflicts.registry import RULES
from planner.conflicts.rule import Rule
from planner.pages.canvas import shorten
from planner.pages.conflicts import SEVERITY_ROLES
from planner.pages.rules import rule_page
from planner.plan.model import Plan
from planner.tui.lines.cells import fitted
from planner.tui.lines.pages import Explained, Line, coloured, line_of
from planner.tui.lines.row_list import Row, heading, set_in
from planner.tui.shell.checking import known
from planner.tui.views.list_view import ListView

CODE, NAME, HERE = 9, 23, 5


class RulesView(ListView):
    """Every rule of the registry, in the order of the catalogue."""

    view_name = "rules"
    adds = "waivers"
    foot = ("open", "back")
    unfit = (*ListView.unfit, "edit", "add", "fixes", "filter")
    beside = 130

    found: Counter[str]

    def compute(self, plan: Plan) -> Counter[str]:
        """Count what each rule finds; of a large plan once that is known."""
        found = (one.code for one in plan.findings if not one.waived) if known(plan) else ()
        return Counter(found)

    def findings_came(self) -> None:
        """The findings of a large plan are known now."""
        self.recompute()

    def show(self, plan: Plan, found: Counter[str]) -> None:
        """Begin with the rule that was asked for."""
        super().show(plan, found)
        self.selection_changed()

    def selection_changed(self) -> None:
        """Go to the rule that was asked for."""
        at = self.listing.find(lambda row: row.key == self.desk.rule)
        if at is not None:
            self.desk.rule = None
            self.listing.put(at)
            self.both.tell()

    def headings(self) -> tuple[Line, ...]:
        """How many there are, and how many have findings here."""
        said = f" · {len(RULES)}, {len(self.found)} with conflicts here"
        return (line_of(("Rules", "strong", True), (said, "dim")),)

    def rows(self, _plan: Plan) -> list[Row]:
        """What stands in a row; then all rules, whatever the filter: it asks for work."""
        return [heading(_heads), *(self._row(rule) for rule in RULES.values())]

    def _row(self, rule: Rule) -> Row:
        return Row(set_in(partial(self._line, rule)), rule.code, partial(told, rule))

    def _line(self, rule: Rule, width: int) -> Line:
        here = self.found[rule.code]
        room = max(0, width - 2 - CODE - NAME - HERE - 2)
        return line_of(
            (f"{SEVERITY_MARKS[rule.severity]} ", SEVERITY_ROLES[rule.severity], True),
            (fitted(rule.code, CODE), "text"),
            (fitted(rule.name, NAME), "text"),
            (fitted(str(here) if here else "", HERE, right=True), "strong" if here else "dim"),
            ("  " + fitted(rule.summary, room), "dim"),
        )


def _heads(width: int) -> Line:
    heads = f"  {'code':<{CODE}}{'name':<{NAME}}{'here':>{HERE}}  what it reports"
    return line_of((shorten(heads, width), "dim"))


def told(rule: Rule, width: int) -> Explained:
    """What `planner explain` says of a rule."""
    return coloured(rule_page(rule, width))
