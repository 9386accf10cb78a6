"""The items of an agenda, section by section, each with what is said of it and who speaks to it.

To agree come first the fewest handovers that free a launch: of all launches the one that needs the
fewest more, then the next one, what is above being agreed. A launch is free once no open handover
is before it, so what frees it is one set and no other; of more than one they are a `group`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from planner.analysis.asks import HORIZON, Ask, asks_of
from planner.analysis.raci import Handover, freeing_of, handovers_of
from planner.analysis.speakers import Speakers
from planner.conflicts.contributions import falls, reached
from planner.conflicts.findings import Finding, Next, parts_of
from planner.conflicts.rules.dates import BOUND_WORDS
from planner.plan.model import Plan
from planner.roadmap.entities import Outcome
from planner.roadmap.figures import date_text, listed, number
from planner.roadmap.output_agenda import AgendaAct, ItemRow, ItemState, SectionName
from planner.roadmap.output_agreements import Freeing
from planner.roadmap.sides import BOTH, JOINT, crosses

LATE = ("DATE01", "PROM01", "DATE02", "DATE06", "DATE08")
"""The rules that tell of work which is late, or will be."""
OWNED = ("initiatives", "outcomes", "agreements")
"""The kinds of what somebody has to be accountable for."""
_AGREED_BY: dict[str, AgendaAct] = {
    "asked": "agree",
    "promised": "agree",
    "countered": "take",
    "not asked": "need",
    "declined": "need",
}
_STATES: dict[str, ItemState] = {
    "not asked": "not asked",
    "asked": "asked",
    "promised": "promised",
    "countered": "countered",
    "declined": "declined",
    "not accepted": "not accepted",
}
Pair = tuple[str, str]
"""(supplier, successor) of a handover."""
LAUNCHES = 5
"""So many launches are next."""


class Material:
    """What the sections of one agenda are made of."""

    def __init__(
        self, plan: Plan, speakers: Speakers, since: date, until: date, then: Plan | None
    ) -> None:
        self.plan = plan
        self.speakers = speakers
        self.since = since
        self.then = then
        self.handovers = handovers_of(plan)
        self.asks = asks_of(plan)
        self.parts = [part for one in plan.findings if not one.waived for part in parts_of(one)]
        self.until = until

    def asking(self, *acts: str) -> list[Ask]:
        """The questions of some kinds, the worst first."""
        return [ask for ask in self.asks if ask.act in acts]

    def label(self, kind: str, id: str) -> str:
        """What a table is called."""
        entity = self.plan.roadmap.table(kind).get(id)
        return entity.label if entity is not None else id

    def day(self, day: date) -> str:
        """A day in words."""
        return date_text(day, self.plan.as_of)

    def overdue(self, day: date | None) -> int | None:
        """Working days since a day that has passed; None where it has not."""
        if day is None or day >= self.plan.as_of:
            return None
        return self.plan.context.days(day, self.plan.as_of)

    def near(self, day: date | None) -> bool:
        """Whether a day is so near that the meeting should know of it; also one that has passed."""
        return day is not None and self.plan.context.days(self.plan.as_of, day) <= HORIZON

    def item(self, ask: Ask, *, subject: str, text: str = "", state: ItemState = "open") -> ItemRow:
        """The item of a question."""
        return ItemRow(
            kind=ask.kind,
            id=ask.id,
            other=ask.other,
            act=ask.act,
            state=state,
            subject=subject,
            text=text,
            day=ask.due,
            days=ask.waiting or None,
            speaks=self.speakers.of(ask.side, ask.team),
            launch=ask.launch,
            work=ask.initiatives,
        )


# --- new ------------------------------------------------------------------------------------------


def _new(made: Material) -> Iterator[ItemRow]:
    """Work that has not started and touches the other side's systems without its view, and what
    was added since and nobody of the other side has looked at.
    """
    asked = set()
    for ask in made.asking("review"):
        context = made.plan.context
        dates = context.dates(ask.id)
        started = dates is not None and dates.started
        if "VIEW01" in ask.codes and not started:
            asked.add(ask.id)
            yield made.item(ask, subject=ask.id, text=made.label("initiatives", ask.id))
    for id in _added(made):
        if id not in asked:
            yield _unseen(made, id)


def _added(made: Material) -> Iterator[str]:
    """The open work of one side that is new, and that nobody of another side has reviewed."""
    if made.then is None:
        return
    context = made.plan.context
    for one in context.open:
        seen = (context.party(party).side for party in one.reviews)
        side = context.sides[one.id]
        new = side in BOTH and one.id not in made.then.roadmap.initiatives
        if new and not any(crosses(side, other) for other in seen):
            yield one.id


def _unseen(made: Material, id: str) -> ItemRow:
    plan = made.plan
    others = [side for side in BOTH if side != plan.context.sides[id]]
    return ItemRow(
        kind="initiatives",
        id=id,
        act="review",
        subject=id,
        text=f"{made.label('initiatives', id)}, new since {made.day(made.since)}",
        day=_start(plan, id),
        speaks=tuple(each for side in others for each in made.speakers.of(side)),
        work=(id,),
    )


def _start(plan: Plan, id: str) -> date | None:
    dates = plan.schedule.get(id)
    return dates.start if dates is not None else None


# --- late -----------------------------------------------------------------------------------------


def _late(made: Material) -> Iterator[ItemRow]:
    """Deadlines and announced days that are missed, promises that are not kept."""
    told: set[tuple[str, ...]] = set()
    for code in LATE:
        for part in (one for one in made.parts if one.code == code and _is_late(one)):
            for id, other, days in _each_late(part):
                if (id, other) not in told:
                    told.add((id, other))
                    yield _late_item(made, part, id, other, days)


def _is_late(finding: Finding) -> bool:
    return finding.code != "PROM01" or bool(finding.data.get("days"))


def _each_late(finding: Finding) -> Iterator[tuple[str, str, int | None]]:
    """What one conflict tells of: work, or the handover that it is promised for; and how late."""
    data = finding.data
    if finding.code == "DATE06":
        successor, supplier = finding.root
        yield successor, supplier, data["days"]
        return
    days = [bound["days"] for bound in data.get("bounds", {}).values()]
    yield finding.id, "", data.get("days", max(days, default=None))
    yield from ((id, "", late) for id, late in data.get("also", {}).items())


def _late_item(
    made: Material, finding: Finding, id: str, other: str, days: int | None
) -> ItemRow:  # fmt: skip
    plan = made.plan
    dates = plan.schedule.get(other or id)
    first = finding.id == id
    return ItemRow(
        kind=finding.kind,
        id=id,
        other=other,
        act="waive",
        state="late",
        subject=other or id,
        text=_late_words(made, finding, id),
        day=dates.finish if dates is not None else None,
        days=days,
        speaks=made.speakers.next(finding.who if first else plan.context.owner(id)),
        launch=id if id in plan.schedule.launches else None,
        code=finding.code,
        work=(id, other) if other else (id,),
    )


def _late_words(made: Material, finding: Finding, id: str) -> str:
    """``after deadline 8 Oct``, ``after 11 May, promised to loyalty-relaunch``."""
    one, data = made.plan.roadmap.initiatives.get(id), finding.data
    if finding.code == "DATE06":
        key = "promised" if "promised" in data else "needed_by"
        word = "promised to" if key == "promised" else "needed by"
        return f"after {made.day(date.fromisoformat(data[key]))}, {word} {id}"
    if finding.code == "DATE01" and one is not None and one.deadline is not None:
        return f"after deadline {made.day(one.deadline)}"
    if finding.code == "PROM01" and one is not None and one.announced is not None:
        return f"after {made.day(one.announced)}, announced"
    if finding.code == "DATE02" and id == finding.id:
        key, bound = next(iter(data["bounds"].items()))
        return f"after {BOUND_WORDS[key]} {made.day(date.fromisoformat(bound['bound']))}"
    return finding.message.removeprefix(f"{id} ")


# --- to agree -------------------------------------------------------------------------------------


def _to_agree(made: Material) -> Iterator[ItemRow]:
    """The handovers that are not agreed, the fewest that free a launch first."""
    open_ = made.plan.context.is_open
    left = {
        (one.supplier, one.successor): one
        for one in made.handovers
        if not one.agreed_on and open_(one.successor)
    }
    groups = 0
    for pairs, launches in freed_in_turn(freeing_of(made.plan, made.handovers)):
        together = len(pairs) > 1
        groups += together
        for pair in pairs:
            yield _handover(made, left.pop(pair), launches, groups if together else None)
    for one in left.values():
        yield _handover(made, one, (), None)


def freed_in_turn(freeing: Iterable[Freeing]) -> Iterator[tuple[tuple[Pair, ...], list[str]]]:
    """The handovers to agree on, always the fewest that free one launch more, with all launches
    that are free then. Launches before which more are open than are listed are left out.
    """
    left = {one.launch: one.handovers for one in freeing if one.number == len(one.handovers)}
    while left:
        pairs = min(left.values(), key=len)
        agreed = frozenset(pairs)
        touched = [launch for launch, open_ in left.items() if not agreed.isdisjoint(open_)]
        rest = {id: tuple(pair for pair in left[id] if pair not in agreed) for id in touched}
        yield pairs, [id for id in touched if not rest[id]]
        left = {id: open_ for id, each in left.items() if (open_ := rest.get(id, each))}


def _handover(made: Material, one: Handover, frees: Iterable[str], group: int | None) -> ItemRow:
    planned = made.plan.schedule.get(one.supplier)
    day = one.needed_by or one.promised or (planned.finish if planned is not None else None)
    return ItemRow(
        kind="initiatives",
        id=one.successor,
        other=one.supplier,
        act=_AGREED_BY.get(one.state),
        state=_STATES[one.state],
        subject=f"{one.supplier} → {one.successor}",
        text=", ".join(_said(made, one)),
        day=day,
        days=one.waiting,
        speaks=made.speakers.of(one.next_side, one.next_team),
        frees=tuple(frees),
        group=group,
        work=(one.successor, one.supplier),
    )


def _said(made: Material, one: Handover) -> Iterator[str]:
    """``by 19 May``, ``asked 15 Mar``: what was said of a handover."""
    if one.needed_by is not None:
        yield f"by {made.day(one.needed_by)}"
    elif one.promised is not None:
        yield f"promised {made.day(one.promised)}"
    if one.wants is not None:
        yield one.wants
    said = {"asked": one.asked, "declined": one.declined, "not accepted": one.rejected}
    day = said.get(one.state)
    if one.state in said or one.state == "not asked":
        yield f"{one.state}{f' {made.day(day)}' if day is not None else ''}"
    if one.note and one.state in ("declined", "not accepted"):
        yield one.note


# --- to decide, nobody accountable ----------------------------------------------------------------


def _to_decide(made: Material) -> Iterator[ItemRow]:
    for ask in made.asking("decide", "own"):
        if ask.kind == "decisions":
            waits = [f"{id} waits" for id in (ask.work,) if id is not None]
            by = [f"by {made.day(ask.due)}"] if ask.due is not None else []
            owner = ["nobody decides"] if ask.act == "own" else []
            late = made.overdue(ask.due)
            item = made.item(
                ask,
                subject=made.label("decisions", ask.id),
                text=", ".join((*by, *waits, *owner)),
                state="open" if late is None else "overdue",
            )
            yield replace(item, days=late)


def _unowned(made: Material) -> Iterator[ItemRow]:
    for ask in made.asking("own"):
        if ask.kind in OWNED:
            starts = [f"starts {made.day(ask.due)}"] if ask.due is not None else []
            missing = [f"nobody {ask.other}"] if ask.other == "responsible" else []
            subject = ask.id if ask.kind == "initiatives" else made.label(ask.kind, ask.id)
            yield made.item(ask, subject=subject, text=", ".join((*missing, *starts)))


# --- unanswered, and promised in a meeting --------------------------------------------------------


def _unanswered(made: Material) -> Iterator[ItemRow]:
    """What waits for an answer and stands nowhere else: deliveries, working agreements."""
    for ask in made.asking("accept", "sign"):
        if ask.act == "accept":
            on = f" {made.day(ask.due)}" if ask.due is not None else ""
            subject, text = f"{ask.other} → {ask.id}", f"delivered{on}, not accepted yet"
            yield made.item(ask, subject=subject, text=text, state="delivered")
        else:
            side = made.plan.roadmap.side_title(ask.other)
            subject = made.label("agreements", ask.id)
            yield made.item(ask, subject=subject, text=f"not agreed by {side}", state="asked")


def _actions(made: Material) -> Iterator[ItemRow]:
    found = [one for one in made.plan.roadmap.actions.values() if one.done is None]
    for one in sorted(found, key=lambda each: each.due or date.max):
        late = made.overdue(one.due)
        who = made.plan.context.party(one.owner)
        yield ItemRow(
            kind="actions",
            id=one.id,
            act="do",
            state="open" if late is None else "overdue",
            subject=one.label,
            text=f"due {made.day(one.due)}" if one.due is not None else "no date",
            day=one.due,
            days=late,
            speaks=made.speakers.of(who.side, one.owner) if one.owner else (),
        )


# --- measured -------------------------------------------------------------------------------------


def _measured(made: Material) -> Iterator[ItemRow]:
    """Measurements that are missing, then those against the target: what was measured since, and
    what is further from it than before.
    """
    missing = {ask.id: ask for ask in made.asking("measure")}
    for ask in missing.values():
        text = f"no measurement{f' since {made.day(ask.since)}' if ask.since else ''}"
        yield made.item(ask, subject=_kpi(made, ask.id), text=text, state="missing")
    for one in made.plan.roadmap.outcomes.values():
        if one.id not in missing and one.readings and one.target is not None:
            days = sorted(one.readings)
            away = _is_away(one, days)
            if away or days[-1] > made.since:
                yield _reading(made, one, days, away=away)


def _kpi(made: Material, id: str) -> str:
    one = made.plan.roadmap.outcomes[id]
    return one.kpi or one.label


def _values(one: Outcome, days: list[date]) -> list[float]:
    """The baseline, then what was measured."""
    first = [one.baseline] if one.baseline is not None else []
    return [*first, *(one.readings[day] for day in days)]


def _is_away(one: Outcome, days: list[date]) -> bool:
    """Whether the last reading is further from the target than the one before it."""
    values = _values(one, days)
    if len(values) < 2 or reached(one):
        return False
    return values[-1] > values[-2] if falls(one) else values[-1] < values[-2]


def _reading(made: Material, one: Outcome, days: list[date], *, away: bool) -> ItemRow:
    last, *before = reversed(_values(one, days))
    assert one.target is not None
    was = f", was {number(before[0])}" if before else ""
    who = made.plan.context.party(one.owner) if one.owner else Next(JOINT)
    return ItemRow(
        kind="outcomes",
        id=one.id,
        act="measure",
        state="away" if away else "measured",
        subject=_kpi(made, one.id),
        text=f"{number(last)}{was}, target {number(one.target, one.unit)}",
        day=days[-1],
        speaks=made.speakers.of(who.side, one.owner),
        work=tuple(each.id for each in made.plan.context.open if one.id in each.outcomes),
    )


# --- what ends, and what is next ------------------------------------------------------------------


def _ends(made: Material) -> Iterator[ItemRow]:
    """Waivers, exceptions, support and working agreements that end soon, or have ended."""
    yield from sorted(_ending(made), key=lambda item: (item.day or date.max, item.kind, item.id))


def _ending(made: Material) -> Iterator[ItemRow]:
    roadmap = made.plan.roadmap
    for one in roadmap.waivers.values():
        if one.until is not None and made.near(one.until):
            on = listed(one.on, 2)
            text = f"waiver of {one.rule or 'a rule'}{f' on {on}' if on else ''}"
            work = _touching(made.plan, one.on)
            yield _end(made, "waivers", one.id, one.until, text, one.by, "waive", work)
    for system in roadmap.systems.values():
        for day, what in (
            (system.standing_until, system.standing),
            (system.supported_until, "support"),
        ):
            if day is not None and system.status != "retired" and made.near(day):
                text = f"{what or 'standing'} of {system.id}"
                work = _touching(made.plan, (system.id,))
                yield _end(made, "systems", system.id, day, text, system.owner, None, work)
    for agreement in roadmap.agreements.values():
        if agreement.review_by is not None and agreement.review_by <= made.until:
            text = f"{agreement.label}: to review"
            who = next(iter(agreement.accountable), None)
            yield _end(made, "agreements", agreement.id, agreement.review_by, text, who, "sign")


def _touching(plan: Plan, ids: Iterable[str]) -> tuple[str, ...]:
    """The open work among some ids, and what uses or changes a system among them."""
    wanted = frozenset(ids)
    return tuple(
        one.id
        for one in plan.context.open
        if one.id in wanted or not wanted.isdisjoint((*one.uses, *one.alters))
    )


def _end(
    made: Material,
    kind: str,
    id: str,
    day: date,
    subject: str,
    party: str | None,
    act: AgendaAct | None = None,
    work: tuple[str, ...] = (),
) -> ItemRow:
    known = party is not None and (
        party in made.plan.roadmap.people or party in made.plan.roadmap.teams
    )
    ended = day < made.plan.as_of
    return ItemRow(
        kind=kind,
        id=id,
        act=act,
        state="overdue" if ended else "ends",
        subject=subject,
        text=f"{'ended' if ended else 'until'} {made.day(day)}",
        day=day,
        days=abs(made.plan.context.days(made.plan.as_of, day)),
        speaks=made.speakers.of(None, party) if known else (),
        work=work,
    )


def _next_launches(made: Material) -> Iterator[ItemRow]:
    plan = made.plan
    for id in plan.context.by_finish(plan.schedule.launches)[:LAUNCHES]:
        dates, late = plan.schedule.get(id), plan.schedule.missed(id)
        one = plan.roadmap.initiatives[id]
        said = [f"announced {made.day(one.announced)}"] if one.announced is not None else []
        said += [f"deadline {made.day(one.deadline)}"] if one.deadline is not None else []
        yield ItemRow(
            kind="initiatives",
            id=id,
            state="late" if late else "open",
            subject=one.label,
            text=", ".join(said),
            day=dates.finish if dates is not None else None,
            days=late.working if late else None,
            speaks=made.speakers.owner(id),
            launch=id,
            work=(id,),
        )


SECTIONS: tuple[tuple[SectionName, Callable[[Material], Iterator[ItemRow]]], ...] = (
    ("new", _new),
    ("late", _late),
    ("agree", _to_agree),
    ("decide", _to_decide),
    ("owner", _unowned),
    ("unanswered", _unanswered),
    ("action", _actions),
    ("measured", _measured),
    ("ends", _ends),
    ("launch", _next_launches),
)
