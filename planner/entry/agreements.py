"""Agreement records: requests, answers and acceptances of handovers, agreements and reviews.

Each is a `Record`: a text, who records it, what they have seen, and the edit. The date is the
status date unless given. Agreeing to a handover writes `agreed`, writes `promised` with the
scheduled delivery date where nothing is promised yet, and removes a refusal. A date that asks more
of the other side than the agreed terms becomes a counter, which that side takes or declines.
Working agreements get ``agreed = { side = day }``, initiatives and systems
``reviews = { team = day }``.

The link keeps who answered, and the note. What was seen is shown and not written: the commit that
records the date has the whole file, in which rule DATA03 finds whether it has changed since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from planner.analysis.raci import Handover, handovers_of
from planner.conflicts.answering import SPEAKS, is_counter, promised_day, said
from planner.conflicts.answering import Act as LinkAct
from planner.conflicts.context import Context
from planner.conflicts.delivering import held
from planner.conflicts.personal_data import reviewers
from planner.conflicts.terms import OTHER, End, Saying, counter_in_words, is_agreed, waiting
from planner.errors import UsageError
from planner.plan.model import Plan
from planner.roadmap.entities import Initiative
from planner.roadmap.figures import listed
from planner.roadmap.ids import plain_letters
from planner.roadmap.sides import BOTH
from planner.text import shell
from planner.text.commands import initiative_name
from planner.text.edits import Edit, Edits, SetKey
from planner.text.phrases import typed

Act = LinkAct | Literal["review"]

AGAIN = timedelta(weeks=26)
"""How long an agreement that was looked at again holds before the next look."""


class Record(Struct, frozen=True, kw_only=True):
    """One thing that can be recorded. `who` is a side or a party; `seen` is what it was about.

    `counters`: it waits for the other side's answer. `holds`: the supplier is held to the day.
    `restates`: it says what is recorded already, of another day, so that day would go.
    """

    act: Act
    title: str
    who: str
    seen: tuple[str, ...]
    edit: Edit
    before: date | None = None
    """When the same was recorded before."""
    supplier: str | None = None
    """Of a handover, who supplies."""
    successor: str | None = None
    """Of a handover, whom it is for."""
    counters: bool = False
    holds: bool = False
    restates: bool = False


def records(
    plan: Plan,
    kind: str,
    id: str,
    *,
    supplier: str | None = None,
    day: date | None = None,
    saying: Saying | None = None,
) -> list[Record]:
    """What can be recorded about a table, what is waited for first.

    `supplier` limits what is said about an initiative to its handover from that supplier. `day` is
    the day that is promised or needed, and of all else the day on which it is said; `saying` says
    who says it, and when, where that is another day.
    """
    told = saying or Saying()
    on = told.on or day or plan.as_of
    if kind == "agreements" and id in plan.roadmap.agreements:
        return list(_agreement(plan, id, on))
    if kind == "systems" and id in plan.roadmap.systems:
        return list(_system(plan, id, on))
    if kind == "initiatives" and id in plan.roadmap.initiatives:
        found = [one for one in handovers_of(plan) if id in (one.supplier, one.successor)]
        if supplier is not None:
            found = [one for one in found if (one.supplier, one.successor) == (supplier, id)]
        recorded = [record for one in found for record in handover(plan, one, told, day)]
        return recorded if supplier is not None else [*recorded, *_reviews(plan, id, on)]
    return []


# --- working agreements ---------------------------------------------------------------------------


def _agreement(plan: Plan, id: str, day: date) -> Iterator[Record]:
    known = plan.roadmap.agreements[id]
    lacking = [side for side in BOTH if side not in known.agreed]
    due = known.review_by is not None and known.review_by < plan.as_of
    if due:
        yield _again(plan, id, day)
    if len(lacking) == len(BOTH):
        yield _yes(plan, id, BOTH, day)
    for side in (*lacking, *(side for side in BOTH if side in known.agreed)):
        yield _yes(plan, id, (side,), day)
    if not due and not lacking:
        yield _again(plan, id, day)


def _yes(plan: Plan, id: str, sides: tuple[str, ...], day: date) -> Record:
    known, names = plan.roadmap.agreements[id], [plan.roadmap.side_title(side) for side in sides]
    before = known.agreed.get(sides[0]) if len(sides) == 1 else None
    title = f"{listed(names)} {'agrees' if len(sides) == 1 else 'agree'} to {id}"
    title += " again" if before else ""
    edits: list[Edit] = [SetKey("agreements", id, ("agreed", side), day) for side in sides]
    return Record(
        act="agree",
        title=title,
        who=listed(sides),
        seen=_terms(plan, id),
        edit=Edits(tuple(edits), title),
        before=before,
        restates=before is not None,
    )


def _again(plan: Plan, id: str, day: date) -> Record:
    again = day + AGAIN
    title = f"both sides reviewed {id} again; next by {plan.context.day(again)}"
    edits: list[Edit] = [SetKey("agreements", id, ("agreed", side), day) for side in BOTH]
    edits.append(SetKey("agreements", id, ("review_by",), again))
    return Record(
        act="review",
        title=title,
        who=listed(BOTH),
        seen=_terms(plan, id),
        edit=Edits(tuple(edits), title),
        before=max(plan.roadmap.agreements[id].agreed.values(), default=None),
    )


def _terms(plan: Plan, id: str) -> tuple[str, ...]:
    """What an agreement says, in the words of the file."""
    known = plan.roadmap.agreements[id]
    words = ("accountable", "responsible", "consulted", "informed", "systems", "data")
    said = [f"{word} {', '.join(ids)}" for word in words if (ids := getattr(known, word))]
    return (*said, *((f"access up to {known.access}",) if known.access else ()))


# --- handovers -----------------------------------------------------------------------------------


class _Pair(Struct, frozen=True):
    """One handover and what is said about it now: on which day, and which day is named."""

    plan: Plan
    one: Handover
    saying: Saying
    named: date | None
    """The day that is promised, or needed by; for other acts, the date of the act."""

    @property
    def day(self) -> date:
        """The day named; the plan's own where none is yet."""
        return self.named or self.plan.as_of

    def told(self, act: Act) -> Saying:
        """Who says it and when: a day that is promised or needed is not the day of saying so."""
        if self.saying.on is not None or act in ("promise", "need"):
            return self.saying
        return replace(self.saying, on=self.named)

    @property
    def context(self) -> Context:
        """What the plan's rules look at."""
        return self.plan.context

    @property
    def what(self) -> str:
        """``customer-sso → segment-definitions``."""
        return f"{self.one.supplier} → {self.one.successor}"

    def side(self, end: End) -> str:
        """What the side at one end is called."""
        side = self.one.supplier_side if end == "supplier" else self.one.successor_side
        return self.context.roadmap.side_title(side)

    @property
    def when(self) -> str:
        """The day that is named; it is still to be where it is only the plan's own."""
        today = self.day == self.plan.as_of
        return "another date" if today else self.context.day(self.day)

    def counters(self, act: Literal["need", "promise"]) -> bool:
        """Whether the day named asks more of the other side than the terms do."""
        return is_counter(self.context, self.one.successor, self.one.supplier, act, self.day)


