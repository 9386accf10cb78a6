"""The guide: true, readable in a small terminal, and each page leads to those that it names."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from planner.cli.main import COMMANDS
from planner.pages.guide import TOPICS, guide_page
from planner.pages.lines import plain
from planner.session.session import Session
from planner.tui.shell.actions import ACTIONS
from planner.tui.shell.keys import spelled
from tests.tui.looking import looking

PAGES = sorted(path.stem for path in TOPICS.glob("*.md"))
GUIDE = (TOPICS / "guide.md").read_text(encoding="utf-8")
SAID = re.findall(r"`([^`]+)`", GUIDE)


def test_every_key_in_it_is_one_of_the_registry() -> None:
    known = {key for action in ACTIONS.values() for key in action.keys}
    named = {each for each in SAID if spelled(each) == each}
    assert len(named) >= 20
    assert named - known - {"enter", "esc"} == set()


def test_every_command_in_it_is_one() -> None:
    commands = [each.split()[1] for each in SAID if each.startswith("planner ")]
    assert {*commands} <= COMMANDS.keys()
    assert {"help", "reach"} <= {*commands}
    assert {each.split()[2] for each in SAID if each.startswith("planner help")} <= {*PAGES}


@pytest.mark.parametrize("width", [56, 80, 116])
def test_each_page_keeps_its_words_and_stays_in_its_width(width: int) -> None:
    for name in PAGES:
        lines = [*plain(guide_page(name, width).lines)]
        assert max(map(cell_len, lines)) <= width, name
    words = re.sub(r"[#`]", "", GUIDE).split()
    assert " ".join(plain(guide_page("guide", width).lines)).split() == words


async def test_it_is_walked_by_its_links_and_back(small: Session) -> None:
    async with looking(small, (60, 15)) as board:
        await board.press("colon", *"guide", "enter")
        assert "ten minutes" in board.text
        assert "enter opens filters" in board.foot
        await board.press("tab", "shift+tab", "enter")
        await board.rest()
        assert "Filters" in board.text.splitlines()[1]
        await board.press("backspace")
        await board.rest()
        assert "ten minutes" in board.text
        await board.press("j", "j", "j")
        assert "ten minutes" not in board.text
        await board.press("escape")
        assert "Web push" in board.text
        await board.press("question_mark", "question_mark")
        assert "ten minutes" in board.text
        await board.press("backspace")
        assert "Web push" in board.text


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("key", ["1", "2"])
async def test_the_keys_of_a_view_come_first_in_its_help(
    acme: Session, size: tuple[int, int], key: str, snapshot: SnapshotAssertion
) -> None:
    async with looking(acme, size) as board:
        await board.press(key, "question_mark")
        assert board.lines[1].strip().startswith("Here")
        assert board.text == snapshot
        before = board.lines
        await board.press("j", "j", "k", "k")
        assert board.lines == before
