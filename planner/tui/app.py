"""The app: a shell round the views. It holds what they share and what only an app can do."""

from __future__ import annotations

from textual.app import App

from planner.session import Session
from planner.tui.desk import Desk
from planner.tui.screens.view import View
from planner.tui.theme import THEMES, no_colour


def _views() -> dict[str, type[View]]:
    """Every view there is, by name, in the order of the number keys."""
    return {}


class PlannerApp(App[None]):
    """The planner on one open session."""

    def __init__(self, session: Session, theme: str = "planner-dark") -> None:
        plain = no_colour()
        super().__init__(ansi_color=True if plain else None)
        for each in THEMES:
            self.register_theme(each)
        self.theme = "planner-terminal" if plain else theme
        self.desk = Desk(session)
        self.views = _views()

    def open_view(self, name: str) -> None:
        """Show a view."""
        self.switch_mode(name)

    def next_theme(self) -> None:
        """The next of the themes."""

    def save(self, view: View) -> None:
        """Write what changed."""

    def leave(self, view: View) -> None:
        """Leave; ask first when something is unsaved."""
