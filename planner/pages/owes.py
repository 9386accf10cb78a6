"""What is said of what the sides owe each other: by team or month, late in red, answers apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from planner.analysis.owes import group_of
from planner.pages import signs
from planner.pages.agreements import STATE_MARKS
from planner.pages.canvas import cells
from planner.pages.lines import Line, Page, Piece, cut, fitted
from planner.pages.parties import party_name, party_of_side, short_party
from planner.pages.roles import Role, side_role
from planner.plan.model import Plan
from planner.roadmap.figures import LONG_MONTHS, count, date_text, date_width, working_days
from planner.roadmap.output_owes import Answering, AnswerRow, By, DebtRow, OwedTotal, OwesShown
from planner.schedule.shift import Shift
from planner.text.visible import visible

BESIDE: Mapping[By, tuple[int, int, str]] = {
    "team": (114, 30, "delivers"),
    "month": (96, 20, "team"),
}
"""What stands beside the two ends: from how many columns on, in how many, and its head."""
PAIR, LEAST = 52, 20
"""Columns of the two ends at most and at least."""
STATE = 22
"""Columns of how a handover stands: ``12d late, not asked``."""
NOTHING = "Nothing is owed: no handover is open, and nobody waits for an answer."
START = "`planner link SUPPLIER SUCCESSOR` says what one side needs of the other."
_MARKS = {str(state): mark for state, mark in STATE_MARKS.items()}
ACTS: dict[Answering, str] = {
    "answer": "answers the request",
    "answer the counter": "answers the counter-proposal",
    "accept": "accepts the delivery",
}


def owes_page(plan: Plan, shown: OwesShown, width: int) -> list[Line]:
    """Both directions counted, each debt under its side and its team or month, then answers."""
    page = Page(width)
    page.text("What the sides owe each other", "title")
    if not shown.totals:
        page.text(NOTHING)
        page.text(START, "dim")
    for total in shown.totals:
        page.joined(total_pieces(shown, total), "  ")
    for giver, debts in groupby(shown.debts, key=lambda one: one.giver):
        _of_giver(page, plan, shown, giver, list(debts))
    if shown.answers:
        page.title(f"Answers owed: {len(shown.answers)}")
    for answer in shown.answers:
        page.flow(_answer(plan, shown, answer), "  ", "    ")
    return page.lines


def total_pieces(shown: OwesShown, total: OwedTotal) -> Iterator[Piece]:
    """``IT owes Marketing · 9 handovers · 2 late · 4 not agreed · 3 answers``."""
    yield (
        f"{side_of(shown, total.giver)} owes {side_of(shown, total.taker)}",
        side_role(total.giver),
    )
    yield count(total.handovers, "handover"), "text"
    if total.late:
        yield f"{total.late} late", "critical"
    if total.not_agreed:
        yield f"{total.not_agreed} not agreed", "warning"
    if total.answers:
        yield count(total.answers, "answer"), "warning"


def side_of(shown: OwesShown, side: str) -> str:
    """What a side is called."""
    return visible(shown.sides.get(side, side))


def group_name(plan: Plan, by: By, group: str) -> str:
    """``Identity and access``, ``May 2027``; who or when it is, where nobody wrote that."""
    if by == "team":
        return party_name(plan, group) if group else "No team"
    return f"{LONG_MONTHS[int(group[5:]) - 1]} {group[:4]}" if group else "No date"


def _of_giver(page: Page, plan: Plan, shown: OwesShown, giver: str, debts: list[DebtRow]) -> None:
    page.title(f"{side_of(shown, giver)} owes", side_role(giver))
    days = date_width(*(day for one in debts for day in (one.due, one.day)), near=plan.as_of)
    wide, what, title = BESIDE[shown.by]
    what = what if page.width >= wide else 0
    room = min(PAIR, max(LEAST, page.width - 6 - what - 2 * (days + 2) - STATE))
    head = fitted("", room + 6) + fitted(title, what)
    page.line((f"{head}{fitted('by', days + 2)}{fitted('planned', days + 2)}".rstrip(), "dim"))
    for group, rows in groupby(debts, key=lambda one: group_of(one, shown.by)):
        page.line((f"  {group_name(plan, shown.by, group)}", "strong"))
        for one in rows:
            beside = fitted(_beside(plan, shown.by, one), what - 2) + "  " if what else ""
            page.line(*cut(_debt(plan, one, room, beside, days), page.width))


def _beside(plan: Plan, by: By, one: DebtRow) -> str:
    """What is delivered; under months, which team delivers it."""
    if by == "team":
        return visible(one.what or "")
    return short_party(plan, one.team) if one.team else ""


def _debt(plan: Plan, one: DebtRow, room: int, beside: str, days: int) -> Line:
    glyph, role = mark_of(one)
    day = date_text(one.day, plan.as_of) if one.day else "no date"
    return (
        (f"    {glyph} ", role),
        *_pair(one, room),
        (beside, "text"),
        (fitted(date_text(one.due, plan.as_of) if one.due else "–", days) + "  ", "text"),
        (fitted(day, days) + "  ", "critical" if one.late else "text"),
        state_piece(one),
    )


def _pair(one: DebtRow, width: int) -> Line:
    """``supplier → successor``: both cut where there is no room for both."""
    supplier, successor = visible(one.supplier), visible(one.successor)
    room = width - 5
    left = min(cells(supplier), max(room // 2, room - cells(successor)))
    return (
        (fitted(supplier, left), side_role(one.giver)),
        (" → ", "dim"),
        (fitted(successor, room - left) + "  ", side_role(one.taker)),
    )


def mark_of(one: DebtRow) -> tuple[str, Role]:
    """How a debt stands, as one glyph."""
    return (signs.ERROR, "critical") if one.late else _MARKS[one.state]


def state_piece(one: DebtRow) -> Piece:
    """``6d late, not agreed``, ``agreed``."""
    if one.late and one.due is not None and one.day is not None:
        late = f"{Shift(one.due, one.day, one.days).brief} late"
        return (late if one.agreed else f"{late}, {one.state}"), "critical"
    return one.state, "good" if one.agreed else "warning"


def _answer(plan: Plan, shown: OwesShown, one: AnswerRow) -> Iterator[Line]:
    """``Identity and access (IT) answers the request · customer-sso → … · 15 working days``."""
    who = party_of_side(plan, one.team, one.side) if one.team else side_of(shown, one.side)
    yield (who, side_role(one.side)), (f" {ACTS[one.act]}", "text")
    yield ((f"{visible(one.supplier)} → {visible(one.successor)}", "text"),)
    since = f"since {date_text(one.since, plan.as_of)}, " if one.since else ""
    yield ((f"{since}{working_days(one.days)}", "warning"),)
