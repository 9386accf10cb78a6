"""JSON of `show --json` and `check --json`; fields are printed in the order of these structs.

Every key is always there; a missing value is `null`, never 0. Dates are inclusive; lengths, lags,
slacks and floats are working days. `SCHEMA` is raised when a key is removed or changes its meaning,
not for a new key.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

from planner.roadmap.entities import Severity, Status
from planner.roadmap.quantities import LinkType

SCHEMA = 1


class ReasonRow(Struct, frozen=True, kw_only=True):
    """Why an initiative starts when it does: the first that holds.

    `on`, `type` and `lag` tell the driving link; `key` the date somebody set; `day` what it says.
    Where `key` is `as_late_as_possible`, it is placed so that `on` does not move.
    """

    kind: Literal["actual", "link", "date", "status_date", "start"]
    on: str | None
    type: LinkType | None
    lag: int | None
    key: str | None
    day: date | None


class CounterRow(Struct, frozen=True, kw_only=True):
    """Other terms that one side wants, and the other has not answered. `lag` is working days."""

    by: str | None
    on: date | None
    promised: date | None
    needed_by: date | None
    type: LinkType | None
    lag: int | None


class NeedRow(Struct, frozen=True, kw_only=True):
    """A link to a predecessor. `slack` is null where one end has no dates.

    It drives where it left no slack before anything was moved as late as possible. Behind that the
    terms and the answers, as they are written.
    """

    on: str
    type: LinkType
    lag: int
    slack: int | None
    driving: bool
    delivers: str | None = None
    why: str | None = None
    accepted_when: str | None = None
    asked: date | None = None
    needed_by: date | None = None
    promised: date | None = None
    agreed: date | None = None
    declined: date | None = None
    accepted: date | None = None
    rejected: date | None = None
    counter: CounterRow | None = None
    by: str | None = None
    note: str | None = None


class WasRow(Struct, frozen=True, kw_only=True):
    """Where an initiative was by the baseline; `moved` is by how many working days its finish is
    later now. All is null where the baseline has no dates of it, `moved` where there are none now.
    """

    start: date | None
    finish: date | None
    moved: int | None


class BaselineRow(Struct, frozen=True, kw_only=True):
    """The baseline: the full hash of its commit, and its status date."""

    commit: str
    day: date


class InitiativeRow(Struct, frozen=True, kw_only=True):
    """One initiative with its dates. Dates and floats are null where it is not scheduled.

    `estimate` is one number of working days, or three; null where none is written. `assumed` says
    that its length or one of its dates stands in for one that nobody wrote. `unscheduled` says why
    it has no dates. `waiting` are the first and the last day of the time in which it has started
    and nobody works on it: between what was done of it and what remains. `was` is there with
    `--baseline`.
    """

    id: str
    title: str
    portfolio: str | None
    owner: str | None
    status: Status
    start: date | None
    finish: date | None
    late_start: date | None
    late_finish: date | None
    duration: int | None
    total_float: int | None
    free_float: int | None
    critical: bool
    near_critical: bool
    driven_by: tuple[str, ...]
    reason: ReasonRow | None
    needs: tuple[NeedRow, ...]
    estimate: tuple[int, ...] | None
    deadline: date | None
    actual_start: date | None
    actual_finish: date | None
    assumed: bool
    file: str | None
    line: int | None
    kind: str
    milestone: bool
    unscheduled: str | None
    waiting: tuple[date, date] | None
    was: WasRow | UnsetType = UNSET


class PathRow(Struct, frozen=True, kw_only=True):
    """The driving links back from one target, in schedule order.

    Where there are very many launches, of a long path to another than the main one the nearest.
    """

    target: str
    initiatives: tuple[str, ...]


class FindingRow(Struct, frozen=True, kw_only=True):
    """A conflict: what it is, on what, who moves next, where it is, and commands that fix it.

    `next` is the side that moves next, `next_party` its team or person; null where none is named.

    In a very large plan with very many findings `fixes` are sought for the first ones only: it is
    null where nobody looked, empty where nothing was found. One of them is null where no command
    says it: `planner check --fix` makes it, or who edits the file at `line`. `fixes_failed` is
    there where a bug kept some from being found, and says which.
    """

    rule: str
    code: str
    severity: Severity
    on: tuple[str, ...]
    message: str
    next: str | None
    next_party: str | None
    data: dict[str, Any]
    file: str | None
    line: int | None
    fixes: tuple[str | None, ...] | None
    fingerprint: str
    waived: bool
    fixes_failed: str | UnsetType = UNSET


class Shown(Struct, frozen=True, kw_only=True):
    """`show --json`. Initiatives come in file order, of the findings what costs most first.

    The `critical_path` is the path to the `main_launch`, which is also the first of the `paths`.
    `baseline` is there with `--baseline`.
    """

    schema: int
    title: str
    as_of: date
    start: date | None
    finish: date | None
    critical_path: tuple[str, ...]
    main_launch: str | None = None
    initiatives: tuple[InitiativeRow, ...]
    paths: tuple[PathRow, ...]
    unscheduled: tuple[str, ...]
    findings: tuple[FindingRow, ...]
    baseline: BaselineRow | UnsetType = UNSET


class Short(Struct, frozen=True, kw_only=True):
    """`--short` of every command that has `--json`: at most 4,000 bytes.

    `question` is the command. Facts and lists beside these keys are those of its `--json`, or taken
    from them; long texts end with ``…``. `more` counts the rows of each list that are left out.
    """

    schema: int
    question: str
    more: dict[str, int]


class Checked(Struct, frozen=True, kw_only=True):
    """`check --json`: the same without the initiatives."""

    schema: int
    title: str
    as_of: date
    start: date | None
    finish: date | None
    critical_path: tuple[str, ...]
    main_launch: str | None = None
    paths: tuple[PathRow, ...]
    unscheduled: tuple[str, ...]
    findings: tuple[FindingRow, ...]
