"""Characters that can't be seen, and lines that are pasted: what is typed is what is written."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from planner.text.edits import Edit, Edits, SetKey
from planner.text.visible import visible
from planner.tui.dialogs.cell import CellDialog
from planner.tui.dialogs.editors import OneLine
from planner.tui.dialogs.field_row import FieldRow
from planner.tui.dialogs.form import FormDialog
from planner.tui.dialogs.prompt import FilterPrompt
from planner.tui.dialogs.target import TargetDialog
from tests.terminals import Terminal
from tests.tui.dialogs.stage import Stage, on_stage, screen_text, settled, spring

JOINED, FARSI, BIDI = "👩\u200d💻", "می\u200cخواهم", "a\u202eb"

ROADMAP = f"""\
[initiatives.a]
title = "{JOINED} {FARSI} x"
short = "caf\\u00e9 \\u200d x"
estimate = "1w"
notes = "one\ttwo\\tthree \\u001b {BIDI}"
tags = ["{FARSI}", "x", "{JOINED}, or not"]
urls = ["{BIDI}", "x"]

[initiatives.b]
estimate = "1w"
needs = [
    {{ on = "a", type = "FS", delivers = "{JOINED} x", why = "{BIDI}\\u2066; y", note = " z" }},
]

[calendars.c.holidays]
2027-12-24 = "{FARSI} x"
2027-12-25 = "{BIDI}"

