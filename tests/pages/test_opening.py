"""What the board says on opening, as lines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.analysis.opening import opening_of
from planner.pages.lines import plain
from planner.pages.opening import opening_lines
from planner.session.session import Session

ACME = Path(__file__).parents[2] / "roadmaps" / "acme-2027"


def due(day: date) -> str:
    """The line on what is due, in its longest form, on a status date."""
    plan = Session.open(ACME, today=day).plan.at(day)
    told = {one.topic: one for one in opening_lines(plan, opening_of(plan, None, day, {}))}
    return next(iter(plain(told["due"].ways[:1])))


def test_a_meeting_whose_day_has_passed_is_told_as_not_closed() -> None:
    assert due(date(2027, 3, 22)).startswith("before Joint roadmap review, Thu 25 Mar: ")
    assert due(date(2027, 3, 26)).startswith("Joint roadmap review of Thu 25 Mar is not closed: ")
