"""Outcomes as rows of a table, with as many columns as there is room for, and as pages.

Pure: from what `planner.analysis.outcomes` computed to lines. Columns come in order of use, so
that a narrow screen still says where a KPI stands, when it lands, what it costs and what it brings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from planner.analysis.outcomes import (
    CLASSES,
    amount,
    formula_lines,
    gap,
    is_late,
    kpi_words,
    number,
    percent,
    spare,
    spare_words,
    working,
)
from planner.pages import signs
from planner.pages.parties import party_name
from planner.plan.impact import day, signed
from planner.plan.model import Plan
from planner.roadmap.output_outcomes import ContributionRow, OutcomeRow, OutcomesShown
from planner.roadmap.sides import BOTH
from planner.text.visible import visible
from planner.tui.lines.cells import fitted
from planner.tui.lines.pages import Explained, Line, Page, cut, line_of
from planner.tui.shell.themes import Role
from planner.tui.shell.themes import side as side_role

TITLE = 26
"""Columns that a title has at least."""
BAR = 20

Cell = tuple[str, Role]


class Column(Struct, frozen=True):
    """A column: its heading, how wide it is, and what it says of an outcome."""

    title: str
    width: int
    cell: Callable[[OutcomeRow, str | None], Cell]


def _way(row: OutcomeRow, _currency: str | None) -> Cell:
    if row.progress is None:
        return "–", "dim"
    role: Role = "good" if row.reached else "warning" if row.progress < 0 else "text"
    return percent(row.progress), role


def _lands(row: OutcomeRow, _currency: str | None) -> Cell:
    if row.lands is None:
        return "–", "dim"
    late = is_late(row)
    mark = f"{signs.AGREED} " if row.landed else f"{signs.ERROR} " if late else ""
    return mark + day(row.lands), "critical" if late else "done" if row.landed else "text"


def _cost(row: OutcomeRow, currency: str | None) -> Cell:
    return (amount(row.total_cost, currency), "text") if row.total_cost else ("–", "dim")


def _value(row: OutcomeRow, currency: str | None) -> Cell:
    return ("–", "dim") if row.value is None else (amount(row.value, currency), "text")


def _returns(row: OutcomeRow, _currency: str | None) -> Cell:
    return ("–", "dim") if row.returns is None else (f"{row.returns:.1f}×", "strong")


def _figures(row: OutcomeRow, _currency: str | None) -> Cell:
    now = [number(row.readings[max(row.readings)])] if row.readings else []
    target = [number(row.target, visible(row.unit or ""))] if row.target is not None else []
    return cut(" → ".join(now + target) or "–", 17), "text" if now and target else "dim"


def _delay(row: OutcomeRow, currency: str | None) -> Cell:
    if row.delay_per_week is None:
        return "–", "dim"
    return amount(row.delay_per_week, currency), "text"


def _payback(row: OutcomeRow, _currency: str | None) -> Cell:
    if row.payback is None:
        return "–", "dim"
    return f"{round(row.payback) or '<1'} mo", "text"


def _scored(row: OutcomeRow, _currency: str | None) -> Cell:
    shown = [f"{row.scores[side]:.1f}" if side in row.scores else "–" for side in SCORED]
    return " / ".join(shown) + (" ≠" if row.disagree else "  "), "text" if row.scores else "dim"


SCORED = BOTH
COLUMNS = (
    Column("so far", 6, _way),
    Column("lands", 8, _lands),
    Column("cost", 7, _cost),
    Column("value/y", 7, _value),
    Column("return", 6, _returns),
    Column("now → target", 17, _figures),
    Column("delay/wk", 8, _delay),
    Column("payback", 7, _payback),
    Column("mktg / IT", 11, _scored),
)
"""In order of use; what has no room is on the page of the outcome."""


def columns_in(width: int) -> tuple[Column, ...]:
    """The columns that leave the title its room."""
    used, shown = TITLE, 0
    for column in COLUMNS:
        used += column.width + 2
        if used > width:
            break
        shown += 1
    return COLUMNS[: max(1, shown)]


def head_line(width: int) -> Line:
    """The headings of the table."""
    columns = columns_in(width)
    room = _room(width, columns)
    titles = "".join("  " + fitted(one.title, one.width, right=True) for one in columns)
    return line_of((fitted("outcome", room) + titles, "dim"))


def outcome_line(row: OutcomeRow, currency: str | None, width: int) -> Line:
    """One outcome in one line."""
    columns = columns_in(width)
    cells = [(column, *column.cell(row, currency)) for column in columns]
    return line_of(
        (fitted(visible(row.title), _room(width, columns)), "text"),
        *(("  " + fitted(text, column.width, right=True), role) for column, text, role in cells),
    )


def _room(width: int, columns: tuple[Column, ...]) -> int:
    return width - sum(column.width + 2 for column in columns)


# --- the rows below the outcomes ------------------------------------------------------------------


def money_line(worth: OutcomesShown, width: int) -> Line:
    """What each side pays against what it has."""
    said = []
    for row in worth.money:
        of = f" of {amount(row.budget, worth.currency)}" if row.budget is not None else ""
        left = row.left or 0.0
        over = f", {amount(-left, worth.currency)} over" if left < 0 else ""
        said.append(
            f"{visible(row.title)} {amount(row.spent + row.open, worth.currency)}{of}{over}"
        )
    return _summary("Cost by side", said or ["no cost is written"], width)


def balance_line(worth: OutcomesShown, width: int) -> Line:
    """How much of each side's days is market-facing."""
    said = []
    for side in dict.fromkeys(row.side for row in worth.balance):
        days = {row.work: row.days for row in worth.balance if row.side == side}
        total = sum(days.values())
        if total:
            part = percent(days.get("market", 0) / total)
            said.append(f"{visible(worth.sides[side])} {part} market-facing")
    return _summary("Balance of work", said or ["no work yet"], width)


