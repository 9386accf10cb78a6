"""`planner asks`: questions out to a sheet or a page, and the answers back."""

from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from planner.analysis.asks import asks_of, detailed
from planner.exchange.asks import KEY, read_answers
from planner.session.session import Session
from tests.cli.conftest import ROADMAPS, Ran, Run
from tests.long import of_length

SSO = "agree:segment-definitions:customer-sso"
"""The request that waits longest in the sample: by 12 May, asked on 1 Mar."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sample roadmap."""
    return Path(shutil.copytree(ROADMAPS / "acme-2027", tmp_path / "acme"))


def questions(run: Run, whom: str, roadmap: Path | str, *more: str) -> list[dict[str, object]]:
    """The questions for somebody, as JSON has them; of the sample, which stays, printed once."""
    words = ("asks", "--for", whom, "--json", "-r", str(roadmap), *more)
    text = _PRINTED.get(words)
    if text is None:
        ran = run(*words)
        assert ran.code == 0, ran.err
        text = ran.out
        if Path(roadmap) == ROADMAPS / "acme-2027":
            _PRINTED[words] = text
    rows: list[dict[str, object]] = json.loads(text)["questions"]
    return rows


_PRINTED: dict[tuple[str, ...], str] = {}


@pytest.fixture(scope="session")
def keys() -> dict[str, str]:
    """The keys of all questions of the sample, by how they begin."""
    plan = Session.open(ROADMAPS / "acme-2027").plan
    return {one.key.rpartition(":")[0]: one.key for one in detailed(plan, asks_of(plan))}


Keys = Callable[[str], str]


@pytest.fixture
def key_of(keys: dict[str, str]) -> Keys:
    """The key of the question of the sample that begins so."""
    return lambda start: next(key for name, key in keys.items() if name.startswith(start))


