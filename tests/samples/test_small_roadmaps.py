"""What somebody writes in five minutes gets no finding that isn't true."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from planner.conflicts.findings import Finding
from planner.session.session import Session
from tests.samples.samples import MINIMAL, THE_29, stripped

MONDAY = date(2026, 11, 23)
FOUR_KEYS = {"estimate", "needs", "deadline"}
FAMILIES = ("PLAN", "DATE", "FREEZE")


@pytest.fixture(scope="module")
def five_minutes(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return stripped(tmp_path_factory.mktemp("stripped"))


def said(findings: Iterable[Finding]) -> list[str]:
    return [one.fingerprint for one in findings]


def test_minimal_is_ids_estimates_needs_and_one_deadline() -> None:
    file = tomllib.loads(MINIMAL.read_text("utf-8"))
    assert list(file) == ["initiatives"]
    assert 8 <= len(file["initiatives"]) <= 12
    assert {key for one in file["initiatives"].values() for key in one} == FOUR_KEYS
    assert sum("deadline" in one for one in file["initiatives"].values()) == 1


def test_minimal_is_late_and_says_nothing_else() -> None:
    plan = Session.open(MINIMAL, as_of=MONDAY).plan
    assert said(plan.findings) == ["DATE01:spring-campaign"]
    assert "5 working days late" in plan.findings[0].message
    chain = ["customer-api", "loyalty-sign-up", "welcome-journey"]
    assert plan.findings[0].data["chain"][:3] == chain


def test_minimal_is_silent_when_there_is_time() -> None:
    assert not Session.open(MINIMAL, as_of=date(2026, 11, 9)).plan.findings


def test_the_29_with_four_keys_are_in_time(five_minutes: Session) -> None:
    """Without holidays the five days that are missing are there; nothing else is known to ask."""
    plan = five_minutes.plan
    assert plan.roadmap.initiatives.keys() == THE_29.keys()
    assert plan.schedule.finish == date(2027, 10, 8)
    assert not said(plan.findings)


def test_two_weeks_later_the_29_are_late_by_what_has_passed(five_minutes: Session) -> None:
    late = Session.open(five_minutes.path, as_of=date(2027, 3, 15)).plan
    assert said(late.findings) == ["DATE01:peak-readiness"]
    assert "10 working days late" in late.findings[0].message


@pytest.mark.parametrize("as_of", [MONDAY, date(2027, 3, 1), date(2027, 9, 1)])
def test_only_the_plan_and_its_dates_are_spoken_of(five_minutes: Session, as_of: date) -> None:
    for path in (MINIMAL, five_minutes.path):
        assert isinstance(path, Path)
        for one in Session.open(path, as_of=as_of).plan.findings:
            assert one.code.startswith(FAMILIES), one.message
