"""The last change as the command that makes it, for a shell or a runbook."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from planner.text.visible import visible
from planner.tui.dialogs.panel import Dialog


class AsCommandDialog(Dialog[str | None]):
    """Returns the command where it was copied, None where it was only looked at."""

    DEFAULT_CSS = """
    AsCommandDialog VerticalScroll { height: auto; max-height: 60vh; scrollbar-size-vertical: 1; }
    AsCommandDialog .command { color: $strong; height: auto; margin: 1 0; }
    """

    keys = (("y", "copy"), ("↓ ↑", "scroll"), ("esc", "back"))

    def __init__(self, command: str, label: str = "") -> None:
        super().__init__()
        self.command = command
        self.label = label

    def heading(self) -> Content:
        """Which change."""
        return Content(visible(f"As a command: {self.label}" if self.label else "As a command"))

    def body(self) -> ComposeResult:
        """The command, wrapped."""
        with VerticalScroll(can_focus=False):
            yield Static(Content(visible(self.command)), classes="command", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Copy (OSC 52), scroll, or leave."""
        steps = {"j": 1, "down": 1, "k": -1, "up": -1, "pagedown": 10, "pageup": -10}
        if event.key in steps:
            event.stop()
            self.query_one(VerticalScroll).scroll_relative(y=steps[event.key], animate=False)
        elif event.key == "y":
            event.stop()
            self.app.copy_to_clipboard(self.command)
            self.dismiss(self.command)
        elif event.key in ("q", "enter"):
            event.stop()
            self.dismiss(None)
