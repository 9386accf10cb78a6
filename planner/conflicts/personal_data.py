"""Personal data: who reviews its use, and which systems provide consent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from planner.conflicts.context import Context
from planner.roadmap.ids import as_one_word

CONSENT = "consent"


def consent_systems(context: Context) -> list[str]:
    """The systems with the capability `consent`."""
    return [
        id
        for id, one in context.roadmap.systems.items()
        if CONSENT in map(as_one_word, one.capabilities)
    ]


def reviewers(context: Context, data: Iterable[str]) -> list[str]:
    """Who gives a view on these data: `[checks.reviews_for]` by classification, else stewards."""
    asked: dict[str, None] = {}
    for id in data:
        known = context.roadmap.data[id]
        named = context.roadmap.checks.reviews_for.get(known.classification or "")
        for party in named or filter(None, (known.steward,)):
            asked[party] = None
    return list(asked)


def system_reviewer(context: Context, data: Iterable[str] = ()) -> str | None:
    """Who reviews systems: whoever has the most reviews on this roadmap, else who reviews data."""
    reviews = (one for one in context.having("kind") if one.kind == "review")
    owners = Counter(owner for one in reviews for owner in one.owner)
    if owners:
        return max(sorted(owners), key=owners.__getitem__)
    return next(iter(reviewers(context, data)), None)
