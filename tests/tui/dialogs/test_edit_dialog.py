"""What all dialogs that return an edit have in common: keys, and what is in sight at any size."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot

from planner.session.session import Session
from planner.text.edits import Edit, Edits, RemoveKey, SetKey
from planner.tui.dialogs.agree import AgreeDialog
from planner.tui.dialogs.cell import CellDialog
from planner.tui.dialogs.decide import DecideDialog
from planner.tui.dialogs.edit_dialog import EditDialog
from planner.tui.dialogs.need import NeedDialog, UnneedDialog
from planner.tui.dialogs.remove import RemoveDialog
from planner.tui.dialogs.status import StatusDialog
from planner.tui.dialogs.waive import WaiveDialog
from tests.terminals import Terminal
from tests.tui.dialogs.stage import (
    ROADMAP,
    Stage,
    on_stage,
    screen_text,
    settled,
    spring,
    type_in,
)

CROWDED = f"""{ROADMAP.replace("2027-04-16", "2027-04-09")}
[agreements.tags]
title = "Tagging of every page on all sites and in each of the apps, and what each tag stands for"
accountable = ["crm", "data"]
responsible = ["crm", "data"]
consulted = ["crm", "data"]
informed = ["crm", "data"]
[decisions.sms]
title = "Who sends text messages, and from which of the many numbers that we have by now"
options = ["the telephone contract", "an own provider", "nobody", "an agency"]
""" + "".join(f'[initiatives.x{n}]\nneeds = ["segments"]\n' for n in range(12))
"""As many references and links as no small terminal has lines for."""

DIALOGS: dict[str, Callable[[Session], EditDialog]] = {
    "status": lambda s: StatusDialog(s, "segments"),
    "agree": lambda s: AgreeDialog(s, "initiatives", "segments"),
    "agree-working": lambda s: AgreeDialog(s, "agreements", "tags"),
    "decide": lambda s: DecideDialog(s, "sms"),
    "remove": lambda s: RemoveDialog(s, "initiatives", "segments"),
    "unneed": lambda s: UnneedDialog(s, "spring-launch"),
    "need": lambda s: NeedDialog(s, "web-push"),
    "waive": lambda s: WaiveDialog(s, s.plan.findings[0]),
    "cell": lambda s: CellDialog(s, "initiatives", "segments", "owner"),
}


def answer(pilot: Pilot[None]) -> Edit | None:
    found = cast("Stage", pilot.app).answer
    assert found is None or isinstance(found, Edits)
    return found


def parts(edit: Edit | None) -> list[Edit]:
    assert isinstance(edit, Edits)
    return list(edit.edits)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("size", [(60, 15), (80, 24)])
@pytest.mark.parametrize("name", DIALOGS)
async def test_the_consequence_and_the_way_out_are_in_sight(
    name: str, size: tuple[int, int], tmp_path: Path
) -> None:
    dialog = DIALOGS[name](spring(tmp_path, CROWDED))
    async with on_stage(dialog, size) as pilot:
        for keys in ((), ("down",), ("down", "down")):
            await pilot.press(*keys)
            await settled(pilot)
            lines = screen_text(pilot.app).splitlines()
            first = dialog.consequence.text.split("\n")[0].strip()
            assert any(line.strip("│ ").startswith(first[:40]) for line in lines)
            assert any("esc cancel" in line for line in lines)
            region, inside = dialog.consequence.region, dialog.panel.content_region
            assert inside.contains_region(region)


@pytest.mark.parametrize(
    ("make", "keys", "made"),
    [
        (
            lambda s: StatusDialog(s, "segments"),
            ("down",),
            SetKey("initiatives", "segments", ("status",), "active"),
        ),
        (
            lambda s: RemoveDialog(s, "initiatives", "segments"),
            (),
            SetKey("initiatives", "segments", ("status",), "dropped"),
        ),
        (
            lambda s: UnneedDialog(s, "web-push"),
            (),
            RemoveKey("initiatives", "web-push", ("needs",)),
        ),
        (
            lambda s: NeedDialog(s, "web-push"),
            (),
            SetKey("initiatives", "web-push", ("needs",), ["consent-api", "segments"]),
        ),
        (
            lambda s: AgreeDialog(s, "agreements", "tags"),
            ("down",),
            SetKey("agreements", "tags", ("agreed", "marketing"), date(2027, 3, 1)),
        ),
        (
            lambda s: CellDialog(s, "initiatives", "segments", "estimate", "3w"),
            (),
            SetKey("initiatives", "segments", ("estimate",), "3w"),
        ),
    ],
    ids=["status", "remove", "unneed", "need", "agree", "cell"],
)
async def test_the_same_key_applies_everywhere(
    make: Callable[[Session], EditDialog], keys: tuple[str, ...], made: Edit, tmp_path: Path
) -> None:
    text = f"{ROADMAP}\n[agreements.tags]\n"
    async with on_stage(make(spring(tmp_path, text))) as pilot:
        await pilot.press(*keys)
        await settled(pilot)
        await pilot.press("ctrl+s")
    assert parts(answer(pilot))[0] == made


@pytest.mark.parametrize("typed", ["", "none"])
async def test_a_status_with_a_date_is_not_applied_without_one(tmp_path: Path, typed: str) -> None:
    dialog = StatusDialog(spring(tmp_path), "segments")
    async with on_stage(dialog) as pilot:
        await pilot.press("down", "ctrl+u")
        await type_in(pilot, typed)
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen is dialog
        assert dialog.edit() is None


async def test_a_date_typed_for_one_status_is_not_that_of_another(tmp_path: Path) -> None:
    dialog = StatusDialog(spring(tmp_path), "segments")
    async with on_stage(dialog) as pilot:
        await pilot.press("down", "ctrl+u")
        await type_in(pilot, "15 feb")
        await pilot.press("down", "down")
        await settled(pilot)
        assert parts(dialog.edit())[1] == SetKey(
            "initiatives", "segments", ("actual_finish",), date(2027, 3, 1)
        )
        await pilot.press("up", "up")
        await settled(pilot)
        assert parts(dialog.edit())[1] == SetKey(
            "initiatives", "segments", ("actual_start",), date(2027, 2, 15)
        )


@pytest.mark.parametrize("name", ["remove", "unneed"])
async def test_a_key_that_means_nothing_changes_nothing(name: str, tmp_path: Path) -> None:
    dialog = DIALOGS[name](spring(tmp_path))
    async with on_stage(dialog) as pilot:
        await pilot.press("z", "tab", "space")
        assert pilot.app.screen is dialog
        assert dialog.options.at == 0


@pytest.mark.parametrize("name", ["remove", "unneed"])
async def test_letters_mark_the_ends_where_nothing_is_typed(name: str, tmp_path: Path) -> None:
    dialog = DIALOGS[name](spring(tmp_path))
    async with on_stage(dialog) as pilot:
        await pilot.press("G")
        assert dialog.options.at == dialog.options.count - 1 > 0
        await pilot.press("g")
        assert dialog.options.at == 0
        await pilot.press("j", "k", "j")
        assert dialog.options.at == 1


def test_in_a_small_terminal_without_colours_a_dialog_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(CROWDED.replace("[roadmap]", "[roadmap]\nstatus_date = 2027-03-01"), "utf-8")
    command = [sys.executable, "-m", "planner", str(file), "--no-mouse"]
    state = str(tmp_path / "state")
    with Terminal(command, 60, 15, XDG_STATE_HOME=state, NO_COLOR="1") as terminal:
        terminal.wait_for("Consent API")
        terminal.press(":", "segments", "enter")
        terminal.press("s", "down")
        terminal.wait_for(
            "▸ ●   active", "actual start", "Spring launch 16 Apr unchanged", "esc cancel"
        )
        terminal.press("ctrl+s")
        terminal.wait_for("segments is active", without=["actual start"])
        terminal.press("x", "j")
        terminal.wait_for("▸ Remove it from the file", "more", "Spring launch", "esc cancel")
        terminal.press("esc", "A")
        terminal.wait_for("promised for", "esc cancel", without=["Remove it"])
        terminal.press("esc", "w")
        terminal.wait_for("Saved")
    written = Session.open(file).plan.tables["initiatives"]["segments"]
    assert (written["status"], written["actual_start"]) == ("active", date(2027, 3, 1))
