"""`planner reach`: the set that it offers is taken, and the plan then says what was promised."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

CASES = Path(__file__).parents[1] / "cases"


@pytest.fixture
def case(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A copy of the case that a test names."""
    return str(shutil.copyfile(CASES / f"{request.param}.toml", tmp_path / "plan.toml"))


def asked(run: Run, path: str, *words: str) -> dict[str, Any]:
    """The answer as values."""
    found: dict[str, Any] = json.loads(run("reach", *words, "-r", path, "--json").out)
    return found


def taken(run: Run, path: str, id: str, day: str) -> tuple[dict[str, Any], str]:
    """The best set that is offered, and the finish after its commands were run."""
    best = asked(run, path, id, day)["best"]
    for one in best["command"].split("&&"):
        assert run(*shlex.split(one)[1:], "-r", path).code == 0
    rows = json.loads(run("show", path, "--json").out)["initiatives"]
    return best, next(row["finish"] for row in rows if row["id"] == id)


@pytest.mark.parametrize("case", ["reach-gentle-first"], indirect=True)
def test_a_day_that_is_reached_without_dropping_is_so_reached(run: Run, case: str) -> None:
    best, finish = taken(run, case, "launch", "2027-03-24")
    assert not best["gives_up"]
    assert finish == "2027-03-24"


@pytest.mark.parametrize("case", ["reach-earliest"], indirect=True)
def test_the_earliest_day_is_reached_and_the_day_before_takes_more(run: Run, case: str) -> None:
    before = asked(run, case, "launch", "2027-04-25")
    assert before["earliest"] == "2027-04-26"
    assert before["best"]["gives_up"]
    best, finish = taken(run, case, "launch", "2027-04-26")
    assert not best["gives_up"]
    assert finish == "2027-04-26"


def test_a_day_that_is_missed_over_a_weekend_is_missed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(
        '[roadmap]\nstart = 2027-01-04\n[calendars.seven]\nworkdays = ["mon", "tue", "wed", "thu",'
        '"fri", "sat", "sun"]\n[initiatives.shoot]\nestimate = ["6d", "7d", "9d"]\n'
        'calendar = "seven"\ndeadline = 2027-01-09\n'
    )
    when = ("-r", str(path), "--as-of", "2027-01-01")
    missed = run("reach", "shoot", "2027-01-09", *when).out
    assert "1 calendar day late" in missed
    assert "1 calendar day  shorten shoot to its optimistic estimate 6d" in missed
    assert "no option is needed" in run("reach", "shoot", "2027-01-10", *when).out


# --- prices ---------------------------------------------------------------------------------------

PRICES = {
    "lifecycle-journeys": ("4w", 5_000),
    "customer-sso": ("7w", 24_000),
    "consent-signals": ("12d", 9_000),
    "peak-campaign": ("28d", 6_000),
}
TOTALS = (
    *(1_000, 2_000, 3_000, 4_000, 5_000, 7_400, 10_400, 13_400, 16_400, 19_400),
    *(22_400, 26_000, 29_000, 32_000, 35_000, 38_000, 41_000, 44_000),
)
"""The price of each working day from 14 October back to 21 September."""


@pytest.fixture
def sample(acme: str, tmp_path: Path) -> str:
    """A copy of the sample."""
    return str(shutil.copytree(acme, tmp_path / "acme"))


@pytest.fixture
def priced(run: Run, sample: str) -> str:
    """The sample with four prices."""
    for id, (to, cost) in PRICES.items():
        words = (f"accelerate.to={to}", f"accelerate.cost={cost}")
        assert run("set", id, *words, "-r", sample).code == 0
    return sample


def test_the_curve_has_the_cheapest_price_of_each_day(run: Run, priced: str) -> None:
    shown = asked(run, priced, "peak-readiness", "--curve")
    points = shown["curve"]
    assert shown["ended"]
    assert [one["price"] for one in points] == [*TOTALS]
    assert [one["wins"] for one in points] == [*range(1, len(TOTALS) + 1)]
    assert (points[0]["finish"], points[-1]["finish"]) == ("2027-10-14", "2027-09-21")
    assert round(shown["delay_cost_per_day"]) == 2205
    assert shown["worth"] == "2027-10-08"
    sides = {one["finish"]: one["needs_agreement"] for one in points}
    assert sides["2027-10-08"] == ["Marketing"]
    assert sorted(sides["2027-10-07"]) == ["IT", "Marketing"]
    page = run("reach", "peak-readiness", "--curve", "-r", priced).out
    assert "€2.2k ┄┄" in page
    assert "████" in page
    for said in ("€7.4k", "€2.4k", "€2.2k", "8 Oct", "21 Sep"):
        assert said in page


