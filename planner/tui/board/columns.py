"""The columns of the board's table: which fit, how wide they are, and what editing a cell writes.

The title always stays. Where nobody chose, the others come in order of how much a lead misses them,
as long as the timeline keeps half of the width; so columns fold away by priority as a terminal gets
narrower. Columns that were chosen stand in their order, and what has no room is left out from the
right. What a cell says is `planner.pages.columns`'s to know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from planner.analysis.baseline import Against
from planner.pages import signs
from planner.pages.columns import DATES, RIGHT, cell
from planner.pages.columns import width as cells_of
from planner.pages.roles import side_role
from planner.plan.model import Plan
from planner.query.columns import Facts
from planner.roadmap.entities import ColumnName, Initiative
from planner.roadmap.figures import date_width
from planner.schedule.dates import Dates
from planner.tui.lines.cells import Look


class Column(Struct, frozen=True):
    """One column. `key` is what editing its cell writes; None where it only shows a result."""

    name: ColumnName
    width: int
    key: tuple[str, ...] | None = None
    computed: str = ""
    """What the cell shows that nobody types, and what is edited there instead."""

    @property
    def right(self) -> bool:
        """Whether its texts stand at the right."""
        return self.name in RIGHT


_KEYS: Mapping[ColumnName, str] = {
    "portfolio": "portfolio",
    "group": "part_of",
    "start": "start_no_earlier_than",
    "duration": "estimate",
    "finish": "deadline",
    "progress": "percent_complete",
}
"""The key that is edited in a column of another name."""
_COMPUTED: Mapping[ColumnName, str] = {
    "start": "start is computed; this edits the earliest date on which it may start",
    "duration": "length is computed; this edits its estimate",
    "finish": "finish is computed; this edits its deadline",
    "moved": "working days since the baseline are computed; B chooses another one",
    "float": "float is computed; E edits all fields, e on Finish the deadline",
    "free_float": "float is computed; E edits all fields, e on Finish the deadline",
    "delay_cost": "cost of delay is computed of the value of outcomes; E edits all fields",
    "conflicts": "conflicts are computed; f shows their fixes",
    "next": "who moves next is said by its conflicts; f shows their fixes",
}
_ONLY_SHOWN: tuple[ColumnName, ...] = (
    *("moved", "float", "free_float", "delay_cost", "conflicts", "next"),
)
"""Columns in which nothing is edited."""
_USUAL: tuple[ColumnName, ...] = (
    *("title", "status", "owner", "start", "estimate", "finish", "moved", "float", "conflicts"),
)
"""The columns where nobody chose, in order of display."""
_PRIORITY: tuple[ColumnName, ...] = (
    *("float", "conflicts", "finish", "owner", "estimate", "start", "status"),
)
_COMPARED: tuple[ColumnName, ...] = (
    *("moved", "finish", "conflicts", "float", "owner", "estimate", "start", "status"),
)
"""The same where a baseline is shown."""
_USUAL_WIDTHS: Mapping[ColumnName, int] = {"owner": 9, "conflicts": 1}
"""Cells of columns that are wider where they were chosen."""
WIDE = 160
"""Screen columns from which an estimate is shown with all its three values."""
LIKELY = 5
"""Cells of an estimate where only its likely value has room."""
GAP = 1
MARGIN = 1
"""Blank columns between two columns, and left of the first."""
TITLE = 52
"""Cells of a title at most."""
LEAST_TITLE = 12
"""Cells that a title keeps when its edge is dragged."""
LEAST = 3
"""Cells that any other column keeps, where it has as many."""
BARS = 20
"""Screen columns that the timeline keeps beside columns that were chosen, or a quarter of all."""
DASHED: tuple[ColumnName, ...] = ("owner", "estimate", "start", "finish")
"""The columns in which a dash says that there is nothing."""


def columns(
    width: int, days: int = 6, *, compared: bool = False, chosen: Sequence[ColumnName] = ()
) -> tuple[Column, ...]:
    """The columns for a screen of `width`, in order of display; a day takes `days` cells.

    `compared` with a baseline, how far each finish moved comes first.
    """
    least = 20 if width < 70 else 22 if width < 100 else 27 if width < WIDE else 36
    if chosen:
        return _chosen(width, days, min(least, 27), [name for name in chosen if name != "title"])
    least -= days - cells_of("finish")
    left = width // 2 - MARGIN - least - GAP
    widths = {name: _USUAL_WIDTHS.get(name, _cells(name, width, days)) for name in _USUAL}
    shown: set[ColumnName] = {"title"}
    for name in _COMPARED if compared else _PRIORITY:
        need = widths[name] + GAP
        if need <= left:
            shown.add(name)
            left -= need
    widths["title"] = min(least + max(0, left), TITLE)
    return tuple(_column(name, widths[name]) for name in _USUAL if name in shown)


def widened(
    shown: Sequence[Column], more: Mapping[ColumnName, int], width: int
) -> tuple[Column, ...]:
    """The columns with so many cells more, negative for fewer, as far as each keeps its least; the
    timeline keeps its own on a screen of `width`, at the cost of what was widened.
    """
    wide = [_sized(each, each.width + more.get(each.name, 0)) for each in shown]
    for at in reversed(range(len(wide))):
        given = max(0, wide[at].width - shown[at].width)
        wide[at] = _sized(wide[at], wide[at].width - min(given, max(0, -room(wide, width))))
    return tuple(wide)


def room(shown: Sequence[Column], width: int) -> int:
    """The cells that columns may still be wider together on a screen of `width`."""
    return width - BARS - table_width(shown)


def _sized(column: Column, width: int) -> Column:
    least = LEAST_TITLE if column.name == "title" else min(LEAST, column.width)
    return structs.replace(column, width=max(least, width))


def _chosen(width: int, days: int, least: int, names: Sequence[ColumnName]) -> tuple[Column, ...]:
    """What was chosen, as far as the title and the timeline keep their room."""
    left = width - max(BARS, width // 4) - MARGIN - least - GAP
    shown: list[Column] = []
    for name in names:
        left -= _cells(name, width, days) + GAP
        if left < 0:
            break
        shown.append(_column(name, _cells(name, width, days)))
    spare = width // 2 - table_width((_column("title", least), *shown))
    return (_column("title", min(TITLE, least + max(0, spare))), *shown)


def _cells(name: ColumnName, width: int, days: int) -> int:
    if name == "estimate" and width < WIDE:
        return LIKELY
    return cells_of(name, days)


def _column(name: ColumnName, width: int) -> Column:
    key = None if name in _ONLY_SHOWN else (_KEYS.get(name, name),)
    return Column(name, width, key, _COMPUTED.get(name, ""))


def table_width(shown: Sequence[Column]) -> int:
    """How wide these columns are together, with margin and the gap before the timeline."""
    return MARGIN + sum(column.width + GAP for column in shown)


def text(
    column: Column, facts: Facts, initiative: Initiative, against: Against | None = None
) -> tuple[str, Look]:
    """What a cell says, and how it looks. The title's cell is composed by the row itself."""
    words, role = cell(column.name, facts, initiative, column.width, against)
    dashed = not words and column.name in DASHED
    return "–" if dashed else words, (role, None, role in ("critical", "strong"))


def title_look(initiative: Initiative, dates: Dates | None) -> Look:
    """Done work is dim; all else reads as text."""
    if not initiative.open or (dates is not None and dates.finished):
        return ("done", None, False)
    return ("text", None, False)


def status_glyph(plan: Plan, initiative: Initiative) -> tuple[str, Look]:
    """The status as one glyph, in the colour of the side."""
    glyph = signs.STATUS[initiative.status]
    return glyph, (side_role(plan.roadmap.portfolio_of(initiative)), None, False)


def days_wide(plan: Plan, chosen: Sequence[ColumnName] = ()) -> int:
    """Cells that a day needs in this plan: more where it reaches into other years than this one."""
    written = [
        day
        for name in DATES
        if name in chosen and name in ("deadline", "announced")
        for each in plan.roadmap.initiatives.values()
        if (day := getattr(each, name)) is not None
    ]
    return date_width(plan.schedule.start, plan.schedule.last_day, *written, near=plan.as_of)
