"""Outcomes as rows of a table, with as many columns as there is room for.

Pure: from what `planner.analysis.outcomes` computed to lines. Columns come in order of use, so
that a narrow screen still says where a KPI stands, when it is complete, its cost, value and return.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from planner.analysis.outcomes import is_late
from planner.pages import signs
from planner.pages.canvas import phrases, shorten
from planner.pages.outcomes import money_of
from planner.roadmap.figures import date_text, date_width, number, per_cent
from planner.roadmap.output_outcomes import OutcomeRow, OutcomesShown
from planner.roadmap.sides import BOTH
from planner.text.visible import visible
from planner.tui.lines.cells import fitted
from planner.tui.lines.pages import Line, line_of
from planner.tui.shell.themes import Role

TITLE = 26
"""Columns that a title has at least."""
EDGE = 1
"""Columns at the right that stay blank."""
LABEL = 20
"""Columns of the labels below the outcomes."""

Cell = tuple[str, Role]


class Column(Struct, frozen=True):
    """A column: its heading, how wide it is, and what it says of an outcome."""

    title: str
    width: int
    cell: Callable[[OutcomeRow, OutcomesShown], Cell]


def _way(row: OutcomeRow, _shown: OutcomesShown) -> Cell:
    if row.progress is None:
        return "–", "dim"
    role: Role = "good" if row.reached else "warning" if row.progress < 0 else "text"
    return per_cent(row.progress), role


def _complete(row: OutcomeRow, shown: OutcomesShown) -> Cell:
    if row.lands is None:
        return "–", "dim"
    late = is_late(row)
    mark = f"{signs.AGREED} " if row.landed else f"{signs.ERROR} " if late else ""
    when = date_text(row.lands, shown.as_of)
    return mark + when, "critical" if late else "done" if row.landed else "text"


def _cost(row: OutcomeRow, shown: OutcomesShown) -> Cell:
    return (money_of(shown, row.total_cost), "text") if row.total_cost else ("–", "dim")


def _value(row: OutcomeRow, shown: OutcomesShown) -> Cell:
    return ("–", "dim") if row.value is None else (money_of(shown, row.value), "text")


def _returns(row: OutcomeRow, _shown: OutcomesShown) -> Cell:
    return ("–", "dim") if row.returns is None else (f"{row.returns:.1f}×", "strong")


def _figures(row: OutcomeRow, _shown: OutcomesShown) -> Cell:
    now = [number(row.readings[max(row.readings)])] if row.readings else []
    target = [number(row.target, visible(row.unit or "") or None)] if row.target is not None else []
    return shorten(" → ".join(now + target) or "–", 17), "text" if now and target else "dim"


def _delay(row: OutcomeRow, shown: OutcomesShown) -> Cell:
    if row.delay_per_week is None:
        return "–", "dim"
    return money_of(shown, row.delay_per_week), "text"


def _payback(row: OutcomeRow, _shown: OutcomesShown) -> Cell:
    if row.payback is None:
        return "–", "dim"
    return f"{round(row.payback) or '<1'} mo", "text"


def _scored(row: OutcomeRow, _shown: OutcomesShown) -> Cell:
    scores = [f"{row.scores[side]:.1f}" if side in row.scores else "–" for side in SCORED]
    return " / ".join(scores) + (" ≠" if row.disagree else "  "), "text" if row.scores else "dim"


SCORED = BOTH
COLUMNS = (
    Column("so far", 6, _way),
    Column("complete", 8, _complete),
    Column("cost", 7, _cost),
    Column("value/y", 7, _value),
    Column("return", 6, _returns),
    Column("now → target", 17, _figures),
    Column("delay/wk", 8, _delay),
    Column("payback", 7, _payback),
    Column("mktg / IT", 11, _scored),
)
"""In order of use; what has no room is on the page of the outcome."""


def columns_in(shown: OutcomesShown, width: int) -> list[Column]:
    """The columns that leave the title its room; dates of other years take more."""
    dates = date_width(*(row.lands for row in shown.outcomes), near=shown.as_of)
    used = TITLE + EDGE
    found: list[Column] = []
    for column in COLUMNS:
        wide = replace(column, width=dates + 2) if column.cell is _complete else column
        used += wide.width + 2
        if used > width and found:
            break
        found.append(wide)
    return found


def head_line(shown: OutcomesShown, width: int) -> Line:
    """The headings of the table."""
    columns = columns_in(shown, width)
    room = _room(width, columns)
    titles = "".join("  " + fitted(one.title, one.width, right=True) for one in columns)
    return line_of((fitted("outcome", room) + titles, "dim"))


def outcome_line(row: OutcomeRow, shown: OutcomesShown, width: int) -> Line:
    """One outcome in one line."""
    columns = columns_in(shown, width)
    cells = [(column, *column.cell(row, shown)) for column in columns]
    return line_of(
        (fitted(visible(row.title), _room(width, columns)), "text"),
        *(("  " + fitted(text, column.width, right=True), role) for column, text, role in cells),
    )


def _room(width: int, columns: list[Column]) -> int:
    return width - EDGE - sum(column.width + 2 for column in columns)


# --- the rows below the outcomes ------------------------------------------------------------------


def sum_line(label: str, said: list[str], width: int) -> Line:
    """What sums the outcomes up, in a row with a page of its own: the parts that have room."""
    room = width - LABEL - EDGE
    shown = phrases(said, room)[0]
    return line_of((f"{label:<{LABEL}}", "text"), (shorten(shown, room), "dim"))
