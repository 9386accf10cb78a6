"""Promises kept: what was delivered, launched and finished, against what was said first.

Handovers, launches and estimates are measured on the plan as it is; what was said first comes from
the record in git, so that a date that was moved is not kept by having been moved. Every figure has
its number of cases, and none is made of fewer than three. Nothing here asks which side is meant:
if the sides changed places, so would their figures.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Literal, TypeVar

from msgspec import Struct

from planner.analysis.first_words import FirstWords, Pair, Word, spoken_for, word_of
from planner.analysis.record import NOT_THERE, Record
from planner.conflicts.durations import is_measured, median, ratio
from planner.conflicts.handovers import answer
from planner.conflicts.terms import links_of
from planner.errors import PlannerError
from planner.plan.model import Plan
from planner.roadmap.answers import handover_state
from planner.roadmap.entities import Initiative
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_promises import (
    ENOUGH,
    By,
    EstimateRow,
    HandoverRow,
    Holds,
    Kept,
    LaunchRow,
    MoveRow,
    Moves,
    PromisesGroup,
    PromisesShown,
    Ratio,
    Took,
    Unknown,
    WaitingRow,
)
from planner.roadmap.quantities import Estimate, Need
from planner.roadmap.sides import in_order

RECORDED = ("asked", "agreed", "promised", "declined", "accepted", "rejected", "counter")
"""The keys of which one at least says that the sides talk of a handover."""

Source = Literal["git", "file"]
Progress = Callable[[int, int], None]
Case = TypeVar("Case")


class Known(Struct, frozen=True):
    """What was said first, and what that can't say: whether it is from git, cut short, has gaps."""

    record: FirstWords
    source: Source
    shallow: bool = False
    unread: int = 0


def promises_of(
    path: Path,
    plan: Plan,
    by: By = "kind",
    among: frozenset[str] | None = None,
    progress: Progress | None = None,
) -> PromisesShown:
    """What was kept on the roadmap at `path`, with its record in git where there is one.

    `progress` is told how many of how many revisions are read; what it raises ends the reading.
    """
    return promises_in(plan, known_of(path, plan, progress), by, among)


def known_of(path: Path, plan: Plan, progress: Progress | None = None) -> Known:
    """What was said first: by every revision, then by the plan's own tables."""
    words, unread, shallow = FirstWords(), 0, False
    try:
        record = Record(path)
        shallow = record.shallow
        for number, each in enumerate(record.revisions(), 1):
            if progress is not None:
                progress(number, len(record.points))
            if each.message is None:
                words.add(each.day, each.tables)
            else:
                unread += each.message != NOT_THERE
    except PlannerError:
        words, shallow = FirstWords(), False
    source: Source = "file" if words.since is None else "git"
    words.add(plan.as_of, plan.tables)
    return Known(words, source, shallow, unread)


def promises_in(
    plan: Plan, known: Known, by: By = "kind", among: frozenset[str] | None = None
) -> PromisesShown:
    """What was kept of what was promised, announced and estimated, as this record knows it.

    `among` are the initiatives that are meant, by default all; a handover is where an end of it is.
    """
    found = _Found(plan, known, among)
    measured = found.measured()
    return PromisesShown(
        schema=SCHEMA,
        title=plan.roadmap.title,
        as_of=plan.as_of,
        source=known.source,
        since=known.record.since if known.source == "git" else None,
        shallow=known.shallow,
        by=by,
        sides={side: plan.roadmap.side_title(side) for side in in_order(found.sides())},
        all=_group(measured, None, ""),
        groups=tuple(found.groups(measured, by)),
        estimates=tuple(found.estimate_rows(measured)),
        handovers=found.handovers,
        launches=found.launches,
        waiting=tuple(found.waiting()),
        unknown=found.unknown(),
    )


# --- figures --------------------------------------------------------------------------------------


