"""Topological order over node numbers: predecessors before successors, else as in the file.

The file's order is also that of the arrays: a schedule of 10,000 initiatives takes 15 ms in it, and
21 ms in an order that jumps to and fro.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush


def in_order(successors: Sequence[Sequence[int]]) -> list[int]:
    """As much of an order as there is: without the members of cycles and what comes after them."""
    waits = [0] * len(successors)
    for follow in successors:
        for node in follow:
            waits[node] += 1
    free = [node for node, count in enumerate(waits) if not count]
    order: list[int] = []
    while free:
        node = heappop(free)
        order.append(node)
        for after in successors[node]:
            waits[after] -= 1
            if not waits[after]:
                heappush(free, after)
    return order
