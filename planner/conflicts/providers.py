"""Providers: which work brings each system live, which needs it, and when it is gone.

A system is planned where its status says so, or where it has none and open work introduces it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from planner.conflicts.context import Context
from planner.roadmap.entities import Initiative

NEEDED = ("uses", "changes")
"""The keys of the systems that have to be there before the work starts."""
RELIES = (*NEEDED, "introduces")
"""The keys of the systems that work relies on."""


def providers_of(context: Context) -> dict[str, list[str]]:
    """The initiatives that introduce each system, dropped ones left out."""
    found: dict[str, list[str]] = {}
    for one in context.having("introduces"):
        if one.status != "dropped":
            for system in one.introduces:
                found.setdefault(system, []).append(one.id)
    return found


def is_planned(context: Context, system: str, providers: dict[str, list[str]]) -> bool:
    """Whether a system is still to come: planned, and not yet brought by finished work."""
    known = context.roadmap.systems.get(system)
    bringing = providers.get(system, [])
    if bringing and not any(map(context.is_open, bringing)):
        return False
    if known is not None and known.status is not None:
        return known.status == "planned"
    return bool(bringing)


def gone_by(context: Context, retiring: Iterable[Initiative]) -> dict[str, tuple[date, str]]:
    """When each system is gone, and by which of those that retire it: the first."""
    found: dict[str, tuple[date, str]] = {}
    for one in retiring:
        dates = context.dates(one.id)
        for system in one.retires if dates is not None else ():
            assert dates is not None
            gone = dates.finish, one.id
            found[system] = min(gone, found.get(system, gone))
    return found


def users_of(context: Context, keys: Iterable[str]) -> dict[str, list[Initiative]]:
    """The open initiatives that name each system under any of these keys, each once."""
    names = tuple(keys)
    found: dict[str, dict[str, Initiative]] = {}
    for one in context.open_having(*names):
        for system in (system for key in names for system in getattr(one, key)):
            found.setdefault(system, {})[one.id] = one
    return {system: list(users.values()) for system, users in found.items()}


def finishing_after(
    context: Context, initiatives: Iterable[Initiative], day: date
) -> dict[str, date]:
    """Those of these initiatives that finish after a day, and when."""
    dated = ((one.id, context.dates(one.id)) for one in initiatives)
    return {id: dates.finish for id, dates in dated if dates is not None and dates.finish > day}
