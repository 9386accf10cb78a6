"""The fixes of a conflict as a table: what each wins and costs, what it clears and what is new.

The figures are those of the consequence of each fix, tried on the whole plan. What gives up scope
stands on one line below the others; of the fix that is marked the whole consequence is told. Where
there is no room for the figures beside the titles, they stand in their columns below each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from planner.conflicts.findings import Finding
from planner.conflicts.fix import Fix
from planner.conflicts.fix_choice import CUT
from planner.pages.canvas import cells, wrap
from planner.pages.fixes import outcome
from planner.pages.lines import Line, Page, Piece, cut, fitted
from planner.pages.parties import names, side_of_party
from planner.pages.roles import Role, side_role
from planner.pages.signs import AGREED, CURSOR
from planner.plan.impact import lateness
from planner.plan.impact_line import counted_changes
from planner.plan.model import Plan
from planner.plan.offers import Offer, Offers
from planner.roadmap.figures import date_text, days_short, money_short
from planner.text.visible import visible

GAP = 2
LEAD = 6
"""Columns before a title: the mark, the number, and whether it may be applied by itself."""
BESIDE = 44
"""Columns that titles need to have the figures beside them."""
PARTIES = 28
"""Columns of those who have to agree at most."""
NOTHING = "·"
HARMLESS = f"{AGREED} may be applied by itself"

Place = tuple[int, int]
"""The (first, last) lines of a fix."""


class Column(Struct, frozen=True):
    """One column: its head, and a piece for each fix."""

    head: str
    pieces: tuple[Line, ...]
    right: bool

    @property
    def width(self) -> int:
        """Columns that the widest piece needs."""
        return max(cells(self.head), *(_width(line) for line in self.pieces))


def fix_table(
    page: Page, plan: Plan, finding: Finding, offers: Sequence[Offer], marked: int | None
) -> Iterator[Place]:
    """The fixes, and the lines of each in the order of the offers."""
    scope = [one for one in offers if one.fix.choice == CUT]
    rows = [one for one in offers if one not in scope] or scope
    columns = _columns(plan, rows)
    room = page.width - LEAD - sum(GAP + one.width for one in columns)
    widest = max(_width(_title(finding, one)) for one in rows)
    layout: _Beside | _Below = _Below(page, columns)
    if room >= min(widest, BESIDE):
        layout = _Beside(page, columns, min(room, widest))
    layout.heads()
    places = {}
    for at, one in enumerate(rows):
        number = offers.index(one)
        lead = _lead(number, one, marked=number == marked)
        places[number] = layout.row(at, lead, _title(finding, one), number == marked)
    if rows != scope and scope:
        numbered = [(offers.index(one), one) for one in scope]
        places |= _given_up(page, plan, numbered, marked)
    yield from (places[number] for number in sorted(places))


def marked_lines(page: Page, plan: Plan, offers: Offers, marked: int | None) -> None:
    """All that the marked fix does, and why a person has to choose it."""
    if marked is None or marked >= len(offers.found):
        return
    one = offers.found[marked]
    page.line()
    page.joined(outcome(plan, one.fix, one.parts), "  ")
    why = visible(one.only_listed)
    page.joined([(f"a person chooses it: {why}" if why else HARMLESS, "dim")], "  ")


# --- the layouts ----------------------------------------------------------------------------------


class _Beside:
    """The figures beside the titles."""

    def __init__(self, page: Page, columns: Sequence[Column], room: int) -> None:
        self.page, self.columns, self.room = page, columns, room

    def heads(self) -> None:
        head = fitted(" " * LEAD + "fix", LEAD + self.room)
        self.page.line((head, "dim"), *_heads(self.columns))

    def row(self, at: int, lead: Line, title: Line, marked: bool) -> Place:
        first = len(self.page.lines)
        for number, part in enumerate(_broken(title, self.room)):
            blank = self.room - _width(part)
            figures = _figures(self.columns, at) if number == 0 else ()
            begin = lead if number == 0 else ((" " * LEAD, "dim"),)
            self.page.line(*begin, *_strong(part, marked), (" " * blank, "text"), *figures)
        return first, len(self.page.lines) - 1


class _Below:
    """The figures below each title, as far as there are columns for them."""

    def __init__(self, page: Page, columns: Sequence[Column]) -> None:
        self.page = page
        self.columns = list(columns)
        while LEAD + sum(GAP + one.width for one in self.columns) - GAP > page.width:
            self.columns.pop()

    def heads(self) -> None:
        self.page.line((" " * (LEAD - GAP), "dim"), *_heads(self.columns))

    def row(self, at: int, lead: Line, title: Line, marked: bool) -> Place:
        first = len(self.page.lines)
        for number, part in enumerate(_broken(title, self.page.width - LEAD)):
            begin = lead if number == 0 else ((" " * LEAD, "dim"),)
            self.page.line(*begin, *_strong(part, marked))
        self.page.line((" " * (LEAD - GAP), "dim"), *_figures(self.columns, at))
        return first, len(self.page.lines) - 1


def _heads(columns: Sequence[Column]) -> Iterator[Piece]:
    for one in columns:
        yield " " * GAP + fitted(one.head, one.width, right=one.right), "dim"


def _figures(columns: Sequence[Column], at: int) -> Iterator[Piece]:
    for one in columns:
        line = one.pieces[at]
        blank = " " * (one.width - _width(line))
        yield " " * GAP + (blank if one.right else ""), "text"
        yield from line
        yield "" if one.right else blank, "text"


def _strong(line: Line, marked: bool) -> Line:
    return tuple((text, "title" if marked and role == "text" else role) for text, role in line)


def _broken(line: Line, width: int) -> Iterator[Line]:
    """A title in lines; what is noted of it stays behind its last word, or below."""
    (title, role), *notes = line
    *before, last = wrap(title, width)
    yield from (((part, role),) for part in before)
    if not notes or cells(last) + _width(notes) <= width:
        yield ((last, role), *notes)
        return
    yield ((last, role),)
    yield tuple((text.lstrip(), note) for text, note in notes)


# --- the columns ----------------------------------------------------------------------------------


def _columns(plan: Plan, offers: Sequence[Offer]) -> list[Column]:
    """What is known of any of them: figures about dates only where a fix is about dates."""
    made = [one.consequence for one in offers]
    found = [
        Column("wins", tuple(_wins(one.fix) for one in offers), True),
        Column("finish", tuple(_finish(plan, one.fix) for one in offers), True),
        Column("delay cost", tuple(_cost(plan, one.cost) for one in made), True),
        Column("clears", tuple(_counts(one, "cleared") for one in offers), False),
        Column("worse", tuple(_counts(one, "worse") for one in offers), False),
        Column("new", tuple(_counts(one, "new") for one in offers), False),
        Column("agreement of", tuple(_agreement(plan, one.fix) for one in offers), False),
    ]
    always = ("clears", "new", "agreement of")
    return [one for one in found if one.head in always or any(map(_says, one.pieces))]


def _says(line: Line) -> bool:
    return bool(line) and line[0][0] != NOTHING


def _wins(fix: Fix) -> Line:
    if not fix.wins:
        return ((NOTHING, "dim"),)
    return ((days_short(fix.wins), "title" if fix.wins > 0 else "critical"),)


def _finish(plan: Plan, fix: Fix) -> Line:
    if fix.wins is None or fix.finish is None:
        return ((NOTHING, "dim"),)
    return ((date_text(fix.finish, plan.as_of), "text"),)


def _cost(plan: Plan, cost: float | None) -> Line:
    if cost is None or not round(cost):
        return ((NOTHING, "dim"),)
    amount = visible(money_short(cost, plan.roadmap.settings.currency))
    return ((f"+{amount}" if cost > 0 else amount, "critical" if cost > 0 else "text"),)


def _counts(offer: Offer, outcome: str) -> Line:
    changes = [one for one in offer.consequence.changes.all if one.outcome == outcome]
    text = ", ".join(counted_changes(changes))
    if not text:
        return ((NOTHING, "dim"),)
    if outcome == "cleared":
        return ((text, "text"),)
    errors = any(one.severity == "error" for one in changes)
    return ((text, "critical" if errors else "warning"),)


def _agreement(plan: Plan, fix: Fix) -> Line:
    """The sides that have to agree, each in its colour."""
    pieces: list[Piece] = []
    for id in fix.needs_agreement:
        name = names(plan, (id,))
        if all(name != known for known, _ in pieces):
            side = id if id in plan.roadmap.portfolios else side_of_party(plan, id) or id
            pieces += [(", ", "dim")] * bool(pieces)
            pieces.append((name, side_role(side)))
    return cut(tuple(pieces), PARTIES) or ((NOTHING, "dim"),)


# --- titles ---------------------------------------------------------------------------------------


def _lead(number: int, offer: Offer, *, marked: bool) -> Line:
    """The mark, the number, and whether the fix may be applied by itself."""
    by_itself = offer.fix.clears and not offer.only_listed
    sign = AGREED if by_itself else " "
    role: Role = "key" if marked else "dim"
    return ((f"{CURSOR if marked else ' '} {number + 1} ", role), (f"{sign} ", "good"))


def _title(finding: Finding, offer: Offer) -> Line:
    """What a fix does; of one that does not clear the conflict, what is left of it."""
    title: Piece = (visible(offer.fix.title), "text")
    if offer.fix.clears:
        return (title,)
    id = finding.id if finding.kind == "initiatives" else None
    after = offer.consequence.after
    late = lateness(after, id) if id in after.roadmap.initiatives else None
    return (title, (f" (still {late.brief} late)" if late else " (does not clear it)", "critical"))


def _given_up(
    page: Page, plan: Plan, numbered: Iterable[tuple[int, Offer]], marked: int | None
) -> dict[int, Place]:
    """What gives up scope: a phrase each, and the lines on which each stands."""
    first = len(page.lines)
    phrases: list[Line] = []
    for number, one in numbered:
        here = number == marked
        mark: Piece = (f"{CURSOR if here else ''}{number + 1} ", "key" if here else "dim")
        told = " · ".join([visible(one.fix.title), *_won(plan, one.fix)])
        phrases.append((mark, (told, "title" if here else "dim")))
    phrases[0] = (("gives up scope: ", "dim"), *phrases[0])
    page.flow(phrases, " ", "   ", "   ")
    last = len(page.lines) - 1
    return {number: (first, last) for number, _ in numbered}


def _won(plan: Plan, fix: Fix) -> Iterator[str]:
    if fix.wins and fix.finish is not None:
        yield f"{days_short(fix.wins)}, {date_text(fix.finish, plan.as_of)}"


def _width(line: Iterable[Piece]) -> int:
    return sum(cells(text) for text, _ in line)
