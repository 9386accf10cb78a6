"""JSON of `promises --json`: what was promised, announced and estimated, and what came of it.

What was said first is read from git; without it the file alone is asked, as `source` says. Days are
working days; a slip counts from the first date, late is positive. A figure with fewer than three
cases is `null`: `cases` says how many there are. Every key is always there. Both sides are measured
alike.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

By = Literal["kind", "team", "side"]
"""What the figures are grouped by: the kind, the team or the side of whoever gave the word."""

ENOUGH = 3
"""From so many cases on there is a figure."""


class Kept(Struct, frozen=True, kw_only=True):
    """Of so many that have come, how many came on the first date or before it, and how late they
    were on average; early ones count below 0.
    """

    cases: int
    kept: int | None
    mean_slip: float | None


class Holds(Struct, frozen=True, kw_only=True):
    """Of so many that were promised, how many came on the first date or before it, or do so by the
    plan: what is known before all is delivered.
    """

    cases: int
    holds: int | None


class Moves(Struct, frozen=True, kw_only=True):
    """Of so many promises, how many were given another date before they were kept, and how often.

    `notice` is the median of the working days from a move to the date that it took back; below 0
    where that date had passed.
    """

    cases: int
    moved: int | None
    times: int | None
    later: int | None
    notice: float | None


class Took(Struct, frozen=True, kw_only=True):
    """The working days from one day to another: their median, the least and the most."""

    cases: int
    median: float | None
    least: int | None
    most: int | None


class Ratio(Struct, frozen=True, kw_only=True):
    """Actual working days divided by those of the first estimate: their median, and what 8 in 10
    stayed within.
    """

    cases: int
    median: float | None
    within: float | None


class PromisesGroup(Struct, frozen=True, kw_only=True):
    """All figures of one kind, team or side; `key` is null for no team or side, and for all.

    Of handovers the predecessor's is meant, of `delivered_to_accepted` the successor's, who
    accepts. `moved` is null without a record in git.
    """

    key: str | None
    title: str
    delivered: Kept
    still_holds: Holds
    moved: Moves | None
    asked_to_agreed: Took
    asked_to_delivered: Took
    delivered_to_accepted: Took
    launched: Kept
    launches_hold: Holds
    estimates: Ratio


class EstimateRow(Struct, frozen=True, kw_only=True):
    """The estimates of one kind by one team; `team` is null for work without an owner."""

    team: str | None
    title: str
    kind: str
    ratio: Ratio


class MoveRow(Struct, frozen=True, kw_only=True):
    """A promise that was given another date: `on` is the day of the revision."""

    on: date
    was: date
    now: date
    notice: int


class HandoverRow(Struct, frozen=True, kw_only=True):
    """One handover with its dates. `first` is the date promised first, `promised` the one now.

    `delivered` is null before that; `expected` is the plan's date. `slip` is from `first` to the
    one or the other; null without a first date, or with one that was written after delivery.
    """

    successor: str
    supplier: str
    delivers: str | None
    kind: str
    team: str | None
    side: str | None
    to_side: str | None
    state: str
    asked: date | None
    agreed: date | None
    first: date | None
    promised: date | None
    expected: date | None
    delivered: date | None
    accepted: date | None
    slip: int | None
    holds: bool | None
    moves: tuple[MoveRow, ...]


class LaunchRow(Struct, frozen=True, kw_only=True):
    """One launch against the date announced first; `finish` is actual where it is `done`."""

    id: str
    title: str
    kind: str
    team: str | None
    side: str | None
    first: date
    announced: date | None
    finish: date | None
    done: bool
    slip: int | None
    holds: bool | None


class WaitingRow(Struct, frozen=True, kw_only=True):
    """A handover that was asked for and that nobody has answered; `side` and `team` owe it."""

    successor: str
    supplier: str
    side: str | None
    team: str | None
    asked: date
    days: int


class Unknown(Struct, frozen=True, kw_only=True):
    """What is left out of the figures: promises and announcements that were first written when all
    was over; done work without actual dates, or without an estimate of before it started; promised
    handovers and announced launches that are dropped or removed (`gone`); and revisions that can't
    be read.
    """

    handovers: int
    launches: int
    estimates: int
    gone: int
    revisions: int


class PromisesShown(Struct, frozen=True, kw_only=True):
    """`promises --json`. `since` is the day of the first revision that is read; `shallow` says that
    the clone has no more before it. `sides` are what portfolios are called.
    """

    schema: int
    title: str
    as_of: date
    source: Literal["git", "file"]
    since: date | None
    shallow: bool
    by: By
    sides: dict[str, str]
    all: PromisesGroup
    groups: tuple[PromisesGroup, ...]
    estimates: tuple[EstimateRow, ...]
    handovers: tuple[HandoverRow, ...]
    launches: tuple[LaunchRow, ...]
    waiting: tuple[WaitingRow, ...]
    unknown: Unknown
