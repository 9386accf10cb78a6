"""LINK: what was asked, agreed, declined, delivered and accepted, recorded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.conflicts.context import Context, listed
from planner.conflicts.levers import yes_of
from planner.conflicts.needs import say
from planner.conflicts.rules.dates import answer
from planner.conflicts.rules.links import links_of
from planner.conflicts.trial import finish_of, together
from planner.conflicts.ways.fix import Ask, Fix
from planner.text.edits import Edit


def agree(ask: Ask) -> Iterator[Fix]:
    """Record the agreement, with the supplier's finish as the day it is promised for; or ask."""
    finding, context = ask.finding, ask.context
    successor, supplier = finding.on
    side = context.side_name(context.sides[supplier])
    edit, until = agreeing(context, successor, supplier)
    yield Fix(
        title=f"record that {side} agrees to {supplier}{until}",
        edit=edit,
        needs_yes=yes_of(context, supplier),
    )
    if answer(context, successor, supplier)[0] == "not asked":
        yield Fix(
            title=f"ask {side} for {supplier} (asked {context.day(context.as_of)})",
            edit=say(context, successor, supplier, {"asked": context.as_of}),
            needs_yes=yes_of(context, successor),
            clears=False,
        )


def agreeing(context: Context, successor: str, supplier: str) -> tuple[Edit, str]:
    """The edit that records an agreement, and by when it promises: `` by 5 May``, or nothing.

    What is promised already stays; else it is the supplier's finish.
    """
    links = links_of(context, successor, supplier)
    words: dict[str, Any] = {"agreed": context.as_of}
    by = next((need.promised for need in links if need.promised), None)
    finish = finish_of(context, supplier)
    if by is None and finish is not None:
        by = words["promised"] = finish
    return say(context, successor, supplier, words), f" by {context.day(by)}" if by else ""


def define(ask: Ask) -> Iterator[Fix]:
    """What the supplier hands to others; what else it could be, only a person knows."""
    context = ask.context
    successor, supplier = ask.finding.on
    said = dict.fromkeys(
        need.delivers
        for link in context.network.links_out_of(supplier)
        for need in (link.need,)
        if need.delivers
    )
    for words in list(said)[:3]:
        yield Fix(
            title=f"{supplier} delivers “{words}” here too",
            edit=say(context, successor, supplier, {"delivers": words}),
            needs_yes=yes_of(context, successor, supplier),
        )


def respond(ask: Ask) -> Iterator[Fix]:
    """The answer that all who asked were waiting for: a yes with a day, or a no."""
    context = ask.context
    asking, supplier = ask.finding.data["asking"], ask.finding.on[-1]
    yes = yes_of(context, supplier)
    edits, by = [agreeing(context, one, supplier)[0] for one in asking], ""
    if len(asking) == 1:
        by = agreeing(context, asking[0], supplier)[1]
    who, what = _answering(context, supplier), f"{supplier} for {listed(asking)}"
    title = f"record that {who} agrees to {what}{by}"
    yield Fix(title=title, edit=together(edits, title), needs_yes=yes)
    declined = {"declined": context.as_of}
    title = f"record that {who} declines {what}"
    yield Fix(
        title=title,
        edit=together([say(context, one, supplier, declined) for one in asking], title),
        needs_yes=yes,
        assumes="those who asked plan without it",
    )


def _answering(context: Context, supplier: str) -> str:
    side = context.sides[supplier]
    return context.team(supplier) or (context.side_name(side) if side else "its owner")


def accept(ask: Ask) -> Iterator[Fix]:
    """Record that what was delivered is what was needed."""
    context = ask.context
    successor, supplier = ask.finding.on
    yield Fix(
        title=f"record that {successor} accepts what {supplier} delivered",
        edit=say(context, successor, supplier, {"accepted": context.as_of}),
        needs_yes=yes_of(context, successor),
    )
