"""Shorter output draws the same screen, on a terminal that knows nothing of it."""

from __future__ import annotations

from typing import Any

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.tui.shell.ansi_diff import lean
from planner.tui.shell.shown import Shown

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


def drawn(data: str) -> list[list[Any]]:
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


PIECE = st.builds(
    lambda place, style, text, reset: (
        f"\x1b[{place[0]};{place[1]}H\x1b[{style}m{text}" + ("\x1b[0m" if reset else "")
    ),
    st.tuples(st.integers(1, 6), st.integers(1, 30)),
    STYLE,
    st.sampled_from(["a", "bc  d", "█▓▒", "   ", "ab ▸ …", "a" * 10, " " * 10, "é"]),
    st.booleans(),
)
PICTURE = st.lists(PIECE, min_size=1, max_size=8).map("".join)


def looks(data: str) -> list[list[Any]]:
    """The cells as they are seen: a blank has no colour of its own, nor is it bold."""
    return [
        [
            cell._replace(fg="default", bold=False, italics=False)
            if cell.data == " " and not (cell.reverse or cell.underscore or cell.strikethrough)
            else cell
            for cell in row
        ]
        for row in drawn(data)
    ]


@settings(max_examples=200, deadline=None)
@given(st.lists(PICTURE, max_size=6))
def test_what_differs_is_all_that_has_to_be_sent(pictures: list[str]) -> None:
    shown = Shown()
    sent = [shown.update(each) for each in pictures]
    assert looks("".join(sent)) == looks("".join(f"{each}\x1b[m" for each in pictures))
    assert [shown.update(each) for each in pictures[-1:]] == [""] * len(pictures[-1:])


def test_what_is_shown_is_not_sent_again_until_it_may_be_gone() -> None:
    shown, picture = Shown(), "\x1b[2;1H\x1b[31mone two three\x1b[0m\x1b[1;3H"
    assert shown.update(picture) == "\x1b[31m\x1b[2;1Hone two three\x1b[m\x1b[1;3H"
    assert not shown.update(picture)
    assert shown.update("\x1b[2;5H\x1b[31mtoo\x1b[0m") == "\x1b[31m\x1b[2;6Ho\x1b[m"
    pointer, copied = "\x1b]22;text\x07", "\x1b]52;c;b25l\x1b\\"
    assert [shown.update(each) for each in (pointer, copied)] == [pointer, copied]
    assert shown.update("\x1b[2;5H\x1b[31mtwo\x1b[0m") == "\x1b[31m\x1b[2;6Hw\x1b[m"
    shown.update("\x1b[?1049h")
    assert "one two three" in shown.update(picture)


def test_a_row_whose_widths_are_in_doubt_is_sent_as_it_is_drawn() -> None:
    shown, picture = Shown(), "\x1b[1;1H日本 one\x1b[2;1Htwo"
    assert shown.update(picture) == picture
    assert not shown.update(picture)
    changed = picture.replace("one", "won")
    assert shown.update(changed) == "\x1b[1;1H日本 won"


def test_what_has_one_colour_is_sent_together_but_behind_what_may_be_drawn_wide() -> None:
    red, plain = "\x1b[31m", "\x1b[m"
    rows = "".join(f"\x1b[{row};1H{red}late{plain} and so on" for row in (1, 2, 3))
    assert Shown().update(rows).count(red) == 1
    bar = f"\x1b[1;1H{red}██{plain}ab{red}c{plain}"
    assert Shown().update(bar) == f"{red}\x1b[1;1H██\x1b[1;5Hc\x1b[39m\x1b[1;3Hab"
