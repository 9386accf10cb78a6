"""What a side, a team or a person has to answer, so that the other one can go on.

A question asks for one thing that the file can record: whether to deliver by a day, whether to take
other terms, which option, when a review was, what was measured, who owns something. Where a
conflict waits for somebody and none of these is it, the question is which of its fixes to apply, or
by when it will be settled. The worst stand first, in the order of the conflicts behind them.

A question is found again by its `key`, which ends in a fingerprint of the terms that it was asked
on: an answer to other terms is none. What a week more costs and the fixes are computed on the whole
plan, so only for the questions that are shown (`detailed`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property, partial
from hashlib import blake2b
from itertools import islice

from msgspec import Struct, structs

from planner.analysis.raci import Handover, Slip, handovers_of, slipped
from planner.conflicts.answering import planned_day, promised_day
from planner.conflicts.context import Context
from planner.conflicts.contributions import last_reading
from planner.conflicts.findings import Finding, Next, parts_of
from planner.conflicts.fixing import Fix, fixes
from planner.conflicts.rules.outcomes import lacks
from planner.conflicts.terms import Waiting, link_name, linked_as, links_of, waiting
from planner.network.marks import first_of, leading_to
from planner.plan.model import Plan
from planner.plan.offers import all_offers
from planner.query.party import Party, concerns
from planner.roadmap.entities import Agreement, Decision, Outcome
from planner.roadmap.figures import priced
from planner.roadmap.ids import make_id
from planner.roadmap.output_asks import AskAct
from planner.roadmap.quantities import format_need_text
from planner.roadmap.sides import JOINT, STANDARD, belongs_to
from planner.text.edits import Edit, Edits, SetKey

MOST = 10
"""So many questions are asked at once, as `check` prints so many roots; all of them on demand."""
OPTIONS = 3
"""Of the fixes of a conflict so many are offered."""
WEEK = 5
"""Working days of a week, for what a week more costs."""
HORIZON = 65
"""Working days within which a decision is due for somebody to be asked."""
HANDLED = frozenset(
    ("LINK01", "LINK02", "LINK04", "LINK05", "DEC01", "DEC02", "DATA02", "VIEW01", "OUT02", "OUT04",
     "OWN01", "OWN03", "PROM01")
)  # fmt: skip
"""The rules whose conflicts are asked about by questions of their own, where there are any."""


class Ask(Struct, frozen=True, kw_only=True):
    """One question. `kind` and `id` are the table it is about; `other` is the supplier of a
    handover, the party that reviews, or the key that is missing. `what` is the day, or the terms,
    that it names; `terms` are all that it was asked on. `finding` is the conflict to settle.
    """

    act: AskAct
    kind: str
    id: str
    other: str = ""
    what: str = ""
    side: str | None = None
    team: str | None = None
    terms: tuple[str, ...] = ()
    work: str | None = None
    """The initiative that is late if nobody answers."""
    since: date | None = None
    due: date | None = None
    options: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    """The rules that report it, to find its place among the conflicts."""
    finding: Finding | None = None
    launch: str | None = None
    waiting: int = 0
    week: float | None = None
    moves: int = 0
    """The launches that a week more would move."""

    @property
    def key(self) -> str:
        """``agree:loyalty-relaunch:customer-sso:2027-05-12:3f9a2c``, made of ids, a day and the
        fingerprint of the terms.
        """
        name = self.id if self.kind == "initiatives" else f"{self.kind}.{self.id}"
        parts = (self.act, name, self.other, self.what)
        return ":".join([*(_quoted(part) for part in parts if part), self.fingerprint])

    @property
    def initiatives(self) -> tuple[str, ...]:
        """The initiatives that it is about, each once: both ends of a handover, what is late if
        nobody answers, and those of the conflict to settle.
        """
        own = self.id if self.kind == "initiatives" else None
        end = self.other if self.act in ("agree", "take", "accept", "need") else None
        of_conflict = self.finding.initiatives if self.finding is not None else ()
        found = (own, end, self.work, *of_conflict)
        return tuple(dict.fromkeys(id for id in found if id is not None))

    @property
    def fingerprint(self) -> str:
        """Six figures of the terms: another where any of them changed."""
        said = "\0".join((self.act, self.kind, self.id, self.other, self.what, *self.terms))
        return blake2b(said.encode("utf-8", "replace"), digest_size=3).hexdigest()


class KeyRead(Struct, frozen=True):
    """What a key names, whether or not the question is still there."""

    act: str
    kind: str
    id: str
    other: str
    what: str
    fingerprint: str


def _quoted(part: str) -> str:
    """A part of a key: what no id of this format has is spelled by its code."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-._+") else _coded(c) for c in part)


