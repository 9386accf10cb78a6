"""`planner report --json`: the sentence, the asks and what is owed, as dates and figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, printed_json
from tests.git.clones import PERSON, clone_at
from tests.reports.roadmaps import write

TWO = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
[initiatives.api]
portfolio = "it"
estimate = "2w"
[initiatives.web]
portfolio = "marketing"
estimate = "1w"
{keys}
"""
"""Two pieces of work, one after the other, on two sides; `web` ends on 19 Mar."""


LEADS = """
[portfolios.marketing]
lead = "ana"
[portfolios.it]
lead = "ben"
[people.ana]
name = "Ana"
role = "Chief marketing officer"
[people.ben]
name = "Ben"
role = "Chief information officer"
"""
"""Who leads the two sides."""
MOVED = """
[roadmap]
start = 2027-03-01
status_date = {day}
[meetings.joint]
every = "2w"
last = 2027-03-01
[initiatives.the-api]
title = "Gateway"
estimate = "{length}"
[initiatives.launch]
kind = "milestone"
needs = ["the-api"]
"""
"""A launch behind one piece of work."""


def said(run: Run, *words: str) -> Any:
    """What `report --json` says."""
    ran = run("report", "--json", *words)
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def two(run: Run, path: Path, keys: str, *words: str) -> Any:
    """What it says of `TWO` with these keys of `web` and tables behind."""
    file = path / "roadmap.toml"
    file.write_text(TWO.format(keys=keys))
    return said(run, str(file), *words)


def sentence(shown: Any) -> str:
    return "".join(part["text"] for part in shown["sentence"])


def test_the_sample_in_one_sentence(run: Run, acme: str) -> None:
    shown = said(run, acme)
    launch = shown["launch"]
    assert (launch["id"], launch["finish"], launch["aim"]) == (
        "peak-readiness",
        "2027-10-15",
        "2027-10-08",
    )
    assert (launch["aim_kind"], launch["days"], launch["not_agreed"]) == ("deadline", 5, 3)
    assert round(shown["week"]) == 6693  # only peak revenue is complete with the launch
    assert "€6,700" in sentence(shown)
    assert shown["meeting"] == {
        "id": "joint-review",
        "title": "Joint roadmap review",
        "day": "2027-03-25",
    }
    printed_json().validate(shown)


def test_only_the_distance_is_red_and_only_where_it_is_late(run: Run, acme: str) -> None:
    red = [part["text"] for part in said(run, acme)["sentence"] if part["red"]]
    assert len(red) == 1
    assert red[0].startswith("5 working days")
    early = said(run, acme, "--for", "autumn-range-live")
    assert (early["launch"]["aim_kind"], early["launch"]["days"]) == ("announced", -3)
    assert not any(part["red"] for part in early["sentence"])


def test_the_asks_of_the_sample_in_the_order_of_the_critical_path(run: Run, acme: str) -> None:
    asks = said(run, acme)["asks"]
    assert [(one["number"], one["act"], one["supplier"], one["id"]) for one in asks] == [
        (1, "settle", None, "peak-campaign"),
        (2, "agree", "customer-sso", "segment-definitions"),
        (3, "agree", "segment-definitions", "consent-signals"),
        (4, "agree", "consent-signals", "lifecycle-journeys"),
        (5, "agree", "autumn-content", "autumn-range-load"),
    ]
    names = [[who["name"] for who in one["who"]] for one in asks]
    assert names[1:] == [["Nadia Haddad"], ["Jonas Keller"], ["Piotr Zieliński"], ["Siv Halden"]]
    who = asks[1]["who"][0]
    assert (who["team"], who["side"]) == ("Identity and access", "IT")


def test_who_attends_the_meeting_answers_there_and_others_the_day_before(
    run: Run, acme: str
) -> None:
    by = {one["who"][0]["name"]: one["answer_by"] for one in said(run, acme)["asks"]}
    assert by["Piotr Zieliński"] == "2027-03-25"  # of the data platform, which attends
    assert by["Nadia Haddad"] == "2027-03-24"


def test_an_ask_names_the_day_that_keeps_a_latest_start(run: Run, acme: str) -> None:
    """The plan has the pictures on 5 Aug, and the load that waits for them a slot on Mon 2 Aug."""
    pictures = said(run, acme)["asks"][4]
    assert pictures["supplier"] == "autumn-content"
    assert "30 Jul" in pictures["ask"]
    assert "2 Aug" in pictures["why"]


ASKED = 'needs = [{ on = "api", delivers = "figures", asked = 2027-02-22 }]'


