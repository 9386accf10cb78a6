"""The earliest finish of an initiative with options, whatever day was asked for.

Every option on its driving chain is applied, then those on the chain that drives it then, until
none is left. Only an applied option can hinder others: what is held by its finish, and holds others
by its start, holds them less when it is longer; and FF, which an overlap keeps, may ask for more
than a lead did. So the search goes on without each of these. Every driving chain has to become
shorter, so it is enough to try those on one: the chain with the fewest. That ends with the earliest
day there is, or, where a plan is too large for so many schedules, with the earliest found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from planner.conflicts.context import Context
from planner.conflicts.option_trials import Made, Options, OptionTrials
from planner.conflicts.path_options import (
    KEEPING,
    Option,
    OptionKind,
    chain,
    moved_up_to,
    path_options,
)

SHORTER: tuple[OptionKind, ...] = ("accelerate", "shorten")
"""The kinds that make work shorter."""


class Found(Struct, frozen=True):
    """The earliest finish found, and the options that lead to it."""

    finish: date
    options: Options = frozenset()

    def reaches(self, day: date | None) -> bool:
        """Whether it is early enough; never without a day."""
        return day is not None and self.finish <= day


def earliest(
    tries: OptionTrials, enough: date | None = None, kinds: Sequence[OptionKind] = KEEPING
) -> Found:
    """The earliest finish without giving anything up; with `enough` the first that is early enough.

    Money is spent on all days of work or on none.
    """
    best = Found(tries.base)
    waiting: list[tuple[Options, Options]] = [(frozenset(), frozenset())]
    while waiting and not (tries.spent or best.reaches(enough)):
        applied, decided = waiting.pop()
        found, made = apply_all(tries, applied, kinds, enough, barred=decided - applied)
        best = min(best, found, key=lambda one: one.finish)
        if made is not None:
            for option in _in_the_way(tries, made, decided):
                decided |= {option}
                waiting.append((made.options - {option}, decided))
    return best


def apply_all(
    tries: OptionTrials,
    applied: Options,
    kinds: Sequence[OptionKind],
    enough: date | None = None,
    *,
    barred: Options = frozenset(),
) -> tuple[Found, Made | None]:
    """Apply all options on the chain, then on the chain there is then, until none is left.

    Returns the earliest on the way, and the last of all.
    """
    best = Found(tries.base)
    made = tries.made(applied)
    while made is not None:
        if made.finish < best.finish:
            best = Found(made.finish, made.options)
        offered = path_options(made.context, tries.id, kinds)
        fresh = frozenset(offered) - made.options - barred
        if not fresh or tries.spent or best.reaches(enough):
            break
        made = tries.made(made.options | fresh)
    return best, made


def _in_the_way(tries: OptionTrials, made: Made, decided: Options) -> list[Option]:
    """The applied options on one chain without which it might finish earlier still."""
    applied = (one for one in made.options - decided if may_hinder(tries.context, one))
    return sorted(_narrowest(made.context, tries.id, frozenset(applied)), key=tries.order)


def may_hinder(context: Context, option: Option) -> bool:
    """Whether something might finish earlier without an option that is applied."""
    if option.kind != "overlap":
        return option.kind in SHORTER
    links = context.schedule.links_into(option.id)
    leads = any(one.on == option.on and one.type == "FS" and one.lag < 0 for one in links)
    calendar, index = context.schedule.work.calendar, context.network.index
    standard = context.calendars.all.index(context.calendars.roadmap)
    return leads or any(calendar[index[id]] != standard for id in (option.id, option.on))


def _narrowest(context: Context, target: str, applied: Options) -> Options:
    """Of the chains that drive `target` the one with the fewest applied options in the way."""
    boundaries, network = context.schedule.boundaries, context.network
    on_chain = {network.index[id] for id in chain(context, target)}
    found: dict[int, Options] = {}
    for node in boundaries.live:
        for end in (0, 1) if node in on_chain else ():
            ways = _ways_to(context, node, end, applied, found)
            found[2 * node + end] = min(ways, key=len)
    node = network.index[target]
    held = moved_up_to(context, target) if node in context.schedule.boundaries.moved else {node}
    return frozenset().union(*(found.get(2 * one + 1, frozenset()) for one in held))


def _ways_to(
    context: Context, node: int, end: int, applied: Options, found: Mapping[int, Options]
) -> Iterator[Options]:
    """For each thing that drives a node: what is in the way up to its start (0) or finish (1).

    An overlap with started work reckons from the finish of that.
    """
    ids, work = context.network.ids, context.schedule.work
    longer = frozenset() if end else applied & {Option(kind, ids[node]) for kind in SHORTER}
    ties = context.schedule.boundaries.early.drivers(node)
    for source, _, onto in ties:
        overlap = applied & {Option("overlap", ids[node], ids[source >> 1])}
        kept = longer if onto or node in work.begun else frozenset()
        yield found.get(source, frozenset()) | overlap | kept
    if not ties:
        yield longer if node in work.finish_from or node in work.begun else frozenset()
