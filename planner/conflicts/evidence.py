"""What git knows of a roadmap, as the rules use it: who changed which part last, and on which day;
what a part was when it was first written; when work was to start by an earlier plan.

A part is a table, one key of it, or a link, compared as data: comments, order and the file it
stands in are no change. Of a system or a class of data what changes nothing for those who use it is
left out: its title and notes, its own reviews, its standing and the end of its support. A system
that offers more than before is as it was; lists of ids have no order. What differs from the last
commit changed today.

A rule that asks says what for (`Rule.asks`); nothing is looked for that no rule in use asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from planner.roadmap.entities import Initiative, Tables
from planner.roadmap.ids import as_one_word
from planner.text.edits import same

Part = tuple[str, str, tuple[str, ...]]
"""Kind, id and key; ``()`` is the whole table, ``("needs", "api")`` the link to `api`."""

HISTORY = "history"
"""The subject of the rules that ask for evidence."""


def in_git(also: str) -> str:
    """What has to be in use for such a rule: a repository, and something else."""
    return f"the roadmap is in a git repository, with its history, and {also}"


SCOPE = ("uses", "changes", "introduces", "processes", "activates")
"""The keys of an initiative that say which systems and data it is about."""
_BESIDE = ("title", "notes", "reviews", "standing", "standing_until", "supported_until")


class Change(Struct, frozen=True):
    """The day on which a part became what it is, and who made it so; nobody before a commit.

    `table` is the whole table in which the part stands, as it was on that day.
    """

    day: date
    author: str = ""
    table: Any = None


class Planned(Struct, frozen=True):
    """When work was to start, by the plan of a day."""

    start: date
    by: date


class Wanted(Struct, frozen=True):
    """What rules ask: the `last` change of parts, when parts were written `first`, and by the plans
    of which days work was to start (`starts`).
    """

    last: frozenset[Part] = frozenset()
    first: frozenset[Part] = frozenset()
    starts: frozenset[date] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.last or self.first or self.starts)


class Evidence(Struct, frozen=True):
    """The tables of the last commit, of each part that was looked for its last change or its first,
    and when work was to start by the earliest of the plans that were asked for.

    A part that is not in `changes` was not looked for.
    """

    tables: Tables
    changes: Mapping[Part, Change] = {}
    firsts: Mapping[Part, Change] = {}
    starts: Mapping[str, Planned] = {}

    def last(self, part: Part, tables: Tables, today: date) -> Change | None:
        """The last change of a part of these tables, today's at the latest; None where that is not
        known, and for what is not there.
        """
        now = part_of(tables, part)
        if now is None:
            return None
        if not as_it_was(part_of(self.tables, part), now):
            return Change(today, table=tables[part[0]][part[1]])
        found = self.changes.get(part)
        return None if found is None else replace(found, day=min(found.day, today))


def part_of(tables: Tables, part: Part) -> Any:
    """What is written for a part; None where nothing is."""
    kind, id, key = part
    value: Any = tables.get(kind, {}).get(id)
    if isinstance(value, Mapping) and kind in ("systems", "data"):
        value = {name: _any_order(each) for name, each in value.items() if name not in _BESIDE}
    for name in key:
        value = _within(value, name)
    return _any_order(value) if key and key[0] in SCOPE else value


def _within(value: Any, name: str) -> Any:
    """The value of a key; in a list of links the first table of one to an id."""
    if isinstance(value, list | tuple):
        links = (one for one in value if isinstance(one, Mapping))
        return next((one for one in links if one.get("on") == name), None)
    return value.get(name) if isinstance(value, Mapping) else None


def _any_order(value: Any) -> Any:
    """A list of ids in one order, whichever it was written in."""
    return sorted(value, key=str) if isinstance(value, list) else value


def as_it_was(before: Any, now: Any) -> bool:
    """Whether a part is what it was before; a system may offer more capabilities now."""
    if isinstance(before, Mapping) and isinstance(now, Mapping) and "capabilities" in now:
        if not _offered(before) <= _offered(now):
            return False
        before, now = ({**each, "capabilities": None} for each in (before, now))
    return same(before, now)


def _offered(system: Mapping[str, Any]) -> set[str]:
    """The capabilities of a system as written, a bare string being a list of one."""
    written = system.get("capabilities", [])
    names = written if isinstance(written, list | tuple) else [written]
    return {as_one_word(str(one)) for one in names}


def whole(initiative: Initiative) -> Part:
    """An initiative's own table."""
    return ("initiatives", initiative.id, ())


def review(initiative: Initiative, party: str) -> Part:
    """One view that was given of an initiative."""
    return ("initiatives", initiative.id, ("reviews", party))


def reviewed(initiative: Initiative) -> Iterator[Part]:
    """What a review of an initiative has looked at: its scope, and each system and data in it."""
    systems = (*initiative.uses, *initiative.changes, *initiative.introduces)
    data = (*initiative.processes, *initiative.activates)
    yield from (("initiatives", initiative.id, (key,)) for key in SCOPE)
    yield from (("systems", id, ()) for id in dict.fromkeys(systems))
    yield from (("data", id, ()) for id in dict.fromkeys(data))
