"""Where faults happen: a roadmap and a state folder, and children that do the work."""

from __future__ import annotations

import os
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.errors import PlannerError, SaveError
from planner.session.session import Session
from planner.text.edits import RenameId, SetKey

TODAY = date(2027, 1, 4)
SAVED, REFUSED, CRASHED = 0, 3, 4
PLAN = """\
[roadmap]
start = 2027-01-04

[initiatives.profile-api]
estimate = "6w"

[initiatives.web-push]
estimate = "3w"
needs = ["profile-api"]
"""
LONGER = SetKey("initiatives", "web-push", ("estimate",), "13w")
RENAMED = RenameId("initiatives", "profile-api", "profile-service")


@dataclass
class Stage:
    """A roadmap: ``replace`` (one file), ``in place`` (with a second name), ``folder`` (two)."""

    kind: str
    folder: Path

    @property
    def path(self) -> Path:
        """What a session opens."""
        return self.folder / "map" if self.kind == "folder" else self.folder / "map" / "plan.toml"

    @property
    def files(self) -> list[Path]:
        """The roadmap's files."""
        return sorted((self.folder / "map").glob("*.toml"))

    def texts(self) -> tuple[str, ...]:
        """What is in the files now."""
        return tuple(file.read_text() for file in self.files)

    def left_over(self) -> list[str]:
        """Files that should not be there."""
        return [each.name for each in (self.folder / "map").iterdir() if each.name.startswith(".")]

    def edit(self, session: Session) -> None:
        """An edit that is saved to one file, or to two."""
        session.apply(RENAMED if self.kind == "folder" else LONGER)


@contextmanager
def stage(kind: str, text: str = PLAN, under: Path | None = None) -> Iterator[Stage]:
    """A fresh stage; `under` is a folder to put it in."""
    before = os.environ.get("XDG_STATE_HOME")
    with tempfile.TemporaryDirectory(dir=under) as folder:
        made = Stage(kind, Path(folder))
        (made.folder / "map").mkdir()
        os.environ["XDG_STATE_HOME"] = str(made.folder / "state")
        if kind == "folder":
            head, _, tail = text.partition("[initiatives.web-push]")
            (made.folder / "map" / "it.toml").write_text(head)
            (made.folder / "map" / "marketing.toml").write_text(f"[initiatives.web-push]{tail}")
        else:
            made.path.write_text(text)
        if kind == "in place":
            os.link(made.path, made.folder / "second-name")
        try:
            yield made
        finally:
            if before is None:
                del os.environ["XDG_STATE_HOME"]
            else:
                os.environ["XDG_STATE_HOME"] = before


def opened(path: Path) -> Session:
    """A session that keeps what is unsaved."""
    return Session.open(path, today=TODAY, journal=True)


def in_child(act: Callable[[], None]) -> int:
    """Start a child that does this; its exit code says how it went. Returns its process id."""
    child = os.fork()
    if child:
        return child
    code = SAVED
    try:
        act()
    except SaveError:
        code = REFUSED
    except PlannerError:
        code = REFUSED
    except BaseException:
        traceback.print_exc()
        code = CRASHED
    os._exit(code)


def ended(child: int) -> int:
    """The exit code of a child, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
