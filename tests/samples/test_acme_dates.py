"""The sample's dates are those of an independent scheduler, and progress moves none of them."""

from __future__ import annotations

from math import ceil
from typing import Any

import pytest

from planner.roadmap.quantities import length_days
from planner.session.session import Session
from planner.text.edits import SetKey
from tests.samples.samples import (
    ORACLE,
    REVIEW,
    THE_29,
    acme,
    acme_tables,
    day,
    initiatives_of,
    without_progress,
)


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return without_progress(tmp_path_factory.mktemp("acme"))


@pytest.mark.parametrize("id", THE_29)
def test_an_initiative_is_the_oracles(first_day: Session, id: str) -> None:
    said, roadmap = THE_29[id], first_day.plan.roadmap
    dates = first_day.plan.schedule.get(id)
    assert dates is not None
    assert roadmap.initiatives[id].title == said["title"]
    assert roadmap.portfolio_of(roadmap.initiatives[id]) == said["portfolio"]
    assert (dates.start, dates.finish) == (day(said["start"]), day(said["finish"]))
    assert (dates.duration, dates.total_float, dates.free_float) == (
        said["duration"],
        said["total_float"],
        said["free_float"],
    )


def test_the_links_among_the_29_are_the_oracles(first_day: Session) -> None:
    assert {id: links_of(first_day, id) for id in THE_29} == {
        id: sorted((on, type, lag) for on, type, lag in said["needs"])
        for id, said in THE_29.items()
    }


def links_of(session: Session, id: str) -> list[tuple[str, str, int]]:
    needs = session.plan.roadmap.initiatives[id].needs
    return sorted(
        (need.on, need.type, length_days(need.lag, 5) if need.lag else 0)
        for need in needs
        if need.on in THE_29
    )


def test_the_path_is_the_oracles_with_what_marketing_adds(first_day: Session) -> None:
    schedule = first_day.plan.schedule
    assert schedule.finish == day(ORACLE["finish"])
    assert [id for id in schedule.critical_path if id in THE_29] == ORACLE["critical_path"]
    assert set(schedule.critical_path) - THE_29.keys() == {"segment-definitions"}


@pytest.mark.parametrize(
    "what_if", ORACLE["what_if"], ids=lambda one: f"{one['extend']}+{one['by']}"
)
def test_a_what_if_is_the_oracles(first_day: Session, what_if: dict[str, Any]) -> None:
    id = what_if["extend"]
    longer = f"{THE_29[id]['duration'] + what_if['by']}d"
    preview = first_day.preview(SetKey("initiatives", id, ("estimate",), longer))
    assert preview.plan.schedule.finish == day(what_if["finish"])


def test_progress_moves_no_date(first_day: Session) -> None:
    before, now = first_day.plan.schedule, acme().plan.schedule
    assert acme().plan.as_of == REVIEW
    for id in acme().plan.roadmap.initiatives:
        planned, today = before.get(id), now.get(id)
        if planned is None or today is None:
            assert planned is today is None
            continue
        assert (id, today.start, today.finish) == (id, planned.start, planned.finish)


def test_what_has_started_says_so_and_what_is_done_is_done() -> None:
    roadmap, schedule = acme().plan.roadmap, acme().plan.schedule
    for initiative in roadmap.initiatives.values():
        dates = schedule.get(initiative.id)
        if dates is not None:
            assert (initiative.status == "active") == (dates.started and not dates.finished)
            assert (initiative.status == "done") == dates.finished


def test_the_middle_of_each_estimate_is_the_oracles_and_ends_are_apart() -> None:
    for id, table in initiatives_of(acme_tables()).items():
        written = table.get("estimate")
        if id in THE_29 and written is not None:
            likely = written if isinstance(written, str) else written[1]
            assert days_of(likely) == THE_29[id]["duration"]
        if isinstance(written, list):
            low, middle, high = map(days_of, written)
            assert low < middle < high


def days_of(length: str) -> int:
    return ceil(float(length[:-1]) * {"d": 1, "w": 5}[length[-1]])
