"""OUT, TERM, DEC, COST and PRIO: what it is for, in which words, decided by whom, for how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from planner.conflicts.context import BOTH, Context, figure, listed
from planner.conflicts.fixes.fix import Ask, Fix
from planner.conflicts.fixes.redundant_links import for_outcome, neighbours
from planner.conflicts.fixes.timed import best_first, timed
from planner.conflicts.levers import yes_of
from planner.conflicts.rules.money import costs
from planner.conflicts.rules.outcomes import contributors
from planner.conflicts.trial import together
from planner.roadmap.ids import nearest
from planner.text.edits import Edit, RemoveKey, SetKey


def outcome(ask: Ask) -> Iterator[Fix]:
    """What the work around it is for; else to leave it."""
    context, id = ask.context, ask.finding.id
    yield from for_outcome(context, id, neighbours(context, id))
    yield Fix(title=f"drop {id}", edit=_drop(id), needs_yes=yes_of(context, id))


def _drop(id: str) -> Edit:
    return SetKey("initiatives", id, ("status",), "dropped")


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
                title=f"{team} owns {known.id}",
                edit=SetKey("outcomes", known.id, ("owner",), team),
                needs_yes=(team,),
                clears=lacking == ["owner"] and not late,
            )
    if "baseline" in lacking and known.readings:
        first = min(known.readings)
        value = known.readings[first]
        yield Fix(
            title=f"take the reading of {context.day(first)} as the baseline: {figure(value)}",
            edit=SetKey("outcomes", known.id, ("baseline",), value),
            needs_yes=(known.owner,) if known.owner else (),
            clears=lacking == ["baseline"] and not late,
        )


def term(ask: Ask) -> Iterator[Fix]:
    """The nearest term that the glossary has; a new meaning only a person can write."""
    id, kpi = ask.finding.id, ask.finding.data["kpi"]
    known = {term.casefold(): term for term in ask.context.roadmap.glossary}
    near = nearest(kpi.casefold(), sorted(known), loose=True)
    if near:
        owner = ask.context.roadmap.outcomes[id].owner
        yield Fix(
            title=f"measure {id} by “{known[near]}”",
            edit=SetKey("outcomes", id, ("kpi",), known[near]),
            needs_yes=(owner,) if owner else (),
        )


def target(ask: Ask) -> Iterator[Fix]:
    """A day after the work has landed, or no more work on it."""
    finding, context = ask.finding, ask.context
    ids: list[str] = finding.data["open"]
    finishes = [dates.finish for id in ids if (dates := context.dates(id)) is not None]
    owner = context.roadmap.outcomes[finding.id].owner
    yes = (owner,) if owner else ()
    if finishes:
        day = context.schedule.add_working_days(max(finishes), 20)
        yield Fix(
            title=f"give it until {context.day(day)}, four weeks after {listed(ids, 3)}",
            edit=SetKey("outcomes", finding.id, ("by",), day),
            needs_yes=yes,
        )
    edits = [edit for id in ids for edit in _no_longer_for(context, id, finding.id)]
    title = f"go on with {listed(ids, 3)}, but not for this"
    yield Fix(title=title, edit=together(edits, title), needs_yes=yes_of(context, *ids))


def _no_longer_for(context: Context, id: str, outcome: str) -> Iterator[Edit]:
    left = [one for one in context.roadmap.initiatives[id].outcomes if one != outcome]
    key = ("outcomes",)
    yield SetKey("initiatives", id, key, left) if left else RemoveKey("initiatives", id, key)


def meaning(ask: Ask) -> Iterator[Fix]:
    """One of the two meanings for both."""
    context, word = ask.context, ask.finding.data["term"]
    for side in BOTH:
        said = ask.finding.data[side]
        yield Fix(
            title=f"agree on {context.side_name(side)}'s meaning: “{said}”",
            edit=SetKey("glossary", "", (word, "agreed"), said),
            needs_yes=tuple(context.side_name(one) for one in BOTH),
        )


def decide(ask: Ask) -> Iterator[Fix]:
    """What was decided, recorded today; or the day by which it is needed now."""
    context, id = ask.context, ask.finding.id
    known = context.roadmap.decisions[id]
    yes = (known.owner,) if known.owner else ()
    made: Edit = SetKey("decisions", id, ("decided",), context.as_of)
    for option in known.options:
        title = f"record the decision: {option}"
        edits = [made, SetKey("decisions", id, ("choice",), option)]
        yield Fix(title=title, edit=together(edits, title), needs_yes=yes)
    if not known.options:
        yield Fix(title="record that it is decided", edit=made, needs_yes=yes)
    starts = [context.dates(one) for one in ask.finding.data["awaited_by"]]
    soon = [dates.start for dates in starts if dates is not None]
    if soon and min(soon) > context.as_of:
        title = f"it is needed by {context.day(min(soon))}, when work on it starts"
        yield Fix(
            title=title, edit=SetKey("decisions", id, ("needed_by",), min(soon)), needs_yes=yes
        )


def budget(ask: Ask) -> Iterator[Fix]:
    """The budget raised, or work dropped that nothing waits for, the least important first."""
    finding, context = ask.finding, ask.context
    side, amount = finding.id, finding.data["planned"]
    lead = context.roadmap.portfolios[side].lead
    whole = int(amount) if amount == int(amount) else amount
    yield Fix(
        title=f"raise the budget to {whole:,}",
        edit=SetKey("portfolios", side, ("budget",), whole),
        needs_yes=(lead,) if lead else (),
    )
    over = amount - finding.data["budget"]
    amounts = costs(context)[side]
    enough = [id for id in amounts if amounts[id] >= over and _spare(context, id)]
    offers = [(id,) for id in sorted(enough, key=lambda id: _least(context, amounts, id))[:3]]
    found: list[Fix] = []
    for ids in offers or _several(context, amounts, over):
        title = f"drop {listed(ids)} ({figure(sum(amounts[id] for id in ids))})"
        edits = [_drop(id) for id in ids]
        found += timed(ask, title, edits, ids[0], needs_yes=yes_of(context, *ids))
    yield from best_first(ask, found)


def _several(
    context: Context, amounts: Mapping[str, float], over: float
) -> Iterator[tuple[str, ...]]:
    """The least important work that together costs as much as there is too much."""
    spare = [id for id in amounts if _spare(context, id)]
    dropped: list[str] = []
    for id in sorted(spare, key=lambda id: _least(context, amounts, id)):
        dropped.append(id)
        above = sum(amounts[one] for one in dropped) - over
        if above >= 0:
            for one in list(dropped):
                if amounts[one] <= above:
                    dropped.remove(one)
                    above -= amounts[one]
            yield tuple(dropped)
            return


def _least(context: Context, amounts: Mapping[str, float], id: str) -> tuple[int, float, str]:
    """Sorts what matters least first, and then what costs least."""
    return -_priority(context, id), amounts[id], id


def _spare(context: Context, id: str) -> bool:
    """Whether it has not started, and nothing open waits for it."""
    dates = context.dates(id)
    after = context.network.links_out_of(id)
    return (
        context.is_open(id)
        and dates is not None
        and not dates.started
        and not any(context.is_open(link.succ) for link in after)
    )


def _priority(context: Context, id: str) -> int:
    return context.roadmap.initiatives[id].priority or 3


def priority(ask: Ask) -> Iterator[Fix]:
    """As important as what it holds up."""
    finding, context = ask.finding, ask.context
    wanted: int = finding.data["priority"]
    yield Fix(
        title=f"give {finding.id} priority {wanted} too",
        edit=SetKey("initiatives", finding.id, ("priority",), wanted),
        needs_yes=yes_of(context, finding.id),
    )
