"""What the two sides agree on when one hands over to the other, through the commands."""

from __future__ import annotations

import json
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.cli.conftest import Run

TERMS = (
    '{ on = "api", delivers = "sign-in", accepted_when = "a customer signs in", '
    "promised = 2027-03-05, agreed = 2027-01-11, rejected = 2027-02-22, "
    'counter = { by = "identity", on = 2027-02-22, type = "SS", lag = "1w" }, '
    'by = "identity", note = "half of it; the rest later" }'
)
ROADMAP = f"""\
[roadmap]
start = 2027-03-01
status_date = 2027-03-01

[teams.identity]
portfolio = "it"

[teams.crm]
portfolio = "marketing"

[initiatives.api]
owner = "identity"
estimate = "4w"

[initiatives.push]
owner = "crm"
estimate = "2w"
needs = [{TERMS}]
"""


@pytest.fixture
def roadmap(tmp_path: Path) -> Path:
    """A roadmap with one handover that says all that one can say."""
    path = tmp_path / "plan.toml"
    path.write_text(ROADMAP, "utf-8")
    return path


def link(roadmap: Path, id: str = "push") -> dict[str, Any]:
    """The first link of an initiative, as it is written."""
    found: dict[str, Any] = tomli.loads(roadmap.read_text("utf-8"))["initiatives"][id]["needs"][0]
    return found


def test_all_terms_are_printed_as_json(run: Run, roadmap: Path) -> None:
    shown = json.loads(run("show", str(roadmap), "--json").out)
    (need,) = shown["initiatives"][1]["needs"]
    assert need == {
        "on": "api",
        "type": "FS",
        "lag": 0,
        "slack": 0,
        "driving": True,
        "delivers": "sign-in",
        "why": None,
        "accepted_when": "a customer signs in",
        "asked": None,
        "needed_by": None,
        "promised": "2027-03-05",
        "agreed": "2027-01-11",
        "declined": None,
        "accepted": None,
        "rejected": "2027-02-22",
        "counter": {
            "by": "identity",
            "on": "2027-02-22",
            "promised": None,
            "needed_by": None,
            "type": "SS",
            "lag": 5,
        },
        "by": "identity",
        "note": "half of it; the rest later",
    }


AGREED = """\
[roadmap]
start = 2027-03-01
status_date = 2027-03-01

[teams.identity]
portfolio = "it"

[teams.crm]
portfolio = "marketing"

[initiatives.api]
owner = "identity"
estimate = "4w"

[initiatives.push]
owner = "crm"
estimate = "2w"
needs = [{ on = "api", promised = 2027-03-05, agreed = 2027-01-11 }]
"""


@pytest.fixture
def agreed(tmp_path: Path) -> Path:
    """A handover whose promise is broken: the plan delivers it on 26 March."""
    path = tmp_path / "plan.toml"
    path.write_text(AGREED, "utf-8")
    return path


def codes(run: Run, roadmap: Path) -> set[str]:
    """The rules that have found something."""
    shown = json.loads(run("check", str(roadmap), "--json").out)
    found = shown["findings"]
    parts = (part["code"] for one in found for part in one["data"].get("parts", ()))
    return {*parts, *(one["code"] for one in found)}


def test_a_bad_counter_is_told_with_its_place(run: Run, roadmap: Path) -> None:
    roadmap.write_text(ROADMAP.replace("on = 2027-02-22, type", "on = true, type"), "utf-8")
    shown = json.loads(run("check", str(roadmap), "--json").out)
    (bad,) = [one for one in shown["findings"] if one["code"] == "READ01"]
    assert (bad["on"], bad["line"]) == (["push"], 18)
    assert "push.needs.counter.on" in bad["message"]


def test_terms_are_set_in_the_order_of_the_format(run: Run, roadmap: Path) -> None:
    words = "api; note by phone; by identity; counter by crm needed by 12 mar; rejected 22 feb"
    ran = run("set", "push", f"needs={words}; accepted_when it works", "-r", str(roadmap))
    assert ran.code == 0, ran.err
    written = link(roadmap)
    assert list(written) == ["on", "accepted_when", "rejected", "counter", "by", "note"]
    assert list(written["counter"]) == ["by", "needed_by"]


