"""What the lower parts need of a view and of the app: which they are part of, and never import.

Actions ask a view whether they can act in it, the footer asks it what it offers, its parts act for
it, and what the app does about others speaks through it. A view asks the app for what only an app
can do. Both stand above all of these, so what is asked of them is said here: `Stage` for views,
`Shell` for the app.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import ClassVar, Literal, Protocol, TypeVar

from textual.app import App
from textual.content import Content
from textual.dom import DOMNode

from planner.plan.model import Plan
from planner.session.session import Session
from planner.tui.shell.app_state import Desk, Mark, Selected

Severity = Literal["information", "warning", "error"]
"""Of a message at the foot of a view."""
Found = TypeVar("Found")


class Shell(Protocol):
    """The app, as a view knows it."""

    def stage(self) -> Stage | None:
        """The view on screen, also where a dialog is over it."""

    def open_view(self, name: str) -> None:
        """Show a view."""

    def meanings(self, key: str) -> dict[str, list[str]]:
        """What a key does in other views than the one on screen, and in which."""

    def elsewhere(self, ids: Collection[str]) -> dict[str, list[str]]:
        """The actions that are none of these, and the views that have them."""

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
    """The view on screen, as the parts below it, its own parts and the app know it."""

    view_name: ClassVar[str]
    foot: ClassVar[tuple[str, ...]]
    unfit: ClassVar[tuple[str, ...]]
    labels: ClassVar[Mapping[str, str]]
    desk: Desk

    @property
    def app(self) -> App[object]:
        """What shows dialogs."""

    @property
    def planner(self) -> Shell:
        """The same app, by what only planner's can do."""

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
    def mark(self) -> Mark:
        """The same, and what keys do with it."""

    @property
    def in_hand(self) -> bool:
        """Whether a bar is being moved."""

    @property
    def choosing(self) -> bool:
        """Whether a fix is being chosen."""

    def select(self, kind: str, id: str) -> None:
        """Mark a table of the roadmap."""

    def selection_changed(self) -> None:
        """Mark what was marked last in any view."""

    @property
    def line(self) -> int | None:
        """The row that is marked, where rows are initiatives."""

    def ids_on(self, lines: range) -> Iterator[str]:
        """The initiatives on these rows."""

    def show_chosen(self) -> None:
        """Draw which initiatives are selected together."""

    # --- what it offers ---------------------------------------------------------------------------

    def actions(self) -> Sequence[str]:
        """Ids of the actions that this view offers, in the registry's order."""

    async def action_do(self, id: str) -> None:
        """Run an action of the registry, or say why it can't run now."""

    # --- what it shows ----------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Show the plan as it is now."""

    def head_moved(self) -> None:
        """Show that a commit was made here."""

    def filter_changed(self) -> None:
        """Show what the filter matches."""

    def counted(self, asked: str) -> tuple[int, int]:
        """How many things a filter would show here, of how many."""

    def refresh_lines(self) -> None:
        """Show header, state line and footer anew."""

    def say(self, text: str | Content, severity: Severity = "information") -> None:
        """Show a message over the footer, until the next key."""
