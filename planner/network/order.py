"""Topological order over node numbers: predecessors before successors.

Initiatives mostly stand after their predecessors in the file, so the search follows file order and
goes back only where they do not.
"""

from __future__ import annotations

from collections.abc import Sequence

Ties = tuple[tuple[int, int], ...]
"""The binding links onto one end of a node: from which end, and the lag in working days."""

_UNSEEN, _OPEN, _DONE = range(3)


def sequence(into_start: Sequence[Ties], into_finish: Sequence[Ties]) -> list[int] | None:
    """Every node after all that it is linked from; None where a cycle makes that impossible."""
    state = bytearray(len(into_start))
    order: list[int] = []
    for node, starts in enumerate(into_start):
        finishes = into_finish[node]
        if state[node] == _DONE:
            continue
        for source, _ in starts + finishes if finishes else starts:
            if state[source >> 1] != _DONE:
                if not _look_back(node, state, order, into_start, into_finish):
                    return None
                break
        else:
            state[node] = _DONE
            order.append(node)
    return order


def _look_back(
    root: int,
    state: bytearray,
    order: list[int],
    into_start: Sequence[Ties],
    into_finish: Sequence[Ties],
) -> bool:
    """Give places to all that a node is linked from and to itself; False where a cycle does."""
    waiting = [root]
    while waiting:
        node = waiting[-1]
        if state[node] == _UNSEEN:
            state[node] = _OPEN
            before = _unfinished(state, into_start[node], into_finish[node])
            if any(state[other] == _OPEN for other in before):
                return False
            waiting += before
            continue
        if state[node] == _OPEN:
            state[node] = _DONE
            order.append(node)
        waiting.pop()
    return True


def _unfinished(state: bytearray, starts: Ties, finishes: Ties) -> list[int]:
    """The nodes that links come from and that have no place yet."""
    if finishes:
        starts += finishes
    return [source >> 1 for source, _ in starts if state[source >> 1] != _DONE]


def partial(successors: Sequence[Sequence[int]]) -> list[int]:
    """As much of an order as there is: without the members of cycles and what comes after them."""
    waits = [0] * len(successors)
    for follow in successors:
        for node in follow:
            waits[node] += 1
    order = [node for node, count in enumerate(waits) if not count]
    for node in order:
        for after in successors[node]:
            waits[after] -= 1
            if not waits[after]:
                order.append(after)
    return order
