"""Topological order over node numbers: predecessors before successors."""

from __future__ import annotations

from collections.abc import Sequence


def in_order(successors: Sequence[Sequence[int]]) -> list[int]:
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
