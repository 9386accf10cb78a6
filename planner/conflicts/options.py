"""Options: levers pulled together as they are offered, with what they are called and assume."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from msgspec import Struct

from planner.conflicts.context import Context, count, listed
from planner.conflicts.lever_edits import Lags, edit_of, moved_to, window_of
from planner.conflicts.levers import GIVES, LATE, Give, Lever, frozen_yes, lengths, yes_of
from planner.conflicts.pulling import Made, Pulling
from planner.conflicts.terms import to_be_taken, waiting
from planner.conflicts.trial import won
from planner.roadmap.quantities import format_length
from planner.text.edits import Edit, Edits


class Option(Struct, frozen=True, kw_only=True):
    """Levers pulled together, and what the whole plan then says of what is late.

    `wins` are the working days by which it finishes earlier; it may finish earlier by days off.
    """

    levers: tuple[Lever, ...]
    title: str
    assumes: str
    edit: Edit
    needs_yes: tuple[str, ...]
    wins: int
    finish: date
    start: date
    """When the first work that they bend starts, with them."""

    @property
    def give(self) -> Give:
        """The kind of its levers; of several the one that asks for most."""
        return max((one.give for one in self.levers), key=GIVES.index)

    @property
    def gives_up(self) -> bool:
        """Whether it gives up something that somebody wants or has committed to."""
        return any(one.gives_up for one in self.levers)


def option(pulling: Pulling, made: Made) -> Option:
    """The levers of a plan that was made with them."""
    before, ordered = pulling.context, pulling.in_effect(made.levers)
    spans = (made.context.schedule.span(one.id) for one in ordered)
    title = "; ".join(_titles(before, ordered, made.lags))
    return Option(
        levers=tuple(ordered),
        title=title,
        assumes=_assumptions(before, made.context, ordered, pulling.id),
        edit=edit_of(before, ordered, made.lags, title),
        needs_yes=agreed_by(before, ordered),
        wins=won(before, made.context, pulling.id),
        finish=made.finish,
        start=min((days[0] for days in spans if days is not None), default=made.finish),
    )


def apart(options: Iterable[Option]) -> list[Option]:
    """Options that write different things; of two that write the same the first."""
    found: dict[str, Option] = {}
    for one in options:
        parts = one.edit.edits if isinstance(one.edit, Edits) else (one.edit,)
        found.setdefault(repr(parts), one)
    return [*found.values()]


def agreed_by(context: Context, levers: Iterable[Lever]) -> tuple[str, ...]:
    """The sides that must say yes to the levers."""
    return tuple(dict.fromkeys(who for lever in levers for who in _agreed_by(context, lever)))


def _agreed_by(context: Context, lever: Lever) -> tuple[str, ...]:
    if lever.give == "drop":
        after = dict.fromkeys(link.succ for link in context.network.links_out_of(lever.id))
        return yes_of(context, lever.id, *after)
    if lever.give == "exempt":
        initiative = context.roadmap.initiatives[lever.id]
        return frozen_yes(context, window_of(context, lever), initiative)
    others = (lever.on,) if lever.give in ("overlap", "unlink") else ()
    return yes_of(context, *others, lever.id)


# --- words ----------------------------------------------------------------------------------------


def _titles(context: Context, levers: Collection[Lever], lags: Lags) -> list[str]:
    """What the levers are called, the overlaps of one piece of work together."""
    found = []
    for lever in levers:
        if lever.give != "overlap":
            found.append(_title(context, lever))
            continue
        ons = [one.on for one in levers if one.give == "overlap" and one.id == lever.id]
        if lever.on == ons[0]:
            parts = (f"{on} (SS+{lags[lever.id, on]}d)" for on in ons)
            found.append(f"overlap {lever.id} with {listed(parts)}")
    return found


def _title(context: Context, lever: Lever) -> str:
    id, on = lever.id, lever.on
    if lever.give == "shorten":
        return _shortened(context, id)
    if lever.give == "unlink":
        return f"let {id} not wait for {on}"
    if lever.give == "drop":
        return f"drop {id}"
    if on == LATE:
        return f"place {id} as early as it can be"
    held = context.day(getattr(context.roadmap.initiatives[id], on))
    if lever.give == "move":
        return f"don't hold {id} until {held} ({on} {context.day(moved_to(context, lever))})"
    freeze = window_of(context, lever).id
    return f"exempt {id} from the freeze {freeze}, and don't hold it until {held}"


def _shortened(context: Context, id: str) -> str:
    initiative = context.roadmap.initiatives[id]
    assert initiative.estimate is not None
    assert initiative.estimate.optimistic is not None
    best = format_length(initiative.estimate.optimistic)
    if initiative.actual_start is None or initiative.remaining is None:
        return f"{id} at {best} (optimistic)"
    return f"finish {id} in {count(lengths(context, id)[1], 'more day')} (optimistic {best})"


def _assumptions(context: Context, after: Context, levers: Iterable[Lever], target: str) -> str:
    """What has to be true for the levers that lead to the plan `after`."""
    said = (_assumed(context, after, lever, target) for lever in levers)
    return "; ".join(dict.fromkeys(said))


def _assumed(context: Context, after: Context, lever: Lever, target: str) -> str:
    id, on = lever.id, lever.on
    if lever.give == "overlap":
        return _done_without(after, id, on) + _to_be_answered(after, id, on)
    if lever.give == "shorten":
        return f"{id} goes as well as its optimistic estimate"
    if lever.give == "unlink":
        return f"{id} can do without {on}"
    if lever.give == "drop":
        return f"{target} is worth it without {id}; what waited for it waits for what came before"
    if lever.give == "move":
        return f"nothing outside the plan holds {id} until then"
    return f"{id} may go live while {window_of(context, lever).id} lasts"


def _done_without(after: Context, id: str, on: str) -> str:
    mine, before = after.dates(id), after.dates(on)
    assert mine is not None
    assert before is not None
    start = mine.remaining_start or mine.start
    days = max(1, after.days(start, before.finish) + 1)
    return f"the first {count(days, 'day')} of {id} can do without the end of {on}"


def _to_be_answered(after: Context, id: str, on: str) -> str:
    found = waiting(after, id, on)
    return f"; {to_be_taken(after, found)}" if found is not None else ""
