"""The last messages in full, the newest first: what went by on the last line can be read again."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from planner.tui.dialogs.panel import Dialog


class MessagesDialog(Dialog[None]):
    """Shows messages; returns nothing."""

    DEFAULT_CSS = """
    MessagesDialog VerticalScroll { height: auto; max-height: 70vh; scrollbar-size-vertical: 1; }
    """

    keys = (("↓ ↑", "scroll"), ("esc", "back"))

    def __init__(self, said: Sequence[Content]) -> None:
        super().__init__()
        self.said = said

    def heading(self) -> Content:
        """What they are."""
        return Content("Last messages")

    def body(self) -> ComposeResult:
        """The messages, the newest first."""
        with VerticalScroll():
            said = Content("\n").join(reversed(self.said)) or Content(" no messages yet")
            yield Static(said, markup=False)

    def on_key(self, event: events.Key) -> None:
        """Scroll, or leave."""
        pane = self.query_one(VerticalScroll)
        steps = {"j": 1, "down": 1, "k": -1, "up": -1, "pagedown": 10, "pageup": -10}
        if event.key in steps:
            event.stop()
            pane.scroll_relative(y=steps[event.key], animate=False)
        elif event.key in ("q", "enter"):
            event.stop()
            self.dismiss(None)
