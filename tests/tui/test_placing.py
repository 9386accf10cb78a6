"""What is drawn stands on its column, also where a terminal draws letters wider or narrower.

The terminals here are emulators: one that has the widths of everybody, and others that differ by
one for emoji, for letters with marks, or for every sign that some draw wide.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import wcwidth

from planner.tui.shell.ansi_diff import lean
from planner.tui.shell.placing import placed
from tests.terminals import Terminal

Width = Callable[[str], int]
WIDTHS: dict[str, Width] = {
    "usual": wcwidth,
    "narrow": lambda char: min(1, wcwidth(char)),
    "emoji of one cell": lambda char: 1 if char >= "\U0001f000" else wcwidth(char),
    "letters of two cells": lambda char: 2 if "\u00c0" <= char < "\u2000" else wcwidth(char),
    "marks with a cell": lambda char: max(1, wcwidth(char)),
    "all signs of two cells": lambda char: 2 if char > "\x7f" else wcwidth(char),
}


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How wide the terminal draws a letter."""
    monkeypatch.setattr("pyte.screens.wcwidth", WIDTHS[request.param])


def drawn(data: str) -> pyte.Screen:
    screen = pyte.Screen(60, 3)
    pyte.Stream(screen).feed("#" * 180 + "\x1b[?7l" + data)
    return screen


def cell(screen: pyte.Screen, column: int, row: int = 1) -> str:
    return screen.buffer[row][column].data


TITLES = [
    "日本語 テスト",
    "👩\U0001f3fd Größe",
    "e\u0301te\u0301",
    "❤\ufe0f",
    "한 α",
    "plain",
    "🇩🇪 x",
    "→ … √",
]


@pytest.mark.usefixtures("width")
@pytest.mark.parametrize("title", TITLES)
def test_what_stands_behind_a_title_is_where_it_belongs(title: str) -> None:
    blanks = " " * (20 - cell_len(title))
    row = f"\x1b[2;1H○ {title}{blanks}12 May  \x1b[31m█████\x1b[0m░░···    pane"
    screen = drawn(placed(lean(row)))
    assert "".join(cell(screen, 22 + at) for at in range(6)) == "12 May"
    assert cell(screen, 30) == "█"
    assert cell(screen, 35) == "░"
    assert "".join(cell(screen, 44 + at) for at in range(4)) == "pane"
    assert "#" not in "".join(cell(screen, at) for at in range(30))


@pytest.mark.usefixtures("width")
def test_the_words_behind_an_emoji_are_all_there() -> None:
    screen = drawn(placed("\x1b[2;1H👩\U0001f3fd Web push  12 May"))
    assert "".join(cell(screen, 3 + at) for at in range(8)) == "Web push"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["a", "bc ", "   ", "█▓", "│", "é", "日", "\x1b[31m", "\x1b[0m", "\x1b[2;9H"]
        ),
        max_size=20,
    )
)
def test_in_the_usual_terminal_the_same_is_drawn(parts: list[str]) -> None:
    data = "\x1b[2;1H" + "".join(parts)
    here, there = drawn(placed(data)), drawn(data)
    assert [cell(here, at) for at in range(60)] == [cell(there, at) for at in range(60)]


def test_what_is_plain_passes_as_it_is() -> None:
    for data in ("plain\n", "\x1b[2;1Hplain  12 May", "\x1b]52;c;aGk=\x07", "é", "\x1b]0;é  x\x07"):
        assert placed(data) == data


ROADMAP = "".join(
    f'[initiatives.i-{at}]\ntitle = "{title}"\nestimate = "3w"\n' for at, title in enumerate(TITLES)
)


@pytest.mark.usefixtures("width")
def test_bars_stand_below_each_other_whatever_the_titles(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(f"[roadmap]\nstatus_date = 2027-03-01\n{ROADMAP}", encoding="utf-8")
    command = [sys.executable, "-m", "planner", str(file), "--no-mouse"]
    with Terminal(command, XDG_STATE_HOME=str(tmp_path / "state")) as terminal:
        terminal.wait_for(lambda _: in_place(terminal.screen))


def in_place(screen: pyte.Screen) -> bool:
    """Whether each initiative has a date and a bar, all of them on one column each."""
    rows = [screen.buffer[y] for y in range(3, 24)]
    bars = [[x for x in range(40, 80) if row[x].data in ("█", "▓")] for row in rows]
    dates = [
        x
        for row in rows
        for x in range(40)
        if "".join(row[x + at].data for at in range(6)) == "19 Mar"
    ]
    begins = [bar[0] for bar in bars if len(bar) > 2]
    return len(begins) == len(dates) == len(TITLES) and len({*begins}) == len({*dates}) == 1
