"""What is said of a what-if: launches, money and load with the edits and without, the conflicts by
what becomes of them, the edits with whose agreement each needs, and the load that gets worse.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from planner.analysis.whatif import NOW, WHAT_IF
from planner.conflicts.findings import SEVERITY_MARKS
from planner.pages.canvas import cells, shorten, wrap
from planner.pages.changes import OUTCOMES
from planner.pages.lines import LEAST, Line, Piece, cut, fitted
from planner.pages.roles import Role, side_role
from planner.plan.model import Plan
from planner.roadmap.entities import Severity
from planner.roadmap.figures import (
    MINUS,
    count,
    date_or_none,
    date_text,
    days_short,
    listed,
    money_short,
    number,
    signed,
)
from planner.roadmap.output_compare import CompareColumn, LaunchColumn
from planner.roadmap.output_whatif import TriedConflict, TriedLoad, TriedRow, WhatIfShown
from planner.text.visible import visible

BESIDE = 110
"""Columns from which the conflicts stand beside the comparison."""
SHARE, WIDEST = 57, 84
"""Per cent of the width that the comparison has then, and columns of it at most."""
BETWEEN: Piece = (" │ ", "faint")
DATE, MOVES, NOTE = 9, 8, 18
"""Columns of a date, of a move, and of what is said beside it."""
OUTCOME = 8
SEVERITY_ROLES: dict[Severity, Role] = {"error": "critical", "warning": "warning", "info": "dim"}
DECIDE = ("worse", "new")
"""What becomes of conflicts that decides."""
Place = tuple[int, int]


class WhatIfPage(Struct, frozen=True):
    """Lines, and the (first, last) lines of each edit."""

    lines: tuple[Line, ...]
    edits: tuple[Place, ...]


def what_if_page(shown: WhatIfShown, plan: Plan, width: int, *, beside: bool = True) -> WhatIfPage:
    """All of it; `beside`: in as few lines as it takes, and where there is room the conflicts stand
    beside the comparison. Else every conflict is told in full.
    """
    if width < BESIDE or not beside:
        left = _comparison(shown, plan, width)
        conflicts = _conflicts(shown, width, whole=() if beside else tuple(OUTCOMES))
        edits = _edits(shown, width)
        return _with_edits([*left, (), *conflicts, ()], edits, _load(shown, plan, width))
    room = min(width * SHARE // 100, WIDEST)
    left = _comparison(shown, plan, room)
    found = _with_edits([*left, ()], _edits(shown, room), _load(shown, plan, room))
    right = _in_height(shown, width - room - cells(BETWEEN[0]), len(found.lines))
    return WhatIfPage(tuple(_beside(found.lines, right, room)), found.edits)


def _with_edits(above: list[Line], edits: list[Line], below: list[Line]) -> WhatIfPage:
    first = len(above) + 1
    places = tuple((at, at) for at in range(first, first + len(edits) - 1))
    return WhatIfPage((*above, *edits, *below), places)


def _beside(left: Sequence[Line], right: Sequence[Line], room: int) -> Iterator[Line]:
    for at in range(max(len(left), len(right))):
        mine = cut(left[at], room) if at < len(left) else ()
        blank = room - sum(cells(text) for text, _ in mine)
        yield (*mine, (" " * blank, "text"), BETWEEN, *(right[at] if at < len(right) else ()))


# --- launches, money, load ------------------------------------------------------------------------


def _comparison(shown: WhatIfShown, plan: Plan, width: int) -> list[Line]:
    name = max(14, width - 2 * DATE - MOVES - NOTE)
    table = _Comparison(shown, plan, name)
    heads = f"{fitted(NOW, DATE, right=True)}{fitted(WHAT_IF, DATE, right=True)}"
    head: Line = (
        (fitted("Comparison", name), "title"),
        (f"{heads}{fitted('moves', MOVES, right=True)}", "dim"),
    )
    return [cut(line, width) for line in (head, *table.lines())]


class _Comparison:
    """Rows of a name, the figures of now and of the what-if, and by how much they differ."""

    def __init__(self, shown: WhatIfShown, plan: Plan, name: int) -> None:
        self.shown, self.plan, self.name = shown, plan, name
        self.now, self.then = shown.compare.columns
        self.currency = shown.compare.currency

    def lines(self) -> Iterator[Line]:
        """Launches, the main one first; then money, then load."""
        for at, (id, title) in enumerate(self.shown.compare.launches.items()):
            yield self._launch(id, title, main=at == 0)
        for side, title in self.shown.compare.sides.items():
            if self.now.cost.get(side, 0.0) != self.then.cost.get(side, 0.0):
                then = self.then.cost.get(side, 0.0)
                yield self._money(f"cost {title}", self.now.cost.get(side, 0.0), then)
        yield from self._delay()
        yield from self._load()

    @property
    def _both(self) -> tuple[CompareColumn, CompareColumn]:
        return self.now, self.then

    def _row(self, name: Piece, now: str, then: Piece, moves: Piece, *note: Piece) -> Line:
        return (
            (fitted(name[0], self.name), name[1]),
            (fitted(now, DATE, right=True), "dim"),
            (fitted(then[0], DATE, right=True), then[1]),
            (fitted(moves[0], MOVES, right=True), moves[1]),
            (" ", "text"),
            *note,
        )

    def _launch(self, id: str, title: str, *, main: bool) -> Line:
        now, then = self.now.launches[id], self.then.launches[id]
        near, moved = self.plan.as_of, now.finish != then.finish
        role: Role = "text" if moved else "dim"
        return self._row(
            (visible(title), self._role(id)),
            date_or_none(now.finish, near),
            (date_or_none(then.finish, near), "strong" if moved else role),
            _moves(now, then),
            *_standing(now, then, quiet=not (main or moved) or not self._is_due(id)),
        )

    def _role(self, id: str) -> Role:
        one = self.plan.roadmap.initiatives.get(id)
        return side_role(self.plan.roadmap.portfolio_of(one)) if one is not None else "text"

    def _is_due(self, id: str) -> bool:
        one = self.plan.roadmap.initiatives.get(id)
        return one is not None and bool(one.deadline or one.announced)

    def _money(self, name: str, now: float, then: float, *note: Piece) -> Line:
        figures = [visible(money_short(each, self.currency)) for each in (now, then)]
        change = (self._signed(then - now), _tone(then - now)) if then != now else ("0", "dim")
        return self._row((visible(name), "text"), figures[0], (figures[1], "text"), change, *note)

    def _delay(self) -> Iterator[Line]:
        """Of the outcomes that are late; and in all, of each that is complete on another date."""
        now, then = (one.cost_of_delay or 0.0 for one in self._both)
        whole = round(self.shown.cost or 0)
        moves = (self._signed(whole), _tone(whole))
        note = () if whole == round(then - now) else (moves, (" in all", "dim"))
        if now or then:
            yield self._money("delay cost", now, then, *note)
        elif whole:
            blank: Piece = ("", "text")
            yield self._row(("delay cost", "text"), "", blank, moves, ("in all", "dim"))

    def _signed(self, amount: float) -> str:
        sign = "+" if amount > 0 else MINUS
        return visible(f"{sign}{money_short(abs(amount), self.currency)}")

    def _load(self) -> Iterator[Line]:
        before, after = (one.load for one in self._both)
        if not before and not after:
            return
        name: Piece = ("load above capacity", "text")
        others = [*self._loads()]
        worse = [one for one in others if one[1] == "critical"] or others[:1]
        figures = [count(len(each), "team") for each in (before, after)]
        yield self._row(name, figures[0], (figures[1], "text"), ("", "text"), *worse[:1])
        for note in worse[1:]:
            yield self._row(("", "text"), "", ("", "text"), ("", "text"), note)

    def _loads(self) -> Iterator[Piece]:
        """``data 15d → 19d`` of each team of which that is another."""
        for team in self.shown.compare.teams:
            days = [one.load[team].days if team in one.load else 0 for one in self._both]
            if days[0] != days[1]:
                text = f"{visible(team)} {days_short(days[0])} → {days_short(days[1])}"
                yield text, "critical" if days[1] > days[0] else "strong"


def _moves(now: LaunchColumn, then: LaunchColumn) -> Piece:
    if now.finish is None or then.finish is None or then.moved is None:
        return ("", "dim")
    if not then.moved:
        return ("0", "dim") if now.finish == then.finish else ("0d", "text")
    return f"{signed(then.moved)}d", _tone(then.moved)


def _standing(now: LaunchColumn, then: LaunchColumn, *, quiet: bool) -> Iterator[Piece]:
    """``1d late, was 5d``, ``on time``."""
    if then.finish is None:
        yield ("no dates", "critical") if now.finish else ("", "dim")
        return
    days = [days_short(one.late.working) if one.late else "" for one in (now, then)]
    if then.late is not None:
        was = f", was {days[0] or 'on time'}" if days[0] != days[1] else ""
        better = now.late is not None and now.late.working > then.late.working
        yield f"{days[1]} late{was}", "warning" if better else "critical"
    elif now.late is not None:
        yield f"on time, was {days[0]} late", "strong"
    elif not quiet:
        yield "on time", "dim"


def _tone(amount: float) -> Role:
    return "critical" if amount > 0 else "strong"


# --- conflicts ------------------------------------------------------------------------------------


def _in_height(shown: WhatIfShown, width: int, height: int) -> list[Line]:
    """The conflicts in full where so many lines have room for them, else those that decide."""
    ways = (_conflicts(shown, width, whole=whole) for whole in (tuple(OUTCOMES), DECIDE))
    short = _conflicts(shown, width, whole=())
    return next((lines for lines in ways if len(lines) <= height), short)


def _conflicts(shown: WhatIfShown, width: int, *, whole: Collection[str]) -> list[Line]:
    """Those of which what becomes of them is in `whole` in full, the others on a line each."""
    now, then = shown.compare.columns
    head: Line = (
        ("Conflicts", "title"),
        *_from_to("errors", now.errors, then.errors),
        *_from_to("warnings", now.warnings, then.warnings),
    )
    lines: list[Line] = [cut(head, width)]
    if not shown.conflicts:
        return [*lines, (("none is another", "dim"),)]
    for outcome, group in groupby(shown.conflicts, key=lambda each: each.outcome):
        for at, each in enumerate(group):
            label = OUTCOMES[outcome] if at == 0 else ""
            lines += _conflict(each, label, width, whole=outcome in whole)
    return lines


def _conflict(each: TriedConflict, outcome: str, width: int, *, whole: bool) -> Iterator[Line]:
    """Its text beside what becomes of it; where not `whole` on one line, and its days in short."""
    decides = each.outcome in DECIDE
    role = SEVERITY_ROLES[each.severity] if decides else "dim"
    label = fitted(outcome, max(OUTCOME, cells(outcome) + 1))
    sign = f"{SEVERITY_MARKS[each.severity]} "
    before, text = cells(label) + cells(sign), visible(each.text)
    room = max(LEAST, width - before)
    brief = re.sub(r"(\d) working days?\b", r"\1d", text)
    for at, part in enumerate(wrap(text, room) if whole else [shorten(brief, room)]):
        if at:
            yield (" " * before, "text"), (part, "text")
        else:
            yield (label, "strong" if decides else "dim"), (sign, role), (part, "text")


def _from_to(noun: str, now: int, then: int) -> Iterator[Piece]:
    yield f"  {noun} ", "dim"
    if now == then:
        yield str(now), "text"
    else:
        yield f"{now} → ", "dim"
        yield str(then), "critical" if then > now else "strong"


# --- edits and load -------------------------------------------------------------------------------


def _edits(shown: WhatIfShown, width: int) -> list[Line]:
    room = min(16, width // 4)
    name = (width - room) * 55 // 100
    change = width - room - name
    head: Line = (
        (fitted("Edits", name), "title"),
        (f"{fitted('change', change)}agreement", "dim"),
    )
    rows = [_edit(one, at, (name, change, room)) for at, one in enumerate(shown.edits, 1)]
    return [cut(head, width), *rows] if rows else [(("No edits yet", "dim"),)]


def _edit(one: TriedRow, at: int, widths: tuple[int, int, int]) -> Line:
    name, change, room = widths
    more = f" and {one.more} more" if one.more else ""
    lead = f"e{at} "
    return (
        (lead, "warning"),
        (fitted(visible(one.key), name - cells(lead) - 1) + " ", "text"),
        (fitted(visible(f"{one.change}{more}"), change - 1) + " ", "strong"),
        (fitted(visible(listed(one.needs_agreement)), room).rstrip(), "text"),
    )


def _load(shown: WhatIfShown, plan: Plan, width: int) -> list[Line]:
    """The team that gets worse, week by week: before, and with the edits."""
    load = shown.load
    if load is None:
        return []
    there = f", of {number(load.there)}" if load.there is not None else ""
    lead = min(34, width // 2)
    name = visible(load.title)
    label = fitted(name, max(1, lead - cells(there) - 8)).rstrip()
    figures = _figures(load, width - lead - 8)
    first: Line = ((label, side_role(load.side)), (there, "text"))
    blank = lead - cells(label) - cells(there)
    ends = ("  weeks", f"  {date_text(load.weeks[0], plan.as_of)}")
    leads = fitted(NOW, blank - 1, right=True), fitted(WHAT_IF, lead - 1, right=True)
    return [
        (*first, (f"{leads[0]} ", "dim"), *figures[0], (ends[0], "dim")),
        ((f"{leads[1]} ", "dim"), *figures[1], (ends[1], "dim")),
    ]


def _figures(load: TriedLoad, room: int) -> list[Line]:
    weeks = enumerate(zip(load.now, load.what_if, strict=True))
    last = max((at for at, each in weeks if any(each)), default=0)
    wide = max(cells(number(each)) for each in (*load.now, *load.what_if)) + 1
    most = min(last + 1, max(1, room // wide))
    return [
        tuple(_figure(each, load.there, wide) for each in row[:most])
        for row in (load.now, load.what_if)
    ]


def _figure(needed: float, there: float | None, wide: int) -> Piece:
    over = there is not None and needed > there
    return f"{number(needed)}".ljust(wide), "critical" if over else "dim"


# --- what is said under the rows ------------------------------------------------------------------


def unmoved_words(unmoved: int, within: int) -> str:
    """``24 initiatives do not move, 4 more move within their float``."""
    text = f"{count(unmoved, 'initiative')} {'does' if unmoved == 1 else 'do'} not move"
    if within == 1:
        return f"{text}, 1 more moves within its float"
    return f"{text}, {within} more move within their float" if within else text
