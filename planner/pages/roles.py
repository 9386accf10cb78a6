"""Roles: what a text on a page means, never how it looks. Each front end has its own colours."""

from __future__ import annotations

from typing import Literal

Role = Literal[
    "title",
    "text",
    "strong",
    "dim",
    "faint",
    "key",
    "marketing",
    "it",
    "joint",
    "other",
    "critical",
    "warning",
    "good",
    "done",
    "link",
    "today",
]
"""What a text is: a heading, plain, important, less so, a separator, a key or a name to type; of
a side; late or an error, doubtful, good, over; in a drawing a dependency, and the status date."""


def side_role(side: str | None) -> Role:
    """The role of a side: its own where it is one of the three standard ones."""
    if side == "marketing":
        return "marketing"
    if side == "it":
        return "it"
    return "joint" if side == "joint" else "other"
