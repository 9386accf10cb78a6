"""What follows if a handover comes on a day that somebody names: a run of the plan, not a guess."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.plan.arrivals import Arrival, arrivals
from planner.plan.model import Plan
from planner.session.session import Session
from planner.text.edits import SetKey
from tests.query.plans import plan

ACME = Path(__file__).resolve().parents[2] / "roadmaps" / "acme-2027"

ROADMAP = """
[roadmap]
start = 2027-03-22
currency = "EUR"
[outcomes.sales]
value = 260000
[freezes.peak]
title = "Peak trading"
start = 2027-05-10
end = 2027-05-21
[initiatives.api]
portfolio = "it"
estimate = "4w"
[initiatives.push]
portfolio = "marketing"
estimate = "2w"
changes = ["shop"]
deadline = 2027-04-30
outcomes = ["sales"]
needs = [{ on = "api", %s }]
"""


def named(link: str, *, before: str = "delivers = 'keys'", roadmap: str = ROADMAP) -> list[Arrival]:
    """What follows from the days on a link that were not there before; the plan has 16 April."""
    first = plan(roadmap % before)
    edit = SetKey(
        "initiatives",
        "push",
        ("needs",),
        plan(roadmap % link).tables["initiatives"]["push"]["needs"],
    )
    return list(arrivals(first, first.with_edit(edit)))


def finishes(then: Plan) -> tuple[date, date]:
    """The days on which the API and what needs it finish."""
    dates = [then.schedule.get(id) for id in ("api", "push")]
    first, second = (one.finish for one in dates if one is not None)
    return first, second


@pytest.mark.parametrize(
    ("link", "day", "push"),
    [
        ("promised = 2027-04-30", "2027-04-30", "2027-05-14"),
        ("needed_by = 2027-04-09", "2027-04-09", "2027-04-23"),
        ("counter = { by = 'it', promised = 2027-04-23 }", "2027-04-23", "2027-05-07"),
        ("counter = { by = 'marketing', needed_by = 2027-04-02 }", "2027-04-02", "2027-04-16"),
        ("type = 'FF', promised = 2027-05-07", "2027-05-07", "2027-05-07"),
        ("type = 'SS', lag = '1w', promised = 2027-04-02", "2027-04-02", "2027-04-16"),
    ],
)
def test_the_supplier_delivers_on_the_day_that_is_named(link: str, day: str, push: str) -> None:
    (one,) = named(link)
    assert (one.supplier, one.successor, one.day) == ("api", "push", date.fromisoformat(day))
    then = one.consequence.after
    need = then.roadmap.initiatives["push"].needs[0]
    assert then.schedule.delivery(need) == one.day
    assert finishes(then)[1] == date.fromisoformat(push)


def test_it_says_what_becomes_of_the_launch_its_cost_and_a_freeze() -> None:
    (one,) = named("promised = 2027-04-30")
    assert one.line == (
        "if it comes on 30 Apr: push 14 May +10d · 10d late · delay cost +€10k "
        "· inside Peak trading"
    )
    assert one.freezes == ("Peak trading",)
    assert named("promised = 2027-04-09")[0].freezes == ()


def test_a_day_off_is_the_working_day_after_it() -> None:
    (one,) = named("promised = 2027-05-01")
    assert finishes(one.consequence.after)[0] == date(2027, 5, 3)


@pytest.mark.parametrize(
    ("link", "before"),
    [
        ("promised = 2027-04-16", "delivers = 'keys'"),
        ("promised = 2027-04-30, note = 'x'", "promised = 2027-04-30"),
        ("promised = 2027-03-01", "delivers = 'keys'"),
        ("agreed = 2027-03-22", "delivers = 'keys'"),
        ("type = 'SS', promised = 2027-03-01", "type = 'SS'"),
    ],
)
def test_nothing_is_told_of_the_plans_own_day_and_of_what_can_not_be(
    link: str, before: str
) -> None:
    assert named(link, before=before) == []


def test_a_day_that_is_taken_is_told_again() -> None:
    counter = "counter = { by = 'it', promised = 2027-04-30 }"
    (one,) = named("promised = 2027-04-30, agreed = 2027-03-22", before=counter)
    assert one.day == date(2027, 4, 30)


def test_what_is_delivered_comes_no_more() -> None:
    done = 'estimate = "4w"\nactual_start = 2027-02-22\nactual_finish = 2027-03-19'
    text = ROADMAP.replace('estimate = "4w"', done)
    assert named("promised = 2027-04-30", roadmap=text) == []


def test_started_work_takes_so_much_longer_or_shorter() -> None:
    text = ROADMAP.replace('estimate = "4w"', 'estimate = "4w"\nactual_start = 2027-03-15')
    for day in (date(2027, 4, 9), date(2027, 4, 30)):
        (one,) = named(f"promised = {day}", roadmap=text)
        assert finishes(one.consequence.after)[0] == day


def test_the_sample_says_what_a_later_day_costs() -> None:
    session = Session.open(ACME)
    plan = session.plan
    needs = plan.tables["initiatives"]["segment-definitions"]["needs"]
    counter = {"by": "it", "on": date(2027, 3, 22), "promised": date(2027, 5, 26)}
    edit = SetKey(
        "initiatives", "segment-definitions", ("needs",), [{**needs[0], "counter": counter}]
    )
    (one,) = arrivals(plan, plan.with_edit(edit))
    consequence = one.consequence
    assert consequence.target == "peak-readiness"
    assert consequence.after_finish == date(2027, 10, 29)
    assert consequence.slip is not None
    assert consequence.short is not None
    assert (consequence.slip.working, consequence.short.working) == (10, 15)
    assert round((consequence.cost or 0) / 1000) == 31
    assert one.freezes == ("Peak trading",)
