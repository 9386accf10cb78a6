"""Why an initiative has its dates: one sentence a step, from the schedule's own record."""

from __future__ import annotations

from collections.abc import Iterator

from planner.plan.impact import signed
from planner.plan.model import Plan
from planner.roadmap.days import named_day, named_days
from planner.schedule.dates import Dates, LinkDates, Reason, Step

KINDS = {
    "actual": "it began then (actual_start)",
    "status_date": "nothing unfinished is scheduled before the status date",
    "start": "nothing holds it: it starts with the roadmap",
}


def why_text(plan: Plan, id: str) -> Iterator[str]:
    """The dates, what gives each, back along the latest driver, and what would move them."""
    dates = plan.schedule.get(id)
    if dates is None:
        yield f"{id} has no dates: {plan.schedule.unscheduled.get(id, 'it is not scheduled')}"
        return
    yield f"{headline(plan, dates)}"
    for one in plan.schedule.why(id):
        yield f"  {step(plan, one)}"
    yield from _links(plan, id)


def headline(plan: Plan, dates: Dates) -> str:
    """``web-push 7 Jan – 3 Feb · 20 days · total float −5 · critical``."""
    days = named_days(dates.start, dates.finish, plan.as_of)
    parts = [f"{dates.id} {days}", f"{dates.duration} days"]
    if dates.total_float is not None:
        parts.append(f"total float {signed(dates.total_float)}")
    parts += ["critical"] * dates.critical + ["near-critical"] * dates.near_critical
    deadline = plan.roadmap.initiatives[dates.id].deadline
    if deadline is not None:
        late = plan.schedule.late(deadline, dates.finish)
        state = "met" if late is None else late.late
        parts.append(f"deadline {named_day(deadline, plan.as_of)}, {state}")
    return " · ".join(parts)


def step(plan: Plan, one: Step) -> str:
    """``cdp-foundation 13 May – 8 Jul: after customer-sso (FS)``, and the days off it skipped."""
    dates = plan.schedule.get(one.id)
    when = f" {named_days(dates.start, dates.finish, plan.as_of)}" if dates else ""
    skipped = ", ".join(f"{name} {named_day(off, plan.as_of)}" for off, name in one.skipped)
    return f"{one.id}{when}: {because(one.reason)}{f' (skips {skipped})' if skipped else ''}"


def because(reason: Reason) -> str:
    """A reason in words."""
    if reason.kind == "link":
        lag = f"{signed(reason.lag)}d" if reason.lag else ""
        return f"after {reason.on} ({reason.type}{lag})"
    if reason.as_late:
        return reason.as_late
    if reason.kind == "date":
        return f"{reason.key} = {reason.day.isoformat()}" if reason.day else f"{reason.key}"
    return KINDS[reason.kind]


def _links(plan: Plan, id: str) -> Iterator[str]:
    for link in sorted(plan.schedule.links_into(id), key=lambda link: (link.slack or 0, link.on)):
        lag = f"{signed(link.lag)}d" if link.lag else ""
        yield f"  needs {link.on} {link.type}{lag}: {_drives(link)}"


def _drives(link: LinkDates) -> str:
    if link.driving:
        return "drives"
    if link.slack is None:
        return "binds nothing"
    if link.slack <= 0:
        return "drives nothing: it is as late as it can be"
    return f"could slip {link.slack} days before it drives"
