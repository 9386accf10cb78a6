"""Cycles of the dependency graph: strongly connected components, and one cycle through each.

Works on node numbers in linear time, since one key press can close a cycle among ten thousand
initiatives. Enumerating every cycle would not be linear; one cycle through a component is enough to
show what has to be removed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

Successors = Mapping[int, Sequence[int]]


def components(successors: Successors) -> list[list[int]]:
    """The strongly connected components that hold a cycle, self-links included.

    Tarjan's algorithm with a stack of its own, so that a long chain is no deep recursion.
    Every successor must be a key of the mapping.
    """
    search = _Search(successors)
    for node in successors:
        if node not in search.number:
            search.walk(node)
    return search.found


class _Search:
    """One search; `low` is the smallest number to which a node or what is after it leads back."""

    def __init__(self, successors: Successors) -> None:
        self.successors = successors
        self.found: list[list[int]] = []
        self.number: dict[int, int] = {}
        self.low: dict[int, int] = {}
        self.stack: dict[int, None] = {}

    def walk(self, root: int) -> None:
        """Visit everything that can be reached from `root`."""
        low, number = self.low, self.number
        path = [(root, self._enter(root))]
        while path:
            node, rest = path[-1]
            for after in rest:
                if after not in number:
                    path.append((after, self._enter(after)))
                    break
                if after in self.stack:
                    low[node] = min(low[node], number[after])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == number[node]:
                    self._leave(node)

    def _enter(self, node: int) -> Iterator[int]:
        self.number[node] = self.low[node] = len(self.number)
        self.stack[node] = None
        return iter(self.successors[node])

    def _leave(self, node: int) -> None:
        """Take a whole component off the stack, and keep it where it is a cycle."""
        component = [self.stack.popitem()[0]]
        while component[-1] != node:
            component.append(self.stack.popitem()[0])
        if len(component) > 1 or node in self.successors[node]:
            self.found.append(component)


def loop(component: Iterable[int], successors: Successors, start: int) -> list[int]:
    """A shortest cycle through `start` inside a component, in the direction of the links."""
    inside = set(component)
    came: dict[int, int] = {}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for after in sorted(successors[node]):
            if after == start:
                return _back(came, start, node)
            if after in inside and after not in came:
                came[after] = node
                waiting.append(after)
    return [start]


def _back(came: Mapping[int, int], start: int, node: int) -> list[int]:
    path = [node]
    while path[-1] != start:
        path.append(came[path[-1]])
    return path[::-1]
