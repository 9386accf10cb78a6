"""JSON of `compare --json`: revisions or branches side by side, each at its own status date.

Days are inclusive, lateness is working days. Every key is always there; what a revision does not
have is `null`.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from planner.roadmap.output_path import LateBy


class LaunchColumn(Struct, frozen=True, kw_only=True):
    """A launch in one revision; `moved` is its shift from the first revision in working days."""

    finish: date | None
    late: LateBy | None
    moved: int | None


class LoadColumn(Struct, frozen=True, kw_only=True):
    """The worst overload of a team: people needed, people there, on how many working days."""

    needed: float
    capacity: float
    days: int


class CompareColumn(Struct, frozen=True, kw_only=True):
    """One revision; `commit` is null for the files as they are. Launches by id, in the order of the
    rows, of which the first is the main one of the first revision: `finish` is that one's in each;
    money by side, `cost_of_delay` of what is late; `load` has the teams with an overload.
    """

    name: str
    commit: str | None
    as_of: date
    finish: date | None
    launches: dict[str, LaunchColumn]
    cost: dict[str, float]
    cost_of_delay: float | None
    errors: int
    warnings: int
    load: dict[str, LoadColumn]


class CompareShown(Struct, frozen=True, kw_only=True):
    """`compare --json`. `launches`, `sides` and `teams` say what ids are called, in the order in
    which they are shown.
    """

    schema: int
    title: str
    currency: str | None
    launches: dict[str, str]
    sides: dict[str, str]
    teams: dict[str, str]
    columns: tuple[CompareColumn, ...]
