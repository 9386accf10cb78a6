"""A small roadmap in three files, as tables, and edits of it: what the histories are made of."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import tomli_w

from tests.history.reckoning import WEEK, Tables

Where = tuple[str, str]
"""A table: its kind and its id."""
MAIN, OTHER = "summer-launch", "app-launch"
LAUNCHES = (MAIN, OTHER)
JOINT, MARKETING, IT = "joint.toml", "marketing.toml", "it.toml"
BEGIN = date(2027, 3, 1)
TEAMS = {"crm": MARKETING, "studio": MARKETING, "data": IT, "gulf-web": IT}
WORK = [
    "consent-center",
    "web-push",
    "offer-texts",
    "photo-shoot",
    "profile-api",
    "segment-feed",
    "checkout-rebuild",
    "search-index",
    "store-finder",
    "loyalty-card",
    "tag-migration",
    "mail-templates",
]
LINKS = ("", "", "", "", " SS+3d", " FF+2d", " FS+2d", " SS")


class Set(NamedTuple):
    """One key of one table with its new value; without a key the whole table. None takes it out."""

    kind: str
    id: str
    key: str | None
    value: Any

    @property
    def where(self) -> Where:
        return self.kind, self.id


Edit = tuple[Set, ...]


class State(NamedTuple):
    """All tables of a roadmap, and the file in which each stands."""

    tables: Tables
    files: Mapping[Where, str]

    def edited(self, edit: Iterable[Set]) -> State:
        tables = {kind: dict(rows) for kind, rows in self.tables.items()}
        files = dict(self.files)
        for kind, id, key, value in edit:
            rows = tables.setdefault(kind, {})
            if key is None:
                rows[id] = value
                files.setdefault((kind, id), MARKETING if kind == "initiatives" else JOINT)
            else:
                rows[id] = {**rows.get(id, {}), key: value}
                rows[id] = {name: said for name, said in rows[id].items() if said is not None}
        kept = {kind: {i: t for i, t in r.items() if t is not None} for kind, r in tables.items()}
        return State(kept, {where: f for where, f in files.items() if where[1] in kept[where[0]]})

    def renamed(self, old: str, new: str) -> State:
        """An initiative under another id, with all references to it."""
        rows = {
            new if id == old else id: _pointing(table, old, new)
            for id, table in self.tables["initiatives"].items()
        }
        files = {(k, new if i == old else i): file for (k, i), file in self.files.items()}
        return State({**self.tables, "initiatives": rows}, files)

    def moved(self, file: str, new: str, tables: Iterable[Where]) -> State:
        """Tables of a file in another one."""
        chosen = {where for where in tables if self.files[where] == file}
        return self._replace(files={**self.files, **dict.fromkeys(chosen, new)})

    def texts(self) -> dict[str, str]:
        """The text of each file."""
        found: dict[str, dict[str, Any]] = {}
        for (kind, id), file in self.files.items():
            table = self.tables[kind][id]
            part = found.setdefault(file, {})
            if id:
                part.setdefault(kind, {})[id] = table
            else:
                part[kind] = table
        return {file: tomli_w.dumps(data) for file, data in found.items()}

    def differing(self, other: State) -> set[Where]:
        """The tables that are not the same in another one."""
        kinds = self.tables.keys() | other.tables.keys()
        both = {k: (self.tables.get(k, {}), other.tables.get(k, {})) for k in kinds}
        return {(k, i) for k, (a, b) in both.items() for i in {*a, *b} if a.get(i) != b.get(i)}


def _pointing(table: Mapping[str, Any], old: str, new: str) -> Mapping[str, Any]:
    if "needs" not in table:
        return table
    return {**table, "needs": [_named(need, old, new) for need in table["needs"]]}


def _named(need: Any, old: str, new: str) -> Any:
    if isinstance(need, Mapping):
        return {**need, "on": new if need["on"] == old else need["on"]}
    on, blank, rest = need.partition(" ")
    return (new if on == old else on) + blank + rest


def base(draw: random.Random, *, dated: bool) -> State:
    """A roadmap of a dozen initiatives and two launches; `dated`: with a `status_date`."""
    settings: dict[str, Any] = {"title": "Joint", "start": BEGIN, "main_launch": MAIN}
    if dated:
        settings["status_date"] = BEGIN
    tables: dict[str, dict[str, dict[str, Any]]] = {
        "roadmap": {"": settings},
        "calendars": {
            "standard": {"title": "Office", "holidays": {"2027-03-26": "Good Friday"}},
            "gulf": {"workdays": ["sun", "mon", "tue", "wed", "thu"]},
            "four": {"workdays": list(WEEK[:4])},
        },
        "teams": {
            "crm": {"portfolio": "marketing"},
            "studio": {"portfolio": "marketing", "calendar": "four"},
            "data": {"portfolio": "it"},
            "gulf-web": {"portfolio": "it", "calendar": "gulf"},
        },
        "freezes": {"peak": {"start": date(2027, 11, 15), "end": date(2027, 12, 31)}},
        "agreements": {"tracking": {"title": "Tracking", "accountable": "data"}},
        "initiatives": dict(_initiatives(draw)),
    }
    return State(tables, {(k, i): _file(k, i, tables) for k, rows in tables.items() for i in rows})


def _file(kind: str, id: str, tables: Tables) -> str:
    if kind == "teams":
        return TEAMS[id]
    if kind == "initiatives":
        return TEAMS.get(tables[kind][id].get("owner", ""), JOINT)
    return JOINT


def _initiatives(draw: random.Random) -> Iterator[tuple[str, dict[str, Any]]]:
    """Layers of three, each with one or two links to the layer before; launches wait for the last.

    Most are on the office's calendar.
    """
    names = draw.sample(WORK, draw.choice((6, 8, 9, 10)))
    for at, name in enumerate(names):
        before = names[max(0, at // 3 * 3 - 3) : at // 3 * 3]
        one: dict[str, Any] = {
            "title": name.replace("-", " ").capitalize(),
            "owner": draw.choice(("crm", "crm", "data", "data", "studio", "gulf-web")),
            "estimate": draw.choice((f"{draw.randint(1, 4)}w", f"{draw.randint(4, 18)}d")),
        }
        if before:
            chosen = draw.sample(before, draw.choice((1, 2, 2)))
            one["needs"] = [on + draw.choice(LINKS) for on in chosen]
        yield name, one
    last = names[-3:]
    yield MAIN, {"kind": "milestone", "title": "Summer launch", "needs": last}
    yield OTHER, {"kind": "milestone", "title": "App launch", "needs": draw.sample(names[2:], 2)}