def test_the_best_set_and_two_of_other_kinds(run: Run, priced: str) -> None:
    shown = asked(run, priced, "peak-readiness", "2027-10-08")
    best = shown["best"]
    assert (best["price"], best["finish"], best["loses"]) == (5_000, "2027-10-08", "nothing")
    assert best["needs_agreement"] == ["Marketing"]
    assert round(best["delay_cost"]) == -11_024
    others = {one["kind"]: one for one in shown["others"]}
    assert (others["no money"]["price"], others["no money"]["loses"]) == (0, "certainty")
    # 5 days of customer-sso (of which 4 are won) and 1 of consent-signals
    assert (others["only IT"]["price"], others["only IT"]["needs_agreement"]) == (15_000, ["IT"])
    assert all(one["gives_up"] for one in shown["last"])
    assert {"cdp-foundation", "segment-definitions"} == {one["id"] for one in shown["unpriced"]}


def test_a_conflict_and_an_announcement_say_the_same_prices(run: Run, priced: str) -> None:
    for day in ("2027-10-08", "2027-10-05"):
        best = asked(run, priced, "peak-readiness", day)["best"]
        told = json.loads(run("announce", "peak-readiness", day, "-r", priced, "--json").out)
        same = ("title", "price", "finish", "command", "needs_agreement")
        assert [told["option"][key] for key in same] == [best[key] for key in same]
        page = " ".join(run("announce", "peak-readiness", day, "-r", priced).out.split())
        assert f"{best['title']} for €{best['price']:,.0f} · needs agreement" in page
    fixes = run("check", priced, "--fix", "DATE01:peak-readiness", "--dry-run").out
    assert "  accelerate lifecycle-journeys to 4w for €5,000\n" in fixes.replace("2.", " ")
    assert run("set", "peak-readiness", "announced=2027-10-08", "-r", priced).code == 0
    fixes = run("check", priced, "--fix", "PROM01:peak-readiness", "--dry-run").out
    assert "accelerate lifecycle-journeys to 4w for €5,000\n" in fixes
    (needs,) = re.findall(r"to 4w for €5,000\n(?:.*\n)?.*(needs agreement: \w+)", fixes)
    assert needs == "needs agreement: Marketing"


def test_what_is_taken_is_reached_and_costs_what_was_said(run: Run, priced: str) -> None:
    def planned() -> float:
        money = json.loads(run("outcomes", "-r", priced, "--json").out)["money"]
        return float(sum(one["spent"] + one["open"] for one in money))

    before = planned()
    best, finish = taken(run, priced, "peak-readiness", "2027-10-06")
    assert finish == best["finish"] == "2027-10-06"
    assert planned() - before == best["price"] == 10_400
    left = asked(run, priced, "peak-readiness", "--curve")["curve"]
    assert [one["price"] for one in left] == [total - 10_400 for total in TOTALS[7:]]


def test_without_prices_the_curve_costs_nothing_and_says_what_to_ask(run: Run, sample: str) -> None:
    shown = asked(run, sample, "peak-readiness", "--curve")
    assert shown["curve"]
    assert {one["price"] for one in shown["curve"]} == {0}
    assert shown["curve"][-1]["finish"] == shown["earliest"]
    assert shown["worth"] is None
    asks = {one["id"]: one["command"] for one in shown["unpriced"]}
    assert asks["customer-sso"].endswith("accelerate.to=40d accelerate.cost=")
    assert run(*shlex.split(f"{asks['customer-sso']}9000")[1:], "-r", sample).code == 0
    assert asked(run, sample, "peak-readiness", "--curve")["curve"][0]["price"] == 1_800


def test_a_date_or_the_curve_has_to_be_asked_for(run: Run, sample: str) -> None:
    assert run("reach", "peak-readiness", "-r", sample).code == 2
    assert run("reach", "nobody", "--curve", "-r", sample).code == 2
    assert "| " not in run("reach", "peak-readiness", "--curve", "--markdown", "-r", sample).out


ODD = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
[initiatives.over]
estimate = "1w"
accelerate = { to = "2d", cost = 5 }
actual_start = 2027-02-01
actual_finish = 2027-02-12
[initiatives.gone]
estimate = "2w"
status = "dropped"
accelerate = { to = "2d", cost = 5 }
[initiatives.ring]
estimate = "1w"
needs = ["round"]
accelerate = { to = "0d", cost = -5 }
[initiatives.round]
estimate = "1w"
needs = ["ring"]
[initiatives.longer]
estimate = "1w"
accelerate = { to = "2w", cost = 99999999999999 }
[initiatives.point]
kind = "milestone"
accelerate = { to = "0d", cost = 0 }
needs = ["longer"]
"""


@pytest.mark.parametrize(
    ("id", "code", "said"),
    [
        ("over", 0, "over is done: its dates are actual dates"),
        ("gone", 2, "gone has no dates: dropped"),
        ("ring", 2, "ring has no dates: cycle: ring → round → ring"),
        ("longer", 0, "Nothing finishes it earlier than 5 Mar"),
        ("point", 0, "Nothing finishes it earlier than 5 Mar"),
    ],
)
def test_where_no_money_helps_it_says_why(
    run: Run, tmp_path: Path, id: str, code: int, said: str
) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(ODD, encoding="utf-8")
    for words in (("--curve",), ("2027-02-01",)):
        ran = run("reach", id, *words, "-r", str(path))
        assert ran.code == code
        if "--curve" in words or id == "over":
            assert said in ran.out + ran.err
