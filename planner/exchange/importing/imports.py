"""The imports of an open session: each one an undo step, remembered where the roadmap is saved.

What an import remembers is the base of the next one's merge, so it has to say what the saved files
say: it is written after a save and not before, and an import that was undone by then is forgotten.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from planner.analysis.importing import Arrived, Incoming
from planner.exchange.importing.arriving import Arrival, Importing
from planner.exchange.importing.kept import Kept, forget, kept_path, read_kept, write_kept
from planner.exchange.importing.own_export import importing_into
from planner.plan.impact import Consequence
from planner.session.session import Session
from planner.text.edits import Edits, same


class _Made(Struct, frozen=True):
    """An import that was applied; `edit` is None where there was nothing to change."""

    path: Path
    edit: Edits | None
    kept: Kept


def arrived(arrival: Arrival) -> Arrived:
    """What came in with an import."""
    before = arrival.before.tables.get("initiatives", {})
    after = arrival.plan.tables.get("initiatives", {})
    changed = sum(not same(after[id], table) for id, table in before.items() if id in after)
    return Arrived(arrival.incoming.source, len(after.keys() - before.keys()), changed)


class Imports:
    """What was imported into a session, and what is to be remembered of it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._found: dict[Path, Kept] = {}
        """What was remembered of each file when it was imported first."""
        self._made: list[_Made] = []

    @property
    def day(self) -> date:
        """The status date: what a file says of days before it has happened."""
        return self.session.plan.as_of

    def importing(self, incoming: Incoming) -> Importing:
        """The import of a file into the roadmap as it is open. Raises ReadError."""
        path = kept_path(self.session.workspace, incoming.source)
        if path not in self._found:
            self._found[path] = read_kept(path)
        return importing_into(self.session, incoming, self._now(path))

    def apply(self, arrival: Arrival) -> Consequence:
        """Apply an import as one undo step. Raises EditRefused; nothing has changed then."""
        consequence = self.session.apply(arrival.edit, arrival.edit.label)
        edit = arrival.edit if self.session.history.holds(arrival.edit) else None
        path = kept_path(self.session.workspace, arrival.kept.source)
        self._made.append(_Made(path, edit, arrival.kept))
        if not self.session.unsaved:
            self.remember()
        return consequence

    def remember(self) -> None:
        """Write what the saved files say of each import. Raises UsageError or SaveError."""
        for path in dict.fromkeys(made.path for made in self._made):
            kept = self._now(path)
            if kept.is_new:
                forget(path)
            else:
                write_kept(path, kept)

    @property
    def last(self) -> str:
        """The file of which the last change of the session is the import; empty for none."""
        edit = self.session.history.current.edit
        found = (made.kept.source for made in self._made if made.edit is edit is not None)
        return next(found, "")

    def _now(self, path: Path) -> Kept:
        """What the roadmap has of a file now: imports that are undone count for nothing."""
        kept = self._found[path]
        for made in self._made:
            if made.path == path and (made.edit is None or self.session.history.holds(made.edit)):
                kept = made.kept
        return kept
