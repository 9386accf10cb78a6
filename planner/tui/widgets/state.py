"""The second line: what is wrong with the plan or, during an edit, what it would become."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from planner.consequence import Consequence, cost_of_lateness, days_late, money
from planner.plan import Plan
from planner.session import Preview
from planner.text.visible import visible
from planner.tui.desk import Desk
from planner.tui.widgets.header import latest

TONES = {
    "plain": "$text",
    "good": "bold $good",
    "bad": "bold $critical",
    "warn": "bold $warning",
    "dim": "$dim",
    "key": "bold $key",
}
DOT = (" · ", "$dim")


class StateLine(Widget):
    """The consequence line. Idle it says the worst that is wrong, in one sentence."""

    DEFAULT_CSS = """
    StateLine { height: 1; width: 1fr; background: $panel-ground; color: $text; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._preview: Preview | None = None
        self._keys = ""

    def show_plan(self) -> None:
        """Say what is wrong with the plan as it is."""
        self.show_preview(None)

    def show_preview(self, preview: Preview | None, keys: str = "") -> None:
        """Say what the edit in hand would do; None says the plan as it is."""
        self._preview, self._keys = preview, keys
        self.refresh()

    @property
    def words(self) -> str:
        """What the line says, without colours."""
        return self.render().plain.strip()

    def render(self) -> Content:
        """The edit's consequence, else the plan's worst."""
        line = _consequence(self._preview) if self._preview else self._plan()
        if self._keys and line.cell_length + len(self._keys) + 4 <= self.size.width:
            line += Content.assemble(DOT, (self._keys, "$key"))
        return line

    def _plan(self) -> Content:
        sentence = story(self.desk.session.plan, self.size.width - 4, checked=self.desk.checked)
        if sentence is None:
            return Content.assemble(" ", ("√ ", "bold $good"), ("Nothing is late", "$text"))
        return Content.assemble(" ", ("✗ ", "bold $critical"), (sentence, "$text"))


def _consequence(preview: Preview) -> Content:
    consequence: Consequence = preview.consequence
    parts = [(part.text, TONES[part.role]) for part in consequence.parts()]
    line = Content(" ")
    for index, part in enumerate(parts):
        line += Content.assemble(*([DOT] if index else []), part)
    return line


def story(plan: Plan, width: int, *, checked: bool = True) -> str | None:
    """The worst that is wrong in one sentence that fits `width`; None where nothing is late.

    What does not fit is left out from the end: first the cost, then what it waits on.
    """
    id = latest(plan)
    late = days_late(plan, id)
    if id is None or late is None:
        return None
    name = visible(plan.roadmap.initiatives[id].label)
    clauses = [f"{name} is {late} day{'s' if late > 1 else ''} late"]
    if waits := _waits(plan, id):
        clauses.append(f": {waits}")
    if checked and (cost := cost_of_lateness(plan, id)):
        clauses.append(f"; costs {money(cost, plan.roadmap.settings.currency)}")
    sentence = ""
    for clause in clauses:
        if len(sentence) + len(clause) <= width:
            sentence += clause
    return sentence


def _waits(plan: Plan, id: str) -> str | None:
    path = plan.schedule.path_to(id)
    open_ = [each for each in path if plan.roadmap.initiatives[each].open and each != id]
    return f"it waits on {visible(plan.roadmap.initiatives[open_[0]].label)}" if open_ else None
