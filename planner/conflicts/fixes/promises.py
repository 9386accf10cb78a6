"""PROM: a promise kept, agreed, moved to another day, or withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from planner.conflicts.agreement import must_agree
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_dates import best_first, timed
from planner.conflicts.fix_order import ranked
from planner.conflicts.fixes.links import agreeing
from planner.conflicts.trial import finish_of
from planner.roadmap.figures import listed
from planner.text.edits import RemoveKey, SetKey


def announced(ask: Ask) -> Iterator[Fix]:
    """Keep it, have it agreed, announce another day, or withdraw it."""
    context, finding = ask.context, ask.finding
    id, parties = finding.id, must_agree(ask.context, finding.id)
    day = context.roadmap.initiatives[id].announced
    finish = finish_of(context, id)
    assert day is not None
    found: list[Fix] = []
    pairs: list[list[str]] = finding.data["unagreed"]
    if pairs:
        edits = [agreeing(context, *pair)[0] for pair in pairs]
        sides = [name for _, supplier in pairs for name in must_agree(context, supplier)]
        names = list(dict.fromkeys(sides))
        agree = "agrees" if len(names) == 1 else "agree"
        title = f"record that {listed(names)} {agree} to {listed(finding.through)}"
        found += timed(ask, title, edits, id, needs_agreement=sides)
    if finish is not None and finish > day:
        ways = ranked(ask, ask.reach(id, day))[:2]
        for fix in ways:
            tried = timed(ask, fix.title, [fix.edit], id)
            found += [replace(fix, clears=one.clears) for one in tried]
        later = [SetKey("initiatives", id, ("announced",), finish)]
        title = f"announce {id} for {context.day(finish)}"
        found += timed(ask, title, later, id, needs_agreement=parties)
    gone = [RemoveKey("initiatives", id, ("announced",))]
    found += timed(ask, f"remove the announced date of {id}", gone, id, needs_agreement=parties)
    yield from best_first(ask, found)
