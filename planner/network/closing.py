"""New cycles: whether an edit adds links that make initiatives depend on themselves.

A cycle that is already in the file blocks no edit, so that it can be removed link by link; only
cycles with a new link are found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.network.cycles import loop
from planner.network.graph import Network


def closed_circle(
    before: Network, after: Network, renamed: Mapping[str, str]
) -> tuple[str, ...] | None:
    """A ring of `after` through a link that did not bind before, in the direction of its links.

    The first member is that link's predecessor, the second its successor; an initiative that needs
    itself is alone. None where no link is new on a cycle. `renamed` has new ids by those before.
    """
    for members in after.cycles:
        for pred, succ in _new_links(before, after, renamed, frozenset(members)):
            return _ring(after, members, pred, succ)
    return None


def _new_links(
    before: Network, after: Network, renamed: Mapping[str, str], members: frozenset[str]
) -> Iterator[tuple[str, str]]:
    former = {now: was for was, now in renamed.items()}
    for succ in sorted(members):
        bound = before.bound_by(former.get(succ, succ))
        known = {renamed.get(pred, pred) for pred in bound}
        for pred in sorted(after.bound_by(succ) & members - known):
            yield pred, succ


def _ring(network: Network, members: tuple[str, ...], pred: str, succ: str) -> tuple[str, ...]:
    inside = set(members)
    nodes = {network.index[id] for id in members}
    onward: dict[int, list[int]] = {node: [] for node in nodes}
    for id in members:
        for on in network.bound_by(id) & inside:
            onward[network.index[on]].append(network.index[id])
    first = network.index[pred]
    onward[first] = [network.index[succ]]
    return tuple(network.ids[node] for node in loop(nodes, onward, first))
