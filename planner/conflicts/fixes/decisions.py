"""DEC: what was decided, or the day by which it is needed now."""

from __future__ import annotations

from collections.abc import Iterator

from planner.conflicts.fix import Ask, Fix
from planner.conflicts.trial import together
from planner.text.edits import Edit, SetKey


def decide(ask: Ask) -> Iterator[Fix]:
    """What was decided, recorded today; or the day by which it is needed now."""
    context, id = ask.context, ask.finding.id
    known = context.roadmap.decisions[id]
    parties = (known.owner,) if known.owner else ()
    made: Edit = SetKey("decisions", id, ("decided",), context.as_of)
    for option in known.options:
        title = f"decide {id}: {option}"
        edits = [made, SetKey("decisions", id, ("choice",), option)]
        yield Fix(title=title, edit=together(edits, title), needs_agreement=parties)
    if not known.options:
        yield Fix(title=f"record that {id} is decided", edit=made, needs_agreement=parties)
    starts = [context.dates(one) for one in ask.finding.data["awaited_by"]]
    soon = [dates.start for dates in starts if dates is not None]
    if soon and min(soon) > context.as_of:
        title = f"need decision {id} by {context.day(min(soon))}, when work starts"
        yield Fix(
            title=title,
            edit=SetKey("decisions", id, ("needed_by",), min(soon)),
            needs_agreement=parties,
        )


def prepare(ask: Ask) -> Iterator[Fix]:
    """Who decides it: whose work waits for it. Or, where it was made, what was chosen."""
    context, id = ask.context, ask.finding.id
    known = context.roadmap.decisions[id]
    if known.decided is not None:
        for option in known.options:
            edit = SetKey("decisions", id, ("choice",), option)
            yield Fix(title=f"record that {id} was decided: {option}", edit=edit)
        return
    waiting = [one.id for one in context.open_having("awaits") if id in one.awaits]
    teams = dict.fromkeys(filter(None, map(context.team, context.by_start(waiting))))
    if known.owner is None:
        for team in list(teams)[:2]:
            yield Fix(
                title=f"set the owner of {id} to {context.roadmap.party_title(team)}",
                edit=SetKey("decisions", id, ("owner",), team),
                needs_agreement=(team,),
                clears=len(known.options) > 1,
            )
