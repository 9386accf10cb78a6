"""What sets a date, in words: its driving links, else the one rule that gave it. Every text of
"driven by" is made of these, so that a command, a screen and a conflict give the same cause.

Texts are as the file has them: whoever shows them makes them visible first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct

from planner.roadmap.figures import date_text, signed
from planner.schedule.compute import Schedule
from planner.schedule.dates import Dates, LinkDates


class Driver(Struct, frozen=True):
    """A predecessor `on` and how it drives, or a rule without one: ``the status date, 22 Mar``."""

    on: str | None
    text: str


def drivers(schedule: Schedule, dates: Dates, near: date) -> Iterator[Driver]:
    """What sets the dates of an initiative, the first cause first; `near` is the status date."""
    if dates.reason.as_late or dates.reason.kind == "actual" or not dates.driven_by:
        yield Driver(None, rule_text(dates, near))
    if not dates.reason.as_late:
        for on in dates.driven_by:
            yield Driver(on, _ties(schedule, dates.id, on, near))


def rule_text(dates: Dates, near: date) -> str:
    """What other than a predecessor set a date, to follow ``driven by``."""
    reason = dates.reason
    if reason.as_late:
        return reason.as_late
    if reason.kind in _RULES:
        return _RULES[reason.kind](dates, near)
    on = f" {date_text(reason.day, near)}" if reason.day else ""
    return f"{reason.key}{on}"


def _actual(dates: Dates, near: date) -> str:
    if dates.finished:
        return f"its actual finish, {date_text(dates.finish, near)}"
    return f"its actual start, {date_text(dates.start, near)}"


def _status_date(dates: Dates, near: date) -> str:
    state = "done" if dates.finished else "not started"
    return f"the status date, {date_text(near, near)} ({state})"


def _start(dates: Dates, near: date) -> str:
    day = dates.reason.day or dates.start
    return f"the start of the roadmap, {date_text(day, near)}"


_RULES: dict[str, Callable[[Dates, date], str]] = {
    "actual": _actual,
    "status_date": _status_date,
    "start": _start,
}


def _ties(schedule: Schedule, succ: str, on: str, near: date) -> str:
    """``finish 8 Jul``, ``SS+5d, start 3 May``: how a predecessor drives, and from which date."""
    driving = [one for one in schedule.links_into(succ) if one.on == on and one.driving]
    said = [tie for one in driving if (tie := tie_text(one)) != "FS"]
    dates = schedule.get(on)
    if dates is None:
        return ", ".join(said)
    if driving and all(one.type in ("SS", "SF") for one in driving):
        return ", ".join([*said, f"start {date_text(dates.start, near)}"])
    word = "done" if dates.finished else "finish"
    return ", ".join([*said, f"{word} {date_text(dates.finish, near)}"])


def tie_text(link: LinkDates) -> str:
    """``FS``, ``SS+5d``, ``FS−2d``: the type of a link and its lag."""
    return f"{link.type}{signed(link.lag)}d" if link.lag else link.type
