"""The first minute, and the first edit that is kept, at 80×24 in a real terminal."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminals import Terminal, in_line

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
    board.wait_for(
        in_line(0, "€11k"), in_line(1, "5d late", "IT's customer identity"), "not agreed"
    )


def test_a_fix_turns_the_board_right_and_undo_brings_it_back(board: Terminal) -> None:
    board.wait_for(in_line(0, "5d late"))
    board.press("f")
    board.wait_for("delay cost −€", "8 Oct −5d")
    board.press("enter")
    board.wait_for(in_line(0, "8 Oct", without=["late"]))
    board.press("u")
    board.wait_for(in_line(0, "5d late"))


def test_moving_a_bar_shows_the_launch_the_money_and_the_conflicts(board: Terminal) -> None:
    board.wait_for("5d late")
    board.press(":")
    board.press("peak-campaign", "enter")
    board.wait_for("Peak-season campai")
    board.press("m")
    board.press("L")
    board.wait_for("22 Oct +5d", "10d late", "delay cost +€")
    board.press("esc")
    board.wait_for(in_line(0, "15 Oct"), without=["22 Oct +5d"])


def test_open_move_edit_undo_save_quit_and_read_the_file(board: Terminal, copy: Path) -> None:
    before = texts(copy)
    board.wait_for("5d late")
    board.press(":")
    board.press("peak-campaign", "enter")
    board.wait_for("Peak-season campai")
    board.press("m", "L")
    board.wait_for("22 Oct +5d")
    board.press("enter")
    board.wait_for(in_line(0, "22 Oct", "1 unsaved"))
    assert texts(copy) == before
    board.press("u")
    board.wait_for(in_line(0, "15 Oct"))
    board.press("U")
    board.wait_for(in_line(0, "22 Oct"))
    board.press("w")
    board.wait_for("Saved marketing.toml")
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
    board.wait_for("delay cost −€")
    board.press("enter")
    board.wait_for(in_line(0, "8 Oct"))
    board.press("q")
    board.wait_for("unsaved changes", "Discard and quit")
    board.press("esc")
    board.wait_for(in_line(0, "8 Oct"), without=["unsaved changes", "Discard and quit"])
    board.press("q")
    board.wait_for("unsaved changes", "Discard and quit")
    board.press("right", "right", "enter")
    assert board.wait_exit() == 0
    assert texts(copy) == before


def test_a_hang_up_ends_it_and_the_terminal_is_as_it_was(board: Terminal) -> None:
    board.wait_for("5d late")
    board.hang_up()
    assert board.wait_exit() == 128 + 1
    assert b"\x1b[?1049l" in board.written


def counts_at_the_end(text: str) -> bool:
    return re.search(r"✗\d+ ▲\d+$", text.split("\n")[0]) is not None


def test_without_colour_the_same_is_said(copy: Path) -> None:
    with Terminal([*PLANNER, str(copy)], 80, 24, NO_COLOR="1") as terminal:
        terminal.wait_for(in_line(0, "5d late"), counts_at_the_end, "? help")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    coloured = [part for part in terminal.written.split(b"\x1b[") if part[:3] in (b"38;", b"48;")]
    assert coloured == []


def test_keys_typed_ahead_all_arrive_in_order(board: Terminal) -> None:
    board.wait_for("5d late")
    board.press(":peak-campaign\rmL")
    board.wait_for("22 Oct +5d")
    board.press("\x1b")
    board.wait_for(in_line(0, "15 Oct"), without=["22 Oct +5d"])
    board.press(":peak-readiness\rf")
    board.wait_for("delay cost −€")