def _coded(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "surrogatepass"))


def key_read(key: str) -> KeyRead:
    """A key taken apart."""
    from urllib.parse import unquote

    act, name, *rest, fingerprint = (unquote(part) for part in key.split(":"))
    kind, dot, id = name.partition(".")
    other, what = (*rest, "", "")[:2]
    if not dot:
        kind, id = "initiatives", name
    return KeyRead(act, kind, id, other, what, fingerprint)


# --- all of them ----------------------------------------------------------------------------------


def asks_of(plan: Plan) -> tuple[Ask, ...]:
    """Every question of a plan, the worst first."""
    found = [*_handovers(plan), *_decisions(plan), *_reviews(plan), *_outcomes(plan)]
    found += [*_owners(plan), *_agreements(plan)]
    found += _conflicts(plan, {id for one in found for id in (one.id, one.other)})
    once = {(one.act, one.kind, one.id, one.other): one for one in reversed(found)}
    order = _Order(plan)
    return tuple(sorted(map(_Launches(plan).served, once.values()), key=order.place))


def asked_of(plan: Plan, party: Party | None) -> tuple[Ask, ...]:
    """The questions that a side, a team or a person answers, the worst first; without one, all."""
    every = asks_of(plan)
    if party is None:
        return every
    return tuple(one for one in every if concerns(plan, party, one.side, one.team))


def detailed(plan: Plan, asks: Iterable[Ask]) -> list[Ask]:
    """The questions with what a week more costs, and those about a conflict with its options."""
    slips: dict[str, Slip | None] = {}
    found = []
    for ask in asks:
        work = ask.work
        if work is not None and work not in slips:
            slips[work] = None if plan.is_large else slipped(plan, work, WEEK)
        slip = slips[work] if work is not None else None
        if slip is not None:
            ask = structs.replace(ask, week=slip.cost, moves=len(slip.launches))
        found.append(with_options(plan, ask))
    return found


def with_options(plan: Plan, ask: Ask) -> Ask:
    """A question about a conflict with the fixes to choose from, which are among its terms."""
    if ask.finding is None:
        return ask
    currency = plan.roadmap.settings.currency
    options = tuple(priced(one.title, one.price, currency) for one in ways(plan, ask))
    return structs.replace(ask, options=options, terms=(*ask.terms, *options))


def ways(plan: Plan, ask: Ask) -> tuple[Fix, ...]:
    """The fixes of the conflict that a question is about, which whoever answers may choose: each
    was tried, and none needs the agreement of another side.
    """
    if ask.finding is None:
        return ()
    may = partial(_may_choose, plan, ask)
    if plan.is_large:
        own = filter(may, fixes(ask.finding, plan.context, trials=1))
        return tuple(islice(own, OPTIONS))
    return tuple(offer.fix for offer in all_offers(plan, ask.finding, may).found[:OPTIONS])


def _may_choose(plan: Plan, ask: Ask, fix: Fix) -> bool:
    """Whether it is for this side alone to say: it needs no other's yes, and records none."""
    roadmap, party = plan.roadmap, plan.context.party
    titles = {roadmap.side_title(side): side for side in (*STANDARD, *roadmap.portfolios)}
    whose = [titles.get(who) or party(who).side for who in fix.needs_agreement]
    return {*whose, *_speakers(plan, fix.edit)} <= {*belongs_to(ask.side), None}


def _speakers(plan: Plan, edit: Edit) -> Iterator[str | None]:
    """The sides whose word an edit records: their agreement, or the review of a team of theirs."""
    if isinstance(edit, Edits):
        for part in edit.edits:
            yield from _speakers(plan, part)
    elif isinstance(edit, SetKey) and edit.key[0] in ("agreed", "reviews"):
        before = plan.written(edit.kind, edit.id).get(edit.key[0], {})
        named = edit.key[1:] or tuple(who for who in edit.value if who not in before)
        of_sides = edit.key[0] == "agreed"
        yield from (who if of_sides else plan.context.party(who).side for who in named)


