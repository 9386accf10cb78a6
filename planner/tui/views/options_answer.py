"""The answer of the options view, and the curve of prices under it where it has room."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from planner.analysis.aiming import Aim, why_no_aim
from planner.pages import options as pages
from planner.pages.curve import Curve
from planner.pages.lines import Line, Page
from planner.plan.model import Plan
from planner.roadmap.figures import count, date_text
from planner.roadmap.output_reach import ReachShown
from planner.text.visible import visible
from planner.tui.views.options_aims import Aims

DRAWN_FROM = 64
"""Columns below which the curve is not drawn."""
FEWEST, MOST, HIGHEST = 2, 8, 16
"""Rows of the bars, and on a tall screen."""
TALL = 44
"""Lines of a tall screen."""
AROUND = 4
"""Lines of header, state line, heading and footer."""
CHOSEN, BRIEF = 4, 3
"""Lines of the set in full; where there is little room."""
LISTED = 4
"""Lines that the sets have at least."""
LITTLE, ROOMY = 17, 24
"""Lines from which the curve is drawn, and from which nothing has to be left out for it."""


class Room(Struct, frozen=True):
    """Columns and lines of the screen."""

    width: int
    height: int

    @property
    def lines(self) -> int:
        """Lines for answer, sets and the marked one."""
        return self.height - AROUND

    @property
    def roomy(self) -> bool:
        """Whether there is room for lines that set the parts apart."""
        return self.lines >= ROOMY

    @property
    def in_full(self) -> int:
        """Lines of the marked set."""
        return CHOSEN if self.roomy else BRIEF


def answer_lines(plan: Plan, id: str, aims: Aims, day: date | None, room: Room) -> list[Line]:
    """The answer for a day, as far as it is known, and the curve in the lines that it leaves."""
    page, found = Page(room.width - 1), aims.of(day)
    if day is None:
        page.text(f" {visible(why_no_aim(plan, id))}", "warning")
    elif found is None:
        ran, when = aims.schedules, date_text(day, plan.as_of)
        tried = f"{count(ran, 'schedule')} tried, " if ran else ""
        page.text(f" trying options for {when} … {tried}esc gives up", "dim")
    else:
        on_time = plan.schedule.missed(id) is None
        page.lines += pages.answer(plan, found.shown, page.width, " ", on_time=on_time)
    known = found or aims.any
    if known is None or aims.priced is None or not aims.priced.curve:
        return page.lines
    return [*page.lines, *_drawn(plan, known, aims.priced, day, room, len(page.lines))]


def _drawn(
    plan: Plan, known: Aim, priced: ReachShown, day: date | None, room: Room, above: int
) -> list[Line]:
    """The curve in the lines that answer, sets and the marked one leave."""
    width = room.width - 2
    if width < DRAWN_FROM or room.lines < LITTLE:
        return []

    def curve(rows: int) -> list[Line]:
        return [*Curve(plan, priced, width, rows, day).lines()]

    sets = min(LISTED, len(known.sets) + 1) + 1
    rows = room.lines - above - (room.in_full + 1) - sets - len(curve(1)) + 1
    if rows < FEWEST:
        return []
    most = MOST if room.lines < TALL else HIGHEST
    return [*[()] * room.roomy, *curve(min(rows - room.roomy, most))]
