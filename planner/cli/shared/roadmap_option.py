"""Options of every command for its roadmap and status date: `[PATH]`, `-r PATH`, `--as-of DATE`."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from planner.cli.shared.trying import tried
from planner.entry.context import Around
from planner.errors import UsageError
from planner.plan.model import Plan
from planner.roadmap.ids import is_id
from planner.roadmap.typed import Unclear, Understood
from planner.roadmap.typed_days import typed_date
from planner.session.dead_sessions import distrusted
from planner.session.roadmaps import find_one
from planner.session.session import Session
from planner.text.phrases import typed
from planner.text.shell import line
from planner.text.visible import visible

Function = TypeVar("Function", bound=Callable[..., Any])


def opens_roadmap(*, path_argument: bool) -> Callable[[Function], Function]:
    """Give a command `-r` and `--as-of`, and `[PATH]` where it has no argument of its own."""

    def decorate(function: Function) -> Function:
        function = click.option(
            "--as-of",
            metavar="DATE",
            help="Status date, such as 2027-03-01, yesterday, end q3 (default: "
            "`status_date` in the "
            "file, else today).",
        )(function)
        function = click.option(
            "-r",
            "--roadmap",
            metavar="PATH",
            help="Roadmap: a file or a folder (default: the one found here).",
        )(function)
        if path_argument:
            function = click.argument("path", required=False)(function)
        return function

    return decorate


def open_session(roadmap: str | None, as_of: str | None, path: str | None = None) -> Session:
    """Open what the options name, else the one roadmap found in `.` or `./roadmaps`."""
    if (session := tried(roadmap or path, as_of)) is not None:
        return session
    where = roadmap_path(roadmap, path)
    session = Session.open(where, as_of=parse_day(as_of) if as_of else None)
    if said := distrusted(where):
        click.echo(f"planner: {visible(said)}", err=True)
    return session


def roadmap_path(roadmap: str | None, path: str | None = None) -> Path:
    """What the options name, else the one roadmap found in `.` or `./roadmaps`; not opened."""
    if path is not None and roadmap is not None and path != roadmap:
        raise UsageError(f"two roadmaps are named: {path} and {roadmap}", hint="leave out one")
    if path is not None and is_id(path) and not os.path.lexists(path):
        hint = f"for an initiative: `planner why {path}` or `planner path --to {path}`"
        raise UsageError(f"there is no file or folder {typed(path)} here", hint=hint)
    named = path if path is not None else roadmap
    return Path(named) if named is not None else find_one(Path())


def refuse_turned_round(command: str, file: str, path: str | None) -> None:
    """Raise UsageError where FILE names a roadmap and PATH a file."""
    if path is not None and _is_roadmap(file) and not _is_roadmap(path):
        example = line(["planner", command, path, file])
        what = f"{typed(file)} stands where the file is named, and is no file to {command}"
        raise UsageError(what, hint=f"the file comes first, then the roadmap: `{example}`")


def _is_roadmap(path: str) -> bool:
    """Whether a path names a roadmap, there or not, rather than a file of another program."""
    return path != "-" and (Path(path).is_dir() or Path(path).suffix.lower() in ("", ".toml"))


def parse_day(text: str) -> date:
    """A day typed where no roadmap is open yet, seen from today; working days are Mon to Fri."""
    return day_meant(text, typed_date(text, date.today()))


def day_in(plan: Plan, text: str, *, past: bool = False) -> date:
    """A date typed for a plan, read at its status date and on its calendar. Raises UsageError."""
    return day_meant(text, Around(plan).day(text, past=past))


def day_meant(text: str, read: Understood[date] | Unclear) -> date:
    """The day that a text was read as. Raises UsageError with the nearest right way to write it."""
    if isinstance(read, Unclear):
        raise UsageError(f"{typed(text)}: {read}")
    return read.value
