"""What outcomes cost and are worth, worked out by hand.

2027 has 261 working days Monday to Friday: it begins and ends on a Friday, 52 × 5 + 1.
"""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from planner.analysis.outcomes import worth_of
from planner.pages.outcomes import kpi_words, working
from planner.plan.model import Clock, Plan
from planner.roadmap.entities import SINGLES
from planner.roadmap.output_outcomes import OutcomeRow
from planner.roadmap.reading import read

TODAY = date(2027, 3, 1)


def plan(text: str) -> Plan:
    data = tomllib.loads(text)
    tables = {kind: {"": one} if kind in SINGLES else one for kind, one in data.items()}
    return Plan(read({"plan.toml": data}), tables, Clock(TODAY))


def outcome(text: str, id: str = "sales") -> OutcomeRow:
    return next(row for row in worth_of(plan(text)).outcomes if row.id == id)


TWO_SIDES = """
[roadmap]
currency = "EUR"
[portfolios.marketing]
budget = 50000
[portfolios.it]
budget = 20000
[teams.web]
portfolio = "marketing"
[teams.data]
portfolio = "it"

[outcomes.sales]
kpi = "conversion"
unit = "%"
baseline = 2.0
target = 3.0
by = 2027-04-12
value = 52200
[outcomes.sales.readings]
2027-02-01 = 2.5
2027-01-04 = 2.1

[outcomes.calls]

[initiatives.profile]
kind = "foundation"
owner = "data"
estimate = "2w"
cost = 20000
outcomes = ["sales", "calls"]
value = { marketing = 2, it = 5 }

[initiatives.pages]
owner = "web"
estimate = "3w"
needs = ["profile"]
cost = { marketing = 30000, it = 6000 }
outcomes = ["sales"]
value = { marketing = 5, it = 4 }

[initiatives.old-test]
owner = "web"
status = "dropped"
cost = 99000
outcomes = ["sales"]

[initiatives.gateway]
kind = "foundation"
owner = "data"
estimate = "1w"
cost = 4000
[initiatives.feed]
kind = "integration"
owner = "data"
estimate = "1w"
needs = ["gateway"]
outcomes = ["calls"]
[initiatives.poster]
kind = "campaign"
owner = "web"
estimate = "1w"
cost = 1000
"""
"""profile takes 10 days to 12 March; pages 15 more, to Friday 2 April, 6 working days before 12
April. sales costs half of profile (10,000, IT) and all of pages (30,000 and 6,000): 46,000."""


def test_an_outcome_lands_with_its_last_open_work() -> None:
    sales = outcome(TWO_SIDES)
    assert [(one.id, one.lands, one.last) for one in sales.contributors] == [
        ("profile", date(2027, 3, 12), False),
        ("pages", date(2027, 4, 2), True),
    ]
    assert (sales.lands, sales.landed, sales.margin) == (date(2027, 4, 2), False, 6)


def test_a_cost_is_shared_equally_among_the_outcomes_it_names() -> None:
    sales, calls = outcome(TWO_SIDES), outcome(TWO_SIDES, "calls")
    assert sales.cost == {"it": 16000, "marketing": 30000}
    assert sales.total_cost == 46000
    assert calls.cost == {"it": 10000}
    assert [one.share for one in sales.contributors] == [2, 1]


def test_return_payback_and_cost_of_delay() -> None:
    sales = outcome(TWO_SIDES)
    assert sales.returns == pytest.approx(52200 / 46000)
    assert sales.payback == pytest.approx(12 * 46000 / 52200)
    assert sales.delay_per_day == pytest.approx(52200 / 261)
    assert sales.delay_per_week == pytest.approx(1000)


def test_the_figures_are_computed_openly() -> None:
    one = plan(TWO_SIDES)
    shown = worth_of(one)
    assert working(one, shown, shown.outcomes[0]) == [
        "planned €52k a year, realised €26k (50% of the way)",
        "return 1.1× a year = €52k value / €46k cost",
        "payback 11 months = 12 × €46k / €52k",
        "cost of delay €200 per working day = €52k / 261 working days; €1k per week",
    ]
    assert "value" in working(one, shown, shown.outcomes[1])[0]


def test_how_far_a_kpi_has_come() -> None:
    sales = outcome(TWO_SIDES)
    assert sales.progress == 0.5
    near = date(2027, 2, 1)
    assert kpi_words(sales, near) == (
        "conversion: from 2, now 2.5, to 3% by 12 Apr (50% of the way)"
    )
    assert "by 12 Apr 2027 (" in kpi_words(sales, date(2026, 2, 1))
    assert list(sales.readings) == [date(2027, 1, 4), date(2027, 2, 1)]


@pytest.mark.parametrize(
    ("figures", "progress", "reached"),
    [
        ("baseline = 10\ntarget = 4\nreadings = { 2027-02-01 = 7 }", 0.5, False),
        ("baseline = 10\ntarget = 4\nreadings = { 2027-02-01 = 4 }", 1.0, True),
        ("baseline = 10\ntarget = 4\nreadings = { 2027-02-01 = 13 }", -0.5, False),
        ("baseline = 4\ntarget = 4\nreadings = { 2027-02-01 = 4 }", None, True),
        ("target = 4\nreadings = { 2027-02-01 = 1 }", None, False),
        ("baseline = 1\ntarget = 4", None, False),
    ],
)
def test_progress_runs_either_way(figures: str, progress: float | None, reached: bool) -> None:
    row = outcome(f"[outcomes.sales]\n{figures}")
    assert (row.progress, row.reached) == (progress, reached)


