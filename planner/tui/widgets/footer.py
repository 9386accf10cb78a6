"""The last line: the keys that matter most here, or, until the next key, a message."""

from __future__ import annotations

from typing import Literal

from textual.content import Content
from textual.widget import Widget


class ActionFooter(Widget):
    """Keys from the registry, those that can't act now dimmed; a message covers them."""

    def say(
        self,
        text: str | Content,
        severity: Literal["information", "warning", "error"] = "information",
    ) -> None:
        """Show a message until the next key."""
