"""Text of a file that tries to be markup or to reach the terminal, in every dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from planner.session.session import Session
from planner.tui.dialogs.agree import AgreeDialog
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
from tests.tui.dialogs.stage import on_stage, screen_text, spring, type_in

EVIL = r"[/] [@click=app.quit]go[/] \u001b[31m\u001b]52;c;aGk=\u0007 \u009b2J \u202e"

ROADMAP = f"""
[teams.crm]
title = "{EVIL}"
[systems.cdp]
title = "{EVIL}"
vendor = "{EVIL}"
data = ["[/]"]
[initiatives.a]
title = "{EVIL}"
owner = "crm"
estimate = "{EVIL}"
uses = ["cdp"]
tags = ["{EVIL}"]
notes = "{EVIL}"
"{EVIL}" = "{EVIL}"
[initiatives.b]
title = "{EVIL}"
estimate = "1w"
deadline = 2027-03-02
needs = [{{ on = "c", delivers = "{EVIL}" }}]
[initiatives.c]
estimate = "1w"
[agreements.tags]
title = "{EVIL}"
accountable = ["{EVIL}"]
[glossary]
"{EVIL}" = {{ marketing = "{EVIL}", it = "[/]" }}
"""

Make = Callable[[Session], Screen[Any]]

DIALOGS: dict[str, Make] = {
    "ask": lambda s: AskDialog(s.plan.roadmap.initiatives["a"].label, ["[/]", "no"]),
    "form": lambda s: FormDialog(s, "initiatives", "a"),
    "form-links": lambda s: FormDialog(s, "initiatives", "b"),
    "system": lambda s: FormDialog(s, "systems", "cdp"),
    "glossary": lambda s: FormDialog(s, "glossary", ""),
    "cell": lambda s: CellDialog(s, "initiatives", "a", "title"),
    "need": lambda s: NeedDialog(s, "c"),
    "unneed": lambda s: UnneedDialog(s, "b"),
    "pick": lambda s: TargetDialog(s, ["a", "b"]),
    "status": lambda s: StatusDialog(s, "b"),
    "agree": lambda s: AgreeDialog(s, "agreements", "tags"),
    "remove": lambda s: RemoveDialog(s, "systems", "cdp"),
    "tables": lambda s: TablesDialog(s, "systems", s.apply),
    "waive": lambda s: WaiveDialog(s, s.plan.findings[0]),
    "prompt": lambda s: FilterPrompt(s, s.plan.roadmap.initiatives["a"].label),
}


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", DIALOGS)
async def test_it_is_shown_as_it_is(name: str, tmp_path: Path) -> None:
    session = spring(tmp_path, ROADMAP)
    async with on_stage(DIALOGS[name](session), (120, 36)) as pilot:
        await type_in(pilot, "a")
        text = screen_text(pilot.app)
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)
        assert pilot.app.is_running
