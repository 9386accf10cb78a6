"""The load of teams: what runs on a day, and when it is more than there are people for."""

from __future__ import annotations

import tomllib
from datetime import date

from planner.calendars.working import Calendars
from planner.network.graph import Network
from planner.roadmap.reading import read
from planner.schedule.capacity import Load, Overload, loads, overloads
from planner.schedule.compute import compute

MONDAY = date(2027, 3, 1)


def march(day: int) -> date:
    """A day of March 2027; the 1st is a Monday."""
    return date(2027, 3, day)


def load(text: str, team: str = "web") -> Load:
    """The load of one team in a roadmap, as of Monday 1 March 2027."""
    reading = read({"plan.toml": tomllib.loads(text)})
    roadmap = reading.roadmap
    network = Network.of(roadmap, reading.invalid)
    schedule = compute(roadmap, network, Calendars.of(roadmap), MONDAY)
    return loads(roadmap, schedule, [team]).get(team, Load(team, (), ()))


def over(of: Load, capacity: float, *, ignored: float = 0, holidays: str = "") -> list[Overload]:
    """The overloads of a load on a Monday to Friday calendar."""
    calendar = Calendars.of(read({"plan.toml": tomllib.loads(holidays)}).roadmap).roadmap
    return overloads(of, ((date.min, capacity),), calendar, MONDAY, ignored=ignored)


TWO = """
[initiatives.a]
owner = "web"
estimate = "2w"
[initiatives.b]
owner = "web"
estimate = "1w"
staff = { web = 2, data = 1 }
start_no_earlier_than = 2027-03-08
"""


def test_a_day_is_the_sum_of_the_staff_of_what_runs() -> None:
    found = load(TWO)
    assert [found.on(march(day)) for day in (1, 5, 8, 12, 15)] == [1, 1, 3, 3, 0]
    assert load(TWO, "data").on(march(9)) == 1
    assert found.running(march(9), march(9)) == ("a", "b")
    assert found.on(date(2027, 2, 1)) == 0


def test_work_without_staff_takes_one_of_its_owners_team() -> None:
    person = '[people.ana]\nteam = "web"\n[initiatives.a]\nowner = "ana"\nestimate = "1w"'
    assert load(person).on(march(3)) == 1
    assert not load('[initiatives.a]\nestimate = "1w"').steps


def test_milestones_and_dropped_work_take_nobody() -> None:
    text = '[initiatives.a]\nowner = "web"\nestimate = "0d"\n[initiatives.b]\nowner = "web"\n'
    assert not load(text + 'status = "dropped"\nestimate = "4w"').steps


def test_half_a_person_is_half_of_ones_time() -> None:
    halves = TWO.replace("web = 2", "web = 0.5")
    assert load(halves).on(march(9)) == 1.5


def test_an_overload_is_a_run_of_working_days_with_both_ends() -> None:
    assert over(load(TWO), 2) == [Overload("web", march(8), march(12), 5, 3, 2)]
    assert not over(load(TWO), 3)


def test_a_weekend_or_a_holiday_ends_no_run_and_counts_for_none() -> None:
    apart = TWO.replace('"2w"', '"1w"').replace("03-08", "03-05").replace('"1w"', '"5d"')
    (run,) = over(load(apart), 0.5)
    assert (run.first, run.last, run.days, run.most) == (march(1), march(11), 9, 3)
    off = "[roadmap]\ncalendar = 'c'\n[calendars.c]\n[calendars.c.holidays]\n2027-03-10 = 'x'"
    (run,) = over(load(TWO), 2, holidays=off)
    assert run.days == 4


def test_a_working_day_with_enough_people_ends_a_run() -> None:
    gap = TWO.replace('"2w"', '"1w"').replace("03-08", "03-09")
    assert [(one.first, one.last) for one in over(load(gap), 0.5)] == [
        (march(1), march(5)),
        (march(9), march(15)),
    ]


def test_a_little_too_much_can_be_left_out() -> None:
    assert not over(load(TWO), 2.8, ignored=0.1)
    assert over(load(TWO), 2.7, ignored=0.1)


def test_what_was_before_today_is_no_overload() -> None:
    past = TWO.replace('"2w"', '"2w"\nstatus = "done"\nactual_start = 2027-02-01', 1).replace(
        "2027-02-01", "2027-02-01\nactual_finish = 2027-02-12"
    )
    assert load(past).on(date(2027, 2, 3)) == 1
    assert [one.first for one in over(load(past), 0.5)] == [march(8)]
