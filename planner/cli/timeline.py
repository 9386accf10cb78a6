"""The plan as plain text: a table by side and, beside it, one character for each few days.

The same input gives the same bytes: the width is what is asked for, never the terminal's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from rich.cells import cell_len, set_cell_size

from planner.arrangement import (
    Arrangement,
    Heading,
    Under,
    headings,
    in_order,
    in_sort,
    title,
)
from planner.conflicts.findings import SEVERITY_MARKS
from planner.consequence import signed
from planner.errors import UsageError
from planner.filters import UNKNOWN, Me, compile_filter
from planner.lanes.words import IDEA, WAITING
from planner.plan import Plan
from planner.roadmap.days import day_width, short_day
from planner.roadmap.entities import Initiative
from planner.schedule.compute import Dates
from planner.schedule.worked import Span
from planner.text.visible import visible

USUAL = Arrangement()
LEGEND = (
    f"█ critical  ▓ planned  {IDEA} proposed  ░ done  {WAITING} waiting  · float  ◆ milestone  "
    "! deadline  | as of"
)
TABLE = 58
"""Columns of the table without its two days: side glyph, id, owner, days, float, findings."""


def timeline_text(
    plan: Plan, width: int = 120, arranged: Arrangement = USUAL, me: Me = UNKNOWN
) -> Iterator[str]:
    """The lines of the table and timeline, `width` columns at most; `me` is who asks."""
    sections = list(arranged_rows(plan, arranged, me))
    yield heading(plan)
    days = day_width(plan.schedule.start, plan.schedule.last_day, near=plan.as_of)
    scale = Scale(plan, max(10, width - TABLE - 2 * days - 1))
    yield ""
    yield f"{'':<{TABLE + 2 * days}} {scale.months()}".rstrip()
    heads = f"{'start':>{days}}", f"{'finish':>{days}}"
    yield f"{_table_row('', 'id', 'owner', *heads, 'days', 'float', '')} ".rstrip()
    marks = finding_marks(plan)
    if not sections:
        yield (
            f"nothing matches {visible(arranged.query)}" if arranged.query else "nothing is planned"
        )
    for words, rows in sections:
        yield visible(words).upper()
        for initiative in rows:
            row = _row(plan, initiative, marks.get(initiative.id, ""), days)
            yield f"{row} {scale.bar(plan, initiative.id)}".rstrip()
    yield ""
    yield LEGEND
    shown = {initiative.id for _, rows in sections for initiative in rows}
    for id, why in plan.schedule.unscheduled.items():
        if id in shown:
            yield visible(f"not scheduled: {id}: {why}")


def heading(plan: Plan) -> str:
    """Title, moment, finish and the number of findings, on one line."""
    marks = {"error": 0, "warning": 0}
    for finding in plan.findings:
        if finding.severity in marks and not finding.waived:
            marks[finding.severity] += 1
    finish = f"finish {_long(plan.schedule.finish)}" if plan.schedule.finish else "no dates"
    title = visible(plan.roadmap.title)
    return f"{title} · as of {_long(plan.as_of)} · {finish} · ✗{marks['error']} ▲{marks['warning']}"


def arranged_rows(
    plan: Plan, arranged: Arrangement, me: Me = UNKNOWN
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
        if wanted.ids is None or initiative.id in wanted.ids:
            for under in over(initiative):
                path = under if grouping == "group" else under[:1]
                found.setdefault(under[0], {}).setdefault(path, []).append(initiative)
    for outermost in in_order(roadmap, grouping, found):
        for path in sorted(found[outermost], key=len):
            yield " › ".join(title(roadmap, each) for each in path), found[outermost][path]


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
            text = f"{month:%b}" if month.year == shown_year else f"{month:%Y}"
            if starts and column >= free and column + len(text) <= self.columns:
                line[column : column + len(text)] = text
                free = column + len(text) + 1
                shown_year = month.year
        return "".join(line).rstrip()

    def bar(self, plan: Plan, id: str) -> str:
        """One initiative's bar with its float, deadline and the day up to which work is known."""
        line = [" "] * self.columns
        self._put(line, self.at(plan.as_of), "|")
        dates = plan.schedule.get(id)
        if dates is not None:
            self._draw(line, dates, plan.schedule.waiting(id))
        deadline = plan.roadmap.initiatives[id].deadline
        if deadline is not None:
            self._put(line, self.at(deadline), "!")
        return "".join(line).rstrip()

    def _draw(self, line: list[str], dates: Dates, waits: Span | None) -> None:
        if dates.late_finish is not None:
            for column in range(self.at(dates.finish) + 1, self.at(dates.late_finish) + 1):
                self._put(line, column, "·")
        glyph = "░" if dates.finished else "█" if dates.critical else IDEA if dates.idea else "▓"
        if dates.duration == 0:
            glyph = "◆"
        first, last = self.at(dates.start), self.at(dates.finish)
        resumes = first
        if dates.started and not dates.finished:
            resumes = min(last, self.at(dates.remaining_start or dates.finish))
        done = min(resumes, self.at(waits[0])) if waits is not None else resumes
        for column in range(first, last + 1):
            sign = "░" if column < done else WAITING if column < resumes else glyph
            self._put(line, column, sign)

    def _put(self, line: list[str], column: int, glyph: str) -> None:
        if 0 <= column < self.columns:
            line[column] = glyph


def _row(plan: Plan, initiative: Initiative, found: str, days: int) -> str:
    dates = plan.schedule.get(initiative.id)
    id, owner = visible(initiative.id), visible(initiative.accountable or "")
    mark = STATUS_MARKS.get(initiative.status, " ")
    if dates is None:
        return _table_row(mark, id, owner, " " * days, " " * days, "", "", found)
    total_float = "" if dates.total_float is None else signed(dates.total_float).lstrip("+")
    return _table_row(
        mark,
        id,
        owner,
        f"{short_day(dates.start, plan.as_of):>{days}}",
        f"{short_day(dates.finish, plan.as_of):>{days}}",
        f"{dates.duration}{'?' if 'estimate' in dates.assumed else ''}",
        total_float,
        found,
    )


STATUS_MARKS = {
    "proposed": "?", "planned": "○", "active": "●", "paused": "‖", "done": "√", "dropped": "×",
}  # fmt: skip


def finding_marks(plan: Plan) -> dict[str, str]:
    """The mark of the worst finding on each initiative that has one."""
    found: dict[str, str] = {}
    for finding in reversed(plan.findings):  # the worst come first, so they are written last
        if finding.severity != "info" and not finding.waived:
            found |= dict.fromkeys(finding.initiatives, SEVERITY_MARKS[finding.severity])
    return found


def _table_row(
    mark: str, id: str, owner: str, start: str, finish: str, days: str, slack: str, found: str
) -> str:
    return (
        f"{mark:<1} {_fit(id, 27)} {_fit(owner, 11)} {start} {finish} "
        f"{days:>4} {slack:>5} {found:<1}"
    )


def _fit(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return (
        set_cell_size(text, width - 1).rstrip()
        + "…"
        + " " * (width - 1 - cell_len(set_cell_size(text, width - 1).rstrip()))
    )


def _long(value: date) -> str:
    return f"{value.day} {value:%b %Y}"
