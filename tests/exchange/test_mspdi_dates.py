"""MPXJ, reading our Microsoft Project XML, computes our dates.

Its scheduler does what Microsoft Project does: no floor at the status date, lags in the successor's
calendar, constraints that break links, as late as possible by total float. What carries our dates
all the same is tried on the samples, on random roadmaps with everything in them, on the generator
of the benchmarks, and on the oracle's networks. No kind of date is left that differs; of floats,
the kinds are listed below.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from planner.exchange.mspdi import rows
from planner.files.workspace import Workspace
from planner.plan.model import Clock, Plan, plan_of
from planner.roadmap.entities import Roadmap
from tests.benchmarks.roadmaps import roadmap_text
from tests.exchange.plans import plan_of as plan_of_tables
from tests.exchange.plans import tables_of, whole
from tests.long import examples
from tests.mspdi.java import Mpxj
from tests.schedule.generated import roadmaps
from tests.schedule.making import MONDAY
from tests.schedule.test_oracle import NETWORKS, roadmap_of

ROADMAPS = Path(__file__).resolve().parents[2] / "roadmaps"
CASES = Path(__file__).resolve().parents[1] / "cases"
TODAY = date(2027, 3, 22)

SAMPLES = [ROADMAPS / "acme-2027", ROADMAPS / "minimal.toml", *sorted(CASES.glob("*.toml"))]

EVERYTHING = roadmaps(set_dates=True, progress=True, ideas=True, late=True)

LAG_BEFORE_A_MILESTONE = {
    ("s45", "t3"), ("s95", "t3"), ("s101", "t1"), ("s101", "t2"), ("s144", "t1"), ("s145", "t3"),
}  # fmt: skip
"""Floats of the oracle that are a day longer here: a lag leads to a milestone (or to what leads to
one) that shows on the day that opens, and Microsoft takes its late day's closing for that opening.
"""


class Computed:
    """A plan, and what MPXJ makes of its file."""

    def __init__(self, plan: Plan, mpxj: Mpxj, folder: Path) -> None:
        self.plan = plan
        file = folder / "plan.xml"
        file.write_bytes(whole(plan))
        self._tasks = mpxj.schedule(file)
        written = enumerate(rows(plan, list(plan.roadmap.initiatives)), 1)
        self._ids = {number: row.id for number, row in written if row.kind == "initiatives"}

    def _each(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for uid, id in self._ids.items():
            if self.plan.schedule.span(id) is not None:
                yield id, self._tasks[uid]

    def other_dates(self) -> list[tuple[str, Any, Any]]:
        """Initiatives that MPXJ gives other days."""
        both = ((id, self.plan.schedule.span(id), _days(task)) for id, task in self._each())
        return [each for each in both if each[1] != each[2]]

    def other_floats(self) -> set[str]:
        """Unfinished initiatives that it gives another float."""
        found = ((self.plan.schedule.get(id), task["slack"]) for id, task in self._each())
        return {d.id for d, slack in found if d is not None and d.total_float not in (None, slack)}


def _days(task: dict[str, Any]) -> tuple[date, date]:
    return date.fromisoformat(task["start"][:10]), date.fromisoformat(task["finish"][:10])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_and_cases(path: Path, mpxj: Mpxj, tmp_path: Path) -> None:
    computed = Computed(plan_of(Workspace.open(path), Clock(TODAY)), mpxj, tmp_path)
    assert computed.other_dates() == []


@pytest.mark.parametrize("name", ["acme-2027", "minimal.toml"])
def test_floats_of_the_samples(name: str, mpxj: Mpxj, tmp_path: Path) -> None:
    computed = Computed(plan_of(Workspace.open(ROADMAPS / name), Clock(TODAY)), mpxj, tmp_path)
    assert computed.other_floats() == set()


@settings(max_examples=examples(30, 200), suppress_health_check=list(HealthCheck))
@given(EVERYTHING)
def test_random_roadmaps(mpxj: Mpxj, tmp_path: Path, roadmap: Roadmap) -> None:
    """Three calendars, all links, set dates, progress, ideas, as late as possible."""
    plan = plan_of_tables(tables_of(roadmap), MONDAY + timedelta(days=3))
    assert Computed(plan, mpxj, tmp_path).other_dates() == []


@settings(max_examples=examples(20, 100), suppress_health_check=list(HealthCheck))
@given(roadmaps(mixed=False))
def test_random_roadmaps_on_one_calendar(mpxj: Mpxj, tmp_path: Path, roadmap: Roadmap) -> None:
    plan = plan_of_tables(tables_of(roadmap), MONDAY)
    assert Computed(plan, mpxj, tmp_path).other_dates() == []


@pytest.mark.parametrize("seed", range(3))
def test_generated_roadmaps(seed: int, mpxj: Mpxj, tmp_path: Path) -> None:
    data = tomllib.loads(roadmap_text(200, seed))
    tables = {kind: {"": of} if kind == "roadmap" else of for kind, of in data.items()}
    computed = Computed(plan_of_tables(tables, MONDAY), mpxj, tmp_path)
    assert computed.other_dates() == []
    assert computed.other_floats() == set()


def test_networks_of_the_oracle(mpxj: Mpxj, tmp_path: Path) -> None:
    """150 networks, 2,154 tasks: every date; every float but for the kind above."""
    floats = set()
    for network in NETWORKS:
        made = roadmap_of(network["start"], network["holidays"], network["tasks"], network["links"])
        plan = plan_of_tables(tables_of(made), date.fromisoformat(network["start"]))
        computed = Computed(plan, mpxj, tmp_path)
        assert computed.other_dates() == [], network["id"]
        floats |= {(network["id"], id) for id in computed.other_floats()}
    assert floats == LAG_BEFORE_A_MILESTONE
