"""The tables that rows become: names to ids, lengths and dates by the format's rules, losses kept.

Start and end give the estimate, in days from Monday to Friday. The end is a deadline only where the
column says so, and the start holds only what waits for nothing (`held`), which is known when the
links are. Whatever the format would refuse is taken out again, with a loss that names it.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from planner.analysis.importing import Column, Incoming, Loss, SheetDates
from planner.exchange.importing.headings import folded
from planner.exchange.importing.linking import Text
from planner.roadmap.fields import KIND_NOUNS, keys_in_order
from planner.roadmap.figures import listed
from planner.roadmap.ids import id_like, is_id, make_id
from planner.roadmap.problems import Problem
from planner.roadmap.tables import read_checks, read_settings, read_table, read_terms

MOST_KEYED = 40
"""Letters of an id that a key and a title make."""
MOST_TITLE = 120
"""Longer titles are cut; the whole stands in the notes."""
_KEY = re.compile(r"[A-Za-z][\w./# -]{0,39}")
"""A key that people call work by: ``SHOP-12``, ``M1``, ``web#12``; no number alone."""
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


_GAP = re.compile(r"\s{50,}")
"""What separates names tries each of its blanks: 30,000 in a row would take minutes."""


def plain(text: str) -> str:
    """A text without control characters, what turns or hides it, and gaps that nobody types."""
    seen = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return _GAP.sub(lambda gap: "\n" if "\n" in gap[0] else " ", seen)


def rows_told(rows: Sequence[int]) -> str:
    """``row 3``, ``rows 2–9 and 12``."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    parts = [
        part
        for run in runs
        for part in ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run))
    ]
    return f"row{'s' if len(rows) > 1 else ''} {listed(parts, None)}"


class Draft:
    """What is known of a file so far."""

    def __init__(self, source: str, today: date) -> None:
        self.source, self.today = source, today
        self.tables: dict[str, dict[str, dict[str, Any]]] = {}
        self.rows: dict[str, int] = {}
        self.keys: dict[str, str] = {}
        self.columns: list[Column] = []
        self.dates: list[SheetDates] = []
        self.losses: list[Loss] = []
        self.notes: list[str] = []
        self.texts: list[Text] = []
        self.currency = ""
        """As ISO writes it; empty where no amount names one."""
        self._known: dict[tuple[str, str], str] = {}
        self._rows_of: dict[tuple[str, str], int] = {}
        self._times: dict[str, int] = {}

    def lose(self, row: int, column: str, value: str, why: str) -> None:
        """A value that is not carried over, or not as it stands."""
        self.losses.append(Loss(row, column, plain(value), why))

    def note(self, text: str) -> None:
        """What is to be known of the whole, once."""
        if text not in self.notes:
            self.notes.append(text)

    def named(self, kind: str, name: str, label: str = "title") -> str:
        """The id of what is called so, with a table for it."""
        words = " ".join(plain(name).split())
        key = folded(words.replace("+", " plus ")) or words
        shared = ("teams", "people") if kind in ("teams", "people") else (kind,)
        known = next((self._known[k, key] for k in shared if (k, key) in self._known), None)
        if known is None:
            taken = ChainMap(*(self.tables.get(each, {}) for each in shared))
            known = self._known[kind, key] = make_id(words, taken, KIND_NOUNS[kind].split()[0])
            self.tables.setdefault(kind, {})[known] = {label: words}
        return known

    def stood(self, what: str, text: str, row: int) -> int | None:
        """The last row before this one that had the same key or title; None for the first."""
        before = self._rows_of.get((what, text))
        self._rows_of[what, text] = row
        return before

    def initiative(self, row: int, title: str, key: str) -> str:
        """A new initiative. Its id is its key where that is an id already; a key of another tool
        has the title behind it, since texts speak of initiatives by their ids.
        """
        known = self.tables.setdefault("initiatives", {})
        named = _named(key, title)
        times = self._times[named] = self._times.get(named, 0) + 1
        id = make_id(named if times == 1 else f"{named} {times}", known)
        known[id] = {"title": title} if title else {}
        self.rows[id] = row
        if key:
            self.keys[id] = key
        return id

    def incoming(self) -> Incoming:
        """All of it; what the format refuses is taken out, and said."""
        self._verify()
        tables = {
            kind: {id: _in_order(kind, table) for id, table in found.items()}
            for kind, found in self.tables.items()
        }
        return Incoming(
            self.source,
            tables,
            self.rows,
            self.keys,
            tuple(self.columns),
            dates=tuple(self.dates),
            losses=tuple(self.losses),
            notes=tuple(self.notes),
        )

    def _verify(self) -> None:
        for kind, found in self.tables.items():
            for id, table in found.items():
                for problem in _problems(kind, id, table, self.source):
                    key = problem.key[0] if problem.key else ""
                    if key in table:
                        row = self.rows.get(id, 0) if kind == "initiatives" else 0
                        self.lose(row, key, str(table.pop(key)), problem.message)


def _problems(kind: str, id: str, table: dict[str, Any], file: str) -> tuple[Problem, ...]:
    single = {"roadmap": read_settings, "checks": read_checks, "glossary": read_terms}.get(kind)
    return (single(table, file) if single else read_table(kind, id, table, file)).problems


def _named(key: str, title: str) -> str:
    """What an id is made of: as many whole words as `MOST_KEYED` letters have."""
    if not (_KEY.fullmatch(key) and id_like(key)):
        return title
    if is_id(key) or key == title:
        return key
    parts = id_like(f"{key} {title}").split("-")
    while len(parts) > 2 and len("-".join(parts)) > MOST_KEYED:
        parts.pop()
    return "-".join(parts)


def _in_order(kind: str, table: dict[str, Any]) -> dict[str, Any]:
    order = {key: at for at, key in enumerate(keys_in_order(kind))}
    return dict(sorted(table.items(), key=lambda item: order.get(item[0], len(order))))


# --- what the links decide ------------------------------------------------------------------------


def held(incoming: Incoming, newly_waiting: Container[str] | None = None) -> Incoming:
    """The same with the starts of the sheet as bounds of what waits for nothing, and of nothing
    else. Where links came later, only what of `newly_waiting` has one is looked at.
    """
    waiting = {link.successor for link in incoming.links}
    starts = {
        each.id: each.start
        for each in incoming.dates
        if each.start is not None
        and (newly_waiting is None or (each.id in newly_waiting and each.id in waiting))
    }
    found = dict(incoming.tables.get("initiatives", {}))
    for id, start in starts.items():
        table = dict(found.get(id, {}))
        if table.get("start_no_earlier_than", start) != start:
            continue
        table.pop("start_no_earlier_than", None)
        if id not in waiting and not table.get("needs") and is_ahead(table):
            table["start_no_earlier_than"] = start
        if id in found:
            found[id] = _in_order("initiatives", table)
    return replace(incoming, tables={**incoming.tables, "initiatives": found})


def is_ahead(table: Mapping[str, Any]) -> bool:
    """Whether work is still to begin, so that a bound can hold it."""
    begun = "actual_start" in table or "actual_finish" in table
    return not begun and table.get("status") not in ("done", "dropped")
