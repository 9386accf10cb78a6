"""What a dialog says while a person types: at once what is wrong, and never of another text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any, cast

import pytest
from textual.pilot import Pilot

from planner.entry.shapes import fields_of
from planner.roadmap.entities import KINDS
from planner.session.session import Session
from planner.text.edits import Edits, SetKey
from planner.tui.dialogs.agree import AgreeDialog
from planner.tui.dialogs.cell import CellDialog
from planner.tui.dialogs.edit_dialog import EditDialog
from planner.tui.dialogs.form import FormDialog
from planner.tui.dialogs.need import NeedDialog
from planner.tui.dialogs.status import StatusDialog
from planner.tui.lines import weighing
from planner.tui.lines.weighing import Weighing
from tests.tui.dialogs.stage import Stage, on_stage, screen_text, settled, spring, type_in


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return spring(tmp_path)


def shown(pilot: Pilot[None]) -> str:
    return screen_text(cast("Stage", pilot.app))


async def go_to(pilot: Pilot[None], form: FormDialog, key: str) -> None:
    form.row(key).editor.focus()
    await settled(pilot)


# --- nobody is wrong before a word is typed -------------------------------------------------------


@pytest.mark.one_in(3)
@pytest.mark.parametrize("kind", list(KINDS))
async def test_a_new_form_begins_without_an_error(kind: str, session: Session) -> None:
    form = FormDialog(session, kind, None)
    async with on_stage(form, size=(100, 40)) as pilot:
        for row in form.rows():
            row.editor.focus()
            await pilot.pause()
            assert "✗" not in shown(pilot)


@pytest.mark.one_in(4)
@pytest.mark.parametrize("field", fields_of("initiatives"), ids=lambda field: field.key)
async def test_an_empty_cell_begins_without_an_error(field: Any, session: Session) -> None:
    async with on_stage(CellDialog(session, "initiatives", "segments", field.key)) as pilot:
        assert "✗" not in shown(pilot)


async def test_what_a_new_table_lacks_is_said_when_it_is_kept(session: Session) -> None:
    form = FormDialog(session, "initiatives", None)
    async with on_stage(form) as pilot:
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert form.row("id").note.startswith("✗")
        assert pilot.app.screen is form


async def test_enter_makes_up_no_id(session: Session) -> None:
    form = FormDialog(session, "initiatives", None)
    async with on_stage(form) as pilot:
        await pilot.press("enter", "enter")
        await settled(pilot)
        assert (form.row("id").editor.text, form.row("kind").has_focus_within) == ("", True)


# --- an invalid value says so at once -------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "text"),
    [("deadline", "asap"), ("estimate", "2 sprints"), ("cost", "12.000"), ("owner", "crmm x")],
)
async def test_what_is_unclear_says_so_and_previews_nothing(
    key: str, text: str, session: Session
) -> None:
    cell = CellDialog(session, "initiatives", "segments", key)
    async with on_stage(cell) as pilot:
        await pilot.press("end", "ctrl+u")
        await pilot.press(*({" ": "space", ".": "full_stop"}.get(each, each) for each in text))
        await settled(pilot)
        assert cell.row.note.startswith("✗")
        assert cell.consequence.text == f"No preview: {key} is unclear"
        assert not cell.panel.border_subtitle


async def test_one_enter_never_takes_asap_for_a_day(session: Session) -> None:
    cell = CellDialog(session, "initiatives", "spring-launch", "deadline")
    async with on_stage(cell) as pilot:
        await pilot.press("end", "ctrl+u")
        await type_in(pilot, "asap")
        await pilot.press("enter", "enter")
        await settled(pilot)
        assert (pilot.app.screen, cell.row.editor.text) == (cell, "asap")


async def test_none_takes_the_day_out(session: Session) -> None:
    cell = CellDialog(session, "initiatives", "spring-launch", "deadline")
    async with on_stage(cell) as pilot:
        await pilot.press("end", "ctrl+u")
        await type_in(pilot, "none")
        await pilot.press("enter")
        answer = cast("Stage", pilot.app).answer
        assert [type(each).__name__ for each in answer.edits] == ["RemoveKey"]


async def test_the_rest_of_a_form_is_previewed_without_what_is_unclear(session: Session) -> None:
    form = FormDialog(session, "initiatives", "web-push")
    async with on_stage(form, size=(120, 36)) as pilot:
        await go_to(pilot, form, "estimate")
        await pilot.press("end", "ctrl+u")
        await type_in(pilot, "4w")
        alone = form.consequence.text
        await pilot.press("ctrl+t")
        await settled(pilot)
        await go_to(pilot, form, "deadline")
        await type_in(pilot, "asap")
        assert form.consequence.text == f"without deadline · {alone}"


@pytest.mark.parametrize("make", [StatusDialog, AgreeDialog], ids=["status", "agree"])
async def test_a_day_that_is_none_stays_as_it_was_typed(make: Any, session: Session) -> None:
    about = ("segments",) if make is StatusDialog else ("initiatives", "spring-launch")
    dialog: EditDialog = make(session, *about)
    async with on_stage(dialog) as pilot:
        if make is StatusDialog:
            await pilot.press("down")
        row = dialog.rows()[0]
        await pilot.press("end", "ctrl+u")
        await type_in(pilot, "1 none")
        assert "None" not in shown(pilot)
        assert dialog.consequence.text == f"No preview: {row.label} is unclear"
        await pilot.press("enter", "enter")
        assert (pilot.app.screen, row.editor.text) == (dialog, "1 none")


async def test_a_link_that_is_none_previews_nothing(session: Session) -> None:
    dialog = NeedDialog(session, "web-push")
    async with on_stage(dialog) as pilot:
        await type_in(pilot, "seg")
        await pilot.press("enter")
        await type_in(pilot, "later")
        assert "  ✗" in shown(pilot)
        assert dialog.consequence.text == "No preview: the link is unclear"


# --- the preview is of what stands there ----------------------------------------------------------


async def test_a_preview_is_taken_away_with_the_text_that_it_was_of(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = CellDialog(session, "initiatives", "web-push", "estimate")
    async with on_stage(cell) as pilot:
        await pilot.press("end", "ctrl+u")
        await type_in(pilot, "4w")
        assert cell.consequence.text.startswith("Spring launch 23 Apr")
        assert "23 Apr" in str(cell.panel.border_subtitle)
        done = Event()
        weigh = weighing.weigh

        def slow(*args: Any) -> Iterator[Weighing]:
            done.wait()
            yield from weigh(*args)

        monkeypatch.setattr(weighing, "weigh", slow)
        try:
            await pilot.press("left", "0")
            await pilot.pause()
            assert cell.row.editor.text == "40w"
            assert cell.consequence.text == "…"
            assert "ends" not in cell.row.note
            assert not cell.panel.border_subtitle
        finally:
            done.set()
        await settled(pilot)
        assert cell.consequence.text.startswith("Spring launch")
        assert "23 Apr" not in cell.consequence.text


async def test_what_the_plan_says_of_a_field_follows_what_is_typed_in_another(
    session: Session,
) -> None:
    form = FormDialog(session, "initiatives", "web-push")
    async with on_stage(form, size=(120, 36)) as pilot:
        await go_to(pilot, form, "estimate")
        await pilot.press("end", "ctrl+u")
        await type_in(pilot, "4w")
        assert form.row("estimate").note.endswith("ends 23 Apr")
        await go_to(pilot, form, "needs")
        await pilot.press("ctrl+home", "end")
        await type_in(pilot, " +1w")
        await go_to(pilot, form, "estimate")
        assert form.row("estimate").note.endswith("ends 30 Apr")


# --- lists ----------------------------------------------------------------------------------------


async def test_a_list_of_links_takes_commas_and_says_that_a_row_follows(session: Session) -> None:
    form = FormDialog(session, "initiatives", "segments")
    async with on_stage(form, size=(100, 30)) as pilot:
        await go_to(pilot, form, "needs")
        await type_in(pilot, "web-push, cons")
        assert [each.word for each in form.row("needs").suggested.found] == ["consent-api"]
        await pilot.press("enter")
        assert form.row("needs").editor.text == "web-push, consent-api"
        assert form.row("needs").note.endswith("enter: another row")
        await pilot.press("ctrl+s")
        answer = cast("Stage", pilot.app).answer
    links = SetKey("initiatives", "segments", ("needs",), ["web-push", "consent-api"])
    assert answer == Edits((links,), "edit segments")


async def test_nothing_is_suggested_for_words_beside_a_link(session: Session) -> None:
    form = FormDialog(session, "initiatives", "segments")
    async with on_stage(form, size=(100, 30)) as pilot:
        await go_to(pilot, form, "needs")
        await type_in(pilot, "web-push; delivers lists, cons")
        assert form.row("needs").suggested.found == []


async def test_a_day_is_said_back_with_the_rule_that_chose_its_year(session: Session) -> None:
    cell = CellDialog(session, "initiatives", "segments", "deadline")
    async with on_stage(cell) as pilot:
        await type_in(pilot, "february")
        await settled(pilot)
        assert cell.row.note.startswith("→ Tue 1 Feb 2028, the next one")
        assert cast("Any", cell.row.typed).value == date(2028, 2, 1)
