"""The plan's networkx graph says of every initiative and link what schedule and handovers say."""

from __future__ import annotations

import random
from itertools import groupby

import pytest

from planner.plan.model import Plan
from planner.text.edits import SetKey
from tests.query.plans import plan

LINKS = ("", "", " SS+2d", " FF", " SF-1d", " +3d")
STATUSES = ("planned", "planned", "planned", "active", "done", "dropped", "proposed")
ANSWERS = ("asked = 2027-02-01", "agreed = 2027-02-02", "declined = 2027-02-03", "delivers = 'it'")
SEEDS = pytest.mark.parametrize("seed", range(20))


def drawn(seed: int, size: int = 12) -> Plan:
    """A plan with links of all four types, handovers, and work in every status."""
    draw = random.Random(seed)
    text = ["[roadmap]\nstart = 2027-03-01\n"]
    for number in range(size):
        others = [draw.randrange(number) for _ in range(draw.randint(0, 3))] if number else []
        needs = ", ".join(
            f'{{ on = "w{on}", {draw.choice(ANSWERS)} }}'
            if draw.random() < 0.5
            else f'"w{on}{draw.choice(LINKS)}"'
            for on in others
        )
        text.append(
            f"[initiatives.w{number}]\n"
            f'estimate = "{draw.randint(0, 9)}d"\n'
            f'portfolio = "{draw.choice(("marketing", "it", "joint"))}"\n'
            f'status = "{draw.choice(STATUSES)}"\n'
            f"needs = [{needs}]\n"
        )
    return plan("\n".join(text))


def undropped(of: Plan) -> list[str]:
    return [one.id for one in of.roadmap.initiatives.values() if one.status != "dropped"]


@SEEDS
def test_initiatives_have_their_side_and_days(seed: int) -> None:
    made = drawn(seed)
    assert list(made.graph.initiatives) == undropped(made)
    for id, facts in made.graph.initiatives.nodes.items():
        one, days = made.roadmap.initiatives[id], made.schedule.span(id)
        assert (facts["side"], facts["kind"], facts["status"]) == (
            one.portfolio,
            one.effective_kind,
            one.status,
        )
        assert (facts["start"], facts["finish"]) == (days or (None, None))
        start, finish = (made.graph.events.nodes[id, end] for end in ("start", "finish"))
        assert (start["day"], finish["day"]) == (facts["start"], facts["finish"])
        assert start["side"] == finish["side"] == one.portfolio


@SEEDS
def test_an_event_edge_is_one_link(seed: int) -> None:
    made = drawn(seed)
    first = {"F": "finish", "S": "start"}
    expected = sorted(
        ((link.on, first[link.type[0]]), (id, first[link.type[1]]), link.lag, link.slack or 0)
        for id in undropped(made)
        for link in made.schedule.links_into(id)
        if link.on in undropped(made)
    )
    edges = [edge for edge in made.graph.events.edges(data=True) if edge[2]["type"] != "work"]
    assert expected == sorted((*ends, one["lag"], one["slack"] or 0) for *ends, one in edges)
    assert len(made.graph.events.edges) == len(expected) + len(undropped(made))


@SEEDS
def test_the_links_of_a_pair_are_one_edge_with_the_least_slack(seed: int) -> None:
    made = drawn(seed)
    links = [
        link
        for id in undropped(made)
        for link in made.schedule.links_into(id)
        if link.on in undropped(made)
    ]
    links.sort(key=lambda link: (link.on, link.succ))
    edges = made.graph.initiatives.edges
    pairs = {pair: list(found) for pair, found in groupby(links, lambda one: (one.on, one.succ))}
    assert set(edges) == set(pairs)
    for pair, found in pairs.items():
        slacks = [link.slack for link in found if link.slack is not None]
        assert edges[pair]["slack"] == min(slacks, default=None)
        assert edges[pair]["drives"] == any(link.driving for link in found)


def test_a_handover_says_how_far_it_is_agreed() -> None:
    made = plan(
        """
        [initiatives.api]
        portfolio = "it"
        [initiatives.sign-in]
        portfolio = "it"
        needs = ["api"]
        [initiatives.push]
        portfolio = "marketing"
        needs = ["api SS", { on = "api", type = "FF", agreed = 2027-02-03 }]
        [initiatives.mail]
        portfolio = "marketing"
        needs = ["sign-in"]
        """
    )
    stands = {
        pair: (edge["handover"], edge["state"])
        for *pair, edge in made.graph.initiatives.edges(data=True)
        for pair in [tuple(pair)]
    }
    assert stands == {
        ("api", "sign-in"): (False, None),
        ("api", "push"): (True, "agreed"),
        ("sign-in", "mail"): (True, "not asked"),
    }
    states = [edge["state"] for *_, edge in made.graph.events.edges(data=True) if "state" in edge]
    assert sorted(map(str, states)) == ["None", "agreed", "agreed", "not asked"]


def test_it_is_kept_with_its_plan_and_made_anew_for_the_next() -> None:
    before = drawn(1)
    graph = before.graph
    assert before.graph is graph
    assert graph.initiatives is graph.initiatives
    after = before.with_edit(SetKey("initiatives", "w0", ("estimate",), "30d"))
    finish = after.schedule.span("w0")
    assert finish is not None
    assert after.graph.initiatives.nodes["w0"]["finish"] == finish[1]
    assert before.graph is graph
