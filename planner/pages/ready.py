"""What is said of what can start now: each with its owner and launch, what speaks against it, and
of what almost can the one thing that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.findings import SEVERITY_MARKS
from planner.pages.lines import Line, Page, Piece
from planner.pages.parties import party_of_side, side_name
from planner.pages.roles import Role, side_role
from planner.plan.model import Plan
from planner.roadmap.figures import count, date_text, days_short, money_short
from planner.roadmap.output_ready import AgainstRow, MissingRow, ReadyRow, ReadyShown
from planner.text.visible import visible

NOTHING = "Nothing can start now"
MOST = 20
"""So many that wait for one thing are told."""


def ready_page(plan: Plan, shown: ReadyShown, width: int) -> list[Line]:
    """What can start, then what waits for one thing."""
    page = Page(width)
    page.text(f"Ready to start: {len(shown.ready)}" if shown.ready else NOTHING, "title")
    for row in shown.ready:
        page.flow(_row(plan, row), "  ", "    ")
        for each in row.against:
            page.flow([_against(each)], "    ", "      ")
    if shown.almost:
        page.title(f"Waiting for one thing: {len(shown.almost)}")
    for row in shown.almost[:MOST]:
        page.flow(_row(plan, row), "  ", "    ")
        if row.missing is not None:
            page.flow([*_missing(plan, row.missing)], "    ", "      ")
    if (more := len(shown.almost) - MOST) > 0:
        page.text(f"  {more} more wait for one thing (`planner ready --json`)", "dim")
    if shown.waiting:
        page.text(f"{count(shown.waiting, 'initiative')} with more than one thing to wait for")
    return page.lines


def _row(plan: Plan, row: ReadyRow) -> Iterator[Line]:
    """``web-push · Brand (Marketing) · critical, float −5d · for peak-readiness``, in phrases."""
    yield ((visible(row.id), side_role(row.portfolio)),)
    if row.owner is not None:
        owner = party_of_side(plan, row.owner, row.portfolio)
        yield ((owner, "text"),)
    else:
        side = f" ({side_name(plan, row.portfolio)})" if row.portfolio else ""
        yield ((f"no owner{side}", "warning"),)
    yield (_margin(row),)
    if row.start > plan.as_of:
        yield ((f"planned for {date_text(row.start, plan.as_of)}", "dim"),)
    if row.launch is not None and row.launch != row.id:
        yield ((f"for {visible(row.launch)}", "dim"),)
    if row.cost_of_delay:
        cost = money_short(row.cost_of_delay, plan.roadmap.settings.currency)
        yield ((f"{visible(cost)} behind it", "warning"),)


def _margin(row: ReadyRow) -> Piece:
    role: Role = "critical" if row.critical else "warning" if row.near_critical else "text"
    margin = f"float {days_short(row.total_float)}" if row.total_float is not None else "no float"
    return (f"critical, {margin}" if row.critical else margin, role)


def _against(row: AgainstRow) -> Line:
    role: Role = "critical" if row.severity == "error" else "warning"
    return ((f"{SEVERITY_MARKS[row.severity]} {row.code} ", role), (visible(row.message), "text"))


def _missing(plan: Plan, row: MissingRow) -> Iterator[Line]:
    """``waits for customer-sso, 12 May · Identity and access (IT) · asked``, in phrases."""
    day = f", {date_text(row.day, plan.as_of)}" if row.day is not None else ""
    name = {"start": "the start of the roadmap", "decision": f"decision {visible(row.id)}"}
    yield ((f"waits for {name.get(row.kind, visible(row.id))}{day}", "text"),)
    if row.kind in ("date", "start"):
        return
    if row.who is not None:
        yield ((party_of_side(plan, row.who, row.side), side_role(row.side)),)
    else:
        yield (("no owner", "warning"),)
    if row.handover is not None:
        yield ((row.handover, "good" if row.handover == "agreed" else "warning"),)
