"""What a lead does in the first five minutes, at 80×24, with nothing read but the screen.

A key is pressed only where a screen that was seen has said what it does: the person here looks for
it before pressing. Letters that are typed as text are not counted; arrows, enter and escape need no
explanation.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.terminals import Shows, Terminal, in_line

ACME = Path(__file__).resolve().parents[2] / "roadmaps" / "acme-2027"
PLANNER = [sys.executable, "-m", "planner"]
KNOWN = {"up", "down", "left", "right", "enter", "esc"}

KEYS = {
    "find what drives the launch": 3,
    "change an estimate, and see what follows": 4,
    "resolve a conflict": 3,
    "undo": 1,
    "save": 1,
}


class Reader:
    """Somebody who presses no key that no screen has explained, and is counted."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.read = ""
        self.counted: dict[str, int] = {}
        self._doing = ""

    def does(self, what: str) -> None:
        """Begin with the next thing."""
        self._doing = what
        self.counted[what] = 0

    def sees(self, *wanted: Shows) -> None:
        """Wait for what there is to be seen, and read all of it."""
        self.terminal.wait_for(*wanted)
        self.read += "\n" + self.terminal.shown

    def press(self, key: str, does: str = "") -> None:
        """Press a key once a screen says what it does, or one that was read has."""
        if key not in KNOWN:
            told = re.compile(rf"(?m)(^|[\s│]){re.escape(key)}(?: \S{{1,2}})* +{re.escape(does)}")
            self.sees(lambda text: bool(told.search(self.read + text)))
        self.counted[self._doing] += 1
        self.terminal.press(key)

    def type(self, text: str) -> None:
        """Type a text."""
        self.terminal.press(text)


def find_what_drives(lead: Reader) -> None:
    lead.does("find what drives the launch")
    lead.sees(
        in_line(0, "Peak freeze readiness 15 Oct", "5d late"), in_line(1, "customer identity")
    )
    lead.press("?", "help")
    lead.sees("Keys and signs", "Critical path to a date")
    lead.press("esc")
    lead.sees("1-9 views")
    lead.press("3", "Critical path to a date")
    lead.sees("Path to Peak freeze readiness", "lifecycle-journeys", "peak-campaign")


def change_an_estimate(lead: Reader) -> None:
    lead.does("change an estimate, and see what follows")
    lead.press("up")
    lead.press("up")
    lead.sees("lifecycle-journeys  Lifecycle journeys")
    lead.press("=", "estimate")
    lead.sees("4w/5w/7w", "enter apply")
    lead.type("4w")
    lead.sees("8 Oct −5d", "delay cost −€11k")
    lead.press("enter")
    lead.sees(in_line(0, "1 unsaved", "8 Oct"))


def resolve_a_conflict(lead: Reader) -> None:
    lead.does("resolve a conflict")
    lead.press("2", "Conflicts and their fixes")
    lead.sees("by cause, most costly first", in_line(0, "✗13 ▲30"))
    lead.press("tab", "conflicts/fixes")
    lead.sees("enter apply", "▸1")
    lead.press("enter")
    lead.sees("clears ▲1", in_line(0, "✗13 ▲29"))


def test_a_lead_gets_along_with_nothing_read(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ACME, tmp_path / "acme-2027"))
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    with Terminal([*PLANNER, str(folder)], columns=80, rows=24, **state) as terminal:
        lead = Reader(terminal)
        find_what_drives(lead)
        change_an_estimate(lead)
        resolve_a_conflict(lead)
        lead.does("undo")
        lead.press("u", "undo")
        lead.sees("Undone: ", in_line(0, "1 unsaved", "✗13 ▲30"))
        lead.does("save")
        lead.press("w", "save")
        lead.sees("Saved")
    assert lead.counted == KEYS
    was, now = (
        tomllib.loads((at / "marketing.toml").read_text(encoding="utf-8")) for at in (ACME, folder)
    )
    assert now["initiatives"]["lifecycle-journeys"].pop("estimate") == "4w"
    assert was["initiatives"]["lifecycle-journeys"].pop("estimate") != "4w"
    assert now == was, "nothing else was changed"
    for name in ("it.toml", "roadmap.toml"):
        assert (folder / name).read_bytes() == (ACME / name).read_bytes()
    said = subprocess.run(
        [*PLANNER, "path", str(folder)], capture_output=True, text=True, check=True
    ).stdout
    assert "8 Oct" in said.splitlines()[0]