class _Measured(Struct, frozen=True):
    """What was measured, each with the initiative whose word it was."""

    came: list[tuple[str, tuple[bool, int]]]
    hold: list[tuple[str, bool | None]]
    moves: list[tuple[str, tuple[MoveRow, ...]]] | None
    agreed: list[tuple[str, int]]
    delivered: list[tuple[str, int]]
    accepted: list[tuple[str, int]]
    launched: list[tuple[str, tuple[bool, int]]]
    launches_hold: list[tuple[str, bool | None]]
    ratios: list[tuple[str, float]]

    @property
    def ids(self) -> set[str]:
        """The initiatives that something was measured of."""
        lists = (getattr(self, name) or () for name in self.__struct_fields__)
        return {id for each in lists for id, _ in each}

    def of(self, ids: Container[str]) -> _Measured:
        """The part of it that these initiatives answer for."""

        def only(cases: list[tuple[str, Case]]) -> list[tuple[str, Case]]:
            return [one for one in cases if one[0] in ids]

        return _Measured(
            came=only(self.came),
            hold=only(self.hold),
            moves=None if self.moves is None else only(self.moves),
            agreed=only(self.agreed),
            delivered=only(self.delivered),
            accepted=only(self.accepted),
            launched=only(self.launched),
            launches_hold=only(self.launches_hold),
            ratios=only(self.ratios),
        )


def _group(measured: _Measured, key: str | None, title: str) -> PromisesGroup:
    return PromisesGroup(
        key=key,
        title=title,
        delivered=_kept(measured.came),
        still_holds=_holds(measured.hold),
        moved=None if measured.moves is None else _moves(measured.moves),
        asked_to_agreed=_took(measured.agreed),
        asked_to_delivered=_took(measured.delivered),
        delivered_to_accepted=_took(measured.accepted),
        launched=_kept(measured.launched),
        launches_hold=_holds(measured.launches_hold),
        estimates=ratio_of([each for _, each in measured.ratios]),
    )


def _kept(cases: Sequence[tuple[str, tuple[bool, int]]]) -> Kept:
    if len(cases) < ENOUGH:
        return Kept(cases=len(cases), kept=None, mean_slip=None)
    slips = [slip for _, (_, slip) in cases]
    return Kept(
        cases=len(cases),
        kept=sum(kept for _, (kept, _) in cases),
        mean_slip=round(sum(slips) / len(slips), 1),
    )


def _holds(cases: Sequence[tuple[str, bool | None]]) -> Holds:
    known = [holds for _, holds in cases if holds is not None]
    return Holds(cases=len(known), holds=sum(known) if len(known) >= ENOUGH else None)


def _moves(cases: Sequence[tuple[str, tuple[MoveRow, ...]]]) -> Moves:
    if len(cases) < ENOUGH:
        return Moves(cases=len(cases), moved=None, times=None, later=None, notice=None)
    moves = [move for _, each in cases for move in each]
    return Moves(
        cases=len(cases),
        moved=sum(bool(each) for _, each in cases),
        times=len(moves),
        later=sum(move.now > move.was for move in moves),
        notice=median([move.notice for move in moves]) if len(moves) >= ENOUGH else None,
    )


def _took(cases: Sequence[tuple[str, int]]) -> Took:
    days = [each for _, each in cases]
    if len(days) < ENOUGH:
        return Took(cases=len(days), median=None, least=None, most=None)
    return Took(cases=len(days), median=median(days), least=min(days), most=max(days))


def ratio_of(ratios: Sequence[float]) -> Ratio:
    """How estimates did, where there are enough."""
    if len(ratios) < ENOUGH:
        return Ratio(cases=len(ratios), median=None, within=None)
    within = sorted(ratios)[ceil(len(ratios) * 4 / 5) - 1]
    return Ratio(cases=len(ratios), median=round(median(ratios), 2), within=round(within, 2))


# --- what is measured -----------------------------------------------------------------------------


