"""Two people at one roadmap: what each does, in the words of the tests."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from planner.session.session import Session
from planner.text.edits import Edit, SetKey

PLAN = """\
[roadmap]
start = 2027-01-04

# Legal asked for this.
[initiatives.consent-center]
estimate = "5w"

[initiatives.profile-api]
estimate = "6w"
needs = ["consent-center"]

[initiatives.web-push]
estimate = "3w"
needs = [
    "profile-api",
]
"""
TODAY = date(2027, 1, 4)
NOW = datetime(2027, 1, 4, 9, 40)


def start(folder: Path, text: str = PLAN) -> Path:
    """A roadmap on disk."""
    path = folder / "plan.toml"
    path.write_text(text)
    return path


def opened(path: Path) -> Session:
    """A session that keeps what is unsaved."""
    return Session.open(path, today=TODAY, journal=True)


def estimate(id: str, value: str) -> Edit:
    """An edit of one initiative's estimate."""
    return SetKey("initiatives", id, ("estimate",), value)


def they_write(path: Path, old: str, new: str) -> None:
    """Somebody else changes the file with an editor, which puts another file in its place."""
    text = path.read_text()
    assert old in text
    other = path.with_name("editor.tmp")
    other.write_text(text.replace(old, new))
    other.replace(path)


def dies(session: Session) -> None:
    """The session's process is gone, with nothing saved: its locks are free."""
    session.close()
