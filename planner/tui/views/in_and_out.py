"""What comes into the plan from other programs' files, and what goes out to them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from planner.pages.importing import arrived_words
from planner.plan.impact import compare
from planner.roadmap.figures import count
from planner.tui.lines.state import known_parts, pieces
from planner.tui.views.part import Part

if TYPE_CHECKING:
    from planner.exchange.importing.arriving import Arrival
    from planner.exchange.importing.imports import Imports
    from planner.tui.dialogs.file import Tell


class InAndOut(Part):
    """Import into the open roadmap, and export of its plan.

    What it needs is imported when it is asked for.
    """

    def do_import(self) -> None:
        """Ask for a file, and show what it would do."""
        from planner.tui.views.importing_flow import ImportFlow

        imports = self.imports
        ImportFlow(self.view.app, lambda: imports, imports.apply, self._applied).ask()

    @property
    def imports(self) -> Imports:
        """What was imported in this session."""
        from planner.exchange.importing.imports import Imports

        if self.desk.imports is None:
            self.desk.imports = Imports(self.session)
        return self.desk.imports

    def _applied(self, arrival: Arrival | None) -> None:
        """Say what came in."""
        if arrival is None:
            return
        from planner.exchange.importing.imports import arrived

        self.view.catch_up()
        self.view.refresh_lines()
        if not arrival.edit.edits:
            self.view.say("No change: the roadmap says so already")
            return
        done = Content(f"{arrived_words(arrived(arrival))} · ")
        consequence = compare(arrival.before, self.session.plan)
        self.view.say(done + pieces(known_parts(consequence)))

    # --- out --------------------------------------------------------------------------------------

    def do_export(self) -> None:
        """Ask for a file name, and write the plan in the format of its suffix."""
        from planner.exchange.exporting import FORMATS
        from planner.tui.dialogs.file import FileDialog, FileTask

        hint = f"a new file: {' '.join(FORMATS)}"
        task = FileTask("Export the plan", hint, tuple(FORMATS), self._write, is_new=True)
        self.view.app.push_screen(FileDialog(task), self._wrote)

    def _write(self, path: Path, tell: Tell) -> str:
        """In a thread: write it, and say what was written. Raises PlannerError."""
        from planner.exchange.exporting import exported, write_export

        plan = self.session.plan
        tell(f"Writing {path.name} …")
        found = exported(plan, tuple(plan.roadmap.initiatives), path.suffix)
        is_new = write_export(path, found.raw, replace=False)
        left = ", ".join(f"{what} ({many})" for what, many in found.left_out.items())
        number = count(len(plan.roadmap.initiatives), "initiative")
        said = f"{'Wrote' if is_new else 'Unchanged:'} {path}, {number}"
        return f"{said}; not in {path.suffix}: {left}" if left else said

    def _wrote(self, said: str | None) -> None:
        if said is not None:
            self.view.say(said)