def unrelated_line(worth: OutcomesShown, width: int) -> Line:
    """How much work no outcome stands behind."""
    bare = sum(not row.enables for row in worth.no_outcome)
    said = [f"{bare} for none and before none" if bare else "everything serves one"]
    if enabling := len(worth.no_outcome) - bare:
        said.append(f"{enabling} before work that has one")
    return _summary("For no outcome", said, width)


def formulas_line(width: int) -> Line:
    """That every figure can be worked out again."""
    return _summary("How it is computed", ["each figure, in words"], width)


def _summary(label: str, said: list[str], width: int) -> Line:
    return line_of((f"{label:<20}", "text"), (cut(" · ".join(said), width - 20), "dim"))


# --- pages ----------------------------------------------------------------------------------------


def outcome_page(plan: Plan, worth: OutcomesShown, row: OutcomeRow, width: int) -> Explained:
    """One outcome in full: KPI, landing, cost, how return comes about, scores, and its work."""
    page = Page(width)
    page.text(visible(row.title), "strong", bold=True)
    if hypothesis := plan.roadmap.outcomes[row.id].hypothesis:
        page.text(visible(hypothesis), "dim")
    page.labelled("KPI", visible(kpi_words(row)))
    if row.readings:
        read = (f"{day(when)} {when.year}: {number(row.readings[when])}" for when in row.readings)
        page.labelled("read", ", ".join(read))
    page.labelled("owner", party_name(plan, row.owner) if row.owner else "nobody")
    page.labelled("lands", *_landing_words(row))
    _costs(page, worth, row)
    for label, line in zip(("worth", "", ""), working(plan, row), strict=False):
        page.labelled(label, line)
    if row.scores:
        scores = (f"{visible(worth.sides.get(s, s))} {row.scores[s]:.1f}" for s in row.scores)
        page.labelled("scores", f"{', '.join(scores)} of 5, the mean of its work")
    page.line()
    page.lines.append(_contribution_head(len(row.contributors), page.width))
    for one in row.contributors:
        page.lines.append(_contribution(worth, one, page.width))
    if not row.contributors:
        page.text("e on an initiative, then outcomes, says what it is for", "dim")
    return page.explained


def _landing_words(row: OutcomeRow) -> tuple[str, Role]:
    if row.lands is None:
        return "never: no work with dates names it", "warning"
    text = f"{'since ' if row.landed else ''}{day(row.lands)} {row.lands.year}"
    left = spare(row)
    if left is None:
        return text, "text"
    by = f"{day(left.last)} {left.last.year}"
    role: Role = "critical" if is_late(row) else "text"
    return f"{text}, {spare_words(left)} the day it is measured ({by})", role


def _costs(page: Page, worth: OutcomesShown, row: OutcomeRow) -> None:
    sides = (f"{_name(worth, side)} {amount(c, worth.currency)}" for side, c in row.cost.items())
    shared = any(one.share > 1 and one.cost for one in row.contributors)
    note = "; what names several outcomes is shared equally" if shared else ""
    total = amount(row.total_cost, worth.currency)
    page.labelled("cost", f"{total}: {', '.join(sides)}{note}" if row.cost else "none is written")