def test_a_rename_follows_who_said_it(run: Run, roadmap: Path) -> None:
    assert run("rename", "identity", "sign-in", "-r", str(roadmap)).code == 0
    assert (link(roadmap)["by"], link(roadmap)["counter"]["by"]) == ("sign-in", "sign-in")
    assert roadmap.read_text("utf-8") == ROADMAP.replace('"identity"', '"sign-in"').replace(
        "teams.identity", "teams.sign-in"
    )


def test_who_gave_an_answer_stays_known_when_the_team_goes(run: Run, roadmap: Path) -> None:
    assert run("remove", "teams.identity", "-r", str(roadmap)).code == 0
    assert link(roadmap)["by"] == "identity"


def test_the_normal_form_keeps_all_terms(run: Run, roadmap: Path) -> None:
    assert run("fmt", str(roadmap)).code == 0
    assert link(roadmap) == tomli.loads(f"x = {TERMS}")["x"]


# --- two sides ------------------------------------------------------------------------------------

PROMISED, ANSWERED = date(2027, 3, 5), date(2027, 1, 11)
TODAY, PLANNED = date(2027, 3, 1), date(2027, 3, 26)


@pytest.mark.parametrize(
    ("words", "counter"),
    [
        (("agree", "push", "api", "--promise", "26 mar"), {"by": "it", "promised": PLANNED}),
        (("agree", "push", "api", "--counter", "26 mar"), {"by": "it", "promised": PLANNED}),
        (
            ("agree", "push", "api", "--promise", "26 mar", "--by", "identity"),
            {"by": "identity", "promised": PLANNED},
        ),
        (
            ("agree", "push", "api", "--needed-by", "2027-03-03"),
            {"by": "marketing", "needed_by": date(2027, 3, 3)},
        ),
        (
            ("agree", "push", "api", "--counter", "2027-03-03", "--by", "crm"),
            {"by": "crm", "needed_by": date(2027, 3, 3)},
        ),
        (
            ("set", "push", "needs=api; promised 26 mar; agreed 2027-01-11"),
            {"by": "it", "promised": PLANNED},
        ),
        (
            ("set", "push", "needs=[{on='api', promised=2027-03-26, agreed=2027-01-11}]"),
            {"by": "it", "promised": PLANNED},
        ),
        (
            ("set", "push", "needs=api SS+5d; promised 2027-03-05; agreed 2027-01-11"),
            {"by": "marketing", "type": "SS", "lag": "+5d"},
        ),
        (("set", "push", "needs=api SS+5d"), {"by": "marketing", "type": "SS", "lag": "+5d"}),
        (("set", "push", "needs=['api SS+5d']"), {"by": "marketing", "type": "SS", "lag": "+5d"}),
        (
            ("set", "push", "needs=api +1w; promised 2027-03-05; agreed 2027-01-11"),
            {"by": "it", "type": "FS", "lag": "+1w"},
        ),
        (
            ("set", "push", "needs=api; promised 5 mar; agreed 2027-01-11; needed by 3 mar"),
            {"by": "marketing", "needed_by": date(2027, 3, 3)},
        ),
    ],
)
def test_what_asks_more_of_the_other_side_waits_for_its_answer(
    run: Run, agreed: Path, words: tuple[str, ...], counter: dict[str, Any]
) -> None:
    ran = run(*words, "-r", str(agreed))
    assert ran.code == 0, ran.err
    assert link(agreed) == {
        "on": "api",
        "promised": PROMISED,
        "agreed": ANSWERED,
        "counter": {**counter, "on": TODAY},
    }
    assert list(link(agreed)["counter"])[:2] == ["by", "on"]
    assert {"DATE06", "LINK06"} <= codes(run, agreed)


