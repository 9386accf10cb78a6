"""`planner agreements` and `planner agree`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import ROADMAPS, Run


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sample roadmap."""
    return Path(shutil.copytree(ROADMAPS / "acme-2027", tmp_path / "acme"))


def test_the_matrix_and_the_hand_overs_as_text(run: Run, acme: str) -> None:
    ran = run("agreements", acme, "--slip", "5")
    assert ran.code == 0
    assert "A/R web  A web-eng  ▲ 2 accountable teams" in ran.out
    assert "not agreed: IT" in ran.out
    assert "asked 1 Mar · needed by 12 May" in ran.out
    assert "Identity and access (IT) answers; waiting for 15 working days" in ran.out
    assert "by 5 working days: autumn-range-live +5d" in ran.out
    waits = [line for line in ran.out.splitlines() if line.startswith("waiting for ")]
    assert [line.split(":")[1].split()[0] for line in waits] == ["35", "38"]


def test_the_same_as_json(run: Run, acme: str) -> None:
    shown = json.loads(run("agreements", acme, "--json").out)
    assert shown["schema"] == 1
    rows = {row["id"]: row for row in (*shown["agreements"], *shown["initiatives"])}
    assert rows["content-publishing"]["standing"] == "double"
    assert rows["influencer-pages"]["standing"] == "gap"
    assert shown["waits"] == {"it": 35, "marketing": 38}


def test_an_empty_roadmap_says_how_to_start(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text('[initiatives.a]\nestimate = "1w"\n', "utf-8")
    ran = run("agreements", str(tmp_path / "plan.toml"))
    assert "planner add agreements.ID accountable=TEAM" in ran.out
    words = ("add", "agreement", "mail", "accountable=crm", "-r", str(tmp_path / "plan.toml"))
    assert run(*words).code == 0
    assert "A crm" in run("agreements", str(tmp_path / "plan.toml")).out


def test_agreeing_to_a_hand_over(run: Run, copy: Path) -> None:
    ran = run("agree", "loyalty-relaunch", "customer-sso", "-r", str(copy))
    assert ran.code == 0, ran.err
    line = next(
        line
        for line in (copy / "marketing.toml").read_text("utf-8").splitlines()
        if "one customer id for members" in line
    )
    assert "promised = 2027-05-12, agreed = 2027-03-22" in line


def test_another_day_is_promised_and_what_was_seen_is_told(run: Run, copy: Path) -> None:
    words = ("loyalty-relaunch", "customer-sso", "--promise", "28 may", "-r", str(copy))
    ran = run("agree", *words)
    assert ran.code == 0, ran.err
    said, _, seen = ran.out.splitlines()[1].partition("; terms: ")
    assert said == (
        "IT promises customer-sso → loyalty-relaunch for 28 May, which Marketing has to take"
    )
    assert "finishes 12 May" in seen
    assert "/marketing.toml: loyalty-relaunch.needs customer-sso (counter" in ran.out
    text = (copy / "marketing.toml").read_text("utf-8")
    assert 'counter = { by = "it", on = 2027-03-22, promised = 2027-05-28 }' in text


def test_both_sides_agree_and_sides_go_by_their_names(run: Run, copy: Path) -> None:
    run("add", "agreement", "pages", "accountable=web", "-r", str(copy))
    assert run("agree", "pages", "--by", "both", "-r", str(copy)).code == 0
    text = (copy / "roadmap.toml").read_text("utf-8")
    assert "agreed = { marketing = 2027-03-22, it = 2027-03-22 }" in text
    assert run("agree", "pages", "--by", "IT", "--on", "15 mar", "-r", str(copy)).code == 0


def test_what_is_not_needed_is_not_agreed(run: Run, copy: Path) -> None:
    ran = run("agree", "loyalty-relaunch", "crm-golden-record", "-r", str(copy))
    assert ran.code == 2
    assert "loyalty-relaunch does not need crm-golden-record" in ran.err


def test_a_side_and_a_day(run: Run, copy: Path) -> None:
    ran = run("agree", "experimentation", "--by", "it", "--on", "15 mar", "-r", str(copy))
    assert ran.code == 0, ran.err
    assert "it = 2027-03-15" in (copy / "roadmap.toml").read_text("utf-8")


def test_what_cannot_be_recorded_is_refused(run: Run, copy: Path) -> None:
    ran = run("agree", "experimentation", "--accept", "-r", str(copy))
    assert (ran.code, ran.out) == (2, "")
    assert "`accept` can't be recorded here" in ran.err


def test_a_team_speaks_for_its_side(run: Run, copy: Path) -> None:
    words = ("agree", "segment-definitions", "customer-sso", "--decline", "-r", str(copy))
    assert run(*words, "--by", "identity").code == 0
    assert "declined = 2027-03-22" in (copy / "marketing.toml").read_text("utf-8")
    other = run("agree", "loyalty-relaunch", "customer-sso", "--by", "crm", "-r", str(copy))
    assert (other.code, other.out) == (2, "")
    assert "marketing can't record this (use --by it)" in other.err


def test_several_hand_overs_are_named_and_none_is_recorded(run: Run, copy: Path) -> None:
    before = (copy / "marketing.toml").read_bytes()
    ran = run("agree", "customer-sso", "--promise", "28 may", "-r", str(copy))
    assert (ran.code, ran.out) == (2, "")
    assert "several handovers are possible" in ran.err
    assert "  planner agree loyalty-relaunch customer-sso --promise 2027-05-28 --by it" in ran.err
    assert (copy / "marketing.toml").read_bytes() == before


def test_who_could_say_it_is_told_as_it_is_typed(run: Run, copy: Path) -> None:
    run("add", "agreement", "pages", "accountable=web", "-r", str(copy))
    ran = run("agree", "pages", "-r", str(copy))
    assert "who records this? (use --by both or --by marketing or --by it)" in ran.err
