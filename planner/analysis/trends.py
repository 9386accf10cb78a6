"""Trends of launches through the record, and the steps that moved them.

First the texts are read, oldest to newest, and each launch is followed back through its names. Then
each revision is scheduled twice, at its own moment and as the next one sees it; of that only the
dates of the launches are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from planner.analysis.authors import Authors, Inputs
from planner.analysis.compared import By, Changers, Compared, Where, uncommitted
from planner.analysis.record import Record, Revision
from planner.conflicts.joint_meetings import joint_meeting
from planner.errors import UsageError
from planner.plan.model import Plan
from planner.roadmap.entities import Tables
from planner.roadmap.ids import nearest
from planner.roadmap.output_history import (
    GapRow,
    HistoryShown,
    PointRow,
    RevisionRow,
    StepRow,
    TrendRow,
)
from planner.roadmap.quantities import parse_estimate
from planner.roadmap.values import NotAllowedError
from planner.text.phrases import did_you_mean, typed
from planner.text.renames import renamed_tables

SCHEMA = 1
Progress = Callable[[int, int], None]
"""Called with how many revisions are read, of how many. What it raises ends the reading."""


class Stand(Struct, frozen=True):
    """One readable revision, or what is in the files now: its tables, and its plan on demand."""

    row: RevisionRow
    tables: Tables
    plan: Callable[[Plan | None], Plan]
    changers: Changers
    """Who changed tables since the stand before."""


class Track:
    """One launch on its way: its id at each stand, None where it was not there."""

    def __init__(self, id: str, stands: int) -> None:
        self.id = id
        self.names: list[str | None] = [None] * stands
        self.points: list[PointRow] = []
        self.steps: list[StepRow] = []


class History:
    """The record of a roadmap since a commit (hash), or from its start, up to a plan."""

    def __init__(
        self,
        path: Path,
        plan: Plan,
        ids: Sequence[str] | None,
        since: str | None,
        progress: Progress,
    ) -> None:
        self._record = Record(path)
        self._authors = Authors(self._record)
        self._ids = ids
        self._since = since
        self._progress = progress
        self._gaps: list[GapRow] = []
        self._stands = list(self._read())
        self._now = self._last(plan)

    # --- reading ----------------------------------------------------------------------------------

    def _read(self) -> Iterator[Stand]:
        """The readable revisions from the first that is looked at."""
        first, total = self._first(), len(self._record.points)
        for number, revision in enumerate(self._record.revisions(first)):
            self._progress(number, 2 * (total - first))
            if revision.message is not None:
                self._gaps.append(GapRow(revision=revision.row, message=revision.message))
            else:
                yield self._stand(revision)

    def _first(self) -> int:
        """The number of the point at which the looking begins."""
        if self._since is None:
            return 0
        newest = self._record.newest(self._since)
        numbers = {point: number for number, point in enumerate(self._record.points)}
        return 0 if newest is None else numbers.get(newest, 0)

    def _stand(self, revision: Revision) -> Stand:
        return Stand(
            revision.row,
            revision.tables,
            partial(self._record.plan, revision),
            partial(self._changers, revision),
        )

    def _changers(self, revision: Revision, ids: Inputs) -> Mapping[Where, By]:
        found = self._authors.of_step(revision.point, revision.tables, ids)
        return {where: (point.commit, point.author) for where, point in found.items()}

    def _last(self, plan: Plan) -> Plan:
        """What is in the files now, as the last stand where that is not what was committed last."""
        last = self._stands[-1] if self._stands else None
        if last is not None and not plan.clock.fixed and plan.as_of < last.row.day:
            plan = plan.at(last.row.day)
        if last is None or plan.as_of != last.row.day or plan.tables != last.tables:
            self._stands.append(Stand(uncommitted(plan), plan.tables, lambda _: plan, lambda _: {}))
        return plan

    # --- which ------------------------------------------------------------------------------------

    def _tracks(self) -> list[Track]:
        """The launches that are followed, each with its id at every stand."""
        count = len(self._stands)
        tracks = [Track(id, count) for id in self._wanted()]
        at = {track.id: track for track in tracks}
        for number in range(count - 1, -1, -1):
            here = self._stands[number].tables.get("initiatives", {})
            for id, track in at.items():
                track.names[number] = id if id in here else None
            if number == 0:
                break
            earlier = self._stands[number - 1].tables
            renamed = renamed_tables(earlier, self._stands[number].tables)
            former = {new: old for (kind, old), new in renamed.items() if kind == "initiatives"}
            at = {former.get(id, id): track for id, track in at.items()}
            gone = self._gone(earlier, here, at, count)
            tracks += gone.values()
            at |= gone
        self._refuse_unknown(tracks)
        return tracks

    def _wanted(self) -> Iterable[str]:
        there = self._now.roadmap.initiatives
        if self._ids is None:
            main = self._now.roadmap.settings.main_launch
            return [id for id, one in there.items() if one.is_launch or id == main]
        return [id for id in self._ids if id in there]

    def _refuse_unknown(self, tracks: Sequence[Track]) -> None:
        known = {track.id for track in tracks}
        for id in self._ids or ():
            if id not in known:
                near = nearest(id, self._now.roadmap.initiatives, loose=True)
                hint = did_you_mean(near, "`planner show` lists them")
                raise UsageError(f"there is and was no initiative {typed(id)}", hint=hint)

    def _gone(
        self, earlier: Tables, here: Mapping[str, Any], known: Mapping[str, Track], count: int
    ) -> dict[str, Track]:
        """The launches that are not there any more, or those of them that are asked for."""
        asked = self._ids
        return {
            id: Track(id, count)
            for id, table in earlier.get("initiatives", {}).items()
            if id not in here and id not in known
            if (_is_launch(table) if asked is None else id in asked)
        }

    # --- dates ------------------------------------------------------------------------------------

    def shown(self) -> HistoryShown:
        """All of it, the main launch first, then by date."""
        tracks = self._tracks()
        self._schedule(tracks)
        rows = [row for track in tracks if (row := self._trend(track)) is not None]
        rows.sort(key=lambda row: (not row.main, row.last or date.max, row.id))
        shown = self._stands[0].row.day if self._stands else None
        return HistoryShown(
            schema=SCHEMA,
            title=self._now.roadmap.title,
            as_of=self._now.as_of,
            since=shown,
            shallow=self._record.shallow,
            main_launch=self._now.schedule.main_launch,
            meetings=self._meetings(),
            trends=tuple(rows),
            gaps=tuple(self._gaps),
        )

    def _schedule(self, tracks: Sequence[Track]) -> None:
        """Points and steps of every track, stand by stand."""
        before, count = None, len(self._stands)
        for number, stand in enumerate(self._stands):
            self._progress(count + number, 2 * count)
            plan = stand.plan(before)
            for track in tracks:
                if (id := track.names[number]) is not None:
                    span = plan.schedule.span(id)
                    finish = None if span is None else span[1]
                    track.points.append(PointRow(revision=stand.row, finish=finish))
            if before is not None:
                self._step(tracks, number, before, plan)
            before = plan

    def _step(self, tracks: Sequence[Track], number: int, then: Plan, now: Plan) -> None:
        stand, base = self._stands[number], self._stands[number - 1]
        found = Compared(then, now, base.row, stand.row, stand.changers, self._now)
        for track in tracks:
            id = track.names[number] or track.names[number - 1]
            if id is not None:
                ends = found.end(id)
                if not ends.then == ends.seen == ends.now:
                    track.steps.append(found.move(id))

    def _trend(self, track: Track) -> TrendRow | None:
        """One launch; None for one that never had a date, or was finished all the time."""
        dates = [point.finish for point in track.points if point.finish is not None]
        if not dates:
            return None
        one = self._now.roadmap.initiatives.get(track.id)
        there = one is not None and track.names[-1] is not None
        sums = (_sum(getattr(step, part) for step in track.steps) for part in _PARTS)
        moved, time, edits = sums
        return TrendRow(
            id=track.id,
            title=one.label if one is not None else track.id,
            main=track.id == self._now.schedule.main_launch,
            deadline=one.deadline if one is not None else None,
            announced=one.announced if one is not None else None,
            first=dates[0],
            last=track.points[-1].finish if there else None,
            moved=moved,
            time=time,
            edits=edits,
            points=tuple(track.points),
            steps=tuple(track.steps),
        )

    def _meetings(self) -> tuple[date, ...]:
        """The days on which the sides met: what `last` of the joint meeting was, one by one."""
        joint = joint_meeting(self._now.context)
        if joint is None:
            return ()
        since = self._stands[0].row.day if self._stands else date.min
        tables = (each.tables.get("meetings", {}).get(joint.id) for each in self._stands)
        written = (each.get("last") for each in tables if isinstance(each, Mapping))
        days = {day for day in written if type(day) is date}
        return tuple(sorted(day for day in days if since <= day <= self._now.as_of))


_PARTS = ("moved", "time", "edits")


def _sum(parts: Iterable[int | None]) -> int:
    return sum(part for part in parts if part is not None)


def _is_launch(table: object) -> bool:
    """Whether a table was of a launch; see `Initiative.is_launch`."""
    if not isinstance(table, Mapping):
        return False
    if table.get("kind") in ("campaign", "milestone") or "announced" in table:
        return True
    try:
        return "estimate" in table and parse_estimate(table["estimate"]).is_zero
    except (NotAllowedError, TypeError):
        return False
