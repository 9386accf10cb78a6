"""JSON of `path --json`: the path to an initiative, its bottlenecks, and the paths behind it.

Every key is always there; a missing value is `null`, never 0. Dates are inclusive, durations and
floats are working days. The path view shows the same values.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from planner.roadmap.entities import Status

StepState = Literal["accepted", "agreed", "promised", "countered", "asked", "declined", "not asked"]
"""How far a dependency of the path is agreed."""


class Step(Struct, frozen=True, kw_only=True):
    """One initiative of the path. `total_float` is None once it is finished.

    `waiting` are the days for which it has started and is not worked on, both inclusive.
    """

    id: str
    title: str
    short: str
    """What a picture calls it: its `short`, else its title."""
    side: str
    owner: str | None
    start: date
    finish: date
    duration: int
    total_float: int | None
    critical: bool
    milestone: bool
    status: Status
    started: bool = False
    done: bool = False
    assumed: bool = False
    deadline: date | None = None
    waiting: tuple[date, date] | None = None
    idea: bool = False


class PathLink(Struct, frozen=True, kw_only=True):
    """What makes one step wait for another: every driving link between the two, as one.

    `ties` are the links' types and lags as written (``SS+5d``; empty for a plain finish to start),
    `crosses` says that the two are different sides and neither is joint: a handover. `day` is when
    the state was reached; `wants` is what a counter asks for of one that is agreed.
    """

    on: str
    succ: str
    ties: tuple[str, ...]
    crosses: bool
    state: StepState
    day: date | None = None
    delivers: str | None = None
    why: str | None = None
    promised: date | None = None
    needed_by: date | None = None
    wants: str | None = None


class NearPath(Struct, frozen=True, kw_only=True):
    """A chain beside the path, or beside a nearer chain.

    `total_float` is the smallest of its steps. `behind` is how many days it can slip before the
    target moves; then it drives. `joins` is the step it runs into.
    """

    steps: tuple[Step, ...]
    total_float: int
    behind: int
    joins: str


class Bottleneck(Struct, frozen=True):
    """`waiting` of the `among` other open initiatives before a launch wait for `id`."""

    id: str
    waiting: int
    among: int


class LateBy(Struct, frozen=True, kw_only=True):
    """By how many days the target finishes after its deadline or announced day, the worse of both.

    Over a weekend that is 0 working days and more calendar days.
    """

    working: int
    calendar: int


class PathShown(Struct, frozen=True, kw_only=True):
    """`path --json`. `target` is null where nothing is scheduled, `why_not` where it has a path.

    Steps come by start, then id; `sides` are what those of the steps are called. `behind` are the
    paths behind this one, the nearest first.
    """

    schema: int
    title: str
    as_of: date
    target: str | None
    finish: date | None
    deadline: date | None
    late: LateBy | None
    why_not: str | None
    sides: dict[str, str]
    steps: tuple[Step, ...]
    links: tuple[PathLink, ...]
    behind: tuple[NearPath, ...]
    bottlenecks: tuple[Bottleneck, ...]
