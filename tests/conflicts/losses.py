"""What a fix that is made by itself may never take away or claim: facts, words, intents, links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

SPELLED = ("READ01", "READ02")
"""`estimate = "3 wks"` and `estimat = "3w"` say the same once they are spelled right."""
SAID = {
    "status", "actual_start", "actual_finish", "percent_complete", "remaining", "reviews",
    "announced", "deadline", "value", "cost", "priority", "relates", "outcomes", "estimate",
    "exempt", "agreed", "access", "review_by", "needed_by", "decided", "choice", "standing",
    "standing_until", "supported_until", "connects", "capacity", "budget", "baseline", "target",
    "by", "kpi", "readings", "status_date",
}  # fmt: skip
"""Keys of which a fix may change nothing, nor add one."""
BOUNDS = {
    "start_no_earlier_than", "start_no_later_than", "finish_no_earlier_than",
    "finish_no_later_than", "must_start_on", "must_finish_on",
}  # fmt: skip
TERMS = ("asked", "needed_by", "promised", "agreed", "declined", "accepted", "delivers", "why")


def lost(before: Any, after: Any, code: str) -> Iterator[str]:
    """What somebody said and is no longer there, or is there and nobody said it."""
    if code not in SPELLED:
        yield from _lost(before, after, redundant=code == "PLAN05")


def _lost(before: Any, after: Any, *, redundant: bool) -> Iterator[str]:
    for kind in before.keys() | after.keys():
        if kind in ("roadmap", "glossary", "checks"):
            yield from changed(kind, before.get(kind, {}), after.get(kind, {}))
            continue
        olds, news = before.get(kind, {}), after.get(kind, {})
        if kind != "waivers":
            yield from (f"{kind}.{id} is gone" for id in olds.keys() - news.keys())
        if kind in ("initiatives", "agreements"):
            yield from (f"{kind}.{id} is new" for id in news.keys() - olds.keys())
        for id in olds.keys() & news.keys():
            yield from changed(f"{kind}.{id}", olds[id], news[id])
            if not redundant:
                yield from unlinked(id, olds, news)


def changed(where: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for key in SAID & (old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            yield f"{where}.{key}: {old.get(key)} became {new.get(key)}"
    yield from (f"{where}.{key} is gone" for key in BOUNDS & (old.keys() - new.keys()))


def unlinked(id: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """The links to tables that are there which are gone, and the terms that are others."""
    old, new = before[id], after[id]
    links = [one if isinstance(one, str) else one["on"] for one in new.get("needs", [])]
    ons = [one.partition(" ")[0] for one in links]
    for need in old.get("needs", []):
        on = need.partition(" ")[0] if isinstance(need, str) else need["on"]
        if on not in ons and on in before:
            yield f"{id} no longer needs {on}"
    said = [
        {key: one[key] for key in TERMS if key in one}
        for table in (old, new)
        for one in table.get("needs", [])
        if isinstance(one, dict)
    ]
    if said and said[: len(said) // 2] != said[len(said) // 2 :]:
        yield f"{id}: {said}"
