"""From a path to an import: the file is asked for and read, dates that can be read in two ways are
asked, and the screen shows what comes of it. The same with a roadmap open, and where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct
from textual.app import App
from textual.content import Content

from planner.analysis.importing import Incoming
from planner.exchange.importing.arriving import Arrival, Importing
from planner.exchange.importing.imports import arrived
from planner.exchange.importing.ordering import AmbiguousDates
from planner.exchange.importing.reading import SUFFIXES, read_incoming
from planner.exchange.importing.target import target_at, write
from planner.pages.importing import arrived_words
from planner.roadmap.figures import count
from planner.text.visible import visible
from planner.tui.dialogs.ask import AskDialog
from planner.tui.dialogs.file import FileDialog, FileTask, Tell
from planner.tui.shell.base_app import GuardedApp
from planner.tui.views.importing import ImportScreen
from planner.tui.views.importing_rows import Weighed, weighed


class Unclear(Struct, frozen=True):
    """Dates of a file that can be read in two ways, with what was said of its columns so far."""

    path: Path
    mapping: Mapping[str, str]
    dates: AmbiguousDates


class Destination(Protocol):
    """Where a file goes: an open roadmap, or one that is to be made."""

    @property
    def day(self) -> date:
        """The status date: what a file says of days before it has happened."""

    def importing(self, incoming: Incoming) -> Importing:
        """The import of a file to it. Raises ReadError."""


class ImportFlow:
    """One import, from the question for a file to what is done with it."""

    def __init__(
        self,
        app: App[Any],
        to: Callable[[], Destination],
        apply: Callable[[Arrival], object],
        done: Callable[[Arrival | None], None],
    ) -> None:
        self.app = app
        self._to = to
        """Where a file goes. Raises PlannerError."""
        self._apply = apply
        """Applies or writes an import. Raises PlannerError."""
        self._done = done
        """Hears of what was applied; of None where it was left."""

    def ask(self, path: Path | None = None, mapping: Mapping[str, str] | None = None) -> None:
        """Ask for a file; begin at once with one that is known."""
        task = FileTask(
            "Import a file",
            "a sheet, or another tool's export",
            SUFFIXES,
            partial(self._read, dict(mapping or {})),
        )
        self.app.push_screen(FileDialog(task, path), self._found)

    def _read(self, mapping: Mapping[str, str], path: Path, tell: Tell) -> Weighed | Unclear:
        """In a thread: what the file says, and what it would do. Raises PlannerError."""
        tell(f"Reading {path.name} …")
        to = self._to()
        try:
            incoming = read_incoming(path, mapping or None, to.day)
        except AmbiguousDates as dates:
            return Unclear(path, mapping, dates)
        number = count(len(incoming.tables.get("initiatives", {})), "initiative")
        tell(f"Scheduling {number} …")
        return weighed(to.importing(incoming))

    def _found(self, found: Weighed | Unclear | None) -> None:
        if found is None:
            self._done(None)
        elif isinstance(found, Unclear):
            self._ask_which(found)
        else:
            self.app.push_screen(ImportScreen(found, self._apply), self._done)

    def _ask_which(self, found: Unclear) -> None:
        """Ask which comes first, day or month, and read the file anew."""
        dates = found.dates

        def answered(order: str | None) -> None:
            said = {dates.heading: f"{dates.meaning} {order}"} if order else {}
            self.ask(found.path, {**found.mapping, **said} if order else None)

        detail = Content(visible(dates.message))
        question = f"Which date is {dates.value}?"
        self.app.push_screen(AskDialog(question, dates.readings, None, detail), answered)


class ImportApp(GuardedApp[Path], inherit_bindings=False):
    """Where there is no roadmap yet: returns the one that an import made, None where it was left.

    Nothing is written before the import is applied.
    """

    CSS = "ImportApp Screen { background: $ground; color: $text; scrollbar-color: $faint; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, as_of: date | None = None, theme: str | None = None) -> None:
        super().__init__(theme)
        self.said = ""
        """What was written, and where."""
        self.flow = ImportFlow(self, partial(target_at, None, as_of), write, self._done)

    def on_mount(self) -> None:
        """Ask for the file."""
        super().on_mount()
        self.flow.ask()

    def _done(self, arrival: Arrival | None) -> None:
        if arrival is not None:
            where = visible(str(arrival.importing.session.path))
            self.said = f"{arrived_words(arrived(arrival))} · written to {where}"
        self.exit(arrival.importing.session.path if arrival is not None else None)
