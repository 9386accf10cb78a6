"""FREEZE: releases against change freezes.

A freeze is both its days inclusive, on the systems it names, or on all of them. What changes a
frozen system, brings it live or switches it off is what a freeze is about; work that only uses one
is never caught by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import islice

from msgspec import Struct

from planner.calendars.freezes import Window
from planner.conflicts.context import Context, briefly, by_count, by_days
from planner.conflicts.findings import Finding, Size
from planner.conflicts.freeze_days import first_free
from planner.conflicts.rule import Limits, Rule, Topic
from planner.roadmap.entities import ALTERS, Initiative
from planner.roadmap.figures import count
from planner.schedule.dates import Dates
from planner.schedule.shift import Shift
from planner.schedule.worked import Days

MOST = 50
"""So many freezes of the same days are looked at for each piece of work."""


class Caught(Struct, frozen=True):
    """Open work that alters frozen systems, and a freeze that it finishes before, in or after."""

    window: Window
    id: str
    finish: date
    systems: tuple[str, ...]

    @property
    def through(self) -> tuple[str, ...]:
        """The freeze and the systems."""
        return (self.window.id, *self.systems)

    @property
    def data(self) -> dict[str, str | int | list[str]]:
        """The figures of a finding, without its own."""
        return {
            "freeze": self.window.id,
            "systems": list(self.systems),
            "finish": self.finish.isoformat(),
            "start": self.window.start.isoformat(),
            "end": self.window.end.isoformat(),
        }


def caught(context: Context, days: Callable[[Dates], tuple[date, date]]) -> Iterator[Caught]:
    """Each piece of open work with each freeze of a system that it changes, on some of its days.

    Of very many freezes on the same days the first `MOST` for each are looked at.
    """
    for initiative in context.open_having(*ALTERS) if context.frozen.windows else ():
        dates = context.dates(initiative.id)
        if dates is not None and not dates.finished:
            stopping = context.frozen.stopping(initiative, *days(dates))
            for window in islice(stopping, MOST):
                yield Caught(window, initiative.id, dates.finish, window.stops(initiative))


def _finish(dates: Dates) -> tuple[date, date]:
    return dates.finish, dates.finish


def _key(initiative: Initiative, system: str) -> str:
    """Under which key work names a system that it alters."""
    return next(key for key in ALTERS if system in getattr(initiative, key))


def _finding(
    context: Context,
    one: Caught,
    message: str,
    *,
    size: Size,
    **figures: int | str,
) -> Finding:
    return Finding(
        on=(one.id,),
        key=(_key(context.roadmap.initiatives[one.id], one.systems[0]),),
        through=one.through,
        root=(one.id, one.window.id),
        size=size,
        message=message,
        who=context.owner(one.id),
        data={**one.data, **figures},
    )


# --- FREEZE01 -------------------------------------------------------------------------------------


def release_in_freeze(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Work that changes a frozen system and finishes inside the freeze."""
    return (_inside(context, one) for one in caught(context, _finish))


def _inside(context: Context, one: Caught) -> Finding:
    free = first_free(context, one.id, one.window)
    return _finding(
        context,
        one,
        f"{one.id} finishes {context.day(one.finish)} in freeze "
        f"{_named(context, one.window, one.systems)}",
        size=by_days(
            context.schedule.shift(one.window.start - timedelta(days=1), one.finish),
            f"into {one.window.id}",
        ),
        first_free=free.isoformat(),
    )


def _named(context: Context, window: Window, systems: tuple[str, ...]) -> str:
    """``summer-sale (cms, to 16 Jul)``."""
    return f"{window.id} ({briefly(systems, 12)}, to {context.day(window.end)})"


# --- FREEZE03 -------------------------------------------------------------------------------------


def freeze_buffer(context: Context, limits: Limits) -> Iterator[Finding]:
    """Work that changes a customer-facing system and finishes just before it is frozen."""
    wanted = limits["freeze_buffer"]
    for one in caught(context, partial(_soon, context, wanted)):
        if one.finish < one.window.start and _faces_customers(context, one):
            left = context.schedule.shift(one.finish, one.window.start)
            if left.working < wanted:
                yield _before(context, one, left, wanted)


