"""Who answers for what, and what the two sides hand to each other.

The matrix has working agreements and open initiatives as rows and teams as columns; its letters are
RACI's: accountable, responsible, consulted, informed. A person counts for their team. The list of
handovers has every link between two different portfolios, neither of them joint, with the days
that were said about it. Days are inclusive, lengths are working days on the roadmap's calendar;
text is as the file has it. Everything but `slipped` only reads the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from planner.conflicts.terms import Waiting, waiting, who_wants
from planner.network.graph import Link, handovers
from planner.plan.impact import Moved, compare, lateness
from planner.plan.model import Plan
from planner.roadmap.answers import Answer, handover_state
from planner.roadmap.entities import Agreement, Initiative
from planner.roadmap.fields import keys_naming
from planner.roadmap.output_agreements import Freeing
from planner.roadmap.quantities import Counter, Need, format_tie
from planner.roadmap.sides import LANES
from planner.schedule.delay import finish_of
from planner.schedule.shift import Shift
from planner.text.edits import Edit, SetKey

Standing = Literal["gap", "double", "unagreed", "due", "settled"]
"""How a row of the matrix stands, the worst first."""

State = Literal[
    "not asked", "asked", "countered", "declined", "promised", "agreed", "delivered", "accepted",
    "not accepted",
]  # fmt: skip
"""How far a handover is: what was said last, unless a counter waits or it is delivered."""

FEW = 10
"""Of a launch that needs no more agreements than this, each of them is said to free it."""

LETTERS = tuple(
    (key, key[0].upper()) for key in ("accountable", "responsible", "consulted", "informed")
)
"""The keys of RACI and their letters, in the order in which a cell shows them."""


# --- the matrix -----------------------------------------------------------------------------------


class Column(Struct, frozen=True):
    """A team that some row names. `side` is None where nobody wrote its portfolio."""

    id: str
    title: str
    side: str | None


class Duty(Struct, frozen=True, kw_only=True):
    """A row: who does what for one agreement or initiative. `letters` is by column (``"AR"``).

    `lacking` are the sides that have not agreed; initiatives need no such yes. `due` says that the
    day to look at an agreement again has passed. `reviews` tells who gave a view, and when.
    """

    kind: Literal["agreements", "initiatives"]
    id: str
    title: str
    side: str | None
    letters: dict[str, str]
    accountables: tuple[str, ...]
    agreed: dict[str, date] = {}
    lacking: tuple[str, ...] = ()
    review_by: date | None = None
    due: bool = False
    reviews: dict[str, date] = {}

    @property
    def standing(self) -> Standing:
        """The worst that can be said of it."""
        if not self.accountables:
            return "gap"
        if len(self.accountables) > 1:
            return "double"
        if self.lacking:
            return "unagreed"
        return "due" if self.due else "settled"


class Matrix(Struct, frozen=True):
    """Columns by side, then in file order; agreements first, then initiatives by start."""

    columns: tuple[Column, ...]
    agreements: tuple[Duty, ...]
    initiatives: tuple[Duty, ...]

    @property
    def rows(self) -> tuple[Duty, ...]:
        """All rows."""
        return self.agreements + self.initiatives

    @property
    def gaps(self) -> tuple[Duty, ...]:
        """The rows that nobody is accountable for."""
        return tuple(row for row in self.rows if row.standing == "gap")

    @property
    def doubles(self) -> tuple[Duty, ...]:
        """The rows that more than one party is accountable for."""
        return tuple(row for row in self.rows if row.standing == "double")


def matrix_of(plan: Plan) -> Matrix:
    """The matrix of a plan. Initiatives are in it once any of them names somebody."""
    roadmap = plan.roadmap
    agreements = tuple(_agreement(plan, one) for one in roadmap.agreements.values())
    open_ = [one for one in roadmap.initiatives.values() if one.open]
    named = any(one.owner or one.responsible or one.consulted or one.informed for one in open_)
    ids = plan.context.by_start(one.id for one in open_) if named else []
    initiatives = tuple(_initiative(plan, roadmap.initiatives[id]) for id in ids)
    return Matrix(_columns(plan, (*agreements, *initiatives)), agreements, initiatives)


def agreements_on(plan: Plan, work: Iterable[str]) -> set[str]:
    """The working agreements that cover a system, a capability or data that this work touches."""
    roadmap = plan.roadmap
    known = [roadmap.initiatives[id] for id in work if id in roadmap.initiatives]
    systems, data = (
        {
            id
            for one in known
            for key in keys_naming("initiatives", kind)
            for id in getattr(one, key)
        }
        for kind in ("systems", "data")
    )
    tables = (roadmap.systems[id] for id in systems if id in roadmap.systems)
    abilities = {ability for table in tables for ability in table.capabilities}
    return {
        one.id
        for one in roadmap.agreements.values()
        if systems & {*one.systems} or data & {*one.data} or abilities & {*one.capabilities}
    }


def _agreement(plan: Plan, one: Agreement) -> Duty:
    return Duty(
        kind="agreements",
        id=one.id,
        title=one.label,
        side=None,
        letters=_letters(plan, one, one.accountable),
        accountables=one.accountable,
        agreed=dict(one.agreed),
        lacking=tuple(plan.roadmap.yet_to_agree(one)),
        review_by=one.review_by,
        due=one.review_by is not None and one.review_by < plan.as_of,
    )


def _initiative(plan: Plan, one: Initiative) -> Duty:
    return Duty(
        kind="initiatives",
        id=one.id,
        title=one.label,
        side=plan.context.sides[one.id],
        letters=_letters(plan, one, one.owner),
        accountables=one.owner,
        reviews=dict(one.reviews),
    )


def _letters(
    plan: Plan, one: Agreement | Initiative, accountable: tuple[str, ...]
) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, letter in LETTERS:
        for party in accountable if key == "accountable" else getattr(one, key):
            team = plan.context.team_of_party(party) or party
            if letter not in found.get(team, ""):
                found[team] = found.get(team, "") + letter
    return found


def _columns(plan: Plan, rows: Iterable[Duty]) -> tuple[Column, ...]:
    named = dict.fromkeys(team for row in rows for team in row.letters)
    ids = [id for id in plan.roadmap.teams if id in named]
    ids += [id for id in named if id not in plan.roadmap.teams]
    return tuple(sorted((_column(plan, id) for id in ids), key=lambda one: _place(one.side)))


def _column(plan: Plan, id: str) -> Column:
    return Column(id, plan.roadmap.party_title(id), plan.context.party(id).side)


def _place(side: str | None) -> int:
    return LANES.index(side) if side in LANES else len(LANES)


# --- the handovers -------------------------------------------------------------------------------


class Handover(Struct, frozen=True, kw_only=True):
    """What `supplier` delivers to `successor`; several links of one pair are one handover.

    `finish` is the supplier's last day, as planned or as it was; `delivery` the day of the end that
    the links wait for (of SS and SF the start, with the lag); None where it is not scheduled.
    `late` is how many working days the delivery is after the day promised, else after the day
    needed, and `calendar_days` how many calendar days: over a weekend the first is 0 and the second
    is not. `waits` tells for each side how long it has let the other wait: from asked to answered,
    from a counter on, and from delivered to accepted. `next_side` moves next (None: nobody has to);
    `ties` are types and lags. `wants` says what a counter asks for, and which side does.
    """

    supplier: str
    successor: str
    supplier_side: str
    successor_side: str
    ties: tuple[str, ...]
    delivers: str | None
    why: str | None
    accepted_when: str | None
    state: State
    asked: date | None
    agreed: date | None
    declined: date | None
    needed_by: date | None
    promised: date | None
    accepted: date | None
    rejected: date | None
    counter: Counter | None
    wants: str | None
    by: str | None
    note: str | None
    finish: date | None
    delivery: date | None
    late: int
    calendar_days: int
    waits: dict[str, int]
    next_side: str | None
    next_team: str | None

    @property
    def due(self) -> date | None:
        """The day that counts: promised, else needed."""
        return self.promised or self.needed_by

    @property
    def lateness(self) -> Shift | None:
        """By how much the delivery is after the day that counts; None: it is not."""
        if self.due is None or self.delivery is None or not self.calendar_days:
            return None
        return Shift(self.due, self.delivery, self.late)

    @property
    def open(self) -> bool:
        """Whether the supplier still has to deliver."""
        return self.state not in ("delivered", "accepted")

    @property
    def agreed_on(self) -> bool:
        """Whether nobody has to agree to it any more."""
        return self.state in ("agreed", "delivered", "accepted")

    @property
    def waiting(self) -> int | None:
        """Working days for which the side that moves next has been waited for; None: nobody is."""
        if self.state not in ("asked", "countered", "delivered") or self.next_side is None:
            return None
        return self.waits.get(self.next_side)


def handovers_of(plan: Plan) -> tuple[Handover, ...]:
    """Every handover without dropped ends: what is still to come by finish, then the rest."""
    links: dict[tuple[str, str], list[Link]] = {}
    for link in handovers(plan.roadmap, plan.network):
        links.setdefault((link.pred, link.succ), []).append(link)
    accepting = any(link.need.accepted for pair in links.values() for link in pair)
    initiatives = plan.roadmap.initiatives
    found = [
        _handover(plan, *pair, [link.need for link in links[pair]], accepting=accepting)
        for pair in links
        if all(initiatives[id].status != "dropped" for id in pair)
    ]
    return tuple(sorted(found, key=lambda one: (not one.open, one.finish or date.max)))


def waits_by_side(found: Iterable[Handover]) -> dict[str, int]:
    """Working days for which each side lets the other wait now, over all handovers."""
    total: dict[str, int] = {}
    for one in found:
        if one.next_side is not None and one.waiting:
            total[one.next_side] = total.get(one.next_side, 0) + one.waiting
    return total


def freeing_of(plan: Plan, found: Iterable[Handover]) -> tuple[Freeing, ...]:
    """Which handovers are still to agree on before each launch, the fewest first.

    It takes networkx; at 10,000 initiatives some tenths of a second.
    """
    from planner.network.dependencies import freeing

    initiatives = plan.roadmap.initiatives
    pairs = (
        (one.supplier, one.successor)
        for one in found
        if not one.agreed_on and initiatives[one.successor].open
    )
    return freeing(plan.graph.initiatives, plan.schedule.launches, tuple(pairs))


def freed_by(freed: Iterable[Freeing]) -> dict[tuple[str, str], list[Freeing]]:
    """Which launches each handover (supplier, successor) frees, alone or with a few others."""
    found: dict[tuple[str, str], list[Freeing]] = {}
    for one in freed:
        for pair in one.handovers if one.number <= FEW else ():
            found.setdefault(pair, []).append(one)
    return found


def _handover(
    plan: Plan, supplier: str, successor: str, needs: list[Need], *, accepting: bool
) -> Handover:
    keys = ("asked", "agreed", "declined", "accepted", "rejected")
    said: dict[str, Any] = {key: _latest(needs, key) for key in keys}
    wanted: dict[str, Any] = {key: _earliest(needs, key) for key in ("promised", "needed_by")}
    texts = ("delivers", "why", "accepted_when", "by", "note")
    words: dict[str, Any] = {key: _first(needs, key) for key in texts}
    counter = waiting(plan.context, successor, supplier)
    state = _state(plan, supplier, handover_state(needs)[0], counter)
    if state == "not asked" and wanted["promised"]:
        state = "promised"
    ends = plan.context.ends
    giving, taking = ends[supplier] or "", ends[successor] or ""
    finish, delivery = finish_of(plan, supplier), _delivery(plan, needs)
    late = plan.schedule.late(wanted["promised"] or wanted["needed_by"], delivery)
    moving = _next(state, supplier, successor, counter, accepting=accepting)
    return Handover(
        supplier=supplier,
        successor=successor,
        supplier_side=giving,
        successor_side=taking,
        ties=tuple(tie for need in needs if (tie := format_tie(need))),
        state=state,
        counter=counter.counter if counter else None,
        wants=who_wants(plan.context, counter) if counter else None,
        finish=finish,
        delivery=delivery,
        late=late.working if late else 0,
        calendar_days=late.calendar if late else 0,
        waits=dict(_waits(plan, state, giving, taking, finish, said, counter, accepting=accepting)),
        next_side=None if moving is None else ends[moving],
        next_team=None if moving is None else plan.roadmap.initiatives[moving].accountable,
        **said,
        **wanted,
        **words,
    )


def _first(needs: list[Need], key: str) -> str | None:
    return next((words for need in needs if (words := getattr(need, key))), None)


def _latest(needs: list[Need], key: str) -> date | None:
    return max((day for need in needs if (day := getattr(need, key))), default=None)


def _earliest(needs: list[Need], key: str) -> date | None:
    return min((day for need in needs if (day := getattr(need, key))), default=None)


def _delivery(plan: Plan, needs: list[Need]) -> date | None:
    """Of the links with a day that was promised, or needed; else of them all: the last."""
    dated = [need for need in needs if need.promised or need.needed_by]
    days = (plan.schedule.delivery(need) for need in dated or needs)
    return max((day for day in days if day is not None), default=None)


def _state(plan: Plan, supplier: str, said: Answer, counter: Waiting | None) -> State:
    dates = plan.schedule.get(supplier)
    if dates is not None and dates.finished and said not in ("accepted", "not accepted"):
        return "delivered"
    return "countered" if counter is not None and said != "accepted" else said


def _next(
    state: State, supplier: str, successor: str, counter: Waiting | None, *, accepting: bool
) -> str | None:
    if state == "countered" and counter is not None:
        return supplier if counter.end == "supplier" else successor
    if state in ("asked", "promised", "agreed", "not accepted"):
        return supplier
    if state == "accepted" or (state == "delivered" and not accepting):
        return None
    return successor


def _waits(
    plan: Plan,
    state: State,
    giving: str,
    taking: str,
    finish: date | None,
    said: Mapping[str, date | None],
    counter: Waiting | None,
    *,
    accepting: bool,
) -> Iterator[tuple[str, int]]:
    days = plan.calendars.roadmap.working_days
    if state == "countered" and counter is not None:
        since = counter.counter.on or plan.as_of
        yield giving if counter.end == "supplier" else taking, max(0, days(since, plan.as_of))
        return
    answers = [day for key in ("agreed", "declined") if (day := said[key])]
    answered = None if state == "asked" else max(answers, default=None)
    if said["asked"] and (answered or state == "asked"):
        yield giving, max(0, days(said["asked"], answered or plan.as_of))
    if finish is not None and (state == "accepted" or (state == "delivered" and accepting)):
        yield taking, max(0, days(finish, said["accepted"] or plan.as_of))


# --- what would break -----------------------------------------------------------------------------

SLIP = 5
"""Working days by which a supplier is made to slip where nobody says otherwise."""


class Slip(Struct, frozen=True, kw_only=True):
    """What follows if a supplier finishes `days` later: a run of the whole plan, not a guess.

    `launches` are the launches that move, `missed` those that miss their deadline only then, with
    how late they are; `moved` counts all work that moves beside the supplier; `cost` is the cost of
    delay, None where no outcome has a value.
    """

    supplier: str
    days: int
    launches: tuple[Moved, ...]
    missed: tuple[tuple[str, Shift], ...]
    moved: int
    cost: float | None


def slipped(plan: Plan, supplier: str, days: int = SLIP) -> Slip | None:
    """The plan with a later supplier; None where it is finished or has no dates."""
    edit = _later(plan, supplier, days)
    if edit is None:
        return None
    after = plan.with_edit(edit)
    change = compare(plan, after)
    launches = tuple(one for one in change.launches_moved if one.id != supplier)
    late = ((one.id, lateness(after, one.id)) for one in launches)
    return Slip(
        supplier=supplier,
        days=days,
        launches=launches,
        missed=tuple((id, by) for id, by in late if by and not lateness(plan, id)),
        moved=sum(one.id != supplier for one in change.moved),
        cost=change.cost,
    )


def _later(plan: Plan, id: str, days: int) -> Edit | None:
    dates, initiative = plan.schedule.get(id), plan.roadmap.initiatives.get(id)
    if dates is None or initiative is None or dates.finished:
        return None
    if dates.started:
        return SetKey("initiatives", id, ("remaining",), f"{dates.remaining + days}d")
    key = "must_finish_on" if initiative.must_finish_on else "finish_no_earlier_than"
    day = plan.calendars.roadmap.add(dates.finish, days)
    return SetKey("initiatives", id, (key,), day)
