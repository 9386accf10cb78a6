"""`planner owes`: what each side still has to hand over, and the answers that it owes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run, printed_json

PLAN = """
[roadmap]
status_date = 2027-03-15
[teams.web]
portfolio = "marketing"
[teams.crm]
portfolio = "marketing"
[teams.data]
portfolio = "it"
[teams.desk]
portfolio = "joint"
[initiatives.api]
owner = "data"
estimate = "2w"
start_no_earlier_than = 2027-03-22
[initiatives.shop]
owner = "web"
estimate = "3w"
needs = [{ on = "api", delivers = "prices", needed_by = 2027-03-26, asked = 2027-03-01 }]
[initiatives.mail]
owner = "crm"
estimate = "1w"
needs = [{ on = "api", promised = 2027-04-09, agreed = 2027-03-02 }]
[initiatives.texts]
owner = "web"
estimate = "1w"
[initiatives.search]
owner = "data"
estimate = "1w"
needs = [
    { on = "texts", asked = 2027-03-01, counter = { by = "it", on = 2027-03-08, lag = "1d" } },
    { on = "old", accepted_when = "it runs" },
]
[initiatives.old]
owner = "web"
estimate = "1w"
status = "done"
actual_start = 2027-03-01
actual_finish = 2027-03-05
[initiatives.checked]
owner = "data"
estimate = "1w"
needs = [{ on = "older", accepted = 2027-03-09 }]
[initiatives.older]
owner = "web"
estimate = "1w"
status = "done"
actual_start = 2027-03-01
actual_finish = 2027-03-05
[initiatives.party]
owner = "desk"
estimate = "1w"
needs = ["api"]
[initiatives.dropped]
owner = "crm"
status = "dropped"
estimate = "1w"
needs = ["api"]
"""


def asked(run: Run, *words: str) -> Any:
    printed = run("owes", *words, "--json")
    assert (printed.code, printed.err) == (0, "")
    found = json.loads(printed.out)
    printed_json().validate(found)
    return found


def pairs(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row["supplier"], row["successor"]) for row in rows]


def test_both_ways_are_counted_and_answers_stand_apart(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, encoding="utf-8")
    found = asked(run, str(path))
    assert pairs(found["debts"]) == [("texts", "search"), ("api", "shop"), ("api", "mail")]
    assert [
        (one["giver"], one["taker"], one["handovers"], one["late"], one["not_agreed"])
        for one in found["totals"]
    ] == [("marketing", "it", 1, 0, 1), ("it", "marketing", 2, 1, 1)]
    late = found["debts"][1]
    assert (late["team"], late["what"], late["month"]) == ("data", "prices", "2027-03")
    assert (late["due"], late["day"], late["days"], late["late"]) == (
        *("2027-03-26", "2027-04-02"),
        *(5, True),
    )
    promised = found["debts"][2]
    assert (promised["due"], promised["agreed"], promised["late"]) == ("2027-04-09", True, False)
    answers = {(one["supplier"], one["successor"]): one for one in found["answers"]}
    request = answers["api", "shop"]
    assert (
        request["act"],
        request["side"],
        request["team"],
        request["since"],
        request["days"],
    ) == (
        *("answer", "it", "data", "2027-03-01"),
        10,
    )
    assert answers["texts", "search"]["act"] == "answer the counter"
    assert answers["old", "search"]["act"] == "accept"
    assert ("older", "checked") not in answers
    assert len(answers) == 3


def test_it_stands_by_team_or_by_month(run: Run, acme: str) -> None:
    for by, key in (("team", "team"), ("month", "month")):
        found = asked(run, acme, "--by", by)
        groups = [(row["giver"], row[key]) for row in found["debts"]]
        begun = [group for at, group in enumerate(groups) if not at or groups[at - 1] != group]
        assert len(begun) == len({*begun}), by
        assert found["by"] == by
    months = [row["month"] for row in found["debts"] if row["giver"] == "it"]
    assert months == sorted(months)
    printed = run("owes", acme, "--by", "month").out
    assert "May 2027" in printed
    assert "Answers owed: 6" in printed


def test_the_report_says_the_same(run: Run, acme: str) -> None:
    owed = json.loads(run("report", "--json", acme).out)["owed"]
    debts = asked(run, acme)["debts"]
    keys = ("supplier", "successor", "giver", "taker", "due", "day", "days", "late", "agreed")
    said, shown = ({tuple(row[key] for key in keys) for row in rows} for rows in (owed, debts))
    assert said == shown
    assert len(debts) == len(owed) == 17


def test_it_is_of_those_asked_for(run: Run, acme: str) -> None:
    everything = pairs(asked(run, acme)["debts"])
    assert pairs(asked(run, acme, "--for", "it")["debts"]) == everything
    crm = asked(run, acme, "--for", "crm")
    assert pairs(crm["debts"]) == [
        ("ip-warm-up", "legacy-esp-switch-off"),
        ("consent-platform", "sms-service"),
        ("consent-platform", "preference-centre"),
        ("customer-sso", "preference-centre"),
        ("consent-signals", "lifecycle-journeys"),
    ]
    of_one = asked(run, acme, "--filter", "id:loyalty-relaunch")
    assert {pair[1] for pair in pairs(of_one["debts"])} == {"loyalty-relaunch"}
    wrong = run("owes", acme, "--for", "sales")
    assert (wrong.code, wrong.out) == (2, "")


def test_nothing_owed_says_how_to_begin(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text("[initiatives.a]\nestimate = '2w'\n", encoding="utf-8")
    printed = run("owes", str(path))
    assert printed.code == 0
    assert "planner link SUPPLIER SUCCESSOR" in printed.out
    assert asked(run, str(path))["totals"] == []
