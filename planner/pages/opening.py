"""What is said on opening, at most three lines: what moved, what is for you, what is due.

Each is worded in several ways, the longest first, so that a line is never longer than its screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from planner.analysis.opening import Due, Moved, Opening
from planner.conflicts.headline import short_title
from planner.pages.lines import Line, Piece
from planner.pages.mine import doing, when
from planner.pages.roles import Role, side_role
from planner.plan.model import Plan
from planner.roadmap.figures import count, date_or_none, date_text, day_of_week, signed
from planner.roadmap.output_mine import MineRow
from planner.text.visible import visible

Topic = Literal["moved", "for you", "due"]
DOT: Piece = (" · ", "dim")


class Told(Struct, frozen=True):
    """One line: what it is about, and the ways to say it, the longest first."""

    topic: Topic
    ways: tuple[Line, ...]


def opening_lines(plan: Plan, opening: Opening) -> Iterator[Told]:
    """The lines that have something to say."""
    if opening.moved and opening.since is not None:
        yield Told("moved", tuple(_moved(plan, opening.since, opening.moved)))
    if opening.mine:
        yield Told("for you", tuple(_mine(plan, opening.mine)))
    if opening.due is not None:
        yield Told("due", tuple(_due(plan, opening.due)))


# --- moved ----------------------------------------------------------------------------------------


def _moved(plan: Plan, since: date, moved: tuple[Moved, ...]) -> Iterator[Line]:
    """The first that moved with its cause, and how many more there are."""
    first, more = moved[0], len(moved) - 1
    looked: Piece = (f"since you looked, {date_text(since, plan.as_of)}: ", "dim")
    others: Line = (DOT, (f"{more} more moved", "text")) if more else ()
    why: Line = ((": ", "dim"), *_parts(first), (visible(first.why), "text")) if first.why else ()
    who: Line = (DOT, (visible(first.who), "dim")) if first.who else ()
    launch = _launch(plan, first)
    yield (looked, *launch, *why, *who, *others)
    yield (*launch, *why, *who, *others)
    yield (*launch, *why, *others)
    yield (*launch, *others)


def _parts(one: Moved) -> Line:
    """``+4d time, +4d edits: ``, where the cause that follows is not that of the whole move."""
    if not one.time:
        return ()
    return ((f"{signed(one.time)}d time, {signed(one.edits)}d edits: ", "text"),)


def _launch(plan: Plan, one: Moved) -> Line:
    name = visible(short_title(plan.context, one.id))
    before, now = (date_or_none(day, plan.as_of) for day in (one.before, one.now))
    role: Role = "critical" if one.shift is None or one.shift.later else "strong"
    by: Line = ((f", {one.shift.short}", role),) if one.shift is not None else ()
    return (
        (f"{name} ", side_role(plan.context.ends.get(one.id))),
        (before, "text"),
        (" → ", "dim"),
        (now, "strong"),
        *by,
    )


# --- for you, and due -----------------------------------------------------------------------------


def _mine(plan: Plan, rows: tuple[MineRow, ...]) -> Iterator[Line]:
    """As many as there is room for: two with their days are more than three without, and two
    without are more than one.
    """
    for number, with_days in ((3, True), (2, True), (3, False), (2, False), (1, True), (1, False)):
        if number <= len(rows):
            yield _joined(_named(plan, rows, number, with_days=with_days))


def _named(
    plan: Plan, rows: tuple[MineRow, ...], number: int, *, with_days: bool
) -> Iterator[Line]:
    for row in rows[:number]:
        said = when(plan, row) if with_days else ""
        yield (*doing(plan, row), *(((f" ({said})", "dim"),) if said else ()))
    if more := len(rows) - number:
        yield ((f"{more} more", "text"),)


def _joined(lines: Iterable[Line]) -> Line:
    joined: list[Piece] = []
    for line in lines:
        joined += [DOT, *line] if joined else line
    return tuple(joined)


def _due(plan: Plan, due: Due) -> Iterator[Line]:
    day, passed = day_of_week(due.day, plan.as_of), due.day < plan.as_of
    what = _counted(due, "handover", "decision")
    if passed:
        yield ((f"{visible(due.meeting)} of {day} is not closed: ", "dim"), *what)
        day += ", not closed"
    else:
        yield ((f"before {visible(due.meeting)}, {day}: ", "dim"), *what)
    yield ((f"{day}: ", "dim"), *what)
    yield ((f"{day}: ", "dim"), *_counted(due, "", ""))


def _counted(due: Due, handover: str, decision: str) -> Line:
    """``8 handovers to agree, 2 decisions overdue``; without the nouns where these are empty."""
    pieces: list[Piece] = []
    both: tuple[tuple[int, str, str, Role], ...] = (
        (due.agree, handover, "to agree", "warning"),
        (due.decide, decision, "overdue", "critical"),
    )
    for number, noun, verb, role in both:
        if number:
            many = f"{count(number, noun).partition(' ')[2]} " if noun else ""
            pieces += [(", ", "text")] if pieces else []
            pieces += [(str(number), role), (f" {many}{verb}", "text")]
    return tuple(pieces)
