"""Out to Microsoft Project XML and in again: the same plan."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.analysis.importing import Incoming
from planner.exchange.importing.arriving import arriving
from planner.exchange.importing.mspdi import read_mspdi
from planner.exchange.importing.target import importing_to
from planner.files.workspace import Workspace
from planner.network.graph import Network
from planner.plan.model import Clock, Plan, plan_of
from planner.roadmap.entities import Roadmap
from planner.roadmap.quantities import length_days
from tests.exchange.plans import plan_of as plan_of_tables
from tests.exchange.plans import tables_of, whole
from tests.exchange.test_mspdi_dates import EVERYTHING, ROADMAPS, SAMPLES, TODAY
from tests.long import examples
from tests.schedule.generated import roadmaps
from tests.schedule.making import MONDAY


def incoming(plan: Plan, folder: Path) -> Incoming:
    """What a plan's file says."""
    file = folder / "out.xml"
    file.write_bytes(whole(plan))
    return read_mspdi(file)


def in_again(plan: Plan, folder: Path) -> Plan:
    """The plan that a plan's file says."""
    found = incoming(plan, folder)
    tables = {
        kind: {id: dict(keys) for id, keys in of.items()} for kind, of in found.tables.items()
    }
    for link in found.links:
        needs = tables["initiatives"][link.successor].setdefault("needs", [])
        needs.append({"on": link.predecessor, "type": link.type, "lag": link.lag or "0d"})
    return plan_of_tables(tables, plan.clock.today)


def arrived(plan: Plan, folder: Path) -> Plan:
    """The plan that an import of a plan's file makes where there was none."""
    importing = importing_to(incoming(plan, folder), folder / "none", None)
    return arriving(importing).plan.with_clock(plan.clock)


def dates(plan: Plan) -> dict[str, Any]:
    """Days and floats of all that has dates."""
    found = {}
    for id in plan.roadmap.initiatives:
        one = plan.schedule.get(id)
        if one is not None:
            found[id] = (one.start, one.finish, one.total_float, one.free_float, one.critical)
    return found


def links(plan: Plan) -> dict[str, list[tuple[str, str, int]]]:
    """The links of everything, with lags in days."""
    network: Network = plan.network
    return {
        one.id: [
            (need.on, need.type, length_days(need.lag, network.week) if need.lag else 0)
            for need in one.needs
        ]
        for one in plan.roadmap.initiatives.values()
    }


def assert_same(plan: Plan, again: Plan) -> None:
    assert dates(again) == dates(plan)
    assert links(again) == links(plan)
    assert again.as_of == plan.as_of


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_and_cases(path: Path, tmp_path: Path) -> None:
    plan = plan_of(Workspace.open(path), Clock(TODAY))
    assert_same(plan, arrived(plan, tmp_path))


def test_the_sample_is_what_it_was(tmp_path: Path) -> None:
    """Every key that the file has a place for, and nothing told that is not so."""
    plan = plan_of(Workspace.open(ROADMAPS / "acme-2027"), Clock(TODAY))
    found = incoming(plan, tmp_path)
    assert (found.losses, found.notes) == ((), ())
    again = arrived(plan, tmp_path)
    keys = ("title", "kind", "part_of", "status", "priority", "notes", "owner", "staff", "estimate",
            "calendar", "actual_start", "actual_finish", "percent_complete", "remaining",
            "start_no_earlier_than", "start_no_later_than", "deadline", "announced")  # fmt: skip
    for id, one in plan.roadmap.initiatives.items():
        other = again.roadmap.initiatives[id]
        assert {key: getattr(other, key) for key in keys} == {k: getattr(one, k) for k in keys}
        assert again.roadmap.portfolio_of(other) == plan.roadmap.portfolio_of(one)
    for id, team in plan.roadmap.teams.items():
        assert again.roadmap.teams[id].capacity == team.capacity
        assert again.roadmap.teams[id].calendar == team.calendar
    assert again.roadmap.settings == plan.roadmap.settings


@settings(max_examples=examples(40, 200), suppress_health_check=list(HealthCheck))
@given(EVERYTHING)
def test_random_roadmaps(tmp_path_factory: pytest.TempPathFactory, roadmap: Roadmap) -> None:
    plan = plan_of_tables(tables_of(roadmap), MONDAY + timedelta(days=3))
    assert_same(plan, in_again(plan, tmp_path_factory.mktemp("again")))


@settings(max_examples=examples(15, 50), suppress_health_check=list(HealthCheck))
@given(roadmaps(mixed=False))
def test_a_second_time_changes_no_byte(
    tmp_path_factory: pytest.TempPathFactory, roadmap: Roadmap
) -> None:
    """What came in goes out as it did."""
    plan = plan_of_tables(tables_of(roadmap), MONDAY)
    again = in_again(plan, tmp_path_factory.mktemp("again"))
    assert dates(in_again(again, tmp_path_factory.mktemp("third"))) == dates(plan)


@settings(max_examples=examples(60, 200))
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_any_title(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    """Whatever a title has, the file is XML, and the title comes back, unless XML can't hold it."""
    tables = {"initiatives": {"a": {"title": title, "estimate": "5d", "notes": title}}}
    plan = plan_of_tables(tables, date(2027, 3, 1))
    found = incoming(plan, tmp_path_factory.mktemp("title"))
    if all(char.isprintable() for char in title) and title.strip() == title:
        assert found.tables["initiatives"]["a"].get("title", "a") == title
        assert found.tables["initiatives"]["a"]["notes"] == title
