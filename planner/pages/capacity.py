"""What is said of capacity: teams by week, shaded by load, and of one cell what runs and who helps.

A cell is people needed, with a shade on both sides of the figure: the share of the people there.
What does not fit beside each other folds away from the right: periods first, then words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from planner.pages import signs
from planner.pages.canvas import cells, wrap
from planner.pages.fixes import TESTING, marked_lines, outcome
from planner.pages.lines import Line, Page, Piece, cut, fitted
from planner.pages.parties import party_name, party_of_side, short_party
from planner.pages.roles import Role, side_role
from planner.plan.model import Plan
from planner.plan.offers import Offers
from planner.roadmap.figures import MONTHS, count, date_range, date_text, days_short, listed, signed
from planner.roadmap.output_capacity import (
    CapacityShown,
    CellRow,
    HelperRow,
    PeriodKind,
    SkillGapRow,
    SkillHelpRow,
    TeamRow,
    WorkedRow,
)
from planner.text.visible import visible

Level = Literal["none", "unknown", "low", "middle", "high", "over"]
"""How much of a team is needed: nobody, of nobody knows how many, a third, two, all, or more."""
SHADES: dict[Level, str] = {
    "none": " ",
    "unknown": " ",
    "low": signs.THIRD,
    "middle": signs.TWO_THIRDS,
    "high": signs.ALL,
    "over": signs.OVER,
}
NAMES = ((98, 22), (78, 19), (0, 12))
"""From how many columns on names have so many at most."""
WIDE = 100
"""Columns from which teams without load have rows of their own."""
LEAD, GAP = 2, 1
WIDEST_CELL = 7
"""Columns of a cell at most, where all periods have room."""
TWO_COLUMNS = 108
"""Columns from which who could help stands beside what runs."""
HELP, WIDEST_WORK = 45, 110
"""Columns of who could help, and of what runs at most where that stands beside it."""
MOST_FREE, MOST_FOLDED = 6, 4
"""So many teams are named that are free, and so many that have no load in view."""
UNWRITTEN = "–"
"""What stands for a capacity that nobody wrote."""
START = (
    ("planner add team ID capacity=3", "adds a team, and how many people it has"),
    ("planner set teams.ID capacity=3", "says how many people a team has"),
    ("planner set INITIATIVE owner=ID", "lets a team do it, with one person"),
    ("planner set INITIATIVE staff=…", "says how many people of which teams it takes"),
)
_KINDS: dict[PeriodKind, str] = {"week": "week", "month": "month", "quarter": "quarter"}


class Grid(Struct, frozen=True):
    """What stands where in `width` columns: `count` periods from the one numbered `first` on.

    `lead` is blank; `name`, `has`, `cell` and `most` are columns, those of `most` at the right end.
    """

    width: int
    lead: int
    name: int
    has: int
    cell: int
    most: int
    first: int
    count: int

    @property
    def left(self) -> int:
        """Columns before the first period."""
        return self.lead + self.name + self.has + GAP

    @property
    def shown(self) -> range:
        """The numbers of the periods in view."""
        return range(self.first, self.first + self.count)


class Told(Struct, frozen=True):
    """Lines, and which of them are of each piece of work, then of each fix."""

    lines: list[Line]
    places: list[tuple[int, int]]


def grid_of(shown: CapacityShown, width: int, first: int = 0, lead: int = LEAD) -> Grid:
    """The grid, panned to `first` as far as there is anything to pan."""
    widest = max((cells(visible(row.title)) for row in shown.teams), default=0)
    room = next(room for least, room in NAMES if width >= least)
    cell = least_cell(shown, shown.by)
    has = max(3, *(len(_has(row)) + 1 for row in shown.teams), 3)
    most = max(3, *(cells(_most_text(row)) for row in shown.teams), 3) + 2
    name = max(NAMES[-1][1], min(widest, room))
    left = lead + name + has + GAP
    number, room = len(shown.periods), width - left - most
    cell = max(cell, min(WIDEST_CELL, room // number))
    count = max(1, min(number, room // cell))
    first = max(0, min(first, number - count))
    return Grid(left + count * cell + most, lead, name, has, cell, most, first, count)


def least_cell(shown: CapacityShown, by: PeriodKind) -> int:
    """Columns that a cell needs for its figure between two shades, and for the head of a month."""
    figures = {figure(number) for row in shown.teams for number in row.needed}
    return max(3 if by == "week" else 5, max(map(len, figures), default=1) + 2)


# --- the lines of the grid ------------------------------------------------------------------------


def titles(shown: CapacityShown) -> tuple[Line, ...]:
    """The heading in several ways, the longest first."""
    ways = ((True, True, True), (True, False, True), (True, False, False), (False, False, False))
    return tuple(_title_line(shown, *way) for way in ways)


def _title_line(shown: CapacityShown, words: bool, long: bool, all: bool) -> Line:
    said = f"people needed in each {_KINDS[shown.by]} against people there"
    line: list[Piece] = [("Capacity", "title"), (f" · {said}" if words else "", "text")]
    line.append((f" · most in the {_KINDS[shown.by]}" if long else "", "dim"))
    of = f" of {count(shown.total, 'team')}" if all else ""
    over = f"{shown.overloaded}{of} overloaded" if shown.overloaded else "no team overloaded"
    role: Role = "warning" if shown.overloaded else "dim"
    return (*line, (" · ", "dim"), (over, role))


def head_lines(shown: CapacityShown, grid: Grid, at: int | None = None) -> tuple[Line, Line]:
    """Months or years, and below them the first days or the months, `at` the marked one."""
    names = fitted(" " * grid.lead + "team", grid.lead + grid.name)
    days: list[Piece] = [(names + fitted("has", grid.has, right=True) + " " * GAP, "dim")]
    for number in grid.shown:
        head = _head(shown, number)
        pad = " " * ((grid.cell - len(head)) // 2)
        days.append((fitted(pad + head, grid.cell), "title" if number == at else "dim"))
    used = grid.left + grid.cell * grid.count
    days.append((fitted("most", grid.width - used, right=True), "dim"))
    return ((" " * grid.left + _above(shown, grid), "dim"),), tuple(days)


def _head(shown: CapacityShown, number: int) -> str:
    first = shown.periods[number]
    if shown.by == "week":
        return f"{first.day:>2}"
    return MONTHS[first.month - 1] if shown.by == "month" else f"Q{(first.month + 2) // 3}"


def _above(shown: CapacityShown, grid: Grid) -> str:
    """The name of each month or year where it begins, as far as there is room."""
    line, before = "", None
    for number in grid.shown:
        first = shown.periods[number]
        name = _month_name(shown, first, before) if shown.by == "week" else str(first.year)
        at = (number - grid.first) * grid.cell
        if name != before and len(line) <= at:
            line += " " * (at - len(line)) + name + " "
        before = name
    return line


def _month_name(shown: CapacityShown, first: date, _before: str | None) -> str:
    name = MONTHS[first.month - 1]
    year = first.year != shown.as_of.year and first.month == 1
    return f"{name} {first.year}" if year else name


def cells_of(row: TeamRow, grid: Grid, at: int | None = None) -> Iterator[tuple[str, Level]]:
    """What stands in each cell in view, and how much of the team that is; `at` is marked."""
    for number in grid.shown:
        level = level_of(row.needed[number], row.there[number])
        text = figure(row.needed[number]) if level != "none" else signs.IDLE
        text = f"{SHADES[level]}{text}{SHADES[level]}"
        if number == at:
            text = signs.CURSOR + text[1:]
        blanks = grid.cell - len(text)
        yield " " * (blanks // 2) + text + " " * (blanks - blanks // 2), level


def level_of(needed: float, there: float | None) -> Level:
    """How much of the people there is needed."""
    if not needed:
        return "none"
    if there is None:
        return "unknown"
    if needed > there:
        return "over"
    share = round(needed / there, 6)
    return "low" if share <= round(1 / 3, 6) else "middle" if share <= round(2 / 3, 6) else "high"


def figure(number: float) -> str:
    """``5``, ``2.5``: people, as exact as a cell has room for."""
    return f"{max(round(number, 1), 0.1) if number else 0:g}"


def name_pieces(row: TeamRow, grid: Grid) -> Line:
    """The team, and how many people it has."""
    role: Role = "text" if row.most is not None else "dim"
    return (
        (fitted(visible(row.title), grid.name), role),
        (fitted(_has(row), grid.has, right=True) + " " * GAP, "dim"),
    )


def _has(row: TeamRow) -> str:
    return UNWRITTEN if row.capacity is None else figure(row.capacity)


def most_pieces(row: TeamRow, grid: Grid) -> Line:
    """The heaviest period of all, against what there is then, at the right end."""
    used = grid.left + grid.cell * grid.count
    over = bool(row.overloads)
    text = f"{signs.WARNING} " if over else ""
    blanks = grid.width - used - cells(text) - cells(_most_text(row))
    role: Role = "critical" if over else "dim" if row.most is not None else "done"
    return (" " * blanks + text, "warning"), (_most_text(row), role)


def _most_text(row: TeamRow) -> str:
    """``5/4``, ``0/2``; the figure alone where nobody wrote a capacity."""
    needed, there = (row.most.needed, row.most.there) if row.most else (0.0, row.capacity)
    return figure(needed) if there is None else f"{figure(needed)}/{figure(there)}"


_ROLES: dict[Level, Role] = {"none": "faint", "over": "critical"}


def team_line(row: TeamRow, grid: Grid) -> Line:
    """A team as it is printed, its shades as signs."""
    side = side_role(row.side)
    found = tuple((text, _ROLES.get(level, side)) for text, level in cells_of(row, grid))
    return ((" " * grid.lead, "text"), *name_pieces(row, grid), *found, *most_pieces(row, grid))


def side_line(shown: CapacityShown, side: str) -> Line:
    """``MARKETING``, and how many of its teams are overloaded."""
    over = sum(bool(row.overloads) for row in shown.teams if row.side == side)
    told: Piece = (f"  {signs.WARNING}{over}" if over else "", "warning")
    return (visible(shown.sides[side]).upper(), side_role(side)), told


def side_page(shown: CapacityShown, side: str, width: int) -> list[Line]:
    """The teams of a side: how many are needed at all, and which are overloaded."""
    page, rows = Page(width), [row for row in shown.teams if row.side == side]
    needed = sum(row.most is not None for row in rows)
    page.line((visible(shown.sides[side]), side_role(side)))
    page.text(f"{count(len(rows), 'team')}, {needed} with work")
    for row in rows:
        for run in row.overloads:
            days = f"{date_range(run.first, run.last, shown.as_of)}, {days_short(run.days)}"
            much = f"{figure(run.needed)} of {_people(run.there)}"
            page.joined([(visible(row.title), "text"), (much, "critical"), (days, "dim")])
    return page.lines


def rest_page(rows: Iterable[TeamRow], width: int) -> list[Line]:
    """The teams that have no load in view."""
    page = Page(width)
    page.joined((visible(row.title), side_role(row.side)) for row in rows)
    return page.lines


def legend(width: int) -> Line:
    """What the shades mean."""
    line: list[Piece] = []
    for sign, words in signs.LOADS:
        role: Role = "critical" if sign[0] == signs.OVER else "text"
        line += [(sign, role), (f" {words}   ", "dim")]
    return cut(tuple(line), width)


def rest_line(
    plan: Plan, rows: Sequence[TeamRow], shown: CapacityShown, grid: Grid, width: int
) -> str:
    """``4 more teams: Paid media from 26 Jul; Growth and Security: no load``, as there is room."""
    begins = [(row.id, _begins(row, shown, grid)) for row in rows]
    later = [(id, day) for id, day in begins if day is not None]
    idle = [id for id, day in begins if day is None]
    soon = [
        f"{short_party(plan, id)} from {date_text(day, shown.as_of)}"
        for id, day in later[:MOST_FOLDED]
    ]
    soon += [f"{len(later) - MOST_FOLDED} later"] * (len(later) > MOST_FOLDED)
    names = [short_party(plan, id) for id in idle[: MOST_FOLDED + 1]]
    named = f"{listed(names, MOST_FOLDED)}: no load"
    ways: tuple[tuple[list[str], str], ...]
    ways = ((soon, named), (soon, f"{len(idle)} without load"), ([], "no load here"))
    head = f"{count(len(rows), 'more team')}: "
    texts = [head + "; ".join([*one, *[none] * bool(idle or not one)]) for one, none in ways]
    return next((text for text in texts if cells(text) <= width), texts[-1])


def _begins(row: TeamRow, shown: CapacityShown, grid: Grid) -> date | None:
    later = range(grid.shown.stop, len(row.needed))
    return next((shown.periods[at] for at in later if row.needed[at]), None)


# --- a cell ---------------------------------------------------------------------------------------


def cell_page(
    plan: Plan,
    by: PeriodKind,
    cell: CellRow,
    offers: Offers | None,
    width: int,
    marked: int | None = None,
) -> Told:
    """What runs in a period of a team, the fixes, and who could help, beside it where it fits.

    `offers` are None where nothing is to be fixed; `marked` is the piece of work or fix marked.
    """
    beside = width >= TWO_COLUMNS
    left = min(width - HELP - 3, WIDEST_WORK) if beside else width
    page = Page(left)
    title = [*_title(plan, by, cell)]
    if sum(cells(text) + 2 for text, _ in title) - 2 > page.width:
        title[0] = party_name(plan, cell.team), title[0][1]
    page.flow(((piece,) for piece in title), hang="  ", between="  ")
    places = [*_works(page, plan, cell)]
    places += _fixes(page, plan, offers, None if marked is None else marked - len(places))
    help = _help(plan, by, cell, HELP if beside else width)
    if not beside:
        return Told([*page.lines, (), *help], places)
    lines: list[Line] = []
    for at in range(max(len(page.lines), len(help))):
        here = page.lines[at] if at < len(page.lines) else ()
        blanks = left - _width(here)
        there = help[at] if at < len(help) else ()
        lines.append((*here, (" " * blanks, "text"), (" │ ", "faint"), *there))
    return Told(lines, places)


def _title(plan: Plan, by: PeriodKind, cell: CellRow) -> Iterator[Piece]:
    side = plan.context.party(cell.team).side
    yield party_of_side(plan, cell.team), side_role(side)
    yield period_name(by, cell.period, plan.as_of), "title"
    if cell.there is None:
        yield f"{_people(cell.needed)}, no capacity yet", "warning"
        return
    role: Role = "critical" if cell.overload else "text"
    yield f"{figure(cell.needed)} of {_people(cell.there)}", role
    if cell.overload is not None:
        run = cell.overload
        days = date_range(run.first, run.last, plan.as_of)
        yield f"{days}, {days_short(run.days)}", "dim"
    elif cell.there > cell.needed:
        yield f"{figure(cell.there - cell.needed)} free", "dim"


def period_name(by: PeriodKind, first: date, near: date) -> str:
    """``week of 17 May``, ``May 2027``, ``Q2 2027``."""
    if by == "week":
        return f"week of {date_text(first, near)}"
    name = MONTHS[first.month - 1] if by == "month" else f"Q{(first.month + 2) // 3}"
    return f"{name} {first.year}"


def _people(number: float) -> str:
    return count(round(number, 1), "person", "people")


def _works(page: Page, plan: Plan, cell: CellRow) -> Iterator[tuple[int, int]]:
    """A line for each piece of work that runs then."""
    if not cell.work:
        page.text("nothing runs then", "dim")
        return
    dates = {row.id: date_range(row.first, row.last, plan.as_of) for row in cell.work}
    days = max(map(cells, dates.values()))
    room = min(max(cells(visible(row.id)) for row in cell.work) + 2, page.width - days - 24)
    room = max(12, room)
    page.line((f"{fitted('runs then', room)} people  {fitted('dates', days)}  float", "dim"))
    for row in cell.work:
        page.line(*cut(_work(row, room, fitted(dates[row.id], days)), page.width))
        yield len(page.lines) - 1, len(page.lines) - 1


def _work(row: WorkedRow, room: int, dates: str) -> Line:
    mark = f"{signs.STATUS[row.status]} "
    late = row.total_float is not None and row.total_float <= 0
    float_ = "" if row.total_float is None else signed(row.total_float).lstrip("+")
    role: Role = "critical" if late else "text"
    return (
        (fitted(f"{mark}{visible(row.id)}", room), side_role(row.side)),
        (f" {fitted(figure(row.people), 6, right=True)}  ", "title"),
        (f"{dates}  ", "dim"),
        (fitted(float_, 5, right=True), role),
        ("  critical" if row.critical else "", "critical"),
    )


def _fixes(
    page: Page, plan: Plan, offers: Offers | None, marked: int | None
) -> Iterator[tuple[int, int]]:
    """The fixes with their consequence, each on one line where that has room."""
    if offers is None:
        return
    page.text("fixes" if offers.found or not offers.complete else "No fix is ready", "dim")
    titles = [visible(offer.fix.title) for offer in offers.found]
    room = max(map(cells, titles), default=0)
    for at, (title, offer) in enumerate(zip(titles, offers.found, strict=True)):
        first, told = len(page.lines), [*outcome(plan, offer.fix, offer.parts)]
        size = sum(cells(text) + 3 for text, _ in told) - 3
        if room + size + 5 <= page.width:
            pieces = _dotted(told)
            role: Role = "title" if at == marked else "text"
            page.line((f"{at + 1} ", "key"), (fitted(title, room + 3), role), *pieces)
        else:
            page.lines += marked_lines(f"{at + 1} ", title, told, page.width, marked=at == marked)
        yield first, len(page.lines) - 1
    if not offers.complete:
        page.text(TESTING, "dim")


def _dotted(pieces: Iterable[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        found += [(" · ", "faint")] * bool(found)
        found.append(piece)
    return found


def _help(plan: Plan, by: PeriodKind, cell: CellRow, width: int) -> list[Line]:
    """Who outside the team has which skill, and who is free."""
    page = Page(width)
    page.line(("Who could help", "title"), (f"  {period_name(by, cell.period, plan.as_of)}", "dim"))
    for one in cell.help:
        _of_skill(page, plan, cell, one)
    if cell.work and not cell.help:
        page.text("No skills are named on this work (`skills`)", "dim")
    if cell.free:
        words: Piece = ("free then, other skills: " if cell.help else "free then: ", "dim")
        first, *others = _free(plan, cell)
        rest: Iterator[Line] = (((text, "text"),) for text in others)
        page.flow([(words, (first, "text")), *rest], hang="  ")
    return page.lines


def _free(plan: Plan, cell: CellRow) -> Iterator[str]:
    """``Platform 4``, the most first."""
    for one in cell.free[:MOST_FREE]:
        yield f"{short_party(plan, one.team)} {figure(one.free)}"
    if len(cell.free) > MOST_FREE:
        yield count(len(cell.free) - MOST_FREE, "more team")


def _of_skill(page: Page, plan: Plan, cell: CellRow, one: SkillHelpRow) -> None:
    page.line(("skill ", "dim"), *cut(((visible(one.skill), "text"),), page.width - 6))
    if not one.people:
        page.text(f"nobody outside {party_name(plan, cell.team)}", "dim")
    for person in one.people:
        page.joined(_helper(plan, person))
        for text in _against(plan, person):
            for at, part in enumerate(wrap(text, page.width - 4)):
                mark = " " if at else signs.WARNING
                page.line((f"  {mark} ", "warning"), (part, "dim"))


def _helper(plan: Plan, one: HelperRow) -> Iterator[Piece]:
    """``Inês Duarte · CRM and lifecycle · 2 of 4 busy``."""
    yield visible(one.name), side_role(one.side)
    if one.team is not None:
        yield party_name(plan, one.team), "text"
        there = "" if one.there is None else f" of {figure(one.there)}"
        yield f"{figure(one.needed)}{there} busy", "dim"


def _against(plan: Plan, one: HelperRow) -> Iterator[str]:
    """What speaks against it."""
    if one.responsible:
        yield f"already responsible for {listed(map(visible, one.responsible), 2)}"
    if one.overloaded:
        yield "that team is overloaded then"
    if one.leaves is not None:
        yield f"leaves on {date_text(one.leaves, plan.as_of)}"


# --- all of it ------------------------------------------------------------------------------------


def capacity_page(
    plan: Plan,
    shown: CapacityShown,
    width: int,
    fixes: dict[str, Offers] | None = None,
) -> list[Line]:
    """The grid as far as it has room, overloads, the cells told in full, and missing skills."""
    page, rows = Page(width), shown.teams
    if not any(row.most or row.capacity is not None for row in rows):
        return none_page(width)
    grid = grid_of(shown, page.width)
    fits = (line for line in titles(shown) if _width(line) <= page.width)
    page.line(*next(fits, titles(shown)[-1]))
    page.lines += head_lines(shown, grid)
    side = None
    for row in rows:
        if row.side != side:
            page.line(*side_line(shown, side := row.side))
        page.line(*team_line(row, grid))
    page.line(*legend(page.width))
    _notes(page, plan, shown, rows, grid)
    for cell in shown.cells:
        offers = (fixes or {}).get(cell.team) if cell.overload else None
        page.lines += [(), *cell_page(plan, shown.by, cell, offers, page.width).lines]
    if shown.skills:
        page.title("Skills that the teams lack")
    for gap in shown.skills:
        page.joined(_gap(plan, gap), "  ")
    return page.lines


def _notes(
    page: Page, plan: Plan, shown: CapacityShown, rows: Iterable[TeamRow], grid: Grid
) -> None:
    """What is out of view, and for which teams nobody wrote how many people there are."""
    hidden = len(shown.periods) - grid.count
    if hidden:
        more = count(hidden, f"more {_KINDS[shown.by]}")
        coarser = {"week": " (--months)", "month": " (--quarters)"}.get(shown.by, "")
        page.text(f"{more} to {date_text(shown.last, shown.as_of)}{coarser}", "dim")
    unknown = [row for row in rows if row.capacity is None and row.most is not None]
    if unknown:
        names = listed((party_name(plan, row.id) for row in unknown), 3)
        page.text(f"{UNWRITTEN} no capacity yet: {names}", "dim")
        page.text(f"  planner set teams.{visible(unknown[0].id)} capacity=3", "key")


def _width(line: Line) -> int:
    return sum(cells(text) for text, _ in line)


def _gap(plan: Plan, gap: SkillGapRow) -> Iterator[Piece]:
    """``attribution-dashboard · attribution-modelling · nobody has it``."""
    yield visible(gap.id), side_role(gap.side)
    yield listed(map(visible, gap.skills)), "text"
    people = listed((party_of_side(plan, id) for id in gap.people), 3)
    yield (people, "dim") if people else ("nobody has it", "warning")


def none_page(width: int, start: Iterable[tuple[str, str]] = START) -> list[Line]:
    """How to start where no team has any work or people."""
    page = Page(width)
    page.text("No load yet", "title")
    page.text("Teams stand here, by week, as soon as work has owners and teams have a capacity:")
    page.line()
    for how, what in start:
        if len(how) < page.label:
            page.labelled(how, what, label_role="key")
        else:
            page.line((how, "key"))
            page.text(f"    {what}", "dim")
    return page.lines
