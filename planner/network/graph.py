"""Dependency graph of a roadmap: integer arrays for the schedule, ids for other callers.

A node is an initiative, numbered by its place in file order. Each node has two ends: ``2 * node``
is its start and ``2 * node + 1`` its finish, so that the four link types are one thing, a lag from
an end to an end. Two links between one pair are normal.

- Dropped initiatives are not in the graph. All others are, and so are links into finished work,
  which do not bind but keep the order.
- A link **binds** when the schedule has to keep it: its predecessor has dates, and its successor
  has dates that can still move.
- A cycle consists of binding links; its members and their successors can't be scheduled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from planner.calendars.working import roadmap_week
from planner.network.order import in_order
from planner.network.walks import reached
from planner.roadmap.entities import Initiative, Roadmap
from planner.roadmap.fields import unscheduled_key
from planner.roadmap.quantities import LinkType, Need, length_days
from planner.roadmap.sides import JOINT, crosses

Ties = tuple[tuple[int, int], ...]
"""The binding links onto one end of a node: from which end, and the lag in working days."""

Invalid = Mapping[tuple[str, str], Collection[str]]
"""Keys of a table (by kind and id) that could not be read and count as absent."""

OPEN, STARTED, FINISHED, UNREADABLE, DROPPED = range(5)
"""How an initiative stands, by its facts: `OPEN` has not started."""

SHOWN = 12
"""So many members of a ring are named where it is shown."""

ENDS: dict[LinkType, tuple[int, int]] = {"FS": (1, 0), "SS": (0, 0), "FF": (1, 1), "SF": (0, 1)}
"""From which end to which: 0 is a start, 1 a finish."""


class Link(Struct, frozen=True, gc=False):
    """`succ` waits for `pred`."""

    pred: str
    succ: str
    type: LinkType
    need: Need


class Network:
    """The graph of one roadmap. Immutable; `Network.of` makes it.

    `into_start[j]` and `into_finish[j]` are the binding links onto the ends of node j: from which
    end, and the lag in days of the roadmap's calendar. `sequence` is a topological order for them,
    without `stuck`: the members of cycles and what waits for them.
    """

    def __init__(self, roadmap: Roadmap, invalid: Invalid) -> None:
        initiatives = roadmap.initiatives
        self.ids = tuple(initiatives)
        self.index = {id: node for node, id in enumerate(self.ids)}
        self.initiatives = tuple(initiatives.values())
        self.week = roadmap_week(roadmap)
        self.invalid = {id: keys for (kind, id), keys in invalid.items() if kind == "initiatives"}
        self.standing = [self._stands(one) for one in self.initiatives]
        self.into_start: list[Ties] = [()] * len(self.ids)
        self.into_finish: list[Ties] = [()] * len(self.ids)
        for node in range(len(self.ids)):
            self._link(node)
        self.sequence, self.stuck = self._sorted()

    @classmethod
    def of(
        cls, roadmap: Roadmap, invalid: Invalid | None = None, previous: Network | None = None
    ) -> Network:
        """The network of a roadmap; of `previous` what no edit since has touched is kept.

        100 edits of 1,000 initiatives end at 63 MB, else at 122, since undo keeps them (goal: 80).
        """
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

    def ancestors(self, *ids: str, most: int | None = None) -> set[str]:
        """Everything before any of these, at any distance; of more than `most` the nearest."""
        return self._reached(ids, self.predecessors, most)

    def descendants(self, *ids: str, most: int | None = None) -> set[str]:
        """Everything after any of these, at any distance; of more than `most` the nearest."""
        return self._reached(ids, self.successors, most)

    @cached_property
    def predecessors(self) -> list[list[int]]:
        """For each node the nodes it waits for, once for each link, binding or not."""
        index, standing = self.index, self.standing
        found: list[list[int]] = [[] for _ in self.ids]
        for node, initiative in enumerate(self.initiatives):
            if standing[node] != DROPPED:
                preds = (index.get(need.on) for need in initiative.needs)
                found[node] = [p for p in preds if p is not None and standing[p] != DROPPED]
        return found

    @cached_property
    def successors(self) -> list[list[int]]:
        """For each node the nodes that wait for it, once for each link, binding or not."""
        found: list[list[int]] = [[] for _ in self.ids]
        for node, predecessors in enumerate(self.predecessors):
            for predecessor in predecessors:
                found[predecessor].append(node)
        return found

    @cached_property
    def order(self) -> list[int]:
        """Every node after all before it, binding or not; what is on or after cycles comes last."""
        order = in_order(self.successors)
        return order + sorted(set(range(len(self.ids))).difference(order))

    @cached_property
    def out_of(self) -> list[Sequence[tuple[int, int]]]:
        """For each end of a node the binding links from it: onto which end, and the lag."""
        found: list[Sequence[tuple[int, int]]] = [()] * (2 * len(self.ids))
        for end, into in ((0, self.into_start), (1, self.into_finish)):
            for node, ties in enumerate(into):
                for source, lag in ties:
                    onto = (2 * node + end, lag)
                    out = found[source]
                    if isinstance(out, list):
                        out.append(onto)
                    else:
                        found[source] = [onto]
        return found

    def binding(self, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
        """(predecessor, successor) of the binding links between any of these, in file order."""
        nodes = {self.index[id] for id in ids if id in self.index}
        for node in sorted(nodes):
            for source, _ in (*self.into_start[node], *self.into_finish[node]):
                if source >> 1 in nodes:
                    yield self.ids[source >> 1], self.ids[node]

    # --- what can't be scheduled ------------------------------------------------------------------

    @cached_property
    def left_out(self) -> dict[str, str]:
        """Why an initiative can't be scheduled, by id."""
        found = {self.ids[node]: "waits for a cycle" for node in self.stuck}
        for members, ring in self._named:
            found.update(dict.fromkeys(members, f"cycle: {circle(ring)}"))
        for id, standing in zip(self.ids, self.standing, strict=True):
            if standing == DROPPED:
                found[id] = "dropped"
            if standing == UNREADABLE:
                found[id] = f"unreadable {unscheduled_key(self.invalid[id])}"
        return found

    @property
    def cycles(self) -> tuple[tuple[str, ...], ...]:
        """The members of each cycle: its ring, then whatever else is knotted to it."""
        return tuple(members for members, _ in self._named)

    @property
    def loops(self) -> tuple[tuple[str, ...], ...]:
        """A shortest ring of each cycle, in the direction of its links."""
        return tuple(ring for _, ring in self._named)

    @cached_property
    def _named(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """The members and the ring of each cycle. Where there is one, it takes networkx."""
        if not self.stuck:
            return []
        from planner.network.cycles import knots, shortest_ring

        found = []
        for knot in knots(self.binding(self.ids[node] for node in self.stuck)):
            ring = shortest_ring(knot)
            found.append(((*ring, *sorted(knot.nodes - set(ring))), ring))
        return sorted(found)

    def _links(self, node: int) -> Iterable[Link]:
        succ = self.ids[node]
        for need in self.initiatives[node].needs:
            pred = self.index.get(need.on)
            if pred is not None and self.standing[pred] != DROPPED:
                yield Link(need.on, succ, need.type, need)

    def _reached(
        self, ids: Iterable[str], neighbours: Sequence[Sequence[int]], most: int | None
    ) -> set[str]:
        """Ids at any distance; one of `ids` itself only where another leads to it, or a cycle."""
        nodes = (self.index[id] for id in ids if id in self.index)
        direct = (other for node in nodes for other in neighbours[node])
        return {self.ids[node] for node in reached(direct, neighbours.__getitem__, most)}

    # --- building ---------------------------------------------------------------------------------

    def _stands(self, initiative: Initiative) -> int:
        status = initiative.status
        if status == "dropped":
            return DROPPED
        if self.invalid and unscheduled_key(self.invalid.get(initiative.id, ())):
            return UNREADABLE
        if status == "done" or initiative.actual_finish is not None:
            return FINISHED
        return OPEN if initiative.actual_start is None else STARTED

    def _link(self, node: int) -> None:
        """Fill in the binding links into a node."""
        index, standing = self.index, self.standing
        into: tuple[Ties, Ties] = ((), ())
        if standing[node] < FINISHED:
            for need in self.initiatives[node].needs:
                pred = index.get(need.on)
                if pred is not None and standing[pred] < UNREADABLE:
                    lag = 0 if need.lag is None else length_days(need.lag, self.week)
                    end, onto = ENDS[need.type]
                    tie = ((2 * pred + end, lag),)
                    into = (into[0], into[1] + tie) if onto else (into[0] + tie, into[1])
        self.into_start[node], self.into_finish[node] = into

    def _sorted(self) -> tuple[list[int], frozenset[int]]:
        """A topological order of what can be scheduled, and what cycles leave out of it."""
        order = in_order(self._binding_successors())
        stuck = frozenset(range(len(self.ids))).difference(order)
        if max(self.standing, default=OPEN) >= UNREADABLE:
            order = [node for node in order if self.standing[node] < UNREADABLE]
        return order, stuck

    def _binding_successors(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.ids]
        for into in (self.into_start, self.into_finish):
            for node, ties in enumerate(into):
                for source, _ in ties:
                    found[source >> 1].append(node)
        return found

    # --- after an edit ----------------------------------------------------------------------------

    def _following(self, roadmap: Roadmap, invalid: Invalid) -> Network | None:
        """This network with the links of a few initiatives changed; None where it takes more."""
        now = {id: keys for (kind, id), keys in invalid.items() if kind == "initiatives"}
        known = (self.ids, self.week, self.invalid)
        if (tuple(roadmap.initiatives), roadmap_week(roadmap), now) != known:
            return None
        twin = Network.__new__(Network)
        twin.__dict__.update(self.__dict__)
        twin.initiatives = tuple(roadmap.initiatives.values())
        linked = []
        pairs = zip(self.initiatives, twin.initiatives, strict=True)
        for node, (old, new) in enumerate(pairs):
            if old is not new:
                if _facts(old) != _facts(new):
                    return None
                if old.needs != new.needs:
                    linked.append(node)
        return twin._relinked(linked) if linked else twin

    def _relinked(self, nodes: Iterable[int]) -> Network | None:
        """A fresh copy, with the links into some nodes read again; None where there are cycles."""
        if self.stuck:
            return None
        for name in ("predecessors", "successors", "order", "out_of", "left_out", "_named"):
            self.__dict__.pop(name, None)
        self.into_start, self.into_finish = self.into_start.copy(), self.into_finish.copy()
        for node in nodes:
            self._link(node)
        place = {node: place for place, node in enumerate(self.sequence)}
        for node in nodes:
            for source, _ in self.into_start[node] + self.into_finish[node]:
                if place[source >> 1] >= place[node]:
                    self.sequence, self.stuck = self._sorted()
                    return self
        return self


def circle(ring: tuple[str, ...]) -> str:
    """``a → b → a``; of a long ring the first members, since each member says it."""
    hidden = len(ring) - SHOWN
    shown = (*ring[:SHOWN], f"… {hidden} more …") if hidden > 0 else ring
    return " → ".join((*shown, ring[0]))


def _facts(one: Initiative) -> tuple[bool, bool, bool, bool]:
    """What decides how an initiative stands."""
    status = one.status
    return (
        status == "dropped",
        status == "done",
        one.actual_start is None,
        one.actual_finish is None,
    )


def handovers(roadmap: Roadmap, network: Network) -> tuple[Link, ...]:
    """The links that cross from one side to another, in file order."""
    ends = {id: roadmap.end_of(one) for id, one in roadmap.initiatives.items()}
    return tuple(
        link
        for id, end in ends.items()
        if end is not None and end != JOINT
        for link in network.links_into(id)
        if crosses(ends[link.pred], end)
    )