def handover(
    plan: Plan, one: Handover, saying: Saying, day: date | None = None
) -> Iterator[Record]:
    """What can be said about one handover next, the likeliest first; nothing once accepted."""
    pair = _Pair(plan, one, saying, day)
    if one.state in ("delivered", "not accepted"):
        yield from _delivered(pair)
    elif one.state != "accepted":
        yield from _answers(pair)
        yield from _first_words(pair)
        yield _day_named(pair, "promise")
        if one.state != "declined":
            yield _declining(pair)
        yield _day_named(pair, "need")


def _delivered(pair: _Pair) -> Iterator[Record]:
    taking = pair.side("successor")
    yield _said(pair, "accept", f"{taking} accepts {pair.one.supplier}")
    yield _said(pair, "not accept", f"{taking} does not accept {pair.one.supplier}")


def _answers(pair: _Pair) -> Iterator[Record]:
    """To a counter: its terms, with the supplier held to a later day, or the old ones."""
    found = waiting(pair.context, pair.one.successor, pair.one.supplier)
    if found is None:
        return
    side, wanted = pair.side(found.end), counter_in_words(pair.context, found)
    title = f"{side} takes {wanted} for {pair.what}"
    taking = _said(pair, "take", title, found.end)
    yield taking
    day = found.counter.promised
    hold = held(pair.context, found.need, day) if day is not None else None
    if hold is not None:
        words = f"{title}, and {pair.one.supplier} is held to it"
        yield replace(taking, title=words, edit=Edits((taking.edit, hold), words), holds=True)
    yield _said(pair, "not take", f"{side} does not take {wanted} for {pair.what}", found.end)


def _first_words(pair: _Pair) -> Iterator[Record]:
    one, context = pair.one, pair.context
    giving, taking = pair.side("supplier"), pair.side("successor")
    if one.state in ("not asked", "declined"):
        yield _said(pair, "ask", f"{taking} asks {giving} for {pair.what}")
    if not is_agreed(context, one.successor, one.supplier):
        by = promised_day(context, one.successor, one.supplier)
        until = f" by {context.day(by)}" if by else ""
        yield _said(pair, "agree", f"{giving} agrees to {pair.what}{until}")


