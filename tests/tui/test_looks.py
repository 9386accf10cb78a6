"""How screens look: nothing is drawn over, cut or dropped that a person needs, at any size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

import pytest
from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.strip import Strip
from textual.widgets import Input

from planner.session.session import Session
from planner.tui.board.timeline import Timeline
from planner.tui.dialogs.panel import Dialog, KeyLine
from planner.tui.lines.lines_pane import LinesPane
from planner.tui.shell.themes import palette
from planner.tui.views.path_lanes import PathLanes
from tests.tui.looking import SIZES, Looked, looking

DRAWN = "█▓▒░□═━┍┑◆◇"
SMALL_SIZE = (60, 15)
GROUND = Color(0, 0, 0)


def segments(board: Looked, line: int) -> list[Segment]:
    """One line as the terminal gets it."""
    return sent(board.app, board.app.screen._compositor.render_strips()[line])


def sent(app: App[Any], strip: Strip) -> list[Segment]:
    """A line, what the app takes out of colours taken out."""
    found = list(strip)
    for line_filter in app.get_line_filters():
        found = line_filter.apply(found, GROUND)
    return found


def looks(board: Looked, line: int) -> Iterator[tuple[str, Segment]]:
    """Every character of a line with the segment that it is in."""
    for segment in segments(board, line):
        yield from ((letter, segment) for letter in segment.text)


def words_and_bars(line: str) -> dict[int, str]:
    return {at: c for at, c in enumerate(line) if c in DRAWN or (c.isalpha() and at > 40)}


# --- the board ------------------------------------------------------------------------------------


@pytest.mark.one_in(2)
@pytest.mark.parametrize("size", SIZES)
async def test_lines_to_other_rows_run_behind_bars_and_words(
    acme: Session, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as board:
        await board.press("g")
        timeline = board.app.screen.query_one(Timeline)
        first = timeline.region.y
        without = [words_and_bars(line) for line in board.lines[first : timeline.region.bottom]]
        for _ in range(len(without) - 1):
            await board.press("j")
            await board.rest()
            now = [words_and_bars(line) for line in board.lines[first : timeline.region.bottom]]
            for before, after in zip(without, now, strict=True):
                assert before.items() <= after.items()


@pytest.mark.parametrize("size", [SMALL_SIZE, *SIZES])
async def test_the_selected_row_is_marked_from_edge_to_edge(
    acme: Session, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as board:
        timeline = board.app.screen.query_one(Timeline)
        line = timeline.region.y + timeline.cursor - timeline.top
        colours = palette(cast("App[object]", board.app))
        marked, cell = (colours.ground(r).bgcolor for r in ("cursor-ground", "cell-ground"))
        grounds = {s.style.bgcolor for _, s in looks(board, line) if s.style}
        assert grounds == {marked, cell}


async def test_without_colours_the_selected_row_is_marked_from_edge_to_edge(
    acme: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with looking(acme) as board:
        timeline = board.app.screen.query_one(Timeline)
        line = timeline.region.y + timeline.cursor - timeline.top
        for letter, segment in looks(board, line):
            assert segment.style is not None
            assert segment.style.reverse or segment.style.underline, repr(letter)
            assert not (letter in DRAWN and segment.style.reverse)


async def test_without_colours_the_ground_is_quieter_than_bars(
    acme: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with looking(acme) as board:
        await board.press("g")
        await board.rest()
        timeline = board.app.screen.query_one(Timeline)
        seen = set()
        for line in range(timeline.region.y + 1, timeline.region.bottom):
            for letter, segment in [*looks(board, line)][timeline.table.width :]:
                assert segment.style is not None
                assert segment.style.color is None or segment.style.color.is_default
                if letter in "┊:╌":
                    seen.add(letter)
                    assert segment.style.dim, letter
                if letter in "▓▒◆":
                    seen.add(letter)
                    assert not segment.style.dim, letter
        assert seen >= {*"┊:╌▓▒"}


async def test_without_colours_keys_that_cannot_act_are_dim_and_others_are_not(
    acme: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with looking(acme, (200, 24)) as board:
        dim = {s.text.strip(): bool(s.style and s.style.dim) for s in segments(board, 23)}
        assert dim["undo"]
        assert dim["u"]
        assert not dim["edit"]
        assert not dim["e"]
        await board.press("x")
        await board.rest()
        keys = board.app.screen.query_one(KeyLine).region
        inside = [*looks(board, keys.y)][keys.x : keys.right]
        assert not any(each.style and each.style.dim for _, each in inside)


@pytest.mark.parametrize("keys", [("e",), ("slash", "a"), ("colon", "a"), ("E",)])
async def test_without_colours_one_sees_where_one_types(
    acme: Session, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with looking(acme) as board:
        await board.press(*keys)
        await board.rest()
        typed = board.app.screen.query(Input).first().region
        letters = [*looks(board, typed.y)][typed.x : typed.right]
        assert sum(bool(s.style and s.style.reverse) for _, s in letters) == 1


async def test_the_smallest_board_keeps_the_sign_of_the_float_and_the_severity(
    acme: Session,
) -> None:
    async with looking(acme, SMALL_SIZE) as board:
        row = board.row("Peak freeze readiness").line
        assert re.search(r"−5 ✗", row)


# --- the path -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL_SIZE, (80, 24)])
async def test_the_headings_of_the_lanes_stay_in_sight(
    acme: Session, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as board:
        await board.press("3")
        for key in [*"jjjjjjjjjj", *"kkkkkkkkkk"]:
            await board.press(key)
            assert any(re.search(r"MARKETING .*JOINT .*IT", line) for line in board.lines)
            marked = board.app.screen.query_one(PathLanes)
            first, last = marked.drawing.places[marked.step or ""]
            shown = range(marked.scroll_offset.y + 1, marked.scroll_offset.y + marked.size.height)
            assert first in shown
            assert last in shown


@pytest.mark.parametrize("size", SIZES)
async def test_a_step_is_marked_without_a_gap(acme: Session, size: tuple[int, int]) -> None:
    async with looking(acme, size) as board:
        await board.press("3")
        await board.rest()
        colours = palette(cast("App[object]", board.app))
        ground = colours.ground("cursor-ground").bgcolor
        lanes = board.app.screen.query_one(PathLanes)
        marked = []
        for line in range(lanes.region.y, lanes.region.bottom):
            letters = [*looks(board, line)]
            at = [n for n, (_, s) in enumerate(letters) if s.style and s.style.bgcolor == ground]
            if at:
                marked.append(at)
        assert marked
        assert all(at == [*range(at[0], at[-1] + 1)] for at in marked)


async def test_the_widest_path_names_every_step_by_its_title(acme: Session) -> None:
    async with looking(acme, (200, 60)) as board:
        await board.press("3")
        await board.rest()
        lanes = board.app.screen.query_one(PathLanes)
        shown = "\n".join(board.lines[lanes.region.y : lanes.region.bottom])
        assert lanes.lanes is not None
        for step in lanes.lanes.steps:
            if not step.milestone:
                assert step.short[:12] in shown


async def test_conflicts_of_a_step_are_told_whole(acme: Session) -> None:
    async with looking(acme, (120, 36)) as board:
        await board.press("3", *"jjj")
        await board.rest()
        pane = board.app.screen.query_one(LinesPane).region
        told = board.lines[pane.y : pane.bottom]
        assert any(re.search(r"[✗▲] [A-Z]+\d\d", line) for line in told)
        assert not any(line.rstrip(" ↓").endswith("…") for line in told)


# --- dialogs --------------------------------------------------------------------------------------

FIXES = ("colon", *"pim-commerce", "enter")
"""On the way to work whose conflict has several fixes, and which is no launch."""
DIALOGS = {
    "palette": (("colon",), "addzz"),
    "need": (("d",), "cdpzz"),
    "title": (("e",), "xyz"),
    "finish": (("l", "e"), "8 oct"),
    "form": (("E",), "xy"),
    "new": (("a",), "xy"),
    "status": (("s",), "jjj"),
    "remove": (("x",), "jj"),
    "fixes": ((*FIXES, "f"), "jj"),
    "waive": (("2", "i"), "abc"),
    "glossary": (("K",), "jj"),
    "target": (("3", "t"), "pe"),
}


@pytest.mark.one_in(2)
@pytest.mark.parametrize("size", [SMALL_SIZE, (80, 24), (120, 36)])
@pytest.mark.parametrize("name", DIALOGS)
async def test_a_dialog_stays_where_it_is_and_always_says_how_to_leave(
    acme: Session, name: str, size: tuple[int, int]
) -> None:
    opening, typed = DIALOGS[name]
    async with looking(acme, size) as board:
        await board.press(*opening)
        await board.rest()
        dialog = board.app.screen
        if not isinstance(dialog, Dialog):
            assert size == SMALL_SIZE  # no such column there
            return
        places = [dialog.panel.region]
        for key in typed:
            await board.press(key)
            await board.rest()
            places.append(dialog.panel.region)
            place = dialog.panel.region
            shown = board.lines[place.y : place.bottom]
            assert any(re.search(r"\besc\b", line) for line in shown), name
        assert len({place.y for place in places}) == 1
        assert max(place.bottom for place in places) <= size[1]


async def test_what_is_broken_in_a_list_of_fixes_keeps_its_indent(acme: Session) -> None:
    async with looking(acme, SMALL_SIZE) as board:
        await board.press(*FIXES, "f")
        await board.pilot.pause(1)
        inside = [line[1:-1] for line in board.lines if line.startswith("│")]
        at = next(n for n, line in enumerate(inside) if "▸" in line)
        mark = inside[at].index("▸")
        for line in inside[at + 1 :]:
            assert not line[: mark + 2].strip() or "esc" in line


async def test_the_smallest_palette_says_whole_what_most_words_do(acme: Session) -> None:
    async with looking(acme, SMALL_SIZE) as board:
        await board.press("colon")
        inside = [line for line in board.lines if re.match(r"│ [▸ ] \w", line)]
        assert len(inside) > 8
        assert sum("…" in line for line in inside) < len(inside) / 2
        assert len({len(line) for line in inside}) == 1


# --- one initiative as a page ---------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL_SIZE, (80, 24)])
async def test_a_fact_that_is_wider_than_its_line_hangs_under_its_first_word(
    acme: Session, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as board:
        await board.press("colon", *"lifecycle-journeys", "enter", "enter")
        await board.rest()
        first = next(at for at, line in enumerate(board.lines) if " needs " in line)
        last = next(at for at, line in enumerate(board.lines) if "holds up" in line)
        assert last - first > 1
        for line in board.lines[first + 1 : last]:
            assert not line[:13].strip(), line
