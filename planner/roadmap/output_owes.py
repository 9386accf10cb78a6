"""JSON of `owes --json`: what each side still has to hand over to the other, and answers owed.

Every key is always there. Sides are portfolios, or `external` for an owner without one. Days are
inclusive, lengths are working days. The views of the terminal interface show the same values.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

By = Literal["team", "month"]
Answering = Literal["answer", "answer the counter", "accept"]


class DebtRow(Struct, frozen=True, kw_only=True):
    """One handover that is still to come: `giver` and `taker` are sides, `team` who delivers.

    `due` is the day promised, else needed; `day` the one on which it is planned, null where it is
    not scheduled. `days` is how many working days that is after `due`, and `calendar_days` how many
    calendar days: over a weekend the first is 0. `month` is that of `due`, else of `day`.
    """

    supplier: str
    successor: str
    giver: str
    taker: str
    team: str | None
    what: str | None
    month: str | None
    promised: date | None
    needed_by: date | None
    due: date | None
    day: date | None
    days: int
    calendar_days: int
    late: bool
    state: str
    agreed: bool


class AnswerRow(Struct, frozen=True, kw_only=True):
    """An answer that one side waits for: `side` owes it to `other`, for so many working days."""

    act: Answering
    supplier: str
    successor: str
    side: str
    other: str
    team: str | None
    since: date | None
    days: int


class OwedTotal(Struct, frozen=True, kw_only=True):
    """How much one side owes another: handovers, those late and those not agreed, and answers."""

    giver: str
    taker: str
    handovers: int
    late: int
    not_agreed: int
    answers: int


class OwesShown(Struct, frozen=True, kw_only=True):
    """`owes --json`. Debts come by giver, then team or month (`by`), then day; `sides` are what the
    sides are called.
    """

    schema: int
    title: str
    as_of: date
    by: By
    sides: dict[str, str]
    totals: tuple[OwedTotal, ...]
    debts: tuple[DebtRow, ...]
    answers: tuple[AnswerRow, ...]
