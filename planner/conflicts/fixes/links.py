"""LINK: what was asked, agreed, countered, declined, delivered and accepted, recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.conflicts.agreed_terms import hardened
from planner.conflicts.agreement import must_agree
from planner.conflicts.answering import promised_day, said
from planner.conflicts.context import Context
from planner.conflicts.findings import Finding
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_choice import THEIRS
from planner.conflicts.handovers import answer
from planner.conflicts.needs import (
    Written,
    as_table,
    is_on,
    link_words,
    say,
    set_needs,
    with_words,
    written_needs,
)
from planner.conflicts.terms import OTHER, End, counter_in_words, links_of, settled, waiting
from planner.conflicts.trial import together, tried
from planner.roadmap.figures import listed
from planner.roadmap.quantities import Need
from planner.text.edits import Edit, SetKey


def agree(ask: Ask) -> Iterator[Fix]:
    """Record the agreement, with the day that the plan says as the one promised; or ask. Where the
    supplier has named another day, that is what waits for an answer.
    """
    finding, context = ask.finding, ask.context
    successor, supplier = finding.on
    state = answer(context, successor, supplier)[0]
    if state == "countered":
        yield from _answers(context, successor, supplier, leaving_clears=False)
        return
    side = context.end_name(supplier)
    edit, until = agreeing(context, successor, supplier)
    yield Fix(
        title=f"record that {side} agrees to {supplier}{until}",
        edit=edit,
        needs_agreement=must_agree(context, supplier),
    )
    if state == "not asked":
        yield Fix(
            title=f"ask {side} for {supplier} (asked {context.day(context.as_of)})",
            edit=said(context, successor, supplier, "ask"),
            needs_agreement=must_agree(context, successor),
            clears=False,
        )


def agreeing(context: Context, successor: str, supplier: str) -> tuple[Edit, str]:
    """The edit that records an agreement, and by when it promises: `` by 5 May``, or nothing.

    What is promised already stays; else it is the day on which the plan delivers it.
    """
    by = promised_day(context, successor, supplier)
    edit = said(context, successor, supplier, "agree")
    return edit, f" by {context.day(by)}" if by else ""


# --- LINK02 and LINK06 ----------------------------------------------------------------------------


def answered(ask: Ask) -> Iterator[Fix]:
    """The answer to a counter: its terms, or the old ones."""
    yield from _answers(ask.context, *ask.finding.on, leaving_clears=True)


def _answers(
    context: Context, successor: str, supplier: str, *, leaving_clears: bool
) -> Iterator[Fix]:
    found = waiting(context, successor, supplier)
    if found is None:
        return
    ends: dict[End, str] = {"supplier": supplier, "successor": successor}
    side = context.end_name(ends[found.end])
    other = context.end_name(ends[OTHER[found.end]])
    words = f"{counter_in_words(context, found)} for {supplier} → {successor}"
    parties = must_agree(context, ends[found.end])
    yield Fix(
        title=f"record that {side} agrees to {words}",
        edit=said(context, successor, supplier, "take"),
        needs_agreement=parties,
    )
    yield Fix(
        title=f"record that {side} does not agree to {words}, as {other} wants",
        edit=said(context, successor, supplier, "not take"),
        needs_agreement=parties,
        clears=leaving_clears,
    )


def together_again(ask: Ask) -> Iterator[Fix]:
    """One day for both: the counter taken or not, a later need, an earlier promise, or a plan that
    counts on what was promised.
    """
    finding, context = ask.finding, ask.context
    successor, supplier = finding.on
    if waiting(context, successor, supplier) is not None:
        yield from _answers(context, successor, supplier, leaving_clears=_are_one(ask))
        return
    first, last = (date.fromisoformat(finding.data[key]) for key in (_limit(finding), "promised"))
    if _limit(finding) == "needed_by":
        side = context.end_name(successor)
        yield Fix(
            title=f"record that {side} needs {supplier} by {context.day(last)}",
            edit=said(context, successor, supplier, "need", day=last),
            needs_agreement=must_agree(context, successor),
        )
    yield from _sooner(context, successor, supplier, first)
    if _limit(finding) == "planned":
        yield Fix(
            title=f"finish {supplier} on {context.day(last)} or later, as promised",
            edit=SetKey("initiatives", supplier, ("finish_no_earlier_than",), last),
            needs_agreement=must_agree(context, supplier),
            choice=THEIRS,
        )


def _limit(finding: Finding) -> str:
    return "needed_by" if "needed_by" in finding.data else "planned"


def _are_one(ask: Ask) -> bool:
    """Whether the terms are no longer apart where the counter is not taken."""
    successor, supplier = ask.finding.on
    after = tried(ask.context, said(ask.context, successor, supplier, "not take"))
    return not any(one.root == ask.finding.root for one in ask.left(after))


def _sooner(context: Context, successor: str, supplier: str, day: date) -> Iterator[Fix]:
    """The earlier day promised, where the plan delivers by then."""
    need = next(need for need in links_of(context, successor, supplier) if need.promised)
    planned = context.schedule.delivery(need)
    if planned is None or planned > day:
        return
    side = context.end_name(supplier)
    yield Fix(
        title=f"record that {side} promises {supplier} for {context.day(day)}",
        edit=said(context, successor, supplier, "promise", day=day),
        needs_agreement=must_agree(context, supplier),
    )


# --- LINK03 to LINK05 -----------------------------------------------------------------------------


def define(ask: Ask) -> Iterator[Fix]:
    """What the supplier hands to others; what else it could be, only a person knows."""
    context = ask.context
    successor, supplier = ask.finding.on
    key: str = ask.finding.data["lacking"]
    others = (getattr(one.need, key) for one in context.network.links_out_of(supplier))
    for words in list(dict.fromkeys(filter(None, others)))[:3]:
        yield Fix(
            title=f"set {key} of {supplier} → {successor} to “{words}”",
            edit=say(context, successor, supplier, {key: words}),
            needs_agreement=must_agree(context, successor, supplier),
        )


def respond(ask: Ask) -> Iterator[Fix]:
    """The answer that all who asked were waiting for: a yes with a day, or a no."""
    context = ask.context
    asking, supplier = ask.finding.data["asking"], ask.finding.on[-1]
    parties = must_agree(context, supplier)
    edits, by = [agreeing(context, one, supplier)[0] for one in asking], ""
    if len(asking) == 1:
        by = agreeing(context, asking[0], supplier)[1]
    who, what = _answering(context, supplier), f"{supplier} for {listed(asking, 2)}"
    title = f"record that {who} agrees to {what}{by}"
    yield Fix(title=title, edit=together(edits, title), needs_agreement=parties)
    title = f"record that {who} declines {what}"
    yield Fix(
        title=title,
        edit=together([said(context, one, supplier, "decline") for one in asking], title),
        needs_agreement=parties,
    )


def _answering(context: Context, supplier: str) -> str:
    side = context.sides[supplier]
    return context.team(supplier) or (
        context.roadmap.side_title(side) if side else f"the owner of {supplier}"
    )


def accept(ask: Ask) -> Iterator[Fix]:
    """Record that what was delivered is what was needed."""
    context = ask.context
    successor, supplier = ask.finding.on
    yield Fix(
        title=f"record that the delivery {supplier} → {successor} is accepted",
        edit=said(context, successor, supplier, "accept"),
        needs_agreement=must_agree(context, successor),
    )


# --- LINK07 ---------------------------------------------------------------------------------------


def harder(ask: Ask) -> Iterator[Fix]:
    """The agreed terms, with what is wanted as a counter or without it; or the other side's yes."""
    context = ask.context
    successor, supplier = ask.finding.on
    found = hardened(context, successor, supplier)
    if found is None:
        return
    back = _terms_back(context, successor, supplier, found.before)
    after = tried(context, back)
    wanted = settled(after, successor, written_needs(context, successor))
    ends: dict[End, str] = {"supplier": supplier, "successor": successor}
    asking, other = ends[found.end], ends[OTHER[found.end]]
    what = f"{supplier} → {successor}"
    yield Fix(
        title=f"make the changed terms of {what} a counter for {context.end_name(other)}",
        edit=set_needs(successor, wanted),
        needs_agreement=must_agree(context, asking),
    )
    yield Fix(
        title=f"put the agreed terms of {what} back",
        edit=back,
        needs_agreement=must_agree(context, asking),
    )
    yield Fix(
        title=f"record that {context.end_name(other)} agrees to the changed terms of {what}",
        edit=say(context, successor, supplier, {"agreed": context.as_of}),
        needs_agreement=must_agree(context, other),
    )


def _terms_back(context: Context, successor: str, supplier: str, agreed: Need) -> Edit:
    """The links with the terms of one as they were agreed, and all else as it is."""

    def back(written: Written) -> Written:
        if not is_on(written, supplier):
            return written
        rest = {key: each for key, each in as_table(written).items() if key not in TERM_KEYS}
        days = {key: day for key in ("needed_by", "promised") if (day := getattr(agreed, key))}
        return with_words(rest, {**link_words(agreed.type, agreed.lag), **days})

    return set_needs(successor, [back(one) for one in written_needs(context, successor)])


TERM_KEYS = ("type", "lag", "needed_by", "promised")
