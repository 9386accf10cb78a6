"""One initiative of the dependency graph in words: how it stands, what it waits for, what hangs on
it, and what it hands over.

`planner network` prints it below the drawing, and the Network view of what is marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from planner.conflicts.findings import Finding
from planner.conflicts.handovers import answer
from planner.pages import signs, why
from planner.pages.agreements import STATE_MARKS
from planner.pages.canvas import cells, shorten
from planner.pages.conflicts import put_conflicts
from planner.pages.lines import Line, Page, Piece, cut, fitted
from planner.pages.network_drawing import floating
from planner.pages.parties import party_name, side_name
from planner.pages.path_words import bottleneck
from planner.pages.roles import Role, side_role
from planner.plan.model import Plan
from planner.roadmap.entities import Initiative
from planner.roadmap.figures import count, date_range, date_text, days_short, money_short
from planner.roadmap.output_network import BottleneckRow, HangingRow
from planner.roadmap.quantities import format_tie
from planner.text.visible import visible

WIDE = 100
"""From so many columns on the facts stand in two columns."""
SHORT = 5
"""With fewer lines than this each fact has one line at most."""
GUTTER = " │ "
LEAST_RIGHT = 49
"""Columns at least for the handovers."""
MOST, LAUNCHES = 12, 4
"""So many successors are named in a list, and so many launches."""

# --- below it -------------------------------------------------------------------------------------


def about(
    plan: Plan,
    id: str,
    hanging: HangingRow | None,
    findings: Iterable[Finding],
    width: int,
    height: int | None = None,
) -> list[Line]:
    """One initiative of the graph: how it stands, what it waits for, what hangs on it.

    In at most `height` lines. `hanging` is None until it is known.
    """
    one = plan.roadmap.initiatives[id]
    if height is not None and height < SHORT:
        return [cut(line, width) for line in _short(plan, one, hanging, width)][:height]
    if width < WIDE:
        left = _facts(plan, one, hanging, width)
        right = _neighbours(plan, one, findings, width)
        return [cut(line, width) for line in _within([*left, *right], height)]
    other = max(LEAST_RIGHT, (width - len(GUTTER)) * 2 // 5)
    half = width - len(GUTTER) - other
    return _beside(
        _within(_facts(plan, one, hanging, half), height),
        _within(_neighbours(plan, one, findings, other), height),
        half,
        other,
    )


def _within(lines: list[Line], height: int | None) -> list[Line]:
    """As many lines as there is room for; the last one says how many more there are."""
    if height is None or len(lines) <= height:
        return lines
    more = len(lines) - height + 1
    return [*lines[: height - 1], ((f"+{count(more, 'more line')}: enter", "dim"),)]


def _short(plan: Plan, one: Initiative, hanging: HangingRow | None, width: int) -> Iterator[Line]:
    """The most important facts, a line each."""
    yield ((_name(plan, one), ("  ", "text"), *_with_dots(_standing(plan, one))))
    if hanging is None:
        yield (("after      ", "dim"), ("calculating …", "dim"))
        return
    yield (("after  ", "dim"), *_with_dots(after(hanging, launches=True)))
    for row in hanging.bottlenecks[:1]:
        told = _bottleneck_short(plan, one.id, row, width - 12)
        yield (("bottleneck  ", "warning"), (told, "text"))
    if handovers := list(_open_short(plan, one)):
        yield _as_fit(("handovers  ", "dim"), handovers, width)
    elif one.needs:
        yield _as_fit(("needs  ", "dim"), list(_needs(plan, one)), width)


def _facts(plan: Plan, one: Initiative, hanging: HangingRow | None, width: int) -> list[Line]:
    """How it stands, what it waits for, what hangs on it."""
    page = Page(width)
    dates = plan.schedule.get(one.id)
    marks: list[Piece] = [("  critical", "critical")] if dates and dates.critical else []
    marks += [("  bottleneck", "warning")] if hanging and hanging.bottlenecks else []
    page.line(*_title(plan, one, page.width - sum(cells(text) for text, _ in marks)), *marks)
    page.flow(_standing(plan, one, dates=True))
    driven = why.driven_by(plan, dates) if dates else [why.no_dates(plan, one.id)]
    labelled(page, why.DRIVEN_BY, driven)
    labelled(page, "needs", _needs(plan, one))
    if hanging is None:
        labelled(page, "after", [(("calculating …", "dim"),)])
        return page.lines
    labelled(page, "before", [((count(hanging.before, "initiative"), "text"),)])
    labelled(page, "after", after(hanging))
    for row in hanging.bottlenecks[:1]:
        page.labelled("bottleneck", _bottleneck(plan, one.id, row), "warning")
    labelled(page, "launches", _launches(plan, hanging.launches))
    if hanging.delay_cost:
        page.labelled("delay cost", delay_cost(plan, hanging.delay_cost))
    return page.lines


def labelled(page: Page, label: str, phrases: Iterable[Line]) -> None:
    """Phrases beside a label; nothing where there are none."""
    inner = Page(page.width - page.label)
    inner.flow(phrases)
    for at, line in enumerate(inner.lines):
        if line:
            page.line((fitted("" if at else label, page.label), "dim"), *line)


def _name(plan: Plan, one: Initiative) -> Piece:
    return visible(one.id), side_role(plan.roadmap.portfolio_of(one))


def _title(plan: Plan, one: Initiative, width: int) -> Iterator[Piece]:
    """Its id, and as much of its title as has room."""
    name, title = _name(plan, one), visible(one.label)
    yield name
    if title != name[0] and width - cells(name[0]) > 12:
        yield f"  {shorten(title, width - cells(name[0]) - 2)}", "strong"


def _standing(plan: Plan, one: Initiative, *, dates: bool = False) -> Iterator[Line]:
    """``IT · Identity and access · active, 23% · 8 Mar – 12 May · float −5``, in phrases."""
    known = plan.schedule.get(one.id)
    yield ((side_name(plan, plan.roadmap.portfolio_of(one) or ""), "dim"),)
    yield ((party_name(plan, one.accountable) if one.accountable else "no owner", "dim"),)
    done = f", {one.percent_complete:g}%" if one.percent_complete and one.open else ""
    yield ((f"{one.status}{done}", "dim"),)
    if known is not None:
        if dates:
            yield ((date_range(known.start, known.finish, plan.as_of), "dim"),)
        if known.total_float is not None:
            role: Role = "critical" if known.total_float < 0 else "dim"
            yield (("float ", "dim"), (floating(known.total_float), role))


def _needs(plan: Plan, one: Initiative) -> Iterator[Line]:
    """``? api-gateway SS+5d, slack 10``: the links that it waits for, how a handover stands."""
    for link in plan.schedule.links_into(one.id):
        told = [format_tie(link.need), "driving" if link.driving else ""]
        if link.slack and not link.driving:
            told[1] = f"slack {link.slack}"
        said = ", ".join(text for text in told if text)
        across = plan.context.across(link.on, one.id)
        stands = (_stands(plan, link.on, one.id),) if across else ()
        yield (*stands, why.work(plan, link.on), (f" {said}" if said else "", "dim"))


def after(hanging: HangingRow, *, launches: bool = False) -> Iterator[Line]:
    """``12 initiatives · 8 handovers, ? 5 not agreed``, in phrases."""
    yield ((count(len(hanging.initiatives), "initiative"), "text"),)
    if launches and hanging.launches:
        yield ((count(len(hanging.launches), "launch", "launches"), "text"),)
    if hanging.handovers:
        handovers = count(len(hanging.handovers), "handover")
        if hanging.not_agreed:
            open_: Piece = (f"{signs.ASKED} {hanging.not_agreed}", "warning")
            yield ((f"{handovers}, ", "text"), open_, (" not agreed", "text"))
        else:
            yield ((f"{handovers}, agreed", "text"),)


def delay_cost(plan: Plan, cost: float) -> str:
    """``€2.2k for the next working day``."""
    return f"{money_short(cost, plan.roadmap.settings.currency)} for the next working day"


def _launches(plan: Plan, ids: tuple[str, ...]) -> Iterator[Line]:
    """The main launch first, then the others in file order, the first of many."""
    main = plan.schedule.main_launch
    for id in sorted(ids, key=lambda id: id != main)[:LAUNCHES]:
        dates = plan.schedule.get(id)
        on = f" {date_text(dates.finish, plan.as_of)}" if dates else ""
        yield (why.work(plan, id), (on, "dim"))
    if len(ids) > LAUNCHES:
        yield ((f"{len(ids) - LAUNCHES} more", "dim"),)


def _bottleneck(plan: Plan, id: str, row: BottleneckRow) -> str:
    return bottleneck(plan.roadmap.initiatives[row.launch].label, id, row)


def _bottleneck_short(plan: Plan, id: str, row: BottleneckRow, width: int) -> str:
    """The same without its own name, and with the launch's id where its title has no room."""
    titles = (plan.roadmap.initiatives[row.launch].label, row.launch)
    texts = [bottleneck(title, id, row).removesuffix(f" for {visible(id)}") for title in titles]
    return next((text for text in texts if cells(text) <= width), texts[-1])


