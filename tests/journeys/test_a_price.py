"""A launch is late: what it costs to be on time is asked, paid, committed, and told in the record.

In a clone of the sample with another file that is staged, at 120×36 in a real terminal.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.git.clones import Clone, clone_at
from tests.journeys.test_five_minutes import Reader
from tests.terminals import Terminal, in_line

ACME = Path(__file__).resolve().parents[2] / "roadmaps" / "acme-2027"
KEYS = {"ask": 1, "write a price": 3, "pay": 1, "commit": 5, "look into the record": 1}


def made(folder: Path) -> Clone:
    """The sample as one commit, and something else that is staged."""
    clone = clone_at(folder)
    shutil.copytree(ACME, folder, dirs_exist_ok=True)
    clone.git("add", ".")
    clone.git("commit", "-q", "-m", "The plan")
    clone.write("notes.txt", "not mine to commit\n")
    clone.git("add", "notes.txt")
    return clone


def test_a_late_launch_is_paid_for_and_committed(tmp_path: Path) -> None:
    clone = made(tmp_path / "clone")
    command = [sys.executable, "-m", "planner", "--as-of", "2027-03-22", str(clone.top)]
    variables = {**clone.environment, "XDG_STATE_HOME": str(tmp_path / "state")}
    with Terminal(command, columns=120, rows=36, **variables) as terminal:
        lead = Reader(terminal)
        lead.sees(in_line(0, "5d late"), "? help")
        lead.does("ask")
        lead.press("f", "fixes")
        lead.sees("Yes, 8 Oct: start peak-campaign", "nobody has priced")
        lead.does("write a price")
        lead.press("$")
        lead.sees("lifecycle-journeys")
        lead.type("lifecycle")
        lead.press("enter")
        lead.sees("to 20d, cost")
        lead.type("5000")
        lead.press("enter")
        lead.sees("Yes, 8 Oct: accelerate lifecycle-journeys to 20d for €5k", "worth aiming for")
        lead.does("pay")
        lead.press("enter")
        lead.sees(in_line(0, "8 Oct", without=["late"]))
        lead.does("commit")
        lead.press("esc")
        lead.press("?", "help")
        lead.sees("Keys and signs", "By name")
        lead.press("esc")
        lead.press("W", "Save; see what changed, and commit it")
        lead.sees("Commit 1 file on main", "lifecycle-journeys")
        lead.press("enter")
        lead.sees("Committed main")
        lead.does("look into the record")
        lead.press("9", "What moved each launch")
        lead.sees("History", "lifecycle-journeys")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert lead.counted == KEYS
    assert clone.git("show", "--format=", "--name-only", "HEAD").split() == ["marketing.toml"]
    assert clone.git("status", "--porcelain") == "A  notes.txt\n"
    text = (clone.top / "marketing.toml").read_text(encoding="utf-8")
    table = text.partition("[initiatives.lifecycle-journeys]")[2].partition("\n[")[0]
    assert "accelerate" not in table, "it can't be bought twice"
    assert "cost = " in table
