"""What is said of agreements: who is accountable for what, how a handover stands, who moves next.

`planner agreements` prints these pages, the view colours them. States are the word list's: not
asked, asked, countered, agreed, declined, promised, delivered, accepted, not accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from planner.analysis.raci import (
    LETTERS,
    Duty,
    Handover,
    Matrix,
    Slip,
    Standing,
    State,
    freed_by,
    waits_by_side,
)
from planner.conflicts.terms import links_of, waiting, who_wants
from planner.pages import signs
from planner.pages.canvas import cells, shorten
from planner.pages.lines import Line, Page, Piece
from planner.pages.parties import names, party_name, party_of_side, side_name
from planner.pages.roles import Role, side_role
from planner.plan.model import Plan
from planner.roadmap.answers import handover_state
from planner.roadmap.entities import Agreement, Initiative
from planner.roadmap.figures import count, date_text, days_short, listed, working_days
from planner.roadmap.output_agreements import Freeing
from planner.text.visible import visible

Mark = tuple[str, Role]
"""A glyph and its role."""

LABEL = 12
"""Columns of the labels at the left."""
TITLES = {"agreements": "Agreements", "initiatives": "Initiatives", "handovers": "Handovers"}
FREED = "Launches that wait for agreement"
MOST_LAUNCHES, MOST_PAIRS = 12, 3
"""So many launches are named, and so many handovers or launches in one line."""
STANDING_MARKS: dict[Standing, Mark] = {
    "gap": (signs.ERROR, "critical"),
    "double": (signs.WARNING, "warning"),
    "unagreed": (signs.ASKED, "warning"),
    "due": (signs.DUE, "warning"),
    "settled": (signs.AGREED, "good"),
}
STANDING_WORDS: dict[Standing, str] = {
    "gap": "no accountable team",
    "double": "several accountable teams",
    "unagreed": "not agreed",
    "due": "review due",
}
STATE_MARKS: dict[State, Mark] = {
    "not asked": (signs.NOT_ASKED, "warning"),
    "asked": (signs.ASKED, "warning"),
    "countered": (signs.COUNTERED, "warning"),
    "declined": (signs.DECLINED, "critical"),
    "promised": (signs.ASKED, "warning"),
    "agreed": (signs.AGREED, "good"),
    "delivered": (signs.AGREED, "done"),
    "accepted": (signs.AGREED, "done"),
    "not accepted": (signs.DECLINED, "critical"),
}
_MOVES: dict[State, str] = {
    "not asked": "asks",
    "asked": "answers",
    "countered": "answers the counter",
    "declined": "asks again, or plans without it",
    "promised": "agrees",
    "agreed": "delivers",
    "delivered": "accepts the delivery",
    "not accepted": "delivers again",
}
SAID = ("asked", "agreed", "declined", "needed_by", "promised", "accepted", "rejected")
"""The dates of a handover, in the order in which they are shown."""


def mark_of(row: Duty | Handover) -> Mark:
    """How a row stands, as one glyph."""
    if isinstance(row, Duty):
        return STANDING_MARKS[row.standing]
    if row.lateness and row.open:
        return signs.ERROR, "critical"
    waits = row.state == "delivered" and row.next_side is not None
    return (signs.ASKED, "warning") if waits else STATE_MARKS[row.state]


# --- who is accountable ---------------------------------------------------------------------------


def standing(plan: Plan, row: Duty) -> str:
    """``not agreed: IT``, ``2 accountable teams``; empty where nothing is to be said."""
    if row.standing == "double":
        return f"{len(row.accountables)} accountable teams"
    if row.standing == "unagreed":
        return f"not agreed: {names(plan, row.lacking)}"
    if row.standing == "due" and row.review_by:
        return f"review due {date_text(row.review_by, plan.as_of)}"
    if row.standing == "gap":
        return STANDING_WORDS["gap"]
    if row.review_by:
        return f"review by {date_text(row.review_by, plan.as_of)}"
    return f"reviewed: {names(plan, tuple(row.reviews))}" if row.reviews else ""


def duty_page(plan: Plan, row: Duty, width: int) -> list[Line]:
    """An agreement or an initiative: who is accountable, what both sides agreed on, reviews."""
    entity = plan.roadmap.table(row.kind)[row.id]
    assert isinstance(entity, Agreement | Initiative)
    page = Page(width, LABEL)
    page.line(*_title(plan, row, page.width))
    for key, letter in LETTERS:
        parties = row.accountables if letter == "A" else getattr(entity, key)
        text = ", ".join(party_name(plan, party) for party in parties)
        one = letter != "A" or len(parties) == 1
        if text or letter == "A":
            page.labelled(key, text or "no team", "text" if one else "warning")
    for label, text in _terms(plan, row, entity):
        if text:
            page.labelled(label, visible(text))
    return page.lines


def _title(plan: Plan, row: Duty, width: int) -> Iterator[Piece]:
    glyph, role = mark_of(row)
    said = f"{glyph} {standing(plan, row)}" if row.standing != "settled" else ""
    name, id = visible(row.title), visible(row.id)
    room = max(8, width - cells(said) - 3)
    yield shorten(name, room), "title"
    if id != name and cells(name) + cells(id) + 2 <= room:
        yield f"  {id}", "dim"
    if said:
        yield f"   {said}", role


def _terms(plan: Plan, row: Duty, entity: Agreement | Initiative) -> Iterator[tuple[str, str]]:
    if isinstance(entity, Initiative):
        reviews = row.reviews.items()
        yield (
            "reviewed",
            " · ".join(f"{party_name(plan, who)} {_day(plan, on)}" for who, on in reviews),
        )
        return
    said = [f"{side_name(plan, side)} {_day(plan, on)}" for side, on in row.agreed.items()]
    said += [f"not agreed: {names(plan, row.lacking)}"] if row.lacking else []
    said += [f"review by {_day(plan, row.review_by)}"] if row.review_by else []
    yield "agreed", " · ".join(said)
    keys = ("capabilities", "systems", "data")
    covers = [f"{key} {', '.join(ids)}" for key in keys if (ids := getattr(entity, key))]
    covers += [f"access up to {entity.access}"] if entity.access else []
    yield "covers", " · ".join(covers)
    yield "why", entity.why or ""


# --- handovers ------------------------------------------------------------------------------------


def handover_page(
    plan: Plan,
    one: Handover,
    slip: Slip | None,
    width: int,
    *,
    freed: Sequence[Freeing] = (),
    working: bool = False,
) -> list[Line]:
    """A handover: what, its dates, who moves next, which launches it frees, and what follows if
    the supplier is late.
    """
    page = Page(width, LABEL)
    pair = f"{visible(one.supplier)} → {visible(one.successor)}"
    sides = f"{side_name(plan, one.supplier_side)} to {side_name(plan, one.successor_side)}"
    glyph, role = mark_of(one)
    page.flow(
        [
            ((pair, side_role(one.supplier_side)),),
            ((f"{sides} {' '.join(one.ties)}".rstrip(), "dim"),),
            ((f"{glyph} {one.state}", role),),
        ],
        hang="  ",
        between="  ",
    )
    for label, text, role in _facts(plan, one):
        if text:
            page.labelled(label, visible(text), role)
    if freed:
        page.labelled("frees", listed((_frees(plan, each) for each in freed), MOST_PAIRS))
    if slip is not None or working:
        page.labelled("if late", slip_text(plan, slip) if slip is not None else "calculating …")
    return page.lines


def _facts(plan: Plan, one: Handover) -> Iterator[tuple[str, str, Role]]:
    yield "delivers", one.delivers or "not written yet", "text"
    yield "why", one.why or "", "text"
    yield "accept when", one.accepted_when or "", "text"
    yield "dates", " · ".join(dates_said(plan, one)) or "none yet", "text"
    yield "counter", _counter(plan, one), "warning"
    yield "finish", finish_text(plan, one), "critical" if one.lateness else "text"
    yield "next", next_text(plan, one), "warning" if one.waiting else "text"


def dates_said(plan: Plan, one: Handover) -> Iterator[str]:
    """``asked 1 Mar``, ``needed by 12 May``: each date that is written, with its word."""
    for key in SAID:
        value: date | None = getattr(one, key)
        word = "not accepted" if key == "rejected" else key.replace("_", " ")
        if value is not None:
            yield f"{word} {_day(plan, value)}"


def finish_text(plan: Plan, one: Handover) -> str:
    """``12 May, 3 working days after the promised date``; ``delivered 5 Mar``."""
    if one.finish is None:
        return "not scheduled"
    text = f"{'' if one.open else 'delivered '}{_day(plan, one.finish)}"
    if one.lateness is None:
        return text
    by = working_days(one.late) if one.late else one.lateness.amount
    return f"{text}, {by} after the {'promised' if one.promised else 'needed'} date"


def next_text(plan: Plan, one: Handover) -> str:
    """``Identity and access (IT) answers; waiting for 15 working days``."""
    if one.next_side is None:
        return "nobody"
    who = side_name(plan, one.next_side)
    if one.next_team:
        who = party_of_side(plan, one.next_team, one.next_side)
    waits = f"; waiting for {working_days(one.waiting)}" if one.waiting else ""
    return f"{who} {_MOVES[one.state]}{waits}"


def slip_text(plan: Plan, slip: Slip) -> str:
    """``by 5 working days: launch +5d to 14 May; then launch is 4d late``."""
    by = f"by {working_days(slip.days)}"
    if not slip.launches:
        others = count(slip.moved, "other initiative")
        return f"{by}: no launch moves, {others} {'does' if slip.moved == 1 else 'do'}"
    moved = (f"{visible(e.id)} {e.shift.short} to {_day(plan, e.after)}" for e in slip.launches)
    missed = [f"{visible(id)} is {late.brief} late" for id, late in slip.missed]
    return f"{by}: {', '.join(moved)}{f'; then {listed(missed)}' if missed else ''}"


def waits_lines(plan: Plan, found: Iterable[Handover]) -> Iterator[str]:
    """``waiting for IT: 35 working days in all``: how long each side lets the other wait now."""
    for side, days in waits_by_side(found).items():
        yield f"waiting for {side_name(plan, side)}: {working_days(days)} in all"


def waits_short(plan: Plan, found: Iterable[Handover]) -> str:
    """``waiting for IT 35d, Marketing 38d``; empty where nobody waits."""
    waits = waits_by_side(found).items()
    told = ", ".join(f"{side_name(plan, side)} {days_short(days)}" for side, days in waits)
    return f"waiting for {told}" if told else ""


def freeing_page(plan: Plan, freed: tuple[Freeing, ...], width: int) -> list[Line]:
    """``Spring sale: one yes frees it: consent-signals → lifecycle-journeys``, fewest first."""
    page = Page(width)
    if freed:
        page.title(FREED)
    for one in freed[:MOST_LAUNCHES]:
        words = _freeing(plan, one)
        page.flow([((part, "text"),) for part in words], indent="  ", hang="    ", between=" ")
    if len(freed) > MOST_LAUNCHES:
        page.text(f"  and {count(len(freed) - MOST_LAUNCHES, 'more launch')}", "dim")
    return page.lines


def _freeing(plan: Plan, one: Freeing) -> Iterator[str]:
    """A launch and its handovers, in parts that stay whole."""
    number = one.number
    frees = "one yes frees it" if number == 1 else f"{number} agreements free it"
    yield f"{_launch(plan, one)}: {frees}:"
    *more, last = (f"{visible(on)} → {visible(succ)}" for on, succ in one.handovers[:MOST_PAIRS])
    yield from (f"{pair}," for pair in more)
    yield f"{last} and {number - MOST_PAIRS} more" if number > MOST_PAIRS else last


def _frees(plan: Plan, one: Freeing) -> str:
    """``Spring sale``, or ``Summer sale with 3 others``."""
    others = one.number - 1
    return f"{_launch(plan, one)} with {count(others, 'other')}" if others else _launch(plan, one)


def _launch(plan: Plan, one: Freeing) -> str:
    return visible(plan.roadmap.initiatives[one.launch].label)


def _counter(plan: Plan, one: Handover) -> str:
    """What one side wants instead, since when; empty where nobody does."""
    if one.counter is None or one.wants is None:
        return ""
    return f"{one.wants}{f' since {_day(plan, one.counter.on)}' if one.counter.on else ''}"


def _day(plan: Plan, day: date | None) -> str:
    return date_text(day, plan.as_of) if day is not None else ""


def link_state(plan: Plan, successor: str, supplier: str) -> Piece | None:
    """How a link stands, short: ``asked 1 Mar``; None inside a side where nothing was said."""
    if supplier not in plan.roadmap.initiatives:
        return "unknown", "critical"
    state, said = handover_state(links_of(plan.context, successor, supplier))
    on = f" {date_text(said, plan.as_of)}" if said else ""
    if state in ("declined", "not accepted"):
        return f"{state}{on}", "critical"
    dates, across = plan.schedule.get(supplier), plan.context.across(supplier, successor)
    if dates is not None and dates.finished:
        return (f"{signs.AGREED} delivered" if across else signs.AGREED), "good"
    counter = waiting(plan.context, successor, supplier)
    if counter is not None:
        return visible(who_wants(plan.context, counter)), "warning"
    if state in ("agreed", "accepted"):
        return state, "good"
    if state == "not asked" and any(
        link.promised for link in links_of(plan.context, successor, supplier)
    ):
        return "promised", "warning"
    return (f"{state}{on}", "warning") if across or state == "asked" else None


# --- all of them ----------------------------------------------------------------------------------


def agreements_page(
    plan: Plan,
    matrix: Matrix,
    found: Iterable[Handover],
    slips: dict[str, Slip],
    freed: tuple[Freeing, ...],
    width: int,
) -> list[Line]:
    """The matrix, a line for each row, then every handover, who is waited for in all, and which
    agreements free which launch.
    """
    page, found, by_handover = Page(width, LABEL), list(found), freed_by(freed)
    for key, rows in (("agreements", matrix.agreements), ("initiatives", matrix.initiatives)):
        if rows:
            page.title(TITLES[key])
        room = max((cells(visible(row.id)) for row in rows), default=0)
        for row in rows:
            page.flow([*_row(plan, matrix, row, room)], indent="  ", hang="    ", between="  ")
    if found:
        page.title(TITLES["handovers"])
    for one in found:
        frees = by_handover.get((one.supplier, one.successor), ())
        told = handover_page(plan, one, slips.get(one.supplier), width - 4, freed=frees)
        for at, line in enumerate(told):
            page.line((" " * (4 if at else 2), "text"), *line)
    for text in waits_lines(plan, found):
        page.text(text, "warning")
    if freed:
        page.lines += [(), *freeing_page(plan, freed, width)]
    return page.lines


def _row(plan: Plan, matrix: Matrix, row: Duty, room: int) -> Iterator[Line]:
    """``content-publishing  A/R web  A web-eng  ▲ 2 accountable teams``, in phrases."""
    id = visible(row.id)
    yield ((f"{id}{' ' * (room - cells(id))}", side_role(row.side) if row.side else "text"),)
    for one in matrix.columns:
        if one.id in row.letters:
            letters = "/".join(row.letters[one.id])
            yield ((f"{letters} {visible(one.id)}", side_role(one.side)),)
    said = standing(plan, row)
    if said:
        glyph, role = mark_of(row)
        yield ((f"{glyph} {said}", role if row.standing != "settled" else "dim"),)
