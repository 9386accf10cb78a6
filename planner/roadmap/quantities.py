"""Lengths, estimates and links as people write them: ``"6w"``, ``["3w", "4w", "7w"]``, ``"x SS+5d"``.

Lengths are working time. A week is the working days of a week of the calendar that counts it, so a
length becomes days only where a calendar is known.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

LinkType = Literal["FS", "SS", "FF", "SF"]


class Length(Struct, frozen=True):
    """Working time: `number` of `unit` (``d`` working days, ``w`` weeks). Negative only in a lag."""

    number: float
    unit: Literal["d", "w"]


class Estimate(Struct, frozen=True):
    """One value, or three: optimistic, likely, pessimistic. The schedule uses `likely`."""

    likely: Length
    optimistic: Length | None = None
    pessimistic: Length | None = None


class Need(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A link to a predecessor: the link's type, its lag, and what was agreed about it."""

    on: str
    type: LinkType = "FS"
    lag: Length | None = None
    delivers: str | None = None
    why: str | None = None
    asked: date | None = None
    needed_by: date | None = None
    promised: date | None = None
    agreed: date | None = None
    declined: date | None = None
    accepted: date | None = None