[glossary]
lead = {{ marketing = "{FARSI} x", it = "{BIDI}" }}
"""


@pytest.mark.parametrize(
    ("kind", "id", "key", "change"),
    [
        ("initiatives", "a", "title", (" x", " y")),
        ("initiatives", "a", "short", (" x", " y")),
        ("initiatives", "a", "notes", ("thre", "thra")),
        ("initiatives", "a", "tags", (", x,", ", y,")),
        ("initiatives", "a", "urls", (", x", ", y")),
        ("initiatives", "b", "needs", (" x;", " y;")),
        ("calendars", "c", "holidays", (" x", " y")),
    ],
)
async def test_only_the_letter_that_was_typed_is_written(
    tmp_path: Path, kind: str, id: str, key: str, change: tuple[str, str]
) -> None:
    session = spring(tmp_path, ROADMAP)
    before = (tmp_path / "spring.toml").read_text(encoding="utf-8")
    dialog = CellDialog(session, kind, id, key)
    async with on_stage(dialog) as pilot:
        await changed(pilot, dialog.row, *change)
        await pilot.press("ctrl+s" if dialog.field.several_lines else "enter")
        await settled(pilot)
    session.apply(answer_of(pilot))
    session.save()
    assert letters_changed(before, (tmp_path / "spring.toml").read_text(encoding="utf-8")) == 1


async def test_one_side_of_a_term_is_written_without_the_other(tmp_path: Path) -> None:
    session = spring(tmp_path, ROADMAP)
    before = (tmp_path / "spring.toml").read_text(encoding="utf-8")
    dialog = FormDialog(session, "glossary", "")
    async with on_stage(dialog) as pilot:
        await changed(pilot, dialog.query(FieldRow).first(), " x", " y")
        await pilot.press("ctrl+s")
        await settled(pilot)
    session.apply(answer_of(pilot))
    session.save()
    assert letters_changed(before, (tmp_path / "spring.toml").read_text(encoding="utf-8")) == 1


async def changed(pilot: Pilot[None], row: FieldRow, old: str, new: str) -> None:
    """Change what is in an editor, where nothing is hidden and nothing is a picture."""
    text = row.editor.text
    assert old in text
    assert visible(text) == text.replace("\n", "␊")
    row.put_nearest(text.replace(old, new))
    await settled(pilot)


def answer_of(pilot: Pilot[None]) -> Edit:
    assert isinstance(pilot.app, Stage)
    answer = pilot.app.answer
    assert isinstance(answer, Edits)
    return answer


def letters_changed(before: str, after: str) -> int:
    return sum(one != two for one, two in zip(before, after, strict=True))


async def test_a_joiner_can_be_typed_stepped_over_and_taken_out(tmp_path: Path) -> None:
    dialog = CellDialog(spring(tmp_path), "initiatives", "web-push", "title")
    async with on_stage(dialog) as pilot:
        for char in "👩\u200d💻":
            dialog.row.editor.post_message(events.Key(char, char))
        await settled(pilot)
        assert "👩␦💻" in screen_text(pilot.app)
        assert "zero width joiner" in screen_text(pilot.app)
        await pilot.press("left", "left", "left", "right", "a", "end", "enter")
        await settled(pilot)
    (edit,) = answer_of(pilot).edits  # type: ignore[union-attr]
    assert isinstance(edit, SetKey)
    assert edit.value == "Web push for returning visitors👩a\u200d💻"


async def test_lines_that_are_pasted_become_one_and_that_is_said(tmp_path: Path) -> None:
    dialog = CellDialog(spring(tmp_path), "initiatives", "web-push", "title")
    async with on_stage(dialog) as pilot:
        dialog.row.editor.post_message(events.Paste(" one\r\n two\rthree\n\x1b[31m"))
        await settled(pilot)
        assert dialog.row.text == "Web push for returning visitors one two three"
        assert "3 lines" in dialog.row.note
        await pilot.press("x")
        await settled(pilot)
        assert "3 lines" not in dialog.row.note


async def test_lines_become_items_of_a_list(tmp_path: Path) -> None:
    dialog = CellDialog(spring(tmp_path), "initiatives", "web-push", "tags")
    async with on_stage(dialog) as pilot:
        dialog.row.editor.post_message(events.Paste("spring,\nlaunch\n"))
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
    (edit,) = answer_of(pilot).edits  # type: ignore[union-attr]
    assert isinstance(edit, SetKey)
    assert edit.value == ["spring", "launch"]


async def test_notes_keep_their_lines_and_tabs(tmp_path: Path) -> None:
    dialog = CellDialog(spring(tmp_path), "initiatives", "web-push", "notes")
    async with on_stage(dialog) as pilot:
        dialog.row.editor.post_message(events.Paste("one\r\n\ttwo\x07"))
        await settled(pilot)
        assert "␉two" in screen_text(pilot.app)
        await pilot.press("ctrl+s")
        await settled(pilot)
    (edit,) = answer_of(pilot).edits  # type: ignore[union-attr]
    assert isinstance(edit, SetKey)
    assert edit.value == "one\n\ttwo"


async def test_a_search_is_for_what_was_pasted(tmp_path: Path) -> None:
    session = spring(tmp_path)
    ids = list(session.plan.roadmap.initiatives)
    pick = TargetDialog(session, ids)
    async with on_stage(pick) as pilot:
        pick.query_one(OneLine).post_message(events.Paste("web\npush\u200b"))
        await settled(pilot)
        assert "Web push" in screen_text(pilot.app)
        assert "Consent API" not in screen_text(pilot.app)
        assert "2 lines" in screen_text(pilot.app)
    prompt = FilterPrompt(session, "", count=lambda text: (len(text), 0))
    async with on_stage(prompt) as pilot:
        prompt.query_one(OneLine).post_message(events.Paste("web\npush"))
        await settled(pilot)
        assert "2 lines" in prompt.said


def test_in_a_terminal_joiners_and_lines_come_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text('[initiatives.a]\ntitle = "Web"\nestimate = "1w"\n', encoding="utf-8")
    command = [sys.executable, "-m", "planner", str(file), "--no-mouse"]
    with Terminal(command, XDG_STATE_HOME=str(tmp_path / "state")) as terminal:
        terminal.wait_for("Web")
        terminal.press("E")
        terminal.wait_for("estimate")
        terminal.press("می\u200cخ ", "👩\u200d💻", "\x1b[200~ two\r\n three\x1b[201~")
        terminal.wait_for("2 lines", "␦", "two three")
        terminal.press("ctrl+s")
        terminal.wait_for("edit a")
        terminal.press("w")
        terminal.wait_for("Saved")
    assert 'title = "Webمی\u200cخ 👩\u200d💻 two three"' in file.read_text(encoding="utf-8")
