"""What moved the launches: step by step through the record, or between two revisions.

A step is one commit of the first-parent line; what is not committed is the last one. Of a plan only
its dates are kept, and the causes are looked for where a launch moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from msgspec import structs

from planner.analysis.authors import Authors, Before, Inputs
from planner.analysis.compared import By, Compared, uncommitted
from planner.analysis.meetings import last_held
from planner.analysis.record import Record, Revision, Where
from planner.analysis.trends import SCHEMA, History, Progress
from planner.errors import UsageError
from planner.git.first_parent import Point
from planner.git.records import keep_record, kept_record, key_of
from planner.git.revisions import Repository, looked_at
from planner.plan.model import Plan
from planner.query.filters import Nobody
from planner.query.me import who
from planner.roadmap.entities import Tables
from planner.roadmap.figures import short_commit
from planner.roadmap.output_history import HistoryShown
from planner.roadmap.typed import Unclear, Understood
from planner.roadmap.typed_days import NOT_A_DATE, typed_date
from planner.text.phrases import typed

__all__ = ["Compared", "Record", "Revision", "compared", "history_of", "moment_of",
           "plan_of_revision", "revision_named", "revisions"]  # fmt: skip


# --- revisions ------------------------------------------------------------------------------------


def revisions(path: Path, revision: str = "HEAD") -> Iterator[Revision]:
    """Each revision that changed the roadmap, oldest first: author, moment, tables, what differs.

    Raises UsageError where there is no repository or no such revision.
    """
    return Record(path, revision).revisions()


def plan_of_revision(path: Path, revision: str) -> Plan:
    """The plan of a revision at its own moment; an empty one where there was no roadmap yet.

    Raises UsageError for no such revision, ReadError where it can't be read.
    """
    record = Record(path, revision)
    return record.plan(record.last())


def moment_of(path: Path, revision: str) -> date:
    """The status date of a revision, else its author's date, never before its first parent's."""
    return Record(path, revision).last().day


def revision_named(path: Path, plan: Plan, words: str) -> str:
    """The commit (hash) that words name: a revision, or a day, of which it is the last revision.

    A day as people type it, no later than the plan's status date; ``last`` is the day of the last
    joint meeting, ``looked`` what a person last looked at. Raises UsageError.
    """
    if words == "looked":
        return _looked(path, plan)
    if words == "last":
        return _on(Record(path), _last_meeting(plan))
    repository, read = Repository.around(path), _day_meant(plan, words)
    if isinstance(read, Unclear):
        return _no_day(repository, words, read)
    if not repository.has_ref(words):
        return _on(Record(path), _past(plan, words, read.value))
    if _ISO.fullmatch(words):
        hint = "write the revision as refs/heads/… or refs/tags/…"
        raise UsageError(f"{typed(words)} is a day and a revision", hint=hint)
    return repository.commit(words)


_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _looked(path: Path, plan: Plan) -> str:
    me = who(path).among(plan.roadmap)
    found = looked_at(path, None if isinstance(me, Nobody) else me)
    if found is None:
        hint = "name a date or a revision"
        raise UsageError("no earlier look at this roadmap is known", hint=hint)
    return found


def _day_meant(plan: Plan, words: str) -> Understood[date] | Unclear:
    return typed_date(words, plan.as_of, past=True, working=plan.calendars.roadmap.add)


def _no_day(repository: Repository, words: str, read: Unclear) -> str:
    """The revision that words name. Raises UsageError, which says what is wrong with a date."""
    try:
        return repository.commit(words)
    except UsageError:
        if read.why.startswith(NOT_A_DATE):
            raise
        raise UsageError(f"{typed(words)} is no date and no revision", hint=str(read)) from None


def _past(plan: Plan, words: str, day: date) -> date:
    if day > max(plan.as_of, plan.clock.day):
        hint = f"the status date is {plan.as_of}"
        raise UsageError(f"{typed(words)} is still ahead", hint=hint)
    return day


def _last_meeting(plan: Plan) -> date:
    day = last_held(plan)
    if day is None:
        hint = "`last` of a meeting says when: planner set meetings.ID last=DATE"
        raise UsageError("no meeting has been held yet", hint=hint)
    return day


def _on(record: Record, day: date) -> str:
    """The last revision whose moment is not after a day. Raises UsageError where there is none."""
    moments = record.moments()
    if not moments:
        raise UsageError("no commit has the roadmap yet")
    on = [point for point, made in zip(record.points, moments, strict=True) if made <= day]
    return on[-1].commit if on else _none_before(record, moments[0], day)


def _none_before(record: Record, first: date, day: date) -> NoReturn:
    rest = " in this clone, which has only the last commits" if record.shallow else ""
    hint = f"the record starts on {first} with {short_commit(record.points[0].commit)}{rest}"
    raise UsageError(f"no revision is from {day} or before", hint=hint)


# --- from one to another --------------------------------------------------------------------------


def compared(path: Path, plan: Plan, a: str, b: str | None = None) -> Compared:
    """From revision `a` to revision `b`, without it to `plan`: what is in the files now.

    Raises UsageError for no such revision, ReadError where one can't be read.
    """
    record = Record(path, b or "HEAD")
    start, last, renamed = record.both(a)
    base = start.commit
    then = record.plan(start, called=a)
    now = record.plan(last, then) if b else _not_before(plan, last.day)
    if b and plan.clock.fixed:
        now = now.at(plan.clock.fixed)
    revision = last.row if b else uncommitted(now)
    changers = _Between(record, base, start, last.tables, now)
    return Compared(then, now, start.row, revision, changers, renamed=renamed)


def _not_before(plan: Plan, day: date) -> Plan:
    """The plan in the files, at no moment before that of the last commit."""
    return plan if plan.clock.fixed or plan.as_of >= day else plan.at(day)


class _Between:
    """Who changed tables last from a commit (hash), `start`, to `now`, past the last commit's."""

    def __init__(self, record: Record, base: str, start: Revision, last: Tables, now: Plan) -> None:
        self._record, self._base, self._start = record, base, start
        self._last, self._now = last, now

    def __call__(self, ids: Inputs) -> Mapping[Where, By]:
        found: dict[Where, By] = {}
        committed: dict[Where, Where] = {}
        last = Before(self._last, self._now.tables)
        for where, keys in ids.items():
            if last.differing(where, self._now.tables, keys):
                found[where] = (None, "")
            else:
                committed[last.id_of(where)] = where
        for was, point in self._committed({was: ids[at] for was, at in committed.items()}).items():
            found[committed[was]] = (point.commit, point.author)
        return found

    def _committed(self, ids: Inputs) -> Mapping[Where, Point]:
        """What was changed on the way, else what the other line has changed."""
        record, base = self._record, self._base
        if record.repository.merge_base(base, record.tip) == base:
            return Authors(record).since(base, self._start.tables, ids)
        found = Authors(record).since(base, None, ids)
        left = {where: keys for where, keys in ids.items() if where not in found}
        return Authors(Record(record.path, base)).since(record.tip, None, left) | found


