"""Edit that decides a decision: the day, and what was chosen."""

from __future__ import annotations

from datetime import date

from planner.text.edits import Edits, SetKey


def decided(id: str, choice: str, day: date) -> Edits:
    """The decision made on a day, for one of its options or in words of its own."""
    edits = (
        SetKey("decisions", id, ("decided",), day),
        SetKey("decisions", id, ("choice",), choice),
    )
    return Edits(edits, f"decided {id}: {choice}")
