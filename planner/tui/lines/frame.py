"""How many lines axis and details take on the board, by the height of the screen."""

from __future__ import annotations

from msgspec import Struct


class Height(Struct, frozen=True):
    """From so many lines on (`least`) a screen is of this class, with so many for its parts."""

    least: int
    name: str
    axis: int
    details: int


HEIGHTS = (Height(0, "-short", 1, 0), Height(30, "-tall", 2, 10), Height(50, "-vast", 2, 12))
"""The lowest first."""


def lines_at(height: int) -> Height:
    """What holds on a screen of so many lines."""
    return next(each for each in reversed(HEIGHTS) if height >= each.least)
