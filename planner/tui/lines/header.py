"""The first line: the roadmap, its branch, what is unsaved, its main launch, how many conflicts,
how much waits for the person at the keys, and who else is here.
"""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from planner.plan.impact import lateness
from planner.plan.model import Plan
from planner.roadmap.figures import date_text, money_short
from planner.schedule.delay import cost_of_lateness, finish_of
from planner.text.visible import visible
from planner.tui.lines.cells import fitted
from planner.tui.shell.app_state import Desk
from planner.tui.shell.checking import known

SHORTEST = 12
"""Columns that the name of the main launch keeps, however little room there is."""

WHOLE = 200
"""Columns in which any name has room."""

LEAST = 8
"""Columns in which a name of somebody else who is here still says something."""

BRANCH = 20
"""Columns that the name of a branch takes at most."""
NARROW = 100
"""Columns below which what waits is said in two words, and gaps are smaller."""

NOTHING = Content("")


class HeaderLine(Widget):
    """Title, branch, n files unsaved, the main launch with its date and cost, ✗n ▲n, what waits for
    me, +who else is here.
    """

    DEFAULT_CSS = """
    HeaderLine { height: 1; width: 1fr; background: $bar-ground; color: $text; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def render(self) -> Content:
        """Title and launch at the left, what is in the way at the right."""
        plan, width = self.desk.session.plan, self.size.width
        right = self._conflicts(plan) if self.desk.checked else Content.styled("checking ", "$dim")
        right = Content(" ") + right + self._waiting()
        room = width - right.cell_length
        left = self._left(room, Content("   " if width < NARROW else "      "))
        left = left.truncate(room, ellipsis=True) if left.cell_length > room else left
        spare = max(0, room - left.cell_length)
        here = self._company(spare)
        return left + Content(" " * (spare - here.cell_length)) + right + here

    def _left(self, room: int, gap: Content) -> Content:
        """All there is room for: what came in gives way first, then the cost, then the branch.

        The launch, its date and how late it is never do.
        """
        plan, costs = self.desk.session.plan, self.desk.checked
        ways = ((True, costs, True), (False, costs, True), (False, False, True), (False,) * 3)
        for with_imports, with_cost, with_branch in ways:
            before = self._before(with_imports, with_branch) + gap
            launch = _date(plan, WHOLE, with_cost=with_cost, base=self._base)
            if before.cell_length + launch.cell_length <= room:
                return before + launch
        launch = _date(plan, room - before.cell_length, with_cost=False, base=self._base)
        kept = max(0, room - launch.cell_length - gap.cell_length)
        return self._before(False, False).truncate(kept, ellipsis=True) + gap + launch

    @property
    def _base(self) -> Plan | None:
        """The plan without what is tried in a what-if; None where nothing is."""
        session = self.desk.session
        return None if session.what_if is None else session.base.plan

    def _conflicts(self, plan: Plan) -> Content:
        """How many there are; in a what-if from how many without it."""
        base = self._base
        if base is None or not known(base):
            return _conflicts(plan)
        return _conflicts_from(_counts(base), _counts(plan))

    def _before(self, with_imports: bool, with_branch: bool) -> Content:
        """What stands before the launch: title, branch, n unsaved, what came in, the filter."""
        desk = self.desk
        before = Content.assemble(" ", (visible(desk.session.plan.roadmap.title), "bold $strong"))
        gap = "  "
        if desk.branch and with_branch:
            name = fitted(visible(desk.branch), BRANCH).rstrip()
            before += Content.styled(f"{gap if self.size.width >= NARROW else ' '}{name}", "$dim")
            gap = " "
        if unsaved := desk.session.unsaved:
            before += Content.styled(f"{gap}{unsaved} unsaved", "$warning")
        if with_imports and desk.imports is not None and desk.imports.last:
            before += Content.styled(f"  imported {visible(desk.imports.last)}", "$dim")
        if desk.filter:
            before += Content.styled(f"  /{visible(desk.filter)}", "$key")
        return before

    def _waiting(self) -> Content:
        """How much waits for the person at the keys; nothing where nobody knows who that is."""
        number = self.desk.waiting
        if not number:
            return NOTHING
        words = "me" if self.size.width < NARROW else " waits for me"
        return Content.assemble((f"{words} {number} ", "bold $strong"))

    def _company(self, room: int) -> Content:
        """Who else is here, cut to the room that is left; nothing where that says too little."""
        if not self.desk.company or room < LEAST:
            return NOTHING
        names = visible(", ".join(self.desk.company))
        here = Content.styled(f"{'' if self.size.width < NARROW else ' '}+{names} ", "$dim")
        return here.truncate(room, ellipsis=True)


def _date(plan: Plan, room: int, *, with_cost: bool, base: Plan | None = None) -> Content:
    """The main launch with its date, and its date in `base` where that is another: it is the one
    of `base`, where that is still there.
    """
    id = base.schedule.main_launch if base is not None else None
    id = id if id in plan.roadmap.initiatives else plan.schedule.main_launch
    dates = plan.schedule.get(id) if id else None
    if id is None or dates is None:
        return Content("")
    date = Content.styled(f" {date_text(dates.finish, plan.as_of)}", "bold $strong")
    before = finish_of(base, id) if base is not None else None
    if before is not None and before != dates.finish:
        date = Content.assemble((f" {date_text(before, plan.as_of)} →", "$dim")) + date
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


def _counts(plan: Plan) -> tuple[int, int]:
    """Errors and warnings that are not waived."""
    found = [finding.severity for finding in plan.findings if not finding.waived]
    return found.count("error"), found.count("warning")


def _conflicts_from(before: tuple[int, int], now: tuple[int, int]) -> Content:
    """``✗14 → 11 ▲34 → 35``."""
    signs, found = (("✗", "bold $critical"), ("▲", "bold $warning")), Content("")
    for (sign, role), was, number in zip(signs, before, now, strict=True):
        if was != number:
            found += Content.assemble((f"{sign}{was} → ", "$dim"), (f"{number} ", role))
        elif number:
            found += Content.styled(f"{sign}{number} ", role)
    return found


def _conflicts(plan: Plan) -> Content:
    errors, warnings = _counts(plan)
    if not errors and not warnings:
        return Content.styled("√ no conflicts ", "$good")
    return Content.assemble(
        ("" if not errors else f"✗{errors} ", "bold $critical"),
        ("" if not warnings else f"▲{warnings} ", "bold $warning"),
    )