def _contribution_head(number: int, width: int) -> Line:
    if not number:
        return line_of(("No work names it", "strong", True))
    title = "1 initiative" if number == 1 else f"{number} initiatives"
    heads = f"{'':<11}{'lands':>7} {'share':>11}{'mktg/IT':>8}"
    return line_of((fitted(title, _name_room(width) + 2), "strong", True), (heads, "dim"))


def _name_room(width: int) -> int:
    return max(12, min(46, width - 2 - 11 - 8 - 11 - 12))


def _contribution(worth: OutcomesShown, one: ContributionRow, width: int) -> Line:
    cost = sum(one.cost.values())
    paid = (
        amount(cost, worth.currency) + (f" 1/{one.share}" if one.share > 1 else "") if cost else ""
    )
    scores = "/".join(str(one.scores.get(side, "–")) for side in SCORED) if one.scores else ""
    apart = gap(one)
    return line_of(
        (f"{signs.STATUS[one.status]} ", "done" if not one.open else "text"),
        (fitted(visible(one.title), _name_room(width)), side_role(one.side)),
        (" " + fitted(_name(worth, one.side), 10), side_role(one.side)),
        (fitted(day(one.lands) if one.lands else "–", 7, right=True), "text"),
        ("◂" if one.last else " ", "key"),
        (fitted(paid, 11, right=True), "text"),
        (fitted(scores, 8, right=True), "text"),
        (f" {signed(apart):>3}" if apart else "", "warning" if abs(apart) > 1 else "dim"),
    )


def money_page(worth: OutcomesShown, width: int) -> Explained:
    """Cost against budget, side by side."""
    page = Page(width)
    page.text("Cost by side, against the budget", "strong", bold=True)
    for row in worth.money:
        page.line()
        page.line((visible(row.title), side_role(row.side), True))
        page.labelled("done", amount(row.spent, worth.currency))
        page.labelled("open", amount(row.open, worth.currency))
        if row.budget is not None and row.left is not None:
            left, over = amount(abs(row.left), worth.currency), row.left < 0
            words = f"{amount(row.budget, worth.currency)}, {left} {'over' if over else 'left'}"
            page.labelled("budget", words, "critical" if over else "text")
        else:
            page.labelled("budget", "none is written: `budget` of the portfolio", "dim")
    if not worth.money:
        page.text("No initiative has a `cost`, no portfolio a `budget`.", "dim")
    return page.explained


def balance_page(worth: OutcomesShown, width: int) -> Explained:
    """Market-facing, integration and foundation work by side."""
    page = Page(width)
    page.text("Balance of work", "strong", bold=True)
    page.text(
        "Market-facing are features and campaigns. Initiatives and days are the side's own work, "
        "cost is what it pays for such work on whichever side.",
        "dim",
    )
    for side in dict.fromkeys(row.side for row in worth.balance):
        page.line()
        page.line((_name(worth, side), side_role(side), True))
        for line in _shares(worth, side):
            page.lines.append(line)
    return page.explained


def _shares(worth: OutcomesShown, side: str) -> Iterator[Line]:
    rows = [row for row in worth.balance if row.side == side]
    total = sum(row.days for row in rows)
    for row in rows:
        part = row.days / total if total else 0.0
        yield line_of(
            (f"{CLASSES[row.work]:<20}", "text"),
            (f"{row.initiatives:>3}", "text"),
            (f"{row.days:>6}d", "text"),
            (fitted(amount(row.cost, worth.currency), 8, right=True), "text"),
            (fitted(percent(part), 7, right=True) + " ", "text"),
            ("█" * round(part * BAR), side_role(side)),
        )


def unrelated_page(worth: OutcomesShown, width: int) -> Explained:
    """Work that names no outcome, and whether it enables work that does."""
    page = Page(width)
    for enables, heading in (
        (False, "For no outcome, and before no work that has one"),
        (True, "For none of its own, but before work that has one"),
    ):
        found = [row for row in worth.no_outcome if row.enables is enables]
        page.title(f"{heading}: {len(found)}")
        for row in found:
            cost = amount(row.cost, worth.currency) if row.cost else ""
            page.line(
                (fitted(visible(row.id), max(16, page.width - 32)), side_role(row.side)),
                (fitted(_name(worth, row.side), 11), side_role(row.side)),
                (fitted(row.kind, 12), "dim"),
                (fitted(cost, 8, right=True), "text"),
            )
    return page.explained


def formulas_page(width: int) -> Explained:
    """How each figure comes about."""
    page = Page(width)
    page.text("How it is computed", "strong", bold=True)
    for line in formula_lines():
        page.text(line)
    return page.explained


def _name(worth: OutcomesShown, side: str) -> str:
    return visible(worth.sides[side])
