"""What a picture is of, as values of a plan: work by side, handovers, launches, freezes.

Nothing here knows of places on a page. Order is that of the schedule, then of ids, so that the same
plan gives the same picture. What is dropped or has no dates is not in it. Joint work is on the side
of whoever owns it, and is counted apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from planner.conflicts.context import FINISH_BOUNDS, START_BOUNDS
from planner.conflicts.handovers import answer, gaps
from planner.exchange.reports.names import names, one_line
from planner.plan.model import Plan
from planner.roadmap.entities import Initiative
from planner.roadmap.figures import count
from planner.roadmap.sides import BOTH, JOINT, in_order
from planner.schedule.dates import Dates
from planner.schedule.shift import Shift

Standing = Literal["agreed", "late", "open", "not asked"]
"""A handover that is agreed, agreed and late, asked and not agreed, not asked."""


class Numbered(Struct, frozen=True):
    """An ask by its number: on the handover `supplier` → `id`, without one on the bar of `id`."""

    number: int
    supplier: str | None
    id: str


class Span(Struct, frozen=True):
    """The first and the last day of work, inclusive."""

    start: date
    finish: date


class Work(Struct, frozen=True):
    """An initiative that has a bar. `names` are its title and what it may be cut to; `slack` is how
    many working days it can slip, `was` where it stood at the last meeting, where that differs.
    """

    id: str
    names: tuple[str, ...]
    side: str
    joint: bool
    group: str
    start: date
    finish: date
    done: bool
    paused: bool
    late: bool
    critical: bool
    launch: bool
    slack: int
    number: int | None
    was: Span | None


class Crossing(Struct, frozen=True):
    """A handover: `given` is the day on which it is delivered, `taken` the one that waits for it.

    `starts` says that the successor's start waits for it, not its finish. Of several links between
    one pair the first one counts.
    """

    supplier: str
    successor: str
    giver: str
    taker: str
    standing: Standing
    given: date
    taken: date
    starts: bool
    names: tuple[str, ...]
    number: int | None


class Launch(Struct, frozen=True):
    """A launch that has a date somebody counts on: `due` is that announced, else its deadline."""

    id: str
    names: tuple[str, ...]
    finish: date
    due: date | None
    announced: bool
    late: Shift | None
    main: bool
    was: date | None


class Closed(Struct, frozen=True):
    """A freeze, inclusive."""

    id: str
    name: str
    start: date
    end: date


class Facts:
    """All that a picture shows of one plan, each computed once."""

    def __init__(
        self,
        plan: Plan,
        numbered: Sequence[Numbered] = (),
        was: Mapping[str, Span] | None = None,
        side: str | None = None,
        launch: str | None = None,
        title: str | None = None,
    ) -> None:
        self.plan = plan
        self.schedule = plan.schedule
        self.as_of = plan.as_of
        self.title = one_line(title or plan.roadmap.title)
        self._first = side
        self._main = launch or plan.schedule.main_launch
        self._was = was or {}
        self._numbers = {(one.supplier, one.id): one.number for one in numbered}

    # --- sides ------------------------------------------------------------------------------------

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """The sides that have work or hand something over, the reader's first, then Marketing, IT,
        others by id, and ``""`` for none.
        """
        ends = self.plan.context.ends
        crossing = (ends[id] or "" for pair in self.plan.context.handovers for id in pair)
        found = {*(work.side for work in self.works), *crossing} - {JOINT}
        first = (self._first,) if self._first else ()
        return tuple(in_order(found, (*first, *BOTH)))

    def side_title(self, side: str) -> str:
        """What a side is called."""
        return one_line(self.plan.roadmap.side_title(side))

    def hue(self, side: str) -> str:
        """The name of a side's colour: its own for Marketing and IT, else one that is free."""
        if side in BOTH:
            return side
        others = [each for each in self.sides if each not in BOTH]
        free = [each for each in BOTH if each not in self.sides]
        return dict(zip(others, free, strict=False)).get(side, "third")

    def _side_of(self, initiative: Initiative) -> str:
        context = self.plan.context
        side = context.ends[initiative.id] or ""
        if side != JOINT:
            return side
        owner = context.party(initiative.accountable).side
        return owner if owner and owner != JOINT else (self._first or BOTH[0])

    # --- work -------------------------------------------------------------------------------------

    @cached_property
    def works(self) -> tuple[Work, ...]:
        """All work that takes time and has dates, by start, then id."""
        initiatives = self.plan.roadmap.initiatives.values()
        found = (self._work(one) for one in initiatives if not one.is_milestone)
        return tuple(sorted(filter(None, found), key=lambda one: (one.start, one.id)))

    @cached_property
    def work(self) -> Mapping[str, Work]:
        """The same by id."""
        return {one.id: one for one in self.works}

    def of_side(self, side: str) -> list[Work]:
        """The work of one side, by start, then id."""
        return [one for one in self.works if one.side == side]

    def _work(self, one: Initiative) -> Work | None:
        dates = self.schedule.get(one.id)
        if dates is None:
            return None
        was = self._was.get(one.id)
        return Work(
            id=one.id,
            names=names(one.label, one.short),
            side=self._side_of(one),
            joint=self.plan.context.sides[one.id] == JOINT,
            group=self._group(one),
            start=dates.start,
            finish=dates.finish,
            done=dates.finished,
            paused=one.status == "paused",
            late=not dates.finished and self._is_late(one, dates),
            critical=one.id in self.critical,
            launch=one.kind == "campaign",
            slack=dates.total_float or 0,
            number=self._numbers.get((None, one.id)),
            was=was if was is not None and was != Span(dates.start, dates.finish) else None,
        )

    def _group(self, one: Initiative) -> str:
        """The heading of its lane: its group, else its team, else nothing."""
        roadmap = self.plan.roadmap
        group = roadmap.groups.get(one.part_of or "")
        if group is not None:
            return one_line(group.label)
        if roadmap.groups or not one.accountable:
            return ""
        return one_line(roadmap.party_title(one.accountable))

    def _is_late(self, one: Initiative, dates: Dates) -> bool:
        """Whether it misses a day that somebody set, announced, or was promised."""
        if one.id in self._late_suppliers or self.schedule.missed(one.id):
            return True
        starts = any(_after(dates.start, getattr(one, key)) for key in START_BOUNDS)
        return starts or any(_after(dates.finish, getattr(one, key)) for key in FINISH_BOUNDS)

    @cached_property
    def critical(self) -> frozenset[str]:
        """The path to the launch that it is about."""
        return frozenset(self.schedule.path_to(self._main) if self._main else ())

    @cached_property
    def _gaps(self) -> frozenset[tuple[str, str]]:
        context = self.plan.context
        return frozenset(
            (gap.successor, gap.supplier)
            for gap in gaps(context)
            if context.across(gap.supplier, gap.successor)
        )

    @cached_property
    def _late_suppliers(self) -> frozenset[str]:
        return frozenset(supplier for _, supplier in self._gaps)

    # --- handovers --------------------------------------------------------------------------------

    @cached_property
    def crossings(self) -> tuple[Crossing, ...]:
        """The handovers that are still to come, by day, then ids. What else a giver has not agreed
        for the same day has the number of its ask.
        """
        found = [one for pair in self.plan.context.handovers if (one := self._crossing(*pair))]
        asked = {(one.supplier, one.given): one.number for one in found if one.number is not None}
        every = [
            replace(one, number=asked.get((one.supplier, one.given)))
            if one.number is None and one.standing == "open"
            else one
            for one in found
        ]
        return tuple(sorted(every, key=lambda one: (one.given, one.supplier, one.successor)))

    @property
    def open_crossings(self) -> int:
        """How many of them are not agreed."""
        return sum(one.standing in ("open", "not asked") for one in self.crossings)

    def _crossing(self, successor: str, supplier: str) -> Crossing | None:
        context, schedule = self.plan.context, self.schedule
        needs = context.links(successor)[supplier]
        span = schedule.span(successor)
        given = schedule.delivery(needs[0])
        if span is None or given is None:
            return None
        starts = needs[0].type[1] == "S"
        what = next((need.delivers for need in needs if need.delivers), None)
        return Crossing(
            supplier=supplier,
            successor=successor,
            giver=context.ends[supplier] or "",
            taker=context.ends[successor] or "",
            standing=self._standing(successor, supplier),
            given=given,
            taken=span[0] if starts else span[1],
            starts=starts,
            names=names(what or self.plan.roadmap.initiatives[supplier].label),
            number=self._numbers.get((supplier, successor)),
        )

    def _standing(self, successor: str, supplier: str) -> Standing:
        state, _ = answer(self.plan.context, successor, supplier)
        if state == "not asked":
            return "not asked"
        if state != "agreed":
            return "open"
        return "late" if (successor, supplier) in self._gaps else "agreed"

    # --- launches and freezes ---------------------------------------------------------------------

    @cached_property
    def launches(self) -> tuple[Launch, ...]:
        """The launch that it is about, then the others by finish, then id."""
        main = self._main if self._main and self.schedule.span(self._main) else None
        every = [id for id in self.schedule.launches if id != main and self._counted_on(id)]
        return tuple(map(self._launch, ([main] if main else []) + every))

    def _counted_on(self, id: str) -> bool:
        one = self.plan.roadmap.initiatives[id]
        return one.is_milestone or one.deadline is not None or one.announced is not None

    def _launch(self, id: str) -> Launch:
        one, span = self.plan.roadmap.initiatives[id], self.schedule.span(id)
        assert span is not None  # a launch is scheduled
        was = self._was.get(id)
        return Launch(
            id=id,
            names=names(one.label, one.short),
            finish=span[1],
            due=one.announced or one.deadline,
            announced=one.announced is not None,
            late=self.schedule.late(one.announced or one.deadline, span[1]),
            main=id == self._main,
            was=was.finish if was is not None and was.finish != span[1] else None,
        )

    @cached_property
    def freezes(self) -> tuple[Closed, ...]:
        """The freezes that are windows, by start, then id."""
        found = (
            Closed(one.id, _frozen(one.freeze.label), one.start, one.end)
            for one in self.plan.context.frozen.windows.values()
        )
        return tuple(sorted(found, key=lambda one: (one.start, one.id)))


def counts(works: Sequence[Work]) -> str:
    """``16 own, 1 joint``; where nothing is joint ``18 initiatives``."""
    joint = sum(one.joint for one in works)
    own = len(works) - joint
    return f"{own} own, {joint} joint" if joint else count(own, "initiative")


def _after(day: date, limit: date | None) -> bool:
    return limit is not None and day > limit


def _frozen(label: str) -> str:
    name = one_line(label)
    return name if "freeze" in name.casefold() else f"{name} freeze"
