"""Initiatives by status, as the Status view and `planner show --by-status` have them: cards in
columns, the columns crossed by lanes, the soonest card first.

What is planned stands in two columns, by whether it starts within a month of the status date. Cards
hold text as the file has it; days are inclusive, floats are working days.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, get_args

from msgspec import Struct, structs

from planner.analysis.conflicts import marked
from planner.plan.model import Plan
from planner.query.arrangement import (
    GROUPINGS,
    Heading,
    headings,
    in_order,
    side_of,
    title,
)
from planner.roadmap.entities import Grouping, Initiative, Severity, Status
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_statuses import StatusCard, StatusesShown, TooMuchRow

Column = Literal["proposed", "later", "soon", "active", "done", "paused", "dropped"]
COLUMNS: tuple[Column, ...] = get_args(Column)
"""From left to right: paused stands beyond done, since a card goes planned, active, done."""
FOLDED: frozenset[Column] = frozenset(("proposed", "dropped"))
"""The columns that are shown only when asked for: nobody works on what is in them."""
LANES: tuple[Grouping, ...] = tuple(each for each in GROUPINGS if each not in ("status", "none"))
"""What lanes can be made by; the first where nothing else is asked for."""


class Card(Struct, frozen=True, kw_only=True, gc=False):
    """One initiative on the board. `total_float` is None for finished work and without dates."""

    id: str
    side: str | None
    status: Status
    column: Column
    start: date | None
    finish: date | None
    total_float: int | None
    critical: bool
    severity: Severity | None

    @property
    def day(self) -> date | None:
        """The date that matters in its column: when it is to start, else when it finishes."""
        return self.start if self.column in ("proposed", "later", "soon") else self.finish


class TooMuch(Struct, frozen=True, kw_only=True):
    """A team with more initiatives in progress than `[checks] wip` allows."""

    team: str
    title: str
    active: int
    limit: int


class Lane(Struct, frozen=True, kw_only=True):
    """What stands under one heading, by column. `side` is None where it is of none or of both."""

    title: str
    side: str | None
    cards: Mapping[Column, tuple[Card, ...]]
    too_much: TooMuch | None = None


class Statuses(Struct, frozen=True, kw_only=True):
    """The board: `until` is the last date of "within a month", `total` counts each card once."""

    grouping: Grouping
    as_of: date
    until: date
    lanes: tuple[Lane, ...]
    counts: Mapping[Column, int]
    total: int
    too_much: tuple[TooMuch, ...]

    def shown(self, *, unfolded: bool) -> tuple[Column, ...]:
        """The columns to be drawn."""
        return COLUMNS if unfolded else tuple(each for each in COLUMNS if each not in FOLDED)


def statuses_of(
    plan: Plan,
    grouping: Grouping = LANES[0],
    ids: Collection[str] | None = None,
    *,
    checked: bool = True,
) -> Statuses:
    """The board of all initiatives, or of `ids`; without conflicts where these are not known."""
    marks, until = marked(plan) if checked else {}, a_month_after(plan.as_of)
    under = headings(plan.roadmap, grouping)
    found: dict[Heading, list[Card]] = {}
    counts: Counter[Column] = Counter()
    for initiative in plan.roadmap.initiatives.values():
        if ids is None or initiative.id in ids:
            card = _card(plan, initiative, marks.get(initiative.id), until)
            counts[card.column] += 1
            for over in dict.fromkeys(each[0] for each in under(initiative)):
                found.setdefault(over, []).append(card)
    too_much = tuple(in_progress(plan))
    return Statuses(
        grouping=grouping,
        as_of=plan.as_of,
        until=until,
        lanes=tuple(
            _lane(plan, heading, found[heading], too_much)
            for heading in in_order(plan.roadmap, grouping, found)
        ),
        counts={column: counts[column] for column in COLUMNS},
        total=counts.total(),
        too_much=too_much,
    )


def a_month_after(day: date) -> date:
    """The same day of the next month, or its last one."""
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def in_progress(plan: Plan) -> Iterator[TooMuch]:
    """The teams with more in progress than `[checks] wip` allows; paused work is not in progress.

    Work is its owner's, of a person that of the team.
    """
    limits, roadmap = plan.roadmap.checks.wip, plan.roadmap
    if limits is None:
        return
    active: Counter[str | None] = Counter(
        _team(plan, each) for each in roadmap.initiatives.values() if each.status == "active"
    )
    for team in roadmap.teams.values():
        limit = limits.get(team.id) if isinstance(limits, dict) else limits
        if limit is not None and active[team.id] > limit:
            yield TooMuch(team=team.id, title=team.label, active=active[team.id], limit=limit)


def _team(plan: Plan, initiative: Initiative) -> str | None:
    person = plan.roadmap.people.get(initiative.accountable or "")
    return person.team if person is not None else initiative.accountable


def _card(plan: Plan, initiative: Initiative, severity: Severity | None, until: date) -> Card:
    dates = plan.schedule.get(initiative.id)
    start = dates.start if dates is not None else None
    return Card(
        id=initiative.id,
        side=plan.roadmap.portfolio_of(initiative),
        status=initiative.status,
        column=_column(initiative.status, start, until),
        start=start,
        finish=dates.finish if dates is not None else None,
        total_float=dates.total_float if dates is not None else None,
        critical=dates is not None and dates.critical and not dates.finished,
        severity=severity,
    )


def _column(status: Status, start: date | None, until: date) -> Column:
    if status == "planned":
        return "soon" if start is not None and start <= until else "later"
    return status


def _lane(plan: Plan, heading: Heading, cards: Iterable[Card], too_much: Iterable[TooMuch]) -> Lane:
    by_column: dict[Column, list[Card]] = {}
    for card in sorted(cards, key=_soonest):
        by_column.setdefault(card.column, []).append(card)
    return Lane(
        title=title(plan.roadmap, heading),
        side=side_of(plan.roadmap, heading) or None,
        cards={column: tuple(each) for column, each in by_column.items()},
        too_much=next((one for one in too_much if heading == ("teams", one.team)), None),
    )


def _soonest(card: Card) -> tuple[date, date]:
    """The order within a lane; what has no dates comes last."""
    return card.day or date.max, card.finish or date.max


def statuses_shown(plan: Plan, found: Statuses) -> StatusesShown:
    """The board as JSON: lane by lane, column by column, the soonest card first."""
    cards = (
        (lane, card)
        for lane in found.lanes
        for column in COLUMNS
        for card in lane.cards.get(column, ())
    )
    known = plan.roadmap.initiatives
    return StatusesShown(
        schema=SCHEMA,
        title=plan.roadmap.title,
        as_of=found.as_of,
        until=found.until,
        group_by=found.grouping,
        columns={str(column): number for column, number in found.counts.items()},
        cards=tuple(
            StatusCard(lane=lane.title, title=known[card.id].label, **structs.asdict(card))
            for lane, card in cards
        ),
        too_much=tuple(TooMuchRow(**structs.asdict(each)) for each in found.too_much),
    )
