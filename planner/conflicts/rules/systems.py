"""SYS: systems that several initiatives change, bring live or switch off at once.

Two changes of one system are a conflict only where nobody has joined them: no path of links either
way, no `relates`, and different teams. Pairs are found by a sweep over each system's changes in
order of start, and paths by marking what is reached in one pass over the network, so that a
roadmap without such pairs costs nearly nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from msgspec import Struct

from planner.calendars.working import WorkCalendar
from planner.conflicts.context import Context, briefly, by_count, naming
from planner.conflicts.findings import Also, Finding, Next, Size
from planner.conflicts.rule import Limits, Rule, Topic
from planner.network.marks import Pair, joined
from planner.roadmap.entities import ALTERS, Initiative, Severity
from planner.roadmap.figures import date_range
from planner.roadmap.sides import JOINT, crosses
from planner.schedule.worked import Days, at_once, meet

MANY = 5
"""More pairs than this on one system are one finding about the system."""

MOST_PAIRS = 2_000
"""So many overlapping pairs of one system are looked at, the earliest first."""


Whose = tuple[str | None, str | None]
"""The team and the side of a change."""


class Change(Struct, frozen=True):
    """Open work that alters a system, and a span in which it is worked.

    What waits changes nothing meanwhile: it has a span before and one after.
    """

    initiative: Initiative
    calendar: WorkCalendar
    start: date
    finish: date


def changes_by_system(context: Context) -> dict[str, list[Change]]:
    """The open changes of each system that has more than one, in order of start."""
    found: dict[str, list[Change]] = {}
    for initiative in context.open:
        if initiative.alters:
            worked = context.schedule.worked(initiative.id)
            if worked is not None and initiative.actual_finish is None:
                changes = [Change(initiative, worked.calendar, *span) for span in worked.spans]
                for system in dict.fromkeys(initiative.alters):
                    found.setdefault(system, []).extend(changes)
    return {
        system: sorted(changes, key=lambda one: (one.start, one.initiative.id))
        for system, changes in found.items()
        if len(changes) > 1
    }


def overlapping(context: Context, changes: Iterable[Change]) -> Iterator[Pair]:
    """Pairs of changes at overlapping times by different teams that nothing relates."""
    running: dict[Whose, list[Change]] = {}
    seen: set[frozenset[str]] = set()
    for change in changes:
        mine = context.team(change.initiative.id), context.ends[change.initiative.id]
        for whose in [other for other in running if _apart(other, mine)]:
            left = [one for one in running.pop(whose) if one.finish >= change.start]
            if left:
                running[whose] = left
            for other in left:
                pair = other.initiative.id, change.initiative.id
                if frozenset(pair) not in seen and _meet(other, change):
                    seen.add(frozenset(pair))
                    yield pair
        running.setdefault(mine, []).append(change)


def _apart(one: Whose, other: Whose) -> bool:
    """Whether two teams have to be told of each other's changes; without a team the sides do."""
    (first, end), (second, other_end) = one, other
    return first != second if first and second else crosses(end, other_end)


def _meet(one: Change, other: Change) -> bool:
    """Whether two changes, in order of start, are worked on one day, and neither says so."""
    first, second = one.initiative, other.initiative
    if second.id in first.relates or first.id in second.relates:
        return False
    return meet(one.calendar, other.calendar, other.start, min(one.finish, other.finish))


# --- SYS01 ----------------------------------------------------------------------------------------


def change_overlap(context: Context, _limits: Limits) -> Iterator[Finding]:
    """One finding for each pair that nothing joins; a system with many pairs is one finding."""
    candidates = {
        system: list(islice(overlapping(context, changes), MOST_PAIRS + 1))
        for system, changes in changes_by_system(context).items()
    }
    candidates = {system: pairs for system, pairs in candidates.items() if pairs}
    if not candidates:
        return
    tied = joined(context.network, (pair for pairs in candidates.values() for pair in pairs))
    systems: dict[Pair, list[str]] = {}
    for system, pairs in candidates.items():
        loose = [pair for pair in pairs if pair not in tied]
        if len(loose) > MANY:
            yield _crowd(context, system, loose, more=len(pairs) > MOST_PAIRS)
        else:
            for pair in loose:
                systems.setdefault(pair, []).append(system)
    for pair, shared in systems.items():
        yield _overlap(context, pair, shared)


