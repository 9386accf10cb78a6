"""Under which headings initiatives stand, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import UsageError
from planner.plan.model import Plan
from planner.query.arrangement import (
    GROUPINGS,
    headings,
    in_order,
    in_sort,
    saved,
    side_of,
    title,
)
from planner.query.columns import SORTS
from planner.query.filters import compile_filter
from planner.roadmap.entities import Grouping
from planner.session.session import Session
from tests.query.plans import plan as plan_of

TEXT = """
[roadmap]
start = 2027-03-01
[teams.web]
portfolio = "it"
[people.ana]
name = "Ana"
team = "web"
[groups.a]
part_of = "b"
[groups.b]
part_of = "a"
[initiatives.z]
owner = "nobody-known"
estimate = "2w"
priority = 2
[initiatives.y]
owner = "ana"
part_of = "a"
estimate = "1w"
[initiatives.x]
estimate = "3w"
priority = 1
[views.x]
"""


@pytest.fixture
def plan() -> Plan:
    return plan_of(TEXT)


def order(plan: Plan, sort: str) -> str:
    return " ".join(initiative.id for initiative in in_sort(plan, sort))


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_every_initiative_stands_somewhere_under_a_heading_with_a_title(
    plan: Plan, grouping: Grouping
) -> None:
    over = headings(plan.roadmap, grouping)
    for initiative in plan.roadmap.initiatives.values():
        assert over(initiative)
        for under in over(initiative):
            assert all(title(plan.roadmap, each) for each in under)
            assert bool(under) is (grouping != "none")
            assert all(side_of(plan.roadmap, each) in (None, "", "it") for each in under[:1])


def test_a_loop_of_groups_is_cut(plan: Plan) -> None:
    over = headings(plan.roadmap, "group")
    assert over(plan.roadmap.initiatives["y"]) == [(("groups", "b"), ("groups", "a"))]


def test_what_has_no_owner_comes_last_and_whom_the_file_does_not_know_before_it(
    plan: Plan,
) -> None:
    over = headings(plan.roadmap, "owner")
    all = {under[0] for each in plan.roadmap.initiatives.values() for under in over(each)}
    assert in_order(plan.roadmap, "owner", sorted(all)) == [
        ("people", "ana"), ("teams", "nobody-known"), ("teams", ""),
    ]  # fmt: skip
    assert side_of(plan.roadmap, ("people", "ana")) == "it"


def test_the_files_order_unless_a_key_is_sorted_by(plan: Plan) -> None:
    assert order(plan, "") == "z y x"
    assert order(plan, "finish") == "y z x"
    assert order(plan, "-finish") == "x z y"
    assert order(plan, "title") == "x y z"


def test_what_lacks_the_value_comes_last_either_way(plan: Plan) -> None:
    assert order(plan, "priority") == "x z y"
    assert order(plan, "-priority") == "z x y"


@pytest.mark.parametrize("sort", SORTS)
def test_a_sort_loses_nothing(plan: Plan, sort: str) -> None:
    assert sorted(order(plan, sort).split()) == ["x", "y", "z"]


def test_a_view_that_says_nothing_is_the_usual_board(plan: Plan) -> None:
    assert saved(plan, "x").usual
    with pytest.raises(UsageError, match="no saved view `w`"):
        saved(plan, "w")


def test_a_query_that_cannot_be_read_names_its_key_and_what_is_meant() -> None:
    plan = plan_of(f'{TEXT}query = "flaot<5"\n')
    with pytest.raises(UsageError) as refused:
        saved(plan, "x")
    assert refused.value.key == "views.x.query"
    assert "float<5" in str(refused.value)
    assert saved(plan_of(f'{TEXT}query = "@me"\n'), "x").query == "@me"


def test_the_views_that_the_sample_saves_show_something() -> None:
    plan = Session.open(Path(__file__).resolve().parents[2] / "roadmaps" / "acme-2027").plan
    assert plan.roadmap.views
    for id in plan.roadmap.views:
        wanted = compile_filter(saved(plan, id).query, plan)
        assert wanted.error is None
        assert wanted.ids


def test_work_stands_under_each_stage_of_the_customer_journey() -> None:
    roadmap = plan_of(
        """
[initiatives.site]
journey = ["buy", "discover"]
[initiatives.mail]
journey = ["discover"]
[initiatives.server]
"""
    ).roadmap
    over = headings(roadmap, "journey")
    found = {one.id: [under[0][1] for under in over(one)] for one in roadmap.initiatives.values()}
    assert found == {"site": ["buy", "discover"], "mail": ["discover"], "server": [""]}
    stages = [("journeys", id) for id in ("", "discover", "buy")]
    assert [id for _, id in in_order(roadmap, "journey", stages)] == ["buy", "discover", ""]
