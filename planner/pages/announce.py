"""What is said of announcing a launch for a day: yes or no, why, and what would make it yes."""

from __future__ import annotations

from datetime import date

from planner.pages.fixes import needs_agreement
from planner.pages.lines import Line, Page, Piece
from planner.pages.parties import party_of_side, side_name
from planner.plan.model import Plan
from planner.roadmap.figures import count, date_text, money, priced, working_days
from planner.roadmap.output_announce import AnnounceShown, OpenHandoverRow
from planner.schedule.shift import Shift
from planner.text.visible import visible

LABEL = 17
"""Columns of the labels."""
MOST = 5
"""So many handovers are named."""


def announce_page(
    plan: Plan, shown: AnnounceShown, width: int, *, commands: bool = True
) -> list[Line]:
    """The answer, then what speaks against the date, the first safe one and what would help."""
    page = Page(width, LABEL)
    answer: Piece = ("yes", "good") if shown.yes else ("no", "critical")
    page.flow([((f"{visible(shown.name)} on {_date(plan, shown.day)}: ", "title"), answer)])
    if shown.finish is None:
        page.labelled("finish", "no date: it can't be scheduled", "critical")
        return page.lines
    page.labelled("finish", _finish(plan, shown), "critical" if shown.late else "text")
    for at, handover in enumerate(shown.handovers[:MOST]):
        page.labelled("" if at else "not agreed", _handover(plan, handover), "warning")
    if (more := len(shown.handovers) - MOST) > 0:
        page.labelled(
            "", f"{count(more, 'more handover')}: `planner agenda --for {shown.id}`", "dim"
        )
    for at, other in enumerate(shown.others):
        page.labelled("" if at else "conflicts", visible(other), "warning")
    if not shown.yes and shown.first_safe is not None:
        page.labelled("first safe date", _first_safe(plan, shown.finish, shown.first_safe, shown))
    if shown.late is not None:
        _option(page, plan, shown, commands=commands)
    if shown.week_later:
        page.labelled(
            "a week later", visible(f"costs {money(round(shown.week_later), shown.currency)}")
        )
    return page.lines


def _finish(plan: Plan, shown: AnnounceShown) -> str:
    assert shown.finish is not None
    day = _date(plan, shown.finish)
    if shown.late is not None:
        return f"{day}, {Shift(shown.day, shown.finish, shown.late.working).late}"
    before = plan.schedule.shift(shown.finish, shown.day)
    return f"{day}, {working_days(before.working)} before" if before.working else f"{day}, in time"


def _first_safe(plan: Plan, finish: date, safe: date, shown: AnnounceShown) -> str:
    """``10 Jan 2028, since 27 Oct lies in a freeze, once the handovers are agreed``."""
    first = max(finish, shown.as_of)
    frozen = f", since {_date(plan, first)} lies in a freeze" if safe > first else ""
    agreed = ", once the handovers are agreed" if shown.handovers else ""
    return f"{_date(plan, safe)}{frozen}{agreed}"


def _handover(plan: Plan, row: OpenHandoverRow) -> str:
    """``pictures · autumn-content → autumn-range · asked 22 Feb · next: Studio (Marketing)``"""
    link = visible(f"{row.supplier} → {row.successor}")
    since = f" {_date(plan, row.asked)}" if row.asked and row.state != "not asked" else ""
    who = ""
    if row.party is not None:
        who = party_of_side(plan, row.party, row.side)
    elif row.side is not None:
        who = side_name(plan, row.side)
    parts = (
        visible(row.delivers or ""),
        link,
        f"{row.state}{since}",
        f"next: {who}" if who else "",
    )
    return " · ".join(filter(None, parts))


def _option(page: Page, plan: Plan, shown: AnnounceShown, *, commands: bool) -> None:
    """The set of options with which the day is met, or that there is none."""
    option = shown.option
    if option is None:
        page.labelled("options", f"none reaches {_date(plan, shown.day)}", "dim")
        return
    needs = needs_agreement(plan, option.needs_agreement)
    title = visible(priced(option.title, option.price, shown.currency))
    page.labelled("options", " · ".join(filter(None, (title, needs))))
    if option.command and commands:
        page.line((f"  {visible(option.command)}", "key"))


def _date(plan: Plan, day: date) -> str:
    return date_text(day, plan.as_of)
