"""The app: a shell round the views. It holds what they share and what only an app can do."""

from __future__ import annotations

import asyncio
import shlex
import signal
import subprocess
from collections.abc import Sequence
from os import environ

from textual.app import App, SuspendNotSupported
from textual.filter import LineFilter
from textual.notifications import SeverityLevel

from planner.errors import PlannerError
from planner.session import Session
from planner.tui.clean import ControlFilter
from planner.tui.commands import PlannerCommands
from planner.tui.desk import Desk
from planner.tui.screens.board import BoardView
from planner.tui.screens.conflicts import ConflictsView
from planner.tui.screens.path import PathView
from planner.tui.screens.view import View
from planner.tui.theme import THEMES, no_colour

VIEWS: tuple[type[View], ...] = (BoardView, ConflictsView, PathView)
"""Every view there is, in the order of the number keys."""


class PlannerApp(App[None], inherit_bindings=False):
    """The planner on one open session. Exits with 0, or with 128 + the signal that ended it."""

    TITLE = "planner"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = {PlannerCommands}
    BINDINGS = []
    CSS = """
    * { scrollbar-color: $faint; scrollbar-background: $ground; }
    CommandPalette { background: $ground 60%; }
    """

    def __init__(self, session: Session, theme: str = "planner-dark") -> None:
        plain = no_colour()
        super().__init__(ansi_color=True if plain else None)
        for each in THEMES:
            self.register_theme(each)
        self.theme = "planner-terminal" if plain else theme
        self.animation_level = "none"
        self.desk = Desk(session)
        self.views = {view.view_name: view for view in VIEWS}
        self._guard = ControlFilter()

    def on_mount(self) -> None:
        """Open the board; leave in order when the line drops or the machine goes down."""
        for name, view in self.views.items():
            self.add_mode(name, lambda view=view: view(self.desk))  # type: ignore[misc]
        self.switch_mode("board")
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self._ended, number)

    def _ended(self, number: int) -> None:
        self.exit(return_code=128 + number)

    def open_view(self, name: str) -> None:
        """Show a view."""
        self.switch_mode(name)

    # --- themes -----------------------------------------------------------------------------------

    def show_theme(self, name: str) -> None:
        """Show another theme."""
        self.theme = name

    def next_theme(self) -> None:
        """The next of the themes."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    # --- keeping and leaving ----------------------------------------------------------------------

    def save(self, view: View) -> bool:
        """Write what changed, and say what was written or why not."""
        try:
            saved = self.desk.session.save()
        except PlannerError as error:
            view.say(
                error.message if error.hint is None else f"{error.message}; {error.hint}", "error"
            )
            return False
        view.refresh_lines()
        view.say(str(saved))
        return True

    def leave(self, view: View) -> None:
        """Leave; ask first when something is unsaved."""
        if not self.desk.session.unsaved:
            self.exit()
            return
        from planner.tui.dialogs.ask import AskDialog

        choices = {"save": "Save and quit", "stay": "Stay", "lose": "Quit without saving"}
        asked = AskDialog("There are unsaved changes", choices, "save", self.desk.session.diff())
        self.push_screen(asked, lambda answer: self._answered(view, answer))

    def _answered(self, view: View, answer: str | None) -> None:
        if answer == "lose" or (answer == "save" and self.save(view)):
            self.exit()

    def save_and_leave(self) -> None:
        """Save, and leave if that went well."""
        view = self.screen
        if isinstance(view, View) and self.save(view):
            self.exit()

    def edit_at(self, view: View, file: str, line: int | None) -> None:
        """Open `$EDITOR` at a line, and read the files again when it is closed."""
        editor = shlex.split(environ.get("VISUAL") or environ.get("EDITOR") or "vi")
        try:
            with self.suspend():
                subprocess.run([*editor, *([f"+{line}"] if line else []), file], check=False)
        except SuspendNotSupported:
            view.say(
                f"This terminal can't be lent to an editor: open {file}:{line or 1}", "warning"
            )
            return
        except OSError as error:
            view.say(f"{editor[0]}: {error.strerror}; set $EDITOR", "error")
            return
        try:
            self.desk.session.reload()
        except PlannerError as error:
            view.say(f"{error.message}; the plan before it stays on screen", "error")

    # --- guards -----------------------------------------------------------------------------------

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Nothing leaves the program with a control byte in it."""
        return [self._guard, *super().get_line_filters()]

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002
    ) -> None:
        """What Textual itself wants to say, never read as markup."""
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    async def action_simulate_key(self, key: str) -> None:
        """Nothing: a text must not press keys."""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Nothing: a text must not write files."""
