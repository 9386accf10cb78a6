"""The last change as the command that makes it, for a shell or a runbook."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content

from planner.text.visible import visible
from planner.tui.dialogs.reading import ReadDialog


class AsCommandDialog(ReadDialog[str | None]):
    """Returns the command where it was copied, None where it was only looked at."""

    DEFAULT_CSS = """
    AsCommandDialog Static { color: $strong; margin: 1 0; }
    """

    BINDINGS = [Binding("y", "copy", "copy", show=False)]

    keys = (("y", "copy"), ("↓ ↑", "scroll"), ("esc", "back"))

    def __init__(self, command: str, label: str = "") -> None:
        super().__init__()
        self.command = command
        self.label = label

    def heading(self) -> Content:
        """Which change."""
        return Content(visible(f"As a command: {self.label}" if self.label else "As a command"))

    def text(self, width: int) -> Content:
        """The command."""
        return Content(visible(self.command))

    def action_copy(self) -> None:
        """Copy it (OSC 52)."""
        self.app.copy_to_clipboard(self.command)
        self.dismiss(self.command)
