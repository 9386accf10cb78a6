"""What was promised, announced, asked and estimated first, read revision by revision.

A word is what somebody wrote of a day: it counts from the revision in which it is seen first, and
each other day after it is a move. A word that is first seen when what it is about is over promises
nothing. Ids that were renamed are followed; a value that can't be read is as if it were not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from planner.conflicts.durations import begun, ended
from planner.conflicts.needs import links_in, parsed
from planner.roadmap.entities import Tables
from planner.roadmap.quantities import Estimate, Need, parse_estimate
from planner.roadmap.values import NotAllowedError
from planner.text.renames import renamed_tables

Pair = tuple[str, str]
"""Successor and supplier of a handover."""

Table = Mapping[str, Any]


class Word(Struct, frozen=True):
    """A day as it was written: on which day of the record, and whether it was over by then."""

    on: date
    day: date
    over: bool


class FirstWords:
    """All words of a roadmap's revisions, added oldest first, under the ids of the last.

    `since` is the day of the first.
    """

    def __init__(self) -> None:
        self.promised: dict[Pair, list[Word]] = {}
        self.asked: dict[Pair, date] = {}
        self.agreed: dict[Pair, date] = {}
        self.announced: dict[str, list[Word]] = {}
        self.estimates: dict[str, Estimate] = {}
        """The first estimate of each initiative that had not started when it was written."""
        self.since: date | None = None
        self._last: Mapping[str, Any] = {}
        self._day = date.min

    def add(self, day: date, revision: Tables) -> None:
        """Read a revision of a day; none is earlier than the one before it."""
        self._day = day = max(day, self._day)
        self.since = self.since or day
        before, self._last = self._last, revision.get("initiatives", {})
        tables = self._last
        if before.keys() - tables.keys():
            self._rename(before, tables)
        for id, table in tables.items():
            if isinstance(table, Mapping) and before.get(id) is not table:
                self._read(day, id, table)

    def _rename(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        found = renamed_tables({"initiatives": before}, {"initiatives": after})
        names = {was: now for (_, was), now in found.items()}
        if names:
            for pairs in (self.promised, self.asked, self.agreed):
                _rekey(pairs, lambda pair: tuple(names.get(id, id) for id in pair))
            for ids in (self.announced, self.estimates):
                _rekey(ids, lambda id: names.get(id, id))

    def _read(self, day: date, id: str, table: Table) -> None:
        if (announced := _day(table, "announced")) is not None:
            _say(self.announced, id, Word(day, announced, ended(table)))
        if id not in self.estimates and not begun(table):
            estimate = _estimate(table)
            if estimate is not None:
                self.estimates[id] = estimate
        for supplier, needs in _links(table).items():
            self._read_links(day, (id, supplier), needs)

    def _read_links(self, day: date, pair: Pair, needs: list[Need]) -> None:
        for key, first in (("asked", self.asked), ("agreed", self.agreed)):
            said = [when for need in needs if (when := getattr(need, key)) is not None]
            if said:
                first.setdefault(pair, min(said))
        need = spoken_for(needs)
        if need is not None:
            promised = word_of(need)
            assert promised is not None
            supplier = self._last.get(pair[1])
            over = isinstance(supplier, Mapping) and _delivered(supplier, need)
            _say(self.promised, pair, Word(day, promised, over))


def _rekey(found: dict[Any, Any], named: Any) -> None:
    """Give what is known new names; what is there under a new name already was another's."""
    items = list(found.items())
    found.clear()
    for key, value in items:
        found[named(key)] = value


def _say(words: dict[Any, list[Word]], about: Any, word: Word) -> None:
    """Add a word where it is another day than the last one."""
    said = words.setdefault(about, [])
    if not said or said[-1].day != word.day:
        said.append(word)


# --- links ----------------------------------------------------------------------------------------


def spoken_for(needs: Iterable[Need]) -> Need | None:
    """The link of a pair for which a day was promised, first one that waits for a finish."""
    said = [need for need in needs if word_of(need) is not None]
    return min(said, key=lambda need: need.type[0] != "F", default=None)


def word_of(need: Need) -> date | None:
    """The day that was promised: what was agreed without one was agreed for when it is needed."""
    return need.promised or (need.needed_by if need.agreed is not None else None)


def _links(table: Table) -> dict[str, list[Need]]:
    found: dict[str, list[Need]] = {}
    for written in links_in(table.get("needs")):
        need = parsed(written) if isinstance(written, Mapping) else None
        if need is not None:
            found.setdefault(need.on, []).append(need)
    return found


def _delivered(supplier: Table, need: Need) -> bool:
    return ended(supplier) if need.type[0] == "F" else begun(supplier)


# --- tables ---------------------------------------------------------------------------------------


def _day(table: Table, key: str) -> date | None:
    value = table.get(key)
    return value if type(value) is date else None


def _estimate(table: Table) -> Estimate | None:
    try:
        return parse_estimate(table["estimate"]) if "estimate" in table else None
    except NotAllowedError:
        return None