@pytest.mark.parametrize(
    ("words", "after"),
    [
        (
            ("agree", "push", "api", "--promise", "2027-03-03"),
            {"promised": date(2027, 3, 3), "agreed": ANSWERED, "by": "it"},
        ),
        (
            ("agree", "push", "api", "--promise", "2027-03-05"),
            {"promised": PROMISED, "agreed": ANSWERED, "by": "it"},
        ),
        (
            ("agree", "push", "api", "--needed-by", "26 mar"),
            {"promised": PROMISED, "agreed": ANSWERED, "needed_by": PLANNED},
        ),
        (
            ("set", "push", "needs=api; promised 3 mar; agreed 2027-01-11; delivers keys"),
            {"promised": date(2027, 3, 3), "agreed": ANSWERED, "delivers": "keys"},
        ),
        (
            ("set", "push", "needs=api; promised 26 mar; agreed 1 mar"),
            {"promised": PLANNED, "agreed": TODAY},
        ),
    ],
)
def test_relaxing_rewording_and_agreeing_anew_reopen_nothing(
    run: Run, agreed: Path, words: tuple[str, ...], after: dict[str, Any]
) -> None:
    ran = run(*words, "-r", str(agreed))
    assert ran.code == 0, ran.err
    assert link(agreed) == {"on": "api", **after}


@pytest.mark.parametrize(("me", "by"), [("identity", "identity"), ("crm", None), ("privacy", "it")])
def test_who_is_at_the_keys_says_whether_another_link_asks_more(
    run: Run, agreed: Path, monkeypatch: pytest.MonkeyPatch, me: str, by: str | None
) -> None:
    agreed.write_text(AGREED + "[teams.privacy]\n", "utf-8")
    config = agreed.parent / "config" / "planner"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f'me = "{me}"\n', "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config.parent))
    assert run("set", "push", "needs=api +1w", "-r", str(agreed)).code == 0
    written = link(agreed)
    assert written.get("counter", {}).get("by") == by
    assert ("lag" in written) == (by is None)
    assert written["agreed"] == ANSWERED
    agreed.write_text(AGREED, "utf-8")
    words = "needs=api; promised 26 mar; agreed 2027-01-11"
    assert run("set", "push", words, "-r", str(agreed)).code == 0
    assert link(agreed)["counter"]["by"] == ("identity" if me == "identity" else "it")


def test_a_link_that_is_written_as_text_keeps_its_terms(run: Run, agreed: Path) -> None:
    assert run("set", "push", "needs=api", "-r", str(agreed)).code == 0
    assert agreed.read_text("utf-8") == AGREED


def test_inside_one_side_terms_change_as_they_are_written(run: Run, agreed: Path) -> None:
    agreed.write_text(AGREED.replace('"it"', '"marketing"'), "utf-8")
    words = "needs=api SS; promised 26 mar; agreed 2027-01-11"
    assert run("set", "push", words, "-r", str(agreed)).code == 0
    assert "counter" not in link(agreed)
    assert (link(agreed)["promised"], link(agreed)["type"]) == (PLANNED, "SS")


def test_a_command_that_is_printed_is_made_as_it_is(run: Run, agreed: Path) -> None:
    shown = json.loads(run("check", str(agreed), "--json").out)
    (broken,) = [one for one in shown["findings"] if one["code"] == "DATE06"]
    program, *words = shlex.split(broken["fixes"][-1])
    assert program == "planner"
    assert run(*words, "-r", str(agreed)).code == 0
    assert link(agreed)["counter"]["promised"] == PLANNED
    before = agreed.read_text("utf-8")
    assert run(*words, "-r", str(agreed)).code == 0
    assert agreed.read_text("utf-8") == before


def countered(run: Run, roadmap: Path) -> None:
    """IT wants 26 March instead."""
    assert run("agree", "push", "api", "--promise", "26 mar", "-r", str(roadmap)).code == 0


def test_a_counter_is_taken(run: Run, agreed: Path) -> None:
    countered(run, agreed)
    ran = run("agree", "push", "api", "--take", "--note", "by phone", "-r", str(agreed))
    assert ran.code == 0, ran.err
    assert link(agreed) == {
        "on": "api",
        "promised": PLANNED,
        "agreed": TODAY,
        "by": "marketing",
        "note": "by phone",
    }
    assert not {"DATE06", "LINK02", "LINK06"} & codes(run, agreed)


