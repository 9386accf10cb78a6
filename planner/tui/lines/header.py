"""The first line: the roadmap, what is unsaved, its main launch, and how many conflicts."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from planner.plan.impact import lateness
from planner.plan.model import Plan
from planner.roadmap.figures import date_text, money_short
from planner.schedule.delay import cost_of_lateness
from planner.text.visible import visible
from planner.tui.lines.cells import fitted
from planner.tui.shell.app_state import Desk

SHORTEST = 12
"""Columns that the name of the main launch keeps, however little room there is."""

LEAST = 8
"""Columns in which a name of somebody else who is here still says something."""

NOTHING = Content("")


class HeaderLine(Widget):
    """Title, n files unsaved, +who else is here, the main launch with its date and cost, ✗n ▲n."""

    DEFAULT_CSS = """
    HeaderLine { height: 1; width: 1fr; background: $bar-ground; color: $text; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def render(self) -> Content:
        """Title and launch at the left, what is in the way at the right."""
        plan, width = self.desk.session.plan, self.size.width
        right = _conflicts(plan) if self.desk.checked else Content.styled("checking ", "$dim")
        right = Content(" ") + right
        room = width - right.cell_length
        left = self._left(room, Content("   " if width < 100 else "      "))
        left = left.truncate(room, ellipsis=True) if left.cell_length > room else left
        return left + Content(" " * max(0, room - left.cell_length)) + right

    def _left(self, room: int, gap: Content) -> Content:
        """All there is room for: what came in and who else is here give way first, then the cost,
        then the filter.

        The launch, its date and how late it is never do.
        """
        plan, costs = self.desk.session.plan, self.desk.checked
        for here, with_cost in ((self._beside(), costs), (NOTHING, costs), (NOTHING, False)):
            before = self._before(here) + gap
            launch = _date(plan, room - before.cell_length, with_cost=with_cost)
            spare = room - before.cell_length - launch.cell_length
            if spare >= 0:
                return self._before(here or self._beside(spare)) + gap + launch
        kept = max(0, room - launch.cell_length - gap.cell_length)
        return before.truncate(kept, ellipsis=True) + gap + launch

    def _beside(self, room: int | None = None) -> Content:
        """What came in last, and who else is here, cut to the room there is; nothing where that
        says too little.
        """
        came = self.desk.imports.last if self.desk.imports is not None else ""
        if not (came or self.desk.company) or (room is not None and room < LEAST):
            return NOTHING
        with_ = f"  +{visible(', '.join(self.desk.company))}" if self.desk.company else ""
        here = Content.styled(f"{f'  imported {visible(came)}' if came else ''}{with_}", "$dim")
        return here if room is None else here.truncate(room, ellipsis=True)

    def _before(self, company: Content) -> Content:
        """What stands before the launch: title, n unsaved, who else is here, the filter."""
        before = Content.assemble(
            " ", (visible(self.desk.session.plan.roadmap.title), "bold $strong")
        )
        if unsaved := self.desk.session.unsaved:
            before += Content.styled(f"  {unsaved} unsaved", "$warning")
        before += company
        if self.desk.filter:
            before += Content.styled(f"  /{visible(self.desk.filter)}", "$key")
        return before


def _date(plan: Plan, room: int, *, with_cost: bool) -> Content:
    id = plan.schedule.main_launch
    dates = plan.schedule.get(id) if id else None
    if id is None or dates is None:
        return Content("")
    date = Content.styled(f" {date_text(dates.finish, plan.as_of)}", "bold $strong")
    date += _standing(plan, id, with_cost=with_cost)
    name = visible(plan.roadmap.initiatives[id].label)
    least = max(SHORTEST, room - date.cell_length)
    return Content.styled(fitted(name, least).rstrip(), "bold $strong") + date


def _standing(plan: Plan, id: str, *, with_cost: bool) -> Content:
    """How late it is and what that costs; or that it is on time for its deadline."""
    late, initiative = lateness(plan, id), plan.roadmap.initiatives[id]
    if late is None:
        due = initiative.deadline or initiative.announced
        return Content.styled(" on time" if due else "", "$good")
    standing = Content.styled(f"  {late.brief} late", "bold $critical")
    cost = cost_of_lateness(plan, id) if with_cost else None
    if cost:
        amount = visible(money_short(cost, plan.roadmap.settings.currency))
        standing += Content.styled(f" · delay cost {amount}", "$critical")
    return standing


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