def _overlap(context: Context, pair: Pair, systems: list[str]) -> Finding:
    one, other = pair
    both = _both(context, pair)
    who = coordinator(context, systems[0], pair)
    return Finding(
        severity=_severity(context, [pair]),
        on=pair,
        key=(naming(context.roadmap.initiatives[one], systems[0], ALTERS),),
        through=tuple(systems),
        root=tuple(sorted(pair)),
        size=_overlapping(context, pair),
        message=f"{one} and {other} change {briefly(systems, 20)} "
        f"{date_range(both.first, both.last, context.as_of)}, no link",
        who=who,
        data={
            "systems": systems,
            "start": both.first.isoformat(),
            "finish": both.last.isoformat(),
            "days": both.days,
        },
    )


def _both(context: Context, pair: Pair) -> Days:
    """The days on which both are worked."""
    days = at_once(worked for id in pair if (worked := context.schedule.worked(id)))
    assert days is not None, pair
    return days


def _overlapping(context: Context, pair: Pair) -> Size:
    return by_count(
        _both(context, pair).days, "working day", "in parallel", " and ".join(sorted(pair))
    )


def _crowd(context: Context, system: str, pairs: list[Pair], *, more: bool) -> Finding:
    ids = context.by_start({id for pair in pairs for id in pair})
    who = coordinator(context, system, ids)
    number = f"more than {len(pairs) - 1}" if more else str(len(pairs))
    return Finding(
        severity=_severity(context, pairs),
        on=tuple(ids),
        key=(naming(context.roadmap.initiatives[ids[0]], system, ALTERS),),
        through=(system,),
        root=(system,),
        size=by_count(len(pairs), "pair", "in parallel", system),
        also=tuple(Also(tuple(sorted(pair)), _overlapping(context, pair)) for pair in pairs),
        message=f"{len(ids)} initiatives change {system} in parallel, {number} pairs "
        "without a link",
        who=who,
        data={"systems": [system], "pairs": [list(pair) for pair in pairs]},
    )


def coordinator(context: Context, system: str, ids: Iterable[str]) -> Next:
    """Who brings the changes of a system together: its owner, else those who change it."""
    known = context.roadmap.systems.get(system)
    if known is not None and known.owner:
        return context.party(known.owner)
    return context.together(ids)


def _severity(context: Context, pairs: Iterable[Pair]) -> Severity:
    return "error" if any(context.across(*pair) for pair in pairs) else "warning"


RULES = (
    Rule(
        code="SYS01",
        name="system-change-overlap",
        severity="warning",
        family="systems",
        summary="two teams that change one system in parallel",
        fires_when="two open initiatives of different teams name the same system in "
        "`changes`, `introduces` or `retires`, overlap in time, and no path of links joins them; "
        "an error where they are on different sides",
        not_when=f"one `relates` to the other; {JOINT} initiatives are not across sides",
        why_marketing="a release that nobody mentioned can undo a campaign's change",
        why_it="two untested combinations of changes meet in production",
        example='[initiatives.site]\nowner = "web"\nchanges = ["cms"]\n'
        '[initiatives.connector]\nowner = "platform"\nchanges = ["cms"]',
        fix_kinds=("mark them as coordinated (`relates`)", "put one after the other"),
        topic=Topic(
            "systems",
            "an initiative names what it `changes`, `introduces` or `retires`",
            lambda context: any(one.alters for one in context.roadmap.initiatives.values()),
        ),
        find=change_overlap,
        fixes="systems.overlap",
    ),
)
