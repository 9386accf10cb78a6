"""Walks: what is reached from a place by links, or by those of them that drive.

The one place in which links are followed further than to a neighbour without networkx: `check`,
`show` and an edit ask on every run, and what leads on is often no link of the graph alone (only
what drives, only what is still waited for). The caller says what that is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from operator import itemgetter
from typing import TypeVar

Place = TypeVar("Place", int, str)
"""A node by its number, or an initiative by its id."""


def reached(
    starts: Iterable[Place], onward: Callable[[Place], Iterable[Place]], most: int | None = None
) -> list[Place]:
    """The starts and all that is reached from them, the nearest first, no more than `most`."""
    found = dict.fromkeys(starts)
    waiting = list(found)
    for place in waiting:
        if most is not None and len(waiting) >= most:
            break
        for other in onward(place):
            if other not in found:
                found[other] = None
                waiting.append(other)
    return waiting[:most]


def followed(start: Place, onward: Callable[[Place], Place | None]) -> Iterator[Place]:
    """The line of one after the other from a start, itself first, to its end or into a circle."""
    seen: set[Place] = set()
    at: Place | None = start
    while at is not None and at not in seen:
        seen.add(at)
        yield at
        at = onward(at)


def nearest(
    order: Iterable[Place],
    before: Callable[[Place], Iterable[Place]],
    marked: Collection[Place],
    most: int,
) -> dict[Place, list[Place]]:
    """For each place the marked ones among itself and what leads to it, the nearest first.

    `order` has each place after all before it. Of more than `most` the nearest; what they are is
    handed on from place to place, so that a chain is not walked for each place in it.
    """
    found: dict[Place, dict[Place, int]] = {}
    for place in order:
        near = {place: 0} if place in marked else {}
        for other in before(place):
            for one, far in found.get(other, {}).items():
                near[one] = min(far + 1, near.get(one, far + 1))
        found[place] = dict(sorted(near.items(), key=itemgetter(1))[:most])
    return {place: list(near) for place, near in found.items()}
