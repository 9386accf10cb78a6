"""What is typed for a value on the command line: as in a form, and with the file's own rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROADMAP = """\
[roadmap]
title = "Spring"
start = 2027-03-22
status_date = 2027-03-22
currency = "EUR"

[portfolios.it]
title = "IT"

[initiatives.web-push]
estimate = "3w"
deadline = 2027-06-01
"""


@pytest.fixture
def spring(tmp_path: Path) -> Path:
    path = tmp_path / "spring.toml"
    path.write_text(ROADMAP, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("deadline=march", "deadline = 2028-03-01"),
        ("deadline=15/3/2027", "deadline = 2027-03-15"),
        ("deadline=friday next week", "deadline = 2027-04-02"),
        ("deadline=eom", "deadline = 2027-03-31"),
        ("deadline=2027-W12-3", "deadline = 2027-03-24"),
        ("deadline=10 working days", "deadline = 2027-04-05"),
        ("estimate=2w 3d", 'estimate = "13d"'),
        ("estimate=2,5 weeks", 'estimate = "2.5w"'),
        ("estimate=8w/10w/14", 'estimate = ["8w", "10w", "14w"]'),
        ("cost=12'000", "cost = 12000"),
        ("cost=12.000,50", "cost = 12000.5"),
        ("cost=1e6", "cost = 1000000"),
        ("cost=30k/40k/60k", "cost = [30000, 40000, 60000]"),
        ("cost=it 12,5k", "cost = { it = 12500 }"),
    ],
)
def test_a_value_is_read_as_a_form_reads_it(run: Run, spring: Path, word: str, line: str) -> None:
    assert run("set", "web-push", word, "-r", str(spring)).code == 0
    assert line in spring.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("word", ["deadline=none", "deadline=", "estimate=none"])
def test_none_takes_the_key_out(run: Run, spring: Path, word: str) -> None:
    assert run("set", "web-push", word, "-r", str(spring)).code == 0
    assert f"{word.partition('=')[0]} =" not in spring.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "word",
    [
        "deadline=asap",
        "deadline=1/4/2027",
        "deadline=15",
        "deadline=next friday",
        "deadline=2027-W53",
        "deadline=31 feb",
        "estimate=2 sprints",
        "cost=12.000",
        "cost=30/40/60k",
        "cost=-5",
        "accelerate=to 2w, cost -5",
    ],
)
def test_what_is_unclear_or_refused_changes_nothing(run: Run, spring: Path, word: str) -> None:
    ran = run("set", "web-push", word, "-r", str(spring))
    assert (ran.code, ran.out) == (2, "")
    assert spring.read_text(encoding="utf-8") == ROADMAP


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("initiatives.web-push", "cost"),
        ("portfolios.it", "budget"),
        ("systems.cdp", "cost_per_year"),
        ("outcomes.repeat", "value"),
        ("agreements.data", "limit"),
    ],
)
def test_a_negative_amount_is_refused_with_one_message(
    run: Run, spring: Path, table: str, key: str
) -> None:
    text = ROADMAP if f"[{table}]" in ROADMAP else f"{ROADMAP}\n[{table}]\n"
    spring.write_text(text, encoding="utf-8")
    typed = run("set", table, f"{key}=-5", "-r", str(spring))
    assert typed.code == 2
    said = typed.err.partition(f"{key}=-5: ")[2].strip()
    assert said.startswith("-5 is not a number")
    spring.write_text(text.replace(f"[{table}]", f"[{table}]\n{key} = -5"), encoding="utf-8")
    read = run("check", "--json", "-r", str(spring))
    assert read.code == 1
    [found] = [each for each in json.loads(read.out)["findings"] if each["code"] == "READ01"]
    assert said in found["message"]


def test_from_a_day_off_one_working_day_more_is_another_day(run: Run, spring: Path) -> None:
    """Typed on a Saturday, ``+5d`` and ``+6d`` are two days."""
    spring.write_text(
        ROADMAP.replace("status_date = 2027-03-22", "status_date = 2027-03-27"), encoding="utf-8"
    )
    days = []
    for count in (5, 6):
        assert run("set", "web-push", f"deadline=+{count}d", "-r", str(spring)).code == 0
        days.append(next(x for x in spring.read_text().splitlines() if "deadline" in x))
    assert days == ["deadline = 2027-04-02", "deadline = 2027-04-05"]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("status", "web-push", "done", "--on", "march"), "actual_finish = 2027-03-01"),
        (("status", "web-push", "done", "--on", "fri"), "actual_finish = 2027-03-19"),
        (("status", "web-push", "active", "--on", "2 weeks ago"), "actual_start = 2027-03-08"),
        (("status", "web-push", "active", "--on", "KW 11"), "actual_start = 2027-03-15"),
    ],
)
def test_what_has_happened_lies_behind(
    run: Run, spring: Path, words: tuple[str, ...], line: str
) -> None:
    assert run(*words, "-r", str(spring)).code == 0
    assert line in spring.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("day", ["1/4/2027", "asap", "5 days", "31 feb"])
def test_an_unclear_day_of_what_has_happened_changes_nothing(
    run: Run, spring: Path, day: str
) -> None:
    ran = run("status", "web-push", "done", "--on", day, "-r", str(spring))
    assert (ran.code, ran.out) == (2, "")
    assert spring.read_text(encoding="utf-8") == ROADMAP


def test_the_status_date_is_typed_as_any_other(run: Run, spring: Path) -> None:
    def seen(day: str) -> object:
        return json.loads(run("show", "--json", "--as-of", day, "-r", str(spring)).out)["as_of"]

    assert seen("2027-q2") == "2027-04-01"
    assert seen("last day of june 2027") == "2027-06-30"
    assert seen("2027-W14-3") == "2027-04-07"
    assert run("show", "--as-of", "1/4/2027", "-r", str(spring)).code == 2


def test_a_day_to_reach_is_counted_on_the_roadmaps_calendar(run: Run, spring: Path) -> None:
    calendar = '[calendars.own]\nworkdays = ["mon", "tue"]\n'
    text = ROADMAP.replace("[roadmap]", '[roadmap]\ncalendar = "own"')
    spring.write_text(calendar + text, encoding="utf-8")
    found = run("reach", "web-push", "10 working days", "-r", str(spring))
    assert "26 Apr" in found.out.splitlines()[0]


def test_a_day_to_reach_is_said_with_a_year_that_is_not_the_plans(run: Run, spring: Path) -> None:
    found = run("reach", "web-push", "march", "-r", str(spring))
    assert "1 Mar 2028" in found.out.splitlines()[0]
