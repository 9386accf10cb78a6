"""Dates that an independent scheduler computed (tests/oracle), reproduced exactly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.roadmap.entities import Calendar, Initiative, Roadmap, Settings
from planner.roadmap.quantities import Estimate, Length, Need
from planner.schedule.compute import Schedule
from tests.schedule.making import dates, run

ORACLE = Path(__file__).parents[1] / "oracle"
ORIGINAL = Path(__file__).parents[3] / "shared" / "oracle"

NETWORKS: list[dict[str, Any]] = json.loads((ORACLE / "networks.json").read_text())
JOINT: dict[str, Any] = json.loads((ORACLE / "joint-2027.json").read_text())


def roadmap_of(
    start: str, holidays: Iterable[str], tasks: Iterable[Mapping[str, Any]], links: Iterable[Any]
) -> Roadmap:
    """A roadmap with the oracle's tasks and links (predecessor, successor, type, lag)."""
    needs: dict[str, list[Need]] = {}
    for pred, succ, type, lag in links:
        length = Length(lag, "d") if lag else None
        needs.setdefault(succ, []).append(Need(on=pred, type=type, lag=length))
    days_off = {date.fromisoformat(day): "holiday" for day in holidays}
    first = date.fromisoformat(start)
    return Roadmap(
        settings=Settings(start=first, status_date=first),
        calendars={"standard": Calendar(id="standard", holidays=days_off)},
        initiatives={task["id"]: _initiative(task, needs.get(task["id"], [])) for task in tasks},
    )


def _initiative(task: Mapping[str, Any], needs: Iterable[Need]) -> Initiative:
    deadline = task.get("deadline")
    return Initiative(
        id=task["id"],
        estimate=Estimate(Length(task["duration"], "d")),
        needs=tuple(needs),
        deadline=date.fromisoformat(deadline) if deadline else None,
    )


# --- networks -------------------------------------------------------------------------------------


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network["id"])
def test_network(network: dict[str, Any]) -> None:
    roadmap = roadmap_of(network["start"], network["holidays"], network["tasks"], network["links"])
    schedule = run(roadmap)
    assert numbers(schedule) == {task.pop("id"): task for task in map(dict, network["tasks"])}


def numbers(schedule: Schedule) -> dict[str, dict[str, int | None]]:
    """Half-open working-day numbers from the roadmap's start, as the oracle has them."""
    calendar, boundaries = schedule.calendars.roadmap, schedule.boundaries
    first = calendar.number(schedule.as_of.toordinal())
    found = {}
    for node, id in enumerate(schedule.network.ids):
        length = schedule.work.length[node]
        early_finish = calendar.number(boundaries.ends[2 * node + 1]) - first
        late_finish = calendar.number(boundaries.latest[node]) - first
        found[id] = {
            "duration": length,
            "early_start": calendar.number(boundaries.ends[2 * node]) - first,
            "early_finish": early_finish,
            "late_start": late_finish - length,
            "late_finish": late_finish,
            "total_float": dates(schedule, id).total_float,
        }
    return found


# --- the joint roadmap ----------------------------------------------------------------------------


def joint(extend: str | None = None, by: int = 0) -> Schedule:
    """The joint roadmap, with one initiative taking `by` days longer."""
    tasks = [
        {**task, "duration": task["duration"] + (by if task["id"] == extend else 0)}
        for task in JOINT["initiatives"]
    ]
    links = [(on, task["id"], type, lag) for task in tasks for on, type, lag in task["needs"]]
    return run(roadmap_of(JOINT["start"], JOINT["holidays"], tasks, links))


@pytest.mark.parametrize("expected", JOINT["initiatives"], ids=lambda task: task["id"])
def test_joint_initiative(expected: dict[str, Any]) -> None:
    found = dates(joint(), expected["id"])
    keys = ("start", "finish", "total_float", "free_float")
    assert {
        "start": found.start.isoformat(),
        "finish": found.finish.isoformat(),
        "total_float": found.total_float,
        "free_float": found.free_float,
    } == {key: expected[key] for key in keys}


def test_joint_finish_and_path() -> None:
    schedule = joint()
    assert schedule.finish == date.fromisoformat(JOINT["finish"])
    assert list(schedule.critical_path) == JOINT["critical_path"]
    assert schedule.main_launch == "peak-readiness"


def test_joint_deadline_is_missed_by_five_days() -> None:
    found = dates(joint(), "peak-readiness")
    assert found.late_finish == date(2027, 10, 8)
    assert found.total_float == -5


@pytest.mark.parametrize("case", JOINT["what_if"], ids=lambda c: f"{c['extend']}+{c['by']}")
def test_joint_what_if(case: dict[str, Any]) -> None:
    assert joint(case["extend"], case["by"]).finish == date.fromisoformat(case["finish"])


# --- the copies -----------------------------------------------------------------------------------


@pytest.mark.skipif(not ORIGINAL.is_dir(), reason="the oracle's originals are not beside this repo")
@pytest.mark.parametrize("name", ["networks.json", "joint-2027.json"])
def test_the_copies_are_the_originals(name: str) -> None:
    assert (ORACLE / name).read_bytes() == (ORIGINAL / name).read_bytes()