# --- step by step ---------------------------------------------------------------------------------


def history_of(
    path: Path,
    plan: Plan,
    ids: Sequence[str] | None = None,
    since: str | None = None,
    progress: Progress | None = None,
) -> HistoryShown:
    """Where each launch (or each of `ids`) would have landed, revision by revision, and why it
    moved; `plan` is what is in the files now.

    `since` names the revision to begin with, as `revision_named` reads it. Without it the record of
    all launches is kept in the state folder, until something changes that it follows from.

    Raises UsageError where there is no repository, and what `progress` raises.
    """
    told = progress or (lambda _, __: None)
    if since is not None:
        return History(path, plan, ids, revision_named(path, plan, since), told).shown()
    key = key_of(path, *_made_from(plan))
    kept = kept_record(path, key)
    if kept is not None and {*(ids or ())} <= {trend.id for trend in kept.trends}:
        return kept if ids is None else _of_these(kept, ids)
    shown = History(path, plan, ids, None, told).shown()
    if ids is None:
        keep_record(path, key, shown)
    return shown


def _made_from(plan: Plan) -> Iterator[object]:
    """What the record follows from, beside the commit; the dates, since they also follow from what
    a library knows of public holidays.
    """
    yield from (SCHEMA, plan.as_of, plan.clock.fixed, plan.roadmap.title, plan.tables)
    yield {id: plan.schedule.span(id) for id in plan.schedule.launches}


def _of_these(shown: HistoryShown, ids: Sequence[str]) -> HistoryShown:
    trends = tuple(trend for trend in shown.trends if trend.id in ids)
    return structs.replace(shown, trends=trends)
