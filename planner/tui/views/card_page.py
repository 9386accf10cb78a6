"""What is said of a marked card: what it is, and what moving it would write and bring about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from planner.conflicts.changes import Change, Changes, Outcome
from planner.entry.status import Stated, named, state, step
from planner.pages.canvas import cells
from planner.pages.fixes import PART_ROLES
from planner.pages.lines import Line, Page, Piece, cut
from planner.pages.roles import Role, side_role
from planner.plan.impact import Consequence, Moved
from planner.plan.impact_line import counted_changes, target_parts, tone
from planner.plan.model import Plan
from planner.roadmap.entities import Status
from planner.roadmap.figures import count, date_range, date_text, listed, signed
from planner.text.edits import Edit, Edits, SetKey
from planner.text.visible import visible

LABEL, ROOM = 11, 90
"""Cells of the labels at the left, and those from which figures are words."""
MOST, FEW = 4, 2
"""The names on a line, of more the rest is counted; and those of what is no launch."""
OUTCOMES: tuple[tuple[Outcome, str, Role], ...] = (
    ("cleared", "clears", "good"),
    ("new", "new", "critical"),
    ("worse", "worse", "critical"),
    ("better", "better", "good"),
)
"""What became of conflicts, what matters most first."""


def card_head(plan: Plan, id: str, width: int) -> Line:
    """``api-gateway  API gateway …  IT · Platform · active · 1 Mar – 6 Apr · float 5``, as far as
    it has room: without the title, then without whose it is.
    """
    one, dates = plan.roadmap.initiatives[id], plan.schedule.get(id)
    side = plan.roadmap.portfolio_of(one)
    whose = [plan.roadmap.side_title(side)]
    if one.accountable:
        whose.append(plan.roadmap.party_title(one.accountable))
    facts = [one.status, "no dates" if dates is None else ""]
    if dates is not None:
        facts[1] = date_range(dates.start, dates.finish, plan.as_of)
        if dates.total_float is not None:
            facts.append(f"float {signed(dates.total_float).lstrip('+')}")
    name: Piece = (visible(id), side_role(side))
    title = f"  {visible(one.title)}" if one.title else ""
    ways = ((title, [*whose, *facts]), ("", [*whose, *facts]), ("", facts))
    for text, said in ways:
        line: Line = (name, (f"{text}  ", "text"), (visible(" · ".join(said)), "dim"))
        if sum(cells(each) for each, _ in line) <= width:
            return line
    return cut(line, width)


def steps_page(plan: Plan, id: str, width: int) -> list[Line]:
    """What a card is, and what `<` and `>` would write."""
    page = Page(width, LABEL)
    page.lines.append(card_head(plan, id, page.width))
    status = plan.roadmap.initiatives[id].status
    for by in (1, -1):
        if (to := step(status, by)) is not None:
            stated = state(plan.written("initiatives", id), id, to, plan.as_of)
            _say_move(page, plan, id, to, by, stated, "dim")
    page.labelled("s", "any status, with its date", "dim", "key")
    return page.lines


def move_page(plan: Plan, id: str, to: Status, by: int, stated: Stated, width: int) -> list[Line]:
    """What the move of a card would write."""
    page = Page(width, LABEL)
    page.lines.append(card_head(plan, id, page.width))
    _say_move(page, plan, id, to, by, stated, "text")
    return page.lines


def _say_move(
    page: Page, plan: Plan, id: str, to: Status, by: int, stated: Stated, role: Role
) -> None:
    label = f"{'<' if by < 0 else '>'} {to}"
    said = _writes(plan, id, stated, brief=page.width < ROOM)
    if stated.goes:
        said += visible(f"; removes {named(stated.goes)}")
        role = "warning"
    page.labelled(label, said, role, "key")


def follows_page(found: Consequence, id: str, width: int) -> list[Line]:
    """What follows for everything else: dates, then conflicts."""
    page = Page(width, LABEL)
    pieces = [
        *_moves(found, id),
        *((part.text, PART_ROLES[part.role]) for part in target_parts(found)),
    ]
    _labelled(page, "then", [(piece,) for piece in pieces])
    return page.lines


def conflicts_page(changes: Changes, width: int) -> list[Line]:
    """Which conflicts are cleared, new, worse and better, each by its rule and what it is on."""
    page = Page(width, LABEL)
    for outcome, word, role in OUTCOMES:
        if found := changes.of(outcome):
            names = listed(dict.fromkeys(map(_named, found)), MOST)
            page.labelled(word, visible(f"{', '.join(counted_changes(found))}  {names}"), role)
    return page.lines


def _labelled(page: Page, label: str, phrases: Iterable[Line]) -> None:
    below = Page(page.width - LABEL)
    below.flow(phrases)
    for number, line in enumerate(below.lines):
        page.line((label.ljust(LABEL) if not number else " " * LABEL, "dim"), *line)


def _writes(plan: Plan, id: str, stated: Stated, *, brief: bool) -> str:
    """``writes status and actual_finish = 2027-03-22, 9 working days earlier than planned``."""
    if stated.edit is None:
        return "writes nothing: it is recorded already"
    written = {edit.key[0]: edit.value for edit in _set(stated.edit)}
    days = [f"{key} = {value}" for key, value in written.items() if isinstance(value, date)]
    keys = (["status"] if "status" in written else []) + days
    kept = f", keeps {named(stated.stays)}" if stated.stays else ""
    return visible(
        f"writes {' and '.join(keys)}{_against_plan(plan, id, written, brief=brief)}{kept}"
    )


def _set(edit: Edit) -> Iterator[SetKey]:
    for each in edit.edits if isinstance(edit, Edits) else (edit,):
        if isinstance(each, SetKey):
            yield each


def _against_plan(plan: Plan, id: str, written: dict[str, object], *, brief: bool) -> str:
    """How far an actual date is from the one that was planned."""
    dates = plan.schedule.get(id)
    for key, planned in (("actual_finish", "finish"), ("actual_start", "start")):
        day = written.get(key)
        if isinstance(day, date) and dates is not None:
            shift = plan.schedule.shift(getattr(dates, planned), day)
            if not shift.calendar:
                return ", as planned"
            way = "later" if shift.later else "earlier"
            return f", {shift.brief} {way}" if brief else f", {shift.amount} {way} than planned"
    return ""


def _moves(found: Consequence, id: str) -> Iterator[Piece]:
    """Which other launches finish on another date, but for the target, which is said after them;
    where none does, the first ones of what moves.
    """
    others = [each for each in found.moved if each.id not in (id, found.target)]
    launches = {each.id for each in found.launches_moved}
    named = [each for each in others if each.id in launches][:MOST] or others[:FEW]
    for each in named:
        yield _moved(found, each), PART_ROLES[tone(each.calendar_days)]
    if more := len(others) - len(named):
        yield f"{count(more, 'other')} {'moves' if more == 1 else 'move'}", "dim"


def _moved(found: Consequence, one: Moved) -> str:
    return visible(f"{one.id} {date_text(one.after, found.after.as_of)} {one.shift.short}")


def _named(change: Change) -> str:
    one = (change.after or change.before)[0]
    return f"{change.code} {one.id}".rstrip()
