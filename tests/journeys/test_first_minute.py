"""The first minute, and the first edit that is kept, at 80×24 in a real terminal."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminals import Terminal

ACME = Path(__file__).resolve().parents[2] / "roadmaps" / "acme-2027"
PLANNER = [sys.executable, "-m", "planner"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sample roadmap."""
    return Path(shutil.copytree(ACME, tmp_path / "acme-2027"))


@pytest.fixture
def board(copy: Path) -> Iterator[Terminal]:
    """The sample opened at 80×24."""
    with Terminal([*PLANNER, str(copy)], 80, 24) as terminal:
        terminal.wait_for("Peak freeze readiness")
        yield terminal


def texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_opens_on_what_is_wrong(board: Terminal) -> None:
    line = board.wait_for("not agreed").splitlines()[1]
    assert "5d late" in line or "5 days late" in line
    assert "IT's customer identity" in line
    assert "€11k" in board.text.splitlines()[0]


def test_a_fix_turns_the_board_right_and_undo_brings_it_back(board: Terminal) -> None:
    board.wait_for("5d late")
    board.press("f")
    offered = board.wait_for("saves €")
    assert "8 Oct −5d" in offered
    board.press("enter")
    board.wait_for(lambda text: "8 Oct" in text.splitlines()[0])
    assert "late" not in board.text.splitlines()[0]
    board.press("u")
    board.wait_for(lambda text: "5d late" in text.splitlines()[0])


def test_moving_a_bar_shows_the_launch_the_money_and_the_conflicts(board: Terminal) -> None:
    board.wait_for("5d late")
    board.press(":")
    board.press("peak-campaign", "enter")
    board.wait_for("Peak-season campai")
    board.press("m")
    board.press("L")
    moved = board.wait_for("22 Oct +5d")
    assert "10d late" in moved
    assert "costs €" in moved
    board.press("esc")
    board.wait_for(lambda text: "22 Oct +5d" not in text)


def test_open_move_edit_undo_save_quit_and_read_the_file(board: Terminal, copy: Path) -> None:
    before = texts(copy)
    board.wait_for("5d late")
    board.press(":")
    board.press("peak-campaign", "enter")
    board.wait_for("Peak-season campai")
    board.press("m", "L")
    board.wait_for("22 Oct +5d")
    board.press("enter")
    board.wait_for(lambda text: "22 Oct" in text.splitlines()[0])
    assert texts(copy) == before
    board.press("u")
    board.wait_for(lambda text: "15 Oct" in text.splitlines()[0])
    board.press("U")
    board.wait_for(lambda text: "22 Oct" in text.splitlines()[0])
    board.press("w")
    board.wait_for("aved")
    board.press("q")
    assert board.wait_exit() == 0
    after = texts(copy)
    changed = [name for name in after if after[name] != before[name]]
    assert changed == ["marketing.toml"]
    old = before["marketing.toml"].decode().splitlines()
    new = after["marketing.toml"].decode().splitlines()
    assert [line for line in new if line not in old] == ["start_no_earlier_than = 2027-09-13"]
    assert [line for line in new if line in old] == old


def test_leaving_with_something_unsaved_asks(board: Terminal, copy: Path) -> None:
    before = texts(copy)
    board.wait_for("5d late")
    board.press("f")
    board.wait_for("saves €")
    board.press("enter")
    board.wait_for(lambda text: "8 Oct" in text.splitlines()[0])
    board.press("q")
    board.wait_for("unsaved")
    board.press("esc")
    board.wait_gone("unsaved changes")
    board.press("q")
    board.wait_for("Quit without saving")
    board.press("right", "right", "enter")
    assert board.wait_exit() == 0
    assert texts(copy) == before


def test_a_hang_up_ends_it_and_the_terminal_is_as_it_was(board: Terminal) -> None:
    board.wait_for("5d late")
    board.hang_up()
    assert board.wait_exit() == 128 + 1
    assert b"\x1b[?1049l" in board.written


def test_without_colour_the_same_is_said(copy: Path) -> None:
    with Terminal([*PLANNER, str(copy)], 80, 24, NO_COLOR="1") as terminal:
        screen = terminal.wait_for("5d late")
        terminal.settle()
    assert re.search(r"✗\d+ ▲\d+$", screen.splitlines()[0])
    coloured = [part for part in terminal.written.split(b"\x1b[") if part[:3] in (b"38;", b"48;")]
    assert coloured == []


def test_keys_typed_ahead_all_arrive_in_order(board: Terminal) -> None:
    board.wait_for("5d late")
    board.press(":peak-campaign\rmL")
    board.wait_for("22 Oct +5d")
    board.press("\x1b")
    board.wait_gone("22 Oct +5d")
    board.press(":peak-readiness\rf")
    board.wait_for("saves €")
