"""Texts of a roadmap at many commits, each parsed once, what did not change shared between them.

Tables that say the same in two texts of a file are one object: what differs between two revisions
is found by identity, and hundreds of revisions take little more memory than one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from planner.errors import ReadError
from planner.git.first_parent import Point
from planner.git.revisions import Repository, has_a_table
from planner.roadmap.entities import KINDS, SINGLES, Tables
from planner.roadmap.values import FIRST_DAY, LAST_DAY
from planner.text.document import Document
from planner.text.edits import same

Data = Mapping[str, Any]

BATCH = 200
"""How many points' texts are asked of git at once."""


_HEADER = re.compile(rb"^[ \t]*\[[ \t]*roadmap[ \t]*\]", re.MULTILINE)
_PLAIN = re.compile(
    rb"(?s:.*\n)?\[roadmap\][ \t]*(?:#[^\n]*)?\r?\n(?:(?![ \t]*\[)[^\n]*\n)*?"
    rb"status_date[ \t]*=[ \t]*([0-9]{4}-[0-9]{2}-[0-9]{2})[ \t]*(?:#[^\n]*)?(?:\r?\n(?s:.*))?"
)
"""A text with the status date on a line of its own below the header."""
_ODD = re.compile(rb"\"\"\"|'''|<<<<<<<")
"""What may hold a line that only looks like one."""


class Texts:
    """What the files of one repository say, by the hashes of their contents."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._raw: dict[str, bytes | ReadError] = {}
        self._parsed: dict[str, Data | ReadError] = {}
        self._latest: dict[str, Data] = {}

    def load(self, points: Iterable[Point]) -> None:
        """Ask git for the contents of these points that were not parsed yet, all at once."""
        hashes = dict.fromkeys(hash for point in points for hash in point.contents)
        new = [hash for hash in hashes if hash not in self._parsed and hash not in self._raw]
        try:
            self._raw |= self._repository.blobs(new)
        except ReadError:
            self._raw |= {hash: self._one(hash) for hash in new}

    def _one(self, hash: str) -> bytes | ReadError:
        try:
            return self._repository.blobs([hash])[hash]
        except ReadError as error:
            return error

    def at(self, point: Point) -> dict[str, Data]:
        """The data of the roadmap's files at a point, by name; empty where there is no roadmap.

        Raises ReadError, which names the first file that can't be read.
        """
        return self.of(point.files)

    def status_date(self, point: Point) -> date | None:
        """The `status_date` at a point, of which nothing else is wanted: mostly without parsing.

        Raises ReadError, mostly not for what can't be parsed.
        """
        found = [self._written(name, hash) for name, hash in point.files]
        return next((day for has, day in found if has), None)

    def _written(self, name: str, hash: str) -> tuple[bool, date | None]:
        """Whether a text has the settings of the roadmap, and its status date."""
        raw = self._parsed.get(hash) or self._raw.get(hash) or self._one(hash)
        if isinstance(raw, ReadError):
            raise raw
        if isinstance(raw, bytes):
            if b"roadmap" not in raw:
                return False, None
            if b"status_date" not in raw:
                return bool(_HEADER.search(raw)), None
            plain = _PLAIN.fullmatch(raw)
            if plain is not None and raw.count(b"status_date") == 1 and not _ODD.search(raw):
                return True, _day(plain[1])
        data = self._data(name, hash)
        return "roadmap" in data, status_date(whole({name: data}).tables)

    def forget(self) -> None:
        """Give up the texts that nobody wanted parsed."""
        self._raw.clear()

    def of(self, files: Iterable[tuple[str, str]]) -> dict[str, Data]:
        """The data of files by name, given by name and hash."""
        found = {name: self._data(name, hash) for name, hash in files}
        return {name: data for name, data in found.items() if has_a_table(data)}

    def _data(self, name: str, hash: str) -> Data:
        if hash not in self._parsed:
            if hash not in self._raw:
                self._raw[hash] = self._one(hash)
            self._parsed[hash] = self._parse(name, self._raw.pop(hash))
        found = self._parsed[hash]
        if isinstance(found, ReadError):
            raise ReadError(found.message, file=name, line=found.line, key=found.key)
        self._latest[name] = found
        return found

    def _parse(self, name: str, raw: bytes | ReadError) -> Data | ReadError:
        if isinstance(raw, ReadError):
            return raw
        try:
            return _shared(Document.parse(raw, name).data, self._latest.get(name, {}))
        except ReadError as error:
            return error


def _shared(data: Data, known: Data) -> Data:
    """The data with each table of `known` in the place of one that says the same."""
    return {
        name: _tables(value, known.get(name)) if name in KINDS else _either(value, known.get(name))
        for name, value in data.items()
    }


def _tables(value: object, known: object) -> object:
    if not isinstance(value, Mapping) or not isinstance(known, Mapping):
        return value
    found = {id: _either(table, known.get(id)) for id, table in value.items()}
    alike = list(found) == list(known) and all(found[id] is known[id] for id in found)
    return known if alike else found


def _either(value: object, known: object) -> object:
    return known if known is not None and same(value, known) else value


class Whole(Struct, frozen=True):
    """The tables of all files as one, and whether an id, or a single table, stands in several.

    Of one id in two files the first counts; the glossary has the terms of all.
    """

    tables: Tables
    doubled: bool


def whole(files: Mapping[str, Data]) -> Whole:
    """The tables of these files, as `Workspace.tables` has them."""
    tables: dict[str, Any] = {}
    doubled = False
    for data in files.values():
        for kind, value in data.items():
            if not isinstance(value, Mapping):
                continue
            of_kind = {"": value} if kind in SINGLES else value
            here = tables.get(kind)
            if here is None:
                tables[kind] = of_kind
            elif kind == "glossary":
                tables[kind] = {"": {**value, **here[""]}}
            else:
                doubled = doubled or not here.keys().isdisjoint(of_kind)
                tables[kind] = {**here, **{id: of_kind[id] for id in of_kind if id not in here}}
    return Whole(tables, doubled)


def status_date(tables: Tables) -> date | None:
    """The status date that a text says; None where it says none that counts."""
    settings = tables.get("roadmap", {}).get("")
    found = settings.get("status_date") if isinstance(settings, Mapping) else None
    return found if type(found) is date and FIRST_DAY <= found <= LAST_DAY else None


def _day(written: bytes) -> date | None:
    try:
        day = date.fromisoformat(written.decode())
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None
