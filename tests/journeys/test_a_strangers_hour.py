"""What somebody does in the first hour, at 80×24 in a real terminal, and how many keys it takes.

Letters that are typed as text (a title, an id, a length) are not counted: they are what is said,
not what it takes to say it.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.terminals import Shows, Terminal, in_line

ACME = Path(__file__).resolve().parents[2] / "roadmaps" / "acme-2027"
PLANNER = [sys.executable, "-m", "planner"]

KEYS = {
    "find what is late": 0,
    "go to an initiative": 2,
    "change an estimate": 2,
    "move a bar": 3,
    "add an initiative with owner, dependency and outcome": 12,
    "record a yes": 2,
    "undo": 1,
    "save": 1,
    "restore after kill -9": 1,
}


class Person:
    """Somebody at the keys, who is counted."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.counted: dict[str, int] = {}
        self._doing = ""

    def does(self, what: str) -> None:
        """Begin with the next thing."""
        self._doing = what
        self.counted[what] = 0

    def press(self, *keys: str) -> None:
        """Press keys."""
        self.counted[self._doing] += len(keys)
        self.terminal.press(*keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self.terminal.press(text)

    def sees(self, *wanted: Shows, without: Sequence[str] = ()) -> None:
        """Wait for what there is to be seen."""
        self.terminal.wait_for(*wanted, without=without)


def start(person: Person) -> None:
    person.does("find what is late")
    person.sees(in_line(0, "5d late", "✗14"), in_line(1, "5d late", "IT's customer identity"))


def go_to(person: Person, id: str, shows: str) -> None:
    person.does("go to an initiative")
    person.press(":")
    person.sees("Do, or go to")
    person.type(id)
    person.press("enter")
    person.sees(shows, "? help")


def change(person: Person) -> None:
    person.does("change an estimate")
    person.press("=")
    person.sees("estimate", "4w/5w/7w")
    person.type("4w")
    person.sees("enter apply", "8 Oct")
    person.press("enter")
    person.sees(in_line(0, "1 unsaved", "8 Oct"))


def move(person: Person) -> None:
    person.does("move a bar")
    person.press("m", "L")
    person.sees("h l days", in_line(1, "15 Oct +5d"))
    person.press("enter")
    person.sees("move lifecycle-journeys")


def add(person: Person) -> None:
    person.does("add an initiative with owner, dependency and outcome")
    person.press("a")
    person.sees("Add initiative")
    person.type("Referral programme")
    person.press(*["down"] * 6)
    person.type("crm")
    person.press("down", "down", "down")
    person.type("consent-platform")
    person.press("tab")
    person.type("repeat-purchase")
    person.sees("repeat-purchase")
    person.press("\x13")
    person.sees("Referral programme", "add referral-programme")


def agree(person: Person) -> None:
    person.does("record a yes")
    person.press("A")
    person.sees("▸ √  IT agrees to consent-signals → lifecycle-journeys")
    person.press("enter")
    person.sees("consent-signals", without=["esc cancel"])


def save(person: Person) -> None:
    person.does("save")
    person.press("w")
    person.sees("Saved")


def undo(person: Person) -> None:
    person.does("undo")
    person.press("u")
    person.sees("Undone: move lifecycle-journeys")


def restore(person: Person) -> None:
    person.does("restore after kill -9")
    person.sees("Restore unsaved changes of a session that ended?")
    person.press("enter")
    person.sees("Restored", in_line(0, "1 unsaved"))


def tables(folder: Path) -> dict[str, Any]:
    """The initiatives in all files."""
    found: dict[str, Any] = {}
    for file in folder.glob("*.toml"):
        found |= tomllib.loads(file.read_text(encoding="utf-8")).get("initiatives", {})
    return found


def test_a_stranger_gets_along(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ACME, tmp_path / "acme-2027"))
    command, state = [*PLANNER, str(folder)], {"XDG_STATE_HOME": str(tmp_path / "state")}
    with Terminal(command, columns=80, rows=24, **state) as terminal:
        person = Person(terminal)
        start(person)
        go_to(person, "lifecycle-journeys", "Lifecycle journey")
        change(person)
        move(person)
        undo(person)
        agree(person)
        add(person)
        save(person)
        after = tables(folder)
        change_again(terminal)
        counted = person.counted
        os.kill(terminal.pid, signal.SIGKILL)
        assert terminal.wait_exit() == -signal.SIGKILL
    journeys = after["lifecycle-journeys"]
    assert journeys["estimate"] == "4w"
    assert "start_no_earlier_than" not in journeys, "that was undone"
    asked = [one for one in journeys["needs"] if "consent-signals" in str(one)]
    assert "agreed" in str(asked)
    new = after["referral-programme"]
    assert (new["owner"], new["needs"], new["outcomes"]) == (
        "crm", ["consent-platform"], ["repeat-purchase"],
    )  # fmt: skip
    with Terminal(command, columns=80, rows=24, **state) as terminal:
        person = Person(terminal)
        restore(person)
    assert counted | person.counted == KEYS
    assert tables(folder) == after


def change_again(terminal: Terminal) -> None:
    """One more edit, which is not saved."""
    terminal.press("=", "9w", "enter")
    terminal.wait_for(in_line(0, "1 unsaved"))
