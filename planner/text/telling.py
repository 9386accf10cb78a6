"""Differences between two roadmaps in words, as short as people say them: ``profile-api estimate
6w → 8w``. One phrase for each key; a list says what came and what went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from planner.roadmap.entities import SINGLES
from planner.text.edits import Key, Tables, dotted, same

SHORT = 60
"""Longer values are cut: a phrase is for one line."""


def told(before: Tables, after: Tables) -> list[str]:
    """A phrase for each difference, tables in the order of the files, new and removed ones too."""
    return [
        phrase for kind, id in _names(before, after) for phrase in _table(kind, id, before, after)
    ]


def _names(before: Tables, after: Tables) -> Iterator[tuple[str, str]]:
    for kind in dict.fromkeys((*after, *before)):
        old, new = before.get(kind, {}), after.get(kind, {})
        for id in dict.fromkeys((*new, *old)):
            if old.get(id) is not new.get(id):
                yield kind, id


def _table(kind: str, id: str, before: Tables, after: Tables) -> Iterator[str]:
    old, new = before.get(kind, {}).get(id), after.get(kind, {}).get(id)
    name = id or kind
    if old is None and kind not in SINGLES:
        yield f"{name} added"
    elif new is None and kind not in SINGLES:
        yield f"{name} removed"
    else:
        yield from _keys(name, (), old or {}, new or {})


def _keys(name: str, key: Key, old: Any, new: Any) -> Iterator[str]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for part in dict.fromkeys((*new, *old)):
            yield from _keys(name, (*key, part), old.get(part), new.get(part))
    elif not same(old, new):
        yield f"{name} {dotted(key)} {change(old, new)}".replace("  ", " ")


def change(old: Any, new: Any) -> str:
    """``6w → 8w``, ``+tag-migration −consent-center``, ``removed``; None is not there."""
    if new is None:
        return "removed"
    if isinstance(old, list) and isinstance(new, list):
        came = [f"+{value(each)}" for each in new if each not in old]
        went = [f"−{value(each)}" for each in old if each not in new]
        return _cut(" ".join((*came, *went)) or "in another order")
    if old is None:
        return f"= {value(new)}"
    return f"{value(old)} → {value(new)}"


def value(found: Any) -> str:
    """A value as a phrase shows it; a link by what it is on, an estimate by its lengths."""
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, date):
        return found.isoformat()
    if isinstance(found, list):
        return _cut("/".join(value(each) for each in found) or "nothing")
    if isinstance(found, Mapping):
        return value(found["on"]) if "on" in found else _cut(", ".join(found) or "nothing")
    return _cut(str(found))


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"
