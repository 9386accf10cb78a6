"""What goes over the line, in a real pseudo-terminal: as little as a slow one can take."""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.terminals import Terminal

ROOT = Path(__file__).resolve().parents[2]
WHOLE = b"\x1b[3;1H"
"""The third line is the board's axis: it is sent only where the whole screen is."""
WIDE, SMALL = (120, 36), (80, 24)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """The sample's board at 120×36, at rest."""
    copy = tmp_path / "acme-2027"
    shutil.copytree(ROOT / "roadmaps" / "acme-2027", copy)
    command = [sys.executable, "-m", "planner", "--as-of", "2027-03-22", "--no-mouse", str(copy)]
    home: dict[str, Any] = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    with Terminal(command, *WIDE, **home) as found:
        found.wait_for("Peak freeze readiness", "? help")
        found.settle()
        yield found


def drawn(columns: int, rows: int) -> Callable[[str], bool]:
    """Whether a screen of this size is there to its last line and column."""

    def shows(text: str) -> bool:
        last = text.split("\n")[rows - 1]
        return last.endswith("? help") and len(last) >= columns - 2

    return shows


def written(terminal: Terminal, *sizes: tuple[int, int]) -> bytes:
    """What is sent for these sizes, one right after the other."""
    before = len(terminal.written)
    for size in sizes:
        terminal.resize(*size)
    terminal.wait_for(drawn(*sizes[-1]))
    terminal.settle(1.0)
    return terminal.written[before:]


def test_a_new_size_is_one_picture(terminal: Terminal) -> None:
    for size in (SMALL, WIDE, (118, 36), WIDE):
        sent = written(terminal, size)
        assert sent.count(WHOLE) == 1, size
        assert len(sent) <= 18_000, size
    many = [(80 + 2 * step, 24 + step % 10) for step in range(20)]
    assert 1 <= written(terminal, *many).count(WHOLE) <= 3


def test_what_a_key_sends_is_what_it_changes(terminal: Terminal) -> None:
    moves = []
    for _ in range(6):
        moves.append(terminal.timed("k")[0])
        terminal.settle()
    assert 0 < statistics.median(moves) <= 800
    title = "Do, or go to"
    for key, shown, gone, most in ((":", [title], [], 6_000), ("esc", [], [title], 10_000)):
        before = len(terminal.written)
        terminal.press(key)
        terminal.wait_for(*shown, without=gone)
        terminal.settle()
        assert len(terminal.written) - before <= most, key
    before = len(terminal.written)
    terminal.settle(1.0)
    assert len(terminal.written) == before
