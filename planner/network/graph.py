"""The dependency graph of a roadmap: integer arrays for the schedule, ids for everyone else.

A node is an initiative, numbered by its place in file order. Each node has two ends: ``2 * node``
is its start and ``2 * node + 1`` its finish, so that the four link types are one thing, a lag from
an end to an end. Two links between one pair are normal.

- Dropped work is no part of the graph. Everything else is, and so are links into finished work,
  which bind nothing but still say what came before what.
- A link **binds** when the schedule has to keep it: its predecessor has dates, and its successor
  has dates that can still move.
- A cycle is one of binding links. `order` is topological; it leaves out the members of cycles and
  what waits for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from planner.calendars.working import roadmap_week
from planner.network.cycles import components, loop
from planner.roadmap.entities import Initiative, Roadmap
from planner.roadmap.fields import unscheduled_key
from planner.roadmap.quantities import LinkType, Need, length_days

Invalid = Mapping[tuple[str, str], Collection[str]]
"""Keys of a table (by kind and id) that could not be read and count as absent."""

Ties = tuple[tuple[int, int], ...]
"""The links at one end of a node: the other end, and the lag in days of the roadmap's calendar."""

OPEN, STARTED, FINISHED, UNREADABLE, DROPPED = range(5)
"""How an initiative stands, by its facts: `OPEN` has not started."""

JOINT = "joint"


class Link(Struct, frozen=True):
    """`succ` waits for `pred`."""

    pred: str
    succ: str
    type: LinkType
    need: Need


