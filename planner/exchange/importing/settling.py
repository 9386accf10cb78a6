"""Which id of the roadmap each table of a file has: the one it got last time, or that of its twin.

What a file names by a key keeps its id, whatever its title is now. Without a key, an initiative of
the same title is the same one, a team, person or system also one of the same id. An id that the
roadmap has for something else gets a suffix. Only an export of a roadmap has ids that are its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from msgspec import Struct, structs

from planner.analysis.importing import Incoming, Link, Phrase
from planner.exchange.importing.candidates import folded
from planner.exchange.importing.kept import Kept
from planner.roadmap.entities import SINGLES, Tables
from planner.roadmap.ids import make_id
from planner.text.references import renamed

NOUNS = {"people": "person", "data": "data"}
SHARED = ("teams", "people")
"""Kinds of one namespace."""


class Settled(Struct, frozen=True):
    """A file with the roadmap's ids, and what is remembered of it with these.

    `met` are initiatives that were there before the first import.
    """

    incoming: Incoming
    kept: Kept
    met: tuple[str, ...]


def settled(incoming: Incoming, tables: Tables, kept: Kept) -> Settled:
    """The file with the ids that its tables have, or get, in a roadmap of these tables."""
    known = _remembered(incoming)
    names, met = _initiatives(incoming, known, tables.get("initiatives", {}), kept)
    found = {"initiatives": names}
    for kind, of_kind in incoming.tables.items():
        if kind != "initiatives" and kind not in SINGLES:
            found[kind] = _others(kind, of_kind, tables, incoming)
    moved = {kept.ids[known[id]]: new for id, new in names.items() if known[id] in kept.ids}
    ids = {**kept.ids, **{known[id]: new for id, new in names.items()}}
    return Settled(
        _with_ids(incoming, found), structs.replace(_moved(kept, moved), ids=ids), tuple(met)
    )


def _moved(kept: Kept, names: Mapping[str, str]) -> Kept:
    """What is remembered, with the ids that initiatives got in the roadmap since."""
    changes = [("initiatives", old, new) for old, new in names.items() if old != new]
    answers = (
        structs.replace(
            each,
            id=names.get(each.id, each.id),
            names=names.get(each.names, each.names) if each.means == "initiative" else each.names,
        )
        for each in kept.answers
    )
    return structs.replace(kept, answers=tuple(answers), tables=_renamed(kept.tables, changes))


def _remembered(incoming: Incoming) -> dict[str, str]:
    """What identifies each row from one import to the next: its key, else its id in the file."""
    often = Counter(incoming.keys.values())
    return {
        id: f"key {key}" if (key := incoming.keys.get(id)) and often[key] == 1 else id
        for id in incoming.tables.get("initiatives", {})
    }


# --- initiatives ----------------------------------------------------------------------------------


def _initiatives(
    incoming: Incoming, known: Mapping[str, str], there: Mapping[str, Any], kept: Kept
) -> tuple[dict[str, str], list[str]]:
    """The id of each row, and which of these the roadmap had before the first import."""
    rows = incoming.tables.get("initiatives", {})
    names = {id: kept.ids[known[id]] for id in rows if kept.ids.get(known[id]) in there}
    twins = _by_title(there)
    met = [id for id in rows if incoming.is_own and id in there and id not in names]
    names |= {id: id for id in met}
    for id in (id for id in rows if id not in names):
        twin = _twin(_title(rows[id], id), twins, {*names.values(), *kept.ids.values()})
        if twin is not None:
            names[id] = twin
            met += [twin] if known[id] not in kept.ids else []
        elif known[id] in kept.ids:
            names[id] = kept.ids[known[id]]  # it was removed, and stays so
    taken = {*there, *names.values()}
    for id in (id for id in rows if id not in names):
        names[id] = id if id not in taken else make_id(_title(rows[id], id), taken)
        taken.add(names[id])
    return names, met


def _twin(title: str, by_title: Mapping[str, list[str]], taken: Collection[str]) -> str | None:
    """The one initiative of a title, where no other row is it."""
    found = [each for each in by_title.get(folded(title), ()) if each not in taken]
    return found[0] if len(found) == 1 else None


def _by_title(tables: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id, table in tables.items():
        found.setdefault(folded(_title(table, id)), []).append(id)
    return found


def _title(table: Any, id: str) -> str:
    given = table if isinstance(table, Mapping) else {}
    return str(given.get("title") or given.get("name") or id)


# --- teams, people, systems and others ------------------------------------------------------------


def _others(
    kind: str, of_kind: Mapping[str, Any], tables: Tables, incoming: Incoming
) -> dict[str, str]:
    there = tables.get(kind, {})
    by_title = _by_title(there)
    beside = [each for each in SHARED if kind in SHARED and each != kind]
    elsewhere = {id for each in beside for id in tables.get(each, {})}
    names: dict[str, str] = {}
    for id, table in of_kind.items():
        twins = by_title.get(folded(_title(table, id)), [])
        if len(twins) == 1 and not (incoming.is_own and id in there):
            names[id] = twins[0]
        elif id in there or id not in elsewhere:
            names[id] = id
        else:
            taken = {*there, *elsewhere, *of_kind, *names.values()}
            names[id] = make_id(_title(table, id), taken, NOUNS.get(kind, kind.removesuffix("s")))
    return names


# --- the file with other ids ----------------------------------------------------------------------


def _with_ids(incoming: Incoming, found: Mapping[str, Mapping[str, str]]) -> Incoming:
    """The file with other ids, in its tables and in all that names them."""
    changes = [
        (kind, old, new) for kind, each in found.items() for old, new in each.items() if old != new
    ]
    if not changes:
        return incoming
    names = found["initiatives"]
    return structs.replace(
        incoming,
        tables=_renamed(incoming.tables, changes),
        rows={names.get(id, id): row for id, row in incoming.rows.items()},
        keys={names.get(id, id): key for id, key in incoming.keys.items()},
        links=tuple(_link(each, names) for each in incoming.links),
        phrases=tuple(_phrase(each, found) for each in incoming.phrases),
        dates=tuple(
            structs.replace(each, id=names.get(each.id, each.id)) for each in incoming.dates
        ),
    )


def _renamed(tables: Tables, changes: Iterable[tuple[str, str, str]]) -> Tables:
    """In two steps, since one's new id may be another's old one."""
    for kind, old, _ in changes:
        tables = renamed(tables, kind, old, f"{old}\0")
    for kind, old, new in changes:
        tables = renamed(tables, kind, f"{old}\0", new)
    return tables


def _link(link: Link, names: Mapping[str, str]) -> Link:
    successor, predecessor = (names.get(id, id) for id in (link.successor, link.predecessor))
    return structs.replace(link, successor=successor, predecessor=predecessor)


def _phrase(phrase: Phrase, found: Mapping[str, Mapping[str, str]]) -> Phrase:
    return structs.replace(
        phrase,
        successor=found["initiatives"].get(phrase.successor, phrase.successor),
        candidates=tuple(
            structs.replace(each, id=found.get(each.kind, {}).get(each.id, each.id))
            for each in phrase.candidates
        ),
    )
