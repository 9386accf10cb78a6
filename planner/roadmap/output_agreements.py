"""JSON of `agreements --json`: what is in it beside the values of the agreements view."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Freeing(Struct, frozen=True):
    """The open handovers before a launch: when all of these are agreed, none is open any more.

    `handovers` are (supplier, successor). `number` is how many there are; of very many only the
    first are listed.
    """

    launch: str
    number: int
    handovers: tuple[tuple[str, str], ...]


class Allowance(Struct, frozen=True, kw_only=True):
    """What a working agreement lets those of a party do who are accountable or responsible
    (`doing`): up to `limit` and `access`. It allows nothing yet where a side is `lacking`.
    """

    agreement: str
    title: str
    doing: tuple[str, ...]
    limit: float | None
    access: str | None
    capabilities: tuple[str, ...]
    systems: tuple[str, ...]
    data: tuple[str, ...]
    lacking: tuple[str, ...]
    review_by: date | None


class HasToAsk(Struct, frozen=True, kw_only=True):
    """Whom a party has to ask about what its open `work` touches: `kind` and `id` are a system,
    data, or the working agreement that another team is accountable for.
    """

    whom: str
    kind: str
    id: str
    work: tuple[str, ...]


class Mandate(Struct, frozen=True, kw_only=True):
    """`mandate` of `agreements --for WHO --json`: what it may do without asking, whom it has to
    ask, the handovers (supplier, successor) that it owes and awaits, and the decisions and actions
    that are its own.
    """

    who: str
    side: str | None
    allowed: tuple[Allowance, ...]
    asks: tuple[HasToAsk, ...]
    owes: tuple[tuple[str, str], ...]
    awaits: tuple[tuple[str, str], ...]
    decides: tuple[str, ...]
    does: tuple[str, ...]
