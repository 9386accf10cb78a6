"""FREEZE: finish before it, be exempt from it, or finish after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from planner.calendars.freezes import Window
from planner.conflicts.agreement import must_agree, must_agree_to_exempt
from planner.conflicts.context import Context
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_dates import timed
from planner.conflicts.fix_order import ranked
from planner.conflicts.freeze_days import first_free
from planner.conflicts.trial import after_edits, finish_of, won
from planner.roadmap.entities import Initiative
from planner.text.edits import SetKey


def freeze(ask: Ask) -> Iterator[Fix]:
    """Finish before it, be exempt from it, or finish after it."""
    finding, context = ask.finding, ask.context
    window = context.frozen.windows[finding.data["freeze"]]
    initiative = context.roadmap.initiatives[finding.id]
    days: int = finding.data.get("wanted", 0)
    last = context.calendars.roadmap.add(window.start, -days)
    last = min(last, window.start - timedelta(days=1))
    if last >= context.as_of:
        ways = ranked(ask, ask.reach(finding.id, last))
        yield from [fix for fix in ways if fix.clears][:2]
    yield _exempt(context, window, initiative)
    yield _after(context, window, initiative)


def work(ask: Ask) -> Iterator[Fix]:
    """Be done before it, be exempt from it, or start after it."""
    finding, context = ask.finding, ask.context
    window = context.frozen.windows[finding.data["freeze"]]
    initiative = context.roadmap.initiatives[finding.id]
    last = window.start - timedelta(days=1)
    if last >= context.as_of:
        ways = ranked(ask, ask.reach(finding.id, last))
        yield from [fix for fix in ways if fix.clears][:2]
    yield _exempt(context, window, initiative)
    if initiative.actual_start is None:
        free = first_free(context, initiative.id, window)
        start = [SetKey("initiatives", initiative.id, ("start_no_earlier_than",), free)]
        title = f"start {initiative.id} after freeze {window.id}, on {context.day(free)}"
        parties = must_agree(context, initiative.id)
        yield from timed(ask, title, start, initiative.id, needs_agreement=parties)


def announced(ask: Ask) -> Iterator[Fix]:
    """Announce the last day before it or the first one after it, or be exempt from it."""
    finding, context = ask.finding, ask.context
    window = context.frozen.windows[finding.data["freeze"]]
    calendar = context.calendars.for_initiative(context.roadmap.initiatives[finding.id])
    days = {"before": calendar.add(window.start, -1), "after": calendar.add(window.end, 1)}
    dates = context.dates(finding.id)
    for words, day in days.items():
        if words == "after" or (dates is not None and dates.finish <= day):
            yield Fix(
                title=f"announce {finding.id} {words} freeze {window.id}, for {context.day(day)}",
                edit=SetKey("initiatives", finding.id, ("announced",), day),
                needs_agreement=must_agree(context, finding.id),
            )
    yield _exempt(context, window, context.roadmap.initiatives[finding.id])


def _exempt(context: Context, window: Window, initiative: Initiative) -> Fix:
    exempt = [*window.freeze.exempt, initiative.id]
    return Fix(
        title=f"exempt {initiative.id} from freeze {window.id}",
        edit=SetKey("freezes", window.id, ("exempt",), exempt),
        needs_agreement=must_agree_to_exempt(context, window, initiative),
    )


def _after(context: Context, window: Window, initiative: Initiative) -> Fix:
    free = first_free(context, initiative.id, window)
    edit = SetKey("initiatives", initiative.id, ("finish_no_earlier_than",), free)
    after = after_edits(context, [edit])
    return Fix(
        title=f"finish {initiative.id} after freeze {window.id}, on {context.day(free)}",
        edit=edit,
        needs_agreement=must_agree(context, initiative.id),
        wins=None if after is None else won(context, after, initiative.id),
        finish=None if after is None else finish_of(after, initiative.id),
    )
