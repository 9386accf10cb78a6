"""`planner demo`: a copy of the sample with a past of its own, made from the sample."""

from __future__ import annotations

import os
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from planner.analysis.history import history_of
from planner.analysis.revisions import plan_at
from planner.cli.demo import copy_sample
from planner.files.looked import last_look
from planner.plan.model import Clock, Plan
from planner.session.demo import ME
from tests.git.clones import Clone

SAMPLE = Path(__file__).resolve().parents[2] / "roadmaps" / "acme-2027"


@pytest.fixture(name="copy", scope="module")
def _copy() -> Clone:
    return Clone(copy_sample())


def _commits(copy: Clone) -> list[str]:
    return copy.git("rev-list", "--reverse", "HEAD").split()


def _plan(copy: Clone, commit: str) -> Plan:
    return plan_at(copy.top, commit, Clock(date(2027, 3, 22)))


def test_the_last_commit_is_the_sample_as_it_stands(copy: Clone) -> None:
    assert copy.git("status", "--porcelain") == ""
    for file in SAMPLE.iterdir():
        assert (copy.top / file.name).read_bytes() == file.read_bytes()


def test_about_twenty_commits_by_both_sides(copy: Clone) -> None:
    authors = copy.git("log", "--format=%an").splitlines()
    assert 18 <= len(authors) <= 25
    people = _plan(copy, "HEAD").roadmap.people.values()
    sides = {_plan(copy, "HEAD").roadmap.side_of_party(each.id) for each in people}
    wrote = {each.name: each.id for each in people}
    roadmap = _plan(copy, "HEAD").roadmap
    assert {roadmap.side_of_party(wrote[author]) for author in authors} >= {"marketing", "it"}
    assert sides >= {"marketing", "it"}


def test_each_state_is_a_roadmap_that_knows_nothing_of_later_days(copy: Clone) -> None:
    for commit in _commits(copy):
        plan = _plan(copy, commit)
        unreadable = [each for each in plan.report.findings if each.code in ("READ01", "PLAN02")]
        assert not unreadable, commit
        assert plan.as_of == date.fromisoformat(copy.git("show", "-s", "--format=%as", commit)[:10])
        later = [each for each in plan.report.findings if each.code in ("DATE04",)]
        assert not later, (commit, later)


def test_the_main_launch_has_moved_and_moves_are_those_that_are_told(copy: Clone) -> None:
    finishes = []
    for commit in _commits(copy):
        dates = _plan(copy, commit).schedule.get("peak-readiness")
        assert dates is not None
        finishes.append(dates.finish)
    assert finishes[0] == date(2027, 9, 17)
    assert finishes[-1] == date(2027, 10, 15)
    assert max(finishes) > finishes[-1]  # a launch that was once later still


def test_the_person_at_the_keys_has_looked_before(copy: Clone) -> None:
    look = last_look(copy.top, ME)
    assert look is not None
    assert look.commit in _commits(copy)[:-1]
    assert look.launches["peak-readiness"] != date(2027, 10, 15)  # it has moved since


def test_the_record_reports_by_the_days_of_the_joint_review(copy: Clone) -> None:
    meetings = history_of(copy.top, _plan(copy, "HEAD")).meetings
    assert (meetings[0], meetings[-1]) == (date(2026, 12, 3), date(2027, 3, 11))
    assert {(later - day).days for day, later in pairwise(meetings)} == {14}


def test_the_same_history_each_time(copy: Clone) -> None:
    assert _commits(Clone(copy_sample())) == _commits(copy)


def test_without_git_it_is_a_copy_without_a_history(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    copy = copy_sample()
    assert (copy / "roadmap.toml").is_file()
    assert not (copy / ".git").exists()
    assert "no history" in capsys.readouterr().err
