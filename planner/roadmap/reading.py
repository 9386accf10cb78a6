"""Reading of parsed TOML into a roadmap, with all problems; nothing is ignored silently.

Tables are read one by one (`planner.roadmap.tables`); files are joined here, and all problems are
one list in one order. `reread` replaces one table and reads no other, so that there is a plan for
every keystroke: reading 10,000 initiatives takes 95 of the 100 ms that an edit has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Any

import msgspec
from msgspec import Struct

from planner.roadmap import tables
from planner.roadmap.entities import KINDS, SINGLES, Entity, Origin, Roadmap, Term
from planner.roadmap.fields import TABLE_NAMES, Guesses, fields
from planner.roadmap.problems import Problem, duplicate, shared_id, unknown_key, unreadable
from planner.roadmap.values import shown

__all__ = ["Problem", "Reading", "in_file_order", "read", "reread"]

Where = tuple[str, str]
"""(kind, id); single tables, and problems of a whole kind, have the id ``""``."""


class Reading(Struct, frozen=True):
    """A roadmap as it was read, with what could not be.

    `invalid` names the keys that count as absent because they could not be read: an initiative
    with one of `planner.roadmap.fields.SCHEDULED` among them is not scheduled, and any other costs
    only itself. The other members
    are what `reread` needs: the problems and the later copies of doubled ids by table, the files
    in order, and the title for a roadmap without one.
    """

    roadmap: Roadmap
    problems: tuple[Problem, ...]
    invalid: dict[Where, frozenset[str]]
    reports: dict[Where, tuple[Problem, ...]]
    copies: dict[Where, tuple[tuple[str, Any], ...]]
    files: tuple[str, ...]
    title: str


def read(files: Mapping[str, Mapping[str, Any]], *, title: str = "") -> Reading:
    """The roadmap that `files` (name to parsed TOML, in order) say together.

    `title` stands in for a roadmap that names none. Never raises for what is in the files: every
    problem is in the result.
    """
    draft = _Draft()
    for file, data in files.items():
        for name, value in data.items():
            if name in KINDS:
                draft.add_kind(name, value, file)
            elif name not in SINGLES:
                near = _meant(name, value, draft.guesses)
                draft.report(name, "", unknown_key(name, "", (), file, near))
    draft.add_settings(files)
    draft.add_checks(files)
    draft.add_glossary(files)
    return draft.reading(tuple(files), title)


def reread(
    reading: Reading,
    kind: str,
    id: str,
    mapping: Mapping[str, Any] | None,
    file: str | None = None,
) -> Reading:
    """The same reading with one table replaced, added, or (with None) removed.

    A table keeps its place and, without `file`, its file; a new one comes last of its kind until
    `in_file_order` has put it where it stands. Single tables have the id ``""`` and are given
    whole, as merged over all files. Costs the one table and shallow copies of the dicts that hold
    it.
    """
    if kind in SINGLES:
        return _reread_single(reading, kind, mapping, file)
    if kind not in KINDS:
        return reading
    copies = reading.copies.get((kind, id), ())
    if mapping is None and copies:
        (file, mapping), copies = copies[0], copies[1:]
    origins = reading.roadmap.origins
    origin = origins.get((kind, id))
    if mapping is None:
        return _without(reading, kind, id)
    if origin is None or file not in (None, origin.file):
        origin = Origin(file or _usual_file(reading, kind))
        origins = {**origins, (kind, id): origin}
    made = tables.read_table(kind, id, mapping, origin.file)
    table = dict(reading.roadmap.table(kind))
    if made.entity is not None:
        table[id] = made.entity
    return _changed(reading, {kind: table, "origins": origins}, (kind, id), made, copies)


def wrong_values(kind: str, id: str, mapping: object, keys: Set[str]) -> tuple[Problem, ...]:
    """What of some keys of a table the format does not allow, whatever its other keys say."""
    if not isinstance(mapping, Mapping):
        return ()
    found: list[Problem] = []
    for key in keys & mapping.keys():
        alone = {key: mapping[key]}
        if kind in SINGLES:
            found += _SINGLE[kind](alone, "").problems
        elif kind in KINDS:
            found += tables.read_table(kind, id, alone, "").problems
    return tuple(each for each in found if each.code == "READ01" and each.key)


def _without(reading: Reading, kind: str, id: str) -> Reading:
    table = dict(reading.roadmap.table(kind))
    origins = dict(reading.roadmap.origins)
    table.pop(id, None)
    origins.pop((kind, id), None)
    return _changed(reading, {kind: table, "origins": origins}, (kind, id), None, ())


def in_file_order(reading: Reading, tables: Mapping[str, Mapping[str, Any]]) -> Reading:
    """The same reading with the tables of each kind in the order of `tables`, as the files have
    them: itself where they are, as they are unless a table was added or renamed.
    """
    placed: dict[str, Any] = {}
    for kind in KINDS:
        table = reading.roadmap.table(kind)
        order = [id for id in tables.get(kind, ()) if id in table]
        if len(order) == len(table) and order != list(table):
            placed[kind] = {id: table[id] for id in order}
    if not placed:
        return reading
    roadmap = msgspec.structs.replace(reading.roadmap, **placed)
    return msgspec.structs.replace(reading, roadmap=roadmap)


def _usual_file(reading: Reading, kind: str) -> str:
    """Where a new table goes that nobody gave a file: with the others of its kind."""
    for id in reversed(reading.roadmap.table(kind)):
        return reading.roadmap.origins[(kind, id)].file
    return reading.files[0] if reading.files else ""


def _reread_single(
    reading: Reading, kind: str, mapping: Mapping[str, Any] | None, file: str | None
) -> Reading:
    roadmap, where = reading.roadmap, (kind, "")
    origin = roadmap.origins.get(where)
    if file is None:
        file = origin.file if origin is not None else (*reading.files, "")[0]
    made = _SINGLE[kind]({} if mapping is None else mapping, file)
    origins = {**roadmap.origins, where: Origin(file)}
    if mapping is None:
        del origins[where]
    changes: dict[str, Any] = {_ATTRIBUTES[kind]: made.entity, "origins": origins}
    if kind == "roadmap":
        changes["title"] = made.entity.title or reading.title
    return _changed(reading, changes, where, made, ())


def _changed(
    reading: Reading,
    changes: dict[str, Any],
    where: Where,
    made: tables.Table | None,
    copies: tuple[tuple[str, Any], ...],
) -> Reading:
    """The reading with these parts of the roadmap, and what is wrong with one table, replaced."""
    roadmap = msgspec.structs.replace(reading.roadmap, **changes)
    doubled = _doubled(where, roadmap.origins[where].file, copies) if copies else ()
    found = (*(made.problems if made else ()), *doubled)
    reports = _with(reading.reports, where, found)
    invalid = _with(reading.invalid, where, made.invalid if made else frozenset())
    problems = reading.problems
    if reports is not reading.reports or where[0] in _PARTIES:
        problems = _in_order(reports, roadmap, reading.files)
    return Reading(
        roadmap,
        problems,
        invalid,
        reports,
        _with(reading.copies, where, copies),
        reading.files,
        reading.title,
    )


def _with(held: dict[Where, Any], where: Where, value: Any) -> dict[Where, Any]:
    """`held` with one value; itself where that changes nothing; an empty value is not held."""
    if held.get(where) == value or (not value and where not in held):
        return held
    changed = {**held, where: value}
    if not value:
        del changed[where]
    return changed


def _doubled(where: Where, used: str, copies: tuple[tuple[str, Any], ...]) -> tuple[Problem, ...]:
    return tuple(duplicate(*where, used, file) for file, _ in copies)


_KIND_ORDER = {name: place for place, name in enumerate(TABLE_NAMES)}


_PARTIES = ("teams", "people")
"""The kinds that share one namespace, since either can be consulted."""


def _in_order(
    reports: Mapping[Where, tuple[Problem, ...]], roadmap: Roadmap, files: tuple[str, ...]
) -> tuple[Problem, ...]:
    """All problems by kind (in the format's order), file, id and key, however they were found."""
    order = {file: place for place, file in enumerate(files)}
    unknown = len(_KIND_ORDER)

    def place(problem: Problem) -> tuple[int, int, str, str]:
        kind = _KIND_ORDER.get(problem.kind, unknown)
        return (kind, order.get(problem.file, len(order)), problem.kind, problem.id)

    told = (each for found in reports.values() for each in found)
    return tuple(sorted([*told, *_shared_ids(roadmap)], key=place))


def _shared_ids(roadmap: Roadmap) -> list[Problem]:
    """One problem for each person with the id of a team."""
    files = {
        id: [roadmap.origins[kind, id].file for kind in _PARTIES]
        for id in roadmap.people.keys() & roadmap.teams.keys()
    }
    return [shared_id(id, *files[id]) for id in sorted(files)]


# --- a whole roadmap ------------------------------------------------------------------------------


class _Draft:
    """A roadmap while its files are read one after another."""

    def __init__(self) -> None:
        self.guesses = Guesses()
        self.parts: dict[str, Any] = {kind: {} for kind in KINDS}
        self.origins: dict[Where, Origin] = {}
        self.invalid: dict[Where, frozenset[str]] = {}
        self.reports: dict[Where, list[Problem]] = {}
        self.copies: dict[Where, tuple[tuple[str, Any], ...]] = {}

    def report(self, kind: str, id: str, problem: Problem) -> None:
        self.reports.setdefault((kind, id), []).append(problem)

    def add_kind(self, kind: str, value: object, file: str) -> None:
        """All tables of one kind in one file; the first file that has an id keeps it."""
        if not isinstance(value, Mapping):
            self.report(kind, "", _not_tables(kind, value, file))
            return
        known: dict[str, Entity] = self.parts[kind]
        doubled = known.keys() & value.keys()
        for id in sorted(doubled):
            used = self.origins[(kind, id)].file
            self.copies[(kind, id)] = (*self.copies.get((kind, id), ()), (file, value[id]))
            self.report(kind, id, duplicate(kind, id, used, file))
        if doubled:
            value = {id: table for id, table in value.items() if id not in doubled}
        origin = Origin(file)
        for id, table in value.items():
            made = tables.read_table(kind, id, table, file, self.guesses)
            if made.entity is not None:
                known[id] = made.entity
                self.origins[kind, id] = origin
            if made.problems:
                self.reports.setdefault((kind, id), []).extend(made.problems)
            if made.invalid:
                self.invalid[kind, id] = made.invalid

    def add_single(self, kind: str, made: tables.Table, file: str) -> Any:
        """What was wrong with a single table; its entity is given back."""
        self.origins.setdefault((kind, ""), Origin(file))
        for problem in made.problems:
            self.report(kind, "", problem)
        if made.invalid:
            self.invalid[(kind, "")] = self.invalid.get((kind, ""), frozenset()) | made.invalid
        return made.entity

    def add_settings(self, files: Mapping[str, Mapping[str, Any]]) -> None:
        """`[roadmap]`, from the first file that has one."""
        having = [file for file, data in files.items() if "roadmap" in data]
        for file in having[:1]:
            made = tables.read_settings(files[file]["roadmap"], file)
            self.parts["settings"] = self.add_single("roadmap", made, file)
        for file in having[1:]:
            self.report("roadmap", "", duplicate("roadmap", "", having[0], file))

    def add_checks(self, files: Mapping[str, Mapping[str, Any]]) -> None:
        """`[checks]`, which binds both sides and so stands only beside `[roadmap]`."""
        having = [file for file, data in files.items() if "checks" in data]
        home = self.origins.get(("roadmap", ""))
        main = home.file if home is not None else (*having, "")[0]
        for file in having:
            if file == main:
                made = tables.read_checks(files[file]["checks"], file)
                self.parts["checks"] = self.add_single("checks", made, file)
            else:
                self.report("checks", "", _misplaced_checks(file, main))

    def add_glossary(self, files: Mapping[str, Mapping[str, Any]]) -> None:
        """`[glossary]` of all files, merged by term and, in a term, by side."""
        merged: dict[str, Term] = {}
        first: dict[str, str] = {}
        for file, data in files.items():
            if "glossary" not in data:
                continue
            terms = self.add_single("glossary", tables.read_terms(data["glossary"], file), file)
            for term, meaning in terms.items():
                known = merged.get(term)
                used = first.setdefault(term, file)
                merged[term] = meaning if known is None else _both(known, meaning)
                if known is not None and _clashes(known, meaning):
                    self.report("glossary", "", duplicate("glossary", "", used, file, (term,)))
        self.parts["glossary"] = merged

    def reading(self, files: tuple[str, ...], title: str) -> Reading:
        parts = dict(self.parts)
        settings = parts.get("settings")
        parts["title"] = (settings.title if settings is not None else None) or title
        reports = {where: tuple(found) for where, found in self.reports.items()}
        roadmap = Roadmap(**parts, origins=self.origins)
        return Reading(
            roadmap,
            _in_order(reports, roadmap, files),
            self.invalid,
            reports,
            self.copies,
            files,
            title,
        )


_SINGLE: dict[str, Callable[[object, str], tables.Table]] = {
    "roadmap": tables.read_settings,
    "checks": tables.read_checks,
    "glossary": tables.read_terms,
}
_ATTRIBUTES = {"roadmap": "settings", "checks": "checks", "glossary": "glossary"}


def _both(one: Term, other: Term) -> Term:
    """The meanings of two files; where both say one, the first file's."""
    return Term(
        marketing=one.marketing or other.marketing,
        it=one.it or other.it,
        agreed=one.agreed or other.agreed,
    )


def _clashes(one: Term, other: Term) -> bool:
    mine, theirs = msgspec.structs.asdict(one), msgspec.structs.asdict(other)
    return any(mine[side] and meaning not in (None, mine[side]) for side, meaning in theirs.items())


def _meant(name: str, value: object, guesses: Guesses) -> str | None:
    """The table that an unknown one meant; for a key outside all tables, the key in its table."""
    if not isinstance(value, (Mapping, list)) and name in fields("roadmap"):
        return f"roadmap.{name}"
    return guesses.table(name)


def _not_tables(kind: str, value: object, file: str) -> Problem:
    several = isinstance(value, list) and value and isinstance(value[0], Mapping)
    what = f"[[{kind}]] makes a list" if several else f"{kind} = {shown(value)} is a value"
    return unreadable(
        kind,
        "",
        file,
        f"{what}, where a table for each id belongs",
        found=shown(value),
        allowed=f"tables with an id, [{kind}.ID]",
        nearest=f"[{kind}.ID]",
    )


def _misplaced_checks(file: str, main: str) -> Problem:
    return unreadable(
        "checks",
        "",
        file,
        f"[checks] in {file} is not read: it binds all and belongs beside [roadmap] in {main}",
        found=f"[checks] in {file}",
        allowed=f"[checks] in {main}",
        nearest=None,
    )
