"""The columns of the board's table: which fit, how wide they are, and what they say.

The title always stays. The others come in order of how much a lead misses them, as long as the
timeline keeps half of the width; so columns fold away by priority as a terminal
gets narrower.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct, structs

from planner.analysis.baseline import Was
from planner.pages import signs
from planner.pages.baseline import MOVED, moved_role, moved_short
from planner.pages.roles import side_role
from planner.plan.model import Plan
from planner.roadmap.entities import Initiative, Severity
from planner.roadmap.figures import date_text, date_width, days_short, number
from planner.roadmap.quantities import Estimate, format_estimate, format_length
from planner.schedule.dates import Dates
from planner.text.visible import visible
from planner.tui.lines.cells import SEVERITY_GLYPHS, Look
from planner.tui.shell.themes import Role

Name = Literal["Initiative", "Owner", "Start", "Finish", "Moved", "Days", "Status", "Float", "✗"]


class Column(Struct, frozen=True):
    """One column. `key` is what editing its cell writes; None where it only shows a result."""

    name: Name
    width: int
    key: tuple[str, ...] | None = None
    right: bool = False
    computed: str = ""
    """What the cell shows that nobody types, and what is edited there instead."""

    @property
    def heading(self) -> str:
        """What stands above it; the column of conflict marks has no heading."""
        return "" if self.name == "✗" else self.name


_WIDTHS: dict[Name, Column] = {
    "Initiative": Column("Initiative", 20, ("title",)),
    "Status": Column("Status", 8, ("status",)),
    "Owner": Column("Owner", 9, ("owner",)),
    "Start": Column(
        "Start",
        6,
        ("start_no_earlier_than",),
        right=True,
        computed="start is computed; this edits the earliest date on which it may start",
    ),
    "Days": Column("Days", 11, ("estimate",), right=True),
    "Finish": Column(
        "Finish",
        6,
        ("deadline",),
        right=True,
        computed="finish is computed; this edits its deadline",
    ),
    "Moved": Column(
        "Moved",
        MOVED,
        None,
        right=True,
        computed="working days since the baseline are computed; B chooses another one",
    ),
    "Float": Column(
        "Float",
        5,
        None,
        right=True,
        computed="float is computed; E edits all fields, e on Finish the deadline",
    ),
    "✗": Column("✗", 1, None, computed="conflicts are computed; f shows their fixes"),
}
_PRIORITY: tuple[Name, ...] = ("Float", "✗", "Finish", "Owner", "Days", "Start", "Status")
_COMPARED: tuple[Name, ...] = ("Moved", "Finish", "✗", "Float", "Owner", "Days", "Start", "Status")
"""The same where a baseline is shown."""
WIDE = 160
"""Screen columns from which an estimate is shown with all its three values."""
LIKELY = 5
"""Cells of an estimate where only its likely value has room."""
GAP = 1
MARGIN = 1
"""Blank columns between two columns, and left of the first."""


def columns(width: int, days: int = 6, *, compared: bool = False) -> tuple[Column, ...]:
    """The columns for a screen of `width`, in order of display; a day takes `days` cells.

    `compared` with a baseline, how far each finish moved comes first.
    """
    room = width // 2
    least = 20 if width < 70 else 22 if width < 100 else 27 if width < WIDE else 36
    least -= days - _WIDTHS["Finish"].width
    left = room - MARGIN - least - GAP
    shown: set[Name] = {"Initiative"}
    widths: dict[Name, int] = {name: column.width for name, column in _WIDTHS.items()}
    widths |= {"Start": days, "Finish": days}
    if width < WIDE:
        widths["Days"] = LIKELY
    for name in _COMPARED if compared else _PRIORITY:
        need = widths[name] + GAP
        if need <= left:
            shown.add(name)
            left -= need
    title = min(least + max(0, left), 52)
    return tuple(
        structs.replace(c, width=title if c.name == "Initiative" else widths[c.name])
        for c in _WIDTHS.values()
        if c.name in shown
    )


def table_width(shown: tuple[Column, ...]) -> int:
    """How wide these columns are together, with margin and the gap before the timeline."""
    return MARGIN + sum(column.width + GAP for column in shown)


def text(
    column: Column,
    plan: Plan,
    initiative: Initiative,
    marks: Mapping[str, Severity],
) -> tuple[str, Look]:
    """What a cell says, and how it looks. The title's cell is composed by the row itself."""
    dates = plan.schedule.get(initiative.id)
    quiet: Role = "dim" if initiative.open else "done"
    match column.name:
        case "Owner":
            return visible(initiative.accountable or "–"), (quiet, None, False)
        case "Status":
            return initiative.status, (quiet, None, False)
        case "Days":
            return _days(initiative, dates, column.width), (quiet, None, False)
        case "Start":
            return _day(plan, dates.start if dates else None), (quiet, None, False)
        case "Finish":
            return _day(plan, dates.finish if dates else None), _finish_look(initiative, dates)
        case "Float":
            return _float(dates)
        case "✗":
            glyph, role = SEVERITY_GLYPHS.get(marks.get(initiative.id, "info"), (" ", "dim"))
            return (
                (glyph, (role, None, True))
                if initiative.id in marks
                else (" ", (role, None, False))
            )
        case _:
            return visible(initiative.label), title_look(initiative, dates)


def title_look(initiative: Initiative, dates: Dates | None) -> Look:
    """Done work is dim; all else reads as text."""
    if not initiative.open or (dates is not None and dates.finished):
        return ("done", None, False)
    return ("text", None, False)


def status_glyph(plan: Plan, initiative: Initiative) -> tuple[str, Look]:
    """The status as one glyph, in the colour of the side."""
    glyph = signs.STATUS[initiative.status]
    return glyph, (side_role(plan.roadmap.portfolio_of(initiative)), None, False)


def days_wide(plan: Plan) -> int:
    """Cells that a day needs in this plan: more where it reaches into other years than this one."""
    return date_width(plan.schedule.start, plan.schedule.last_day, near=plan.as_of)


def _day(plan: Plan, value: date | None) -> str:
    return "–" if value is None else date_text(value, plan.as_of)


def _finish_look(initiative: Initiative, dates: Dates | None) -> Look:
    if dates is None or dates.finished:
        return ("done", None, False)
    late = initiative.deadline is not None and dates.finish > initiative.deadline
    return ("critical", None, True) if late else ("text", None, False)


def _float(dates: Dates | None) -> tuple[str, Look]:
    if dates is None or dates.total_float is None:
        return "", ("done", None, False)
    value = dates.total_float
    words = number(value)
    if dates.critical:
        return words, ("critical", None, True)
    return words, ("warning" if dates.near_critical else "dim", None, False)


def moved_text(was: Was) -> tuple[str, Look]:
    """By how far it moved since the baseline."""
    return moved_short(was), (moved_role(was), None, bool(was.moved))


def _days(initiative: Initiative, dates: Dates | None, width: int) -> str:
    estimate = initiative.estimate
    if estimate is None:
        return f"~{days_short(dates.duration)}" if dates else "–"
    words = estimate_words(estimate)
    return words if len(words) <= width else format_length(estimate.likely)


def estimate_words(estimate: Estimate) -> str:
    """``6w``, or ``4w/6w/10w``: as people say it."""
    text = format_estimate(estimate)
    return text if isinstance(text, str) else "/".join(text)
