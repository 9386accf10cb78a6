"""What can be recorded about the selected thing: an agreement, an answer, a request, a review.

Each is a `Record`: words for a person, who says it, what they have seen, and the edit. The day is
the plan's `as_of` unless another is given. Agreeing to a hand-over writes `agreed`, and `promised`
= the supplier's finish where nothing is promised yet, and takes back a no; agreements get
``agreed = { side = day }``, initiatives and systems ``reviews = { team = day }``. A promise of
another day writes that day as `promised`, and agrees.

What was seen is told and not written: the format has a day for each of these and no place for
more. The commit that records the day holds the whole file as it was seen; rule DATA03 reads there
whether it has changed since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Literal

from msgspec import Struct

from planner.conflicts.context import BOTH, Context, listed
from planner.conflicts.needs import as_table, is_on, set_needs, with_words, written_needs
from planner.conflicts.rules.data import reviewers
from planner.errors import UsageError
from planner.plan import Plan
from planner.responsibilities import Handover, handovers_of
from planner.roadmap.entities import Initiative
from planner.text.edits import Edit, Edits, SetKey

Deed = Literal["agree", "promise", "decline", "ask", "accept", "review"]

AGAIN = timedelta(weeks=26)
"""How long an agreement that was looked at again holds before the next look."""

CONTRADICTED: Mapping[Deed, tuple[str, ...]] = {
    "agree": ("declined",),
    "promise": ("declined",),
    "decline": ("agreed", "promised"),
}
"""Which days of a hand-over an answer takes back."""


class Record(Struct, frozen=True, kw_only=True):
    """One thing that can be recorded. `who` is a side or a party; `seen` is what it was about."""

    deed: Deed
    title: str
    who: str
    seen: tuple[str, ...]
    edit: Edit
    before: date | None = None
    """When the same was recorded before."""
    supplier: str | None = None
    """Of a hand-over, who supplies."""
    successor: str | None = None
    """Of a hand-over, whom it is for."""


def records(
    plan: Plan, kind: str, id: str, *, supplier: str | None = None, day: date | None = None
) -> list[Record]:
    """What can be recorded about a table, what is waited for first.

    `supplier` limits what is said about an initiative to its hand-over from that supplier.
    """
    on = day or plan.as_of
    if kind == "agreements" and id in plan.roadmap.agreements:
        return list(_agreement(plan, id, on))
    if kind == "systems" and id in plan.roadmap.systems:
        return list(_system(plan, id, on))
    if kind == "initiatives" and id in plan.roadmap.initiatives:
        found = [one for one in handovers_of(plan) if id in (one.supplier, one.successor)]
        if supplier is not None:
            found = [one for one in found if (one.supplier, one.successor) == (supplier, id)]
        said = [record for one in found for record in handover(plan, one, on)]
        return said if supplier is not None else [*said, *_reviews(plan, id, on)]
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
    known, names = plan.roadmap.agreements[id], [plan.context.side_name(side) for side in sides]
    title = f"{listed(names)} {'agrees' if len(sides) == 1 else 'agree'} to {id}"
    edits: list[Edit] = [SetKey("agreements", id, ("agreed", side), day) for side in sides]
    return Record(
        deed="agree",
        title=title,
        who=listed(sides),
        seen=_terms(plan, id),
        edit=Edits(tuple(edits), title),
        before=known.agreed.get(sides[0]) if len(sides) == 1 else None,
    )


def _again(plan: Plan, id: str, day: date) -> Record:
    again = day + AGAIN
    title = f"both looked at {id} again; next by {plan.context.day(again)}"
    edits: list[Edit] = [SetKey("agreements", id, ("agreed", side), day) for side in BOTH]
    edits.append(SetKey("agreements", id, ("review_by",), again))
    return Record(
        deed="review",
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


# --- hand-overs -----------------------------------------------------------------------------------


def handover(plan: Plan, one: Handover, day: date) -> Iterator[Record]:
    """What can be said about one hand-over next, the likeliest first; nothing once accepted."""
    side = {one.supplier: one.supplier_side, one.successor: one.successor_side}
    giving, taking = (plan.context.side_name(side[id]) for id in (one.supplier, one.successor))
    what = f"{one.supplier} → {one.successor}"
    if one.state == "delivered":
        yield _said(plan, one, "accept", f"{taking} accepts {one.supplier}", day)
        return
    if one.state == "accepted":
        return
    if one.state in ("not asked", "declined"):
        yield _said(plan, one, "ask", f"{taking} asks {giving} for {what}", day)
    if one.state != "agreed":
        by = one.promised or one.finish
        until = f" by {plan.context.day(by)}" if by else ""
        yield _said(plan, one, "agree", f"{giving} agrees to {what}{until}", day)
    when = "another day" if day == plan.as_of else plan.context.day(day)
    title = f"{giving} promises {what} for {when}"
    yield _said(plan, one, "promise", title, day)
    if one.state != "declined":
        verb = "takes back its yes to" if one.state == "agreed" else "declines"
        yield _said(plan, one, "decline", f"{giving} {verb} {what}", day)


def _said(plan: Plan, one: Handover, deed: Deed, title: str, day: date) -> Record:
    words: dict[str, Any] = {
        "ask": {"asked": day},
        "agree": {"agreed": day},
        "promise": {"promised": day, "agreed": _since(one) or min(day, plan.as_of)},
        "decline": {"declined": day},
        "accept": {"accepted": day},
    }[deed]
    if deed == "agree" and one.promised is None and one.finish is not None:
        words["promised"] = one.finish
    gone = CONTRADICTED.get(deed, ())
    edit = say(plan.context, one.successor, one.supplier, words, gone)
    who = one.supplier_side if deed in ("agree", "promise", "decline") else one.successor_side
    seen = [f"delivers “{one.delivers}”" if one.delivers else "nothing is said of what it delivers"]
    seen += [f"finishes {plan.context.day(one.finish)}"] if one.finish else []
    seen += [f"needed by {plan.context.day(one.needed_by)}"] if one.needed_by else []
    seen += [f"promised for {plan.context.day(one.promised)}"] if one.promised else []
    return Record(
        deed=deed,
        title=title,
        who=who,
        seen=tuple(seen),
        edit=Edits((edit,), title),
        supplier=one.supplier,
        successor=one.successor,
    )


def _since(one: Handover) -> date | None:
    """Since when a yes holds; none where it was asked again, or declined, after that."""
    return one.agreed if one.state == "agreed" else None


def say(
    context: Context,
    successor: str,
    supplier: str,
    words: Mapping[str, Any],
    gone: Iterable[str] = (),
) -> Edit:
    """Write `words` on one link of a pair, its table if it has one, and take `gone` out of all."""
    needs = written_needs(context, successor)
    links = [number for number, one in enumerate(needs) if is_on(one, supplier)]
    chosen = next((n for n in links if isinstance(needs[n], Mapping)), links[0])
    for number in links:
        if number == chosen or isinstance(needs[number], Mapping):
            table = {k: v for k, v in as_table(needs[number]).items() if k not in set(gone)}
            needs[number] = with_words(table, words if number == chosen else {})
    return set_needs(successor, needs)


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
    title = f"{party} has looked at {id}{' again' if before else ''}"
    edit = SetKey(kind, id, ("reviews", party), day)
    return Record(
        deed="review", title=title, who=party, seen=seen, edit=Edits((edit,), title), before=before
    )


def _touched(one: Initiative) -> tuple[str, ...]:
    words = ("introduces", "changes", "replaces", "retires", "uses", "processes", "activates")
    return tuple(f"{word} {', '.join(ids)}" for word in words if (ids := getattr(one, word)))


# --- on the command line --------------------------------------------------------------------------


def chosen(found: Iterable[Record], deed: Deed, who: str | None) -> Record:
    """The one record meant by a deed and who says it. Raises UsageError where none or several are.

    Without `who` the only one, or the first, where one is waited for more than the others.
    """
    there = list(found)
    every = [one for one in there if one.deed == deed]
    meant = [one for one in every if who is None or _is(one.who, who)]
    if not meant and every:
        raise UsageError(f"this is not for {who} to say", hint=_speakers(every))
    if not meant:
        deeds = listed(dict.fromkeys(one.deed for one in there))
        hint = f"what can be: {deeds}" if deeds else None
        raise UsageError(f"nothing here can be recorded as {deed!r}", hint=hint)
    pairs = dict.fromkeys((one.successor, one.supplier) for one in meant if one.supplier)
    if len(pairs) > 1:
        ways = " or ".join(f"{successor} {supplier}" for successor, supplier in pairs)
        raise UsageError("more than one hand-over is meant", hint=f"planner agree {ways}")
    if len(meant) > 1 and deed in ("review", "agree") and who is None:
        raise UsageError("more than one could say it", hint=_speakers(meant))
    return meant[0]


def _speakers(said: Iterable[Record]) -> str:
    """How each of those who can say something is named on the command line."""
    both = listed(BOTH)
    names = dict.fromkeys("both" if one.who == both else one.who for one in said)
    return f"--by {' or '.join(names)}"


def speaker(plan: Plan, found: Iterable[Record], named: str) -> str:
    """Who is meant by a name: where a side speaks, also each of its teams and people."""
    if any(_is(one.who, named) for one in found):
        return named
    return plan.context.party(named).side or named


def _is(who: str, named: str) -> bool:
    """Whether a name typed on a command line is this one; ``both`` stands for both sides."""
    wanted = listed(BOTH) if named.casefold() == "both" else named
    return wanted.casefold() == who.casefold()
