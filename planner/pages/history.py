"""What is said of the record: the trend of the launches drawn, and each step that moved one.

A step is one commit of the first-parent line, or what is not committed yet. What it moved is always
what time did and what edits did, in working days. The command prints what the view shows, from the
same lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import structs

from planner.pages import signs
from planner.pages.canvas import cells, shorten, wrap
from planner.pages.lines import Line, Page, Piece, cut, fitted
from planner.pages.roles import Role, side_role
from planner.pages.trend import Look, dates_on, fewer, reporting_days, small_trend, trend_lines
from planner.plan.model import Plan
from planner.roadmap.figures import (
    COMMIT,
    count,
    date_or_none,
    date_text,
    date_width,
    day_before,
    short_commit,
    signed,
)
from planner.roadmap.output_history import (
    CauseRow,
    GapRow,
    HistoryShown,
    RevisionRow,
    StepRow,
    TrendRow,
)
from planner.text.visible import visible

Order = Literal["weight", "time"]
ORDERS: tuple[Order, ...] = ("weight", "time")
"""Heaviest first, or latest first."""

YOU, UNCOMMITTED = "you", "not committed"
FIGURE = 6
"""Columns of a figure of a step."""
CAUSE, MOST_CAUSE, AUTHOR = 24, 60, 15
"""Columns of what drove a step, at least and at most, and of who did it."""
SMALL, SMALLER = 16, 9
"""Days of a small trend at most, and where a line is narrow."""
HEIGHT = 20
"""Rows of the drawing where it is printed."""
WIDE = 76
"""Columns from which one drawing may have all launches."""
ROOM = 3
"""Rows that each launch needs, and one more, for all of them to be in one drawing."""


# --- names and figures ----------------------------------------------------------------------------


def who_did_it(made: RevisionRow | CauseRow) -> str:
    """``Ana, 4be7d21``; ``you, not committed``."""
    if made.commit is None:
        return f"{YOU}, {UNCOMMITTED}"
    return f"{visible(made.author)}, {short_commit(made.commit)}"


def weight_of(step: StepRow) -> int:
    """How far a step moved its launch; a date that came or went weighs most."""
    return 10**6 if step.moved is None else abs(step.moved)


def in_order(trend: TrendRow, order: Order) -> list[StepRow]:
    """The steps of a launch, the heaviest or the latest first."""
    latest = list(reversed(trend.steps))
    return sorted(latest, key=lambda step: -weight_of(step)) if order == "weight" else latest


def trend_of(shown: HistoryShown, id: str | None) -> TrendRow | None:
    """The launch with an id, else the main one, else the first."""
    wanted = (id, shown.main_launch)
    for each in wanted:
        for trend in shown.trends:
            if trend.id == each:
                return trend
    return shown.trends[0] if shown.trends else None


def _figure(days: int | None) -> str:
    return "–" if days is None else signed(days) if days else "·"


def moved_words(step: StepRow) -> str:
    """``+11d``; where there was no date on one side, which."""
    if step.moved is not None:
        return f"{signed(step.moved)}d"
    return "new" if step.then is None and step.now is not None else "no date"


def _moved_role(days: int | None) -> Role:
    return "warning" if days is None else "critical" if days > 0 else "strong" if days else "dim"


def _span(trend: TrendRow, near: date) -> str:
    return f"{date_or_none(trend.first, near)} → {date_or_none(trend.last, near)}"


# --- the drawing ----------------------------------------------------------------------------------


def roles_of(plan: Plan, shown: HistoryShown) -> dict[str, Role]:
    """The colour of each launch: its side's."""
    found: dict[str, Role] = {}
    for trend in shown.trends:
        initiative = plan.roadmap.initiatives.get(trend.id)
        side = plan.roadmap.portfolio_of(initiative) if initiative is not None else None
        found[trend.id] = side_role(side)
    return found


def has_room_for_all(shown: HistoryShown, width: int, height: int) -> bool:
    """Whether one drawing has room for every launch, each with its name."""
    return width >= WIDE and ROOM * (len(shown.trends) + 1) <= height


def drawing(
    plan: Plan,
    shown: HistoryShown,
    trend: TrendRow,
    width: int,
    height: int,
    *,
    marked: date | None = None,
    others: bool = True,
) -> list[Line]:
    """The trend of one launch, heavy, and of the others where they are to be in it."""
    alone = not others or len(shown.trends) == 1
    end = _end(plan, trend, shown.as_of) if alone else visible(trend.title)
    look = Look(trend.id, end, roles_of(plan, shown), marked, others)
    return trend_lines(shown, look, width, height)


