"""What a change does, worked out by hand on a small roadmap."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.plan.impact import Consequence
from planner.plan.impact_line import fit, joined, line_of, parts_of
from planner.session.session import Session
from planner.text.edits import AddTable, Edit, Edits, RemoveTable, SetKey

TEXT = """\
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
currency = "EUR"
[outcomes.sales]
value = 261000
[outcomes.trust]
[initiatives.api]
portfolio = "it"
estimate = "2w"
[initiatives.launch]
title = "Spring launch for all"
portfolio = "marketing"
kind = "campaign"
estimate = "1w"
needs = ["api"]
deadline = 2027-03-19
outcomes = ["sales", "trust"]
"""
"""api runs 1 Mar to 12 Mar, the launch 15 to 19 Mar; 2027 has 261 days from Monday to Friday, so a
working day costs 1,000."""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    path = tmp_path / "plan.toml"
    path.write_text(TEXT, encoding="utf-8")
    return Session.open(path)


def longer_api(estimate: str) -> Edit:
    return SetKey("initiatives", "api", ("estimate",), estimate)


def after(session: Session, edit: Edit) -> Consequence:
    return session.preview(edit).consequence


def test_what_has_no_room_in_the_line_goes_as_a_whole_the_last_first(session: Session) -> None:
    parts = [*parts_of(after(session, longer_api("13d")))]
    said = [joined(fit(parts, width)) for width in (43, 42, 24, 5)]
    where = "Spring launch 24 Mar +3d"
    assert said == [f"{where} · 3d late · new ✗1", f"{where} · 3d late", where, where]


def test_a_slip_moves_the_launch_costs_money_and_misses_the_deadline(session: Session) -> None:
    found = after(session, longer_api("13d"))
    assert found.slip is not None
    assert found.short is not None
    assert (found.target, found.slip.working, found.short.working) == ("launch", 3, 3)
    assert found.before_finish == date(2027, 3, 19)
    assert found.after_finish == date(2027, 3, 24)
    assert found.cost == pytest.approx(3000)
    assert [(moved.id, moved.days) for moved in found.moved] == [("api", 3), ("launch", 3)]
    assert [moved.id for moved in found.launches_moved] == ["launch"]
    assert [change.code for change in found.changes.of("new")] == ["DATE01"]
    assert (
        line_of(found)
        == "Spring launch 24 Mar +3d · 3d late · delay cost +€3k · 1 launch moves · errors: 1 new"
    )


def test_a_gain_saves_money(session: Session) -> None:
    found = after(session, longer_api("8d"))
    assert line_of(found) == "Spring launch 17 Mar −2d · delay cost −€2k · 1 launch moves"


def test_what_changes_no_date_says_so(session: Session) -> None:
    found = after(session, SetKey("initiatives", "api", ("title",), "The API"))
    assert found.nothing
    assert line_of(found) == "Spring launch 19 Mar unchanged"


SEVEN = """\
[roadmap]
start = 2027-01-04
status_date = 2027-01-04
[calendars.seven]
workdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
[initiatives.shoot]
estimate = "5d"
calendar = "seven"
[initiatives.wrap]
kind = "milestone"
needs = ["shoot"]
deadline = 2027-01-08
"""


def test_a_slip_over_a_weekend_is_a_slip_though_no_working_day_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SEVEN, encoding="utf-8")
    found = after(Session.open(path), SetKey("initiatives", "shoot", ("estimate",), "7d"))
    assert found.slip is not None
    assert found.short is not None
    assert (found.slip.working, found.slip.calendar) == (0, 2)
    assert (found.short.working, found.short.calendar) == (0, 2)
    moves = [(move.id, move.days, move.calendar_days) for move in found.launches_moved]
    assert moves == [("wrap", 0, 2)]
    assert [change.code for change in found.changes.of("new")] == ["DATE01"]
    first, late, *_ = parts_of(found)
    assert "unchanged" not in first.text
    assert (first.role, late.role) == ("bad", "bad")


def test_something_new_is_not_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    path.write_text("[roadmap]\nstart = 2027-03-01\nstatus_date = 2027-03-01\n", encoding="utf-8")
    found = after(Session.open(path), AddTable("initiatives", "hello", {"estimate": "1w"}))
    assert line_of(found) == "hello 5 Mar is new"


def test_of_many_that_are_told_as_one_none_is_new_when_fewer_are_left(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    bare = "".join(f'[initiatives.w{number}]\nneeds = ["w0"]\n' for number in range(1, 7))
    path.write_text(f'[initiatives.w0]\nestimate = "1w"\n{bare}', encoding="utf-8")
    names = ("w1", "w2", "w3")
    estimated = Edits(tuple(SetKey("initiatives", id, ("estimate",), "1w") for id in names))
    consequence = Session.open(path).preview(estimated).consequence
    assert [one.fingerprint for one in consequence.before.findings] == ["PLAN07:*"]
    assert [one.id for one in consequence.after.findings] == ["w4", "w5", "w6"]
    assert [change.outcome for change in consequence.changes.all] == ["better"]
    assert line_of(consequence).endswith("better: 1 warning, now 3 warnings")


def test_one_error_more_is_bad_although_a_warning_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(
        "[roadmap]\nstart = 2027-03-01\n[initiatives.api]\n[initiatives.copy]\n"
        '[initiatives.launch]\nestimate = "1w"\nneeds = ["api", "copy"]\ndeadline = 2027-04-02\n',
        encoding="utf-8",
    )
    estimated = Edits((longer_api("8w"), SetKey("initiatives", "copy", ("estimate",), "1w")))
    parts = parts_of(Session.open(path, date(2027, 3, 1)).preview(estimated).consequence)
    told = [(part.text, part.role) for part in parts if "▲" in part.text or "✗" in part.text]
    assert told == [("clears ▲2", "good"), ("new ✗1", "bad")]


def test_without_values_there_is_no_money(session: Session) -> None:
    session.apply(RemoveTable("outcomes", "sales"))
    assert after(session, longer_api("13d")).cost is None


def test_undo_brings_everything_back(session: Session) -> None:
    before = session.plan
    session.apply(longer_api("13d"), "longer")
    assert (session.history.undo_label, session.unsaved) == ("longer", True)
    session.history.undo()
    assert session.plan is before
    assert not session.unsaved
    assert session.history.redo() == "longer"
    assert session.plan.schedule.finish == date(2027, 3, 24)
