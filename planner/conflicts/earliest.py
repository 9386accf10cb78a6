"""How early work gets with levers, whatever day was asked for.

Every lever on the chain that drives it is pulled, then those on the chain that drives it then,
until none is left. Only a lever that was pulled can stand in the way of more: what is held by its
finish, and holds others by its start, holds them less when it is longer; and FF, which an overlap
keeps, may ask for more than a lead did. So each of these is tried unpulled, with all that follows.
Every chain that drives it has to give, so it is enough to try those on one: the chain with the
fewest. That ends with the earliest day there is, or, where a plan is too large for so many
schedules, with the earliest found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from planner.conflicts.context import Context
from planner.conflicts.levers import GENTLE, Give, Lever, chain, levers, moved_up_to
from planner.conflicts.pulling import Levers, Made, Pulling


class Found(Struct, frozen=True):
    """The earliest finish found, and the levers that lead to it."""

    finish: date
    levers: Levers = frozenset()

    def reaches(self, day: date | None) -> bool:
        """Whether it is early enough; never without a day."""
        return day is not None and self.finish <= day


def earliest(pulling: Pulling, enough: date | None = None) -> Found:
    """The earliest finish with gentle levers; with `enough` the first that is early enough."""
    best = Found(pulling.base)
    waiting: list[tuple[Levers, Levers]] = [(frozenset(), frozenset())]
    while waiting and not (pulling.spent or best.reaches(enough)):
        pulled, decided = waiting.pop()
        found, made = pull(pulling, pulled, GENTLE, enough, barred=decided - pulled)
        best = min(best, found, key=lambda one: one.finish)
        if made is not None:
            for lever in _in_the_way(pulling, made, decided):
                decided |= {lever}
                waiting.append((made.levers - {lever}, decided))
    return best


def pull(
    pulling: Pulling,
    pulled: Levers,
    gives: Sequence[Give],
    enough: date | None = None,
    *,
    barred: Levers = frozenset(),
) -> tuple[Found, Made | None]:
    """Pull what there is on the chain, then on the chain there is then, until none is left.

    The earliest on the way, and the last of all.
    """
    best = Found(pulling.base)
    made = pulling.made(pulled)
    while made is not None:
        if made.finish < best.finish:
            best = Found(made.finish, made.levers)
        offered = levers(made.context, pulling.id, gives)
        fresh = frozenset(offered) - made.levers - barred
        if not fresh or pulling.spent or best.reaches(enough):
            break
        made = pulling.made(made.levers | fresh)
    return best, made


def _in_the_way(pulling: Pulling, made: Made, decided: Levers) -> list[Lever]:
    """The pulled levers on one chain without which it might finish earlier still."""
    pulled = (one for one in made.levers - decided if _may_hinder(pulling.context, one))
    return sorted(_narrowest(made.context, pulling.id, frozenset(pulled)), key=pulling.order)


def _may_hinder(context: Context, lever: Lever) -> bool:
    if lever.give != "overlap":
        return lever.give == "shorten"
    links = context.schedule.links_into(lever.id)
    leads = any(one.on == lever.on and one.type == "FS" and one.lag < 0 for one in links)
    return leads or not context.schedule.work.one_calendar()


def _narrowest(context: Context, target: str, pulled: Levers) -> Levers:
    """Of the chains that drive `target` the one with the fewest pulled levers in the way."""
    moments, network = context.schedule.moments, context.network
    on_chain = {network.index[id] for id in chain(context, target)}
    found: dict[int, Levers] = {}
    for node in moments.live:
        for end in (0, 1) if node in on_chain else ():
            ways = _ways_to(context, node, end, pulled, found)
            found[2 * node + end] = min(ways, key=len)
    node = network.index[target]
    held = moved_up_to(context, target) if node in context.schedule.moments.moved else {node}
    return frozenset().union(*(found.get(2 * one + 1, frozenset()) for one in held))


def _ways_to(
    context: Context, node: int, end: int, pulled: Levers, found: Mapping[int, Levers]
) -> Iterator[Levers]:
    """For each thing that drives a node: what is in the way up to its start (0) or finish (1).

    An overlap with started work reckons from the finish of that.
    """
    ids, work = context.network.ids, context.schedule.work
    longer = frozenset() if end else pulled & {Lever("shorten", ids[node])}
    ties = context.schedule.moments.early.drivers(node)
    for source, _, onto in ties:
        overlap = pulled & {Lever("overlap", ids[node], ids[source >> 1])}
        kept = longer if onto or node in work.begun else frozenset()
        yield found.get(source, frozenset()) | overlap | kept
    if not ties:
        yield longer if node in work.finish_from or node in work.begun else frozenset()
