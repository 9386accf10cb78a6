"""Shorter output draws the same screen, on a terminal that knows nothing of it."""

from __future__ import annotations

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.tui.shell.ansi_diff import lean

COLOUR = st.sampled_from(
    ["38;2;1;2;3", "38;5;7", "31", "97", "48;2;9;8;7", "48;5;1", "44", "103", "1", "2", "3", "4",
     "7", "9", "39", "49"]
)  # fmt: skip
STYLE = st.lists(COLOUR, min_size=1, max_size=4).map(";".join)
RUN = st.builds(
    lambda style, text, reset: f"\x1b[{style}m{text}" + ("\x1b[0m" if reset else ""),
    STYLE,
    st.sampled_from(["a", "bc ", "█▓▒", "\r\n", "\x1b[2;3H", "   "]),
    st.booleans(),
)


def drawn(data: str) -> list[list[object]]:
    screen = pyte.Screen(40, 6)
    pyte.Stream(screen).feed(data)
    return [[screen.buffer[y][x] for x in range(40)] for y in range(6)]


@settings(max_examples=200, deadline=None)
@given(st.lists(RUN, max_size=20))
def test_the_same_cells_in_the_same_colours(runs: list[str]) -> None:
    data = "".join(runs)
    assert drawn(lean(data)) == drawn(data)


def test_colours_that_stay_are_not_sent_again() -> None:
    run = "\x1b[38;2;1;2;3;48;2;4;5;6m{}\x1b[0m"
    data = run.format("one") + run.format("two")
    assert lean(data) == "\x1b[38;2;1;2;3;48;2;4;5;6monetwo\x1b[m"


def test_text_without_colours_passes_as_it_is() -> None:
    assert lean("plain\n") == "plain\n"
    assert lean("\x1b[?25l") == "\x1b[?25l"
