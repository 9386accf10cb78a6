"""Redundant links: those whose order other finish-to-start links already keep.

A link is implied when other finish-to-start links already lead from its predecessor to its
successor. Only where another predecessor of the successor has a longer chain before it can that be
so. What is left is looked for some hundred links at a time, in order of the network and only
between the first predecessor and the last successor of those; a transitive closure is never built.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.network.graph import Network

AT_ONCE = 1_024
"""How many predecessors are followed in one pass."""

Tie = tuple[int, int]
"""(predecessor, successor), as nodes."""


def implied(network: Network) -> Iterator[tuple[int, int, int]]:
    """(successor, predecessor, another predecessor that already waits for it), as nodes."""
    before, level = _levels(network)
    place = {node: number for number, node in enumerate(network.sequence)}
    ties = sorted(_doubtful(network, before, level), key=lambda tie: place[tie[0]])
    for first in range(0, len(ties), AT_ONCE):
        part = ties[first : first + AT_ONCE]
        start, end = place[part[0][0]], max([place[succ] for _, succ in part])
        yield from _followed(before, network.sequence[start : end + 1], part)


def _doubtful(network: Network, before: list[list[int]], level: list[int]) -> Iterator[Tie]:
    """The links without a lag beside which another predecessor has a longer chain before it."""
    for node in network.sequence:
        ties, known = network.into_start[node], before[node]
        if len(ties) > 1 and known:
            highest = max([level[pred] for pred in known])
            for source, lag in ties:
                if source & 1 and lag <= 0 and level[source >> 1] < highest:
                    yield source >> 1, node


def _followed(
    before: list[list[int]], window: Sequence[int], ties: list[Tie]
) -> Iterator[tuple[int, int, int]]:
    """Which of these links are implied: each predecessor is a bit that goes down the network."""
    bit = {pred: 1 << number for number, pred in enumerate(dict.fromkeys(p for p, _ in ties))}
    asked: dict[int, list[int]] = {}
    for pred, succ in ties:
        asked.setdefault(succ, []).append(pred)
    marks: dict[int, int] = {}
    for node in window:
        for pred in asked.get(node, ()):
            for other in before[node]:
                if other != pred and marks.get(other, 0) & bit[pred]:
                    yield node, pred, other
                    break
        mark = bit.get(node, 0)
        for pred in before[node]:
            mark |= marks.get(pred, 0)
        if mark:
            marks[node] = mark


def _levels(network: Network) -> tuple[list[list[int]], list[int]]:
    """The finish-to-start predecessors without a lead of each node, and how long its chain is."""
    before: list[list[int]] = [[]] * len(network.ids)
    level = [0] * len(network.ids)
    for node in network.sequence:
        ties = network.into_start[node]
        if ties:
            found = [source >> 1 for source, lag in ties if source & 1 and lag >= 0]
            if found:
                before[node] = found
                level[node] = 1 + max([level[pred] for pred in found])
    return before, level
