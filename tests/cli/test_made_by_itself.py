"""What `check --fix CODE` makes by itself: nothing that somebody said, did, meant or promised."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from planner.conflicts.fix import Ask
from planner.conflicts.fixes import plan as plan_fixes
from planner.conflicts.fixes.plan import estimate
from planner.conflicts.registry import RULES
from tests.cli.conftest import Run
from tests.conflicts.losses import lost
from tests.conflicts.plans import ELSEWHERE

AS_OF = ("--as-of", "2027-03-01")
EARLY = ("--as-of", "2027-01-01")

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


SWAPPED = """\
[systems.shop]
[freezes.sale]
start = {start}
end = {end}
systems = ["shop"]
"""


@pytest.mark.parametrize(
    ("start", "end"), [("2027-04-09", "2027-03-22"), ("2028-01-07", "2027-12-01")]
)
def test_a_freeze_from_after_to_gets_its_days_swapped(
    run: Run, tmp_path: Path, start: str, end: str
) -> None:
    path = roadmap(tmp_path, SWAPPED.format(start=start, end=end))
    (finding,) = of(run, path, "READ01", *AS_OF)
    assert finding["fixes"][0] == f"planner set sale end={start} start={end}"
    told = run("check", str(path), "--fix", "READ01", *AS_OF)
    assert "applied: swap start and end" in told.out
    assert path.read_text("utf-8") == SWAPPED.format(start=end, end=start)
    assert not of(run, path, "READ01", *AS_OF)


def test_actual_dates_are_swapped_by_a_person(run: Run, tmp_path: Path) -> None:
    text = '[initiatives.a]\nstatus = "done"\nactual_start = 2027-02-10\n'
    path = roadmap(tmp_path, before := f"{text}actual_finish = 2027-02-01\n")
    told = run("check", str(path), "--fix", "READ01", *AS_OF)
    assert "1. swap actual_start and actual_finish" in told.out
    assert path.read_text("utf-8") == before
    run("check", str(path), "--fix", "READ01:a", "--apply", "1", *AS_OF)
    assert tables(path)["initiatives"]["a"]["actual_start"].isoformat() == "2027-02-01"
    assert not of(run, path, "READ01", *AS_OF)


def test_days_in_order_are_not_swapped(run: Run, tmp_path: Path) -> None:
    path = roadmap(tmp_path, SWAPPED.format(start="2027-03-22", end="2027-03-22"))
    assert not of(run, path, "READ01", *AS_OF)
    path = roadmap(tmp_path, SWAPPED.format(start="2027-03-22", end='"9 Apr 2027"'))
    run("check", str(path), "--fix", "READ01", "--apply", "1", *AS_OF)
    assert tables(path)["freezes"]["sale"]["start"].isoformat() == "2027-03-22"


# --- what a conflict has taken in ---------------------------------------------------------------

LATE_TOGETHER = """\
[portfolios.it]
[portfolios.marketing]
[initiatives.api]
portfolio = "it"
estimate = "4w"
[initiatives.launch]
portfolio = "marketing"
estimate = "1w"
needs = [{ on = "api", asked = 2027-02-01 }]
announced = 2027-03-26
deadline = 2027-03-26
"""
ONE_DRIVER = """\
[portfolios.it]
[portfolios.marketing]
[initiatives.sso]
portfolio = "it"
estimate = "6w"
[initiatives.web]
portfolio = "marketing"
estimate = "1w"
needs = [{ on = "sso", promised = 2027-03-26, agreed = 2027-02-01, delivers = "x" }]
[initiatives.app]
portfolio = "marketing"
estimate = "1w"
needs = [{ on = "sso", promised = 2027-03-12, agreed = 2027-02-01, delivers = "x" }]
"""


@pytest.mark.parametrize("text", [LATE_TOGETHER, ONE_DRIVER], ids=["a launch", "a driver"])
def test_the_fixes_of_what_a_conflict_has_taken_in_can_be_reached(
    run: Run, tmp_path: Path, text: str
) -> None:
    path = roadmap(tmp_path, text)
    (one,) = (
        each
        for each in json.loads(run("check", str(path), "--json", *AS_OF).out)["findings"]
        if each["severity"] == "error"
    )
    inside = [each["fingerprint"] for each in one["data"]["parts"]]
    listed = run("check", str(path), "--fix", *AS_OF).out
    (line,) = (each for each in listed.splitlines() if "fixes of its parts: --fix " in each)
    names = line.partition("--fix ")[2].split(", ")
    assert names == [each for each in inside if each != one["fingerprint"]]
    for name in names:
        told = run("check", str(path), "--fix", name, "--dry-run", *AS_OF).out
        assert name.partition(":")[0] in told.partition("  1. ")[0].split()
    assert len(
        {run("check", str(path), "--fix", name, *AS_OF, "--dry-run").out for name in names}
    ) == len(names)


# --- every rule -----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [code for code in RULES if code not in ELSEWHERE])
def test_no_rule_gives_up_by_itself_what_somebody_said(run: Run, tmp_path: Path, code: str) -> None:
    path = roadmap(tmp_path, RULES[code].example)
    before = tables(path)
    ran = run("check", str(path), "--fix", code, *AS_OF)
    assert ran.code in (0, 1)
    after = tables(path)
    assert not [*lost(before, after, code)]


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
