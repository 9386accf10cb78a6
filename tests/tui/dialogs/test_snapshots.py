"""Each dialog at 80×24, as text: what a person sees before anything is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.screen import Screen

from planner.session.session import Session
from planner.tui.dialogs.ask import AskDialog
from planner.tui.dialogs.cell import CellDialog
from planner.tui.dialogs.form import FormDialog
from planner.tui.dialogs.need import NeedDialog, UnneedDialog
from planner.tui.dialogs.prompt import FilterPrompt
from planner.tui.dialogs.remove import RemoveDialog
from planner.tui.dialogs.status import StatusDialog
from planner.tui.dialogs.tables import TablesDialog
from planner.tui.dialogs.target import TargetDialog
from planner.tui.dialogs.waive import WaiveDialog
from tests.tui.dialogs.stage import ROADMAP, on_stage, screen_text, settled, spring, type_in

Make = Callable[[Session], Screen[Any]]

DIALOGS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "ask": (
        lambda _: AskDialog("Discard the input?", {"back": "Cancel", "drop": "Drop"}),
        (),
    ),
    "cell": (
        lambda s: CellDialog(s, "initiatives", "web-push", ("estimate",)),
        ("end", "ctrl+u", "type 4w"),
    ),
    "cell-unclear": (
        lambda s: CellDialog(s, "initiatives", "web-push", ("deadline",)),
        ("type 31 feb",),
    ),
    "form": (lambda s: FormDialog(s, "initiatives", "web-push"), ()),
    "form-new": (lambda s: FormDialog(s, "initiatives", None), ("type Push", "tab", "tab")),
    "form-system": (lambda s: FormDialog(s, "systems", "cdp"), ()),
    "form-suggestions": (
        lambda s: FormDialog(s, "initiatives", "web-push"),
        (*["down"] * 4, "end", "type , d"),
    ),
    "need": (lambda s: NeedDialog(s, "segments"), ("type con",)),
    "need-link": (lambda s: NeedDialog(s, "segments"), ("type con", "enter", "type ss+1w")),
    "pick": (lambda s: TargetDialog(s, list(s.plan.roadmap.initiatives)), ()),
    "prompt": (lambda s: FilterPrompt(s, "ownr:crm"), ()),
    "remove": (lambda s: RemoveDialog(s, "initiatives", "segments"), ("down",)),
    "status": (lambda s: StatusDialog(s, "consent-api"), ("down",)),
    "tables": (lambda s: TablesDialog(s, "initiatives", s.apply), ()),
    "tables-empty": (lambda s: TablesDialog(s, "meetings", s.apply), ()),
    "unneed": (lambda s: UnneedDialog(s, "spring-launch"), ()),
    "waive": (lambda s: WaiveDialog(s, s.plan.findings[0]), ()),
}


@pytest.mark.parametrize("name", DIALOGS)
async def test_at_80_by_24(name: str, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    make, keys = DIALOGS[name]
    session = spring(tmp_path, ROADMAP.replace("2027-04-16", "2027-04-09"))
    async with on_stage(make(session)) as pilot:
        for key in keys:
            if key.startswith("type "):
                await type_in(pilot, key.removeprefix("type "))
            else:
                await pilot.press(key)
        await settled(pilot)
        assert screen_text(pilot.app) == snapshot


@pytest.mark.parametrize("theme", ["planner-light", "planner-terminal"])
async def test_the_text_is_the_same_in_every_theme(theme: str, tmp_path: Path) -> None:
    async with on_stage(FormDialog(spring(tmp_path), "initiatives", "web-push")) as pilot:
        dark = screen_text(pilot.app)
    (tmp_path / "again").mkdir()
    form = FormDialog(spring(tmp_path / "again"), "initiatives", "web-push")
    async with on_stage(form, theme=theme) as pilot:
        assert screen_text(pilot.app) == dark
