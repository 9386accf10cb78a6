"""A conflict in full: what hangs on the initiative that it is about."""

from __future__ import annotations

from datetime import date

import networkx as nx

from planner.analysis.network import hanging
from planner.pages.conflict import Shown, finding_page
from planner.pages.lines import plain
from planner.plan.offers import Offers
from planner.session.session import Session
from tests.cli.conftest import ROADMAPS


def test_a_conflict_says_how_much_hangs_on_what_it_is_about() -> None:
    plan = Session.open(ROADMAPS / "acme-2027", today=date(2027, 3, 22)).plan
    graph = plan.graph.initiatives
    found = {one.id: one for one in plan.findings if one.kind == "initiatives" and one.id in graph}
    assert "customer-sso" in found
    for id, finding in found.items():
        known = hanging(plan, id)
        page = finding_page(plan, finding, Offers(complete=True), "it.toml", 200, Shown(), known)
        told = [line for line in plain(page.lines) if f"after {id}: " in line]
        later = nx.descendants(graph, id)
        assert len(told) == bool(later)
        for line in told:
            assert f" {len(later)} initiative" in line
            launches = later.intersection(plan.schedule.launches)
            assert (f"{len(launches)} launch" in line) is bool(launches)
            assert ("delay cost €" in line) is bool(known.delay_cost)
    without = finding_page(plan, finding, Offers(complete=True), "it.toml", 200, Shown())
    assert not any(f"after {finding.id}: " in line for line in plain(without.lines))
