"""JSON of `history --json`: where each launch would have landed, step by step, and why it moved.

A step is one commit of the first-parent line, or what is not committed yet. It has three dates of
its launch: `then` is the plan before it at that plan's own status date, `seen` the same text with
the facts of the step and at its status date, `now` the plan after it. So `moved` is always `time`
(then to seen) plus `edits` (seen to now), in working days, later is positive. Facts are `status`,
`actual_start`, `actual_finish`, `percent_complete`, `remaining` and the roadmap's `status_date`, of
ids that both texts have. A missing date is `null`: not there, or in a circle. Every key is always
there. The views of the terminal interface show the same values.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class RevisionRow(Struct, frozen=True, kw_only=True):
    """One revision: `day` is its status date, which no later revision falls short of.

    `commit` is a full hash, ``None`` for what is not committed; then `author` is ``""``.
    """

    commit: str | None
    author: str
    day: date
    subject: str


class CauseRow(Struct, frozen=True, kw_only=True):
    """One table whose edit a date would not have moved without.

    `text` is ``customer-sso 7w → 9w``. `commit` and `author` are of whoever changed the table last,
    in a merge on its other side. `days` is the figure of the step's edits where this is the only
    cause; several are named together, without figures.
    """

    kind: str
    id: str
    text: str
    keys: tuple[tuple[str, ...], ...]
    commit: str | None
    author: str
    days: int | None


class StepRow(Struct, frozen=True, kw_only=True):
    """One move of one launch. `waited` are what time alone did, in words: work that should have
    started or finished and had not, work that went on faster or slower than planned.
    """

    revision: RevisionRow
    then: date | None
    seen: date | None
    now: date | None
    moved: int | None
    time: int | None
    edits: int | None
    waited: tuple[str, ...]
    causes: tuple[CauseRow, ...]


class PointRow(Struct, frozen=True, kw_only=True):
    """Where a launch would have landed by the plan of one revision, at that plan's status date."""

    revision: RevisionRow
    finish: date | None


class TrendRow(Struct, frozen=True, kw_only=True):
    """One launch: its points oldest first, one for each revision, and the steps that moved it.

    `first` and `last` are its first and last date; `moved`, `time` and `edits` are the sums of the
    steps between them, in working days. Steps come oldest first.
    """

    id: str
    title: str
    main: bool
    deadline: date | None
    announced: date | None
    first: date | None
    last: date | None
    moved: int | None
    time: int | None
    edits: int | None
    points: tuple[PointRow, ...]
    steps: tuple[StepRow, ...]


class GapRow(Struct, frozen=True, kw_only=True):
    """A revision that can't be read: a gap in every line."""

    revision: RevisionRow
    message: str


class HistoryShown(Struct, frozen=True, kw_only=True):
    """`history --json`. `since` is the day of the first revision that is looked at; `shallow` says
    that the clone has no more before it. `meetings` are the days between then and now on which the
    sides met, as `last` of their joint meeting said one after the other: the reporting days of the
    chart, where there are at least two.
    """

    schema: int
    title: str
    as_of: date
    since: date | None
    shallow: bool
    main_launch: str | None
    meetings: tuple[date, ...]
    trends: tuple[TrendRow, ...]
    gaps: tuple[GapRow, ...]