class _Order:
    """The places of a plan's conflicts, as `check` orders them."""

    def __init__(self, plan: Plan) -> None:
        self._context = plan.context
        self._places: dict[tuple[str, tuple[str, ...] | str], int] = {}
        self._number = len(plan.findings)
        for place, finding in enumerate(plan.findings):
            for part in parts_of(finding):
                each = [tuple(on) for on in part.data.get("each", ())] if part.together else []
                for name in (part.root, *part.on, *each, *(id for on in each for id in on)):
                    self._places.setdefault((part.code, name), place)

    def place(self, ask: Ask) -> tuple[int, date, int, str, str, str]:
        """First what the worst conflict waits for, then what is due, then what has waited."""
        names = ((ask.id, ask.other), (ask.other,), ask.id)
        found = (self._places.get((code, name)) for code in ask.codes for name in names)
        place = min((one for one in found if one is not None), default=self._number)
        return place, ask.due or date.max, -ask.waiting, ask.act, ask.id, ask.other


class _Launches:
    """Which launch waits for some work: the main one before all others, then the nearest."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    @cached_property
    def _launches(self) -> list[str]:
        main = self._plan.schedule.main_launch
        others = self._plan.context.by_finish(self._plan.schedule.launches)
        return list(dict.fromkeys((*((main,) if main else ()), *others)))

    def served(self, ask: Ask) -> Ask:
        """The question with the launch behind it, and how long it has waited."""
        days = self._plan.calendars.roadmap.working_days
        waits = max(0, days(ask.since, self._plan.as_of)) if ask.since is not None else 0
        launch = self._behind(ask.work) if ask.work is not None else None
        return structs.replace(ask, launch=launch, waiting=waits)

    def _behind(self, work: str) -> str | None:
        mark = self._before.get(work, 0)
        return self._launches[first_of(mark)] if mark else None

    @cached_property
    def _before(self) -> dict[str, int]:
        """For each launch and all before it, the bits of the launches that wait for it."""
        bits = {id: 1 << number for number, id in enumerate(self._launches)}
        return leading_to(self._plan.network, bits)


# --- handovers ------------------------------------------------------------------------------------


def _handovers(plan: Plan) -> Iterator[Ask]:
    context = plan.context
    for one in handovers_of(plan):
        make = _BY_STATE.get(one.state)
        if make is None or one.next_side is None:
            continue
        if one.open and not context.is_open(one.successor):
            continue
        act, day = make
        what, since = day(context, one)
        yield Ask(
            act=act,
            kind="initiatives",
            id=one.successor,
            other=one.supplier,
            what=what,
            side=one.next_side,
            team=one.next_team,
            terms=tuple(_terms(context, one)),
            work=one.supplier if one.open else one.successor,
            since=since,
            due=one.due,
            codes=("PROM01", "LINK01", "LINK04", "LINK02", "LINK05"),
        )


def _terms(context: Context, one: Handover) -> Iterator[str]:
    """All that a handover says of itself but who answered last, and how."""
    yield from (one.state, one.delivers or "", one.accepted_when or "")
    for need in links_of(context, one.successor, one.supplier):
        yield format_need_text(need)
        yield from (str(getattr(need, key) or "") for key in ("needed_by", "promised", "asked"))
        yield str(need.counter or "")


def _to_agree(context: Context, one: Handover) -> tuple[str, date | None]:
    """By when: as it is needed, else as it is promised or planned."""
    day = one.needed_by or promised_day(context, one.successor, one.supplier)
    return (day.isoformat() if day else ""), one.asked


def _to_take(context: Context, one: Handover) -> tuple[str, date | None]:
    found = waiting(context, one.successor, one.supplier)
    return (wanted(found), found.counter.on) if found is not None else ("", None)


def wanted(found: Waiting) -> str:
    """The day or the link that a counter wants: ``2027-05-26``, ``SS+5d``; of an overlap that a fix
    has made, the one that is held already.
    """
    counter = found.counter
    day = counter.promised or counter.needed_by
    if day is not None:
        return day.isoformat()
    return link_name(found.need if found.kept else linked_as(found.need, counter))


def _to_accept(_context: Context, one: Handover) -> tuple[str, date | None]:
    return "", one.finish


def _to_need(context: Context, one: Handover) -> tuple[str, date | None]:
    day = one.needed_by or planned_day(context, one.successor, one.supplier)
    return (day.isoformat() if day else ""), one.declined


Named = Callable[[Context, Handover], tuple[str, date | None]]
"""The day or terms that a question names, and since when it waits."""

_BY_STATE: dict[str, tuple[AskAct, Named]] = {
    "asked": ("agree", _to_agree),
    "promised": ("agree", _to_agree),
    "countered": ("take", _to_take),
    "delivered": ("accept", _to_accept),
    "not asked": ("need", _to_need),
    "declined": ("need", _to_need),
}


# --- decisions and reviews ------------------------------------------------------------------------


def _decisions(plan: Plan) -> Iterator[Ask]:
    awaited: dict[str, list[str]] = {}
    for initiative in plan.context.open_having("awaits"):
        for id in initiative.awaits:
            awaited.setdefault(id, []).append(initiative.id)
    for one in plan.roadmap.decisions.values():
        ids = plan.context.by_start(awaited.get(one.id, ()))
        if one.decided is None and (ids or _is_near(plan, one.needed_by)):
            yield _decision(plan, one, ids)


def _is_near(plan: Plan, day: date | None) -> bool:
    return day is not None and plan.context.days(plan.as_of, day) <= HORIZON


def _decision(plan: Plan, one: Decision, awaited: list[str]) -> Ask:
    who = plan.context.party(one.owner) if one.owner else plan.context.together(awaited)
    return Ask(
        act="decide" if one.owner else "own",
        kind="decisions",
        id=one.id,
        other="" if one.owner else "owner",
        side=who.side or JOINT,
        team=who.team,
        terms=(one.label, *one.options, str(one.needed_by or ""), one.owner or ""),
        work=awaited[0] if awaited else None,
        since=one.needed_by if one.needed_by and one.needed_by < plan.as_of else None,
        due=one.needed_by,
        options=one.options,
        codes=("DEC01", "DEC02"),
    )


def _reviews(plan: Plan) -> Iterator[Ask]:
    """Who has to give a view of which work: the steward of its data, the owner of its systems."""
    for finding in plan.report.each:
        if finding.code == "DATA02" and not finding.waived:
            for id, parties in finding.data["lacking"].items():
                yield from (_review(plan, id, party, "DATA02") for party in parties)
        if finding.code == "VIEW01" and not finding.waived:
            teams = finding.data["teams"]
            yield from (_review(plan, finding.id, party, "VIEW01") for party in teams)


def _review(plan: Plan, id: str, party: str, code: str) -> Ask:
    one, who = plan.roadmap.initiatives[id], plan.context.party(party)
    dates = plan.context.dates(id)
    touched = (*one.processes, *one.activates, *one.alters, *one.uses)
    return Ask(
        act="review",
        kind="initiatives",
        id=id,
        other=party,
        side=who.side or plan.context.sides[id],
        team=party,
        terms=(one.label, *dict.fromkeys(touched)),
        work=id,
        due=dates.start if dates is not None and dates.start >= plan.as_of else None,
        codes=(code,),
    )


# --- outcomes -------------------------------------------------------------------------------------


def _outcomes(plan: Plan) -> Iterator[Ask]:
    for finding in plan.report.each:
        one = plan.roadmap.outcomes.get(finding.id)
        if one is None or finding.waived or finding.kind != "outcomes":
            continue
        lacking = lacks(one)
        unread = finding.code == "OUT04"
        if unread or (finding.code == "OUT02" and "baseline" in lacking and not one.readings):
            yield _measurement(plan, one, finding)
        if finding.code == "OUT02" and one.owner is None:
            yield _owner_of(plan, "outcomes", one.id, one.label, Next(JOINT), "OUT02")


def _measurement(plan: Plan, one: Outcome, finding: Finding) -> Ask:
    who, since = finding.who, finding.data.get("since")
    behind = plan.context.by_finish(
        each.id for each in plan.context.open_having("outcomes") if one.id in each.outcomes
    )
    return Ask(
        act="measure",
        kind="outcomes",
        id=one.id,
        side=who.side or JOINT,
        team=who.team,
        terms=(one.label, one.kpi or "", one.unit or "", str(last_reading(one))),
        work=behind[-1] if behind else None,
        since=date.fromisoformat(since) if since else None,
        due=one.by,
        codes=(finding.code,),
    )


# --- owners and working agreements ----------------------------------------------------------------


def _owners(plan: Plan) -> Iterator[Ask]:
    for finding in plan.report.each:
        if finding.code == "OWN01" and not finding.waived:
            for id in finding.on:
                label = plan.roadmap.initiatives[id].label
                yield _owner_of(plan, "initiatives", id, label, finding.who, "OWN01")


def _owner_of(
    plan: Plan, kind: str, id: str, label: str, who: Next, code: str, key: str = "owner"
) -> Ask:
    work = id if kind == "initiatives" else None
    dates = plan.context.dates(id) if work else None
    return Ask(
        act="own",
        kind=kind,
        id=id,
        other=key,
        side=who.side or JOINT,
        team=who.team,
        terms=(label,),
        work=work,
        due=dates.start if dates is not None and dates.start >= plan.as_of else None,
        codes=(code,),
    )


def _agreements(plan: Plan) -> Iterator[Ask]:
    """Who is accountable and responsible for a working agreement, and why; then the yes of each
    side that it names.
    """
    for one in plan.roadmap.agreements.values():
        both, missing = Next(JOINT), False
        for key in ("accountable", "responsible"):
            if not getattr(one, key) and not plan.context.unread("agreements", one.id, key):
                missing = True
                yield _owner_of(plan, "agreements", one.id, one.label, both, "OWN03", key)
        if one.why is None and (missing or not one.agreed):
            why = _owner_of(plan, "agreements", one.id, one.label, both, "OWN03", "why")
            yield structs.replace(why, act="why")
        if not missing:
            for side in plan.roadmap.yet_to_agree(one):
                yield _sign(plan, one, side)


def _sign(plan: Plan, one: Agreement, side: str) -> Ask:
    led = plan.roadmap.portfolios.get(side)
    parties = (*one.accountable, *one.responsible, *one.consulted, *one.informed)
    covers = (*one.capabilities, *one.systems, *one.data, one.access or "", str(one.limit or ""))
    return Ask(
        act="sign",
        kind="agreements",
        id=one.id,
        other=side,
        side=side,
        team=led.lead if led is not None else None,
        terms=(one.label, *parties, *covers, one.why or ""),
        since=max(one.agreed.values(), default=None),
        due=one.review_by,
        codes=("OWN03",),
    )


# --- conflicts ------------------------------------------------------------------------------------


def _conflicts(plan: Plan, about: set[str]) -> Iterator[Ask]:
    """The errors and warnings that wait for somebody, and that no other question is about."""
    for finding in plan.findings:
        known = finding.code in HANDLED and not about.isdisjoint(finding.on)
        known = known and not _is_late(finding)
        if finding.waived or known or finding.severity == "info" or not finding.id:
            continue
        if _is_promised(plan, finding):
            continue
        work = finding.initiatives or finding.through
        yield Ask(
            act="settle",
            kind=finding.kind,
            id=finding.id,
            other=finding.code,
            what="" if finding.together else "+".join(finding.root),
            side=finding.who.side or JOINT,
            team=finding.who.team,
            terms=(finding.message,),
            work=next((id for id in work if plan.context.is_open(id)), None),
            codes=(finding.code,),
            finding=finding,
        )


def action_id(code: str, id: str) -> str:
    """The id of what somebody promises to do about a conflict by a day."""
    return make_id(f"{code} {id}", (), "action")


def _is_promised(plan: Plan, finding: Finding) -> bool:
    """Whether somebody has promised to settle it by a day that is still to come."""
    action = plan.roadmap.actions.get(action_id(finding.code, finding.id))
    if action is None or action.done is not None:
        return False
    return action.due is not None and action.due >= plan.as_of


def _is_late(finding: Finding) -> bool:
    """Whether an announced launch is late, which no handover's agreement mends."""
    return finding.code == "PROM01" and not finding.data.get("unagreed")


def edit_of(plan: Plan, ask: Ask, number: int) -> Edit | None:
    """The edit of one of the options of a conflict, counted from 0; None where there is no such."""
    found = ways(plan, ask)
    return found[number].edit if number < len(found) else None
