"""PLAN05 and PLAN06: a link removed, and work joined to a group or an outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from planner.conflicts.agreement import must_agree
from planner.conflicts.context import Context
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.needs import Written, parsed, set_needs, spare, written_needs
from planner.conflicts.terms import replaced
from planner.roadmap.entities import Initiative
from planner.text.edits import Edit, SetKey


def unlink(ask: Ask) -> Iterator[Fix]:
    """The finish-to-start link taken out; another link of the pair stays."""
    finding, context = ask.finding, ask.context
    succ, pred = finding.on

    twice = finding.data["via"] == pred
    title = f"remove the second link {pred} → {succ}" if twice else f"unlink {pred} → {succ}"
    edit = _once(context, succ, pred) if twice else _gone(context, succ, pred)
    # What others imply is no intent of its own: it may go by itself.
    yield Fix(title=title, edit=edit, needs_agreement=must_agree(context, succ), wins=0, choice="")


def _gone(context: Context, succ: str, pred: str) -> Edit:
    def kept(written: Written) -> list[Written]:
        need = parsed(written)
        return [] if need and need.on == pred and need.type == "FS" else [written]

    return replaced(context, succ, kept)


def _once(context: Context, succ: str, pred: str) -> Edit:
    written = written_needs(context, succ)
    links = {n: need for n, one in enumerate(written) if (need := parsed(one)) and need.on == pred}
    places = list(links)
    idle = {places[place] for place in spare(list(links.values()))}
    return set_needs(succ, [one for place, one in enumerate(written) if place not in idle])


def tie(ask: Ask) -> Iterator[Fix]:
    """The group and the outcome that most of its owner's work, else of its side's, has."""
    context, id = ask.context, ask.finding.id
    near = neighbours(context, id)
    parties = must_agree(context, id)
    for group in _most((one.part_of for one in near if one.part_of), context.roadmap.groups):
        yield Fix(
            title=f"add {id} to group {group}",
            edit=SetKey("initiatives", id, ("part_of",), group),
            needs_agreement=parties,
        )
    yield from for_outcome(context, id, near)


def for_outcome(context: Context, id: str, near: Iterable[Initiative]) -> Iterator[Fix]:
    """The outcomes that the work around it is for, the most frequent first."""
    named = (outcome for one in near for outcome in one.outcomes)
    for outcome in _most(named, context.roadmap.outcomes):
        yield Fix(
            title=f"set the outcome of {id} to {outcome}",
            edit=SetKey("initiatives", id, ("outcomes",), [outcome]),
            needs_agreement=must_agree(context, id),
        )


def neighbours(context: Context, id: str) -> list[Initiative]:
    """Other work of its group; else of its owner; else of its side."""
    mine, team = context.roadmap.initiatives[id], context.team(id)
    others = [one for one in context.roadmap.initiatives.values() if one.id != id]
    found = [one for one in others if mine.part_of and one.part_of == mine.part_of]
    found = found or [one for one in others if team and context.team(one.id) == team]
    return found or [one for one in others if context.sides[one.id] == context.sides[id]]


def _most(names: Iterable[str], known: Iterable[str]) -> list[str]:
    there = set(known)
    counted = Counter(name for name in names if name in there)
    return sorted(counted, key=lambda name: (-counted[name], name))[:2]