class Network:
    """The graph of one roadmap. Immutable; `Network.of` makes it.

    `into_start[j]` and `into_finish[j]` are the binding links onto the ends of j, `out_of_start[i]`
    and `out_of_finish[i]` those from the ends of i that limit how late it may be (links from the
    start of started work bind forward only, so they are not there).
    """

    ids: tuple[str, ...]
    index: dict[str, int]
    initiatives: tuple[Initiative, ...]
    standing: list[int]
    successors: list[list[int]]
    into_start: list[Ties]
    into_finish: list[Ties]
    out_of_start: list[Ties]
    out_of_finish: list[Ties]
    order: list[int]
    cycles: tuple[tuple[str, ...], ...]
    loops: tuple[tuple[str, ...], ...]
    left_out: dict[str, str]

    def __init__(self, roadmap: Roadmap, invalid: Invalid) -> None:
        initiatives = roadmap.initiatives
        self.ids = tuple(initiatives)
        self.index = {id: node for node, id in enumerate(self.ids)}
        self.initiatives = tuple(initiatives.values())
        self.week = roadmap_week(roadmap)
        self.invalid = {id: keys for (kind, id), keys in invalid.items() if kind == "initiatives"}
        self.left_out = {}
        self.standing = [self._stands(one) for one in self.initiatives]
        self._link()
        self._sort()

    @classmethod
    def of(
        cls, roadmap: Roadmap, invalid: Invalid | None = None, previous: Network | None = None
    ) -> Network:
        """The network of a roadmap; of `previous` what no edit since has touched is kept."""
        if previous is not None:
            kept = previous._following(roadmap, invalid or {})
            if kept is not None:
                return kept
        return cls(roadmap, invalid or {})

    # --- neighbours -------------------------------------------------------------------------------

    def links_into(self, id: str) -> tuple[Link, ...]:
        """The links that `id` waits for, as its `needs` lists them; none for dropped work."""
        node = self.index.get(id)
        if node is None or self.standing[node] == DROPPED:
            return ()
        return tuple(self._links(node))

    def links_out_of(self, id: str) -> tuple[Link, ...]:
        """The links of those that wait for `id`, in file order."""
        node = self.index.get(id)
        if node is None:
            return ()
        waiting = dict.fromkeys(self.successors[node])
        return tuple(link for succ in waiting for link in self._links(succ) if link.pred == id)

    def ancestors(self, id: str) -> set[str]:
        """Everything before `id`, at any distance."""
        return self._reached(id, self.predecessors)

    def descendants(self, id: str) -> set[str]:
        """Everything after `id`, at any distance."""
        return self._reached(id, self.successors)

    def joined(self, one: str, other: str) -> bool:
        """Whether a path of links leads from one to the other, either way."""
        return other in self.descendants(one) or other in self.ancestors(one)

    @cached_property
    def predecessors(self) -> list[list[int]]:
        """For each node the nodes it waits for, once for each link."""
        found: list[list[int]] = [[] for _ in self.ids]
        for node, successors in enumerate(self.successors):
            for successor in successors:
                found[successor].append(node)
        return found

    def _links(self, node: int) -> Iterable[Link]:
        succ = self.ids[node]
        for need in self.initiatives[node].needs:
            pred = self.index.get(need.on)
            if pred is not None and self.standing[pred] != DROPPED:
                yield Link(need.on, succ, need.type, need)

    def _reached(self, id: str, neighbours: Sequence[Sequence[int]]) -> set[str]:
        """Ids at any distance; `id` itself only where it is on a cycle."""
        node = self.index.get(id)
        if node is None:
            return set()
        found: set[int] = set()
        waiting = [node]
        while waiting:
            for other in neighbours[waiting.pop()]:
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return {self.ids[other] for other in found}

    # --- building ---------------------------------------------------------------------------------

    def _stands(self, initiative: Initiative) -> int:
        status = initiative.status
        if status == "dropped":
            self.left_out[initiative.id] = "dropped"
            return DROPPED
        if self.invalid and (key := unscheduled_key(self.invalid.get(initiative.id, ()))):
            self.left_out[initiative.id] = f"unreadable {key}"
            return UNREADABLE
        if status == "done" or initiative.actual_finish is not None:
            return FINISHED
        return OPEN if initiative.actual_start is None else STARTED

    def _link(self) -> None:
        """Fill the arrays of links."""
        count = len(self.ids)
        self.successors = [[] for _ in range(count)]
        self.into_start, self.into_finish = [()] * count, [()] * count
        for node, initiative in enumerate(self.initiatives):
            if initiative.needs and self.standing[node] != DROPPED:
                self._link_into(node, initiative.needs)
        self._turn()

    def _link_into(self, node: int, needs: tuple[Need, ...]) -> None:
        index, standing, successors = self.index, self.standing, self.successors
        moves = standing[node] < FINISHED
        starts: list[tuple[int, int]] = []
        finishes: list[tuple[int, int]] = []
        for need in needs:
            pred = index.get(need.on)
            if pred is None or standing[pred] == DROPPED:
                continue
            successors[pred].append(node)
            if moves and standing[pred] != UNREADABLE:
                lag = 0 if need.lag is None else length_days(need.lag, self.week)
                onto = starts if need.type[1] == "S" else finishes
                onto.append((2 * pred + (need.type[0] == "F"), lag))
        self.into_start[node], self.into_finish[node] = tuple(starts), tuple(finishes)

    def _turn(self) -> None:
        """Fill the links out of each node from those into each."""
        count = len(self.ids)
        out: list[list[tuple[int, int]]] = [[] for _ in range(2 * count)]
        for end, into in ((0, self.into_start), (1, self.into_finish)):
            for node, ties in enumerate(into):
                for source, lag in ties:
                    out[source].append((2 * node + end, lag))
        standing = self.standing
        self.out_of_finish = [tuple(ties) for ties in out[1::2]]
        self.out_of_start = [
            tuple(ties) if ties and standing[node] == OPEN else ()
            for node, ties in enumerate(out[0::2])
        ]

    def _sort(self) -> None:
        """Find an order, and the cycles that stand in its way."""
        self.cycles = self.loops = ()
        self.order = order = _sorted(self.successors, self.standing)
        if len(order) + self.standing.count(DROPPED) == len(self.ids):
            return
        binding = self._binding()
        self.order = order = _sorted(binding, self.standing)
        stuck = set(range(len(self.ids))).difference(order)
        inner = {
            node: [after for after in binding[node] if after in stuck]
            for node in stuck
            if self.standing[node] != DROPPED
        }
        if inner:
            self._name_cycles(inner)

    def _binding(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.ids]
        for node in range(len(self.ids)):
            for source, _ in self.into_start[node] + self.into_finish[node]:
                found[source >> 1].append(node)
        return found

    def _name_cycles(self, successors: Mapping[int, list[int]]) -> None:
        named: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        for component in components(successors):
            start = min(component, key=self.ids.__getitem__)
            ring = tuple(self.ids[node] for node in loop(component, successors, start))
            rest = sorted({self.ids[node] for node in component}.difference(ring))
            named.append(((*ring, *rest), ring))
            for id in (*ring, *rest):
                self.left_out[id] = f"cycle: {' → '.join((*ring, ring[0]))}"
        named.sort()
        self.cycles = tuple(members for members, _ in named)
        self.loops = tuple(ring for _, ring in named)
        for node in successors:
            self.left_out.setdefault(self.ids[node], "waits for a cycle")

    def _following(self, roadmap: Roadmap, invalid: Invalid) -> Network | None:
        """This network for a roadmap whose links are all the same; None where they are not."""
        initiatives = tuple(roadmap.initiatives.values())
        if tuple(roadmap.initiatives) != self.ids or roadmap_week(roadmap) != self.week:
            return None
        now = {id: keys for (kind, id), keys in invalid.items() if kind == "initiatives"}
        if now != self.invalid:
            return None
        for old, new in zip(self.initiatives, initiatives, strict=True):
            if old is not new and not _same_links(old, new):
                return None
        twin = Network.__new__(Network)
        twin.__dict__.update(self.__dict__)
        twin.initiatives = initiatives
        return twin


def _same_links(old: Initiative, new: Initiative) -> bool:
    """Whether an edit of one initiative leaves the network as it was."""
    return _facts(old) == _facts(new) and old.needs == new.needs


def _facts(one: Initiative) -> tuple[bool, bool, bool, bool]:
    status = one.status
    return (
        status == "dropped",
        status == "done",
        one.actual_start is None,
        one.actual_finish is None,
    )


def _sorted(successors: Sequence[Sequence[int]], standing: Sequence[int]) -> list[int]:
    """A topological order of what is not dropped; without cycles and what comes after them."""
    waits = [0] * len(successors)
    for follow in successors:
        for node in follow:
            waits[node] += 1
    order = [node for node, count in enumerate(waits) if not count and standing[node] != DROPPED]
    for node in order:
        for after in successors[node]:
            waits[after] -= 1
            if not waits[after]:
                order.append(after)
    return order


def handovers(roadmap: Roadmap, network: Network) -> tuple[Link, ...]:
    """The links between two different portfolios, neither of them joint, in file order."""
    sides = {id: roadmap.portfolio_of(one) for id, one in roadmap.initiatives.items()}
    found = []
    for id, side in sides.items():
        if side is None or side == JOINT:
            continue
        for link in network.links_into(id):
            other = sides[link.pred]
            if other is not None and other not in (JOINT, side):
                found.append(link)
    return tuple(found)
