"""What an import found and what it would do, as values: printed, previewed and written from these.

A reader of `planner.exchange.importing` makes an `Incoming` of a file and knows nothing of the
roadmap it goes to. Rows count as a person counts them in the file, from 1, headings included.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct


class Column(Struct, frozen=True):
    """What a column was taken for."""

    heading: str
    meaning: str | None
    """A word of `planner.exchange.importing.headings`; None: its cells are not carried over."""
    why: str = ""
    """Where the meaning is not the heading's alone: the order of dates, a unit assumed."""


class Loss(Struct, frozen=True):
    """A value that could not be carried over, or not as it stands. `row` 0 is the whole file."""

    row: int
    column: str
    value: str
    why: str


class Link(Struct, frozen=True):
    """A dependency that the file states outright; `key` in `words` says how it stood there."""

    row: int
    successor: str
    predecessor: str
    words: str
    type: str = "FS"
    lag: str = ""
    """As the format writes it: ``+5d``, ``-1w``; empty for none."""
    delivers: str = ""


class Candidate(Struct, frozen=True):
    """What a phrase may mean."""

    id: str
    title: str
    kind: str = "initiatives"
    """`initiatives`, or `systems` for a tool."""
    score: float = 0.0


class Phrase(Struct, frozen=True):
    """Words that name other work, in a title, note or comment: the queue asks what they mean."""

    row: int
    column: str
    successor: str
    words: str
    """What stands there, whole: ``needs consent API from IT``."""
    names: str
    """What of it names the other work: ``consent API``; empty where it says that none is meant."""
    candidates: tuple[Candidate, ...] = ()
    """At most three, the likeliest first."""
    is_predecessor: bool = False
    """The words name what waits for the initiative (``before the launch of Y``)."""
    type: str = "FS"
    lag: str = ""
    """What stands before or behind the name: ``+5d`` of ``1 week before the launch``."""
    is_dependency: bool = False
    """The words are of a dependency column, and stand nowhere else."""


class SheetDates(Struct, frozen=True):
    """The days that the file gives an initiative, both inclusive, as it writes them."""

    row: int
    id: str
    start: date | None = None
    finish: date | None = None
    column: str = ""
    """The heading of the column that `finish` stands in."""


class Incoming(Struct, frozen=True):
    """All that a file says, in the roadmap's terms. The same file always gives the same."""

    source: str
    """The file's name, without its folder."""
    tables: Mapping[str, Mapping[str, Mapping[str, Any]]]
    """Kind → id → keys and values as the format writes them; `needs` without the `links`."""
    rows: Mapping[str, int] = {}
    """Initiative → the row that it stands in."""
    keys: Mapping[str, str] = {}
    """Initiative → the key that its source knows it by (``SHOP-12``), where it has one."""
    columns: tuple[Column, ...] = ()
    links: tuple[Link, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    dates: tuple[SheetDates, ...] = ()
    losses: tuple[Loss, ...] = ()
    notes: tuple[str, ...] = ()
    """What is to be known of the whole: semantics that differ, what was assumed."""
    is_own: bool = False
    """Whether it is an export of a roadmap: then its ids are that roadmap's."""


class DateHeld(Struct, frozen=True):
    """A finish of the file against the plan's: `days` late in working days, negative for early."""

    id: str
    title: str
    row: int
    said: date
    planned: date
    days: int
    waits: bool
    """What it needs sets it, not the status date or its own start."""


class Arrived(Struct, frozen=True):
    """How many initiatives an import added and changed."""

    source: str
    added: int
    changed: int
