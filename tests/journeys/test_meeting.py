"""A joint meeting from its first item to its minutes, at 120×36 in a real terminal.

Ruth Adler types what the others say: three agreements, a counter-proposal, a no with its reason,
two decisions, a waiver, an action. Undo takes back each; then it is closed and saved.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.git.clones import Clone, clone_at
from tests.terminals import Terminal, in_line

ACME = Path(__file__).resolve().parents[2] / "roadmaps" / "acme-2027"
PLANNER = [sys.executable, "-m", "planner"]
ITEMS = 27
"""What the agenda of the sample has an answer for."""
SAID = {
    ("agreed", "customer-sso → loyalty-relaunch", "Nadia Haddad"),
    ("agreed", "autumn-content → autumn-range-load", "Siv Halden"),
    ("agreed", "customer-sso → segment-definitions", "Nadia Haddad"),
    ("countered", "segment-definitions → consent-signals", "Jonas Keller"),
    ("declined", "consent-signals → lifecycle-journeys", "Piotr Zieliński"),
    ("decided", "Do old loyalty points expire at the relaunch", "Loyalty"),
    ("decided", "How long we keep consent records", "Privacy office"),
    ("waived", "DATE01 on peak-readiness", "Nadia Haddad"),
    ("action", "Get a quote for support", "Felix Brandt"),
    ("closed", "Joint roadmap review", None),
}
"""What was said, about what, and by whom."""


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """The sample as it was committed before the meeting, by somebody who is not in it."""
    clone = clone_at(tmp_path / "clone")
    shutil.copytree(ACME, clone.top / "acme")
    clone.environment |= {
        "GIT_AUTHOR_DATE": "2027-03-20T12:00",
        "GIT_COMMITTER_DATE": "2027-03-20T12:00",
    }
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "before the meeting")
    clone.git("config", "user.name", "Ruth Adler")
    clone.git("config", "user.email", "ruth.adler@acme.example")
    return clone


@pytest.fixture
def meeting(clone: Clone, tmp_path: Path) -> Iterator[Terminal]:
    """The meeting on the screen, with nothing said yet."""
    folders = {name: str(tmp_path / name) for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = [*PLANNER, str(clone.top / "acme")]
    with Terminal(command, 120, 36, HOME=str(tmp_path), **folders, **quiet) as terminal:
        terminal.wait_for("Peak freeze readiness", "? help", "waits for me 4")
        terminal.press("M")
        terminal.wait_for(f"0 of {ITEMS} done", "Ruth Adler records", selected("peak-readiness"))
        yield terminal


def selected(*texts: str) -> Any:
    """Whether the selected line of a screen has these texts."""

    def shows(screen: str) -> bool:
        marked = [line for line in screen.split("\n") if line.startswith("▸")]
        return len(marked) == 1 and all(text in marked[0] for text in texts)

    return shows


class Recorder:
    """Ruth Adler at the keys."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.done = self.told = 0

    def down(self, to: str, steps: int = 1) -> None:
        self.terminal.press(*["j"] * steps)
        self.terminal.wait_for(selected(to))

    def types(self, *keys: str, word: str, counts: bool = True) -> None:
        """Keys in a dialog; then one thing more is done, and told in the words of the minutes."""
        for key in keys:
            self.terminal.press(key)
            self.terminal.settle(0.15)
        self.done += counts
        self.told += 1
        told = f"Done so far  {self.told} · unsaved"
        self.terminal.wait_for(f"{self.done} of {ITEMS} done", told, word)


def hold(recorder: Recorder) -> None:
    """All that is said in the meeting, from its first item on."""
    recorder.types("i", "known to all", "enter", "enter", "2027-09-01", "enter", word="waived")
    recorder.down("customer-sso → loyalty", 4)
    recorder.types("A", "enter", word="agreed")
    recorder.down("autumn-content → autumn")
    recorder.types("A", "enter", word="agreed")
    recorder.down("customer-sso → segment")
    recorder.types("A", "enter", word="agreed")
    recorder.down("segment-de")
    back = ["backspace"] * 10
    recorder.types("A", "down", *back, "2027-07-15", "enter", word="if so: Peak freeze")
    recorder.down("consent-si")
    recorder.types("A", "down", "down", "enter", "no people", "enter", word="no people")
    recorder.down("points-expiry", 4)
    recorder.types("A", "down", "enter", word="carry over for 12 months")
    recorder.down("consent-retention")
    recorder.types("A", "enter", word="3 years after")
    action = (
        "Get a quote for support",
        "tab",
        "tab",
        "felix-brandt",
        "tab",
        "2027-04-09",
        "ctrl+s",
    )
    recorder.types("a", *action, word="+ action", counts=False)


def minutes(clone: Clone) -> list[dict[str, Any]]:
    printed = clone.planner("minutes", str(clone.top / "acme"), "--json")
    found: list[dict[str, Any]] = json.loads(printed)["rows"]
    return found


def test_a_meeting_is_held_closed_and_saved_and_its_minutes_name_each_and_nothing_else(
    clone: Clone, meeting: Terminal
) -> None:
    recorder = Recorder(meeting)
    hold(recorder)
    for left in range(recorder.told - 1, -1, -1):
        meeting.press("u")
        meeting.wait_for(f"Done so far  {left} ·" if left else "nothing yet")
    meeting.wait_for(f"0 of {ITEMS} done", in_line(0, "Acme 2027", without=["unsaved"]))
    for told in range(1, recorder.told + 1):
        meeting.press("U")
        meeting.wait_for(f"Done so far  {told} ·")
    meeting.press("C")
    meeting.wait_for("2027-03-25", "9 records", "8 Apr", "Close meeting")
    meeting.press("enter")
    meeting.wait_for(in_line(2, "closed"))
    meeting.press("w")
    meeting.wait_for(in_line(0, without=["unsaved"]))
    meeting.press("q")
    assert meeting.wait_exit() == 0
    rows = minutes(clone)
    found = [(r["act"], r["subject"], r["said"]["name"] if r["said"] else None) for r in rows]
    assert set(found) == SAID
    assert len(rows) == len(SAID)
    assert {row["typed"] for row in rows} == {"Ruth Adler"}
    by_act = {row["act"]: row for row in rows}
    assert (by_act["declined"]["reason"], by_act["waived"]["reason"]) == (
        "no people",
        "known to all",
    )
    assert (by_act["action"]["day"], by_act["closed"]["day"]) == ("2027-04-09", "2027-03-25")
    page = clone.planner("minutes", str(clone.top / "acme"))
    assert "Nadia Haddad (recorded by Ruth Adler)" in page
