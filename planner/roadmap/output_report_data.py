"""JSON of `report --for-data ID --json`: who works with a class of data, and what is missing.

Keys and rules as in `planner.roadmap.output`. A review that nobody gave is `null`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from planner.roadmap.entities import Classification, Standing, Status, SystemStatus

Use = Literal["on customers", "processes"]
"""How work touches data: it uses them on customers (`activates`), or only processes them."""


class DataWork(Struct, frozen=True, kw_only=True):
    """Work that uses the data. `reviews` are those who have to give a view, with the day on which
    they did; `lacking` those of them without whom it must not go on: not those whose own work it
    is, nor where a working agreement covers it. `consent` says whether consent is there before it
    starts, null where none is needed.
    """

    id: str
    title: str
    team: str | None
    side: str | None
    status: Status
    use: Use
    start: date | None
    finish: date | None
    reviews: dict[str, date | None]
    lacking: tuple[str, ...]
    consent: bool | None


class DataSystem(Struct, frozen=True, kw_only=True):
    """A system that holds the data; `vendor` is who processes them outside. `connects` are the
    systems that get them from it, `changed_by` open work that alters it.
    """

    id: str
    title: str
    team: str | None
    vendor: str | None
    status: SystemStatus | None
    standing: Standing | None
    standing_until: date | None
    reviews: dict[str, date]
    connects: tuple[str, ...]
    changed_by: tuple[str, ...]


class DataAgreement(Struct, frozen=True, kw_only=True):
    """A working agreement on the data; `agreed` is by side, null where one has not."""

    id: str
    title: str
    accountable: tuple[str, ...]
    responsible: tuple[str, ...]
    access: Classification | None
    agreed: dict[str, date | None]
    review_by: date | None


class DataProvider(Struct, frozen=True, kw_only=True):
    """A system that provides consent; `by` is the work that brings it live, `live` on which day."""

    id: str
    title: str
    status: SystemStatus | None
    by: str | None
    live: date | None


class MissingRow(Struct, frozen=True, kw_only=True):
    """What is missing, by which rule, and who moves next."""

    code: str
    text: str
    next: str


class DataShown(Struct, frozen=True, kw_only=True):
    """`report --for-data ID --json`. Teams, parties and systems are named by their titles."""

    schema: int
    roadmap: str
    as_of: date
    revision: str | None
    id: str
    title: str
    classification: Classification | None
    personal: bool
    steward: str | None
    reviewers: tuple[str, ...]
    work: tuple[DataWork, ...]
    systems: tuple[DataSystem, ...]
    consent: tuple[DataProvider, ...]
    agreements: tuple[DataAgreement, ...]
    missing: tuple[MissingRow, ...]
