"""JSON of `capacity --json`: people needed by team and week, against the people there are.

Every key is always there. Figures are people: 0.5 is half of one person's time. A period is a week,
a month or a quarter, named by its first day; `needed` and `there` of a team are in their order.
Days before the status date do not count, and nor does work while it waits. `there` is null where
nobody wrote a `capacity`. The views of the terminal interface show the same values.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from planner.roadmap.entities import Status

PeriodKind = Literal["week", "month", "quarter"]


class OverloadRow(Struct, frozen=True, kw_only=True):
    """A run of working days on which a team needs more people than it has; figures of the worst."""

    first: date
    last: date
    days: int
    needed: float
    there: float


class MostRow(Struct, frozen=True, kw_only=True):
    """The heaviest period of a team, named by its first day."""

    period: date
    needed: float
    there: float | None


class TeamRow(Struct, frozen=True, kw_only=True):
    """A team: what it needs and has in each period.

    `capacity` is how many people there are on the status date, `capacity_from` what it is from a
    day on. `most` is the heaviest period, null where the team is not needed. `overloads` are all
    runs of days above capacity, also those too short or too small for a conflict (CAP01).
    """

    id: str
    title: str
    side: str
    capacity: float | None
    capacity_from: dict[date, float]
    needed: tuple[float, ...]
    there: tuple[float | None, ...]
    most: MostRow | None
    overloads: tuple[OverloadRow, ...]


class WorkedRow(Struct, frozen=True, kw_only=True):
    """A piece of work that runs then: people of the team, and the days on which it is worked."""

    id: str
    title: str
    side: str
    status: Status
    people: float
    first: date
    last: date
    total_float: int | None
    critical: bool


class HelperRow(Struct, frozen=True, kw_only=True):
    """Somebody of another team who has a skill, and how busy that team is then.

    `responsible` is the work that this person answers for then, `leaves` the last day here where
    that is before the end of the period, and `overloaded` tells that the team has too much itself.
    """

    person: str
    name: str
    team: str | None
    side: str
    needed: float
    there: float | None
    responsible: tuple[str, ...]
    leaves: date | None
    overloaded: bool


class SkillHelpRow(Struct, frozen=True, kw_only=True):
    """A skill that the work of the period asks for, and who outside the team has it."""

    skill: str
    people: tuple[HelperRow, ...]


class FreeRow(Struct, frozen=True, kw_only=True):
    """A team none of whose people has a skill that is asked for, and how many are free then."""

    team: str
    side: str
    free: float


class CellRow(Struct, frozen=True, kw_only=True):
    """One team in one period: what runs then, and who could help. `last` is its last day;
    `overload` the run of days that is above capacity, null where none is.
    """

    team: str
    period: date
    last: date
    needed: float
    there: float | None
    overload: OverloadRow | None
    work: tuple[WorkedRow, ...]
    help: tuple[SkillHelpRow, ...]
    free: tuple[FreeRow, ...]


class SkillGapRow(Struct, frozen=True, kw_only=True):
    """Open work that asks for skills nobody on its teams has; `people` have them elsewhere."""

    id: str
    side: str
    teams: tuple[str, ...]
    skills: tuple[str, ...]
    people: tuple[str, ...]


class CapacityShown(Struct, frozen=True, kw_only=True):
    """`capacity --json`. Teams come by side, in file order; `sides` are what portfolios are called.

    `cells` are told in full: with `--team`, each period in which it begins to be overloaded (the
    heaviest one where it never is), or the period of `--on`. Of all teams of the roadmap (`total`),
    `overloaded` need more people than they have on some day.
    """

    schema: int
    title: str
    as_of: date
    by: PeriodKind
    periods: tuple[date, ...]
    last: date
    sides: dict[str, str]
    total: int
    overloaded: int
    teams: tuple[TeamRow, ...]
    cells: tuple[CellRow, ...]
    skills: tuple[SkillGapRow, ...]
