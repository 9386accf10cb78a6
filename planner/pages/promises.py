"""What is said of promises kept: each figure with its cases, what does not hold, what is not known.

The page fits a pane of 38 columns: what is measured stands left, the figure right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.conflicts.terms import AGREED
from planner.pages.canvas import cells, shorten
from planner.pages.lines import Line, Page
from planner.pages.parties import party_name, side_name
from planner.pages.roles import Role, side_role
from planner.plan.model import Plan
from planner.roadmap.figures import count, date_text, days_short, listed, number
from planner.roadmap.output_promises import (
    ENOUGH,
    By,
    EstimateRow,
    HandoverRow,
    Holds,
    Kept,
    LaunchRow,
    Moves,
    PromisesGroup,
    PromisesShown,
    Ratio,
    Took,
    WaitingRow,
)
from planner.roadmap.sides import in_order
from planner.text.visible import visible

WIDEST = 72
"""Columns of the page at most: a figure is read with what stands left of it."""
FEW = "too few"
MOST = 5
"""So many that do not hold are named."""
TITLE = "Promises kept"
GONE = "promised handovers or announced launches"
NONE = "No promises recorded yet"
START = "`planner agree` records what was asked, promised and agreed, and when."
BY: dict[By, str] = {"kind": "By kind", "team": "By team", "side": "By side"}

Row = tuple[str, str, Role]
"""What is measured, its figure, and the role of that."""


def promises_page(plan: Plan, shown: PromisesShown, width: int) -> list[Line]:
    """All figures, then those of each group, then what they leave out."""
    page = Page(min(width, WIDEST))
    page.text(heading(shown), "title")
    if not _has_cases(shown.all) and not shown.waiting:
        page.text(NONE)
        page.text(START, "dim")
    else:
        _body(page, plan, shown)
    page.title("Not known")
    for text in not_known(shown):
        page.text(text, "dim")
    return page.lines


def heading(shown: PromisesShown) -> str:
    """``Promises kept since 23 Nov 2026``."""
    since = f" since {date_text(shown.since, shown.as_of)}" if shown.since is not None else ""
    return f"{TITLE}{since}"


def _body(page: Page, plan: Plan, shown: PromisesShown) -> None:
    agreed = sum(row.state in AGREED for row in shown.handovers)
    page.title(f"Handovers, {agreed} agreed")
    _rows(page, _handovers(shown.all), "  ")
    _rows(page, _broken((row.supplier, row) for row in shown.handovers), "    ")
    page.title("Working days, median")
    _rows(page, _times(shown.all), "  ")
    _waiting(page, plan, shown)
    page.title("Launches")
    _rows(page, _launches(shown.all), "  ")
    _rows(page, _broken((row.id, row) for row in shown.launches), "    ")
    page.title("Estimates, actual ÷ first")
    _rows(page, [("done", _ratio(shown.all.estimates), "text")], "  ")
    _rows(page, _estimates(shown.estimates), "    ")
    _groups(page, shown)


def _groups(page: Page, shown: PromisesShown) -> None:
    """What there is a figure of in each group; those that have none in one line."""
    few = []
    page.title(BY[shown.by])
    for group in shown.groups:
        rows = [row for row in _of_group(group) if not row[1].endswith(FEW)]
        name = visible(group.title)
        if rows:
            role = side_role(group.key) if shown.by == "side" else "strong"
            page.line((shorten(f"  {name}", page.width), role))
            _rows(page, rows, "    ")
        else:
            few.append(name)
    if few:
        page.paragraph(f"  {FEW}", listed(few))


def _rows(page: Page, rows: Iterable[Row], indent: str) -> None:
    """Each with its figure at the right; on a line of its own where both have no room."""
    for label, figure, role in rows:
        label = indent + visible(label)
        room = page.width - cells(figure) - 1
        if cells(label) > room and role != "critical":
            page.line((shorten(label, page.width), "text"))
            label = ""
        label = shorten(label, room)
        blanks = " " * (page.width - cells(label) - cells(figure))
        page.line((label + blanks, "text"), (figure, role))


# --- rows -----------------------------------------------------------------------------------------


def _of_group(group: PromisesGroup) -> Iterator[Row]:
    yield from _handovers(group)
    yield from _times(group)
    yield from _launches(group)
    yield "estimates, actual ÷ first", _ratio(group.estimates), "text"


def _handovers(group: PromisesGroup) -> Iterator[Row]:
    yield "delivered on first date", _kept(group.delivered), "text"
    if group.moved is not None:
        yield "date moved", _moves(group.moved), "text"
        if group.moved.notice is not None:
            yield "  moved before it fell due", f"{_plain(group.moved.notice)}d", "text"
    yield "first date still holds", _holds(group.still_holds), "text"


def _times(group: PromisesGroup) -> Iterator[Row]:
    yield "asked to agreed", _took(group.asked_to_agreed), "text"
    yield "asked to delivered", _took(group.asked_to_delivered), "text"
    yield "delivered to accepted", _took(group.delivered_to_accepted), "text"


def _launches(group: PromisesGroup) -> Iterator[Row]:
    yield "on the date announced first", _kept(group.launched), "text"
    yield "first date still holds", _holds(group.launches_hold), "text"


def _broken(rows: Iterable[tuple[str, HandoverRow | LaunchRow]]) -> Iterator[Row]:
    """The first dates that do not hold, the latest against them first."""
    late = sorted((-(row.slip or 0), id) for id, row in rows if row.holds is False)
    for slip, id in late[:MOST]:
        yield id, _late(-slip), "critical"


def _estimates(rows: Iterable[EstimateRow]) -> Iterator[Row]:
    known = [row for row in rows if row.ratio.median is not None]
    for row in known:
        yield f"{row.kind}, {row.title}", _ratio(row.ratio), "text"
    if not known:
        yield "by team and kind", FEW, "dim"


def _waiting(page: Page, plan: Plan, shown: PromisesShown) -> None:
    """How much was asked without an answer: of each initiative, or by the side or team that owes
    it, in working days, the longest first; sides in their own order.
    """
    _rows(page, [("asked, no answer yet", str(len(shown.waiting)), "text")], "  ")
    rows = sorted(shown.waiting, key=lambda row: -row.days)
    if shown.by == "side":
        sides = in_order(row.side or "" for row in rows)
        rows.sort(key=lambda row: sides.index(row.side or ""))
    days: dict[str, list[int]] = {}
    for row in rows:
        days.setdefault(_owing(plan, row, shown.by), []).append(row.days)
    for name in [*days][:MOST]:
        each = ", ".join(map(str, sorted(days[name])[:MOST]))
        more = ", …" if len(days[name]) > MOST else ""
        _rows(page, [(name, f"{len(days[name])} for {each}{more}", "warning")], "    ")


def _owing(plan: Plan, row: WaitingRow, by: By) -> str:
    """Whose answer is missing: ``customer-sso``, ``by IT``."""
    if by == "kind":
        return row.supplier
    if by == "side":
        return f"by {side_name(plan, row.side or '')}"
    return f"by {party_name(plan, row.team)}" if row.team is not None else "no owner"


# --- figures --------------------------------------------------------------------------------------


def _few(cases: int) -> str:
    return f"{cases} · {FEW}"


def _kept(figure: Kept) -> str:
    if figure.kept is None or figure.mean_slip is None:
        return _few(figure.cases)
    slip = f"{'+' if figure.mean_slip > 0 else ''}{_plain(figure.mean_slip)}d"
    return f"{figure.kept} of {figure.cases}, mean {slip}"


def _holds(figure: Holds) -> str:
    return _few(figure.cases) if figure.holds is None else f"{figure.holds} of {figure.cases}"


def _moves(figure: Moves) -> str:
    if figure.moved is None or figure.times is None or figure.later is None:
        return _few(figure.cases)
    later = f", {figure.later} later" if figure.times else ""
    times = f", {count(figure.times, 'time')}{later}" if figure.times else ""
    return f"{figure.moved} of {figure.cases}{times}"


def _took(figure: Took) -> str:
    if figure.median is None:
        return _few(figure.cases)
    return f"{_plain(figure.median)} of {figure.cases}, {figure.least}–{figure.most}"


def _ratio(figure: Ratio) -> str:
    if figure.median is None or figure.within is None:
        return _few(figure.cases)
    return f"{figure.median:.1f} × of {figure.cases}, 8 in 10 within {figure.within:.1f} ×"


def _plain(value: float) -> str:
    return number(round(value, 1))


def _late(slip: int | None) -> str:
    return f"{days_short(slip)} late" if slip else "late"


def _has_cases(group: PromisesGroup) -> bool:
    """Whether anything was measured of a group."""
    figures = (getattr(group, name) for name in group.__struct_fields__)
    return any(getattr(each, "cases", 0) for each in figures)


# --- what is not known ----------------------------------------------------------------------------


def not_known(shown: PromisesShown) -> Iterator[str]:
    """What the figures can't know, and what they leave out."""
    unknown = shown.unknown
    yield f"Too few: fewer than {ENOUGH} cases."
    yield "Answers given by word only, and what was changed before it was committed."
    if shown.source == "file":
        yield "No history in git: the dates and estimates of the file count as the first ones."
    elif shown.since is not None:
        day = date_text(shown.since, shown.as_of)
        cut = " (a shallow clone: `git fetch --unshallow`)" if shown.shallow else ""
        yield f"Before {day}, where the record starts{cut}."
    for left_out, what in ((unknown.handovers, "promise"), (unknown.launches, "announcement")):
        if left_out:
            yield f"{count(left_out, what)} first written when all was over: not counted."
    if unknown.estimates:
        done = count(unknown.estimates, "done initiative")
        yield f"{done} without actual dates, or an estimate of before the start: not counted."
    if unknown.gone:
        what = count(unknown.gone, "promised handover or announced launch", GONE)
        yield f"{what} dropped or removed since: not counted."
    if unknown.revisions:
        yield f"{count(unknown.revisions, 'revision')} that can't be read."