def test_without_a_meeting_an_answer_is_wanted_before_the_work_begins(
    run: Run, tmp_path: Path
) -> None:
    (begun,) = two(run, tmp_path, ASKED)["asks"]
    assert "12 Mar" in begun["ask"]
    assert begun["answer_by"] is None  # it begins today
    later = TWO.replace('estimate = "2w"', 'estimate = "2w"\nstart_no_earlier_than = 2027-03-08')
    (tmp_path / "later.toml").write_text(later.format(keys=ASKED))
    (one,) = said(run, str(tmp_path / "later.toml"))["asks"]
    assert one["answer_by"] == "2027-03-08"


def test_every_ask_for_a_handover_has_a_day(run: Run, acme: str) -> None:
    for launch in ("peak-readiness", "autumn-range-live", "loyalty-relaunch"):
        for one in said(run, acme, "--for", launch)["asks"]:
            if one["supplier"] is not None:
                assert " by " in one["ask"]


@pytest.mark.parametrize(
    ("needs", "handovers"),
    [('needs = ["api"]', 0), ('needs = [{ on = "api", agreed = 2027-02-22 }]', 1)],
)
def test_handovers_are_agreed_only_where_there_are_some(
    run: Run, tmp_path: Path, needs: str, handovers: int
) -> None:
    plan = TWO if handovers else TWO.replace('portfolio = "marketing"', 'portfolio = "it"')
    file = tmp_path / "roadmap.toml"
    file.write_text(plan.format(keys=needs))
    assert said(run, str(file))["lede"].count("agreed") == handovers


def test_what_was_announced_comes_before_the_deadline(run: Run, tmp_path: Path) -> None:
    keys = 'needs = ["api"]\nannounced = 2027-03-12\ndeadline = 2027-03-26'
    launch = two(run, tmp_path, keys)["launch"]
    assert (launch["aim"], launch["aim_kind"], launch["days"]) == ("2027-03-12", "announced", 5)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("", ()),
        ("[people.x]\n", ("--title", "x")),
        ('needs = ["api"]\nstatus = "done"\nactual_finish = 2027-02-26', ()),
    ],
)
def test_with_nothing_to_say_it_is_still_whole(
    run: Run, tmp_path: Path, keys: str, words: tuple[str, ...]
) -> None:
    shown = two(run, tmp_path, keys, *words)
    assert sentence(shown).endswith(".")
    assert (shown["week"], shown["meeting"]) == (None, None)
    assert shown["owed"] == []
    for name in ("report.md", "report.html"):
        file = tmp_path / name
        assert run("report", str(file), str(tmp_path / "roadmap.toml")).code == 0
        assert "None" not in file.read_text()


def test_what_each_side_owes_with_those_not_agreed(run: Run, acme: str) -> None:
    owed = said(run, acme)["owed"]
    open_ = [one for one in owed if not one["agreed"]]
    assert [sum(one["giver"] == side for one in open_) for side in ("it", "marketing")] == [6, 2]
    late = {(one["supplier"], one["days"]) for one in owed if one["late"]}
    assert late == {("pim-commerce", 6), ("ip-warm-up", 3)}
    days = [one["due"] or one["day"] for one in owed]
    assert days == sorted(days)


def test_the_readers_side_comes_first(run: Run, acme: str) -> None:
    assert list(said(run, acme, "--side", "IT")["sides"]) == ["it", "marketing", "joint"]
    assert next(iter(said(run, acme)["sides"])) == "marketing"


def test_what_moved_since_the_last_meeting_and_why(run: Run, tmp_path: Path) -> None:
    """The predecessor gets a week longer by an edit, and begins a day late."""
    clone = clone_at(tmp_path / "repository")
    for day, length in (("2027-03-01", "2w"), ("2027-03-02", "3w")):
        clone.commit("roadmap.toml", MOVED.format(day=day, length=length))
    moved = said(run, str(clone.top / "roadmap.toml"))["moved"]
    assert moved["day"] == "2027-03-01"
    (launch,) = moved["launches"]
    step = launch["step"]
    assert (launch["id"], step["then"], step["now"]) == ("launch", "2027-03-12", "2027-03-22")
    assert (step["moved"], step["time"], step["edits"]) == (6, 1, 5)
    late, longer = launch["because"]
    assert "1 Mar" in late
    assert PERSON in longer
    assert all("Gateway" in each and "the-api" not in each for each in (late, longer))


