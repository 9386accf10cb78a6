"""DATE: shorten the chain, or say another day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from planner.conflicts.context import Context, listed
from planner.conflicts.levers import yes_of
from planner.conflicts.needs import Written, as_table, is_on, replaced
from planner.conflicts.reach import after_edits
from planner.conflicts.rules.dates import Gap, date_against_logic, gaps
from planner.conflicts.trial import finish_of, together
from planner.conflicts.ways.fix import Ask, Fix
from planner.conflicts.ways.ranking import cuts, ranked
from planner.text.edits import RemoveKey, SetKey


def deadline(ask: Ask) -> Iterator[Fix]:
    """What can give; what drops a link or work comes last."""
    finding, context = ask.finding, ask.context
    day = context.roadmap.initiatives[finding.id].deadline
    assert day is not None
    answer = ask.reach(finding.id, day)
    yield from ranked(context, answer, thorough=ask.thorough)[:6]
    yield from cuts(answer)


def bounds(ask: Ask) -> Iterator[Fix]:
    """Shorten the chain, else give the date up."""
    finding, context = ask.finding, ask.context
    broken: Mapping[str, Mapping[str, Any]] = finding.data["bounds"]
    finish = finish_of(context, finding.id)
    assert finish is not None
    days = max(one["days"] for one in broken.values())
    over = max(one["calendar_days"] for one in broken.values())
    kept = context.schedule.add_working_days(finish, -days) if days else finish - timedelta(over)
    answer = ask.reach(finding.id, kept)
    shorter = ranked(context, answer, thorough=ask.thorough)
    yield from [fix for fix in shorter if _keeps(ask, fix)][:3]
    yes = yes_of(context, finding.id)
    moved = [
        SetKey("initiatives", finding.id, (key,), date.fromisoformat(one["day"]))
        for key, one in broken.items()
    ]
    title = f"move {listed(f'{one.key[0]} to {context.day(one.value)}' for one in moved)}"
    yield Fix(title=title, edit=together(moved, title), needs_yes=yes)
    gone = [RemoveKey("initiatives", finding.id, (key,)) for key in broken]
    title = f"remove {listed(broken)} from {finding.id}"
    yield Fix(title=title, edit=together(gone, title), needs_yes=yes)


def _keeps(ask: Ask, fix: Fix) -> bool:
    """Whether the date can be kept then: what makes work shorter does not make it start earlier."""
    after = after_edits(ask.context, [fix.edit])
    left = () if after is None else date_against_logic(after, {})
    return after is not None and all(one.root != ask.finding.root for one in left)


def promise(ask: Ask) -> Iterator[Fix]:
    """Keep the promise if something can give; else say the new day."""
    finding, context = ask.finding, ask.context
    gap = next(one for one in gaps(context) if (one.successor, one.supplier) == finding.on)
    ways = ranked(context, ask.reach(gap.supplier, gap.bound), thorough=ask.thorough)
    keep = [fix for fix in ways if fix.clears]
    yield from keep[:1]
    yield _new_day(context, gap)
    yield from keep[1:3]
    yield from (fix for fix in ways if not fix.clears)


def _new_day(context: Context, gap: Gap) -> Fix:
    finish = finish_of(context, gap.supplier)
    assert finish is not None
    new, old = context.day(finish), context.day(gap.bound)

    def moved(written: Written) -> list[Written]:
        if not is_on(written, gap.supplier) or isinstance(written, str) or gap.key not in written:
            return [written]
        return [{**as_table(written), gap.key: max(finish, written[gap.key])}]

    verb = "promise" if gap.key == "promised" else f"need {gap.supplier} by"
    return Fix(
        title=f"{verb} {new} instead of {old}",
        edit=replaced(context, gap.successor, moved),
        needs_yes=yes_of(context, gap.successor),
        wins=0,
        finish=finish,
        assumes=f"{gap.successor} can wait until then",
    )
