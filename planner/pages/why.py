"""What is said of why an initiative has its dates: what drives each, back to the first cause.

`planner why` prints the page; the board, a path and `planner set` show parts of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.pages.lines import Line, Page, Piece, plain
from planner.pages.roles import Role, side_role
from planner.plan.model import Plan
from planner.roadmap.figures import date_range, date_text, days_short, working_days
from planner.schedule.dates import Dates, LinkDates
from planner.schedule.drivers import Driver, drivers, tie_text
from planner.schedule.why import Step, steps
from planner.text.visible import visible

DRIVEN_BY = "driven by"


def why_page(plan: Plan, id: str, width: int) -> list[Line]:
    """The dates, what drives each of them along the latest driver, and the slack of each link."""
    page = Page(width)
    dates = plan.schedule.get(id)
    if dates is None:
        why = plan.schedule.unscheduled.get(id, "it is not scheduled")
        page.text(visible(f"{id} has no dates: {why}"), "warning")
        return page.lines
    page.flow([*headline(plan, dates)], hang="  ")
    for step in steps(plan.schedule, id):
        page.flow([*_step(plan, step)], indent="  ", hang="    ", between=", ")
    links = sorted(plan.schedule.links_into(id), key=lambda link: (link.slack or 0, link.on))
    for link in links:
        tie: Piece = (f" {tie_text(link)}: {slack_text(link)}", "text")
        page.flow([(("  predecessor ", "dim"), work(plan, link.on), tie)], hang="    ")
    return page.lines


def headline(plan: Plan, dates: Dates) -> Iterator[Line]:
    """``web-push 7 Jan – 3 Feb · 20 working days · float −5d · critical``, in phrases."""
    days = date_range(dates.start, dates.finish, plan.as_of)
    yield (work(plan, dates.id), (f" {days}", "text"))
    yield ((working_days(dates.duration) if dates.duration else "milestone", "text"),)
    if dates.total_float is not None:
        role: Role = "critical" if dates.critical else "text"
        yield ((f"float {days_short(dates.total_float)}", role),)
    if dates.critical:
        yield (("critical", "critical"),)
    if dates.near_critical:
        yield (("near-critical", "warning"),)
    deadline = plan.roadmap.initiatives[dates.id].deadline
    if deadline is not None:
        late = plan.schedule.late(deadline, dates.finish)
        state = "on time" if late is None else late.late
        due = f"deadline {date_text(deadline, plan.as_of)}, {state}"
        yield ((due, "good" if late is None else "critical"),)


def headline_text(plan: Plan, dates: Dates) -> str:
    """The same in one line."""
    return " · ".join(plain(headline(plan, dates)))


def driven_by(plan: Plan, dates: Dates) -> Iterator[Line]:
    """What sets a date, a phrase for each: ``customer-sso (SS+5d, start 8 Mar)``."""
    for driver in drivers(plan.schedule, dates, plan.as_of):
        yield _driver(plan, driver)


def no_dates(plan: Plan, id: str) -> Line:
    """Why there is no date to explain."""
    return ((visible(plan.schedule.unscheduled.get(id, "not scheduled")), "warning"),)


def work(plan: Plan, id: str) -> Piece:
    """An initiative by its id, in the role of its side; late where there is none of that id."""
    initiative = plan.roadmap.initiatives.get(id)
    if initiative is None:
        return visible(id), "critical"
    return visible(id), side_role(plan.roadmap.portfolio_of(initiative))


def slack_text(link: LinkDates) -> str:
    """``driving``, ``slack 10 working days``: how close a link is to setting the date."""
    if link.driving:
        return "driving"
    if link.slack is None:
        return "no effect"
    if link.slack <= 0:
        return "not driving: placed as late as possible"
    return f"slack {working_days(link.slack)}"


def _driver(plan: Plan, driver: Driver) -> Line:
    if driver.on is None:
        return ((visible(driver.text), "text"),)
    on = work(plan, driver.on)
    return (on, (f" ({driver.text})", "dim")) if driver.text else (on,)


def _step(plan: Plan, step: Step) -> Iterator[Line]:
    """``consent-signals 9–29 Jul: driven by customer-sso (finish 12 May)``, in phrases."""
    dates = plan.schedule.get(step.id)
    if dates is None:
        yield (work(plan, step.id), (f": {no_dates(plan, step.id)[0][0]}", "warning"))
        return
    first, *more = driven_by(plan, dates)
    says = "placed" if dates.reason.as_late else DRIVEN_BY
    days = date_range(dates.start, dates.finish, plan.as_of)
    yield (work(plan, step.id), (f" {days}: {says} ", "text"), *first)
    yield from more
    for day, name in step.skipped:
        yield ((f"skips {visible(name)} {date_text(day, plan.as_of)}", "dim"),)
