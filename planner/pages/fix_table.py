"""The fixes of a conflict as a table: what each wins and costs, what it clears and what is new.

Each is one line. The figures are those of the consequence of each fix, tried on the whole plan;
where there is no room for all of them the least needed columns fold away, and a title is cut. What
gives up scope stands below the others, on one line where that has room; of the fix that is marked
the whole consequence is told, and the whole title where that was cut. Where none can be marked, as
in a pipe, titles are whole and take as many lines as they need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planner.conflicts.findings import Finding
from planner.conflicts.fix import Fix
from planner.conflicts.fix_choice import CUT
from planner.pages.canvas import cells, shorten, wrap
from planner.pages.figure_columns import (
    NOTHING,
    Column,
    columns_width,
    figures,
    folded,
    heads,
    in_colour,
    line_width,
)
from planner.pages.fixes import fix_title, outcome
from planner.pages.lines import Line, Page, Piece, cut, fitted
from planner.pages.roles import Role
from planner.pages.signs import AGREED, CURSOR
from planner.plan.impact import lateness
from planner.plan.impact_line import counted_changes
from planner.plan.model import Plan
from planner.plan.offers import Offer, Offers
from planner.roadmap.figures import date_text, days_short, money_short
from planner.text.visible import visible

BESIDE = 34
"""Columns that titles need, for columns to stay beside them."""
WRAPPED = 20
"""The same where titles may take several lines."""
FOLDING = ("worse", "delay cost", "clears", "new")
"""The columns that fold away where there is no room, first the first."""
PARTIES = 28
"""Columns of those who have to agree at most."""
HARMLESS = f"{AGREED} may be applied by itself"
ASIDE = re.compile(r" \([^()]*\)$")
"""What a title that has no room leaves out first: the link that is written, at its end."""

Place = tuple[int, int]
"""The (first, last) lines of a fix."""


class FixTable:
    """The fixes of a finding on a page; `marked` is the number of one, None where none can be."""

    def __init__(
        self, page: Page, plan: Plan, finding: Finding, offers: Offers, marked: int | None
    ) -> None:
        self.page, self.plan, self.finding = page, plan, finding
        self.offers, self.marked = offers.found, marked
        cuts = [one for one in self.offers if one.fix.choice == CUT]
        self.rows = [one for one in self.offers if one not in cuts] or cuts
        self.scope = [one for one in cuts if one not in self.rows]
        self.lead = len(str(len(self.offers))) + 4
        self.columns = _columns(plan, self.rows) if self.rows else []
        self.room = self._room()

    def _room(self) -> int:
        """Leave out columns until titles have room; what they have then."""
        widest = max((line_width(_title(self.finding, one)) for one in self.offers), default=0)
        least = min(widest, WRAPPED if self.marked is None else BESIDE)
        room = self.page.width - self.lead
        self.columns = folded(self.columns, room - least, FOLDING)
        return max(8, min(room - columns_width(self.columns), widest))

    def put(self) -> Iterator[Place]:
        """Draw it: the lines of each fix in the order of the offers."""
        if not self.offers:
            return
        head = fitted(" " * self.lead + "fix", self.lead + self.room)
        self.page.line((head, "dim"), *heads(self.columns))
        places = {}
        for at, one in enumerate(self.rows):
            places[self.offers.index(one)] = self._row(one, tuple(figures(self.columns, at)))
        places |= self._given_up()
        yield from (places[number] for number in sorted(places))

    def _row(self, one: Offer, figures: Line) -> Place:
        first, marked = len(self.page.lines), self._is_marked(one)
        for number, part in enumerate(self._shown(one)):
            blank = " " * (self.room - line_width(part))
            begin = self._lead(one) if number == 0 else ((" " * self.lead, "dim"),)
            told = figures if number == 0 else ()
            self.page.line(*begin, *_strong(part, marked), (blank, "text"), *told)
        return first, len(self.page.lines) - 1

    def _shown(self, one: Offer) -> Iterator[Line]:
        """The title of a fix: on one line, or, where none can be marked, on several."""
        title = _title(self.finding, one)
        if self.marked is None:
            yield from _broken(title, self.room)
        else:
            yield _brief(title, self.room)

    def _is_marked(self, one: Offer) -> bool:
        return self.marked is not None and self.offers.index(one) == self.marked

    def _lead(self, one: Offer) -> Line:
        """The mark, the number, and whether the fix may be applied by itself."""
        number, marked = self.offers.index(one) + 1, self._is_marked(one)
        sign = AGREED if one.fix.clears and not one.only_listed else " "
        role: Role = "key" if marked else "dim"
        mark = CURSOR if marked else " "
        return ((f"{mark}{number:>{self.lead - 4}} ", role), (f"{sign} ", "good"))

    def put_marked(self) -> None:
        """All that the marked fix does, and why a person has to choose it."""
        if self.marked is None or self.marked >= len(self.offers):
            return
        one, page = self.offers[self.marked], self.page
        page.line()
        title = _title(self.finding, one)
        if _brief(title, self.room) != title and one not in self.scope:
            page.flow([((visible(one.fix.title), "title"),)], "  ", "    ")
        page.joined(outcome(self.plan, one.fix, one.parts), "  ")
        why = visible(one.only_listed)
        page.joined([(f"a person chooses it: {why}" if why else HARMLESS, "dim")], "  ")

    # --- what gives up scope ----------------------------------------------------------------------

    def _given_up(self) -> dict[int, Place]:
        """What gives up scope, on one line; where that has no room, a line for each."""
        phrases = {self.offers.index(one): self._phrase(one) for one in self.scope}
        if not phrases:
            return {}
        label: Piece = (" gives up scope:", "dim")
        line = (label, *(piece for phrase in phrases.values() for piece in phrase))
        if line_width(line) <= self.page.width:
            return dict.fromkeys(phrases, self._line(line))
        self.page.line(label)
        return {number: self._line(phrase) for number, phrase in phrases.items()}

    def _line(self, line: Line) -> Place:
        self.page.line(*cut(line, self.page.width))
        return len(self.page.lines) - 1, len(self.page.lines) - 1

    def _phrase(self, one: Offer) -> Line:
        number, marked = self.offers.index(one) + 1, self._is_marked(one)
        mark: Piece = (f" {CURSOR if marked else ' '}{number} ", "key" if marked else "dim")
        title = fix_title(self.plan, one.fix)
        told = " · ".join([title, *_won(self.plan, one.fix)])
        return (mark, (told, "title" if marked else "dim"))


# --- lines ----------------------------------------------------------------------------------------


def _strong(line: Line, marked: bool) -> Line:
    return tuple((text, "title" if marked and role == "text" else role) for text, role in line)


def _brief(line: Line, width: int) -> Line:
    """A title on one line: without what stands in brackets at its end, else cut; what is noted of
    it stays.
    """
    (title, role), *notes = line
    room = width - line_width(notes)
    if cells(title) > room:
        title = shorten(ASIDE.sub("", title), max(1, room))
    return cut(((title, role), *notes), width)


def _broken(line: Line, width: int) -> Iterator[Line]:
    """A title in lines; what is noted of it stays behind its last word, or below."""
    (title, role), *notes = line
    *before, last = wrap(title, width)
    yield from (((part, role),) for part in before)
    if not notes or cells(last) + line_width(notes) <= width:
        yield ((last, role), *notes)
        return
    yield ((last, role),)
    yield tuple((text.lstrip(), note) for text, note in notes)


# --- the columns ----------------------------------------------------------------------------------


def _columns(plan: Plan, offers: Sequence[Offer]) -> list[Column]:
    """What is known of any of them: figures about dates only where a fix is about dates."""
    made = [one.consequence for one in offers]
    found = [
        Column("wins", tuple(_wins(one.fix) for one in offers), True, gap=1),
        Column("price", tuple(_price(plan, one.fix) for one in offers), True),
        Column("finish", tuple(_finish(plan, one.fix) for one in offers), True),
        Column("delay cost", tuple(_cost(plan, one.cost) for one in made), True),
        Column("clears", tuple(_counts(one, "cleared") for one in offers), False),
        Column("worse", tuple(_counts(one, "worse") for one in offers), False),
        Column("new", tuple(_counts(one, "new") for one in offers), False),
        Column("agreement of", tuple(_agreement(plan, one.fix) for one in offers), False),
    ]
    always = ("clears", "new", "agreement of")
    return [one for one in found if one.head in always or one.says]


def _wins(fix: Fix) -> Line:
    if not fix.wins:
        return (NOTHING,)
    return ((days_short(fix.wins), "title" if fix.wins > 0 else "critical"),)


def _price(plan: Plan, fix: Fix) -> Line:
    if not fix.price:
        return (NOTHING,)
    return ((visible(money_short(fix.price, plan.roadmap.settings.currency)), "text"),)


def _finish(plan: Plan, fix: Fix) -> Line:
    if fix.wins is None or fix.finish is None:
        return (NOTHING,)
    return ((date_text(fix.finish, plan.as_of), "text"),)


def _cost(plan: Plan, cost: float | None) -> Line:
    if cost is None or not round(cost):
        return (NOTHING,)
    amount = visible(money_short(cost, plan.roadmap.settings.currency))
    return ((f"+{amount}" if cost > 0 else amount, "critical" if cost > 0 else "text"),)


def _counts(offer: Offer, outcome: str) -> Line:
    changes = [one for one in offer.consequence.changes.all if one.outcome == outcome]
    text = ", ".join(counted_changes(changes))
    if not text:
        return (NOTHING,)
    if outcome == "cleared":
        return ((text, "text"),)
    errors = any(one.severity == "error" for one in changes)
    return ((text, "critical" if errors else "warning"),)


def _agreement(plan: Plan, fix: Fix) -> Line:
    """Who has to agree, each in the colour of its side."""
    return cut(in_colour(plan, fix.needs_agreement), PARTIES) or (NOTHING,)


# --- titles ---------------------------------------------------------------------------------------


def _title(finding: Finding, offer: Offer) -> Line:
    """What a fix does; of one that does not clear the conflict, what is left of it."""
    title: Piece = (visible(offer.fix.title), "text")
    if offer.fix.clears:
        return (title,)
    id = finding.id if finding.kind == "initiatives" else None
    after = offer.consequence.after
    late = lateness(after, id) if id in after.roadmap.initiatives else None
    return (title, (f" (still {late.brief} late)" if late else " (does not clear it)", "critical"))


def _won(plan: Plan, fix: Fix) -> Iterator[str]:
    if fix.wins and fix.finish is not None:
        yield f"{days_short(fix.wins)}, {date_text(fix.finish, plan.as_of)}"
