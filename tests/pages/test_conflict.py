"""A conflict in full: what hangs on the initiative that it is about."""

from __future__ import annotations

from datetime import date

import networkx as nx

from planner.analysis.network import hanging
from planner.pages.canvas import cells
from planner.pages.conflict import Shown, finding_page
from planner.pages.lines import plain
from planner.plan.offers import Offers, all_offers
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


def test_each_fix_is_one_line_with_what_it_wins_and_whose_agreement_it_needs() -> None:
    plan = Session.open(ROADMAPS / "acme-2027", today=date(2027, 3, 22)).plan
    finding = next(one for one in plan.findings if one.code == "DATE01")
    offers = all_offers(plan, finding)
    assert len(offers.found) >= 5
    for width in (54, 76, 96, 116, 156, 196):
        for marked in range(len(offers.found)):
            page = finding_page(plan, finding, offers, "r.toml:1", width, Shown(marked))
            lines = [*plain(page.lines)]
            assert all(first == last for first, last in page.places)
            assert max(map(cells, lines)) <= width
            assert all(word in " ".join(lines) for word in offers.found[marked].fix.title.split())
            heads = next(line for line in lines if line.startswith("     fix "))
            assert {"wins", "finish", "agreement"} <= {*heads.split()}
            assert ("delay cost" in heads) is (width >= 96)
            wins = heads.index("wins") + 4
            for one, (at, _) in zip(offers.found, page.places, strict=True):
                if one.fix.wins and "gives up scope" not in lines[at]:
                    assert lines[at][:wins].endswith(f" {one.fix.wins}d")


def test_where_no_fix_can_be_marked_titles_are_whole() -> None:
    plan = Session.open(ROADMAPS / "acme-2027", today=date(2027, 3, 22)).plan
    finding = next(one for one in plan.findings if one.code == "DATE01")
    offers = all_offers(plan, finding)
    lines = [*plain(finding_page(plan, finding, offers, "r.toml:1", 80, Shown()).lines)]
    assert "…" not in "".join(lines)
    assert "delay cost" in next(line for line in lines if "wins" in line)
    assert all(word in " ".join(lines) for one in offers.found for word in one.fix.title.split())
