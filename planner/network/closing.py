"""New cycles: whether an edit adds links that make initiatives depend on themselves.

A cycle that is already in the file blocks no edit, so that it can be removed link by link; only
cycles with a new link are found here.
"""

from __future__ import annotations

from collections.abc import Mapping

from planner.network.graph import Network


def closed_circle(
    before: Network, after: Network, renamed: Mapping[str, str]
) -> tuple[str, ...] | None:
    """A ring of `after` through a link that did not bind before, in the direction of its links.

    The first member is that link's predecessor, the second its successor; an initiative that needs
    itself is alone. None where no link is new on a cycle. `renamed` has new ids by those before.
    """
    former = {now: was for was, now in renamed.items()}
    for members in after.cycles:
        links = tuple(after.binding(members))
        bound = before.binding({former.get(id, id) for id in members})
        known = {(renamed.get(pred, pred), renamed.get(succ, succ)) for pred, succ in bound}
        if new := set(links) - known:
            from planner.network.cycles import ring_over

            return ring_over(links, *min(new, key=lambda link: (link[1], link[0])))
    return None
