"""Import as a screen: a file is asked for, its phrases are answered, and all of it is one step."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.screen import Screen

from planner.exchange.importing import reading
from planner.exchange.importing.arriving import arriving
from planner.exchange.importing.imports import Imports
from planner.exchange.importing.kept import kept_path, read_kept
from planner.exchange.sheets.reading import read_sheets
from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.dialogs.file import FileDialog
from planner.tui.shell.app import PlannerApp
from planner.tui.shell.start import nothing_here
from planner.tui.views.importing import ImportScreen
from planner.tui.views.importing_flow import ImportApp
from planner.tui.views.view import View
from tests.long import examples
from tests.tui.conftest import TODAY
from tests.tui.looking import SIZES, Looked, looking
from tests.tui.test_colours import hard_to_read

pytestmark = pytest.mark.usefixtures("sheet")

KEYS = {"/": "slash", ".": "full_stop", "_": "underscore", "-": "minus", " ": "space"}
SHEET = """\
Key,Initiative,Department,Start,Launch,Systems,Mood,Notes
M-1,Spring campaign,Marketing,2027-03-29,2027-04-16,CDP,good,needs single sign-on from IT
M-2,Newsletter relaunch,Marketing,2027-03-29,2027-04-30,Mailer,,after consent API
I-1,Single sign-on,IT,2027-03-29,2027-05-14,Keycloak,,
I-2,Consent API,IT,2027-03-29,2027-05-07,CDP,bad,waiting for legal
"""
"""Three phrases: with the first, the campaign begins on 17 May and ends on 4 June."""

CAMPAIGN, NEWSLETTER = "m-1-spring-campaign", "m-2-newsletter-relaunch"
SSO, CONSENT = "i-1-single-sign-on", "i-2-consent-api"
DEADLINE = f"initiatives.{SSO}.deadline"


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sheet of two departments, in the folder that planner runs in."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "plan.csv"
    file.write_text(SHEET, encoding="utf-8")
    return file


def typed(text: str) -> list[str]:
    return [KEYS.get(letter, letter) for letter in text]


async def settled(screen: Looked) -> Looked:
    """Until nothing is worked out any more: each answer is followed by what candidates would do."""
    for _ in range(3):
        await screen.app.workers.wait_for_complete()
        await screen.rest()
    return screen


async def asked(screen: Looked) -> Looked:
    """The question for a file, found by name."""
    await screen.press("colon", *"import", "enter")
    assert shows(screen, FileDialog)
    return screen


async def imported(screen: Looked, name: str = "plan.csv") -> Looked:
    """The import screen of a file."""
    await asked(screen)
    await screen.press(*typed(name), "enter")
    await settled(screen)
    assert shows(screen, ImportScreen), screen.text
    return screen


def shows(screen: Looked, kind: type[Screen[Any]]) -> bool:
    """Whether a screen of this kind has the keys."""
    return isinstance(screen.app.screen, kind)


async def answered(screen: Looked, *keys: str) -> Looked:
    for key in keys:
        await screen.press(key)
        await settled(screen)
    return screen


def importing(screen: Looked) -> ImportScreen:
    assert isinstance(screen.app.screen, ImportScreen)
    return screen.app.screen


def needs(session: Session, id: str) -> object:
    return session.plan.tables["initiatives"][id].get("needs", [])


# --- the file -------------------------------------------------------------------------------------


async def test_a_path_is_completed_and_a_folder_is_gone_into(small: Session, sheet: Path) -> None:
    folder = sheet.parent / "from marketing"
    folder.mkdir()
    shutil.move(sheet, folder / "plan.csv")
    (folder / "plan.doc").write_text("", encoding="utf-8")
    async with looking(small) as screen:
        await asked(screen)
        await screen.press(*"fr", "tab")
        assert "from marketing/plan.csv" in screen.text
        assert "plan.doc" not in screen.text
        await screen.press("enter")
        await settled(screen)
        assert importing(screen).weighed.shown.source == "plan.csv"


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gone.csv", None),
        ("broken.xlsx", b"PK\x03\x04 no workbook"),
        ("old.xls", b"\xd0\xcf\x11\xe0"),
        ("empty.csv", b""),
        ("list.json", b"{"),
    ],
)
async def test_a_file_that_cannot_be_read_says_why_and_another_can_be_typed(
    small: Session, sheet: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        sheet.with_name(name).write_bytes(content)
    async with looking(small) as screen:
        await asked(screen)
        await screen.press(*typed(name), "enter")
        await settled(screen)
        assert shows(screen, FileDialog)
        assert f"✗ {name}: " in screen.text
        await screen.press(*["backspace"] * len(name), *typed("plan.csv"), "enter")
        await settled(screen)
        assert importing(screen).shown.left == 3
    assert not small.unsaved


async def test_reading_is_off_the_keys_and_can_be_stopped(
    small: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go = Event(), Event()
    read = read_sheets

    def slow(path: Path) -> object:
        begun.set()
        assert go.wait(30)
        return read(path)

    monkeypatch.setattr(reading, "read_sheets", slow)
    async with looking(small) as screen:
        await asked(screen)
        await screen.press(*typed("plan.csv"), "enter")
        assert begun.wait(30)
        await screen.press("x")
        assert "Reading plan.csv" in screen.text
        assert "esc stop" in screen.text
        await screen.press("escape")
        assert "Stopped" in screen.text
        go.set()
        await settled(screen)
        assert shows(screen, FileDialog)
        await screen.press("escape")
        assert shows(screen, View)


async def test_dates_that_can_be_read_in_two_ways_are_asked(small: Session, sheet: Path) -> None:
    sheet.write_text("Title,Start,Deadline\nShop,03/04/2027,05/06/2027\n", encoding="utf-8")
    for key, day in (("d", date(2027, 6, 5)), ("m", date(2027, 5, 6))):
        async with looking(small) as screen:
            await asked(screen)
            await screen.press(*typed("plan.csv"), "enter")
            await settled(screen)
            await screen.press(*(["right"] if key == "m" else []), "enter")
            await settled(screen)
            dates = importing(screen).weighed.shown.dates
            assert [each.said for each in dates] == [day]


# --- what is shown --------------------------------------------------------------------------------


async def test_first_is_said_what_the_sheet_could_not(small: Session) -> None:
    async with looking(small, (120, 36)) as screen:
        await imported(screen)
        assert "3 of 3 phrases left" in screen.lines[0]
        assert "Your sheet says" not in screen.text
        assert "4 of 4 dates hold" in screen.text
        await answered(screen, "enter")
        assert "2 of 3 phrases left" in screen.lines[0]
        assert "Your sheet says Spring campaign 16 Apr" in screen.lines[2]
        assert "4 Jun: 35 working days later" in screen.lines[2]
        assert "3 of 4 dates hold" in screen.text
        assert not hard_to_read(screen.app)


async def test_what_a_candidate_would_do_is_shown_before_it_is_taken(small: Session) -> None:
    async with looking(small, (120, 36)) as screen:
        await imported(screen)
        assert "Spring campaign 4 Jun +35d" in screen.text
        assert not importing(screen).weighed.arrival.incoming.links


async def test_a_row_has_the_sheets_row_the_words_and_the_candidates(small: Session) -> None:
    async with looking(small, (120, 36)) as screen:
        await imported(screen)
        row = screen.line_with("▸ ?")
        for part in (
            " 2 ",
            "Spring campaign",
            "“needs single sign-on from IT”",
            "Single sign-on",
        ):
            assert part in row
        assert "no work is called so" in screen.line_with("waiting for legal")


async def test_columns_and_what_is_lost_are_listed_by_row(small: Session) -> None:
    async with looking(small, (120, 60)) as screen:
        await imported(screen)
        assert "Columns · 7" in screen.text
        assert "Mood" in screen.text
        assert "row 1, Mood" in screen.text


@pytest.mark.parametrize("size", SIZES[:2])
async def test_looks(
    small: Session, sheet: Path, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with looking(small, size) as screen:
        await asked(screen)
        assert screen.text.replace(str(sheet.parent), "HERE") == snapshot(name="asks for a file")
        await screen.press(*typed("plan.csv"), "enter")
        await settled(screen)
        importing(screen).title_line.display = False  # it names the folder of this test
        await screen.rest()
        assert screen.text == snapshot(name="the queue")
        await answered(screen, "enter", "n", "t")
        assert screen.text == snapshot(name="answered")
        await screen.press("g")
        await screen.rest()
        assert screen.text == snapshot(name="the whole")


# --- answers --------------------------------------------------------------------------------------


async def test_each_key_answers_and_u_takes_it_back(small: Session) -> None:
    async with looking(small) as screen:
        await imported(screen)
        await answered(screen, "enter", "n", "t")
        assert importing(screen).shown.left == 0
        arrival = importing(screen).weighed.arrival
        assert [each.predecessor for each in arrival.incoming.links] == [SSO]
        assert arrival.plan.tables["systems"]["legal"]["title"] == "legal"
        await answered(screen, "u")
        assert importing(screen).shown.left == 1
        assert "waiting for legal" in screen.line_with("▸ ?")
        assert "legal" not in importing(screen).weighed.arrival.plan.tables["systems"]
        await answered(screen, "u", "u")
        assert importing(screen).weighed.arrival.incoming.links == ()
        await screen.press("u")
        assert importing(screen).said == {}


async def test_other_work_is_found_by_letters(small: Session) -> None:
    async with looking(small) as screen:
        await imported(screen)
        await screen.press("slash", *"tag cl", "enter")
        await settled(screen)
        assert [each.predecessor for each in importing(screen).weighed.arrival.incoming.links] == [
            "tag-cleanup"
        ]


async def test_a_candidate_that_is_not_there_is_not_taken(small: Session) -> None:
    async with looking(small) as screen:
        await imported(screen)
        await screen.press("j", "j", "enter")
        assert importing(screen).said == {}
        await screen.press("g", "n")
        assert importing(screen).said == {}
        await screen.press("x")
        assert "x has no meaning here" in screen.text


async def test_enter_on_an_answered_phrase_changes_nothing(small: Session) -> None:
    async with looking(small) as screen:
        await imported(screen)
        await answered(screen, "n", "n", "n", "k", "enter", "enter")
        assert importing(screen).shown.left == 0
        assert importing(screen).weighed.arrival.incoming.links == ()


# --- applying -------------------------------------------------------------------------------------


async def test_escape_leaves_with_nothing_changed(small: Session) -> None:
    before = small.workspace
    async with looking(small) as screen:
        await imported(screen)
        await answered(screen, "enter", "escape")
        assert shows(screen, View)
    assert small.workspace is before
    assert small.history.undo_label is None


@pytest.mark.parametrize("keys", [["a"], ["g", "enter"]])
async def test_it_is_one_step_that_u_takes_back(small: Session, keys: list[str]) -> None:
    before = small.workspace
    async with looking(small) as screen:
        await imported(screen)
        await answered(screen, "enter", *keys)
        assert "4 initiatives added" in screen.foot
        assert "1 unsaved  imported plan.csv" in screen.header
        assert needs(small, CAMPAIGN) == [SSO]
        assert not kept_path(small.workspace, "plan.csv").exists()
        await screen.press("u")
        assert "imported" not in screen.header
        assert small.workspace.reads_as(before)
        assert small.history.undo_label is None


async def test_what_changed_under_it_stays(small: Session) -> None:
    async with looking(small) as screen:
        await imported(screen)
        small.apply(SetKey("initiatives", "web-push", ("title",), "Push"))
        await answered(screen, "enter", "a")
        assert shows(screen, View)
        await screen.press("u")
    assert small.history.undo_label is not None
    assert small.plan.roadmap.initiatives["web-push"].title == "Push"
    small.history.redo()
    assert needs(small, CAMPAIGN) == [SSO]
    assert small.plan.roadmap.initiatives["web-push"].title == "Push"


async def test_answers_that_are_typed_fast_are_all_applied(small: Session) -> None:
    async with looking(small) as screen:
        await imported(screen)
        await screen.pilot.press("enter", "enter", "n", "a")
        await settled(screen)
        assert shows(screen, View)
        assert needs(small, CAMPAIGN) == [SSO]
        assert needs(small, NEWSLETTER) == [CONSENT]


async def test_what_it_remembers_is_written_with_the_roadmap(small: Session) -> None:
    kept = kept_path(small.workspace, "plan.csv")
    async with looking(small) as screen:
        await imported(screen)
        await answered(screen, "enter", "a", "w")
        assert read_kept(kept).answers[0].names == SSO
        await imported(screen)
        assert "2 of 2 phrases left" in screen.lines[0]
        assert not importing(screen).weighed.arrival.changes
        await answered(screen, "a")
        assert "No change" in screen.foot
    assert not small.unsaved


async def test_an_import_that_was_undone_is_not_remembered(small: Session) -> None:
    kept = kept_path(small.workspace, "plan.csv")
    async with looking(small) as screen:
        await imported(screen)
        await answered(screen, "a", "w")
        assert kept.exists()
        await answered(screen, "u", "w")
        assert not kept.exists()
        await answered(screen, "U", "w")
        assert set(read_kept(kept).ids.values()) == {
            CAMPAIGN,
            NEWSLETTER,
            SSO,
            CONSENT,
        }
        await answered(screen, "u", "w")
        await imported(screen)
        await answered(screen, "a")
        assert "4 initiatives added" in screen.foot


async def test_a_second_import_before_a_save_goes_on_from_the_first(
    small: Session, sheet: Path
) -> None:
    async with looking(small) as screen:
        await imported(screen)
        await answered(screen, "a")
        sheet.write_text(SHEET.replace("Newsletter relaunch", "Newsletter"), encoding="utf-8")
        await imported(screen)
        await answered(screen, "a")
        assert "1 changed" in screen.foot
        await screen.press("u")
        assert small.plan.roadmap.initiatives[NEWSLETTER].title == "Newsletter relaunch"


async def test_a_key_that_both_changed_is_asked(small: Session, sheet: Path) -> None:
    imports = Imports(small)
    imports.apply(arriving(imports.importing(reading.read_incoming(sheet))))
    small.save()
    imports.remember()
    small.apply(SetKey("initiatives", SSO, ("deadline",), date(2027, 5, 21)))
    sheet.write_text(SHEET.replace("2027-05-14", "2027-06-04"), encoding="utf-8")
    async with looking(small, (120, 36)) as screen:
        await imported(screen)
        assert [each.name for each in importing(screen).clashes] == [DEADLINE]
        await answered(screen, "a")
        assert shows(screen, ImportScreen)
        assert DEADLINE in screen.line_with("▸ ?")
        await answered(screen, "S", "a")
        assert shows(screen, View)
    assert small.plan.roadmap.initiatives[SSO].deadline == date(2027, 6, 4)


# --- out ------------------------------------------------------------------------------------------


async def test_export_writes_the_plan_and_says_so(small: Session) -> None:
    async with looking(small) as screen:
        for name, said in (("out.txt", "✗"), ("plan.csv", "✗"), ("out.csv", "4 initiatives")):
            await screen.press("colon", *"export", "enter", *typed(name), "enter")
            await settled(screen)
            assert said in screen.text
            await screen.press("escape")
    assert Path("out.csv").read_text("utf-8-sig").count("\n") == 5
    assert Path("plan.csv").read_text("utf-8") == SHEET
    assert not Path("out.txt").exists()


# --- large, hostile, and where there is no roadmap ------------------------------------------------


def large(rows: int, phrases: int) -> str:
    lines = ["Key,Initiative,Department,Start,End,Notes"]
    for at in range(rows):
        side = ("IT", "Marketing")[at % 2]
        note = f"waiting for the {WORDS[at % 7].lower()} adapter" if at < phrases else ""
        lines.append(f"K-{at},{WORDS[at % 7]} {at},{side},2027-04-05,2027-05-07,{note}")
    return "\n".join(lines) + "\n"


WORDS = ("Catalogue", "Checkout", "Search", "Loyalty", "Returns", "Payments", "Tracking")


async def test_three_hundred_rows_and_two_hundred_phrases(small: Session, sheet: Path) -> None:
    sheet.write_text(large(300, 200), encoding="utf-8")
    async with looking(small, (120, 36)) as screen:
        await imported(screen)
        assert importing(screen).shown.left == 200
        assert "200 of 200 phrases left" in screen.lines[0]
        answers = examples(8, 40)
        await screen.press(*["n"] * answers)
        await settled(screen)
        assert importing(screen).shown.left == 200 - answers
        assert len(importing(screen).weighed.arrival.incoming.phrases) == 200 - answers
        await answered(screen, "a")
        assert "300 initiatives added" in screen.foot


@pytest.mark.one_in(2)
@pytest.mark.parametrize("size", [(60, 15), (80, 24), (200, 60)])
async def test_hostile_text_stays_text(small: Session, sheet: Path, size: tuple[int, int]) -> None:
    hostile = "\x1b[31mRed\x1b]0;x\x07 [b]x[/b] [@click=app.quit] \u202e移动"
    text = SHEET.replace("Single sign-on", f'"{hostile}"').replace("Mood", f'"{hostile}"')
    file = sheet.with_name("a\x1b[31m b.csv")
    file.write_text(text.replace("good", "=1+1").replace("single sign-on", "Red"), "utf-8")
    async with looking(small, size) as screen:
        await asked(screen)
        await screen.press("a", "tab", "enter")
        await settled(screen)
        assert shows(screen, ImportScreen)
        for _ in range(30):
            await screen.press("j")
            assert "\x1b" not in screen.text
            assert "\u202e" not in screen.text
        await answered(screen, "g", "l", "escape", "a")
        assert "\x1b" not in screen.text


@asynccontextmanager
async def beginning() -> AsyncIterator[tuple[ImportApp, Looked]]:
    app = ImportApp(TODAY, "dark")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = Looked(app, pilot)  # type: ignore[arg-type]
        await screen.rest()
        yield app, screen


async def test_without_a_roadmap_a_new_one_is_made_of_the_sheet() -> None:
    assert "import" in [choice.do for choice in nothing_here("dark").choices]
    async with beginning() as (app, screen):
        await screen.press(*typed("plan.csv"), "enter")
        await settled(screen)
        assert "roadmap, new" in screen.lines[0]
        await answered(screen, "enter")
        assert not Path("roadmap").exists()
        await answered(screen, "a")
        assert app.return_value == Path("roadmap")
        assert "plan.csv" in app.said
        assert app.said.endswith("written to roadmap")
    made = Session.open(Path("roadmap"), today=TODAY)
    assert needs(made, CAMPAIGN) == [SSO]
    assert kept_path(made.workspace, "plan.csv").exists()
    shown = PlannerApp(made, "dark")
    shown.first_said = app.said
    async with shown.run_test(size=(120, 36)) as pilot:
        screen = Looked(shown, pilot)
        await screen.rest()
        assert "written to roadmap" in screen.text


async def test_without_a_roadmap_nothing_is_written_where_it_is_left() -> None:
    there = sorted(Path().iterdir())
    async with beginning() as (app, screen):
        await screen.press(*typed("plan.csv"), "enter")
        await settled(screen)
        await answered(screen, "escape")
        assert app.return_value is None
    assert sorted(Path().iterdir()) == there


async def test_where_it_cannot_be_written_the_screen_stays() -> None:
    async with beginning() as (_, screen):
        await screen.press(*typed("plan.csv"), "enter")
        await settled(screen)
        Path("roadmap").write_text("", encoding="utf-8")
        await answered(screen, "a")
        assert shows(screen, ImportScreen)
        assert "was not written" in screen.text or "exists already" in screen.text
