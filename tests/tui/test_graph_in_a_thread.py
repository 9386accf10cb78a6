"""The first view that asks the dependency graph loads networkx while the keyboard is live."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.terminals import Terminal
from tests.tui.conftest import ROOT


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("3", "9 of the 20 other open initiatives before Peak freeze readiness wait for"),
        ("6", "What both sides agreed on where their work overlaps"),
    ],
)
def test_a_view_that_asks_the_graph_opens_in_a_fresh_program(
    keys: str, shown: str, tmp_path: Path
) -> None:
    sample = str(ROOT / "roadmaps" / "acme-2027")
    command = [sys.executable, "-m", "planner", sample, "--as-of", "2027-03-22"]
    with Terminal(command, 120, 36, XDG_STATE_HOME=str(tmp_path)) as terminal:
        terminal.wait_for("peak-readiness  Peak freeze readiness")
        terminal.press(*keys)
        terminal.wait_for(shown)
