"""JSON of `import --json`: what a file was taken for, what it gives, and what could not be kept.

Every key is always there. Rows count as in the file, from 1, headings included; 0 is the whole
file. Dates are inclusive, days are working days. The import screen shows the same values.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from msgspec import Struct

from planner.roadmap.entities import Severity


class SheetDate(Struct, frozen=True, kw_only=True):
    """A finish that the file gives, `said`, and the plan's: `days` late, negative for early.
    `waits` says whether it is what it needs that sets it, not the status date or its own start.
    """

    id: str
    title: str
    row: int
    said: date
    planned: date
    days: int
    waits: bool


class SheetColumn(Struct, frozen=True, kw_only=True):
    """What a column was taken for: null where its cells are not carried over."""

    heading: str
    meaning: str | None
    why: str


class SheetLink(Struct, frozen=True, kw_only=True):
    """A dependency that the file states, or that an answer gave; `words` are the file's."""

    row: int
    successor: str
    predecessor: str
    type: str
    lag: str
    words: str


class MayMean(Struct, frozen=True, kw_only=True):
    """What a phrase may mean; `kind` is `initiatives`, or `systems` for a tool."""

    id: str
    title: str
    kind: str
    score: float


class OpenPhrase(Struct, frozen=True, kw_only=True):
    """Words that name other work and have no answer yet; `names` are those that name it.

    `id` is the initiative of the row. It waits for what is meant; where `is_predecessor`, what is
    meant waits for it.
    """

    row: int
    column: str
    id: str
    words: str
    names: str
    candidates: tuple[MayMean, ...]
    is_predecessor: bool


class SheetLoss(Struct, frozen=True, kw_only=True):
    """A value that could not be carried over, or not as it stands."""

    row: int
    column: str
    value: str
    why: str


class ImportClash(Struct, frozen=True, kw_only=True):
    """A key that the roadmap (`mine`) and the file (`sheet`) both changed since the last import.

    The finishes are those that the initiative would have with each; null where it has none.
    """

    name: str
    base: Any
    mine: Any
    sheet: Any
    finish_mine: date | None
    finish_sheet: date | None


class AcrossSides(Struct, frozen=True, kw_only=True):
    """The first conflict between two sides; `planner explain CODE:ID` goes on from there."""

    code: str
    id: str
    severity: Severity
    message: str


class Likeliest(Struct, frozen=True, kw_only=True):
    """What the dates of the file would come to if the first candidate of each open phrase were
    meant: `phrases` of them have one. Tried on a copy; nothing of it is written.
    """

    phrases: int
    dates: tuple[SheetDate, ...]
    held: int


class ImportShown(Struct, frozen=True, kw_only=True):
    """`import --json`. `state`: what was written (`written`), would be (`dry run`), is already
    there (`no change`), or waits for an answer because both changed a key (`clashes`).

    `dates` are all finishes of the file, worst first; `held` of them hold, and the open work of
    `overdue` should have finished before the status date. `likeliest` is null where no open phrase
    has a candidate. `handovers` is how many links lead from one side to another, of which
    `unagreed` are not agreed. `met` are initiatives that were there before the first import, by
    their title; `gone` are no longer in the file and stay; `removed` were removed from the roadmap
    and stay so. `edits` says in a line each what is written.
    """

    schema: int
    source: str
    roadmap: str
    is_new: bool
    state: Literal["written", "dry run", "no change", "clashes"]
    files: tuple[str, ...]
    initiatives: int
    dates: tuple[SheetDate, ...]
    held: int
    likeliest: Likeliest | None
    overdue: tuple[str, ...]
    conflict: AcrossSides | None
    handovers: int
    unagreed: int
    columns: tuple[SheetColumn, ...]
    links: tuple[SheetLink, ...]
    phrases: tuple[OpenPhrase, ...]
    losses: tuple[SheetLoss, ...]
    clashes: tuple[ImportClash, ...]
    met: tuple[str, ...]
    gone: tuple[str, ...]
    removed: tuple[str, ...]
    notes: tuple[str, ...]
    edits: tuple[str, ...]
    as_of: date
    """The status date, before which nothing can be planned."""