def test_a_counter_is_not_taken(run: Run, agreed: Path) -> None:
    countered(run, agreed)
    ran = run("agree", "push", "api", "--not-take", "--by", "crm", "-r", str(agreed))
    assert ran.code == 0, ran.err
    assert link(agreed) == {"on": "api", "promised": PROMISED, "agreed": ANSWERED, "by": "crm"}
    assert "DATE06" in codes(run, agreed)


def test_a_day_that_both_know_gives_way_to_the_one_that_is_taken(run: Run, agreed: Path) -> None:
    needed = AGREED.replace("promised = 2027-03-05", "asked = 2027-01-04, needed_by = 2027-03-12")
    agreed.write_text(needed.replace(", agreed = 2027-01-11", ""), "utf-8")
    countered(run, agreed)
    assert {"LINK02", "LINK06"} <= codes(run, agreed)
    assert run("agree", "push", "api", "--take", "-r", str(agreed)).code == 0
    assert link(agreed) == {
        "on": "api",
        "asked": date(2027, 1, 4),
        "needed_by": PLANNED,
        "promised": PLANNED,
        "agreed": TODAY,
        "by": "marketing",
    }
    assert "LINK02" not in codes(run, agreed)


def test_a_taken_link_is_the_link(run: Run, agreed: Path) -> None:
    words = "needs=api SS+5d; promised 2027-03-05; agreed 2027-01-11"
    assert run("set", "push", words, "-r", str(agreed)).code == 0
    assert run("agree", "push", "api", "--take", "--by", "it", "-r", str(agreed)).code == 0
    taken = {"on": "api", "type": "SS", "lag": "+5d", "promised": PROMISED, "agreed": TODAY}
    assert link(agreed) == {**taken, "by": "it"}


def test_the_supplier_is_held_to_a_later_day_that_is_taken(run: Run, agreed: Path) -> None:
    assert run("agree", "push", "api", "--promise", "9 apr", "-r", str(agreed)).code == 0
    ran = run("agree", "push", "api", "--take", "--hold", "-r", str(agreed))
    assert ran.code == 0, ran.err
    shown = json.loads(run("show", str(agreed), "--json").out)
    assert [one["finish"] for one in shown["initiatives"]] == ["2027-04-09", "2027-04-23"]
    tables = tomli.loads(agreed.read_text("utf-8"))
    assert tables["initiatives"]["api"]["finish_no_earlier_than"] == date(2027, 4, 9)


def test_nothing_is_held_where_the_plan_is_later_anyway(run: Run, agreed: Path) -> None:
    countered(run, agreed)
    before = agreed.read_text("utf-8")
    assert run("agree", "push", "api", "--take", "--hold", "-r", str(agreed)).code == 2
    assert agreed.read_text("utf-8") == before


def test_an_overlap_that_is_not_taken_goes_back(run: Run, agreed: Path) -> None:
    late = AGREED + "deadline = 2027-04-02\n"
    agreed.write_text(late, "utf-8")
    listed = run("check", str(agreed), "--fix", "DATE01")
    assert listed.code == 1
    assert agreed.read_text("utf-8") == late
    ran = run("check", str(agreed), "--fix", "DATE01", "--apply", "1")
    assert "Marketing wants" in ran.out
    assert link(agreed)["counter"] == {"by": "marketing", "on": TODAY, "type": "FS"}
    assert (link(agreed)["type"], link(agreed)["agreed"]) == ("SS", ANSWERED)
    assert run("agree", "push", "api", "--not-take", "-r", str(agreed)).code == 0
    assert tomli.loads(agreed.read_text("utf-8"))["initiatives"]["push"]["needs"] == [
        {"on": "api", "promised": PROMISED, "agreed": ANSWERED, "by": "it"}
    ]


