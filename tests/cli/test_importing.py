"""`planner import`: from a sheet to a roadmap in one command, and again."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.shell_completion import ShellComplete

from planner.cli.main import group
from planner.errors import UsageError
from planner.exchange.importing import target
from planner.roadmap.schema import output_schema
from tests.cli.conftest import Ran, Run
from tests.long import examples
from tests.terminals import Terminal

SHEET = """\
Task,Department,Owner,Start,End,Systems,Depends on,Notes
Single sign-on,IT,Identity,2027-03-01,2027-04-23,Keycloak,,
Consent API,IT,Platform,2027-03-01,2027-03-26,OneTrust,,needs sign-off
CRM migration,IT,CRM,2027-03-08,2027-05-28,Salesforce,Single sign-on,
Web push,Marketing,CRM Marketing,2027-03-15,2027-04-02,,Consent API,
Spring campaign,Marketing,Brand,2027-03-29,2027-04-12,Salesforce,Web push,needs SSO from IT
Newsletter,Marketing,Brand,2027-04-05,2027-04-30,,#2,sobald CRM-Migration fertig
"""
ON = ("--as-of", "2027-02-15")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("plan.csv").write_text(SHEET, "utf-8")
    return tmp_path


def shown(ran: Ran) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ran.out)
    jsonschema.Draft202012Validator(output_schema()).validate(found)
    return found


def imported(run: Run, *words: str) -> dict[str, Any]:
    ran = run("import", "plan.csv", "--json", *ON, *words)
    assert ran.code == 0, ran.err
    return shown(ran)


def files() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


def keys_of(run: Run, path: str, id: str) -> dict[str, Any]:
    rows = json.loads(run("show", path, "--json", *ON).out)["initiatives"]
    found: dict[str, Any] = next(row for row in rows if row["id"] == id)
    return found


# --- a first import -------------------------------------------------------------------------------


def test_a_sheet_becomes_a_roadmap_that_every_command_finds(run: Run) -> None:
    found = imported(run)
    assert found["is_new"]
    assert set(found["files"]) == {
        "roadmap/roadmap.toml",
        "roadmap/it.toml",
        "roadmap/marketing.toml",
    }
    rows = {row["id"]: row for row in json.loads(run("show", "--json", *ON).out)["initiatives"]}
    assert len(rows) == 6
    assert [need["on"] for need in rows["spring-campaign"]["needs"]] == ["web-push"]
    assert rows["spring-campaign"]["finish"] == "2027-05-03"
    assert run("check", *ON).code < 2


def test_it_replaces_the_example_of_init_unless_somebody_touched_it(run: Run) -> None:
    assert run("init", "a.toml").code == run("init", "b.toml").code == 0
    assert run("set", "spring-launch", "priority=1", "--roadmap", "b.toml").code == 0
    taken = run("import", "plan.csv", "a.toml", *ON)
    assert "replaces the example that `planner init` wrote" in taken.out
    assert "customer-api" not in Path("a.toml").read_text("utf-8")
    assert "no change" in run("import", "plan.csv", "a.toml", *ON).err
    kept = run("import", "plan.csv", "b.toml", *ON)
    assert "replaces" not in kept.out
    assert "customer-api" in Path("b.toml").read_text("utf-8")


def test_the_first_thing_said_is_what_the_sheet_could_not(run: Run) -> None:
    dates = imported(run)["dates"]
    assert [(each["id"], each["days"]) for each in dates if each["days"] > 0] == [
        ("crm-migration", 35),
        ("spring-campaign", 15),
        ("web-push", 10),
    ]
    assert (dates[1]["said"], dates[1]["planned"]) == ("2027-04-12", "2027-05-03")
    lines = run("import", "plan.csv", "other", "--links", "none", *ON).out.splitlines()
    (late,) = (line for line in lines if "CRM migration 28 May" in line)
    assert "16 Jul" in late
    assert next(line for line in lines if "hold" in line).startswith("2 of 6")


def test_starts_of_rows_that_wait_are_said_and_earlier_dates_are_counted_apart(run: Run) -> None:
    text = SHEET.replace("2027-04-05,2027-04-30", "2027-05-31,2027-06-25")
    text = re.sub("needs SSO from IT|sobald .*", "", text)
    Path("plan.csv").write_text(text, "utf-8")
    found = imported(run, "--links", "none")
    (start,) = (each for each in found["columns"] if each["meaning"] == "start")
    assert re.findall(r"\d+", start["why"]) == ["4", "4", "7"]
    earlier = [each["id"] for each in found["dates"] if each["days"] < 0]
    assert earlier == ["newsletter"]
    lines = run("import", "plan.csv", "other", "--links", "none", *ON).out.splitlines()
    assert "1 earlier" in next(line for line in lines if " hold" in line)
    Path("plan.csv").write_text(re.sub(",(Single sign-on|Consent API|Web push|#2),", ",,", text))
    columns = imported(run, "more", "--links", "none")["columns"]
    assert not [each["why"] for each in columns if each["meaning"] == "start" and each["why"]]


def test_the_first_conflict_across_the_sides_can_be_explained(run: Run) -> None:
    text = SHEET.replace("Notes", "Changes").replace("needs SSO from IT", "Salesforce")
    text = text.replace("Salesforce,Single sign-on,", "Salesforce,,Salesforce")
    Path("plan.csv").write_text(text, "utf-8")
    conflict = imported(run)["conflict"]
    assert conflict["code"] == "SYS01"
    assert run("explain", f"{conflict['code']}:{conflict['id']}", *ON).code == 0
    ran = run("import", "plan.csv", "other", "--links", "none", *ON)
    (command,) = re.findall("next: `planner (explain [^`]*)`", ran.err)
    assert run(*shlex.split(command)).code == 0


def test_what_has_happened_is_told_by_the_status_date_of_the_roadmap(run: Run) -> None:
    text = "Task,Start,End,Status\nMedia plan,2027-01-11,2027-01-29,done\n"
    Path("plan.csv").write_text(text, "utf-8")
    run("import", "plan.csv", "early.toml", "--as-of", "2027-01-20", "--json")
    run("import", "plan.csv", "late.toml", "--as-of", "2027-02-15", "--json")
    run("set", "roadmap", "status_date=2027-02-15", "-r", "early.toml")
    again = shown(run("import", "plan.csv", "early.toml", "--json"))
    finishes = [
        tomllib.loads(Path(file).read_text("utf-8"))["initiatives"]["media-plan"].get(
            "actual_finish"
        )
        for file in ("early.toml", "late.toml")
    ]
    assert finishes == [date(2027, 1, 29)] * 2
    assert not again["losses"]


def test_a_date_that_only_the_status_date_moves_is_not_put_on_what_it_needs(run: Run) -> None:
    text = "Task,Start,End,Depends on\nGuide,2027-02-01,2027-02-26,\nPrint,,2027-03-05,Guide\n"
    Path("plan.csv").write_text(text, "utf-8")
    found = imported(run)["dates"]
    assert {each["id"]: (each["days"], each["waits"]) for each in found} == {
        "guide": (10, False),
        "print": (15, True),
    }


def test_dates_of_the_past_are_told_apart_from_those_that_do_not_hold(run: Run) -> None:
    ran = run("import", "plan.csv", "--json", "--as-of", "2027-04-05")
    found = shown(ran)
    assert found["overdue"] == ["web-push", "consent-api"]
    lines = run("import", "plan.csv", "x", "--as-of", "2027-04-05", "--links", "none").out
    assert "Consent API 26 Mar" not in lines


def test_phrases_are_listed_and_not_taken(run: Run) -> None:
    phrases = imported(run)["phrases"]
    assert [(p["row"], p["words"], p["candidates"][0]["id"]) for p in phrases] == [
        (6, "needs SSO from IT", "single-sign-on"),
        (7, "sobald CRM-Migration fertig", "crm-migration"),
    ]


def test_a_dry_run_says_the_same_and_writes_nothing(run: Run) -> None:
    before = files()
    dry = imported(run, "--dry-run")
    assert files() == before
    ran = run("import", "plan.csv", "--dry-run", *ON)
    assert "+[initiatives.spring-campaign]" in ran.out
    assert files() == before
    wet = imported(run)
    assert (dry["state"], wet["state"]) == ("dry run", "written")
    alike = ("dates", "links", "phrases", "losses", "columns", "conflict")
    assert [dry[key] for key in alike] == [wet[key] for key in alike]


def test_a_named_file_is_one_file(run: Run) -> None:
    assert imported(run, "plan.toml")["files"] == ["plan.toml"]
    assert keys_of(run, "plan.toml", "web-push")["portfolio"] == "marketing"


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_it_stays_within_the_terminal(columns: int, folder: Path) -> None:
    command = (sys.executable, "-m", "planner", "import", "plan.csv", "--links", "none", *ON)
    with Terminal(command, columns, 200, XDG_STATE_HOME=str(folder / "state")) as terminal:
        terminal.wait_for("wrote")
        terminal.wait_exit()
        assert "roadmap.toml" in terminal.left


# --- phrases --------------------------------------------------------------------------------------


def test_a_person_answers_one_phrase_after_another(folder: Path, run: Run) -> None:
    command = (sys.executable, "-m", "planner", "import", "plan.csv", *ON)
    with Terminal(command, 100, 60, XDG_STATE_HOME=str(folder / "state")) as terminal:
        terminal.wait_for("phrase 1 of 2")
        terminal.press("enter")
        terminal.wait_for("phrase 2 of 2", "Spring campaign 12 Apr", "10 May")
        terminal.press("n", "enter")
        terminal.wait_for("wrote")
        terminal.wait_exit()
    needs = [need["on"] for need in keys_of(run, "roadmap", "spring-campaign")["needs"]]
    assert needs == ["web-push", "single-sign-on"]
    assert not imported(run)["phrases"]


def test_what_open_phrases_likely_mean_is_tried_first_and_not_written(run: Run) -> None:
    found = imported(run, "--links", "none")
    tried = found["likeliest"]
    assert tried["phrases"] == len(found["phrases"]) == 2
    assert [(each["id"], each["days"]) for each in tried["dates"] if each["days"] > 0] == [
        ("newsletter", 75),
        ("crm-migration", 35),
        ("spring-campaign", 20),
        ("web-push", 10),
    ]
    assert (tried["held"], found["held"]) == (2, 3)
    needs = [need["on"] for need in keys_of(run, "roadmap", "spring-campaign")["needs"]]
    assert needs == ["web-push"]
    lines = run("import", "plan.csv", "other", "--links", "none", *ON).out.splitlines()
    assert "Newsletter 30 Apr" in lines[0]
    assert "--links take" in "\n".join(lines[:12])


def test_the_first_candidates_are_taken_in_one_command(run: Run) -> None:
    tried = imported(run, "--links", "none", "--dry-run")["likeliest"]
    found = imported(run, "--links", "take")
    assert (found["dates"], found["held"]) == (tried["dates"], tried["held"])
    assert (found["phrases"], found["likeliest"]) == ([], None)
    needs = [need["on"] for need in keys_of(run, "roadmap", "spring-campaign")["needs"]]
    assert needs == ["web-push", "single-sign-on"]
    assert imported(run)["state"] == "no change"


@pytest.mark.parametrize("name", ["answers.toml", "answers.csv"])
def test_answers_are_written_as_a_template_and_read_back(run: Run, name: str) -> None:
    ran = run("import", "plan.csv", "--links", name, *ON)
    assert ran.code == 0
    assert not Path("roadmap").exists()
    text = Path(name).read_text("utf-8-sig")
    assert "needs SSO from IT" in text
    filled = []
    for line in text.splitlines():
        if name.endswith(".csv"):
            done = line + ("1" if "SSO" in line else "tool: CRM" if "CRM" in line else "")
        else:
            done = line.replace('answer = ""', 'answer = "1"')
        filled.append(done)
    Path(name).write_text("\n".join(filled), "utf-8")
    found = imported(run, "--links", name)
    assert not found["phrases"]
    assert ("spring-campaign", "single-sign-on") in {
        (link["successor"], link["predecessor"]) for link in found["links"]
    }
    if name.endswith(".csv"):
        assert "[systems.crm]" in Path("roadmap/roadmap.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("note", "waits"), [("must be done before Web push starts", True), ("needs SSO from IT", False)]
)
def test_a_candidate_that_waits_for_the_row_is_told_from_one_that_it_needs(
    run: Run, note: str, waits: bool
) -> None:
    Path("plan.csv").write_text(SHEET.replace("needs SSO from IT", note), "utf-8")
    lines = run("import", "plan.csv", "--links", "none", "--dry-run", *ON).out.splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("row 6, spring-campaign"))
    assert lines[at + 1].startswith("  1 ")
    assert ("waits for it" in lines[at + 1]) is waits


@pytest.mark.parametrize(
    ("answer", "need"),
    [
        ("crm-migration SS-5d", "crm-migration SS-5d"),
        ("1 FF + 2 weeks", "single-sign-on FF+10d"),
        ("consent-api + 3 days", "consent-api +3d"),
        ("103", "crm-migration"),
        ("CRM migration", "crm-migration"),
        ("consent", "consent-api"),
        ("consent SS", "consent-api SS"),
    ],
)
def test_an_answer_is_a_key_or_a_part_of_a_title_with_a_type_and_a_lag(
    run: Run, answer: str, need: str
) -> None:
    heading, *rows = SHEET.splitlines()
    keyed = [f"Key,{heading}", *(f"{at},{row}" for at, row in enumerate(rows, 101))]
    Path("plan.csv").write_text("\n".join(keyed), "utf-8")
    Path("a.csv").write_text(
        f"id,words,answer\nspring-campaign,needs SSO from IT,{answer}\n", "utf-8"
    )
    imported(run, "--links", "a.csv")
    assert written_of("spring-campaign")["needs"] == ["web-push", need]
    assert imported(run)["state"] == "no change"


REMARKS = SHEET.replace(",Depends on,Notes", ",Dependency / Remark,Sponsor").replace(
    "Web push,needs SSO from IT", "Web push; once the lawyer is back; needs SSO,"
)


def written_of(id: str) -> dict[str, Any]:
    """An initiative as it stands in the roadmap's files."""
    for path in Path("roadmap").glob("*.toml"):
        if id in (there := tomllib.loads(path.read_text("utf-8")).get("initiatives", {})):
            found: dict[str, Any] = there[id]
            return found
    raise KeyError(id)


