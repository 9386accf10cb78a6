"""The dependency graph: neighbours, cycles, hand-overs, and what an edit leaves as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.network.graph import Network, handovers
from planner.roadmap.entities import Initiative, Roadmap, TeamEntity
from planner.roadmap.quantities import Need, parse_need
from tests.schedule.making import edited, march, roadmap, work


def network(*initiatives: Initiative) -> Network:
    """The network of a few initiatives."""
    return Network.of(roadmap(*initiatives))


DIAMOND = (
    work("a", "1d"),
    work("b", "1d", "a"),
    work("c", "1d", "a SS+1d"),
    work("d", "1d", "b", "c FF", "c"),
    work("e", "1d"),
)


class TestNeighbours:
    def test_links_into(self) -> None:
        links = network(*DIAMOND).links_into("d")
        assert [(link.pred, link.succ, link.type) for link in links] == [
            ("b", "d", "FS"),
            ("c", "d", "FF"),
            ("c", "d", "FS"),
        ]

    def test_links_out_of(self) -> None:
        links = network(*DIAMOND).links_out_of("c")
        assert [(link.succ, link.type) for link in links] == [("d", "FF"), ("d", "FS")]

    def test_unknown_ids(self) -> None:
        graph = network(work("a", "1d", "nothing"))
        assert graph.links_into("nothing") == graph.links_out_of("nothing") == ()
        assert graph.links_into("a") == ()
        assert graph.ancestors("nothing") == graph.descendants("nothing") == set()

    def test_any_distance(self) -> None:
        graph = network(*DIAMOND)
        assert graph.ancestors("d") == {"a", "b", "c"}
        assert graph.descendants("a") == {"b", "c", "d"}

    def test_dropped_work_joins_nothing(self) -> None:
        graph = network(
            work("a", "1d"), work("b", "1d", "a", status="dropped"), work("c", "1d", "b")
        )
        assert graph.ancestors("c") == graph.descendants("a") == set()
        assert graph.links_into("b") == graph.links_into("c") == ()

    def test_finished_work_still_joins(self) -> None:
        graph = network(work("a", "1d"), work("b", "1d", "a", status="done"), work("c", "1d", "b"))
        assert graph.ancestors("c") == {"a", "b"}
        assert [link.pred for link in graph.links_into("b")] == ["a"]

    def test_order_is_topological(self) -> None:
        graph = network(*reversed(DIAMOND))
        place = {graph.ids[node]: at for at, node in enumerate(graph.order)}
        assert place["a"] < min(place["b"], place["c"])
        assert place["d"] > max(place["b"], place["c"])


class TestCycles:
    def test_members_in_the_order_of_their_links(self) -> None:
        graph = network(work("b", "1d", "c"), work("a", "1d", "b"), work("c", "1d", "a"))
        assert graph.cycles == (("a", "c", "b"),)

    def test_one_for_each_component(self) -> None:
        graph = network(
            work("a", "1d", "b"),
            work("b", "1d", "a"),
            work("x", "1d", "y", "a"),
            work("y", "1d", "x"),
            work("self", "1d", "self"),
        )
        assert graph.cycles == (("a", "b"), ("self",), ("x", "y"))

    def test_a_knot_is_one_with_a_ring_to_show(self) -> None:
        graph = network(
            work("a", "1d", "b", "d"),
            work("b", "1d", "a"),
            work("c", "1d", "b"),
            work("d", "1d", "c"),
        )
        assert graph.cycles == (("a", "b", "c", "d"),)
        assert graph.loops == (("a", "b"),)

    def test_links_into_what_is_finished_or_dropped_close_none(self) -> None:
        for keys in ({"status": "done"}, {"status": "dropped"}, {"actual_finish": march(1)}):
            assert network(work("a", "1d", "b", **keys), work("b", "1d", "a")).cycles == ()

    def test_a_long_one(self) -> None:
        ring = [work(f"w{n}", "1d", f"w{(n + 1) % 5000}") for n in range(5000)]
        assert len(network(*ring).cycles[0]) == 5000

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14))
    def test_what_is_left_can_be_put_in_order(self, links: list[tuple[int, int]]) -> None:
        needs = {n: [parse_need(f"w{a}") for a, b in links if b == n] for n in range(8)}
        graph = network(*(Initiative(id=f"w{n}", needs=tuple(needs[n])) for n in range(8)))
        place = {node: at for at, node in enumerate(graph.sequence)}
        assert len(place) + len(graph.left_out) == 8
        for before, after in links:
            if after in place:
                assert place[before] < place[after]


class TestHandovers:
    plan = roadmap(
        work("seg", "1d", portfolio="marketing"),
        work("api", "1d", "seg", owner="platform"),
        work("web", "1d", "api", portfolio="marketing"),
        work("joint", "1d", "api", "web", portfolio="joint"),
        work("nobody", "1d", "api"),
        work("gone", "1d", "api", portfolio="marketing", status="dropped"),
        teams=[TeamEntity(id="platform", portfolio="it")],
    )

    def test_join_two_sides_neither_of_them_joint(self) -> None:
        found = handovers(self.plan, Network.of(self.plan))
        assert [(link.pred, link.succ) for link in found] == [("seg", "api"), ("api", "web")]


class TestAfterAnEdit:
    plan = roadmap(*DIAMOND)

    @pytest.mark.parametrize(
        ("id", "keys"),
        [
            ("a", {"title": "A"}),
            ("d", {"needs": ()}),
            ("a", {"needs": (Need(on="e"),)}),
            ("b", {"needs": (Need(on="c"),)}),
            ("a", {"needs": (Need(on="d"),)}),
            ("a", {"needs": (Need(on="a"),)}),
            ("b", {"status": "dropped"}),
            ("b", {"status": "done"}),
            ("b", {"actual_start": march(1)}),
            ("b", {"actual_finish": march(1)}),
        ],
    )
    def test_it_is_what_it_would_have_been(self, id: str, keys: dict[str, Any]) -> None:
        before = Network.of(self.plan)
        same(
            Network.of(edited(self.plan, id, **keys), previous=before),
            edited(self.plan, id, **keys),
        )
        same(before, self.plan)

    def test_a_cycle_that_is_opened_again_is_gone(self) -> None:
        closed = edited(self.plan, "a", needs=(Need(on="d"),))
        knot = Network.of(closed, previous=Network.of(self.plan))
        assert knot.cycles
        same(Network.of(self.plan, previous=knot), self.plan)

    def test_what_no_link_depends_on_is_shared(self) -> None:
        before = Network.of(self.plan)
        after = Network.of(edited(self.plan, "a", title="A"), previous=before)
        assert after.sequence is before.sequence
        assert after.initiatives[0].title == "A"

    def test_other_ids_and_other_unreadable_keys_make_it_anew(self) -> None:
        before = Network.of(self.plan)
        more = roadmap(*DIAMOND, work("f", "1d", "a"))
        same(Network.of(more, previous=before), more)
        invalid = {("initiatives", "b"): {"estimate"}}
        assert Network.of(self.plan, invalid, previous=before).left_out == {
            "b": "unreadable estimate"
        }


def same(found: Network, plan: Roadmap) -> None:
    """Assert that a network is the one made from scratch, apart from the choice among orders."""
    fresh = Network.of(plan)
    assert found.initiatives == fresh.initiatives
    assert (found.into_start, found.into_finish) == (fresh.into_start, fresh.into_finish)
    assert (found.cycles, found.loops, found.left_out) == (
        fresh.cycles,
        fresh.loops,
        fresh.left_out,
    )
    assert (found.successors, found.out_of) == (fresh.successors, fresh.out_of)
    assert sorted(found.sequence) == sorted(fresh.sequence)
    place = {node: at for at, node in enumerate(found.sequence)}
    for node in found.sequence:
        for source, _ in found.into_start[node] + found.into_finish[node]:
            assert place[source >> 1] < place[node]
