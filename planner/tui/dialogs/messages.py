"""The last messages in full, the newest first: what went by on the last line can be read again."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from planner.tui.dialogs.reading import ReadDialog


class MessagesDialog(ReadDialog[None]):
    """Shows messages; returns nothing."""

    def __init__(self, said: Sequence[Content]) -> None:
        super().__init__()
        self.said = said

    def heading(self) -> Content:
        """What they are."""
        return Content("Last messages")

    def text(self, width: int) -> Content:
        """The messages, the newest first."""
        return Content("\n").join(reversed(self.said)) or Content(" no messages yet")
