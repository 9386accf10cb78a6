"""The sample's outcomes, worked out again from its text alone, by another way.

Only the dates come from the plan. Everything else is read here as a person with a sheet of paper
would: no function of the program that adds up money or counts working days is used.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import tomli

from planner.analysis.outcomes import worth_of
from planner.plan.model import Plan
from planner.roadmap.output_outcomes import OutcomesShown
from planner.session.session import Session

FOLDER = Path(__file__).parents[2] / "roadmaps" / "acme-2027"
Tables = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Session.open(FOLDER).plan


@pytest.fixture(scope="module")
def worth(plan: Plan) -> OutcomesShown:
    return worth_of(plan)


@pytest.fixture(scope="module")
def text() -> dict[str, Tables]:
    found: dict[str, Tables] = defaultdict(dict)
    for file in sorted(FOLDER.glob("*.toml")):
        for kind, tables in tomli.loads(file.read_text(encoding="utf-8")).items():
            found[kind].update(tables)
            if kind == "initiatives":
                found["file"].update({id: {"side": file.stem} for id in tables})
    return found


def side_of(text: dict[str, Tables], id: str) -> str:
    one = text["initiatives"][id]
    owners = text["teams"].get(one.get("owner", ""), {})
    return str(one.get("portfolio") or owners.get("portfolio") or text["file"][id]["side"])


def costs(text: dict[str, Tables], id: str) -> dict[str, float]:
    cost = text["initiatives"][id].get("cost", {})
    return cost if isinstance(cost, dict) else {side_of(text, id): cost}


def behind(text: dict[str, Tables], outcome: str) -> dict[str, dict[str, Any]]:
    return {
        id: one
        for id, one in text["initiatives"].items()
        if outcome in one.get("outcomes", []) and one.get("status") != "dropped"
    }


def working_days(text: dict[str, Tables], year: int) -> int:
    calendar = text["calendars"].get("standard", {})
    free = {date.fromisoformat(day) for day in calendar.get("holidays", {})}
    if country := calendar.get("country"):
        import holidays

        region = calendar.get("region")
        free |= set(holidays.country_holidays(country, subdiv=region, years=year))
    days = (date(year, 1, 1) + timedelta(n) for n in range(366))
    return sum(day.year == year and day.weekday() < 5 and day not in free for day in days)


def test_cost_return_payback_and_delay(
    plan: Plan, worth: OutcomesShown, text: dict[str, Tables]
) -> None:
    assert [row.id for row in worth.outcomes] == list(text["outcomes"])
    for row in worth.outcomes:
        known, work = text["outcomes"][row.id], behind(text, row.id)
        by_side: dict[str, float] = defaultdict(float)
        for id, one in work.items():
            for side, cost in costs(text, id).items():
                by_side[side] += cost / len(one["outcomes"])
        total = sum(by_side.values())
        assert dict(row.cost) == pytest.approx({k: v for k, v in by_side.items() if v})
        assert {one.id for one in row.contributors} == set(work)
        open_ = [id for id, one in work.items() if one.get("status") != "done"]
        finishes = [dates.finish for id in open_ if (dates := plan.schedule.get(id))]
        assert row.lands == max(finishes)
        value = known.get("value")
        if value is None:
            assert (row.returns, row.payback, row.delay_per_day) == (None, None, None)
            continue
        assert row.returns == pytest.approx(value / total)
        assert row.payback == pytest.approx(12 * total / value)
        per_day = value / working_days(text, max(finishes).year)
        assert row.delay_per_day == pytest.approx(per_day)
        assert row.delay_per_week == pytest.approx(5 * per_day)


def test_progress_and_scores(worth: OutcomesShown, text: dict[str, Tables]) -> None:
    for row in worth.outcomes:
        known = text["outcomes"][row.id]
        readings = known.get("readings", {})
        if readings and "baseline" in known:
            last = readings[max(readings)]
            way = (last - known["baseline"]) / (known["target"] - known["baseline"])
            assert row.progress == pytest.approx(way, abs=1e-4)
        scored = [one["value"] for one in behind(text, row.id).values() if "value" in one]
        for side, mean in row.scores.items():
            given = [value[side] for value in scored if side in value]
            assert mean == pytest.approx(sum(given) / len(given))


def test_money_against_the_budget(worth: OutcomesShown, text: dict[str, Tables]) -> None:
    spent: dict[str, float] = defaultdict(float)
    open_: dict[str, float] = defaultdict(float)
    for id, one in text["initiatives"].items():
        if one.get("status") != "dropped":
            for side, cost in costs(text, id).items():
                (spent if one.get("status") == "done" else open_)[side] += cost
    for row in worth.money:
        assert (row.spent, row.open) == (spent[row.side], open_[row.side])
        budget = text["portfolios"][row.side].get("budget")
        assert row.budget == budget
        if budget is not None:
            assert row.left == budget - spent[row.side] - open_[row.side]


def test_balance_and_what_is_behind_no_outcome(
    worth: OutcomesShown, text: dict[str, Tables]
) -> None:
    counted: dict[str, int] = defaultdict(int)
    for id, one in text["initiatives"].items():
        if one.get("status") != "dropped":
            kind = one.get("kind", "milestone" if one.get("estimate") == "0d" else "feature")
            work = {"feature": "market", "campaign": "market"}.get(kind, kind)
            work = work if work in ("market", "integration", "foundation") else "other"
            counted[f"{side_of(text, id)} {work}"] += 1
            none = not one.get("outcomes") and kind != "milestone"
            assert (id in {row.id for row in worth.no_outcome}) is none
    shown = {f"{row.side} {row.work}": row.initiatives for row in worth.balance if row.initiatives}
    assert shown == dict(counted)