def sheet(
    path: Path, rows: Mapping[str, str | tuple[str, str]], by: str = "", on: str = ""
) -> Path:
    """A CSV as it comes back: keys with what was written beside them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file).writerow
        write(("Question", "Your answer", "Note", "Key"))
        write(("Who answers?", by, "", "answered-by"))
        write(("On which date?", on, "", "answered-on"))
        for key, said in rows.items():
            answer, note = (said, "") if isinstance(said, str) else said
            write(("?", answer, note, key))
    return path


def need(roadmap: Path, file: str, words: str) -> str:
    """The line of a link in a file."""
    lines = (roadmap / file).read_text("utf-8").splitlines()
    return next(line for line in lines if words in line)


def states(ran: Ran) -> list[str]:
    return [row["state"] for row in json.loads(ran.out)["answers"]]


# --- out ------------------------------------------------------------------------------------------


def test_the_command_that_reads_the_answers_finds_the_same_roadmap(
    run: Run, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy.parent)
    shutil.copytree(copy, copy.parent / "other")
    written = run("asks", "--for", "it", "asks.csv", "-r", str(copy))
    (command,) = re.findall("`planner (asks [^`]*)`", written.err)
    read = json.loads(run(*shlex.split(command), "--json").out)
    assert read["title"] == "Acme 2027"


def test_the_worst_questions_of_a_side_come_first(run: Run, acme: str) -> None:
    rows = questions(run, "it", acme)
    assert len(rows) == 10
    assert [row["number"] for row in rows] == list(range(1, 11))
    sso = next(row for row in rows if str(row["key"]).startswith(SSO))
    assert sso["number"] == 2
    assert (sso["launch"], sso["since"], sso["waiting"]) == ("peak-readiness", "2027-03-01", 15)
    assert sso["team"] == "identity"
    assert 15_000 < float(str(sso["week"])) < 16_500
    assert {row["side"] for row in rows} <= {"it", "joint"}


def test_every_kind_of_question_is_asked(run: Run, acme: str) -> None:
    both = [*questions(run, "it", acme, "--all"), *questions(run, "marketing", acme, "--all")]
    acts = {str(row["act"]) for row in both}
    assert acts >= {"agree", "accept", "need", "decide", "review", "measure", "own", "sign"}
    assert "settle" in acts


def test_questions_name_work_by_title_and_nothing_by_id(run: Run, acme: str) -> None:
    for row in questions(run, "it", acme, "--all"):
        if row["act"] != "settle":
            assert "customer-sso" not in f"{row['question']} {row['why']} {row['answers']}"
    first = next(r for r in questions(run, "it", acme) if str(r["key"]).startswith(SSO))
    assert "“Customer identity and SSO”" in str(first["question"])
    assert "12 May" in str(first["question"])


@pytest.mark.parametrize(
    ("whom", "teams"), [("identity", {"identity"}), ("Identity and access", {"identity"})]
)
def test_the_questions_of_a_team(run: Run, acme: str, whom: str, teams: set[str]) -> None:
    assert {row["team"] for row in questions(run, whom, acme, "--all")} == teams


def test_the_questions_of_a_person_are_also_those_of_the_team_that_the_person_leads(
    run: Run, acme: str
) -> None:
    named = questions(run, "Elena Voss", acme, "--all")
    assert {row["side"] for row in named} == {"marketing"}
    assert any(row["act"] == "own" for row in named)


def test_nobody_is_asked_who_is_unknown(run: Run, acme: str) -> None:
    ran = run("asks", "--for", "marketin", acme)
    assert ran.code == 2
    assert "Marketing" in ran.err


def test_a_page_is_printed_where_no_file_is_named(run: Run, acme: str) -> None:
    for words in ((acme,), ("-", acme)):
        page = run("asks", "--for", "it", *words).out
        assert len(KEY.findall(page)) == 10
        assert "→ Answer:" in page
        assert "segment: a saved query with an owner" in page


def test_a_reader_has_the_words_of_the_own_side(run: Run, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(
        '[glossary]\nsegment = { marketing = "people", it = "a query" }\n'
        '[initiatives.api]\ntitle = "Segment API"\nportfolio = "it"\nestimate = "2w"\n'
        '[initiatives.mail]\nportfolio = "marketing"\nestimate = "2w"\n'
        'needs = [{ on = "api", asked = 2027-03-01, needed_by = 2027-04-01 }]\n',
        "utf-8",
    )
    page = run("asks", "--for", "it", str(plan), "--as-of", "2027-03-22").out
    assert "for IT: a query; for Marketing: people" in page


def test_a_file_that_is_there_is_never_written_over(run: Run, acme: str, tmp_path: Path) -> None:
    file = tmp_path / "q.csv"
    assert run("asks", "--for", "it", str(file), acme).code == 0
    before = file.read_bytes()
    ran = run("asks", "--for", "marketing", str(file), acme)
    assert ran.code == 2
    assert file.read_bytes() == before


@pytest.mark.parametrize("suffix", [".md", ".csv", ".tsv", ".xlsx"])
def test_an_unanswered_file_changes_nothing(
    run: Run, copy: Path, tmp_path: Path, suffix: str
) -> None:
    file = tmp_path / f"q{suffix}"
    assert run("asks", "--for", "it", str(file), "-r", str(copy)).code == 0
    before = {each.name: each.read_bytes() for each in copy.iterdir()}
    ran = run("asks", str(file), "-r", str(copy), "--json")
    assert ran.code == 0, ran.err
    assert set(states(ran)) == {"open"}
    assert len(states(ran)) == 10
    assert {each.name: each.read_bytes() for each in copy.iterdir()} == before


def test_a_workbook_is_to_be_filled_in_and_printed(run: Run, acme: str, tmp_path: Path) -> None:
    file = tmp_path / "q.xlsx"
    run("asks", "--for", "it", str(file), acme)
    page = openpyxl.load_workbook(file).worksheets[0]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.cell(2, 2).alignment.wrap_text
    lists = {each.formula1 for each in page.data_validations.dataValidation}
    assert '"yes,no"' in lists
    assert page.column_dimensions["H"].width < 10
    assert page.cell(4, 8).alignment.horizontal == "fill"
    assert all((page.row_dimensions[row].height or 0) > 30 for row in range(4, 14))
    assert page.cell(4, 6).fill.fgColor.rgb.endswith("FFF6DC")


# --- back -----------------------------------------------------------------------------------------


def test_a_yes_promises_the_day_that_was_asked_for(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    file = sheet(tmp_path / "a.csv", {key_of(SSO): "Ja"}, by="Nadia Haddad")
    ran = run("asks", str(file), "-r", str(copy))
    assert ran.code == 0, ran.err
    line = need(copy, "marketing.toml", "one customer id across")
    assert "promised = 2027-05-12, agreed = 2027-03-22" in line
    assert 'by = "nadia-haddad"' in line
    assert "Nadia Haddad" in ran.out


@pytest.mark.parametrize(("on", "is_said"), [("24.3.2027", True), ("18.3.2027", False)])
def test_a_day_of_answering_that_is_still_ahead_is_said_to_be_replaced(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys, on: str, is_said: bool
) -> None:
    file = sheet(tmp_path / "a.csv", {key_of(SSO): "Ja"}, by="Nadia Haddad", on=on)
    (row,) = json.loads(run("asks", str(file), "-r", str(copy), "--json").out)["answers"]
    assert row["state"] == "understood"
    day = "2027-03-22" if is_said else "2027-03-18"
    assert f"agreed = {day}" in need(copy, "marketing.toml", "one customer id across")
    assert ("24 Mar" in row["said"]) is is_said


def test_a_yes_with_a_later_day_is_a_counter(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    file = sheet(tmp_path / "a.csv", {key_of(SSO): "ok bis 20.5."})
    assert run("asks", str(file), "-r", str(copy)).code == 0
    line = need(copy, "marketing.toml", "one customer id across")
    assert 'counter = { by = "it", on = 2027-03-22, promised = 2027-05-20 }' in line
    assert "needed_by = 2027-05-12" in line
    assert "agreed" not in line
    asked = questions(run, "marketing", copy, "--all")
    take = next(str(row["key"]) for row in asked if row["act"] == "take")
    assert ":2027-05-20:" in take
    file = sheet(tmp_path / "b.csv", {take: "oui, d’accord"})
    assert run("asks", str(file), "-r", str(copy)).code == 0
    line = need(copy, "marketing.toml", "one customer id across")
    assert "promised = 2027-05-20" in line
    assert "counter" not in line


def test_a_no_is_declined_with_its_note(run: Run, copy: Path, tmp_path: Path, key_of: Keys) -> None:
    said = ("nein", "no people before June")
    file = sheet(tmp_path / "a.csv", {key_of(SSO): said})
    assert run("asks", str(file), "-r", str(copy), "--by", "it").code == 0
    line = need(copy, "marketing.toml", "one customer id across")
    assert "declined = 2027-03-22" in line
    assert 'note = "no people before June"' in line


ANSWERS: tuple[tuple[str, str, str, str], ...] = (
    ("decide:decisions.consent-retention", "B", "roadmap.toml",
     'choice = "as long as the account exists"'),
    ("decide:decisions.consent-retention", "3 years after the last contact", "roadmap.toml",
     'choice = "3 years after the last contact"'),
    ("review:cdp-foundation:privacy", "done 3 Mar", "it.toml", "privacy = 2027-03-03"),
    ("measure:outcomes.brand-preference", "14,5 %", "roadmap.toml", "baseline = 14.5"),
    ("own:influencer-pages", "brand and campaigns", "marketing.toml",
     'owner = "brand"'),
    ("sign:agreements.experimentation", "sí", "roadmap.toml", "it = 2027-03-22"),
    ("accept:marketing-automation", "passt", "marketing.toml",
     "accepted = 2027-03-22"),
    ("need:preference-centre", "5 May", "marketing.toml", "needed_by = 2027-05-05"),
    ("settle:customer-sso:PRIO01", "A", "it.toml", "priority = 1"),
)  # fmt: skip


@pytest.mark.parametrize(("start", "answer", "file", "written"), ANSWERS)
def test_answers_of_each_kind(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys, start: str, answer: str, file: str,
    written: str,
) -> None:  # fmt: skip
    before = (copy / file).read_text("utf-8").count(written)
    answers = sheet(tmp_path / "a.csv", {key_of(start): answer})
    ran = run("asks", str(answers), "-r", str(copy))
    assert ran.code == 0, ran.err
    assert (copy / file).read_text("utf-8").count(written) == before + 1, ran.out
    texts = {each.name: each.read_bytes() for each in copy.iterdir()}
    again = run("asks", str(answers), "-r", str(copy), "--json")
    assert states(again) == ["recorded already"]
    assert {each.name: each.read_bytes() for each in copy.iterdir()} == texts


def test_a_conflict_that_is_to_be_settled_by_a_day(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    key = key_of("settle:customer-sso:PRIO01")
    file = sheet(tmp_path / "a.csv", {key: "20 April"}, by="Nadia Haddad")
    assert run("asks", str(file), "-r", str(copy)).code == 0
    text = "".join(each.read_text("utf-8") for each in sorted(copy.iterdir()))
    assert "[actions.prio01-customer-sso]" in text
    assert "due = 2027-04-20" in text
    asked = {str(row["key"]) for row in questions(run, "it", copy, "--all")}
    assert not any(each.startswith("settle:customer-sso:PRIO01") for each in asked)
    assert states(run("asks", str(file), "-r", str(copy), "--json")) == ["recorded already"]


def test_what_is_not_understood_is_asked_back_by_row(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    rows = {
        key_of(SSO): "yes but without the app",
        key_of("agree:loyalty-relaunch"): "see mail",
        key_of("decide:decisions.consent-retention"): "C",
        key_of("review:cdp-foundation"): "done tomorrow",
        key_of("own:dam-cms-connector"): "Annabel",
        key_of("measure:outcomes.brand-preference"): "1,200",
        key_of("sign:agreements.experimentation"): "=1+1",
    }
    before = {each.name: each.read_bytes() for each in copy.iterdir()}
    ran = run("asks", str(sheet(tmp_path / "a.csv", rows)), "-r", str(copy), "--json")
    assert ran.code == 0
    shown = json.loads(ran.out)
    assert {row["state"] for row in shown["answers"]} == {"asked back"}
    assert [row["place"].split()[-1] for row in shown["answers"]] == [*"456789", "10"]
    assert not shown["written"]
    assert {each.name: each.read_bytes() for each in copy.iterdir()} == before


def test_what_is_understood_is_written_whatever_is_asked_back(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    rows = {key_of(SSO): "?", key_of("agree:loyalty-relaunch"): "yes"}
    ran = run("asks", str(sheet(tmp_path / "a.csv", rows)), "-r", str(copy), "--json")
    assert states(ran) == ["asked back", "understood"]
    assert "agreed = 2027-03-22" in need(copy, "marketing.toml", "one customer id for members")


def test_answers_to_one_initiative_are_made_one_after_the_other(
    run: Run, copy: Path, tmp_path: Path
) -> None:
    """Two requests of one successor stand in one list of links."""
    rows = {
        str(row["key"]): "yes"
        for row in questions(run, "marketing", copy, "--all")
        if str(row["key"]).startswith("need:")
    }
    assert len(rows) > 1
    ran = run("asks", str(sheet(tmp_path / "a.csv", rows)), "-r", str(copy), "--json")
    assert set(states(ran)) == {"understood"}
    asked = [row for row in questions(run, "it", copy, "--all") if row["since"] == "2027-03-22"]
    assert len(asked) == len(rows)


def test_a_dry_run_writes_nothing(run: Run, copy: Path, tmp_path: Path, key_of: Keys) -> None:
    file = sheet(tmp_path / "a.csv", {key_of(SSO): "yes"})
    before = {each.name: each.read_bytes() for each in copy.iterdir()}
    ran = run("asks", str(file), "-r", str(copy), "--dry-run")
    assert "+    { on = " in ran.out
    assert {each.name: each.read_bytes() for each in copy.iterdir()} == before


def test_terms_that_changed_since_are_asked_back(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    file = sheet(tmp_path / "a.csv", {key_of(SSO): "yes"})
    words = ("segment-definitions", "customer-sso", "--needed-by", "2027-05-05")
    assert run("agree", *words, "-r", str(copy)).code == 0
    shown = run("asks", str(file), "-r", str(copy), "--json")
    assert states(shown) == ["asked back"]
    assert "promised" not in need(copy, "marketing.toml", "one customer id across")


def test_what_was_answered_otherwise_meanwhile_is_asked_back(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    file = sheet(tmp_path / "a.csv", {key_of(SSO): "yes"})
    words = ("segment-definitions", "customer-sso", "--decline", "--by", "it")
    assert run("agree", *words, "-r", str(copy)).code == 0
    assert states(run("asks", str(file), "-r", str(copy), "--json")) == ["asked back"]


def test_two_answers_to_one_question_are_both_asked_back(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    file = sheet(tmp_path / "a.csv", {key_of(SSO): "yes"})
    line = file.read_text("utf-8").splitlines()[-1]
    file.write_text(f"{file.read_text('utf-8')}{line.replace('yes', 'no')}\r\n", "utf-8")
    ran = run("asks", str(file), "-r", str(copy), "--json")
    assert states(ran) == ["asked back", "asked back"]


def test_nobody_answers_for_the_other_side(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    file = sheet(tmp_path / "a.csv", {key_of(SSO): "yes"}, by="Elena Voss")
    assert states(run("asks", str(file), "-r", str(copy), "--json")) == ["asked back"]


def test_who_answered_has_to_be_known(run: Run, copy: Path, tmp_path: Path, key_of: Keys) -> None:
    file = sheet(tmp_path / "a.csv", {key_of(SSO): "yes"}, by="Somebody Else")
    ran = run("asks", str(file), "-r", str(copy))
    assert ran.code == 2
    assert "--by" in ran.err
    assert run("asks", str(file), "-r", str(copy), "--by", "identity").code == 0


def test_a_relative_day_counts_from_the_day_of_the_answer(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    key = key_of("agree:loyalty-relaunch")
    file = sheet(tmp_path / "a.csv", {key: "next week"})
    assert states(run("asks", str(file), "-r", str(copy), "--json")) == ["asked back"]
    file = sheet(tmp_path / "b.csv", {key: "next week"}, on="18.3.")
    assert states(run("asks", str(file), "-r", str(copy), "--json")) == ["understood"]
    assert "promised = 2027-03-25" in need(copy, "marketing.toml", "one customer id for members")


def test_days_in_figures_are_read_in_the_order_of_the_file(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    rows = {
        key_of(SSO): "5/4/27",
        key_of("agree:loyalty-relaunch"): "30/4/27",
    }
    ran = run("asks", str(sheet(tmp_path / "a.csv", rows)), "-r", str(copy), "--json")
    assert states(ran) == ["understood", "understood"]
    assert "promised = 2027-04-05" in need(copy, "marketing.toml", "one customer id across")


def test_a_value_that_is_far_from_all_others_is_asked_back(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    """A workbook holds 4.2% as 0.042."""
    key = key_of("measure:outcomes.brand-preference")
    ran = run("asks", str(sheet(tmp_path / "a.csv", {key: "0.145"})), "-r", str(copy), "--json")
    assert states(ran) == ["asked back"]


NOTES: tuple[tuple[str, str, str, str], ...] = (
    (SSO, "yes", "by 20 May", "promised = 2027-05-20 }"),
    (SSO, "ok", "20.5.", "promised = 2027-05-20 }"),
    (SSO, "no", "earliest 3 June", "promised = 2027-06-03 }"),
    (SSO, "no", "no people before June", "declined = 2027-03-22"),
    (SSO, "yes", "thanks for waiting", 'note = "thanks for waiting"'),
    (SSO, "yes", "only without the app", ""),
    (SSO, "yes", "as far as possible in June", ""),
    (SSO, "yes", "no", ""),
    (SSO, "no", "yes", ""),
    (SSO, "", "yes", ""),
    ("decide:decisions.consent-retention", "B", "only if legal agrees", ""),
    ("review:cdp-foundation:privacy", "done", "3 March", "privacy = 2027-03-03"),
    ("measure:outcomes.brand-preference", "14.5", "3 March", "2027-03-03 = 14.5"),
)
"""What stands as the answer, and what as the note; where nothing is written, it is asked back."""


@pytest.mark.parametrize(("start", "answer", "note", "written"), NOTES)
def test_a_note_is_part_of_the_answer(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys, start: str, answer: str, note: str,
    written: str,
) -> None:  # fmt: skip
    file = sheet(tmp_path / "a.csv", {key_of(start): (answer, note)})
    ran = run("asks", str(file), "-r", str(copy), "--json")
    assert states(ran) == ["understood" if written else "asked back"]
    assert written in "".join(each.read_text("utf-8") for each in copy.iterdir())
    if written:
        assert states(run("asks", str(file), "-r", str(copy), "--json")) == ["recorded already"]


def test_a_note_that_has_no_place_is_told(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    key = key_of("decide:decisions.consent-retention")
    file = sheet(tmp_path / "a.csv", {key: ("A", "legal said so")})
    assert "legal said so" in run("asks", str(file), "-r", str(copy)).out


def test_a_date_that_can_hardly_be_meant_is_asked_back(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    rows = {
        key_of(SSO): "no, 3 May",  # early enough
        key_of("agree:loyalty-relaunch"): "12.5.2072",
        key_of("agree:lifecycle-journeys"): "1 March 2027",
    }
    ran = run("asks", str(sheet(tmp_path / "a.csv", rows)), "-r", str(copy), "--json")
    assert states(ran) == ["asked back"] * 3


def test_a_handover_is_asked_about_where_nobody_has_asked_for_any(run: Run, tmp_path: Path) -> None:
    """As after an import: both sides have work, a link crosses, and nobody has said a word."""
    plan = tmp_path / "plan.toml"
    plan.write_text(
        '[initiatives.sso]\nportfolio = "it"\nestimate = "2w"\n[initiatives.campaign]\n'
        'portfolio = "marketing"\nestimate = "1w"\nneeds = ["sso"]\n',
        "utf-8",
    )
    words = ("asks", "--json", str(plan), "--as-of", "2027-03-22", "--for")
    [row] = json.loads(run(*words, "marketing").out)["questions"]
    assert (row["act"], row["id"], row["other"]) == ("need", "campaign", "sso")
    assert json.loads(run(*words, "it").out)["questions"] == []


def test_an_announced_date_that_nobody_agreed_is_asked_about(run: Run, tmp_path: Path) -> None:
    """Also where nobody has asked anybody for anything yet."""
    plan = tmp_path / "plan.toml"
    plan.write_text(
        '[initiatives.range]\nportfolio = "it"\nestimate = "2w"\n[initiatives.launch]\n'
        'portfolio = "marketing"\nestimate = "1w"\n'
        'needs = ["range"]\nannounced = 2027-06-01\n',
        "utf-8",
    )
    words = ("asks", "--for", "marketing", "--json", str(plan), "--as-of", "2027-03-22")
    rows = json.loads(run(*words).out)["questions"]
    assert [(row["act"], row["id"], row["other"]) for row in rows] == [("need", "launch", "range")]
    assert "1 Jun" in rows[0]["why"]


def test_every_error_and_warning_is_asked_of_somebody(run: Run, acme: str) -> None:
    """Whoever moves next by a conflict has a question about it."""
    rows = [*questions(run, "it", acme, "--all"), *questions(run, "marketing", acme, "--all")]
    about = {str(row[name]) for row in rows for name in ("id", "other")}
    for finding in json.loads(run("check", acme, "--json").out)["findings"]:
        if finding["severity"] != "info" and not finding["waived"]:
            assert about & set(finding["on"]), finding["fingerprint"]


# --- as files come back ---------------------------------------------------------------------------


def test_a_sheet_that_was_sorted_translated_and_cut(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    key = key_of(SSO)
    file = tmp_path / "a.csv"
    rows = [
        ["Meine Antwort", "Frage", "Schlüssel"],
        ["ja", "Kann das bis 12. Mai fertig sein?", key],
        ["Nadia Haddad", "Wer antwortet?", "answered-by"],
        ["", "", ""],
    ]
    lines = ";".join  # as Excel saves it in Germany
    file.write_bytes("\r\n".join(map(lines, rows)).encode("utf-8-sig"))
    ran = run("asks", str(file), "-r", str(copy), "--json")
    assert states(ran) == ["understood"]
    assert json.loads(ran.out)["by"] == "nadia-haddad"


def test_a_workbook_with_dates_and_comments(run: Run, copy: Path, tmp_path: Path) -> None:
    from datetime import datetime

    from openpyxl.comments import Comment

    file = tmp_path / "q.xlsx"
    run("asks", "--for", "it", str(file), "-r", str(copy))
    book = openpyxl.load_workbook(file)
    for row in book.worksheets[0].iter_rows(min_row=2):
        if str(row[7].value).startswith(SSO):
            row[5].value = datetime(2027, 5, 20)
            row[5].comment = Comment("after the audit", "Nadia")
    book.save(file)
    assert states(run("asks", str(file), "-r", str(copy), "--json")).count("understood") == 1
    line = need(copy, "marketing.toml", "one customer id across")
    assert "promised = 2027-05-20" in line
    assert 'note = "after the audit"' in line


def page_of(run: Run, roadmap: Path, whom: str = "identity") -> str:
    return run("asks", "--for", whom, "-r", str(roadmap)).out


def answered(page: str, key: str, answer: str, note: str = "") -> str:
    """The page with an answer behind the arrows of one question."""
    head, found, rest = page.partition(key)
    assert found
    rest = rest.replace("→ Answer: ", f"→ Answer: {answer}", 1)
    return head + found + rest.replace("→ Note: ", f"→ Note: {note}", 1)


def wrapped(page: str, width: int = 72) -> str:
    """A page as a mail program wraps it."""
    lines = []
    for line in page.split("\n"):
        while len(line) > width and " " in line[:width].lstrip():
            at = line.rindex(" ", 0, width)
            lines.append(line[:at])
            line = line[at + 1 :]
        lines.append(line)
    return "\n".join(lines)


def quoted(page: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in page.split("\n"))


@pytest.mark.parametrize("form", ["as it is", "wrapped", "quoted", "crlf", "wrapped and quoted"])
def test_a_page_answered_behind_the_arrows(run: Run, copy: Path, tmp_path: Path, form: str) -> None:
    page = answered(page_of(run, copy), SSO, "yes, by 20 May", "after the audit")
    page = wrapped(page) if "wrapped" in form else page
    page = quoted(page) if "quoted" in form else page
    page = page.replace("\n", "\r\n") if form == "crlf" else page
    file = tmp_path / "a.md"
    file.write_bytes(page.encode())
    shown = run("asks", str(file), "-r", str(copy), "--json")
    found = [row for row in json.loads(shown.out)["answers"] if row["state"] != "open"]
    assert [(row["answer"], row["note"]) for row in found] == [
        ("yes, by 20 May", "after the audit")
    ]
    assert "promised = 2027-05-20" in need(copy, "marketing.toml", "one customer id across")


def test_a_mail_answered_below_each_question(run: Run, copy: Path, tmp_path: Path) -> None:
    """As a reply quotes it: the answers stand between the lines, a greeting at the end."""
    page = page_of(run, copy)
    blocks = quoted(wrapped(page)).split("\n> **")
    reply = [f"Hello Ruth,\nsee below.\n\n{blocks[0]}"]
    for block in blocks[1:]:
        said = "ok bis 20.5." if re.sub(r"\n> ?", "", block).count(SSO) else "-"
        reply.append(f"\n> **{block}\n{said}\n")
    text = "\n".join([*reply, "Viele Grüße", "Nadia", ""])
    file = tmp_path / "reply.txt"
    file.write_text(text, "utf-8")
    shown = json.loads(run("asks", str(file), "-r", str(copy), "--json").out)
    found = {row["state"]: row["answer"] for row in shown["answers"]}
    assert found["understood"] == "ok bis 20.5."
    assert {row["state"] for row in shown["answers"]} == {"understood", "open"}


def test_a_page_that_was_translated(run: Run, copy: Path, tmp_path: Path) -> None:
    page = answered(page_of(run, copy), SSO, "ja")
    page = page.replace("Answer:", "Antwort:").replace("Note:", "Notiz:")
    page = page.replace("You can write", "Möglich ist").replace("Answered by", "Wer")
    file = tmp_path / "a.md"
    file.write_text(page, "utf-8")
    assert states(run("asks", str(file), "-r", str(copy), "--json")).count("understood") == 1


def test_a_table_of_markdown(run: Run, copy: Path, tmp_path: Path, key_of: Keys) -> None:
    key = key_of(SSO)
    file = tmp_path / "a.md"
    file.write_text(f"| Answer | Note | Key |\n|---|---|---|\n| yes | | {key} |\n", "utf-8")
    assert states(run("asks", str(file), "-r", str(copy), "--json")) == ["understood"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
@pytest.mark.parametrize("through", of_length(["xlsx", "ods", "csv"], ["ods", "csv"]))
def test_a_sheet_that_libreoffice_saved(run: Run, copy: Path, tmp_path: Path, through: str) -> None:
    import os
    import subprocess

    def converted(file: Path, suffix: str) -> Path:
        into = tmp_path / f"from-{file.suffix[1:]}-{suffix}"
        home = {**os.environ, "HOME": str(tmp_path / "home")}
        words = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/office"]
        words += ["--convert-to", suffix, "--outdir", str(into), str(file)]
        subprocess.run(words, check=True, capture_output=True, env=home, timeout=240)
        return into / f"{file.stem}.{suffix}"

    file = tmp_path / "q.xlsx"
    run("asks", "--for", "it", str(file), "-r", str(copy))
    book = openpyxl.load_workbook(file)
    for row in book.worksheets[0].iter_rows(min_row=2):
        if str(row[7].value).startswith(SSO):
            row[5].value = "ok bis 20.5."
    book.save(file)
    saved = converted(file, through)
    saved = converted(saved, "xlsx") if through == "ods" else saved
    assert states(run("asks", str(saved), "-r", str(copy), "--json")).count("understood") == 1
    assert "promised = 2027-05-20" in need(copy, "marketing.toml", "one customer id across")


# --- hostile --------------------------------------------------------------------------------------


def test_answers_that_mean_harm_are_asked_back(run: Run, copy: Path, tmp_path: Path) -> None:
    keys = [str(row["key"]) for row in questions(run, "it", copy, "--all")]
    said = [
        "\x1b[2Jyes",
        "yes\u202e",
        "yes" + " " * 30_000 + "x",
        "=cmd|' /C calc'!A0",
        "ja" * 9_000,
    ]
    rows = dict(zip(keys, said, strict=False))
    before = {each.name: each.read_bytes() for each in copy.iterdir()}
    ran = run("asks", str(sheet(tmp_path / "a.csv", rows)), "-r", str(copy))
    assert ran.code == 0
    assert "\x1b" not in ran.out + ran.err
    assert {each.name: each.read_bytes() for each in copy.iterdir()} == before


def test_an_answer_of_ten_megabytes_is_refused(
    run: Run, copy: Path, tmp_path: Path, key_of: Keys
) -> None:
    for suffix, text in ((".csv", "a,b,c\n"), (".md", "")):
        file = tmp_path / f"a{suffix}"
        key = key_of(SSO)
        file.write_text(f"{text}[{key}]\n\n→ Answer: {'yes ' * 2_500_000}\n", "utf-8")
        ran = run("asks", str(file), "-r", str(copy), "--json")
        assert ran.code == 2 or states(ran) == ["asked back"]


@pytest.mark.parametrize("key", ["agree:x:y:000000", "decide:nothing.x:000000", "own:%ff:a:000000",
                                 "settle:a:b:c:000000", "agree:a:000000"])  # fmt: skip
def test_a_key_of_no_question_is_asked_back(run: Run, copy: Path, tmp_path: Path, key: str) -> None:
    ran = run("asks", str(sheet(tmp_path / "a.csv", {key: "yes"})), "-r", str(copy), "--json")
    assert ran.code == 0, ran.err
    assert states(ran)[0] in ("asked back", "recorded already")
    assert not json.loads(ran.out)["written"]


def test_a_file_without_questions_says_so(run: Run, copy: Path, tmp_path: Path) -> None:
    for name in ("a.csv", "a.txt", "a.md"):
        file = tmp_path / name
        file.write_text("| a | b |\n|---|---|\n| 1 | 2 |\n", "utf-8")
        ran = run("asks", str(file), "-r", str(copy))
        assert ran.code == 2
        assert name in ran.err


def test_keys_are_found_again(run: Run, acme: str, tmp_path: Path) -> None:
    """Each question of the sample has a key of its own, which reading takes for one."""
    file = tmp_path / "q.md"
    run("asks", "--for", "it", "--all", str(file), acme)
    keys = [row.key for row in read_answers(file).rows]
    assert keys == [row["key"] for row in questions(run, "it", acme, "--all")]
    assert len(set(keys)) == len(keys)