def _soon(context: Context, wanted: int, dates: Dates) -> tuple[date, date]:
    return dates.finish, context.calendars.roadmap.add(dates.finish, wanted)


def _faces_customers(context: Context, one: Caught) -> bool:
    """Whether customers see what is new in it: a system that is switched off has no late faults."""
    known, initiative = context.roadmap.systems, context.roadmap.initiatives[one.id]
    new = (system for system in one.systems if system in _released(initiative))
    return any(system in known and known[system].customer_facing for system in new)


def _released(initiative: Initiative) -> tuple[str, ...]:
    """The systems of which it brings something live."""
    return (*initiative.changes, *initiative.introduces)


def _before(context: Context, one: Caught, left: Shift, wanted: int) -> Finding:
    return _finding(
        context,
        one,
        f"{one.id} finishes {left.amount} before freeze {one.window.id} (minimum {wanted})",
        size=Size(tuple(-each for each in left.size), left.amount, f"before {one.window.id}"),
        days=left.working,
        calendar_days=left.calendar,
        wanted=wanted,
    )


# --- FREEZE02 -------------------------------------------------------------------------------------


def work_in_freeze(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Work on a frozen system on days of a freeze which stops work, not only releases."""
    for one in caught(context, _spanned):
        if one.window.freeze.blocks == "work":
            worked = context.schedule.worked(one.id)
            first = max(one.window.start, context.as_of)
            days = worked.within(first, one.window.end) if worked is not None else None
            if days is not None:
                yield _through(context, one, days)


def _spanned(dates: Dates) -> tuple[date, date]:
    return dates.start, dates.finish


def _through(context: Context, one: Caught, days: Days) -> Finding:
    dates = context.dates(one.id)
    assert dates is not None
    start = dates.remaining_start or dates.start
    return _finding(
        context,
        one,
        f"{one.id}: {count(days.days, 'working day')} in freeze "
        f"{_named(context, one.window, one.systems)}",
        size=by_count(days.days, "working day", f"inside {one.window.id}"),
        work_start=start.isoformat(),
        days=days.days,
    )


# --- FREEZE04 -------------------------------------------------------------------------------------


def announced_in_freeze(context: Context, _limits: Limits) -> Iterator[Finding]:
    """Announced days inside a freeze of what the launch, or open work before it, releases."""
    announced = context.open_having("announced") if context.frozen.windows else []
    far = context.far(len(announced))
    for launch in announced:
        assert launch.announced is not None
        windows = list(islice(context.frozen.on(launch.announced, launch.id), MOST))
        if not windows:
            continue
        before = context.network.ancestors(launch.id, most=far)
        work = [launch, *(context.roadmap.initiatives[id] for id in context.by_start(before))]
        for window in windows:
            caught = [one for one in work if one.open and _stopped(window, one)]
            if caught:
                yield _announced(context, launch, window, caught)


def _stopped(window: Window, one: Initiative) -> tuple[str, ...]:
    """The frozen systems of which work could not bring anything live."""
    return tuple(system for system in window.stops(one) if system in _released(one))


def _announced(
    context: Context, launch: Initiative, window: Window, work: list[Initiative]
) -> Finding:
    day = launch.announced
    assert day is not None
    systems = tuple(dict.fromkeys(system for one in work for system in _stopped(window, one)))
    return Finding(
        on=(launch.id, *(one.id for one in work if one is not launch)),
        key=("announced",),
        through=(window.id, *systems),
        root=(launch.id, window.id),
        size=by_count(len(work), "initiative", "that needs a release inside it"),
        message=f"{launch.id} is announced for {context.day(day)}, in freeze "
        f"{_named(context, window, systems)}",
        who=context.owner(launch.id),
        data={
            "freeze": window.id,
            "systems": list(systems),
            "announced": day.isoformat(),
            "end": window.end.isoformat(),
            "work": [one.id for one in work],
        },
    )


FREEZES = Topic(
    "freezes", "there is a `[freezes]` table", lambda context: bool(context.roadmap.freezes)
)

RULES = (
    Rule(
        code="FREEZE01",
        name="release-in-freeze",
        severity="error",
        family="freezes",
        summary="a change to a frozen system that finishes inside the freeze",
        fires_when="an initiative `changes`, `introduces` or `retires` a frozen system and "
        "finishes during the freeze",
        not_when="the freeze names it in `exempt`",
        why_marketing="the release can't go live before the freeze is over",
        why_it="the release would break the freeze, or wait for its end",
        example='[freezes.peak]\nstart = 2027-10-25\nend = 2028-01-07\nsystems = ["cms"]\n'
        '[initiatives.site]\nchanges = ["cms"]\nestimate = "35w"',
        fix_kinds=("finish before it", "finish after it", "be exempt from it"),
        topic=FREEZES,
        find=release_in_freeze,
        fixes="freezes.freeze",
    ),
    Rule(
        code="FREEZE02",
        name="work-in-freeze",
        severity="warning",
        family="freezes",
        summary="work on a system during a freeze that stops work",
        fires_when="an initiative that `changes`, `introduces` or `retires` a frozen system is "
        'worked on during a freeze with `blocks = "work"`',
        not_when="the freeze names it in `exempt`; the freeze has only days off, or days on which "
        "the initiative waits. Where it also finishes inside, FREEZE01 reports both",
        why_marketing="the plan counts on weeks in which nobody works on it",
        why_it="people are on call for the freeze and planned on a project at once",
        example='[freezes.stocktake]\nstart = 2027-03-08\nend = 2027-03-12\nblocks = "work"\n'
        'systems = ["pim"]\n[initiatives.load]\nchanges = ["pim"]\nestimate = "8w"',
        fix_kinds=("finish before it", "start after it", "be exempt from it"),
        topic=FREEZES,
        find=work_in_freeze,
        fixes="freezes.work",
    ),
    Rule(
        code="FREEZE03",
        name="freeze-buffer",
        severity="warning",
        family="freezes",
        summary="a customer-facing change that finishes just before a freeze",
        fires_when="an initiative `changes` or `introduces` a frozen system that is "
        "`customer_facing`, and finishes less than `freeze_buffer` working days before the first "
        "day of the freeze",
        not_when="the freeze names it in `exempt`",
        why_marketing="a fault found late stays live through the busiest weeks",
        why_it="no time is left to fix a fault before the freeze begins",
        example='[freezes.sale]\nstart = 2027-04-05\nend = 2027-04-09\nsystems = ["cms"]\n'
        '[systems.cms]\ncustomer_facing = true\n[initiatives.site]\nestimate = "4w"\n'
        'changes = ["cms"]',
        fix_kinds=("finish earlier", "finish after it", "be exempt from it"),
        thresholds={"freeze_buffer": 10},
        topic=FREEZES,
        find=freeze_buffer,
        fixes="freezes.freeze",
    ),
    Rule(
        code="FREEZE04",
        name="announced-in-freeze",
        severity="warning",
        family="freezes",
        summary="a launch that is announced for a day inside a freeze",
        fires_when="an `announced` day lies in a freeze of a system that the launch, or open "
        "work before it, `changes` or `introduces`",
        not_when="the freeze names the launch, or that work, in `exempt`. Where the launch is also "
        "planned to finish in the freeze, FREEZE01 reports both",
        why_marketing="on the announced day nothing new can go live",
        why_it="the release is asked for when the systems are closed",
        example='[freezes.peak]\nstart = 2027-10-25\nend = 2028-01-07\nsystems = ["cms"]\n'
        '[initiatives.site]\nchanges = ["cms"]\nestimate = "4w"\n'
        '[initiatives.launch]\nkind = "milestone"\nneeds = ["site"]\nannounced = 2027-11-10',
        fix_kinds=("announce another day", "be exempt from it"),
        topic=FREEZES,
        find=announced_in_freeze,
        fixes="freezes.announced",
    ),
)
