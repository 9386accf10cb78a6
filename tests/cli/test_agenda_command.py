"""`planner agenda`: the page for the joint meeting, whose items it has, and closing the meeting."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from planner.pages.canvas import cells
from tests.cli.conftest import Run, printed_json

TWO_PAGES = 100
"""Lines, of 100 columns, that fit two pages."""
SMALL = """
[roadmap]
title = "Small"
status_date = 2027-03-22
[initiatives.feed]
owner = "data"
portfolio = "it"
estimate = "4w"
[initiatives.mails]
owner = "crm"
portfolio = "marketing"
kind = "campaign"
estimate = "2w"
needs = [{ on = "feed", asked = 2027-03-01, needed_by = 2027-05-03, delivers = "a feed" }]
[decisions.sender]
title = "Who sends"
needed_by = 2027-03-15
[actions.quote]
title = "Ask for a quote"
owner = "crm"
due = 2027-03-19
"""
MEETING = """
[meetings.review]
every = "2w"
last = 2027-03-12
attends = ["crm", "data"]
"""
TEAM = """
[teams.crm]
portfolio = "marketing"
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A roadmap without people, without a meeting, outside any repository."""
    file = tmp_path / "roadmap.toml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def shown(run: Run, *words: str) -> dict[str, Any]:
    """The agenda as JSON, with its sections by name."""
    printed = run("agenda", "--json", *words)
    assert printed.err == ""
    found: dict[str, Any] = json.loads(printed.out)
    printed_json().validate(found)
    return {**found, **{each["name"]: each["items"] for each in found["sections"]}}


def ids(items: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in items]


def test_the_samples_agenda_is_two_pages(run: Run, acme: str) -> None:
    printed = run("agenda", acme)
    lines = printed.out.splitlines()
    assert (printed.code, printed.err) == (0, "")
    assert 60 < len(lines) <= TWO_PAGES
    assert all(cells(line) <= 100 for line in lines)
    said = [line for line in lines if line.startswith(("- ", "  - ")) and "**" in line]
    assert len(said) > 35
    text = printed.out.replace("\n  ", " ").replace("\n    ", " ")
    about = [line for line in text.splitlines() if line.lstrip().startswith("- **")]
    assert all(line.endswith(")*") for line in about), "each has who speaks to it"
    assert run("agenda", acme, "--markdown").out == printed.out


def test_what_moved_since_the_last_meeting_and_why(run: Run) -> None:
    demo = run("demo", "--copy-only").out.strip()
    found = shown(run, demo)
    steps = {one["id"]: one["step"] for one in found["moved"]}
    assert next(iter(steps)) == "peak-readiness"
    main = steps["peak-readiness"]
    assert (main["then"], main["now"]) == ("2027-10-20", "2027-10-15")
    assert (main["moved"], main["time"], main["edits"]) == (-3, -3, 0)
    assert "customer-sso" in main["waited"][0]
    assert found["unknown"] is None
    lines = run("agenda", demo).out.splitlines()
    assert len(lines) <= TWO_PAGES
    assert any("20 Oct → 15 Oct" in line for line in lines)
    earlier = {one["id"]: one["step"] for one in shown(run, demo, "--since", "1 Feb")["moved"]}
    assert any(one["id"] == "customer-sso" for one in earlier["peak-readiness"]["causes"])


def test_without_a_meeting_it_looks_two_weeks_back_and_says_how_to_add_one(
    run: Run, small: Path
) -> None:
    found = shown(run, str(small))
    assert (found["meeting"], found["since"], found["moved"]) == (None, "2027-03-08", None)
    assert "planner add meetings.ID" in run("agenda", str(small)).out
    assert run("add", "meetings.review", "every=2w", "attends=crm,data", "-r", str(small)).code == 0
    found = shown(run, str(small))
    assert found["meeting"]["id"] == "review"
    assert found["meeting"]["last"] is None


def test_who_speaks_without_people_is_the_team(run: Run, small: Path) -> None:
    found = shown(run, str(small))
    [one] = found["agree"]
    assert (one["id"], one["other"], one["act"], one["days"]) == ("mails", "feed", "agree", 15)
    assert one["speaks"] == [
        {"id": "data", "name": "data", "team": None, "side": "it", "attends": False}
    ]
    assert one["frees"] == ["mails"]
    [late] = found["decide"]
    assert (late["id"], late["state"], late["days"]) == ("sender", "overdue", 5)
    [action] = found["action"]
    assert (action["id"], action["state"], action["days"]) == ("quote", "overdue", 1)


def test_only_what_a_party_speaks_to_or_what_is_about_some_work(run: Run, acme: str) -> None:
    every = shown(run, acme)
    for_it = shown(run, acme, "--for", "it")
    assert ids(for_it["owner"]) == ["dam-cms-connector"]
    assert ids(for_it["decide"]) == ["consent-retention", "sms-provider", "profile-region"]
    assert 0 < len(for_it["agree"]) < len(every["agree"])
    person = shown(run, acme, "--for", "hanna-beck")
    assert ids(person["decide"]) == ["points-expiry"]
    about = shown(run, acme, "--for", "autumn-range-live")
    assert ids(about["agree"]) == ["autumn-range-load"]
    filtered = shown(run, acme, "--filter", "id:loyalty-relaunch")
    assert set(ids(filtered["agree"])) == {"loyalty-relaunch"}
    assert run("agenda", acme, "--for", "nobody").code == 2


def test_another_meeting_and_another_day(run: Run, acme: str) -> None:
    found = shown(run, acme, "--meeting", "launch-desk", "--since", "1 Mar")
    assert (found["meeting"]["id"], found["meeting"]["last"]) == ("launch-desk", "2027-03-18")
    assert (found["meeting"]["next"], found["since"]) == ("2027-03-25", "2027-03-01")
    assert shown(run, acme, "--since", "last")["since"] == "2027-03-11"
    wrong = run("agenda", acme, "--meeting", "launch-des")
    assert wrong.code == 2
    assert "launch-desk" in wrong.err


def test_closing_writes_when_it_was_held(run: Run, acme: str, tmp_path: Path) -> None:
    copy = shutil.copytree(acme, tmp_path / "copy")
    before = (copy / "roadmap.toml").read_text(encoding="utf-8")
    dry = run("agenda", str(copy), "--close", "--dry-run")
    assert "+last = 2027-03-25" in dry.out
    assert (copy / "roadmap.toml").read_text(encoding="utf-8") == before
    assert run("agenda", str(copy), "--close").code == 0
    found = shown(run, str(copy))["meeting"]
    assert (found["last"], found["next"]) == ("2027-03-25", "2027-04-08")
    assert run("agenda", str(copy), "--close", "--on", "22 Mar").code == 0
    assert shown(run, str(copy))["meeting"]["last"] == "2027-03-22"


def test_a_meeting_that_is_overdue_is_reported_and_the_agenda_says_when_it_last_met(
    run: Run, small: Path
) -> None:
    on = '[checks.severity]\nMEET01 = "info"\n'
    small.write_text(SMALL + MEETING + on, encoding="utf-8")

    def reported(day: str) -> list[dict[str, Any]]:
        found = run("check", "--json", "--select", "MEET01", "--as-of", day, str(small)).out
        rows: list[dict[str, Any]] = json.loads(found)["findings"]
        return rows

    assert reported("2027-04-02") == [], "15 working days are 1.5 × 2w, and no more"
    [one] = reported("2027-04-05")
    assert (one["code"], one["data"]["days"]) == ("MEET01", 16)
    assert "last met 12 Mar" in run("agenda", str(small)).out
    one_side = MEETING.replace('"crm", "data"', '"crm"').replace("[meetings", TEAM + "[meetings")
    small.write_text(SMALL + one_side + on, encoding="utf-8")
    [one] = reported("2027-03-22")
    assert one["data"]["side"] == "marketing"


def test_there_is_nothing_to_close_without_a_meeting(run: Run, small: Path) -> None:
    printed = run("agenda", str(small), "--close")
    assert (printed.code, printed.out) == (2, "")
    assert "planner add meetings.ID" in printed.err
    assert run("agenda", str(small), "--on", "22 Mar").code == 2


def test_a_meeting_closed_a_day_late_was_held_on_its_day(run: Run, small: Path) -> None:
    small.write_text(SMALL + MEETING, encoding="utf-8")
    late = ("--as-of", "2027-03-29")
    assert shown(run, str(small), *late)["meeting"]["next"] == "2027-03-26"
    assert shown(run, str(small), *late)["meeting"]["overdue"] == 1
    assert run("agenda", str(small), "--close", *late).code == 0
    assert shown(run, str(small), *late)["meeting"]["last"] == "2027-03-26"


def test_an_empty_roadmap_has_nothing_to_talk_about(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "empty.toml"
    file.write_text("[roadmap]\n", encoding="utf-8")
    found = shown(run, str(file))
    assert not any(each["items"] for each in found["sections"])
    assert run("agenda", str(file)).out.splitlines()[-1].startswith("There is nothing")


def test_a_meeting_between_two_was_held_on_the_status_date(run: Run, small: Path) -> None:
    small.write_text(SMALL + MEETING.replace('"2w"', '"12w"'), encoding="utf-8")
    assert shown(run, str(small))["meeting"]["next"] == "2027-06-04"
    assert run("agenda", str(small), "--close").code == 0
    assert shown(run, str(small))["meeting"]["last"] == "2027-03-22"


@pytest.mark.parametrize(("every", "last"), [("520w", "2199-12-01"), ("1d", "1990-01-01")])
def test_a_rhythm_ends_with_the_days_of_the_format(
    run: Run, small: Path, every: str, last: str
) -> None:
    small.write_text(SMALL + MEETING.replace("2w", every).replace("2027-03-12", last))
    late = ("--as-of", "2199-12-20")
    assert shown(run, str(small), *late)["meeting"]["next"] in (None, "2199-12-20")
    assert run("agenda", str(small), "--close", *late).code == 0


def test_names_are_shown_as_they_are(run: Run, small: Path) -> None:
    text = SMALL.replace("Ask for a quote", "\\u001b[31m# *Ask* `x` <b>")
    small.write_text(text, encoding="utf-8")
    out = run("agenda", str(small)).out
    assert "\x1b" not in out
    assert "\\# \\*Ask\\* \\`x\\` \\<b\\>" in out


def test_an_action_has_no_bar_no_load_and_no_launch(run: Run, small: Path) -> None:
    with_it = json.loads(run("show", "--json", str(small)).out)
    small.write_text(SMALL.partition("[actions.quote]")[0], encoding="utf-8")
    without = json.loads(run("show", "--json", str(small)).out)
    assert with_it == without