# --- a day that somebody names has a consequence --------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("agree", "segment-definitions", "customer-sso", "--promise", "26 may"),
        ("agree", "segment-definitions", "customer-sso", "--counter", "26 may", "--by", "it"),
        ("set", "segment-definitions", "needs=customer-sso +2w; needed by 12 may; promised 26 may"),
    ],
)
def test_a_day_that_is_named_is_run_through_the_plan(
    run: Run, acme: str, words: tuple[str, ...]
) -> None:
    ran = run(*words, "--dry-run", "-r", acme)
    assert ran.code == 0, ran.err
    (told,) = [line for line in ran.out.splitlines() if line.startswith("if it comes on ")]
    assert told == (
        "if it comes on 26 May: Peak freeze 29 Oct +10d · 15d late · delay cost +€31k · "
        "inside Peak trading"
    )


# --- what is asked, answered and delivered --------------------------------------------------------


def test_a_handover_from_the_request_to_what_is_accepted(run: Run, agreed: Path) -> None:
    def agree(*words: str) -> dict[str, Any]:
        ran = run("agree", "push", "api", *words, "-r", str(agreed))
        assert ran.code == 0, ran.err
        return link(agreed)

    agreed.write_text(AGREED.replace(", promised = 2027-03-05, agreed = 2027-01-11", ""), "utf-8")
    asked = agree("--ask", "--needed-by", "2027-04-02", "--on", "2027-02-22")
    assert asked == {"on": "api", "asked": date(2027, 2, 22), "needed_by": date(2027, 4, 2)}
    no = agree("--decline", "--note", "no people", "--by", "identity")
    assert no == {**asked, "declined": TODAY, "by": "identity", "note": "no people"}
    yes = agree("--by", "it", "--on", "2027-03-01")
    assert yes == {**asked, "promised": PLANNED, "agreed": TODAY, "by": "it"}
    done = agreed.read_text("utf-8").replace(
        'estimate = "4w"\n',
        'estimate = "4w"\nactual_start = 2027-02-01\nactual_finish = 2027-02-26\n',
    )
    agreed.write_text(done, "utf-8")
    rejected = agree("--reject", "--note", "half of it")
    assert rejected == {**yes, "rejected": TODAY, "by": "marketing", "note": "half of it"}
    shown = json.loads(run("agreements", str(agreed), "--json").out)
    assert [(one["state"], one["next_side"]) for one in shown["handovers"]] == [
        ("not accepted", "it")
    ]
    assert agree("--accept") == {**yes, "accepted": TODAY, "by": "marketing"}


@pytest.mark.parametrize(
    ("change", "state", "next_side"),
    [
        (", promised = 2027-03-05, agreed = 2027-01-11", "not asked", "marketing"),
        (", agreed = 2027-01-11", "promised", "it"),
        ("nothing", "agreed", "it"),
        (" }]", "countered", "marketing"),
    ],
)
def test_how_a_handover_stands(
    run: Run, agreed: Path, change: str, state: str, next_side: str
) -> None:
    counter = ", counter = { by = 'it', on = 2027-02-26, promised = 2027-03-26 } }]"
    agreed.write_text(AGREED.replace(change, counter if state == "countered" else ""), "utf-8")
    shown = json.loads(run("agreements", str(agreed), "--json").out)
    (one,) = shown["handovers"]
    assert (one["state"], one["next_side"]) == (state, next_side)
    if state == "countered":
        assert one["counter"]["promised"] == "2027-03-26"
        assert one["waits"] == {"marketing": 1}
        assert "IT wants 26 Mar instead of 5 Mar" in run("agreements", str(agreed)).out


# --- nothing is taken at the wrong end ------------------------------------------------------------


def refused(run: Run, roadmap: Path, *words: str) -> str:
    """What is said where nothing is recorded."""
    before = roadmap.read_text("utf-8")
    ran = run("agree", *words, "-r", str(roadmap))
    assert (ran.code, ran.out) == (2, "")
    assert roadmap.read_text("utf-8") == before
    return ran.err


def test_ids_that_are_swapped_are_told(run: Run, agreed: Path) -> None:
    said = refused(run, agreed, "api", "push")
    assert "push needs api" in said
    assert "planner agree push api" in said


