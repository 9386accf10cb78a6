"""JSON report of a plan and its findings, one stable object.

The same input at the same status date gives the same bytes. Its shape: `planner.roadmap.output`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType, structs

from planner.analysis.baseline import Against, Baseline
from planner.conflicts.findings import Finding
from planner.plan.model import Plan
from planner.roadmap.entities import Initiative
from planner.roadmap.output import (
    SCHEMA,
    BaselineRow,
    Checked,
    CounterRow,
    FindingRow,
    InitiativeRow,
    NeedRow,
    PathRow,
    ReasonRow,
    Shown,
    WasRow,
)
from planner.roadmap.quantities import LINK_KEYS, NEED_KEYS, Counter, length_days
from planner.schedule.dates import LinkDates, Reason
from planner.session.session import Session
from planner.text.commands import as_command

if TYPE_CHECKING:
    from planner.conflicts.fixing import Fixes

UNSAFE = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
PIECE = 65_536

THOROUGH = 20_000
"""With no more findings times initiatives than this, fixes are sought with all trials."""
TRIALS, EFFORT = 100_000, 400_000
"""So many initiatives are scheduled or checked once more with all trials, and so many in all: the
first findings are given fixes, since a plan that is late everywhere would take minutes to print.
"""
FEW = 1
"""So many schedules are run for the fixes of one finding, where not with all trials."""
LOOK = 4
"""To be given fixes at all costs the part of a schedule."""


def shown(
    session: Session, ids: frozenset[str] | None = None, against: Against | None = None
) -> Shown:
    """`show --json`: everything, or of the initiatives only these; where each was by a baseline."""
    base = UNSET if against is None else _baseline(against.baseline)
    rows = (row for row in _initiatives(session, against) if ids is None or row.id in ids)
    return Shown(initiatives=tuple(rows), baseline=base, **_common(session))


def _baseline(baseline: Baseline) -> BaselineRow:
    return BaselineRow(commit=baseline.commit, day=baseline.day)


def _was(against: Against | None, id: str) -> WasRow | UnsetType:
    if against is None:
        return UNSET
    was = against.was(id)
    return WasRow(start=was.start, finish=was.finish, moved=was.moved)


def show_json(session: Session) -> str:
    """`show --json` as text."""
    return as_json(shown(session))


def checked(session: Session, only: tuple[Finding, ...] | None = None) -> Checked:
    """`check --json`: the same without the initiatives, and with `only` these findings."""
    return Checked(**_common(session, only))


def check_json(session: Session, only: tuple[Finding, ...] | None = None) -> str:
    """`check --json` as text."""
    return as_json(checked(session, only))


@lru_cache(maxsize=64)
def _name(file: str | None) -> str | None:
    """A file's name in its roadmap, wherever that was opened from; it may be no UTF-8."""
    return os.fsencode(Path(file).name).decode(errors="backslashreplace") if file else None


def as_json(document: object) -> str:
    """Any document of `schema --output`, the same for the same input.

    Everything is escaped that a terminal could obey, or that hides or turns text.
    """
    return escaped(msgspec.json.format(msgspec.json.encode(document), indent=1))


def escaped(raw: bytes) -> str:
    """JSON as it is printed: nothing in it hides or turns text."""
    return raw.decode() if _is_plain(raw) else "".join(_pieces(raw))


def _is_plain(raw: bytes) -> bool:
    """Whether nothing is to be escaped: the encoder has escaped what stands before a space."""
    return raw.isascii() and b"\x7f" not in raw


def _pieces(raw: bytes) -> Iterator[str]:
    """JSON in pieces of whole lines: only those that are not plain are searched."""
    start = 0
    while start < len(raw):
        end = raw.find(b"\n", start + PIECE) + 1 or len(raw)
        piece = raw[start:end]
        text = piece.decode()
        yield text if _is_plain(piece) else UNSAFE.sub(_escape, text)
        start = end


def _escape(found: re.Match[str]) -> str:
    import json  # 3 ms, and most roadmaps have nothing to escape

    return json.dumps(found[0])[1:-1]


def _common(session: Session, only: tuple[Finding, ...] | None = None) -> dict[str, Any]:
    plan = session.plan
    findings = plan.findings if only is None else only
    schedule = plan.schedule
    return {
        "schema": SCHEMA,
        "title": plan.roadmap.title,
        "as_of": plan.as_of,
        "start": schedule.start,
        "finish": schedule.finish,
        "critical_path": schedule.critical_path,
        "main_launch": schedule.main_launch,
        "paths": tuple(_paths(plan)),
        "unscheduled": tuple(schedule.unscheduled),
        "findings": tuple(_findings(session, findings)),
    }


def _findings(session: Session, findings: tuple[Finding, ...]) -> Iterator[FindingRow]:
    size, spent = len(session.plan.roadmap.initiatives), session.plan.context.spent
    few, before = size * len(findings) <= THOROUGH, spent.work
    for place, finding in enumerate(findings):
        work = spent.work - before + place * size // LOOK
        thorough = few and work < TRIALS
        ways = _fixes(session.plan, finding, thorough=thorough) if work < EFFORT else None
        yield _finding(session, finding, ways)