def _end(plan: Plan, trend: TrendRow, near: date) -> str:
    """``15 Oct  5d late``."""
    if trend.last is None:
        return visible(trend.title)
    late = _late(plan, trend.deadline, trend.last)
    return date_text(trend.last, near) + (f"  {late}" if late else "")


def _late(plan: Plan, promised: date | None, lands: date) -> str:
    """``5d late``; empty where it is not."""
    if promised is None or lands <= promised:
        return ""
    shift = plan.schedule.shift(promised, lands)
    return f"{shift.brief} late"


def others_lines(
    plan: Plan, shown: HistoryShown, trend: TrendRow, width: int, most: int = 99
) -> list[Line]:
    """The other launches, a line each: first date, small trend, date now, and what was announced.

    Of more than `most` the last line counts the others.
    """
    others = [each for each in shown.trends if each.id != trend.id]
    kept = others if len(others) <= most else others[: max(0, most - 1)]
    if not kept:
        return []
    days = fewer(shown, reporting_days(shown), SMALL if width > 90 else SMALLER)
    longest = max(_reach(dates_on(shown, each, days)) for each in kept)
    dates = date_width(*(day for each in kept for day in (each.first, each.last)), near=shown.as_of)
    names = min(max(cells(visible(each.title)) for each in kept), width // 4 - 1, 30)
    roles = roles_of(plan, shown)
    lines = []
    for each in kept:
        moved = "·" if not each.moved else f"{signed(each.moved)}d"
        pieces: list[Piece] = [
            (fitted(visible(each.title), names), roles[each.id]),
            (f" {date_or_none(each.first, shown.as_of):>{dates}}", "dim"),
            (f"  {small_trend(dates_on(shown, each, days), longest)}  ", roles[each.id]),
            (f"{date_or_none(each.last, shown.as_of):>{dates}}", "text"),
            (f"  {moved:>5}", _moved_role(each.moved)),
        ]
        room = width - sum(cells(text) for text, _ in pieces)
        ways = (f"  {words}" for words in _announced(plan, each, shown.as_of))
        said = next((words for words in ways if cells(words) <= room), "")
        lines.append(cut((*pieces, (said, "dim")), width))
    if len(kept) < len(others):
        lines.append(((f"{count(len(others) - len(kept), 'launch', 'launches')} more", "dim"),))
    return lines


def _reach(values: Sequence[date | None]) -> int:
    known = [day for day in values if day is not None]
    return (max(known) - min(known)).days if known else 0


def _announced(plan: Plan, trend: TrendRow, near: date) -> Iterator[str]:
    """``announced 1 Sep, on time``, and shorter ways of saying so."""
    if trend.announced is None:
        yield "not announced"
        return
    said = f"announced {date_text(trend.announced, near)}"
    late = _late(plan, trend.announced, trend.last) if trend.last is not None else ""
    if trend.last is not None:
        yield f"{said}, {late or 'on time'}"
    yield said
    yield late


# --- the steps ------------------------------------------------------------------------------------


def sum_pieces(trend: TrendRow, near: date) -> list[Piece]:
    """``21 Sep → 15 Oct  +18d: time −2, edits +20``."""
    pieces: list[Piece] = [(_span(trend, near), "text")]
    if trend.moved is None:
        return pieces
    if not trend.moved and not trend.steps:
        return [*pieces, ("  not moved", "good")]
    pieces.append((f"  {signed(trend.moved)}d", _moved_role(trend.moved)))
    parts = f": time {signed(trend.time or 0)}, edits {signed(trend.edits or 0)}"
    return [*pieces, (parts, "dim")]


def sum_line(trend: TrendRow, near: date, width: int) -> Line:
    """``── Peak freeze readiness  21 Sep → 15 Oct  +18d: time −2, edits +20 ─────``."""
    line = cut((("── ", "faint"), (visible(trend.title), "title"), ("  ", "text")), width)
    line = cut((*line, *sum_pieces(trend, near), (" ", "text")), width)
    return (*line, ("─" * (width - sum(cells(text) for text, _ in line)), "faint"))


class StepTable:
    """The steps of a launch as rows of a table, with as many columns as there is room for."""

    def __init__(self, plan: Plan, shown: HistoryShown, trend: TrendRow, width: int) -> None:
        self.plan, self.near = plan, shown.as_of
        days = [day_before(step.revision.day, self.near) for step in trend.steps]
        self.day = max(6, *map(len, days), 0)
        moved = [moved_words(step) for step in trend.steps]
        self.moved = max(FIGURE, *map(len, moved), 0)
        left = width - self.day - self.moved - 2 * FIGURE - 3
        self.commit = left >= CAUSE + AUTHOR + COMMIT + 2
        self.author = AUTHOR if left >= CAUSE + AUTHOR + 1 else 0
        last = (self.author + 1 if self.author else 0) + (COMMIT + 1 if self.commit else 0)
        self.cause = min(MOST_CAUSE, max(8, left - last))

    def head(self) -> Line:
        """The headings."""
        words = f"{'':<{self.day}} {'moved':>{self.moved}}{'time':>{FIGURE}}{'edits':>{FIGURE}}  "
        words += fitted("driven by", self.cause)
        words += f" {'author':<{self.author}}" if self.author else ""
        words += f" {'commit':<{COMMIT}}" if self.commit else ""
        return ((words, "dim"),)

    def line(self, step: StepRow) -> Line:
        """One step."""
        figure = moved_words(step)
        pieces: list[Piece] = [
            (f"{day_before(step.revision.day, self.near):>{self.day}} ", "text"),
            (f"{figure:>{self.moved}}", _moved_role(step.moved)),
            (f"{_figure(step.time):>{FIGURE}}{_figure(step.edits):>{FIGURE}}  ", "text"),
            *self._driven_by(step),
            *self._by(made_by(step)),
        ]
        return tuple(pieces)

    def _driven_by(self, step: StepRow) -> Iterator[Piece]:
        """The causes, each id in the colour of its side; what time did where there was no edit."""
        found: list[Piece] = []
        for cause in step.causes:
            found += [(", ", "dim")] if found else []
            found += cause_pieces(self.plan, cause)
        if not found:
            found = waited_pieces(self.plan, step) or [("time went by", "text")]
        kept = cut(tuple(found), self.cause)
        yield from kept
        yield " " * (self.cause - sum(cells(text) for text, _ in kept)), "text"

    def _by(self, revision: RevisionRow) -> Iterator[Piece]:
        if revision.commit is None:
            room = self.author + (COMMIT + 1 if self.commit else 0)
            if self.author:
                yield f" {fitted(f'{YOU}, {UNCOMMITTED}', room)}", "warning"
            return
        if self.author:
            yield f" {fitted(visible(revision.author), self.author)}", "dim"
        if self.commit:
            yield f" {short_commit(revision.commit):<{COMMIT}}", "dim"


def made_by(step: StepRow) -> RevisionRow:
    """Who made a step, and where: of a merge whoever made the edits in it, not who merged them."""
    revision = step.revision
    authors = {cause.author for cause in step.causes if cause.commit is not None}
    commits = {cause.commit for cause in step.causes}
    if revision.commit is None or not authors:
        return revision
    author = next(iter(authors)) if len(authors) == 1 else f"{len(authors)} people"
    commit = next(iter(commits)) if len(commits) == 1 else revision.commit
    return structs.replace(revision, author=author, commit=commit)


def cause_pieces(plan: Plan, cause: CauseRow) -> list[Piece]:
    """The words of a cause, the id in front in the colour of its side."""
    if cause.kind != "initiatives":
        return [(visible(cause.text), "text")]
    return _with_id_in_front(plan, cause.text)


def waited_pieces(plan: Plan, step: StepRow) -> list[Piece]:
    """What time did, each id in front in the colour of its side."""
    pieces: list[Piece] = []
    for words in step.waited:
        pieces += [("; ", "dim")] if pieces else []
        pieces += _with_id_in_front(plan, words)
    return pieces


def _with_id_in_front(plan: Plan, words: str) -> list[Piece]:
    id, _, rest = words.partition(" ")
    initiative = plan.roadmap.initiatives.get(id)
    if initiative is None:
        return [(visible(words), "text")]
    role = side_role(plan.roadmap.portfolio_of(initiative))
    return [(visible(id), role), (visible(f" {rest}" if rest else ""), "text")]


def step_page(plan: Plan, step: StepRow, near: date, width: int) -> list[Line]:
    """One step in full: what time and edits did, the three dates, and what the commit says."""
    page = Page(width, 9)
    day = day_before(step.revision.day, near)
    rows = [*_time_rows(plan, step), *_edit_rows(plan, step), *_dates_rows(step, near)]
    rows.append([(f"“{visible(step.revision.subject)}”", "dim")] if step.revision.subject else [])
    for at, row in enumerate(filter(None, rows)):
        lead = fitted("" if at else day, page.label - 1) + " "
        inner = Page(max(20, page.width - page.label))
        inner.flow([tuple(row)], "", "  ")
        for number, line in enumerate(inner.lines):
            page.line((" " * page.label if number else lead, "dim"), *line)
    return page.lines


def _time_rows(plan: Plan, step: StepRow) -> Iterator[list[Piece]]:
    if step.time or step.waited:
        figure = "" if step.time is None else f" {signed(step.time)}d"
        said = waited_pieces(plan, step) or [("the days went by", "text")]
        yield [(f"time{figure}: ", "strong"), *said]


def _edit_rows(plan: Plan, step: StepRow) -> Iterator[list[Piece]]:
    if not step.edits and not step.causes:
        return
    figure = "" if step.edits is None else f" {signed(step.edits)}d"
    pieces: list[Piece] = [(f"edits{figure}: ", "strong")]
    for at, cause in enumerate(step.causes):
        pieces += [(", ", "dim")] if at else []
        pieces += cause_pieces(plan, cause)
        if cause.commit != step.revision.commit:
            by = RevisionRow(
                commit=cause.commit, author=cause.author, day=step.revision.day, subject=""
            )
            pieces.append((f" ({who_did_it(by)})", "dim"))
    yield pieces if step.causes else [*pieces, ("no single table did it", "dim")]


def _dates_rows(step: StepRow, near: date) -> Iterator[list[Piece]]:
    seen = f"with the facts of {day_before(step.revision.day, near)}"
    yield [
        (date_or_none(step.then, near), "text"),
        (f" → {seen}: ", "dim"),
        (date_or_none(step.seen, near), "text"),
        (" → with the edits: ", "dim"),
        (date_or_none(step.now, near), "text"),
    ]


# --- what could not be read, and where the record starts ------------------------------------------


def gap_lines(shown: HistoryShown, width: int) -> list[Line]:
    """Revisions that can't be read, and where a shallow clone starts."""
    page = Page(width)
    for gap in shown.gaps:
        page.text(_gap(gap, shown.as_of), "warning")
    if shown.shallow and shown.since is not None:
        page.text(
            f"{signs.WARNING} The record starts on {day_before(shown.since, shown.as_of)}: this "
            "clone has no commits before it. `git fetch --unshallow` brings them",
            "warning",
        )
    return page.lines


def _gap(gap: GapRow, near: date) -> str:
    day, by = day_before(gap.revision.day, near), who_did_it(gap.revision)
    return f"{signs.WARNING} No plan on {day} ({by}): {visible(gap.message)}"


# --- all of it ------------------------------------------------------------------------------------


def heading_pieces(shown: HistoryShown) -> list[Piece]:
    """``4 launches over 8 meetings``, ``since 3 Dec``."""
    days = reporting_days(shown)
    met = len(shown.meetings)
    what = f"{count(met, 'meeting')}" if met > 1 else f"{count(len(days), 'day')} with changes"
    pieces: list[Piece] = [("History", "title")]
    launches = count(len(shown.trends), "launch", "launches")
    return [*pieces, (f"  {launches} over {what}", "text"), (" · flat: promise kept", "dim")]


def history_page(
    plan: Plan, shown: HistoryShown, width: int, *, id: str | None = None
) -> list[Line]:
    """The drawing, the other launches, and the steps of the one that is asked for, or the main."""
    trend = trend_of(shown, id)
    if trend is None:
        return none_page(NO_LAUNCH, width)
    page = Page(width)
    others = id is None and has_room_for_all(shown, width, HEIGHT)
    page.line(*cut(tuple(heading_pieces(shown)), width))
    page.lines += drawing(plan, shown, trend, width, HEIGHT, others=others)
    if id is None and len(shown.trends) > 1:
        page.line()
        page.lines += others_lines(plan, shown, trend, width)
    page.title(visible(trend.title))
    page.line(*sum_pieces(trend, shown.as_of))
    page.lines += steps_lines(plan, shown, trend, width)
    page.lines += gap_lines(shown, width)
    return page.lines


def steps_lines(plan: Plan, shown: HistoryShown, trend: TrendRow, width: int) -> list[Line]:
    """The table of the steps, heaviest first."""
    if not trend.steps:
        return [(("nothing moved it", "good"),)]
    table = StepTable(plan, shown, trend, width)
    return [table.head(), *(table.line(step) for step in in_order(trend, "weight"))]


NO_LAUNCH = "There is no launch whose dates could have moved"
ONE = "There is one revision yet: dates are compared from the second on"


def none_page(why: str, width: int, hints: Sequence[tuple[str, str]] = ()) -> list[Line]:
    """Why there is nothing to show, and what to do about it: (key or command, what it does)."""
    page = Page(width)
    page.text(visible(why), "title")
    for label, text in hints:
        page.line((shorten(f"  {visible(label)}", page.width), "key"))
        for part in wrap(text, page.width - 6):
            page.line((f"      {part}", "dim"))
    return page.lines