def listed(run: Run, roadmap: Path, *words: str) -> list[list[str]]:
    """The commands that are listed where several could be meant; each records something."""
    said = refused(run, roadmap, *words)
    found = [shlex.split(line) for line in said.splitlines() if line.startswith("  planner ")]
    before = roadmap.read_text("utf-8")
    for _, *command in found:
        ran = run(*command)
        assert ran.code == 0, ran.err
        assert roadmap.read_text("utf-8") != before
        roadmap.write_text(before, "utf-8")
    return [command[2:] for command in found]


ASKED = (
    AGREED.replace("promised = 2027-03-05, agreed = 2027-01-11", "asked = 2027-02-01")
    + """
[initiatives.mail]
owner = "crm"
estimate = "1w"
needs = [{ on = "api", asked = 2027-02-08 }]

[initiatives.portal]
owner = "identity"
estimate = "1w"
needs = [{ on = "push", asked = 2027-02-08 }]
"""
)


def test_of_several_handovers_each_is_listed_with_its_command(run: Run, agreed: Path) -> None:
    agreed.write_text(ASKED, "utf-8")
    found = listed(run, agreed, "api", "--promise", "9 apr", "--note", "by phone")
    where = ["-r", str(agreed)]
    said = ["--promise", "2027-04-09", "--by", "it", "--note", "by phone", *where]
    assert found == [["push", "api", *said], ["mail", "api", *said]]
    assert listed(run, agreed, "push") == [
        ["push", "api", "--by", "it", *where],
        ["portal", "push", "--by", "marketing", *where],
    ]


def test_what_an_id_supplies_itself_is_listed_and_not_recorded(run: Run, agreed: Path) -> None:
    agreed.write_text(ASKED.replace("asked = 2027-02-01", "agreed = 2027-02-01"), "utf-8")
    (command,) = listed(run, agreed, "push", "--decline", "--by", "marketing")
    assert command[:3] == ["portal", "push", "--decline"]
    assert run("agree", "mail", "-r", str(agreed)).code == 0
    assert link(agreed, "mail")["agreed"] == TODAY


def test_a_no_while_a_counter_waits_says_of_whom(run: Run, agreed: Path) -> None:
    countered(run, agreed)
    options = [command[2] for command in listed(run, agreed, "push", "api", "--decline")]
    assert options == ["--not-take", "--decline"]
    words = ("agree", "push", "api", "--decline", "--by", "marketing", "-r", str(agreed))
    assert run(*words).code == 0
    assert link(agreed) == {
        "on": "api",
        "promised": PROMISED,
        "agreed": ANSWERED,
        "by": "marketing",
    }


def test_a_yes_while_a_counter_to_a_request_waits_says_to_what(run: Run, agreed: Path) -> None:
    asked = "asked = 2027-02-01, needed_by = 2027-03-12"
    agreed.write_text(AGREED.replace("promised = 2027-03-05, agreed = 2027-01-11", asked), "utf-8")
    countered(run, agreed)
    assert listed(run, agreed, "push", "api") == [
        ["push", "api", "--take", "--by", "marketing", "-r", str(agreed)],
        ["push", "api", "--by", "it", "-r", str(agreed)],
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--take",), "`take` can't be recorded here"),
        (("--promise", "26 mar", "--ask"), "one act is recorded at a time"),
        (("--counter", "2027-03-05"), "this date asks no more"),
        (("--promise", "26 mar", "--by", "crm"), "marketing can't record this"),
        (("--needed-by", "soonish"), "`soonish`: not a date"),
    ],
)
def test_what_can_not_be_recorded_is_refused(
    run: Run, agreed: Path, words: tuple[str, ...], said: str
) -> None:
    assert said in refused(run, agreed, "push", "api", *words)


@pytest.mark.parametrize("word", ["counter = 2027-12-09", "note = 7"])
def test_a_link_with_a_word_that_can_not_be_read_is_agreed_on(
    run: Run, tmp_path: Path, word: str
) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(ROADMAP.replace(TERMS, f'{{ on = "api", {word} }}'), "utf-8")
    done = run("agree", "push", "api", "-r", str(path))
    assert (done.code, done.err) == (0, "")
    assert link(path)["agreed"] == date(2027, 3, 1)
