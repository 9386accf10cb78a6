"""Every view and dialog on a hostile roadmap: all it shows is text, and no key ends the program."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color

from planner.session.session import Session
from planner.tui.shell.control_byte_filter import ControlFilter
from planner.tui.views.view import View
from tests.hostile.roadmaps import LEAKS, Words, both
from tests.terminals import Terminal
from tests.tui.looking import looking

TOUR = """
    2 j enter escape f escape i escape 3 t escape j 6 j enter escape tab A escape 8 j j enter escape
    c j K escape 1 G k k enter escape e escape E j escape d escape D escape a escape x escape
    m l escape slash g escape Z Z y s j enter u
"""
LISTS = ("systems", "people", "decisions", "messages")
OWN = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[=>78c]|\]22;[a-z]+(?:\x07|\x1b\\)|P[=$][^\x1b]*\x1b\\)"
)
"""What the interface itself writes: control sequences, and the shape of the pointer."""


CURRENCY = """
[roadmap]
status_date = 2027-03-01
currency = "\\u001b[66;66H\\u202e"

[outcomes.sales]
value = 1000000

[initiatives.launch]
outcomes = ["sales"]
cost = 1000
estimate = "20w"
deadline = 2027-03-10
"""


@pytest.fixture
def leaked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn and could move the cursor or hide letters, before the last filter."""
    found: list[str] = []

    def apply(_: ControlFilter, segments: list[Segment], __: Color) -> list[Segment]:
        found.extend(each.text for each in segments if LEAKS.search(each.text))
        return segments

    monkeypatch.setattr(ControlFilter, "apply", apply)
    return found


async def test_all_that_is_drawn_was_made_visible(tmp_path: Path, leaked: list[str]) -> None:
    path = tmp_path / "roadmap.toml"
    path.write_text(both(Words()), encoding="utf-8")
    async with looking(Session.open(path), (100, 30)) as screen:
        for key in TOUR.split():
            await screen.press(key)
        for key in LISTS:
            await screen.press("colon", *key, "enter", "j", "enter", "escape", "escape")
        assert screen.app.is_running
    assert not leaked, leaked[:5]


async def test_a_currency_is_made_visible_in_every_amount(
    tmp_path: Path, leaked: list[str]
) -> None:
    path = tmp_path / "roadmap.toml"
    path.write_text(CURRENCY, encoding="utf-8")
    async with looking(Session.open(path), (140, 30)) as screen:
        assert screen.text.count("␛[66;66H") == 2
        for keys in (("m", "right", "right"), ("escape", "8")):
            await screen.press(*keys)
            assert screen.text.count("␛[66;66H") >= 2
    assert not leaked, leaked[:5]


def test_no_byte_for_the_terminal_comes_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[66;66H\x9b\u202e\n[b].toml"
    path.write_text(both(Words()), encoding="utf-8")
    command = [sys.executable, "-m", "planner", str(path)]
    with Terminal(command, 100, 30, XDG_STATE_HOME=str(tmp_path)) as board:
        board.wait_for("? help")
        board.press("E")
        board.wait_for("╭─ Initiative")
        board.press("esc")
        board.wait_for("? help", without=["╭─ Initiative"])
        board.press("2")
        board.wait_for("Conflicts · by cause", "READ01", "driven by")
        board.press("q")
        assert board.wait_exit() == 0
    assert b"66;66" not in b"".join(OWN.findall(board.written))
    assert not LEAKS.findall(OWN.sub(b"", board.written).decode().replace("\r", ""))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
async def test_a_state_folder_of_somebody_else_is_said_and_the_board_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "shared"))
    folder = tmp_path / "shared" / "planner"
    (folder / "journals").mkdir(parents=True)
    os.chown(folder, 65534, 65534)
    path = tmp_path / "roadmap.toml"
    path.write_text(both(Words()), encoding="utf-8")
    said: list[str] = []
    monkeypatch.setattr(View, "say", lambda _, text, *__: said.append(text))
    async with looking(Session.open(path, journal=True), (100, 30)) as screen:
        await screen.press("j")
        assert screen.app.is_running
    assert any(str(folder) in text for text in said)
