"""What a command prints and a screen shows of one thing: the same lines."""

from __future__ import annotations

from planner.tui.lines.pages import Explained


def shown_on(page: Explained) -> list[str]:
    """The lines of a pane as text."""
    return ["".join(text for text, _ in line).rstrip() for line in page.lines]
