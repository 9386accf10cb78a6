"""The first line: the roadmap, what is unsaved, its worst date, and how many conflicts."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from planner.consequence import cost_of_lateness, days_late, money
from planner.plan import Plan
from planner.roadmap.days import named_day
from planner.text.visible import visible
from planner.tui.desk import Desk
from planner.tui.widgets.cells import fitted


class HeaderLine(Widget):
    """Title, ●n unsaved, +who else is here, the latest launch with its date and cost, ✗n ▲n."""

    DEFAULT_CSS = """
    HeaderLine { height: 1; width: 1fr; background: $bar-ground; color: $text; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def render(self) -> Content:
        """Title and date at the left, what is in the way at the right."""
        plan, width = self.desk.session.plan, self.size.width
        right = _conflicts(plan) if self.desk.checked else Content.styled("checking ", "$dim")
        left = Content.assemble(" ", (visible(plan.roadmap.title), "bold $strong"))
        if unsaved := self.desk.session.unsaved_files:
            left += Content.styled(f"  ●{unsaved}", "$warning")
        if self.desk.company:
            left += Content.styled(f"  +{visible(', '.join(self.desk.company))}", "$dim")
        if self.desk.filter:
            left += Content.styled(f"  /{visible(self.desk.filter)}", "$key")
        gap = "   " if width < 100 else "      "
        left += Content(gap) + _date(plan, with_cost=self.desk.checked)
        room = width - right.cell_length
        left = left.truncate(room, ellipsis=True) if left.cell_length > room else left
        return left + Content(" " * max(0, room - left.cell_length)) + right


def latest(plan: Plan) -> str | None:
    """The launch that misses its deadline most, else the initiative that finishes last."""
    late = [(days, id) for id in plan.schedule.launches if (days := days_late(plan, id))]
    return max(late)[1] if late else plan.schedule.target


def _date(plan: Plan, *, with_cost: bool) -> Content:
    id = latest(plan)
    dates = plan.schedule.get(id) if id else None
    if id is None or dates is None:
        return Content("")
    name = fitted(visible(plan.roadmap.initiatives[id].label), 24).rstrip()
    line = Content.assemble((f"{name} {named_day(dates.finish, plan.as_of)}", "bold $strong"))
    late = days_late(plan, id)
    if late is None:
        return line + Content.styled(
            " in time" if plan.roadmap.initiatives[id].deadline else "", "$good"
        )
    line += Content.styled(f"  {late}d late", "bold $critical")
    cost = cost_of_lateness(plan, id) if with_cost else None
    if cost:
        line += Content.styled(f" · {money(cost, plan.roadmap.settings.currency)}", "$critical")
    return line


def _conflicts(plan: Plan) -> Content:
    open_ = [finding for finding in plan.findings if not finding.waived]
    errors = sum(finding.severity == "error" for finding in open_)
    warnings = sum(finding.severity == "warning" for finding in open_)
    if not errors and not warnings:
        return Content.styled("√ no conflicts ", "$good")
    return Content.assemble(
        ("" if not errors else f"✗{errors} ", "bold $critical"),
        ("" if not warnings else f"▲{warnings} ", "bold $warning"),
    )