def _day_named(pair: _Pair, act: Literal["need", "promise"]) -> Record:
    """Another day: within the terms, or one for the other side to take."""
    end, verb = SPEAKS[act], "promises" if act == "promise" else "needs"
    by = "for" if act == "promise" else "by"
    title = f"{pair.side(end)} {verb} {pair.what} {by} {pair.when}"
    counters = pair.counters(act)
    if counters:
        title += f", which {pair.side(OTHER[end])} has to take"
    return replace(_said(pair, act, title), counters=counters)


def _declining(pair: _Pair) -> Record:
    agreed = is_agreed(pair.context, pair.one.successor, pair.one.supplier)
    verb = "withdraws its agreement to" if agreed else "declines"
    return _said(pair, "decline", f"{pair.side('supplier')} {verb} {pair.what}")


def _said(pair: _Pair, act: LinkAct, title: str, end: End | None = None) -> Record:
    one = pair.one
    named = pair.day if act in ("promise", "need") else None
    edit = said(pair.context, one.successor, one.supplier, act, pair.told(act), named)
    speaks = end or SPEAKS[act]
    return Record(
        act=act,
        title=title,
        who=one.supplier_side if speaks == "supplier" else one.successor_side,
        seen=_seen(pair),
        edit=Edits((edit,), title),
        supplier=one.supplier,
        successor=one.successor,
    )


def _seen(pair: _Pair) -> tuple[str, ...]:
    """What somebody has seen who says something about a handover."""
    one, day = pair.one, pair.context.day
    seen = [f"delivers “{one.delivers}”" if one.delivers else "nothing is said of what it delivers"]
    seen += [f"right when {one.accepted_when}"] if one.accepted_when else []
    seen += [f"finishes {day(one.finish)}"] if one.finish else []
    seen += [f"needed by {day(one.needed_by)}"] if one.needed_by else []
    seen += [f"promised for {day(one.promised)}"] if one.promised else []
    seen += [f"countered: {one.wants}"] if one.wants else []
    return (*seen, *([f"“{one.note}”"] if one.note else []))


# --- reviews --------------------------------------------------------------------------------------


def _reviews(plan: Plan, id: str, day: date) -> Iterator[Record]:
    initiative = plan.roadmap.initiatives[id]
    parties = asked_for_a_view(plan, initiative)
    first = [one for one in parties if one not in initiative.reviews]
    again = dict.fromkeys((*initiative.reviews, *parties))
    for party in (*first, *(one for one in again if one in initiative.reviews)):
        yield _review("initiatives", id, party, _touched(initiative), day, initiative.reviews)


def asked_for_a_view(plan: Plan, initiative: Initiative) -> list[str]:
    """Who has a view of an initiative: who is consulted, whose data and systems it touches."""
    context, roadmap = plan.context, plan.roadmap
    data = [one for one in (*initiative.processes, *initiative.activates) if one in roadmap.data]
    systems = [roadmap.systems.get(one) for one in (*initiative.changes, *initiative.uses)]
    owners = [one.owner for one in systems if one is not None and one.owner]
    named = dict.fromkeys((*initiative.consulted, *reviewers(context, data), *owners))
    own = context.team(initiative.id)
    return [one for one in named if context.team_of_party(one) != own]


def _system(plan: Plan, id: str, day: date) -> Iterator[Record]:
    system, context = plan.roadmap.systems[id], plan.context
    data = [one for one in system.data if one in plan.roadmap.data]
    seen = tuple(
        f"{w} {', '.join(ids)}" for w in ("data", "connects") if (ids := getattr(system, w))
    )
    seen += (f"standing {system.standing}",) if system.standing else ()
    owner = (system.owner,) if system.owner else ()
    for party in dict.fromkeys((*reviewers(context, data), *owner, *system.reviews)):
        yield _review("systems", id, party, seen, day, system.reviews)


def _review(
    kind: str, id: str, party: str, seen: tuple[str, ...], day: date, given: Mapping[str, date]
) -> Record:
    before = given.get(party)
    title = f"{party} reviewed {id}{' again' if before else ''}"
    edit = SetKey(kind, id, ("reviews", party), day)
    return Record(
        act="review",
        title=title,
        who=party,
        seen=seen,
        edit=Edits((edit,), title),
        before=before,
        restates=before is not None,
    )


def _touched(one: Initiative) -> tuple[str, ...]:
    words = ("introduces", "changes", "replaces", "retires", "uses", "processes", "activates")
    return tuple(f"{word} {', '.join(ids)}" for word in words if (ids := getattr(one, word)))


# --- on the command line --------------------------------------------------------------------------