class _Found:
    """The handovers, launches and done work of one plan, beside what was said of them first."""

    def __init__(self, plan: Plan, known: Known, among: frozenset[str] | None) -> None:
        self.plan, self.context, self.known = plan, plan.context, known
        self.record = known.record
        self.among = among
        self.handovers = tuple(self._handovers())
        self.launches = tuple(self._launches())

    def _meant(self, *ids: str) -> bool:
        return self.among is None or not self.among.isdisjoint(ids)

    def first(self, words: Sequence[Word]) -> date | None:
        """The day that was said first; None for one that was written when it was over."""
        if not words or (words[0].over and self.known.source == "git"):
            return None
        return words[0].day

    def _handovers(self) -> Iterator[HandoverRow]:
        for successor, supplier in self.context.all_handovers:
            pair = successor, supplier
            needs = links_of(self.context, *pair)
            said = any(getattr(need, key) for need in needs for key in RECORDED)
            if self._meant(*pair) and (said or pair in self.record.promised):
                yield self._handover(pair, needs)

    def _handover(self, pair: Pair, needs: list[Need]) -> HandoverRow:
        context, record = self.context, self.record
        state, words = handover_state(needs)[0], record.promised.get(pair, [])
        need = spoken_for(needs) or min(needs, key=lambda each: each.type[0] != "F")
        delivered = None if state == "not accepted" else self._delivered(need)
        expected, first = context.schedule.delivery(need), self.first(words)
        slip, holds = self._against(first, delivered or expected)
        asked = record.asked.get(pair)
        return HandoverRow(
            successor=pair[0],
            supplier=pair[1],
            delivers=next((each.delivers for each in needs if each.delivers), None),
            kind=context.roadmap.initiatives[pair[1]].effective_kind,
            team=context.team(pair[1]),
            side=context.ends[pair[1]],
            to_side=context.ends[pair[0]],
            state=answer(context, *pair)[0] if state == "not asked" else state,
            asked=asked,
            agreed=record.agreed.get(pair),
            first=first,
            promised=word_of(need),
            expected=expected,
            delivered=delivered,
            accepted=max((each.accepted for each in needs if each.accepted), default=None),
            slip=slip,
            holds=holds if state != "declined" or delivered else holds and False,
            moves=tuple(self._moves(words)),
        )

    def _delivered(self, need: Need) -> date | None:
        """The day on which the end was that a link waits for; None before it, or without one."""
        supplier = self.context.roadmap.initiatives[need.on]
        been = supplier.actual_finish if need.type[0] == "F" else supplier.actual_start
        day = self.context.schedule.delivery(need) if been is not None else None
        return day if day is not None and day <= self.context.as_of else None

    def _moves(self, words: Sequence[Word]) -> Iterator[MoveRow]:
        """Each other date after the first, as long as it was still to come."""
        for was, now in pairwise(words):
            if not now.over:
                notice = self.context.days(now.on, was.day)
                yield MoveRow(on=now.on, was=was.day, now=now.day, notice=notice)

    def _against(self, first: date | None, day: date | None) -> tuple[int | None, bool | None]:
        """How far a day is from the first one, and whether that is kept."""
        if first is None or day is None:
            return None, None
        shift = self.context.schedule.shift(first, day)
        return shift.working, not shift.later

    def _launches(self) -> Iterator[LaunchRow]:
        for id, one in self.plan.roadmap.initiatives.items():
            first = self.first(self.record.announced.get(id, []))
            if first is not None and one.status != "dropped" and self._meant(id):
                yield self._launch(one, first)

    def _launch(self, one: Initiative, first: date) -> LaunchRow:
        dates, finish = self.context.dates(one.id), one.actual_finish
        if one.open:
            finish = dates.finish if dates is not None else None
        slip, holds = self._against(first, finish)
        return LaunchRow(
            id=one.id,
            title=one.label,
            kind=one.effective_kind,
            team=self.context.team(one.id),
            side=self.context.ends[one.id],
            first=first,
            announced=one.announced,
            finish=finish,
            done=not one.open,
            slip=slip,
            holds=holds,
        )

    # --- cases ------------------------------------------------------------------------------------

    def measured(self) -> _Measured:
        """Everything that there is a figure of."""
        known = [row for row in self.handovers if row.first is not None]
        return _Measured(
            came=list(_came((row.supplier, row) for row in known if row.delivered)),
            hold=[(row.supplier, row.holds) for row in known],
            moves=[(row.supplier, row.moves) for row in known] if self._has_record else None,
            agreed=list(self._between(lambda row: (row.supplier, row.asked, row.agreed))),
            delivered=list(self._between(lambda row: (row.supplier, row.asked, row.delivered))),
            accepted=list(self._between(lambda row: (row.successor, row.delivered, row.accepted))),
            launched=list(_came((row.id, row) for row in self.launches if row.done)),
            launches_hold=[(row.id, row.holds) for row in self.launches],
            ratios=list(self.ratios()),
        )

    @property
    def _has_record(self) -> bool:
        return self.known.source == "git"

    def _between(
        self, ends: Callable[[HandoverRow], tuple[str, date | None, date | None]]
    ) -> Iterator[tuple[str, int]]:
        for row in self.handovers:
            id, first, last = ends(row)
            if first is not None and last is not None and first <= last:
                yield id, self.context.days(first, last)

    def ratios(self) -> Iterator[tuple[str, float]]:
        """Of each piece of done work the days that it took, divided by those of its estimate."""
        for one in self._done():
            found = ratio(self.context, one, self._estimate(one))
            if found is not None:
                yield one.id, found

    def _done(self) -> Iterator[Initiative]:
        for id, one in self.plan.roadmap.initiatives.items():
            if is_measured(one) and self._meant(id):
                yield one

    def _estimate(self, one: Initiative) -> Estimate | None:
        return self.record.estimates.get(one.id) if self._has_record else one.estimate

    # --- rows -------------------------------------------------------------------------------------

    def waiting(self) -> Iterator[WaitingRow]:
        """What was asked and nobody has answered, the longest first."""
        rows = [
            WaitingRow(
                successor=successor,
                supplier=supplier,
                side=self.context.ends[supplier],
                team=self.context.team(supplier),
                asked=asked,
                days=self.context.days(asked, self.context.as_of),
            )
            for successor, supplier in self.context.handovers
            if self._meant(successor, supplier)
            and (asked := _unanswered(*answer(self.context, successor, supplier))) is not None
        ]
        return iter(sorted(rows, key=lambda row: (row.asked, row.supplier, row.successor)))

    def estimate_rows(self, measured: _Measured) -> Iterator[EstimateRow]:
        """One for each team and kind of which work is done, by kind and then by team."""
        by_both: dict[tuple[str, str], list[float]] = {}
        for id, each in measured.ratios:
            both = self.key(id, "kind") or "", self.key(id, "team") or ""
            by_both.setdefault(both, []).append(each)
        for (kind, key), ratios in sorted(by_both.items()):
            team = key or None
            yield EstimateRow(
                team=team, title=self.title(team, "team"), kind=kind, ratio=ratio_of(ratios)
            )

    def unknown(self) -> Unknown:
        """What is not in the figures, and why."""
        here = {(row.successor, row.supplier) for row in self.handovers}
        initiatives, record = self.plan.roadmap.initiatives, self.record
        gone = (pair for pair in record.promised if pair not in here and self._meant(*pair))
        measured = {id for id, _ in self.ratios()}
        announced = record.announced.items()
        late = [words for id, words in announced if id in initiatives and self._meant(id)]
        return Unknown(
            handovers=sum(
                1 for row in self.handovers if row.first is None and self._is_promised(row)
            ),
            launches=sum(words[0].over for words in late) if self._has_record else 0,
            estimates=sum(one.id not in measured for one in self._done()),
            gone=sum(map(self._was_handover, gone)) + sum(map(self._is_dropped, record.announced)),
            revisions=self.known.unread,
        )

    def _is_promised(self, row: HandoverRow) -> bool:
        return (row.successor, row.supplier) in self.record.promised

    def _was_handover(self, pair: Pair) -> bool:
        """Whether what is no link now would be a handover."""
        known = self.plan.roadmap.initiatives
        return pair[0] in known and pair[1] in known and self.context.across(*pair)

    def _is_dropped(self, id: str) -> bool:
        """Whether an announced launch is no longer planned."""
        one = self.plan.roadmap.initiatives.get(id)
        return one.status == "dropped" and self._meant(id) if one else self.among is None

    # --- groups -----------------------------------------------------------------------------------

    def key(self, id: str, by: By) -> str | None:
        """The kind, the team or the side of an initiative."""
        if by == "kind":
            return self.plan.roadmap.initiatives[id].effective_kind
        return self.context.team(id) if by == "team" else self.context.ends[id]

    def groups(self, measured: _Measured, by: By) -> Iterator[PromisesGroup]:
        """The figures of each group that there is, in order, what has none last."""
        of = {id: self.key(id, by) or "" for id in measured.ids}
        found = set(of.values())
        ordered = in_order(found) if by == "side" else sorted(found, key=lambda key: (not key, key))
        for key in ordered:
            mine = {id for id, group in of.items() if group == key}
            yield _group(measured.of(mine), key or None, self.title(key or None, by))

    def title(self, key: str | None, by: By) -> str:
        """What a group is called."""
        if by == "side":
            return self.plan.roadmap.side_title(key)
        if by == "team":
            return self.plan.roadmap.party_title(key) if key else "no owner"
        return key or ""

    def sides(self) -> set[str]:
        """The sides that the rows name."""
        named = [side for row in self.handovers for side in (row.side, row.to_side)]
        return {side for side in (*named, *(row.side for row in self.launches)) if side}


def _came(
    rows: Iterable[tuple[str, HandoverRow | LaunchRow]],
) -> Iterator[tuple[str, tuple[bool, int]]]:
    for id, row in rows:
        if row.slip is not None:
            yield id, (bool(row.holds), row.slip)


def _unanswered(state: str, since: date | None) -> date | None:
    return since if state == "asked" else None
