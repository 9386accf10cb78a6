"""`planner ready`: what can start now, in which order, and what speaks against it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, printed_json

SIDES = """
[roadmap]
status_date = 2027-03-22
main_launch = "launch"
currency = "EUR"
[teams.web]
title = "Web"
portfolio = "marketing"
[teams.data]
title = "Data platform"
portfolio = "it"
[people.ana]
name = "Ana"
team = "data"
[systems.cms]
[outcomes.sales]
value = 260000
[initiatives.launch]
kind = "milestone"
owner = "web"
needs = ["feed", "site", "copy"]
deadline = 2027-04-16
outcomes = ["sales"]
"""
FEED = '[initiatives.feed]\nowner = "ana"\nestimate = "6w"\n'
SITE = '[initiatives.site]\nowner = "web"\nestimate = "1w"\n'
COPY = '[initiatives.copy]\nestimate = "3w"\n'


@pytest.fixture
def ready(run: Run, tmp_path: Path) -> Any:
    """The object that `ready --json` prints of a text."""

    def call(text: str, *words: str) -> dict[str, Any]:
        file = tmp_path / "roadmap.toml"
        file.write_text(SIDES + text, encoding="utf-8")
        printed = run("ready", "--json", str(file), *words)
        assert (printed.code, printed.err) == (0, "")
        found: dict[str, Any] = json.loads(printed.out)
        return found

    return call


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


def test_what_is_critical_comes_first_with_its_owner_launch_and_cost(ready: Any) -> None:
    found = ready(SITE + COPY + FEED)
    assert [(r["id"], r["owner"], r["total_float"], r["critical"]) for r in found["ready"]] == [
        ("feed", "ana", -10, True),
        ("copy", None, 5, False),
        ("site", "web", 15, False),
    ]
    assert {row["launch"] for row in found["ready"]} == {"launch"}
    assert [row["cost_of_delay"] > 9_000 for row in found["ready"]] == [True, True, True]


def test_json_is_what_its_schema_says(ready: Any) -> None:
    printed_json("ReadyShown").validate(ready(FEED + SITE + COPY))


CHANGES = 'owner = "web"\nchanges = ["cms"]\n'
FROZEN = '[freezes.f]\nsystems = ["cms"]\nstart = '
FULL = 'owner = "full"\n[teams.full]\ncapacity = 1\n[initiatives.more]\nowner = "full"\n'


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("", "OWN01"),
        (CHANGES + FEED + 'changes = ["cms"]\n', "SYS01"),
        (f"{CHANGES}{FROZEN}2027-04-09\nend = 2027-04-12\n", "FREEZE01"),
        (f'{CHANGES}{FROZEN}2027-03-22\nend = 2027-03-26\nblocks = "work"\n', "FREEZE02"),
        (FULL, "CAP01"),
    ],
)
def test_what_can_start_and_should_not_says_why_by_its_rule(
    ready: Any, keys: str, code: str
) -> None:
    found = ready(COPY + keys)["ready"]
    told = next(row["against"] for row in found if row["id"] == "copy")
    assert [one["code"] for one in told] == [code]


def test_a_waived_conflict_speaks_against_nothing(ready: Any) -> None:
    waiver = '[waivers.w]\nrule = "OWN01"\non = ["copy"]\nreason = "agency"\nby = "ana"\n'
    waiver += "until = 2027-06-01\n"
    assert [row["against"] for row in ready(COPY + waiver)["ready"]] == [[]]


def test_what_waits_for_one_thing_says_for_what_and_who_brings_it(ready: Any) -> None:
    decision = '[decisions.tool]\nowner = "ana"\nneeded_by = 2027-04-02\n'
    site = SITE + 'needs = [{ on = "feed", asked = 2027-03-15 }]\n'
    found = ready(FEED + site + COPY + 'awaits = ["tool"]\n' + decision)
    assert ids(found["ready"]) == ["feed"]
    missing = {row["id"]: row["missing"] for row in found["almost"]}
    assert missing == {
        "site": {
            "kind": "initiative",
            "id": "feed",
            "title": "feed",
            "side": "it",
            "who": "ana",
            "day": "2027-04-30",
            "handover": "asked",
        },
        "copy": {
            "kind": "decision",
            "id": "tool",
            "title": "tool",
            "side": "it",
            "who": "ana",
            "day": "2027-04-02",
            "handover": None,
        },
    }
    assert found["waiting"] == 1


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("--for", "it"), ["feed"]),
        (("--for", "Marketing"), ["site"]),
        (("--for", "data"), ["feed"]),
        (("--for", "Ana"), ["feed"]),
        (("--for", "web"), ["site"]),
        (("--for", "launch"), ["feed", "copy", "site"]),
        (("--for", "site"), ["site"]),
        (("--filter", "critical"), ["feed"]),
        (("--for", "launch", "--filter", "owner:none"), ["copy"]),
    ],
)
def test_it_can_be_asked_for_whom(ready: Any, words: tuple[str, ...], wanted: list[str]) -> None:
    assert ids(ready(FEED + SITE + COPY, *words)["ready"]) == wanted


@pytest.mark.parametrize(
    ("words", "near"), [(("--for", "marketting"), "marketing"), (("--filter", "ownr:web"), "owner")]
)
def test_a_wrong_name_is_refused_with_the_nearest(
    run: Run, acme: str, words: tuple[str, ...], near: str
) -> None:
    ran = run("ready", acme, *words)
    assert (ran.code, ran.out) == (2, "")
    assert near in ran.err


def test_a_first_name_of_two_people_is_asked_back_and_not_taken_for_the_first(
    run: Run, tmp_path: Path
) -> None:
    people = '[people.a1]\nname = "Lena Roth"\n[people.a2]\nname = "Lena Kraus"\n'
    file = tmp_path / "roadmap.toml"
    file.write_text(SIDES + people + FEED + SITE + COPY, encoding="utf-8")
    ran = run("ready", str(file), "--for", "lena")
    assert (ran.code, ran.out) == (2, "")
    assert "a1" in ran.err
    assert "a2" in ran.err


def test_the_page_names_what_the_json_has(run: Run, acme: str) -> None:
    page = run("ready", acme)
    found = json.loads(run("ready", "--json", acme).out)
    assert (page.code, page.err) == (0, "")
    assert found["ready"] == []
    assert all(row["id"] in page.out for row in found["almost"])
    assert "waits for customer-sso, 12 May · Identity and access (IT) · asked" in page.out


def test_show_and_ready_have_one_idea_of_what_is_ready(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "roadmap.toml"
    file.write_text(SIDES + FEED + SITE + COPY + 'needs = ["site"]\n', encoding="utf-8")
    shown = run("show", str(file), "--filter", "ready").out
    found = json.loads(run("ready", "--json", str(file)).out)
    names = ("launch", "feed", "site", "copy")
    lines = [line.split() for line in shown.splitlines()]
    assert [id for id in names if any(id in words for words in lines)] == ["feed", "site"]
    assert sorted(ids(found["ready"])) == ["feed", "site"]
