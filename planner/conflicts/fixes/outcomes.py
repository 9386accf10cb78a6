"""OUT: what work is for, how that is measured, and a target that was missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planner.conflicts.agreement import must_agree
from planner.conflicts.context import Context
from planner.conflicts.contributions import contributors
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fixes.redundant_links import for_outcome, neighbours
from planner.conflicts.trial import together
from planner.roadmap.figures import listed, number
from planner.text.edits import Edit, RemoveKey, SetKey


def outcome(ask: Ask) -> Iterator[Fix]:
    """What the work around it is for; else to leave it."""
    context, id = ask.context, ask.finding.id
    yield from for_outcome(context, id, neighbours(context, id))
    dropped = SetKey("initiatives", id, ("status",), "dropped")
    yield Fix(title=f"drop {id}", edit=dropped, needs_agreement=must_agree(context, id))


def measure(ask: Ask) -> Iterator[Fix]:
    """Its owner, and its baseline from the first reading; the rest only a person can say."""
    finding, context = ask.finding, ask.context
    known = context.roadmap.outcomes[finding.id]
    lacking: list[str] = finding.data["missing"]
    late = finding.data["first_reading"] is not None
    if "owner" in lacking:
        behind = contributors(context).get(known.id, ())
        teams = Counter(team for one in behind if (team := context.team(one.id)))
        for team in sorted(teams, key=lambda one: (-teams[one], one))[:2]:
            yield Fix(
                title=f"set the owner of {known.id} to {context.roadmap.party_title(team)}",
                edit=SetKey("outcomes", known.id, ("owner",), team),
                needs_agreement=(team,),
                clears=lacking == ["owner"] and not late,
            )
    if "baseline" in lacking and known.readings:
        first = min(known.readings)
        value = known.readings[first]
        yield Fix(
            title=f"set the baseline of {known.id} to its first reading, {number(value)}",
            edit=SetKey("outcomes", known.id, ("baseline",), value),
            needs_agreement=(known.owner,) if known.owner else (),
            clears=lacking == ["baseline"] and not late,
        )


def target(ask: Ask) -> Iterator[Fix]:
    """A day after the work has landed, or no more work on it."""
    finding, context = ask.finding, ask.context
    ids: list[str] = finding.data["open"]
    finishes = [dates.finish for id in ids if (dates := context.dates(id)) is not None]
    owner = context.roadmap.outcomes[finding.id].owner
    parties = (owner,) if owner else ()
    if finishes:
        day = context.calendars.roadmap.add(max(finishes), 20)
        yield Fix(
            title=f"move the target date of {finding.id} to {context.day(day)}",
            edit=SetKey("outcomes", finding.id, ("by",), day),
            needs_agreement=parties,
        )
    yield from stop(ask)


def stop(ask: Ask) -> Iterator[Fix]:
    """No more work on it; the initiatives go on for what else they are for."""
    finding, context = ask.finding, ask.context
    ids: list[str] = finding.data["open"]
    edits = [edit for id in ids for edit in _no_longer_for(context, id, finding.id)]
    title = f"remove {finding.id} from {listed(ids, 3)} and continue them"
    yield Fix(title=title, edit=together(edits, title), needs_agreement=must_agree(context, *ids))


def _no_longer_for(context: Context, id: str, outcome: str) -> Iterator[Edit]:
    left = [one for one in context.roadmap.initiatives[id].outcomes if one != outcome]
    key = ("outcomes",)
    yield SetKey("initiatives", id, key, left) if left else RemoveKey("initiatives", id, key)
