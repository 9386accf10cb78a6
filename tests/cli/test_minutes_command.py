"""`planner minutes`: a meeting of ten, played with commands; each thing that was said, by whom, and
nothing else.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from planner.pages.canvas import cells
from tests.cli.conftest import Run, printed_json
from tests.git.clones import Clone, clone_at

RUTH, NADIA, HANNA = "Ruth Adler", "Nadia Haddad", "Hanna Beck"
TEN = (
    "ruth-adler", "nadia-haddad", "hanna-beck", "siv-halden", "jonas-keller", "piotr-zielinski",
    "karim-benali", "mara-lindqvist", "felix-brandt", "elena-voss",
)  # fmt: skip
NO = "the sign-in of segments needs a second tenant"
SAID: tuple[tuple[str, ...], ...] = (
    ("agree", "autumn-range-load", "autumn-content", "--by", "siv-halden"),
    ("agree", "loyalty-relaunch", "customer-sso", "--by", "nadia-haddad"),
    ("agree", "consent-signals", "segment-definitions", "--by", "jonas-keller"),
    ("agree", "lifecycle-journeys", "consent-signals", "--counter", "2027-08-05",
     "--by", "piotr-zielinski"),
    ("agree", "segment-definitions", "customer-sso", "--decline", "--note", NO,
     "--by", "nadia-haddad"),
    ("set", "decisions.points-expiry", "choice=carry over for 12 months", "decided=2027-03-22"),
    ("set", "decisions.consent-retention", "choice=as long as the account exists",
     "decided=2027-03-22"),
    ("add", "waivers.cdp-and-esp", "rule=SYS04", "on=cdp,esp", "reason=Both until the switch.",
     "by=elena-voss", "until=2027-06-30"),
    ("add", "actions.corvane-quote", "title=Quote for Corvane support", "owner=felix-brandt",
     "due=2027-04-09", "meeting=joint-review"),
    ("agenda", "--close"),
)  # fmt: skip
"""What was said: three agreements, a counter-proposal, a no, two decisions, a waiver, an action."""
PLANTED = {
    ("agreed", "autumn-range-load", "autumn-content", "Siv Halden"),
    ("agreed", "loyalty-relaunch", "customer-sso", "Nadia Haddad"),
    ("agreed", "consent-signals", "segment-definitions", "Jonas Keller"),
    ("countered", "lifecycle-journeys", "consent-signals", "Piotr Zieliński"),
    ("declined", "segment-definitions", "customer-sso", "Nadia Haddad"),
    ("decided", "points-expiry", "", "Loyalty"),
    ("decided", "consent-retention", "", "Privacy office"),
    ("waived", "cdp-and-esp", "", "Elena Voss"),
    ("action", "corvane-quote", "", "Felix Brandt"),
    ("closed", "joint-review", "", None),
}
BESIDE: tuple[tuple[str, ...], ...] = (
    ("set", "api-gateway", "title=The gateway"),
    ("set", "customer-sso", "notes=Talked about it."),
    ("set", "brand-site", "estimate=9w", "priority=2"),
    ("set", "cdp-foundation", "tags=later"),
    ("add", "initiatives.store-screens", "owner=web", "estimate=3w"),
    ("link", "api-gateway", "store-screens"),
    ("status", "store-screens", "proposed"),
)
"""Work on the plan, which nobody said in the meeting."""


class Meeting:
    """The sample in a repository, and commands in it."""

    def __init__(self, run: Run, clone: Clone) -> None:
        self.run = run
        self.clone = clone
        self.path = str(clone.top / "acme-2027")
        self.user(RUTH)

    def user(self, name: str) -> None:
        """Who git commits as, from now on."""
        self.clone.git("config", "user.name", name)

    def do(self, *commands: tuple[str, ...]) -> None:
        for words in commands:
            printed = self.run(*words, "-r", self.path)
            assert printed.code == 0, printed.err

    def commit(self, author: str) -> str:
        self.clone.environment["GIT_AUTHOR_NAME"] = author
        self.clone.git("commit", "-qam", "Change")
        return self.clone.git("rev-parse", "HEAD").strip()

    def minutes(self, *words: str) -> dict[str, Any]:
        printed = self.run("minutes", "--json", self.path, *words)
        assert (printed.code, printed.err) == (0, "")
        found: dict[str, Any] = json.loads(printed.out)
        printed_json().validate(found)
        return found

    def told(self, *words: str) -> dict[tuple[Any, ...], tuple[str | None, str | None]]:
        """The records with who said them, and who typed each in which commit."""
        rows = self.minutes(*words)["rows"]
        found = {_record(row): (row["typed"], row["commit"]) for row in rows}
        assert len(found) == len(rows)
        return found


def _record(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["act"], row["id"], row["other"], (row["said"] or {}).get("name")


@pytest.fixture
def meeting(run: Run, acme: str, tmp_path: Path) -> Meeting:
    """The sample with ten who attend, committed once."""
    clone = clone_at(tmp_path / "work")
    shutil.copytree(acme, clone.top / "acme-2027")
    made = Meeting(run, clone)
    made.do(("set", "meetings.joint-review", f"attends={','.join(TEN)}"))
    clone.git("add", "-A")
    clone.git("commit", "-qm", "One roadmap")
    return made


def test_each_is_named_and_nothing_else_where_nothing_is_committed(meeting: Meeting) -> None:
    meeting.do(*SAID, *BESIDE)
    assert meeting.told() == dict.fromkeys(PLANTED, (RUTH, None))
    shown = meeting.minutes()
    assert (shown["meeting"], shown["held"]) == ("joint-review", "2027-03-25")
    rows = {_record(row)[:2]: row for row in shown["rows"]}
    no = rows["declined", "segment-definitions"]
    assert no["reason"] == NO
    assert "5 Aug" in rows["countered", "lifecycle-journeys"]["text"]
    assert rows["decided", "points-expiry"]["text"] == "carry over for 12 months"
    assert rows["waived", "cdp-and-esp"]["reason"] == "Both until the switch."
    assert rows["action", "corvane-quote"]["day"] == "2027-04-09"


def test_who_typed_it_is_who_committed_it_with_others_in_between(meeting: Meeting) -> None:
    meeting.do(*SAID[:3])
    first = meeting.commit(RUTH)
    meeting.do(*BESIDE[:3])
    meeting.commit(NADIA)
    meeting.do(*SAID[3:7])
    second = meeting.commit(HANNA)
    meeting.do(*BESIDE[3:])
    meeting.commit(NADIA)
    meeting.do(*SAID[7:])
    meeting.user("Elena Voss")
    told = meeting.told()
    assert set(told) == PLANTED
    by = {commit: {one[0] for one, found in told.items() if found[1] == commit}
          for commit in (first, second, None)}  # fmt: skip
    assert by[first] == {"agreed"}
    assert by[second] == {"countered", "declined", "decided"}
    assert by[None] == {"waived", "action", "closed"}
    assert set(told.values()) == {(RUTH, first), (HANNA, second), ("Elena Voss", None)}
    meeting.commit(RUTH)
    assert {found[0] for found in meeting.told().values()} == {RUTH, HANNA}


def test_what_came_with_a_merge_was_typed_by_whoever_typed_it_there(meeting: Meeting) -> None:
    git = meeting.clone.git
    git("switch", "-qc", "nadia")
    meeting.do(SAID[1])
    there = meeting.commit(NADIA)
    git("switch", "-q", "main")
    meeting.do(SAID[0])
    here = meeting.commit(RUTH)
    git("merge", "-q", "--no-edit", "nadia")
    assert set(meeting.told().values()) == {(NADIA, there), (RUTH, here)}


def test_what_was_taken_back_is_not_told(meeting: Meeting) -> None:
    meeting.do(SAID[0], SAID[5])
    meeting.commit(RUTH)
    meeting.clone.git("revert", "--no-edit", "HEAD")
    meeting.do(SAID[8])
    assert set(meeting.told()) == {("action", "corvane-quote", "", "Felix Brandt")}


def test_the_minutes_of_a_closed_meeting_end_with_its_day(meeting: Meeting) -> None:
    meeting.do(*SAID)
    meeting.commit(RUTH)
    later = ("--as-of", "2027-03-30")
    meeting.do(("agree", "sms-service", "consent-platform", "--ask", *later))
    assert set(meeting.told(*later)) == PLANTED
    asked = ("asked", "sms-service", "consent-platform", "CRM and lifecycle")
    assert set(meeting.told("--since", "last", *later)) >= {asked}
    told = meeting.told("--since", "2027-03-30", *later)
    assert set(told) == {asked}


def test_they_stay_when_the_plan_goes_on(meeting: Meeting) -> None:
    meeting.do(*SAID)
    meeting.commit(RUTH)
    meeting.do(("set", "roadmap", "status_date=2027-03-29"), ("set", "brand-site", "estimate=9w"))
    meeting.commit(NADIA)
    meeting.do(("agree", "sms-service", "consent-platform", "--by", "privacy"))
    assert set(meeting.told()) == PLANTED
    assert len(meeting.told("--since", "27 Mar")) == 1


def test_of_all_acts(meeting: Meeting) -> None:
    meeting.do(
        ("set", "dam-cms-connector", "owner=web-eng"),
        ("agree", "marketing-automation", "sending-domains", "--accept", "--by", "mara-lindqvist"),
        ("agree", "preference-centre", "--review", "--by", "identity"),
        ("agree", "experimentation", "--by", "it"),
        ("set", "outcomes.brand-preference", "readings.2027-03-20=21"),
        ("set", "loyalty-relaunch", "announced=2027-08-10"),
        ("set", "actions.sms-contract-terms", "done=2027-03-22"),
    )
    assert set(meeting.told()) == {
        ("assigned", "dam-cms-connector", "owner", "Web engineering"),
        ("accepted", "marketing-automation", "sending-domains", "Mara Lindqvist"),
        ("reviewed", "preference-centre", "identity", "Identity and access"),
        ("agreed", "experimentation", "it", "IT"),
        ("measured", "brand-preference", "2027-03-20", "Brand and campaigns"),
        ("announced", "loyalty-relaunch", "", "Loyalty"),
        ("done", "sms-contract-terms", "", "Ruth Adler"),
    }


def test_an_announced_date_that_is_taken_back(meeting: Meeting) -> None:
    meeting.do(("set", "autumn-range-live", "announced="))
    assert ("announced", "autumn-range-live") in {one[:2] for one in meeting.told()}
    texts = [row["text"] for row in meeting.minutes()["rows"]]
    assert texts == ["no longer for 1 Sep"]


def test_what_a_party_said_or_what_is_about_some_work(meeting: Meeting) -> None:
    meeting.do(*SAID)
    by_nadia = {one for one in PLANTED if one[3] == "Nadia Haddad"}
    assert set(meeting.told("--for", "nadia-haddad")) == by_nadia
    it = {"Nadia Haddad", "Piotr Zieliński", "Privacy office", "Felix Brandt"}
    assert set(meeting.told("--for", "it")) == {one for one in PLANTED if one[3] in it}
    about = set(meeting.told("--filter", "id:loyalty-relaunch"))
    assert {one[1] for one in about} == {"loyalty-relaunch", "points-expiry"}
    assert {one[1] for one in meeting.told("--for", "autumn-range-load")} == {"autumn-range-load"}


def test_without_history_what_has_a_date_is_told_and_the_rest_is_said_to_be_unknown(
    run: Run, acme: str, tmp_path: Path
) -> None:
    path = str(shutil.copytree(acme, tmp_path / "acme-2027"))
    for words in (*SAID, *BESIDE):
        assert run(*words, "-r", path).code == 0
    shown = json.loads(run("minutes", "--json", path).out)
    assert (shown["base"], {row["typed"] for row in shown["rows"]}) == (None, {None})
    assert "waivers" in shown["unknown"]
    dated = {one for one in PLANTED if one[0] not in ("waived", "action")}
    assert {_record(row) for row in shown["rows"]} == dated


def test_the_page_says_who_said_it_and_who_typed_it(meeting: Meeting) -> None:
    meeting.do(*SAID)
    printed = meeting.run("minutes", meeting.path)
    lines = printed.out.splitlines()
    assert printed.code == 0
    assert all(cells(line) <= 100 for line in lines)
    text = " ".join(line.strip() for line in lines)
    assert "Elena Voss (recorded by Ruth Adler)" in text
    assert len([line for line in lines if line.startswith("- ")]) == len(PLANTED)
    assert text.count(NO) == 1
    assert meeting.run("minutes", meeting.path, "--markdown").out == printed.out


def test_names_with_escape_codes_are_shown_as_they_are(meeting: Meeting) -> None:
    meeting.user("Eve\x1b[31m *x*")
    meeting.do(SAID[0])
    out = meeting.run("minutes", meeting.path).out
    assert "\x1b" not in out
    assert "Eve" in out
    assert "\\*x\\*" in out


def test_without_people_and_meetings(run: Run, tmp_path: Path) -> None:
    clone = clone_at(tmp_path / "work")
    text = '[initiatives.feed]\nowner = "data"\n[decisions.sender]\ntitle = "Who sends"\n'
    clone.commit("roadmap.toml", text)
    path = str(clone.top / "roadmap.toml")
    assert json.loads(run("minutes", "--json", path).out)["rows"] == []
    day = clone.git("log", "-1", "--format=%as").strip()
    clone.write("roadmap.toml", f'{text}choice = "we"\ndecided = {day}\n')
    [row] = json.loads(run("minutes", "--json", path).out)["rows"]
    assert (row["act"], row["id"], row["said"]) == ("decided", "sender", None)


# --- histories that are not straight --------------------------------------------------------------


def test_a_commit_that_cannot_be_read_is_left_out(meeting: Meeting) -> None:
    it = Path(meeting.path) / "it.toml"
    meeting.do(SAID[0])
    first = meeting.commit(RUTH)
    whole = it.read_text(encoding="utf-8")
    it.write_text(f"{whole}\n<<<<<<< HEAD\n", encoding="utf-8")
    meeting.commit(NADIA)
    it.write_text(whole, encoding="utf-8")
    meeting.do(SAID[1])
    second = meeting.commit(HANNA)
    assert set(meeting.told().values()) == {(RUTH, first), (HANNA, second)}


def test_what_was_renamed_since_keeps_who_typed_it(meeting: Meeting) -> None:
    meeting.do(SAID[1], SAID[5])
    first = meeting.commit(RUTH)
    meeting.do(
        ("rename", "customer-sso", "one-sign-in"), ("rename", "decisions.points-expiry", "points")
    )
    meeting.commit(NADIA)
    assert meeting.told() == {
        ("agreed", "loyalty-relaunch", "one-sign-in", "Nadia Haddad"): (RUTH, first),
        ("decided", "points", "", "Loyalty"): (RUTH, first),
    }


def test_a_roadmap_that_moved_is_followed(meeting: Meeting) -> None:
    meeting.do(SAID[1])
    first = meeting.commit(RUTH)
    meeting.clone.git("mv", "acme-2027", "plan")
    meeting.path = str(meeting.clone.top / "plan")
    meeting.commit(NADIA)
    assert set(meeting.told().values()) == {(RUTH, first)}


def test_a_merge_of_merges_names_who_typed_it_first(meeting: Meeting) -> None:
    git = meeting.clone.git
    git("switch", "-qc", "hanna")
    git("switch", "-qc", "nadia")
    meeting.do(SAID[1])
    there = meeting.commit(NADIA)
    git("switch", "-q", "hanna")
    meeting.do(SAID[5])
    decided = meeting.commit(HANNA)
    git("merge", "-q", "--no-edit", "nadia")
    git("switch", "-q", "main")
    meeting.do(BESIDE[0])
    meeting.commit(RUTH)
    git("merge", "-q", "--no-edit", "hanna")
    assert set(meeting.told().values()) == {(NADIA, there), (HANNA, decided)}


def test_a_shallow_clone_says_where_the_record_starts(meeting: Meeting, tmp_path: Path) -> None:
    meeting.do(SAID[0])
    meeting.commit(RUTH)
    meeting.do(SAID[1])
    top = meeting.commit(RUTH)
    meeting.clone.git(
        "clone", "-q", "--depth=1", f"file://{meeting.clone.top}", str(tmp_path / "s")
    )
    meeting.path = str(tmp_path / "s" / "acme-2027")
    shown = meeting.minutes()
    assert (shown["rows"], shown["base"]) == ([], top)
    assert top[:7] in shown["unknown"]
    page = meeting.run("minutes", meeting.path).out
    assert "Nothing was recorded" not in page, "that is not known"
