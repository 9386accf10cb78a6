"""Marks that go along the network: one pass says for many sources at once what is after, or before.

`check` asks on every run, of hundreds of pairs and sources; a mark is a bit, so that a pass costs
what one source would. On a circle, marks go no further than the order of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.network.graph import ENDS, Link, Network
from planner.roadmap.quantities import length_days

Pair = tuple[str, str]

AT_ONCE = 2_048
"""How many sources are marked in one pass."""


def joined(network: Network, pairs: Iterable[Pair]) -> set[Pair]:
    """The pairs that a path of links joins, one way or the other."""
    wanted = list(dict.fromkeys(pairs))
    ids = list(dict.fromkeys(id for pair in wanted for id in pair))
    found: set[Pair] = set()
    for first in range(0, len(ids), AT_ONCE):
        part = ids[first : first + AT_ONCE]
        bit = {id: 1 << number for number, id in enumerate(part)}
        reached = reached_from(network, bit)
        for one, other in wanted:
            forward = reached.get(other, 0) & bit.get(one, 0)
            if forward or reached.get(one, 0) & bit.get(other, 0):
                found.add((one, other))
    return found


def reached_from(network: Network, bits: Mapping[str, int]) -> dict[str, int]:
    """For each source and each initiative after one, the bits of those sources."""
    marks = [0] * len(network.ids)
    for id, bit in bits.items():
        marks[network.index[id]] = bit
    for node in network.order:
        mark = marks[node]
        if mark:
            for after in network.successors[node]:
                marks[after] |= mark
    return {network.ids[node]: mark for node, mark in enumerate(marks) if mark}


def first_of(mark: int) -> int:
    """The number of the first bit of a mark that has one."""
    return (mark & -mark).bit_length() - 1


def leading_to(network: Network, bits: Mapping[str, int]) -> dict[str, int]:
    """For each target and each initiative before one, the bits of those targets."""
    marks = [0] * len(network.ids)
    for id, bit in bits.items():
        marks[network.index[id]] = bit
    for node in reversed(network.order):
        mark = marks[node]
        if mark:
            for before in network.predecessors[node]:
                marks[before] |= mark
    return {network.ids[node]: mark for node, mark in enumerate(marks) if mark}


def started_after(network: Network, bits: Mapping[str, int]) -> dict[str, int]:
    """For each initiative the bits of the sources after whose finish its links let it start.

    Marks go from end to end: a finish is after its own start. A lead takes a mark on only where it
    is within the length of a predecessor that itself starts after the source.
    """
    starts, finishes = [0] * len(network.ids), [0] * len(network.ids)
    for id, bit in bits.items():
        finishes[network.index[id]] = bit
    for node in network.order:
        before = network.predecessors[node]
        if any(starts[one] or finishes[one] for one in before):
            for link in network.links_into(network.ids[node]):
                pred = network.index[link.pred]
                from_end, to_end = ENDS[link.type]
                mark = (starts, finishes)[from_end][pred]
                if link.need.lag is not None and link.need.lag.number < 0:
                    mark = starts[pred] if from_end and _within(network, link) else 0
                (starts, finishes)[to_end][node] |= mark
        finishes[node] |= starts[node]
    return {network.ids[node]: mark for node, mark in enumerate(starts) if mark}


def _within(network: Network, link: Link) -> bool:
    """Whether a lead is no longer than what it reaches back into."""
    lag, estimate = link.need.lag, network.initiatives[network.index[link.pred]].estimate
    if lag is None or estimate is None:
        return False
    return -length_days(lag, network.week) <= length_days(estimate.likely, network.week)
