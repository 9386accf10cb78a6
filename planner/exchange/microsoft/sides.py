"""Which side a department is, and which fields say so, by the words that sheets are read by."""

from __future__ import annotations

from planner.exchange.importing.headings import heading
from planner.exchange.importing.parties import side_of


def side_named(name: str) -> str | None:
    """The side that is called so plainly; None where it is no more than a guess, or no side."""
    side, is_plain = side_of(name) if name.strip() else (None, False)
    return side if is_plain else None


def is_department(name: str) -> bool:
    """Whether a field of this name says whose work it is."""
    return heading(name).meaning == "portfolio"