# --- its neighbours -------------------------------------------------------------------------------


def _neighbours(plan: Plan, one: Initiative, findings: Iterable[Finding], width: int) -> list[Line]:
    """The handovers from it, what waits for it on its own side, its conflicts."""
    page = Page(width)
    after = list(dict.fromkeys(link.succ for link in plan.network.links_out_of(one.id)))
    across = [succ for succ in after if plan.context.across(one.id, succ)]
    for title, ids in (
        (f"Handovers from {visible(one.id)}", across),
        ("Same side", [succ for succ in after if succ not in across]),
    ):
        if ids:
            page.text(title, "title")
        room = min(max((cells(visible(succ)) for succ in ids), default=0), width // 2)
        for succ in ids[:MOST]:
            page.line(*_successor(plan, one.id, succ, room))
        if len(ids) > MOST:
            page.text(f"and {len(ids) - MOST} more", "dim")
    told = list(findings)
    if told:
        page.text("Conflicts", "title")
        put_conflicts(page, told)
    return page.lines


def _successor(plan: Plan, on: str, succ: str, room: int) -> Iterator[Piece]:
    """``? segment-definitions asked 1 Mar, unanswered 15d``."""
    state, day = answer(plan.context, succ, on)
    across, delivered = plan.context.across(on, succ), _delivered(plan, on)
    yield _stands(plan, on, succ) if across else ("· ", "dim")
    name, name_role = why.work(plan, succ)
    yield fitted(name, room) + " ", name_role
    if across or state != "not asked":
        since = f" {date_text(day, plan.as_of)}" if day and not delivered else ""
        yield f"{'delivered' if delivered else state}{since}", "dim"
        if state == "asked" and day and not delivered:
            waited = plan.calendars.roadmap.working_days(day, plan.as_of)
            yield f", unanswered {days_short(waited)}", "dim"


def _delivered(plan: Plan, on: str) -> bool:
    dates = plan.schedule.get(on)
    return dates is not None and dates.finished


def _stands(plan: Plan, on: str, succ: str) -> Piece:
    """The sign of how a handover stands."""
    mark, role = STATE_MARKS[
        "delivered" if _delivered(plan, on) else answer(plan.context, succ, on)[0]
    ]
    return f"{signs.ASKED if mark == signs.NOT_ASKED else mark} ", role


def _open_short(plan: Plan, one: Initiative) -> Iterator[Line]:
    """``? segment-definitions 15d``: the handovers from it that are not agreed, that which waits
    longest first.
    """
    if _delivered(plan, one.id):
        return
    asked: list[tuple[date, Line]] = []
    not_asked = 0
    for succ in dict.fromkeys(link.succ for link in plan.network.links_out_of(one.id)):
        state, day = answer(plan.context, succ, one.id)
        if not plan.context.across(one.id, succ) or state == "agreed":
            continue
        if day is None:
            not_asked += 1
            continue
        waited = days_short(plan.calendars.roadmap.working_days(day, plan.as_of))
        mark, role = STATE_MARKS[state]
        asked.append((day, ((f"{mark} ", role), why.work(plan, succ), (f" {waited}", "dim"))))
    yield from (line for _, line in sorted(asked, key=lambda one: one[0]))
    if not_asked:
        yield ((f"{signs.ASKED} ", "warning"), (f"{not_asked} not asked", "dim"))


# --- lines ----------------------------------------------------------------------------------------


def _as_fit(label: Piece, phrases: list[Line], width: int) -> Line:
    """Phrases on one line, as many as fit, and how many more there are."""
    for shown in range(len(phrases), 0, -1):
        left = len(phrases) - shown
        more: list[Line] = [((f"+{left} more", "dim"),)] if left else []
        line = (label, *_with_dots([*phrases[:shown], *more]))
        if sum(cells(text) for text, _ in line) <= width:
            break
    return line


def _with_dots(phrases: Iterable[Line]) -> Iterator[Piece]:
    for at, phrase in enumerate(phrases):
        if at:
            yield " · ", "faint"
        yield from phrase


def _beside(left: list[Line], right: list[Line], width: int, right_width: int) -> list[Line]:
    """Two columns of lines with a rule between; the left one is `width` wide."""
    found: list[Line] = []
    for at in range(max(len(left), len(right))):
        one = cut(left[at], width) if at < len(left) else ()
        blanks = width - sum(cells(text) for text, _ in one)
        other = cut(right[at], right_width) if at < len(right) else ()
        found.append((*one, (" " * blanks, "text"), (GUTTER, "faint"), *other))
    return found
