"""How wide drawings are printed: as the terminal is, whatever the shell says of another one."""

from __future__ import annotations

import sys

import pytest

from tests.cli.conftest import Run
from tests.terminals import Terminal

AS_OF = ("--as-of", "2027-03-22")


@pytest.mark.parametrize("command", ["show", "path"])
@pytest.mark.parametrize("columns", [60, 80, 200])
def test_a_drawing_is_as_wide_as_the_terminal(
    run: Run, acme: str, command: str, columns: int
) -> None:
    words = [command, acme, *AS_OF]
    wanted = run(*words, "--width", str(columns)).out
    with Terminal([sys.executable, "-m", "planner", *words], columns, 200, COLUMNS="133") as shown:
        assert shown.wait_exit() == 0
        lines = [line.rstrip() for line in shown.left.rstrip().splitlines()]
    assert lines == [line.rstrip() for line in wanted.rstrip().splitlines()]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
def test_a_narrow_page_leaves_columns_out_and_keeps_the_bars(
    run: Run, acme: str, width: int
) -> None:
    lines = run("show", acme, "--width", str(width), *AS_OF).out.splitlines()
    row = next(line for line in lines if "customer-sso" in line)
    assert "12 May" in row
    assert "−5" in row
    assert sum(row.count(glyph) for glyph in "█▓") >= width // 20
    assert max(map(len, lines[2:])) <= width


def test_two_lanes_never_share_a_heading(run: Run, acme: str) -> None:
    lines = run("path", acme, "--width", "40", *AS_OF).out.splitlines()
    heads = next(line for line in lines if "MARKETING" in line)
    assert heads.split() == ["2027", "MARKETING", "JOINT", "IT"]
