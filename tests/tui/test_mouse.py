"""The mouse, by the bytes that a terminal sends of it: optional, and nothing depends on it."""

from __future__ import annotations

import re
import shutil
import sys
from itertools import accumulate
from pathlib import Path

from planner.session.session import Session
from planner.tui.board.table import Table
from planner.tui.board.timeline import Timeline
from planner.tui.dialogs.guide import GuideScreen
from planner.tui.views.details import DetailScreen
from tests.terminals import Terminal
from tests.tui.looking import Looked, looking

ROOT = Path(__file__).resolve().parents[2]


OF_THE_MOUSE = (b"1000", b"1002", b"1003", b"1005", b"1006", b"1015", b"1016")
"""Its modes; 1003 has every move reported."""


def click(terminal: Terminal, word: str) -> None:
    """Press and release the left button on the last place that shows a word."""
    lines = terminal.shown.split("\n")
    row = max(at for at, line in enumerate(lines, 1) if word in line)
    column = lines[row - 1].index(word) + 1
    terminal.press(f"\x1b[<0;{column};{row}M", f"\x1b[<0;{column};{row}m")


def test_a_click_on_a_key_of_the_footer_does_what_the_key_does(tmp_path: Path) -> None:
    copy, home = tmp_path / "acme-2027", str(tmp_path)
    shutil.copytree(ROOT / "roadmaps" / "acme-2027", copy)
    command = [sys.executable, "-m", "planner", "--as-of", "2027-03-22", str(copy)]
    with Terminal(command, 120, 36, HOME=home, XDG_CONFIG_HOME=home, XDG_STATE_HOME=home) as screen:
        screen.wait_for("Peak freeze readiness", "? help")
        screen.settle()
        click(screen, "status")
        screen.wait_for("paused", "esc cancel")
        screen.press("esc")
        screen.wait_for("? help", without=["esc cancel"])
        screen.settle()
        click(screen, "? help")
        screen.wait_for("Keys and signs")
        screen.press("esc", "q")
        assert screen.wait_exit() == 0
    asked_for = re.findall(rb"\x1b\[\?(1\d{3})h", screen.written)
    assert {mode for mode in asked_for if mode in OF_THE_MOUSE} == {b"1000", b"1002", b"1006"}
    for mode in (b"1000", b"1002", b"1006"):
        assert screen.written.rindex(b"?%sl" % mode) > screen.written.rindex(b"?%sh" % mode)


def test_a_click_folds_a_heading_and_two_open_a_row(tmp_path: Path) -> None:
    copy, home = tmp_path / "acme-2027", str(tmp_path)
    shutil.copytree(ROOT / "roadmaps" / "acme-2027", copy)
    command = [sys.executable, "-m", "planner", "--as-of", "2027-03-22", str(copy)]
    with Terminal(command, 120, 36, HOME=home, XDG_CONFIG_HOME=home, XDG_STATE_HOME=home) as screen:
        screen.wait_for("Peak freeze readiness", "Attribution and ROI", "? help")
        screen.settle()
        click(screen, "Find new customers")
        screen.wait_for("Find new customers", "? help", without=["Attribution and ROI"])
        click(screen, "Find new customers")
        screen.wait_for("Attribution and ROI")
        screen.settle()
        click(screen, "Attribution and ROI")
        click(screen, "Attribution and ROI")
        screen.wait_for("esc", without=["Find new customers"])
        screen.press("esc", "q")
        assert screen.wait_exit() == 0


def drag(terminal: Terminal, row: int, *columns: int) -> None:
    """Press the left button in the first of these columns, go to the others, and let go."""
    first, *others = columns
    moves = [f"\x1b[<32;{column};{row}M" for column in others]
    terminal.press(f"\x1b[<0;{first};{row}M", *moves, f"\x1b[<0;{others[-1]};{row}m")


def test_a_bar_its_end_and_the_edge_of_the_table_are_dragged(tmp_path: Path) -> None:
    copy, home = tmp_path / "acme-2027", str(tmp_path)
    shutil.copytree(ROOT / "roadmaps" / "acme-2027", copy)
    command = [sys.executable, "-m", "planner", "--as-of", "2027-03-22", str(copy)]
    with Terminal(command, 120, 36, HOME=home, XDG_CONFIG_HOME=home, XDG_STATE_HOME=home) as screen:
        screen.wait_for("Attribution and ROI", "? help")
        screen.settle()
        lines = screen.shown.split("\n")
        row = next(at for at, line in enumerate(lines, 1) if "Attribution and ROI" in line)
        bar = lines[row - 1].index("▒") + 1
        end = lines[row - 1].rindex("▒") + 1
        drag(screen, row, bar + 2, bar + 4, bar + 6)
        screen.wait_for("moving attribution-dashboard: ", "enter apply", "unchanged")
        screen.press("esc")
        screen.wait_for("? help", without=["moving attribution-dashboard"])
        screen.settle()
        drag(screen, row, end, end + 3)
        screen.wait_for("moving attribution-dashboard: ", "enter apply")
        screen.press("enter")
        screen.wait_for("1 unsaved", "d longer")
        screen.press("u")
        screen.wait_for("Undone", without=["1 unsaved"])
        screen.settle()
        edge = lines[row - 1].index("┊")
        assert "Attribution and ROI dash" not in lines[row - 1]
        drag(screen, row, edge, edge + 4, edge + 8)
        screen.wait_for("Attribution and ROI dash")
        screen.press("q")
        assert screen.wait_exit() == 0


