"""What moved the launch, who moved it, and what moved since the last meeting, in a real terminal.

On the demo, which has a record of about twenty commits: from the drawing to the commit behind the
heaviest step, to the promises, and to the baseline on the board.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminals import Terminal

PLANNER = [sys.executable, "-m", "planner"]


@pytest.fixture
def planner(tmp_path: Path) -> Iterator[Terminal]:
    """The board of the demo at 80×24."""
    environment = {
        **{name: str(tmp_path / name) for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
    }
    made = subprocess.run(
        [*PLANNER, "demo", "--copy-only"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    copy = made.stdout.strip()
    with Terminal([*PLANNER, copy], 80, 24, **environment) as terminal:
        terminal.wait_for("Peak freeze readiness", "? help")
        yield terminal


def test_from_the_drawing_to_the_commit_and_to_the_baseline(planner: Terminal) -> None:
    planner.press("esc", "9")
    planner.wait_for("would land", "◆ 15 Oct  5d late", "! deadline 8 Oct", "driven by")
    planner.wait_for("▸ 11 Mar   +10d     ·   +10  customer-sso 7w → 9w")
    planner.press("enter")
    planner.wait_for("Nadia Haddad <", "Vendor sandbox is late", "Difference")
    planner.wait_for("peak-readiness 6 Oct → 20 Oct (+10d)", "esc close")
    planner.press("esc")
    planner.wait_for("▸ 11 Mar", "would land")
    planner.press("n")
    planner.wait_for("2 of 5", without=["◆ 15 Oct"])
    planner.press("tab")
    planner.wait_for("Promises kept", without=["would land"])
    planner.press("tab")
    planner.wait_for("would land")
    planner.press("1", "b")
    planner.wait_for("Moved", "▁", "B chooses another")
    planner.press("b")
    planner.wait_for("Float", without=["Moved"])
    planner.press("q")
    assert planner.wait_exit() == 0
