"""Levers: what could give on the chain that drives a date.

A lever is one edit with what it assumes and whose yes it needs. Only what the plan itself says can
give is offered: an estimate goes down to its optimistic value and no further, and work overlaps by
at most half of what it waits for. Links and work are dropped last, since they cost scope.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from planner.calendars.freezes import Window, windows
from planner.conflicts.context import BOTH, JOINT, Context, count, listed
from planner.conflicts.needs import (
    Written,
    as_table,
    is_on,
    parsed,
    set_needs,
    with_words,
    without,
    written_needs,
)
from planner.conflicts.terms import replaced
from planner.conflicts.trial import tables_of, together
from planner.roadmap.entities import Initiative
from planner.roadmap.quantities import Length, format_length, length_days
from planner.schedule.dates import Dates
from planner.text.edits import Edit, RemoveKey, SetKey

Give = Literal["overlap", "shorten", "start", "exempt", "unlink", "drop"]

GIVES: tuple[Give, ...] = ("overlap", "shorten", "start", "exempt", "unlink", "drop")
"""The kinds of lever, gentlest first."""

CUTS: tuple[Give, ...] = ("unlink", "drop")
"""The kinds that change what is delivered, not only when."""

HOLDS = ("start_no_earlier_than", "finish_no_earlier_than", "must_start_on", "must_finish_on")


class Lever(Struct, frozen=True, kw_only=True):
    """One thing that could give. `most` is the most it can win, before anything is computed."""

    give: Give
    id: str
    others: tuple[str, ...] = ()
    title: str
    assumes: str
    edit: Edit
    needs_yes: tuple[str, ...]
    most: int

    @property
    def name(self) -> tuple[str, ...]:
        """What makes it this lever, whatever else has been changed meanwhile."""
        return (self.give, self.id, *self.others)


def levers(context: Context, target: str, short: int, gives: Iterable[Give]) -> list[Lever]:
    """What could give on the chain that drives `target`, which is `short` working days late.

    In order of start, then kind. Overlaps are proposed as long as `short` asks, and no longer.
    """
    chain = list(context.schedule.path_to(target))
    if target not in chain:
        chain.append(target)
    wanted = set(gives)
    found: list[Lever] = []
    for id in chain:
        if "overlap" in wanted:
            found += _overlaps(context, id, short)
        if "shorten" in wanted:
            found += _shorter(context, id)
        if wanted & {"start", "exempt"}:
            found += [one for one in _holds(context, id) if one.give in wanted]
        if "unlink" in wanted:
            found += _unlinked(context, id)
        if "drop" in wanted and id != target:
            found += _dropped(context, id, target)
    return found


def yes_of(context: Context, *ids: str) -> tuple[str, ...]:
    """The sides that must say yes to a change of this work; joint work is both sides'."""
    named = (context.sides.get(id) for id in ids)
    sides = (each for side in named if side for each in (BOTH if side == JOINT else (side,)))
    return tuple(context.side_name(side) for side in dict.fromkeys(sides))


# --- shorten --------------------------------------------------------------------------------------