@pytest.mark.parametrize("links", ["none", "answers.toml"])
def test_words_of_a_dependency_column_that_are_no_link_are_kept_as_notes(
    run: Run, links: str
) -> None:
    Path("plan.csv").write_text(REMARKS, "utf-8")
    run("import", "plan.csv", "--links", "answers.toml", *ON)
    text = Path("answers.toml").read_text("utf-8")
    Path("answers.toml").write_text(text.replace('answer = ""', 'answer = "none"'), "utf-8")
    imported(run, "--links", links)
    notes = written_of("spring-campaign")["notes"]
    assert "once the lawyer is back" in notes
    assert "needs SSO" in notes
    assert "Web push" not in notes
    assert imported(run)["state"] == "no change"


def test_words_that_become_a_link_later_leave_the_notes(run: Run) -> None:
    Path("plan.csv").write_text(REMARKS, "utf-8")
    imported(run)
    assert "needs SSO" in written_of("spring-campaign")["notes"]
    imported(run, "--links", "take")
    found = written_of("spring-campaign")
    assert found["needs"] == ["web-push", "single-sign-on"]
    assert "needs SSO" not in found["notes"]
    assert "the lawyer" in found["notes"]


def test_what_is_denied_is_not_said_to_be_missing(run: Run) -> None:
    for words, names in (("not during go-live!!", ""), ("the moon", "the moon")):
        Path("plan.csv").write_text(SHEET.replace(",Web push,", f",{words},"), "utf-8")
        ran = run("import", "plan.csv", "--links", "none", "--dry-run", *ON)
        lines = ran.out.splitlines()
        at = next(at for at, line in enumerate(lines) if words in line)
        assert ("is called so" in lines[at + 1]) is bool(names)
        (phrase,) = (p for p in imported(run, "--dry-run")["phrases"] if p["words"] == words)
        assert phrase["names"] == names


