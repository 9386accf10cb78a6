"""The plan as plain text: a table by side and, beside it, one character for each few days.

The same input and the same width give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from planner.analysis.baseline import Against, Was
from planner.conflicts.findings import SEVERITY_MARKS
from planner.errors import UsageError
from planner.pages import signs
from planner.pages.baseline import MOVED
from planner.pages.canvas import phrases
from planner.pages.columns import RIGHT, cell, heading
from planner.pages.columns import width as cells_of
from planner.plan.model import Plan
from planner.query.arrangement import (
    Arrangement,
    Heading,
    Under,
    headings,
    in_order,
    in_sort,
    title,
)
from planner.query.columns import Facts
from planner.query.filters import UNKNOWN, Me, compile_filter
from planner.roadmap.entities import ColumnName, Initiative, Severity
from planner.roadmap.figures import MONTHS, count, date_text, date_width
from planner.schedule.compute import Dates
from planner.schedule.worked import Span
from planner.text.visible import visible

USUAL = Arrangement()
FLAT: Under = (("", ""),)
"""What rows stand under that have no headings."""
CLEAR = (" ", signs.TODAY, signs.FLOAT)
"""What a baseline is drawn over."""


def timeline_text(
    plan: Plan,
    width: int = 120,
    arranged: Arrangement = USUAL,
    me: Me = UNKNOWN,
    ids: frozenset[str] | None = None,
    against: Against | None = None,
) -> Iterator[str]:
    """The lines of the table and timeline, `width` columns at most; `me` is who asks, `ids` are
    the initiatives at most. With a baseline where each was, and by how many working days its
    finish moved.
    """
    sections = list(arranged_rows(plan, arranged, me, ids))
    since = [] if against is None else [f"moved since {_long(against.baseline.day)}"]
    yield from phrases((*head(plan), *since), width, "  ")
    table = _table(plan, width, arranged, moved=against is not None)
    scale, facts = Scale(plan, max(10, width - table.width - 1)), Facts(plan)
    yield ""
    yield f"{'':<{table.width}} {scale.months()}".rstrip()
    yield table.line("", "id", (each.heading for each in table.columns)).rstrip()
    if not sections:
        yield (
            f"nothing matches {visible(arranged.query)}" if arranged.query else "nothing is planned"
        )
    for words, rows in sections:
        if words:
            yield visible(words).upper()
        for initiative in rows:
            was = None if against is None else against.was(initiative.id)
            row = _row(facts, initiative, table, against)
            yield f"{row} {scale.bar(plan, initiative.id, was)}".rstrip()
    yield ""
    drawn = (*signs.BARS, (signs.BASELINE, "baseline")) if against is not None else signs.BARS
    yield from phrases((f"{glyph} {meaning}" for glyph, meaning in drawn), width, between="  ")
    if table.left_out:
        yield f"no room for {count(table.left_out, 'more column')}: --width gives more"
    shown = {initiative.id for _, rows in sections for initiative in rows}
    for id, why in plan.schedule.unscheduled.items():
        if id in shown:
            yield visible(f"not scheduled: {id}: {why}")


def head(plan: Plan) -> tuple[str, ...]:
    """Title, status date, finish and the number of findings."""
    marks: dict[Severity, int] = {"error": 0, "warning": 0}
    for finding in plan.findings:
        if finding.severity in marks and not finding.waived:
            marks[finding.severity] += 1
    finish = f"finish {_long(plan.schedule.finish)}" if plan.schedule.finish else "no dates"
    title = visible(plan.roadmap.title)
    counts = " ".join(f"{SEVERITY_MARKS[severity]}{count}" for severity, count in marks.items())
    return title, f"as of {_long(plan.as_of)}", finish, counts


def arranged_rows(
    plan: Plan, arranged: Arrangement, me: Me = UNKNOWN, ids: frozenset[str] | None = None
) -> Iterator[tuple[str, list[Initiative]]]:
    """What is asked for, under the titles of its headings: of portfolios without the groups in
    them, of groups with the way down to them. Raises UsageError for what can't be read.
    """
    roadmap, grouping = plan.roadmap, arranged.grouping
    wanted = compile_filter(arranged.query, plan, me)
    if wanted.error:
        raise UsageError(f"the filter can't be read: {wanted.error}")
    over = headings(roadmap, grouping)
    found: dict[Heading, dict[Under, list[Initiative]]] = {}
    for initiative in in_sort(plan, arranged.sort):
        if all(some is None or initiative.id in some for some in (wanted.ids, ids)):
            for under in over(initiative) if grouping != "none" else [FLAT]:
                path = under if grouping == "group" else under[:1]
                found.setdefault(under[0], {}).setdefault(path, []).append(initiative)
    for outermost in in_order(roadmap, grouping, found):
        for path in sorted(found[outermost], key=len):
            words = (title(roadmap, each) for each in path if path != FLAT)
            yield " › ".join(words), found[outermost][path]


class Scale:
    """Which days a column stands for: whole days, as many as make the roadmap fit."""

    def __init__(self, plan: Plan, columns: int) -> None:
        first = plan.schedule.start or plan.as_of
        last = plan.schedule.last_day or first
        for initiative in plan.roadmap.initiatives.values():
            last = max(last, initiative.deadline or last)
        self.first, self.last = first, last
        self.days = max(1, -(-((last - first).days + 1) // columns))
        self.columns = min(columns, (last - first).days // self.days + 1)

    def at(self, value: date) -> int:
        """The column of a day; outside the roadmap it may be negative or past the end."""
        return (value - self.first).days // self.days

    def months(self) -> str:
        """Month names where they begin, as many as fit; over several years the year where a new
        one begins.
        """
        line = [" "] * self.columns
        free = 0
        shown_year = self.first.year if self.first.year == self.last.year else 0
        for column in range(self.columns):
            value = self.first + timedelta(days=column * self.days)
            following = self.first + timedelta(days=(column + 1) * self.days)
            starts = column == 0 or (value.month != following.month and following.day != 1)
            starts = starts or value.day == 1
            month = value if column == 0 or value.day == 1 else following
            text = MONTHS[month.month - 1] if month.year == shown_year else str(month.year)
            if starts and column >= free and column + len(text) <= self.columns:
                line[column : column + len(text)] = text
                free = column + len(text) + 1
                shown_year = month.year
        return "".join(line).rstrip()

    def bar(self, plan: Plan, id: str, was: Was | None = None) -> str:
        """One initiative's bar with its float, deadline and the day up to which work is known;
        where it was, in a thin bar where there is nothing else, and its last column in any case.
        """
        line = [" "] * self.columns
        self._put(line, self.at(plan.as_of), signs.TODAY)
        dates = plan.schedule.get(id)
        if dates is not None:
            self._draw(line, dates, plan.schedule.waiting(id))
        deadline = plan.roadmap.initiatives[id].deadline
        if deadline is not None:
            self._put(line, self.at(deadline), signs.DEADLINE)
        if was is not None:
            self._draw_baseline(line, was)
        return "".join(line).rstrip()

    def _draw(self, line: list[str], dates: Dates, waits: Span | None) -> None:
        if dates.late_finish is not None:
            for column in range(self.at(dates.finish) + 1, self.at(dates.late_finish) + 1):
                self._put(line, column, signs.FLOAT)
        first, last = self.at(dates.start), self.at(dates.finish)
        resumes = first
        if dates.started and not dates.finished:
            resumes = min(last, self.at(dates.remaining_start or dates.finish))
        done = min(resumes, self.at(waits[0])) if waits is not None else resumes
        for column in range(first, last + 1):
            sign = (
                signs.DONE
                if column < done
                else signs.WAITING
                if column < resumes
                else _ahead(dates)
            )
            self._put(line, column, sign)
        if dates.critical and dates.duration and not dates.finished:
            for column in (first if resumes == done else resumes, last):
                self._put(line, column, signs.DONE)

    def _draw_baseline(self, line: list[str], was: Was) -> None:
        if was.start is None or was.finish is None:
            return
        last = self.at(was.finish)
        goes_on = was.now is not None and last < self.at(was.now)
        for column in range(max(0, self.at(was.start)), min(self.columns, last + 1)):
            if line[column] in CLEAR or (goes_on and column == last):
                self._put(line, column, signs.BASELINE)

    def _put(self, line: list[str], column: int, glyph: str) -> None:
        if 0 <= column < self.columns and line[column] != signs.MILESTONE:
            line[column] = glyph


def _ahead(dates: Dates) -> str:
    """A day of what is not done yet; finished work is done to its last day."""
    if dates.duration == 0:
        return signs.MILESTONE
    if dates.finished:
        return signs.DONE
    if dates.critical:
        return signs.CRITICAL
    if dates.idea:
        return signs.IDEA
    return signs.ASSUMED if "estimate" in dates.assumed else signs.TO_DO


LEAST_BARS = 16
"""Columns that the bars keep beside columns that were chosen."""


class Shown(NamedTuple):
    """A column beside the timeline: how many cells it has, and what stands over it."""

    name: ColumnName
    cells: int
    heading: str


class Table(NamedTuple):
    """What stands beside the timeline: a sign for the status, the id in `id` cells, columns.

    `left_out` were chosen and have no room.
    """

    id: int
    columns: tuple[Shown, ...]
    left_out: int = 0

    @property
    def width(self) -> int:
        """The cells of a row."""
        return 1 + 1 + self.id + sum(1 + each.cells for each in self.columns)

    def line(self, mark: str, id: str, texts: Iterable[str]) -> str:
        """One row, or the heading of all."""
        shown = zip(self.columns, texts, strict=True)
        cells = (_fit(text, each.cells, right=each.name in RIGHT) for each, text in shown)
        return " ".join((f"{mark:<1}", _fit(id, self.id), *cells))


def _table(plan: Plan, width: int, arranged: Arrangement, *, moved: bool) -> Table:
    """Those columns that were chosen, else the usual ones; as many as leave room for the bars."""
    if arranged.columns:
        return _chosen_table(plan, width, arranged)
    days = date_width(plan.schedule.start, plan.schedule.last_day, near=plan.as_of)
    room = width - 6 if moved else width
    columns = [Shown("owner", 11, "owner")] if room >= 100 else []
    columns += [Shown("start", days, "start")] if room >= 72 else []
    columns.append(Shown("finish", days, "finish"))
    columns += [Shown("moved", MOVED, "moved")] if moved else []
    columns += [Shown("duration", 4, "days")] if room >= 100 else []
    columns += [Shown("float", 5, "float"), Shown("conflicts", 1, "")]
    return Table(_id_width(width), tuple(columns))


def _chosen_table(plan: Plan, width: int, arranged: Arrangement) -> Table:
    days = _day_width(plan)
    names = [name for name in arranged.columns if name not in ("title", "id")]
    sized = ((name, cells_of(name, days)) for name in names)
    columns = (Shown(n, cells, heading(n, arranged.sort, cells).lower()) for n, cells in sized)
    table = Table(_id_width(width), tuple(columns))
    while table.columns and table.width + 1 + LEAST_BARS > width:
        table = Table(table.id, table.columns[:-1], table.left_out + 1)
    return table


def _day_width(plan: Plan) -> int:
    """Cells of a date, also of one that no schedule gives."""
    known = plan.roadmap.initiatives.values()
    written = [day for one in known for day in (one.deadline, one.announced)]
    return date_width(plan.schedule.start, plan.schedule.last_day, *written, near=plan.as_of)


def _id_width(width: int) -> int:
    return 27 if width >= 72 else 20 if width >= 60 else 12


def _row(facts: Facts, initiative: Initiative, table: Table, against: Against | None) -> str:
    texts = (cell(n, facts, initiative, cells, against)[0] for n, cells, _ in table.columns)
    return table.line(signs.STATUS[initiative.status], visible(initiative.id), texts)


def _fit(text: str, width: int, *, right: bool = False) -> str:
    size = cell_len(text)
    if size <= width:
        return " " * (width - size) + text if right else set_cell_size(text, width)
    return (
        set_cell_size(text, width - 1).rstrip()
        + "…"
        + " " * (width - 1 - cell_len(set_cell_size(text, width - 1).rstrip()))
    )


def _long(value: date) -> str:
    return f"{date_text(value, value)} {value.year}"