def test_the_revision_is_told_and_whether_the_files_are_what_it_has(
    run: Run, tmp_path: Path
) -> None:
    clone = clone_at(tmp_path / "repository")
    commit = clone.commit("roadmap.toml", MOVED.format(day="2027-03-01", length="2w"))
    file = str(clone.top / "roadmap.toml")
    assert said(run, file)["revision"] == commit[:7]
    clone.write("roadmap.toml", MOVED.format(day="2027-03-01", length="3w"))
    changed = said(run, file)["revision"]
    assert changed.startswith(commit[:7])
    assert changed != commit[:7]


def test_since_needs_a_record(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "roadmap.toml"
    file.write_text(MOVED.format(day="2027-03-08", length="2w"))
    assert said(run, str(file))["moved"] is None
    ran = run("report", "-", str(file), "--since", "2027-03-01")
    assert (ran.code, ran.out) == (2, "")


def test_a_third_side_owes_and_is_owed_like_the_others(run: Run, tmp_path: Path) -> None:
    shown = said(run, str(write(tmp_path, 40, sides=3)))
    assert list(shown["sides"]) == ["marketing", "it", "joint", "stores"]
    givers = {one["giver"] for one in shown["owed"]}
    assert givers == {"marketing", "it", "stores"}


def test_a_late_launch_asks_both_leads_where_both_have_to_agree(run: Run, tmp_path: Path) -> None:
    """The only way to be in time is that marketing starts before IT is done."""
    keys = 'needs = ["api"]\ndeadline = 2027-03-17\n' + LEADS
    (first, *_) = two(run, tmp_path, keys)["asks"]
    assert (first["act"], [who["name"] for who in first["who"]]) == ("settle", ["Ana", "Ben"])
    assert [who["role"] for who in first["who"]] == ["CMO", "CIO"]


def test_a_conflict_names_a_system_rather_than_a_team_of_the_same_id(run: Run, acme: str) -> None:
    told = [one["text"] for one in said(run, acme)["risks"] if one["code"] == "SYS01"]
    assert "“Customer relationship management”" in told[0]


def test_risks_are_told_without_words_of_the_trade(run: Run, acme: str) -> None:
    told = {one["code"]: one["text"] for one in said(run, acme)["risks"]}
    assert "6 working days" in told["DATE06"]
    assert not any("link" in text for text in told.values())
    assert "before consent" not in told["DATA01"]  # it may be there by then: nobody waits for it


def test_a_target_in_money_is_written_as_all_money(run: Run, acme: str, tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    assert run("report", str(file), acme).code == 0
    assert "€31" in file.read_text()
    assert "31 EUR" not in file.read_text()


def test_promises_tell_what_is_known_beside_their_heading(run: Run, tmp_path: Path) -> None:
    """Of many that were agreed none is delivered: how long an answer took is known."""
    file = tmp_path / "report.md"
    assert run("report", str(file), str(write(tmp_path, 40))).code == 0
    answer = file.read_text().partition("## Promises kept")[2].splitlines()[2]
    assert "10 working days" in answer


def test_promises_of_which_too_little_is_known_are_left_out(
    run: Run, acme: str, tmp_path: Path
) -> None:
    keys = ASKED.replace(" }", ", agreed = 2027-02-24 }")
    (tmp_path / "roadmap.toml").write_text(TWO.format(keys=keys))
    few, many = tmp_path / "few.md", tmp_path / "many.md"
    assert run("report", str(few), str(tmp_path / "roadmap.toml")).code == 0
    assert run("report", str(many), acme).code == 0
    assert "too few" not in few.read_text()
    assert "## Promises kept" in many.read_text()


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_the_same_plan_gives_the_same_bytes(
    run: Run, acme: str, tmp_path: Path, suffix: str
) -> None:
    one, other = tmp_path / f"one{suffix}", tmp_path / f"other{suffix}"
    for file in (one, other):
        assert run("report", str(file), acme).code == 0
    assert one.read_bytes() == other.read_bytes()


def test_a_file_that_is_there_stays_unless_forced(run: Run, acme: str, tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    file.write_text("mine")
    refused = run("report", str(file), acme)
    assert (refused.code, file.read_text()) == (2, "mine")
    assert run("report", str(file), acme, "--force").code == 0
    assert "peak" in file.read_text().lower()


@pytest.mark.parametrize(
    "words",
    [("report.docx",), ("report",), (), ("a.md", "b.md"), ("x.md", "--side", "crm"),
     ("x.md", "--for", "peak-ready")],
)  # fmt: skip
def test_what_can_not_be_written_is_refused_with_what_to_do(
    run: Run, acme: str, tmp_path: Path, words: tuple[str, ...]
) -> None:
    named = [str(tmp_path / word) if word.endswith((".md", ".docx")) else word for word in words]
    ran = run("report", *named, "-r", acme)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("planner: ")
    assert not list(tmp_path.iterdir())