def _shorter(context: Context, id: str) -> Iterator[Lever]:
    """Its estimate down to the optimistic value; what remains of it goes down as much."""
    initiative, dates = context.roadmap.initiatives[id], context.dates(id)
    estimate = initiative.estimate
    if dates is None or dates.finished or estimate is None or estimate.optimistic is None:
        return
    likely = _days(context, initiative, estimate.likely)
    optimistic = _days(context, initiative, estimate.optimistic)
    written = format_length(estimate.optimistic)
    edit: Edit
    if dates.started and initiative.remaining is not None:
        left = _days(context, initiative, initiative.remaining)
        days = -(-left * optimistic // max(1, likely))
        edit, most = SetKey("initiatives", id, ("remaining",), f"{days}d"), left - days
        title = f"finish {id} in {count(days, 'more day')} (optimistic {written})"
    else:
        edit = SetKey("initiatives", id, ("estimate",), _optimistic(context, id))
        title, most = f"{id} at {written} (optimistic)", likely - optimistic
    if most > 0:
        yield Lever(
            give="shorten",
            id=id,
            title=title,
            assumes=f"{id} goes as well as its optimistic estimate",
            edit=edit,
            needs_yes=yes_of(context, id),
            most=most,
        )


def _days(context: Context, initiative: Initiative, length: Length) -> int:
    return length_days(length, context.calendars.for_initiative(initiative).days_per_week)


def _optimistic(context: Context, id: str) -> list[Any]:
    written = list(tables_of(context)["initiatives"][id]["estimate"])
    return [written[0], *written[:1], *written[2:]]


# --- overlap --------------------------------------------------------------------------------------


def _overlaps(context: Context, id: str, short: int) -> Iterator[Lever]:
    """Start before what drives it has finished: finish to start becomes start to start with a lag.

    At most half of each predecessor and all but the last day of the work itself overlap; the work
    still can't finish before what it waited for.
    """
    dates = context.dates(id)
    if dates is None or dates.started or dates.finished or dates.duration < 2:
        return
    before = _finish_to_start(context, id)
    if not before:
        return
    room = context.days(context.as_of, dates.start)
    days = min(short, room, dates.duration - 1, *(one.duration // 2 for one in before.values()))
    if days < 1:
        return
    lags = {on: context.days(one.start, dates.start) - days for on, one in before.items()}
    names = listed(before)
    parts = [f"{on} (SS+{lag}d)" for on, lag in lags.items()]
    yield Lever(
        give="overlap",
        id=id,
        others=tuple(before),
        title=f"overlap {id} with {listed(parts)}",
        assumes=f"the first {count(days, 'day')} of {id} can do without the end of {names}",
        edit=replaced(context, id, lambda written: _overlapped(context, id, written, lags)),
        needs_yes=yes_of(context, *before, id),
        most=days,
    )


def _finish_to_start(context: Context, id: str) -> dict[str, Dates]:
    """What drives it by finish to start, unfinished; empty where something else drives it too.

    A positive lag is something else: somebody means that time to pass.
    """
    found: dict[str, Dates] = {}
    for link in context.schedule.links_into(id):
        dates = context.dates(link.on)
        if not link.driving or dates is None or dates.finished:
            continue
        if link.type != "FS" or link.lag > 0 or dates.duration < 2:
            return {}
        found[link.on] = dates
    return found


def _overlapped(context: Context, id: str, written: Written, lags: dict[str, int]) -> list[Written]:
    need = parsed(written)
    if need is None or need.on not in lags or need.type != "FS":
        return [written]
    lag = lags[need.on]
    ends = any(
        other is not None and other.on == need.on and other.type == "FF"
        for other in map(parsed, written_needs(context, id))
    )
    if isinstance(written, str):
        start: Written = f"{need.on} SS+{lag}d"
    else:
        start = with_words(as_table(written), {"type": "SS", "lag": f"+{lag}d"})
    return [start] if ends else [start, f"{need.on} FF"]


# --- start earlier, and freezes -------------------------------------------------------------------


def _holds(context: Context, id: str) -> Iterator[Lever]:
    """A date of its own that holds it back; where a freeze is behind it, with an exemption."""
    dates, initiative = context.dates(id), context.roadmap.initiatives[id]
    if dates is None or dates.finished or dates.reason.kind != "date":
        return
    key = dates.reason.key
    held: date | None = getattr(initiative, key) if key in HOLDS else None
    if key is None or held is None:
        return
    most = context.days(context.as_of, dates.start)
    if most < 1:
        return
    window = _freeze_behind(context, initiative, held)
    if window is not None:
        yield _exempt(context, window, initiative, key, most)
        return
    yield Lever(
        give="start",
        id=id,
        others=(key,),
        title=f"start {id} as soon as it can (not held by {key} {context.day(held)})",
        assumes=f"nothing outside the plan holds {id} until then",
        edit=RemoveKey("initiatives", id, (key,)),
        needs_yes=yes_of(context, id),
        most=most,
    )


def _exempt(context: Context, window: Window, initiative: Initiative, key: str, most: int) -> Lever:
    id, held = initiative.id, getattr(initiative, key)
    title = f"exempt {id} from the freeze {window.id}, and don't hold it until {context.day(held)}"
    exempt = SetKey("freezes", window.id, ("exempt",), [*window.freeze.exempt, id])
    return Lever(
        give="exempt",
        id=id,
        others=(window.id,),
        title=title,
        assumes=f"{id} may go live while {window.id} lasts",
        edit=together([exempt, RemoveKey("initiatives", id, (key,))], title),
        needs_yes=frozen_yes(context, window, initiative),
        most=most,
    )


def _freeze_behind(context: Context, initiative: Initiative, held: date) -> Window | None:
    """The freeze after whose end a date holds work, as far as the calendar tells."""
    for window in windows(context.roadmap):
        after = context.schedule.add_working_days(window.end, 1)
        if window.end < held <= after and window.stops(initiative):
            return window
    return None


def frozen_yes(context: Context, window: Window, initiative: Initiative) -> tuple[str, ...]:
    """Who must say yes to an exemption: the owners of the frozen systems, else the work's side."""
    owners = (
        context.party(system.owner).side
        for one in window.stops(initiative)
        if (system := context.roadmap.systems.get(one)) is not None
    )
    sides = [context.side_name(side) for side in dict.fromkeys(owners) if side is not None]
    return tuple(sides) or yes_of(context, initiative.id)


# --- drop a link, drop work -----------------------------------------------------------------------


def _unlinked(context: Context, id: str) -> Iterator[Lever]:
    """Not to wait for what drives it at all."""
    dates = context.dates(id)
    driving = [link.on for link in context.schedule.links_into(id) if link.driving]
    for on in dict.fromkeys(driving):
        before = context.dates(on)
        if dates is None or dates.finished or before is None or before.finished:
            continue
        yield Lever(
            give="unlink",
            id=id,
            others=(on,),
            title=f"let {id} not wait for {on}",
            assumes=f"{id} can do without {on}",
            edit=without(context, id, on),
            needs_yes=yes_of(context, on, id),
            most=max(1, context.days(context.as_of, dates.start)),
        )


def _dropped(context: Context, id: str, target: str) -> Iterator[Lever]:
    """Not to do it; what waited for it then waits for what it waited for."""
    initiative, dates = context.roadmap.initiatives[id], context.dates(id)
    if dates is None or dates.finished or dates.duration == 0 or initiative.kind == "review":
        return
    inherited = [
        need.on
        for written in written_needs(context, id)
        if (need := parsed(written)) is not None and context.is_open(need.on)
    ]
    after = list(dict.fromkeys(link.succ for link in context.network.links_out_of(id)))
    edits: list[Edit] = [SetKey("initiatives", id, ("status",), "dropped")]
    edits += [_bypassed(context, one, id, inherited) for one in after if context.is_open(one)]
    yield Lever(
        give="drop",
        id=id,
        title=f"drop {id}",
        assumes=f"{target} is worth it without {id}; what waited for it waits for what came before",
        edit=together(edits, f"drop {id}"),
        needs_yes=yes_of(context, id, *after),
        most=dates.duration,
    )


def _bypassed(context: Context, successor: str, dropped: str, inherited: list[str]) -> Edit:
    kept = [one for one in written_needs(context, successor) if not is_on(one, dropped)]
    known = {need.on for one in kept if (need := parsed(one)) is not None}
    new = [on for on in dict.fromkeys(inherited) if on not in known]
    return set_needs(successor, [*kept, *new])
