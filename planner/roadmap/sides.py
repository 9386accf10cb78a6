"""The sides: who they are, what they are called, and what crosses the line between two of them.

A side is a portfolio. Marketing, IT and joint need no table; a roadmap may have any number of
others. Joint work belongs to marketing and IT together, so nothing that leads to or from it
crosses. Work whose owner has no side is external: it has no column, budget or lead of its own, but
what it hands over to a side, or gets from one, is a handover like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

MARKETING, IT, JOINT = "marketing", "it", "joint"
EXTERNAL = "external"
"""The end of a handover at an owner without a side; no portfolio, and named by no key."""
BOTH = (MARKETING, IT)
"""The sides that joint work belongs to."""
STANDARD = (MARKETING, IT, JOINT)
"""The sides that need no table, in the order of lists."""
LANES = (MARKETING, JOINT, IT)
"""The same as they stand beside each other: joint between those that it joins."""
_TITLES: Mapping[str, str] = {
    MARKETING: "Marketing",
    IT: "IT",
    JOINT: "Joint",
    EXTERNAL: "External",
    "": "No side",
}


def crosses(one: str | None, other: str | None) -> bool:
    """Whether what leads from one side to the other is a handover: both are known, they differ,
    and neither is joint.
    """
    return bool(one and other) and one != other and JOINT not in (one, other)


def belongs_to(side: str | None) -> tuple[str, ...]:
    """The sides that work of a side belongs to: both for joint, none where there is no side."""
    return BOTH if side == JOINT else (side,) if side else ()


def title_of(side: str | None, title: str | None = None) -> str:
    """What a side is called: the `title` of its table, else ``Marketing``, ``IT`` or ``Joint``,
    else its id; ``No side`` for none.
    """
    return title or _TITLES.get(side or "", side or "")


def in_order(sides: Iterable[str], first: Iterable[str] = STANDARD) -> list[str]:
    """Each side once: those of `first` as they stand there, others by id, ``""`` (none) last."""
    place = {side: at for at, side in enumerate(dict.fromkeys(first))}
    known = set(sides)
    return sorted(known, key=lambda side: (not side, place.get(side, len(place)), side))