def test_an_answer_that_means_nothing_is_refused_with_its_words(run: Run) -> None:
    run("import", "plan.csv", "--links", "a.toml", *ON)
    text = Path("a.toml").read_text("utf-8").replace('answer = ""', 'answer = "the moon"')
    Path("a.toml").write_text(text, "utf-8")
    ran = run("import", "plan.csv", "--links", "a.toml", *ON)
    assert ran.code == 2
    assert "the moon" in ran.err
    assert "row 6" in ran.err
    assert not Path("roadmap").exists()


@pytest.mark.parametrize("text", ["foo = 1\n", 'phrases = "none"\n', '[[answers]]\nid = "a"\n'])
def test_a_toml_file_without_phrases_is_no_file_of_answers(run: Run, text: str) -> None:
    Path("other.toml").write_text(text)
    ran = run("import", "plan.csv", "new", "--links", "other.toml", *ON)
    assert ran.code == 2
    assert "other.toml" in ran.err
    assert not Path("new").exists()


def test_to_ask_needs_a_terminal(run: Run) -> None:
    ran = run("import", "plan.csv", "--links", "ask", *ON)
    assert ran.code == 2
    assert not Path("roadmap").exists()


# --- a second import ------------------------------------------------------------------------------


def test_a_second_import_changes_nothing(run: Run) -> None:
    imported(run)
    before = files()
    again = imported(run)
    assert again["state"] == "no change"
    assert again["edits"] == []
    assert files() == before


