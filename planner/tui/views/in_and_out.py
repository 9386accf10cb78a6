"""What comes into the plan from other programs' files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from planner.pages.importing import arrived_words
from planner.plan.impact import compare
from planner.tui.lines.state import known_parts, pieces
from planner.tui.views.part import Part

if TYPE_CHECKING:
    from planner.exchange.importing.arriving import Arrival
    from planner.exchange.importing.imports import Imports


class InAndOut(Part):
    """Import into the open roadmap. What it needs is imported when it is asked for."""

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
