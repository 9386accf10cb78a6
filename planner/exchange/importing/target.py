"""Where an import goes: the roadmap that is named or found here, else a new one; and its writing.

A new roadmap is a folder with a file for each side where the sheet knows sides, else one file. It
exists in memory only until all of it is known to read back; no file is overwritten.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from planner.analysis.importing import Incoming
from planner.errors import SaveError, UsageError
from planner.exchange.importing.arriving import Arrival, Importing
from planner.exchange.importing.kept import (
    Kept,
    kept_path,
    kept_text,
    read_kept,
    refuse_a_link,
    write_kept,
)
from planner.exchange.importing.own_export import importing_into
from planner.files.saving import Saved
from planner.files.workspace import NotOneRoadmap, Workspace
from planner.roadmap.sides import JOINT
from planner.session.roadmaps import find_all, find_one, from_here
from planner.session.session import Session
from planner.session.starting import new_workspace, write_new
from planner.text.patching import patch

NEW = "roadmap"
"""What a new roadmap is called where nobody names it, as a folder and as a file."""


class Target(Struct, frozen=True):
    """The roadmap that an import goes to: `session` is None where a new one is to be made."""

    session: Session | None
    path: Path | None
    as_of: date | None

    @property
    def day(self) -> date:
        """The status date: what a file says of days before it has happened."""
        return self.session.plan.as_of if self.session else self.as_of or date.today()

    def importing(self, incoming: Incoming) -> Importing:
        """The import of a file to it. Raises ReadError."""
        if self.session is None:
            made = new_workspace_for(incoming, self.path, self.day)
            return Importing(Session(made, self.as_of), incoming, Kept(), True)
        memory = kept_path(self.session.workspace, incoming.source)
        return importing_into(self.session, incoming, read_kept(memory))


def target_at(path: Path | None, as_of: date | None) -> Target:
    """Where an import to `path` goes. Raises ReadError, UsageError."""
    return Target(_opened(path, as_of), path, as_of)


def importing_to(incoming: Incoming, path: Path | None, as_of: date | None) -> Importing:
    """An import to a roadmap, or to a new one where there is none. Raises ReadError, UsageError."""
    return target_at(path, as_of).importing(incoming)


def _opened(path: Path | None, as_of: date | None) -> Session | None:
    """The roadmap that is there; None where a new one is to be made."""
    if path is None:
        return Session.open(find_one(Path()), as_of) if find_all(Path()) else None
    if not os.path.lexists(path):
        return None
    try:
        return Session.open(path, as_of)
    except NotOneRoadmap as error:
        if error.candidates:
            raise
        return None


def new_workspace_for(incoming: Incoming, path: Path | None, today: date) -> Workspace:
    """The roadmap that an import makes, without its initiatives; not written yet."""
    sides = sorted(_sides(incoming))
    folder = bool(sides) if path is None else path.suffix != ".toml"
    where = path or (Path(NEW) if folder else Path(f"{NEW}.toml"))
    said = dict(incoming.tables.get("roadmap", {}).get("", {}))
    starts = [each.start for each in incoming.dates if each.start is not None]
    title = str(said.get("title") or re.sub(r"[\s_-]+", " ", Path(incoming.source).stem)).strip()
    start = said.get("start") or min(starts, default=today)
    return new_workspace(
        where,
        title=f"{title[:1].upper()}{title[1:]}" or NEW.capitalize(),
        start=start,
        currency=str(said.get("currency") or "EUR"),
        sides=sides if folder else None,
    )


def _sides(incoming: Incoming) -> set[str]:
    """The sides that the file knows, those of teams too; joint work alone makes no folder."""
    teams = incoming.tables.get("teams", {})
    found = {table.get("portfolio") for table in teams.values()}
    for one in incoming.tables.get("initiatives", {}).values():
        found.add(one.get("portfolio"))
    known = {side for side in found if side}
    return known if known - {JOINT} else set()


def write(arrival: Arrival) -> Saved:
    """Write what an import does, all of it or nothing, and remember it for the next one.

    Raises UsageError, SaveError or EditRefused. Whoever is stopped between the two imports again:
    the roadmap says then what the file says, and nothing changes.
    """
    session = arrival.importing.session
    memory = kept_path(session.workspace, arrival.kept.source)
    refuse_a_link(memory)
    if arrival.edit.edits:
        session.apply(arrival.edit, arrival.edit.label)
    if arrival.importing.is_new:
        files = dict(_new_files(session.workspace))
        # Last what makes it a roadmap: who is stopped before it has none that lacks a file.
        main = session.workspace.files[0]
        contents = {file: raw for file, raw in files.items() if file != main}
        if not memory.exists():
            contents[memory] = kept_text(arrival.kept).encode()
        write_new({**contents, main: files[main]})
        _remember(memory, arrival)
        return Saved(tuple(map(str, files)))
    saved = session.save() if session.unsaved else Saved()
    _remember(memory, arrival)
    return saved


def _remember(memory: Path, arrival: Arrival) -> None:
    try:
        write_kept(memory, arrival.kept)
    except (UsageError, SaveError) as error:
        raise SaveError(
            f"the roadmap is saved, but what was imported is not remembered: {error.message}",
            hint="import again when it can be written",
        ) from error


def patch_of(arrival: Arrival) -> str:
    """What `write` would write to the roadmap's files, for `git apply`."""
    before, is_new = arrival.importing.session.workspace, arrival.importing.is_new
    after = before.apply(arrival.edit)
    if is_new:
        files = _new_files(after)
        return "".join(patch(from_here(str(file)), None, raw.decode()) for file, raw in files)
    return "".join(
        patch(from_here(new.file), old.to_bytes().decode(), new.to_bytes().decode())
        for _, old, new in after.differing(before)
    )


def _new_files(workspace: Workspace) -> Iterator[tuple[Path, bytes]]:
    for file, document in zip(workspace.files, workspace.documents, strict=True):
        if document.text:
            document.verify()
            yield file, document.to_bytes()
