"""Texts to read: they scroll by the same keys in every dialog, and are wrapped in any width."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from textual.content import Content

from planner.tui.dialogs.as_command import AsCommandDialog
from planner.tui.dialogs.messages import MessagesDialog
from planner.tui.dialogs.reading import ReadDialog
from planner.tui.dialogs.terms import TermsDialog
from planner.tui.shell.keys import AS_REGISTERED
from planner.tui.views.details import DetailScreen
from planner.tui.views.help import HelpScreen
from tests.tui.dialogs.stage import ROADMAP, Stage, on_stage, screen_text, spring

GLOSSARY = "\n".join(f'term-{n} = "what term {n} means to all of us"' for n in range(40))


def dialogs(folder: Path) -> dict[str, tuple[ReadDialog[object], str, str]]:
    """Each with what stands in its first line and in its last."""
    plan = spring(folder, f"{ROADMAP}\n[glossary]\n{GLOSSARY}\n").plan
    said = [Content(f"message {n}.") for n in range(60)]
    words = " ".join(f"word-{n}." for n in range(400))
    made = {
        "messages": (MessagesDialog(said), "message 59.", "message 0."),
        "terms": (TermsDialog(plan, []), "term-0", "term 39"),
        "command": (AsCommandDialog(words), "word-0.", "word-399."),
    }
    return cast("dict[str, tuple[ReadDialog[object], str, str]]", made)


@pytest.mark.parametrize("size", [(60, 15), (80, 24)])
@pytest.mark.parametrize("name", ["messages", "terms", "command"])
async def test_a_text_scrolls_to_its_ends(name: str, size: tuple[int, int], tmp_path: Path) -> None:
    dialog, first, last = dialogs(tmp_path)[name]
    async with on_stage(dialog, size) as pilot:
        for keys, seen, gone in (((), first, last), (("G",), last, first), (("g",), first, last)):
            await pilot.press(*keys)
            await pilot.pause()
            text = screen_text(pilot.app)
            assert seen in text
            assert gone not in text
            assert "esc" in text
        await pilot.press("pagedown", "j", "k", "space", "down", "up", "end")
        await pilot.pause()
        assert last in screen_text(pilot.app)
        await pilot.press("q")
    assert cast("Stage", pilot.app).answer is None


async def test_the_title_of_help_stays_whatever_is_pressed() -> None:
    async with on_stage(HelpScreen(["down", "up"], AS_REGISTERED), (80, 24)) as pilot:
        for key in ("j", "x", "k"):
            await pilot.press(key)
            await pilot.pause()
            lines = screen_text(pilot.app).strip().splitlines()
            assert "Keys and signs" in lines[0]
            assert "esc close" in lines[-1]


async def test_where_its_keys_have_no_room_the_way_out_stays(tmp_path: Path) -> None:
    plan = spring(tmp_path).plan
    page = DetailScreen(plan, next(iter(plan.roadmap.initiatives)), AS_REGISTERED)
    async with on_stage(page, (44, 12)) as pilot:
        foot = screen_text(pilot.app).rstrip().splitlines()[-1]
        assert foot.split("   ")[0].strip() == "E all fields"
        assert foot.split("   ")[-1].strip() == "esc close"
