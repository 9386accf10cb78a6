"""DATE: shorten the chain, or say another day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Any

from planner.conflicts.agreement import must_agree
from planner.conflicts.answering import is_counter, said
from planner.conflicts.context import Context
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_order import cuts, ranked
from planner.conflicts.handovers import Gap, gaps
from planner.conflicts.reach import another_day
from planner.conflicts.trial import after_edits, finish_of, together
from planner.roadmap.figures import listed
from planner.text.edits import RemoveKey, SetKey


def deadline(ask: Ask) -> Iterator[Fix]:
    """What can give; then what gives something up, and another day."""
    finding, context = ask.finding, ask.context
    day = context.roadmap.initiatives[finding.id].deadline
    assert day is not None
    answer = ask.reach(finding.id, day)
    yield from ranked(ask, answer)[:5]
    yield from cuts(answer)[:2]
    yield from _later(ask)


def _later(ask: Ask) -> Iterator[Fix]:
    """Another day, where nothing is to give."""
    context, id = ask.context, ask.finding.id
    edit, finish = another_day(context, id), finish_of(context, id)
    if edit is not None and finish is not None:
        yield Fix(
            title=f"move the date of {id} to {context.day(finish)}",
            edit=edit,
            needs_agreement=must_agree(context, id),
            wins=0,
            finish=finish,
        )


def bounds(ask: Ask) -> Iterator[Fix]:
    """Shorten the chain, else give the date up."""
    finding, context = ask.finding, ask.context
    broken: Mapping[str, Mapping[str, Any]] = finding.data["bounds"]
    finish = finish_of(context, finding.id)
    assert finish is not None
    days = max(one["days"] for one in broken.values())
    over = max(one["calendar_days"] for one in broken.values())
    kept = context.calendars.roadmap.add(finish, -days) if days else finish - timedelta(over)
    answer = ask.reach(finding.id, kept)
    shorter = ranked(ask, answer)
    yield from islice((fix for fix in shorter if _keeps(ask, fix)), 3)
    parties = must_agree(context, finding.id)
    moved = [
        SetKey("initiatives", finding.id, (key,), date.fromisoformat(one["day"]))
        for key, one in broken.items()
    ]
    title = f"move {listed(f'{one.key[0]} to {context.day(one.value)}' for one in moved)}"
    yield Fix(title=title, edit=together(moved, title), needs_agreement=parties)
    gone = [RemoveKey("initiatives", finding.id, (key,)) for key in broken]
    title = f"remove {listed(broken)} from {finding.id}"
    yield Fix(title=title, edit=together(gone, title), needs_agreement=parties)


def _keeps(ask: Ask, fix: Fix) -> bool:
    """Whether the date can be kept then: what makes work shorter does not make it start earlier."""
    after = after_edits(ask.context, [fix.edit])
    left = () if after is None else ask.left(after)
    return after is not None and all(one.root != ask.finding.root for one in left)


def promise(ask: Ask) -> Iterator[Fix]:
    """Keep the promise if something can give; else name the new day to the other side."""
    finding, context = ask.finding, ask.context
    gap = next(one for one in gaps(context) if (one.successor, one.supplier) == finding.on)
    yield from _sooner(ask, gap)
    counter = gap.need.counter
    if counter is None or counter.promised != gap.late.last:
        yield _new_day(context, gap)


def _sooner(ask: Ask, gap: Gap) -> Iterator[Fix]:
    """What makes the supplier's chain shorter; for a link onto its start, only what is enough."""
    context = ask.context
    finish = finish_of(context, gap.supplier)
    assert finish is not None
    by = gap.bound
    if gap.need.type[0] == "S":
        by = context.calendars.roadmap.add(finish, -gap.late.working)
    ways = ranked(ask, ask.reach(gap.supplier, by))
    if gap.need.type[0] == "S":
        yield from [fix for fix in ways[:3] if _delivers(context, gap, fix)]
        return
    yield from [fix for fix in ways if fix.clears][:3]
    yield from [fix for fix in ways if not fix.clears]


def _delivers(context: Context, gap: Gap, fix: Fix) -> bool:
    after = after_edits(context, [fix.edit])
    left = () if after is None else gaps(after)
    pairs = {(one.successor, one.supplier) for one in left}
    return after is not None and (gap.successor, gap.supplier) not in pairs


def _new_day(context: Context, gap: Gap) -> Fix:
    """Another day: the supplier's waits for the other side's answer, a later need is its own."""
    day = gap.late.last
    new, old = context.day(day), context.day(gap.bound)
    if gap.key == "needed_by":
        return Fix(
            title=f"need {gap.supplier} by {new}, not {old}",
            edit=said(context, gap.successor, gap.supplier, "need", day=day),
            needs_agreement=must_agree(context, gap.successor),
            wins=0,
            finish=finish_of(context, gap.supplier),
        )
    waits = is_counter(context, gap.successor, gap.supplier, "promise", day)
    side = context.end_name(gap.successor)
    return Fix(
        title=f"promise {gap.supplier} for {new}, not {old}"
        + (f"; {side} has to answer" if waits else ""),
        edit=said(context, gap.successor, gap.supplier, "promise", day=day),
        needs_agreement=must_agree(context, gap.successor),
        wins=0,
        finish=finish_of(context, gap.supplier),
        clears=not waits,
    )