def test_a_terminal_that_only_prints_lines_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "planner", str(ROOT / "roadmaps" / "acme-2027")]
    with Terminal(command, TERM="dumb", XDG_STATE_HOME=str(tmp_path)) as screen:
        assert screen.wait_exit() == 2
        assert "TERM is dumb" in screen.left
        assert b"\x1b" not in screen.written


def ends_of(table: Table) -> dict[str, int]:
    """The column of the screen behind each column of the table, with its edge."""
    ends = accumulate((each.width + 1 for each in table.columns), initial=0)
    return {each.name: end for each, end in zip(table.columns, [*ends][1:], strict=True)}


def test_the_edge_of_each_column_can_be_moved_and_put_back(small: Session) -> None:
    table = Table(small.plan)
    table.fit(120, compared=False)
    before = ends_of(table)
    *inner, last = before
    for name in inner:
        at = ends_of(table)
        edge = table.edge(at[name])
        assert edge is not None
        assert edge.name == name
        table.make(edge, edge.width + 3)
        assert ends_of(table) == {each: end + 3 * (end >= at[name]) for each, end in at.items()}
        assert table.edge(at[name]) is None
    assert table.edge(ends_of(table)[last]) == table.columns[0]
    for column in table.columns:
        table.reset(column)
    assert ends_of(table) == before


async def pull(board: Looked, line: int, *columns: int) -> None:
    """Hold the left button in the first of these columns of a line, go to the others, let go."""
    first, *others = columns
    await board.pilot.mouse_down(offset=(first, line))
    for column in others:
        await board.pilot.hover(offset=(column, line))
    await board.pilot.mouse_up(offset=(others[-1], line))
    await board.pilot.pause()


def line_of(board: Looked, words: str) -> int:
    """The line of the board that has these words."""
    return next(at for at, text in enumerate(board.lines) if at > 1 and words in text)


async def test_an_edge_past_its_limit_comes_back_with_the_pointer(small: Session) -> None:
    async with looking(small, (120, 36)) as board:
        table = board.app.screen.query_one(Timeline).table
        row, headings = line_of(board, "Tag"), line_of(board, "Float")
        usual = ends_of(table)["title"]
        await pull(board, row, usual, 2, usual - 4)
        assert ends_of(table)["title"] == usual - 4
        await pull(board, headings, usual - 4, 119)
        most = ends_of(table)["title"]
        await pull(board, row, most, most - 1)
        assert ends_of(table)["title"] == most - 1
        await board.pilot.click(offset=(most - 1, row), times=2)
        assert ends_of(table)["title"] == usual
        assert not isinstance(board.app.screen, DetailScreen)


async def test_a_drag_of_one_that_is_selected_moves_them_all(small: Session) -> None:
    async with looking(small, (120, 36)) as board:
        board.app.desk.chosen = ("tag-cleanup", "web-push")
        timeline = board.app.screen.query_one(Timeline)
        dates = small.plan.schedule.get("tag-cleanup")
        assert dates is not None
        row = line_of(board, "Tag clean-up")
        bar = timeline.table.width + timeline.time.scale.cell(dates.start)
        await pull(board, row, bar, bar + 1, bar + 4)
        assert "moving 2" in board.state
        await board.press("esc")
        assert not small.unsaved
        await pull(board, row, bar, bar + 4)
        await board.press("enter")
        written = small.plan.roadmap.initiatives
        assert written["tag-cleanup"].start_no_earlier_than is not None
        assert written["web-push"].start_no_earlier_than is not None
        await board.press("u")
        assert not small.unsaved


async def click_on(board: Looked, word: str) -> None:
    """Click on the last place that shows a word."""
    line = max(at for at, text in enumerate(board.lines) if word in text)
    await board.pilot.click(offset=(board.lines[line].index(word), line))
    await board.pilot.pause()


async def test_keys_named_at_the_foot_of_dialogs_and_pages_are_clicked(small: Session) -> None:
    async with looking(small, (120, 36)) as board:
        await click_on(board, "s status")
        assert "esc cancel" in board.text
        await click_on(board, "cancel")
        await board.press("S")
        marked = board.line_with("▸")
        await board.press("down")
        assert board.line_with("▸") != marked
        await click_on(board, "↑ select")
        assert board.line_with("▸") == marked
        await click_on(board, "cancel")
        assert "esc cancel" not in board.text
        await click_on(board, "? help")
        await click_on(board, "guide")
        assert isinstance(board.app.screen, GuideScreen)
        await click_on(board, "esc close")
        assert board.app.screen is board.app.screen_stack[0]


async def test_a_click_puts_a_message_away_and_presses_no_key_under_it(small: Session) -> None:
    async with looking(small, (120, 36)) as board:
        at = board.lines[-1].index("s status")
        await board.press("ctrl+t")
        assert "no meaning" in board.foot
        await board.pilot.click(offset=(at, 35))
        await board.pilot.pause()
        assert "s status" in board.foot
        assert board.app.screen is board.app.screen_stack[0]
