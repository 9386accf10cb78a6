"""Options to shorten the driving path to a date: each is one edit.

Only what the plan itself allows is offered. To **accelerate** takes money and gives up nothing. Two
kinds are **gentle**, and give up only certainty: an estimate goes down to its optimistic value and
no further, and work overlaps with a predecessor by at most half of that. All others give something
up that somebody wants or has committed to: they come last, and are never part of a set where the
others reach the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from planner.conflicts.acceleration import days_to_buy, price_of
from planner.conflicts.context import Context
from planner.conflicts.freeze_days import freeze_behind
from planner.conflicts.personal_data import consent_systems
from planner.network.walks import reached
from planner.roadmap.entities import Initiative
from planner.roadmap.quantities import Length, length_days
from planner.schedule.dates import LinkDates

OptionKind = Literal["accelerate", "overlap", "shorten", "unlink", "drop", "exempt", "move"]

CERTAIN: tuple[OptionKind, ...] = ("accelerate",)
"""The kinds that give up nothing, and take money instead."""

GENTLE: tuple[OptionKind, ...] = ("overlap", "shorten")
"""The kinds that change only when things happen."""

KEEPING: tuple[OptionKind, ...] = (*CERTAIN, *GENTLE)
"""The kinds that give up nothing that somebody wants or has committed to."""

CUTS: tuple[OptionKind, ...] = ("unlink", "drop", "exempt", "move")
"""The kinds that give something up: a link, work, a freeze, a day that somebody set."""

OPTION_KINDS: tuple[OptionKind, ...] = (*KEEPING, *CUTS)
"""The kinds, in the order in which they are offered."""

HOLDS = ("start_no_earlier_than", "finish_no_earlier_than", "must_start_on", "must_finish_on")
"""The days that hold work back."""

LATE = "as_late_as_possible"
"""It places work late, where the work itself is asked for; it never holds what comes after."""


class Option(Struct, frozen=True):
    """One change that shortens a driving path.

    ``accelerate``: `id` for the price that is written. ``overlap``: `id` with its predecessor
    `on`. ``shorten``: `id` to its optimistic estimate. ``unlink``: `id` from its predecessor `on`.
    ``drop``: the work. ``exempt``: `id` from the freeze that `on`, a day of its own, makes it wait
    for. ``move``: the day `on` of its own to an earlier one, or `as_late_as_possible` away. `less`
    is by how many days an overlap is shorter than it could be, a day moves less, or how many of
    the days that money could take are not bought.
    """

    kind: OptionKind
    id: str
    on: str = ""
    less: int = 0

    @property
    def gives_up(self) -> bool:
        """Whether it gives up something that somebody wants or has committed to."""
        return self.kind in CUTS


def path_options(context: Context, target: str, kinds: Iterable[OptionKind]) -> list[Option]:
    """The options on the chain that drives `target`, in order of start, then kind."""
    wanted = frozenset(kinds)
    return [
        option
        for id in chain(context, target)
        for option in _options_of(context, id, target)
        if option.kind in wanted
    ]


def chain(context: Context, target: str) -> list[str]:
    """All that `target` waits for just now, ideas too, and itself, in order of start.

    What is to be as late as possible is held by what it is moved up to, too.
    """
    schedule, network = context.schedule, context.network

    def holding(node: int) -> Iterator[int]:
        ended = schedule.work.ended
        drivers = () if node in ended else schedule.boundaries.early.drivers(node)
        return (source >> 1 for source, _, _ in drivers if source >> 1 not in ended)

    held = (network.index[target], *moved_up_to(context, target))
    return context.by_start(network.ids[node] for node in reached(held, holding))


def moved_up_to(context: Context, target: str) -> set[int]:
    """What is after `target`, and what finishes last, where it is to be as late as possible."""
    boundaries, network = context.schedule.boundaries, context.network
    if network.index[target] not in context.schedule.work.late_wanted:
        return set()
    after = {network.index[id] for id in network.descendants(target)}
    last = {
        node for node in boundaries.live if boundaries.early.ends[2 * node + 1] == boundaries.finish
    }
    return (after | last).intersection(boundaries.live)


def _options_of(context: Context, id: str, target: str) -> Iterator[Option]:
    dates = context.dates(id)
    if dates is None or dates.finished:
        return
    driving = [link for link in context.schedule.links_into(id) if link.driving]
    waits = dict.fromkeys(link.on for link in driving if not _is_finished(context, link.on))
    for on in waits:
        if any(may_overlap(context, link) for link in driving if link.on == on):
            yield Option("overlap", id, on)
    if days_to_buy(context, id):
        yield Option("accelerate", id)
    if shorter_by(context, id):
        yield Option("shorten", id)
    for on in waits:
        yield Option("unlink", id, on)
    if id != target and dates.duration and context.roadmap.initiatives[id].kind != "review":
        yield Option("drop", id)
    held = dates.reason.key
    if dates.reason.kind == "date" and held in HOLDS:
        yield Option("exempt" if freeze_behind(context, id, held) else "move", id, held)
    if id == target and context.network.index[id] in context.schedule.boundaries.moved:
        yield Option("move", id, LATE)


def _is_finished(context: Context, id: str) -> bool:
    dates = context.dates(id)
    return dates is None or dates.finished


# --- accelerate ---------------------------------------------------------------------------------


def bought(context: Context, option: Option) -> int:
    """The days of its estimate that an option buys."""
    return max(0, days_to_buy(context, option.id) - option.less)


def price(context: Context, options: Iterable[Option]) -> float:
    """The money that options take."""
    paid = ((one.id, bought(context, one)) for one in options if one.kind == "accelerate")
    return round(sum(price_of(context, id, days) for id, days in paid), 2)


# --- shorten --------------------------------------------------------------------------------------


def shorter_by(context: Context, id: str) -> int:
    """By how many days its optimistic estimate is shorter than what is planned."""
    planned, best = lengths(context, id)
    return max(0, planned - best)


def lengths(context: Context, id: str) -> tuple[int, int]:
    """The days that are planned, and those of its optimistic estimate: of what remains, where
    that is written.
    """
    initiative = context.roadmap.initiatives[id]
    estimate = initiative.estimate
    if estimate is None or estimate.optimistic is None or initiative.kind == "milestone":
        return 0, 0
    likely = _days(context, initiative, estimate.likely)
    optimistic = _days(context, initiative, estimate.optimistic)
    if initiative.actual_start is None or initiative.remaining is None:
        return likely, optimistic
    left = _days(context, initiative, initiative.remaining)
    return left, -(-left * optimistic // max(1, likely))


def optimistic_days(context: Context, options: Iterable[Option]) -> int:
    """How many days the options take from estimates that are shortened."""
    shortened = (lengths(context, one.id) for one in options if one.kind == "shorten")
    return sum(planned - best for planned, best in shortened)


def _days(context: Context, initiative: Initiative, length: Length) -> int:
    return length_days(length, context.calendars.for_initiative(initiative).days_per_week)


# --- overlap --------------------------------------------------------------------------------------


def may_overlap(context: Context, link: LinkDates) -> bool:
    """Whether a link may let its successor start before the predecessor's end, by at most half.

    A positive lag is time that is meant to pass, and a counter waits for its answer first.
    """
    if link.type != "FS" or link.lag > 0 or link.need.counter is not None:
        return False
    if must_come_first(context, link.succ, link.on):
        return False
    node, schedule = context.network.index[link.on], context.schedule
    if schedule.work.length[node] < 2:
        return False
    earlier = schedule.boundaries.lagged(2 * node, least_lag(context, link.on))
    return earlier < schedule.boundaries.lagged(2 * node + 1, link.lag)


def must_come_first(context: Context, id: str, on: str) -> bool:
    """Whether work can't begin before a predecessor's end: one of the two is a review, or `on`
    brings a system that it uses, or the consent that it counts on.
    """
    mine, before = map(context.roadmap.initiatives.get, (id, on))
    if mine is None or before is None:
        return False
    relied = {*mine.uses, *mine.changes}
    if mine.activates:
        relied.update(consent_systems(context))
    return "review" in (mine.kind, before.kind) or not relied.isdisjoint(before.introduces)


def least_lag(context: Context, on: str) -> int:
    """The days from its start to the boundary at which half of work, rounded up, is done."""
    node, schedule = context.network.index[on], context.schedule
    start, finish = schedule.boundaries.ends[2 * node : 2 * node + 2]
    own, calendar = context.calendars.all[schedule.work.calendar[node]], context.calendars.roadmap
    half = own.closing(own.number(finish) - schedule.work.length[node] // 2)
    number = calendar.number(half)
    return max(0, number - calendar.number(start) + (calendar.closing(number) < half))


# --- days that hold work, and freezes -------------------------------------------------------------
