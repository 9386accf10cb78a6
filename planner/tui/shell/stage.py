"""What the lower parts need of a view and of the app: which they are part of, and never import.

Actions ask a view whether they can act in it, the footer and the palette ask it what it offers, and
what the app does about others speaks through it. A view asks the app for what only an app can do.
Both stand above all of these, so what is asked of them is said here: `Stage` for views, `Shell` for
the app.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import ClassVar, Literal, Protocol, TypeVar

from textual.content import Content
from textual.dom import DOMNode

from planner.plan.model import Plan
from planner.query.arrangement import Arrangement
from planner.session.session import Session
from planner.tui.shell.app_state import Desk, Selected

Severity = Literal["information", "warning", "error"]
"""Of a message at the foot of a view."""
Found = TypeVar("Found")


class Shell(Protocol):
    """The app, as a view knows it."""

    def open_view(self, name: str) -> None:
        """Show a view."""

    def meanings(self, key: str) -> dict[str, list[str]]:
        """What a key does in other views than the one on screen, and in which."""

    def meet(self) -> None:
        """Look up who is at the keys, where the filter depends on it."""

    def see_the_day(self) -> None:
        """Plan again where midnight has passed."""

    def ask_next(self) -> None:
        """Ask which of two values stays, for the first key that has two."""

    def show_theme(self, name: str) -> None:
        """Show another theme."""

    def next_theme(self) -> None:
        """Show the next theme."""

    def redraw(self) -> None:
        """Draw every cell anew."""

    def suspend_to_shell(self) -> bool:
        """Stop until ``fg``; whether a shell waits for that."""

    def in_thread(
        self,
        compute: Callable[[], Found],
        then: Callable[[Found], None],
        group: str,
        *,
        of: DOMNode | None = None,
        exclusive: bool = False,
    ) -> None:
        """Compute in a thread, and `then` take it on the screen's."""


class Stage(Protocol):
    """The view on screen, as the parts below it and the app know it."""

    view_name: ClassVar[str]
    foot: ClassVar[tuple[str, ...]]
    unfit: ClassVar[tuple[str, ...]]
    desk: Desk

    @property
    def planner(self) -> Shell:
        """The app."""

    @property
    def session(self) -> Session:
        """The open roadmap."""

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""

    @property
    def is_mounted(self) -> bool:
        """Whether it is still there."""

    # --- what is marked ---------------------------------------------------------------------------

    @property
    def selected(self) -> Selected | None:
        """(kind, id) of what is marked; None on a heading."""

    @property
    def openable(self) -> bool:
        """Whether the row under the cursor has details, or folds."""

    @property
    def in_hand(self) -> bool:
        """Whether a bar is being moved."""

    @property
    def choosing(self) -> bool:
        """Whether a fix is being chosen."""

    def initiative_here(self) -> str | None:
        """The initiative that is marked."""

    # --- what it offers ---------------------------------------------------------------------------

    def actions(self) -> Collection[str]:
        """Ids of the actions that this view offers, in the registry's order."""

    async def action_do(self, id: str) -> None:
        """Run an action of the registry, or say why it can't run now."""

    def rearrange(self, wanted: Arrangement) -> None:
        """Show the board filtered, grouped and sorted as asked for."""

    def jump(self, kind: str, id: str) -> None:
        """Go to an initiative on the board; to the form of anything else."""

    def add(self, kind: str) -> None:
        """Add a table of a kind."""

    def edit_fields(self, kind: str, id: str | None) -> None:
        """Show the form for one table; for a new one where `id` is None."""

    def list_tables(self, kind: str) -> None:
        """List all tables of a kind."""

    def save_and_leave(self) -> None:
        """Save, and quit if that went well."""

    def lose_and_leave(self) -> None:
        """Quit without saving."""

    # --- what it says -----------------------------------------------------------------------------

    def say(self, text: str | Content, severity: Severity = "information") -> None:
        """Show a message over the footer, until the next key."""

    def refresh_lines(self) -> None:
        """Show header, state line and footer anew."""