def test_what_both_changed_is_listed_and_nothing_is_written(run: Run) -> None:
    imported(run)
    run("set", "web-push", "estimate=20d", *ON)
    Path("plan.csv").write_text(SHEET.replace("2027-03-15,2027-04-02", "2027-03-15,2027-04-16"))
    before = files()
    ran = run("import", "plan.csv", "--json", *ON)
    found = shown(ran)
    assert (ran.code, found["state"]) == (1, "clashes")
    (clash,) = found["clashes"]
    assert clash["name"] == "initiatives.web-push.estimate"
    assert (clash["base"], clash["mine"], clash["sheet"]) == ("15d", "20d", "25d")
    assert clash["finish_mine"] < clash["finish_sheet"]
    assert files() == before
    assert "--take" in run("import", "plan.csv", *ON).err
    assert imported(run, "--take", f"{clash['name']}=mine")["state"] == "no change"
    assert imported(run)["state"] == "no change"


def test_the_sheet_can_be_taken(run: Run) -> None:
    imported(run)
    run("set", "web-push", "estimate=20d", *ON)
    Path("plan.csv").write_text(SHEET.replace("2027-03-15,2027-04-02", "2027-03-15,2027-04-16"))
    assert imported(run, "--take", "sheet")["edits"]
    assert keys_of(run, "roadmap", "web-push")["estimate"] == [25]