Wanted = Act | Literal["counter"]
"""What is asked for on a command line: a counter is a day that either side may name."""

MEANT: Mapping[Wanted, tuple[Act, ...]] = {
    "agree": ("agree", "take"),
    "decline": ("decline", "not take"),
    "counter": ("promise", "need"),
}
"""The acts that one option may mean: an agreement or a refusal, also of a counter."""

OPTIONS: Mapping[Act, str] = {
    "ask": "--ask",
    "need": "--needed-by",
    "promise": "--promise",
    "decline": "--decline",
    "take": "--take",
    "not take": "--not-take",
    "accept": "--accept",
    "not accept": "--reject",
    "review": "--review",
}
"""The option of each act; agreeing needs none."""


def chosen(
    found: Iterable[Record],
    act: Wanted,
    who: str | None,
    *,
    id: str | None = None,
    holds: bool = False,
    options: Sequence[str] = (),
) -> Record:
    """The one record of an act by a person or side. Raises UsageError where none or several are.

    Without a supplier, `id` is meant as whom a handover is for: what it supplies itself is listed
    and not recorded. `options` are repeated in the commands that are listed.
    """
    there = [one for one in found if one.holds == holds]
    every = [one for one in there if one.act in MEANT.get(act, (act,))]
    meant = _said_by(every, act, who)
    if not meant and every and who is not None:
        raise UsageError(f"{who} can't record this", hint=_speakers(every))
    if not meant:
        raise _nothing(there, act, holds)
    several = len({(one.act, one.who, one.successor, one.supplier) for one in meant}) > 1
    handed = any(one.supplier for one in meant)
    if handed and (several or id == meant[0].supplier):
        raise _listed(meant, options)
    if several and who is None:
        raise UsageError("who records this?", hint=_speakers(meant))
    return meant[0]


def _said_by(every: list[Record], act: Wanted, who: str | None) -> list[Record]:
    """Those that somebody can say. A no of whoever has to answer a counter is about the counter,
    and a counter is only what asks more of the other side.
    """
    meant = [one for one in every if who is None or _is(one.who, who)]
    if act == "counter":
        return [one for one in meant if one.counters] or (meant if who is not None else [])
    refused = [one for one in meant if one.act == "not take"]
    return refused if refused and who is not None else meant


def _nothing(there: list[Record], act: Wanted, holds: bool) -> UsageError:
    acts = listed(dict.fromkeys(one.act for one in there))
    if holds:
        return UsageError(
            "there is no later date to hold the supplier to",
            hint="use --hold with --take, where the new date is after the planned one",
        )
    if act == "counter":
        return UsageError(
            "this date asks no more of the other side than the terms",
            hint="use --promise DATE or --needed-by DATE",
        )
    hint = f"possible here: {acts}" if acts else None
    return UsageError(f"{typed(act)} can't be recorded here", hint=hint)


def _listed(meant: Iterable[Record], options: Sequence[str]) -> UsageError:
    """Which of several is meant: each as the command that records it."""
    lines = [f"  {as_words(one, options)}" for one in meant]
    why = "several handovers are possible" if len(lines) > 1 else "name the successor too"
    return UsageError("\n".join([f"nothing is recorded: {why}", *lines]))


def as_words(record: Record, options: Sequence[str] = ()) -> str:
    """The command that records it; `options` are its other words, the day after its own first."""
    about = (initiative_name(record.successor or ""), initiative_name(record.supplier or ""))
    words = ["planner", "agree", *about]
    option = OPTIONS.get(record.act)
    words += [option] if option else []
    day = list(options[:1]) if record.act in ("promise", "need") else []
    return shell.line([*words, *day, "--by", record.who, *options[1:]])


def _speakers(said: Iterable[Record]) -> str:
    """How each of those who can say something is named on the command line."""
    both = listed(BOTH)
    names = dict.fromkeys("both" if one.who == both else one.who for one in said)
    return f"use {' or '.join(f'--by {name}' for name in names)}"


def speaker(plan: Plan, found: Iterable[Record], named: str) -> str:
    """Who is meant by a name: for a side, also each of its teams and people."""
    if any(_is(one.who, named) for one in found):
        return named
    return plan.context.party(named).side or named


def party(plan: Plan, named: str | None) -> str | None:
    """Whom a name means, as a link keeps it: a side by its id, else the name as it is."""
    sides = {side for side in plan.context.sides.values() if side is not None}
    return next((side for side in sides if named is not None and _is(side, named)), named)


def _is(who: str, named: str) -> bool:
    """Whether a name typed on a command line is this one; ``both`` stands for both sides."""
    wanted = listed(BOTH) if named.casefold() == "both" else named
    return plain_letters(wanted) == plain_letters(who)
