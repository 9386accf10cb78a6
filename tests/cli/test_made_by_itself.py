"""What `check --fix CODE` makes by itself: nothing that somebody said, did, meant or promised."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from planner.conflicts.fix import Ask
from planner.conflicts.fixes import plan as plan_fixes
from planner.conflicts.fixes.plan import estimate
from planner.conflicts.registry import RULES
from tests.cli.conftest import Run

AS_OF = ("--as-of", "2027-03-01")
EARLY = ("--as-of", "2027-01-01")
ELSEWHERE = {"PLAN03", "DATA03", "STALE01"}
"""One id in two files takes two files to show, and history a repository."""

SAID = {
    "status", "actual_start", "actual_finish", "percent_complete", "remaining", "reviews",
    "announced", "deadline", "value", "cost", "priority", "relates", "outcomes", "estimate",
    "exempt", "agreed", "access", "review_by", "needed_by", "decided", "choice", "standing",
    "standing_until", "supported_until", "connects", "capacity", "budget", "baseline", "target",
    "by", "kpi", "readings", "status_date",
}  # fmt: skip
"""Keys of which a fix may change nothing, nor add one."""
BOUNDS = {
    "start_no_earlier_than", "start_no_later_than", "finish_no_earlier_than",
    "finish_no_later_than", "must_start_on", "must_finish_on",
}  # fmt: skip
TERMS = ("asked", "needed_by", "promised", "agreed", "declined", "accepted", "delivers", "why")

GROUP = """\
[groups.epic]
[groups.wing]
part_of = "epic"
[initiatives.leg-a]
estimate = "2d"
part_of = "epic"
[initiatives.leg-b]
estimate = "3d"
part_of = "wing"
[initiatives.launch]
kind = "milestone"
needs = ["epic"]
"""
PINS = """\
[initiatives.a]
estimate = "2d"
[initiatives.m]
kind = "milestone"
needs = ["a"]
must_finish_on = 2027-01-17
[initiatives.m2]
kind = "milestone"
must_start_on = 2027-01-17
[initiatives.m3]
kind = "milestone"
deadline = 2027-01-17
[initiatives.z]
estimate = "20d"
"""


def roadmap(folder: Path, text: str) -> Path:
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def tables(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def of(run: Run, path: Path, code: str, *words: str) -> list[dict[str, Any]]:
    found = json.loads(run("check", str(path), "--json", *words).out)["findings"]
    return [one for one in found if one["code"] == code]


# --- the cases ------------------------------------------------------------------------------------


def test_a_need_of_a_group_is_offered_its_members_and_not_dropped(run: Run, tmp_path: Path) -> None:
    path = roadmap(tmp_path, GROUP)
    (finding,) = of(run, path, "PLAN02", *EARLY)
    assert (finding["data"]["is"], finding["data"]["members"]) == ("groups", ["leg-a", "leg-b"])
    assert "epic is a group" in finding["message"]
    assert [command.partition("needs=")[2] for command in finding["fixes"]][-1] == ""
    listed = run("check", str(path), "--fix", "PLAN02", *EARLY)
    assert "done:" not in listed.out
    assert path.read_text("utf-8") == GROUP
    run("check", str(path), "--fix", "PLAN02:epic", "--apply", "1", *EARLY)
    assert tables(path)["initiatives"]["launch"]["needs"] == ["leg-a", "leg-b"]


def test_members_that_are_needed_already_are_not_named_twice(run: Run, tmp_path: Path) -> None:
    path = roadmap(tmp_path, GROUP.replace('["epic"]', '["leg-b", "epic SS+1d"]'))
    run("check", str(path), "--fix", "PLAN02:epic", "--apply", "1", *EARLY)
    assert tables(path)["initiatives"]["launch"]["needs"] == ["leg-b", "leg-a SS+1d"]


def test_a_pin_on_a_day_off_is_moved_and_offered_once(run: Run, tmp_path: Path) -> None:
    path = roadmap(tmp_path, PINS)
    for finding in of(run, path, "DATE02", *EARLY):
        ways = finding["fixes"]
        assert len(ways) == len(set(ways)), "what writes the same is one"
        assert not ways[0].endswith("="), "the first keeps the pin"
    run("check", str(path), "--fix", "DATE02", *EARLY)
    made = tables(path)["initiatives"]
    kept = {
        key for key in ("must_finish_on", "must_start_on") for one in made.values() if key in one
    }
    assert kept == {"must_finish_on", "must_start_on"}
    assert not of(run, path, "DATE02", *EARLY)


def test_an_id_that_is_nowhere_can_be_made_before_it_is_dropped(run: Run, tmp_path: Path) -> None:
    text = '[initiatives.launch]\nestimate = "1w"\nneeds = ["legal-opinion"]\n'
    path = roadmap(tmp_path, text)
    (finding,) = of(run, path, "PLAN02", *EARLY)
    assert finding["fixes"] == [
        "planner add initiatives.legal-opinion",
        "planner set launch needs=",
    ]
    run("check", str(path), "--fix", "PLAN02", *EARLY)
    assert path.read_text("utf-8") == text


def test_work_without_an_outcome_is_not_dropped(run: Run, tmp_path: Path) -> None:
    text = RULES["OUT01"].example
    path = roadmap(tmp_path, text)
    (finding,) = of(run, path, "OUT01", *AS_OF)
    assert "dropped" not in finding["fixes"][0]
    run("check", str(path), "--fix", "OUT01", *AS_OF)
    assert path.read_text("utf-8") == text


def test_nothing_is_exempted_from_a_freeze(run: Run, tmp_path: Path) -> None:
    path = roadmap(tmp_path, RULES["FREEZE01"].example)
    (finding,) = of(run, path, "FREEZE01", *AS_OF)
    assert "exempt" not in finding["fixes"][0]
    run("check", str(path), "--fix", "FREEZE01", *AS_OF)
    assert not any("exempt" in one for one in tables(path)["freezes"].values())


WISHES = {
    "an optimistic estimate": 'estimate = ["2w", "4w", "6w"]',
    "an overlap with a review": 'estimate = "4w"\nkind = "review"',
    "an overlap with what it uses": 'estimate = "4w"\nintroduces = ["cdp"]',
    "an overlap that was agreed": 'estimate = "4w"',
}


@pytest.mark.parametrize("what", WISHES)
def test_nothing_is_hoped_for(run: Run, tmp_path: Path, what: str) -> None:
    agreed, lagging = what.endswith("agreed"), what.endswith("estimate")
    need = '{ on = "a", agreed = 2027-02-01 }' if agreed else '"a +1d"' if lagging else '"a"'
    path = roadmap(
        tmp_path,
        f"[initiatives.a]\n{WISHES[what]}\n[initiatives.b]\nestimate = '3w'\nneeds = [{need}]\n"
        'uses = ["cdp"]\ndeadline = 2027-04-14\n[systems.cdp]\nstatus = "live"\n',
    )
    before = path.read_text("utf-8")
    (finding,) = of(run, path, "DATE01", *AS_OF)
    assert finding["fixes"]
    run("check", str(path), "--fix", "DATE01", *AS_OF)
    assert path.read_text("utf-8") == before


def test_two_that_change_one_system_are_put_in_no_order(run: Run, tmp_path: Path) -> None:
    text = RULES["SYS01"].example
    path = roadmap(tmp_path, text)
    (finding,) = of(run, path, "SYS01", *AS_OF)
    assert len(finding["fixes"]) == 3
    run("check", str(path), "--fix", "SYS01", *AS_OF)
    assert path.read_text("utf-8") == text


def test_nothing_is_made_later_by_itself(run: Run, tmp_path: Path) -> None:
    text = (
        '[freezes.sale]\nstart = 2027-03-22\nend = 2027-04-09\nsystems = ["shop"]\n'
        "[systems.shop]\ncustomer_facing = true\n"
        '[initiatives.site]\nestimate = "2w"\nchanges = ["shop"]\n'
        '[initiatives.spring]\nkind = "campaign"\nestimate = "1w"\nneeds = ["site"]\n'
    )
    path = roadmap(tmp_path, text)
    (finding,) = of(run, path, "FREEZE03", *AS_OF)
    assert finding["fixes"][0] == "planner set site finish_no_earlier_than=2027-04-12"
    told = run("check", str(path), "--fix", "FREEZE03", *AS_OF)
    assert "spring" in told.out
    assert path.read_text("utf-8") == text
    apart = text.replace('needs = ["site"]', 'estimate = "30w"').replace('estimate = "1w"\n', "")
    path.write_text(apart, encoding="utf-8")
    run("check", str(path), "--fix", "FREEZE03", *AS_OF)
    assert "finish_no_earlier_than" in path.read_text("utf-8"), "what delays no launch is made"


# --- every rule -----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [code for code in RULES if code not in ELSEWHERE])
def test_no_rule_gives_up_by_itself_what_somebody_said(run: Run, tmp_path: Path, code: str) -> None:
    path = roadmap(tmp_path, RULES[code].example)
    before = tables(path)
    ran = run("check", str(path), "--fix", code, *AS_OF)
    assert ran.code in (0, 1)
    after = tables(path)
    if code in ("READ01", "READ02"):
        return  # `estimate = "3 wks"` and `estimat = "3w"` say the same once they are spelled right
    assert not [*lost(before, after, redundant=code == "PLAN05")]


def lost(before: Any, after: Any, *, redundant: bool) -> Iterator[str]:
    """What somebody said and is no longer there, or is there and nobody said it."""
    for kind in before.keys() | after.keys():
        if kind in ("roadmap", "glossary", "checks"):
            yield from changed(kind, before.get(kind, {}), after.get(kind, {}))
            continue
        olds, news = before.get(kind, {}), after.get(kind, {})
        if kind != "waivers":
            yield from (f"{kind}.{id} is gone" for id in olds.keys() - news.keys())
        if kind in ("initiatives", "agreements"):
            yield from (f"{kind}.{id} is new" for id in news.keys() - olds.keys())
        for id in olds.keys() & news.keys():
            yield from changed(f"{kind}.{id}", olds[id], news[id])
            if not redundant:
                yield from unlinked(id, olds[id], news[id])


def changed(where: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for key in SAID & (old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            yield f"{where}.{key}: {old.get(key)} became {new.get(key)}"
    yield from (f"{where}.{key} is gone" for key in BOUNDS & (old.keys() - new.keys()))


def unlinked(where: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    links = [one if isinstance(one, str) else one["on"] for one in new.get("needs", [])]
    ons = [one.partition(" ")[0] for one in links]
    for need in old.get("needs", []):
        on = need.partition(" ")[0] if isinstance(need, str) else need["on"]
        if on not in ons and on != "consent-apii":  # the one that PLAN02 finds misspelt
            yield f"{where} no longer needs {on}"
    said = [
        {key: one[key] for key in TERMS if key in one}
        for table in (old, new)
        for one in table.get("needs", [])
        if isinstance(one, dict)
    ]
    if said and said[: len(said) // 2] != said[len(said) // 2 :]:
        yield f"{where}: {said}"


# --- a fix that fails -------------------------------------------------------------------------


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """PLAN07 has one fix, and then a bug."""

    def fails(ask: Ask) -> Any:
        yield from estimate(ask)
        raise ZeroDivisionError("of nothing")

    monkeypatch.setattr(plan_fixes, "estimate", fails)


@pytest.mark.usefixtures("failing")
def test_a_way_out_that_fails_says_so(run: Run, tmp_path: Path) -> None:
    path = roadmap(tmp_path, RULES["PLAN07"].example)
    told = run("check", str(path), "--fix", "PLAN07", *AS_OF)
    assert told.out.count("ZeroDivisionError: of nothing") == 1
    assert "  1. write the assumed estimate 2w" in told.out
    (finding,) = of(run, path, "PLAN07", *AS_OF)
    assert len(finding["fixes"]) == 1
    assert "ZeroDivisionError: of nothing" in finding["fixes_failed"]


def test_a_way_out_that_can_not_be_tried_takes_no_other_along(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from planner.plan import offers
    from planner.plan.impact import compare

    tried: list[Any] = []

    def fails_once(*plans: Any) -> Any:
        tried.append(plans)
        if len(tried) == 1:
            raise ZeroDivisionError("of nothing")
        return compare(*plans)

    monkeypatch.setattr(offers, "compare", fails_once)
    path = roadmap(tmp_path, RULES["SYS01"].example)
    told = run("check", str(path), "--fix", "SYS01", *AS_OF).out
    assert "  2. start connector after site" in told
    assert "ZeroDivisionError: of nothing" in told
    (finding,) = of(run, path, "SYS01", *AS_OF)
    assert "fixes_failed" not in finding