def test_what_is_not_remembered_is_said_and_the_next_import_goes_on(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(run)
    Path("plan.csv").write_text(SHEET.replace("Web push,Marketing", "App push,Marketing"))

    def full(path: Path, _: object) -> None:
        raise UsageError(f"{path} was not written: the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(target, "write_kept", full)
        ran = run("import", "plan.csv", *ON)
    assert (ran.code, ran.out) == (2, "")
    assert "plan.csv.toml" in ran.err
    assert b"App push" in Path("roadmap/marketing.toml").read_bytes()
    assert imported(run)["state"] == "no change"


def test_on_a_terminal_a_key_that_both_changed_is_asked(folder: Path, run: Run) -> None:
    imported(run)
    run("set", "web-push", "estimate=20d", *ON)
    Path("plan.csv").write_text(SHEET.replace("2027-03-15,2027-04-02", "2027-03-15,2027-04-16"))
    command = (sys.executable, "-m", "planner", "import", "plan.csv", *ON)
    with Terminal(command, 100, 60, XDG_STATE_HOME=str(folder / "state")) as terminal:
        terminal.wait_for("phrase 1 of 2")
        terminal.press("q", "enter")
        terminal.wait_for("initiatives.web-push.estimate", "25d")
        terminal.press("sheet", "enter")
        terminal.wait_exit()
    assert keys_of(run, "roadmap", "web-push")["estimate"] == [25]


def test_rows_that_are_gone_stay_and_are_named_with_the_command(run: Run) -> None:
    imported(run)
    Path("plan.csv").write_text(SHEET[: SHEET.index("Newsletter")])
    found = imported(run)
    assert found["gone"] == ["newsletter"]
    assert "planner remove newsletter" in run("import", "plan.csv", *ON).out
    assert keys_of(run, "roadmap", "newsletter")["title"] == "Newsletter"


# --- a shell asks how the line goes on -----------------------------------------------------------


def test_a_shell_offers_answers_and_versions() -> None:
    shell = ShellComplete(group, {}, "planner", "_PLANNER_COMPLETE")
    links = shell.get_completions(["import", "plan.csv", "--links"], "")
    assert {"ask", "take", "none"} <= {each.value for each in links}
    taken = shell.get_completions(["import", "plan.csv", "--take"], "")
    assert [each.value for each in taken] == ["sheet", "mine"]


# --- what can't be done ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere.csv",), "nowhere.csv"),
        (("plan.csv", "--take", "theirs"), "theirs"),
        (("plan.csv", "--map", "plan.csv"), "plan.csv"),
        (("plan.csv", "a", "-r", "b"), "two roadmaps"),
    ],
)
def test_what_can_not_be_done_is_said(run: Run, words: tuple[str, ...], said: str) -> None:
    before = files()
    ran = run("import", *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert files() == before


def test_what_is_remembered_can_be_unreadable_and_no_link_is_followed(run: Run) -> None:
    imported(run)
    memory = Path("roadmap/.imports/plan.csv.toml")
    for broken in ("<<<<<<< ours\n", "source = 3\n", "ids = 1\nsource = 'x'\n"):
        memory.write_text(broken)
        ran = run("import", "plan.csv", *ON)
        assert ran.code == 2
        assert "plan.csv.toml" in ran.err
    shutil.rmtree(memory.parent)
    Path("elsewhere").mkdir()
    memory.parent.symlink_to(Path("elsewhere").absolute())
    ran = run("import", "plan.csv", "--take", "mine", *ON)
    assert ran.code == 2
    assert not list(Path("elsewhere").iterdir())


def test_names_and_cells_reach_the_terminal_as_what_they_are(run: Run) -> None:
    bad = "\u202e\u200b\x9b1m\x1b]0;x\x07[b]"
    name = f"a{bad}.csv"
    cells = ["Task", "Owner", "Start", "End", "Needs", "Notes"]
    row = [f"{bad} title", bad, "2027-03-01", "2027-03-09", f"{bad} x", f"needs {bad} from IT"]
    Path(name).write_text(f"{','.join(cells)}\n{','.join(row)}\nOther,x,{bad},,,\n", "utf-8")
    for words in ((), ("--json",), ("--dry-run",), ("--links", "b.toml")):
        ran = run("import", name, f"to{len(words)}.toml", *words, *ON)
        assert ran.code in (0, 2)
        assert not re.search("[\x1b\x9b\x07\u202e\u200b]", ran.out + ran.err)


def test_nothing_is_written_over(run: Run) -> None:
    Path("roadmap").mkdir()
    Path("roadmap/it.toml").write_text("# mine\n")
    before = files()
    ran = run("import", "plan.csv", "roadmap", *ON)
    assert ran.code == 2
    assert "it.toml" in ran.err
    assert files() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_can_not_be_written(run: Run) -> None:
    Path("there").mkdir(0o500)
    ran = run("import", "plan.csv", "there/plan", *ON)
    assert ran.code == 2
    assert not list(Path("there").iterdir())


@pytest.mark.parametrize("files_before", [0, 1, 2, 3])
def test_a_full_disk_leaves_nothing_behind(
    run: Run, monkeypatch: pytest.MonkeyPatch, files_before: int
) -> None:
    before = files()
    written: list[int] = []
    real = os.fsync

    def full(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) > files_before:
            raise OSError(28, os.strerror(28))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    ran = run("import", "plan.csv", *ON)
    assert ran.code == 2
    assert "disk is full" in ran.err
    assert files() == before
    assert not Path("roadmap").exists()


KILLED = """
import os, signal, sys
from planner.cli.main import main
left = int(sys.argv.pop(1))
def killing(real):
    def call(*args, **kwargs):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)
    return call
for name in ("fsync", "link", "rename", "open", "mkdir", "unlink"):
    setattr(os, name, killing(getattr(os, name)))
main(sys.argv[1:])
"""
"""Runs a command that is killed at its nth call of the system that changes a file."""


@pytest.mark.parametrize("words", [(), ("plan.toml",), (".",)])
def test_a_kill_at_any_time_leaves_all_of_a_roadmap_or_none(
    run: Run, words: tuple[str, ...], folder: Path
) -> None:
    whole = imported(run, *words)["files"]
    wanted = {name: Path(name).read_bytes() for name in whole}
    _start_again()
    for calls in range(0, 200, examples(15, 5)):
        command = [sys.executable, "-c", KILLED, str(calls), "import", "plan.csv", *words, *ON]
        env = {**os.environ, "XDG_STATE_HOME": str(folder / "state")}
        code = subprocess.run(command, capture_output=True, check=False, env=env).returncode
        there = {name: Path(name).read_bytes() for name in whole if Path(name).exists()}
        assert there.items() <= wanted.items()
        assert whole[0] not in there or there == wanted
        if code == 0:
            return
        _start_again()
    pytest.fail("it was always killed")


def _start_again() -> None:
    for path in Path().iterdir():
        if path.is_dir() and path.name != "state":
            shutil.rmtree(path)
        elif path.name != "plan.csv":
            path.unlink(missing_ok=True)


@pytest.mark.one_in(2)
@pytest.mark.parametrize("calls", range(0, 64, 8))
def test_a_kill_in_a_second_import_loses_nothing(run: Run, calls: int, folder: Path) -> None:
    imported(run)
    run("set", "newsletter", "notes=ours", *ON)
    Path("plan.csv").write_text(SHEET.replace("Web push,Marketing", "App push,Marketing"))
    command = [sys.executable, "-c", KILLED, str(calls), "import", "plan.csv", *ON]
    env = {**os.environ, "XDG_STATE_HOME": str(folder / "state")}
    subprocess.run(command, capture_output=True, check=False, env=env)
    imported(run)
    assert keys_of(run, "roadmap", "newsletter")["title"] == "Newsletter"
    rows = json.loads(run("show", "--json", *ON).out)["initiatives"]
    assert len([row for row in rows if row["title"] == "App push"]) == 1
    assert imported(run)["state"] == "no change"
