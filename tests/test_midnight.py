"""A session that is left open over midnight has the new day, and undo leads to no older one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.entry.status import state
from planner.session.session import Session
from planner.text.edits import SetKey
from tests.tui.looking import looking

MONDAY, TUESDAY, FRIDAY = date(2027, 3, 15), date(2027, 3, 16), date(2027, 3, 26)
PLAN = """\
[initiatives.a]
estimate = "2w"
[initiatives.b]
estimate = "1w"
needs = ["a"]
deadline = 2027-04-02
"""
LONGER = SetKey("initiatives", "a", ("estimate",), "3w")


class Calendar:
    """Which day it is."""

    def __init__(self) -> None:
        self.day = MONDAY

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def today() -> Calendar:
    return Calendar()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "plan.toml"
    file.write_text(PLAN, encoding="utf-8")
    return file


@pytest.fixture
def session(path: Path, today: Calendar) -> Session:
    return Session.open(path, today=today)


def finish(session: Session, id: str) -> date:
    dates = session.plan.schedule.get(id)
    assert dates is not None
    return dates.finish


def test_the_plan_is_made_again_on_the_new_day(session: Session, today: Calendar) -> None:
    told: list[date] = []
    session.history.subscribe(lambda _, plan: told.append(plan.as_of))
    assert not session.new_day()
    assert finish(session, "b") == date(2027, 4, 2)
    today.day = TUESDAY
    assert session.new_day()
    assert (session.plan.as_of, told) == (TUESDAY, [TUESDAY])
    assert finish(session, "b") == date(2027, 4, 5)
    assert [one.code for one in session.plan.findings] == ["DATE01"]
    assert not session.new_day()
    assert not session.unsaved


def test_a_status_states_the_new_day(session: Session, today: Calendar) -> None:
    today.day = TUESDAY
    session.new_day()
    stated = state(session.plan.tables["initiatives"]["a"], "a", "active", session.plan.as_of)
    assert stated.edit is not None
    session.apply(stated.edit)
    assert session.plan.tables["initiatives"]["a"]["actual_start"] == TUESDAY


def test_what_is_undone_or_made_again_is_planned_today(session: Session, today: Calendar) -> None:
    session.apply(LONGER)
    today.day = TUESDAY
    session.new_day()
    session.history.undo()
    assert (session.plan.as_of, finish(session, "b")) == (TUESDAY, date(2027, 4, 5))
    today.day = date(2027, 3, 17)
    session.new_day()
    session.history.redo()
    assert (session.plan.as_of, finish(session, "b")) == (date(2027, 3, 17), date(2027, 4, 13))


def test_what_others_write_is_planned_today(session: Session, path: Path, today: Calendar) -> None:
    session.apply(LONGER)
    today.day = TUESDAY
    session.new_day()
    path.write_text(PLAN.replace('"1w"', '"2w"'), encoding="utf-8")
    session.merge_external()
    assert session.plan.as_of == TUESDAY
    session.history.undo()
    assert (session.plan.as_of, finish(session, "b")) == (TUESDAY, date(2027, 4, 12))


def test_a_plan_of_yesterday_is_not_taken_for_todays(session: Session, today: Calendar) -> None:
    yesterday = session.plan
    today.day = TUESDAY
    session.new_day()
    session.use_evidence(yesterday.evidence, yesterday)
    assert session.plan.as_of == TUESDAY


def test_a_status_date_holds_whatever_day_it_is(path: Path, today: Calendar) -> None:
    path.write_text(f"[roadmap]\nstatus_date = {MONDAY}\n{PLAN}", encoding="utf-8")
    session = Session.open(path, today=today)
    today.day = FRIDAY
    assert not session.new_day()
    assert session.plan.as_of == MONDAY
    today.day = date(2027, 4, 15)
    session.new_day()
    assert "DATE07" in {one.code for one in session.plan.findings}, "its age is told all the same"


def test_a_day_that_was_asked_for_holds(path: Path, today: Calendar) -> None:
    session = Session.open(path, MONDAY, today)
    today.day = FRIDAY
    assert not session.new_day()
    assert (session.plan.as_of, session.plan.clock.day) == (MONDAY, MONDAY)


async def test_the_first_key_after_midnight_has_the_new_day(
    session: Session, today: Calendar
) -> None:
    async with looking(session) as board:
        await board.press("g", "g", "j")
        assert board.app.desk.selected == ("initiatives", "a")
        today.day = TUESDAY
        await board.press("s", "down", "enter")
        await board.rest()
    assert session.plan.tables["initiatives"]["a"]["actual_start"] == TUESDAY


async def test_the_screen_follows_by_itself_and_says_so(session: Session, today: Calendar) -> None:
    async with looking(session) as board:
        today.day = TUESDAY
        board.app.look_round()
        await board.rest()
        assert session.plan.as_of == TUESDAY
        assert "16 Mar" in board.text
        assert "rescheduled" in board.text


async def test_nobody_who_is_deciding_is_interrupted(session: Session, today: Calendar) -> None:
    async with looking(session) as board:
        await board.press("j", "j", "e")
        today.day = TUESDAY
        board.app.look_round()
        assert session.plan.as_of == MONDAY
        await board.press("escape")
        board.app.look_round()
        assert session.plan.as_of == TUESDAY
