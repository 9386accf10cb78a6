"""Running the terminal interface: find or start a roadmap, open it, and leave with an exit code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import Struct

from planner.errors import PlannerError, ReadError, UsageError
from planner.session.dead_sessions import left_behind, put_back_left_behind
from planner.session.session import Session
from planner.session.settings import configuration
from planner.tui.shell.editor import run_editor
from planner.tui.shell.own_keys import in_force
from planner.tui.shell.start import Choice, StartApp, cannot_read, nothing_here, which_one


class Wish(Struct, frozen=True):
    """How the interface was asked for."""

    as_of: date | None = None
    theme: str | None = None
    mouse: bool = True
    glyphs: str | None = None
    sample: Callable[[], Path] | None = None
    """Makes a copy of the sample roadmap, for where there is no roadmap yet."""


def run(found: Sequence[Path], wish: Wish) -> int:
    """Open the one roadmap found, or ask; returns the exit code (2 where it can't be read)."""
    said: list[str] = []
    path = found[0] if len(found) == 1 else _choose(found, wish, said)
    return 0 if path is None else _open(path, wish, "".join(said))


def _choose(found: Sequence[Path], wish: Wish, said: list[str]) -> Path | None:
    """The roadmap to open; `said` gets what is to be said of one that was made."""
    app = which_one(found, wish.theme) if found else nothing_here(wish.theme)
    choice = _ask(app, wish)
    if choice.do == "import":
        return _import(wish, said) or _choose(found, wish, said)
    if choice.do in ("start", "start folder") and choice.path is not None:
        from planner.session.starting import start_roadmap

        start_roadmap(choice.path, folder=choice.do == "start folder")
        return choice.path
    if choice.do == "sample" and wish.sample is not None:
        return wish.sample()
    return choice.path


def _open(path: Path, wish: Wish, said: str) -> int:
    while True:
        try:
            return _work_on(path, wish, said)
        except ReadError as error:
            choice = _ask(cannot_read(error, wish.theme, left_behind(path)), wish)
            if choice.do == "quit":
                return 2
            if choice.do == "put back":
                _put_back(path)
            if choice.do == "edit":
                _edit(error)
            if choice.do == "resolve" and choice.path is not None:
                _resolve(choice.path, wish)


def _work_on(path: Path, wish: Wish, said: str = "") -> int:
    """Show the roadmap until it is left, first what is `said`; returns the exit code.

    Raises ReadError, UsageError.
    """
    from planner.tui.shell.app import PlannerApp, offered
    from planner.tui.shell.opening import LARGE, OpeningApp, keep_what_was_read, size_of

    app: PlannerApp
    own = in_force(configuration(), offered)
    if size_of(path) > LARGE:
        app = OpeningApp(path, Session.opening(path, wish.as_of, journal=True), wish.theme, own)
    else:
        app = PlannerApp(Session.open(path, wish.as_of, journal=True), wish.theme, own)
        keep_what_was_read()
    app.first_said = said
    try:
        app.run(mouse=wish.mouse, glyphs=wish.glyphs)
    finally:
        if app.session is not None:
            app.session.close()
    if app.fault is not None:
        raise app.fault
    return app.return_code or 0


def _ask(app: StartApp, wish: Wish) -> Choice:
    choice = app.run(mouse=wish.mouse, glyphs=wish.glyphs)
    if app.return_code:
        raise SystemExit(app.return_code)
    return choice or Choice("quit", "Quit")


def _import(wish: Wish, said: list[str]) -> Path | None:
    """The roadmap that an import made; None where it was left."""
    from planner.tui.views.importing_flow import ImportApp

    app = ImportApp(wish.as_of, wish.theme)
    path = app.run(mouse=wish.mouse, glyphs=wish.glyphs)
    if app.fault is not None:
        raise app.fault
    if app.return_code:
        raise SystemExit(app.return_code)
    said.append(app.said)
    return path


def _resolve(path: Path, wish: Wish) -> None:
    """The file's open merge; what can't be opened any more is said when the file is read again."""
    from planner.merge.resolving import MergeResolution
    from planner.tui.views.resolve import resolve

    with suppress(UsageError, ReadError):
        resolve(MergeResolution.open(path), wish.theme, mouse=wish.mouse, glyphs=wish.glyphs)


def _put_back(path: Path) -> None:
    """The files that are gone; where that fails, the same screen comes back."""
    with suppress(PlannerError):
        put_back_left_behind(path)


def _edit(error: PlannerError) -> None:
    """The editor at the line that can't be read; the terminal is free between two apps."""
    with suppress(OSError):  # no such editor: the same screen comes back
        run_editor(str(error.file), error.line)