def _fixes(plan: Plan, finding: Finding, *, thorough: bool) -> Fixes:
    """Fixes, not tried on the whole plan; of a waived finding none."""
    from planner.conflicts.fixing import Fixes, fixes  # `show` has no use for them

    if finding.waived:
        return Fixes()
    return fixes(finding, plan.context, trials=None if thorough and not plan.is_large else FEW)


def _targets(plan: Plan) -> tuple[str, ...]:
    """The main launch, then every launch."""
    target = plan.schedule.main_launch
    first = (target,) if target is not None else ()
    return tuple(dict.fromkeys((*first, *plan.schedule.launches)))


def _paths(plan: Plan) -> Iterator[PathRow]:
    """The whole path to the main launch, and of those to very many launches the nearest."""
    main, targets = plan.schedule.main_launch, _targets(plan)
    far = plan.context.far(len(targets))
    for id in targets:
        path = plan.schedule.path_to(id, None if id == main else far)
        yield PathRow(target=id, initiatives=path)


def _finding(session: Session, finding: Finding, ways: Fixes | None) -> FindingRow:
    file, line = session.place(finding)
    roadmap = session.plan.reading.roadmap
    commands = None if ways is None else tuple(as_command(fix.edit, roadmap) for fix in ways)
    return FindingRow(
        rule=finding.rule,
        code=finding.code,
        severity=finding.severity,
        on=finding.on,
        message=finding.message,
        next=finding.next_side,
        next_party=finding.next_team,
        data=finding.data,
        file=_name(file),
        line=line,
        fixes=commands,
        fingerprint=finding.fingerprint,
        waived=finding.waived,
        fixes_failed=ways.failed if ways is not None and ways.failed else UNSET,
    )


def _initiatives(session: Session, against: Against | None) -> Iterator[InitiativeRow]:
    plan = session.plan
    places = session.workspace.lines("initiatives")
    for initiative in plan.roadmap.initiatives.values():
        place = places.get(initiative.id, (None, None))
        yield _initiative(plan, initiative, place, _was(against, initiative.id))


def _initiative(
    plan: Plan,
    initiative: Initiative,
    place: tuple[str | None, int | None],
    was: WasRow | UnsetType,
) -> InitiativeRow:
    dates = plan.schedule.get(initiative.id)
    file, line = place
    return InitiativeRow(
        id=initiative.id,
        title=initiative.label,
        portfolio=plan.roadmap.portfolio_of(initiative),
        owner=initiative.accountable,
        status=initiative.status,
        start=dates.start if dates else None,
        finish=dates.finish if dates else None,
        late_start=dates.late_start if dates else None,
        late_finish=dates.late_finish if dates else None,
        duration=dates.duration if dates else None,
        total_float=dates.total_float if dates else None,
        free_float=dates.free_float if dates else None,
        critical=bool(dates and dates.critical),
        near_critical=bool(dates and dates.near_critical),
        driven_by=dates.driven_by if dates else (),
        reason=reason_row(dates.reason) if dates else None,
        needs=need_rows(plan, initiative.id),
        estimate=_estimate(plan, initiative),
        deadline=initiative.deadline,
        actual_start=initiative.actual_start,
        actual_finish=initiative.actual_finish,
        assumed=bool(dates and dates.assumed),
        file=_name(file),
        line=line,
        kind=initiative.effective_kind,
        milestone=initiative.is_milestone,
        unscheduled=plan.schedule.unscheduled.get(initiative.id),
        waiting=plan.schedule.waiting(initiative.id),
        was=was,
    )


def reason_row(reason: Reason) -> ReasonRow:
    """Why an initiative has its dates."""
    return ReasonRow(
        kind=reason.kind,
        on=reason.on,
        type=reason.type,
        lag=reason.lag,
        key=reason.key,
        day=reason.day,
    )


def need_rows(plan: Plan, id: str) -> tuple[NeedRow, ...]:
    """The links that an initiative waits for, in the order of its `needs`."""
    return tuple(_need(plan, link) for link in plan.schedule.links_into(id))


def _need(plan: Plan, link: LinkDates) -> NeedRow:
    said = {key: getattr(link.need, key) for key in NEED_KEYS[len(LINK_KEYS) :]}
    if link.need.counter is not None:
        said["counter"] = _counter(plan, link.need.counter)
    return NeedRow(
        on=link.on, type=link.type, lag=link.lag, slack=link.slack, driving=link.driving, **said
    )


def _counter(plan: Plan, counter: Counter) -> CounterRow:
    lag = None if counter.lag is None else length_days(counter.lag, plan.network.week)
    return CounterRow(**{**structs.asdict(counter), "lag": lag})


def _estimate(plan: Plan, initiative: Initiative) -> tuple[int, ...] | None:
    written = initiative.estimate
    if written is None:
        return None
    week = plan.calendars.for_initiative(initiative).days_per_week
    values = (written.optimistic, written.likely, written.pessimistic)
    return tuple(length_days(value, week) for value in values if value is not None)