def test_both_sides_scores_and_where_they_differ() -> None:
    sales = outcome(TWO_SIDES)
    assert sales.scores == {"marketing": 3.5, "it": 4.5}
    assert sales.disagree == ("profile", "pages")


def test_cost_by_side_against_the_budget() -> None:
    money = {row.side: (row.budget, row.open, row.left) for row in worth_of(plan(TWO_SIDES)).money}
    assert money == {"marketing": (50000, 31000, 19000), "it": (20000, 30000, -10000)}


def test_the_balance_of_work_adds_up_to_the_cost_by_side() -> None:
    worth = worth_of(plan(TWO_SIDES))
    balance = {(r.side, r.work): (r.initiatives, r.days, r.cost) for r in worth.balance}
    assert balance == {
        ("marketing", "market"): (2, 20, 31000),
        ("it", "market"): (0, 0, 6000),
        ("it", "integration"): (1, 5, 0),
        ("it", "foundation"): (2, 15, 24000),
    }
    for row in worth.money:
        assert sum(one.cost for one in worth.balance if one.side == row.side) == row.open


def test_work_behind_no_outcome_and_what_it_enables() -> None:
    worth = worth_of(plan(TWO_SIDES))
    assert [(one.id, one.enables) for one in worth.no_outcome] == [
        ("poster", False),
        ("gateway", True),
    ]


def test_what_is_done_has_landed_and_no_delay_costs_anything() -> None:
    row = outcome(
        "[outcomes.sales]\nvalue = 1000\n[initiatives.a]\nstatus = 'done'\nestimate = '1w'\n"
        "actual_start = 2027-02-01\nactual_finish = 2027-02-05\ncost = 500\noutcomes = ['sales']"
    )
    assert (row.lands, row.landed) == (date(2027, 2, 5), True)
    assert row.delay_per_day is None
    assert (row.returns, row.payback) == (2.0, 6.0)
    assert row.cost == {"": 500}


def test_an_outcome_that_nothing_names_has_nulls_never_zeros() -> None:
    row = outcome("[outcomes.sales]\nvalue = 1000")
    assert row.lands is None
    assert not row.landed
    assert (row.returns, row.payback, row.delay_per_day, row.margin) == (None, None, None, None)
    assert row.total_cost == 0


@pytest.mark.parametrize(
    ("cost", "told"), [(10, "in less than a month = "), (100, "1 month = "), (250, "3 months = ")]
)
def test_payback_is_told_in_whole_months_and_never_as_none(cost: int, told: str) -> None:
    text = f"[outcomes.sales]\nvalue = 1000\n[initiatives.a]\ncost = {cost}\noutcomes = ['sales']"
    made = plan(text)
    shown = worth_of(made)
    assert f"payback {told}" in " ".join(working(made, shown, shown.outcomes[0]))


def test_without_a_cost_there_is_no_return_to_speak_of() -> None:
    row = outcome("[outcomes.sales]\nvalue = 1000\n[initiatives.a]\noutcomes = ['sales']")
    assert (row.returns, row.payback) == (None, None)
    assert row.delay_per_day is not None


def test_an_unknown_outcome_takes_no_share() -> None:
    text = "[outcomes.sales]\n[initiatives.a]\ncost = 900\noutcomes = ['sales', 'nowhere']"
    assert outcome(text).total_cost == 900


# --- what is lived with ---------------------------------------------------------------------------


def test_what_is_realised_is_the_part_of_the_way_that_the_last_reading_shows() -> None:
    row = outcome(TWO_SIDES)
    assert row.progress == 0.5
    assert row.realised == 26_100
    assert outcome(TWO_SIDES.replace("= 2.5", "= 1.5")).realised == 0  # away from the target
    assert outcome(TWO_SIDES.replace("= 2.5", "= 9.5")).realised == 52_200  # no more than planned
    assert outcome(TWO_SIDES, "calls").realised is None


def test_answers_stand_with_their_dates_the_first_first() -> None:
    text = (
        TWO_SIDES + '[outcomes.sales.answers]\n2027-06-01 = "stop"\n2027-03-01 = "go on: season"\n'
    )
    assert outcome(text).answers == {
        date(2027, 3, 1): "go on: season",
        date(2027, 6, 1): "stop",
    }


def test_cost_falls_into_the_quarters_in_which_work_is_done() -> None:
    text = """
[portfolios.it]
budget = 1000
[initiatives.one]
portfolio = "it"
estimate = "10d"
cost = 1000
must_start_on = 2027-03-25
[initiatives.launch]
portfolio = "it"
kind = "milestone"
estimate = "0d"
cost = 50
needs = ["one"]
[initiatives.circle]
portfolio = "it"
cost = 7
needs = ["circle"]
"""
    rows = worth_of(plan(text)).quarters
    # 25, 26, 29, 30, 31 March and the first five working days of April
    assert [(row.quarter, row.cost, row.total, row.left) for row in rows] == [
        ("2027-Q1", 500, 500, 500),
        ("2027-Q2", 550, 1050, -50),
        ("", 7, 1057, -57),
    ]


def test_quarters_add_up_to_what_a_side_pays() -> None:
    shown = worth_of(plan(TWO_SIDES))
    for row in shown.money:
        of_side = [one.cost for one in shown.quarters if one.side == row.side]
        assert sum(of_side) == pytest.approx(row.spent + row.open)
