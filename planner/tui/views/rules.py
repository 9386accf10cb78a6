"""The page of rules: what each one finds, why that matters to each side, and the ways out.

It is the rule reference of `planner explain`, made from the registry. Beside each rule stands how
often it speaks in the plan on screen, so that it also tells what is checked here and what is not.
"""

from __future__ import annotations

from collections import Counter

from planner.conflicts.findings import SEVERITY_MARKS
from planner.conflicts.reference import facts
from planner.conflicts.registry import RULES
from planner.conflicts.rule import Rule
from planner.plan.model import Plan
from planner.tui.lines.cells import fitted
from planner.tui.lines.pages import Page, cut, line_of
from planner.tui.shell.actions import bindings
from planner.tui.shell.checking import known
from planner.tui.shell.themes import Role
from planner.tui.views.conflicts_explained import SEVERITY_WORDS, Explained, Line
from planner.tui.views.conflicts_list import SEVERITY_ROLES
from planner.tui.views.list_view import Listed, ListView

LABEL = 15
"""Columns of the words at the left of a page."""
CODE, NAME, HERE = 9, 23, 5
LABEL_ROLES: dict[str, Role] = {"for marketing": "marketing", "for IT": "it"}


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
        said = f" · {len(RULES)}, {len(self.here)} with findings here"
        return line_of(("Rules", "strong", True), (said, "dim"))

    def columns(self, width: int) -> Line:
        """What stands in a row."""
        heads = f"  {'code':<{CODE}}{'name':<{NAME}}{'here':>{HERE}}  what it finds"
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
        rule, page = RULES[name], Page(width, LABEL)
        page.line(
            (f"{rule.code} ", SEVERITY_ROLES[rule.severity], True),
            (f"{rule.name}  ", "strong", True),
            (SEVERITY_WORDS[rule.severity], SEVERITY_ROLES[rule.severity]),
        )
        page.text(rule.summary)
        page.line()
        for fact in facts(rule):
            if fact.label == "example":
                page.verbatim(fact.label, fact.text.splitlines())
            else:
                page.labelled(fact.label, fact.text, label_role=LABEL_ROLES.get(fact.label, "dim"))
        return page.explained

    def nothing(self, width: int) -> Explained:
        """There are always rules."""
        return Page(width).explained

    def kind_here(self) -> str:
        """What `a` adds: a waiver."""
        return "waivers"
