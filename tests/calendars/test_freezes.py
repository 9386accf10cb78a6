"""Freezes as windows of days."""

from __future__ import annotations

from datetime import date

from planner.calendars.freezes import windows
from planner.roadmap.entities import Freeze, Initiative, Roadmap

FIRST, LAST = date(2027, 10, 25), date(2028, 1, 7)
PEAK = Freeze(id="peak", start=FIRST, end=LAST, systems=("cms", "esp"), exempt=("hotfix",))


def test_both_days_are_inside() -> None:
    (window,) = windows(Roadmap(freezes={"peak": PEAK}))
    assert FIRST in window
    assert LAST in window
    assert date(2028, 1, 8) not in window


def test_a_freeze_without_both_days_or_turned_round_is_no_window() -> None:
    freezes = (
        Freeze(id="a", start=FIRST),
        Freeze(id="b", end=LAST),
        Freeze(id="c", start=LAST, end=FIRST),
    )
    assert windows(Roadmap(freezes={one.id: one for one in freezes})) == ()


def test_it_stops_changes_of_its_systems_and_of_all_if_it_names_none() -> None:
    (window,) = windows(Roadmap(freezes={"peak": PEAK}))
    assert window.stops(Initiative(id="a", changes=("cms", "pim"))) == ("cms",)
    assert window.stops(Initiative(id="hotfix", changes=("cms",))) == ()
    (every,) = windows(Roadmap(freezes={"x": Freeze(id="x", start=FIRST, end=FIRST)}))
    assert every.stops(Initiative(id="a", changes=("pim",))) == ("pim",)
