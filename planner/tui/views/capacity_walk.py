"""Walking over the map of the capacity view: what arrows, zoom, order and ``[ ]`` do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.analysis.capacity import KINDS, period_with
from planner.pages.capacity import period_name
from planner.roadmap.output_capacity import PeriodKind, TeamRow
from planner.tui.lines.list_and_page import ListAndPage
from planner.tui.lines.row_list import RowList
from planner.tui.shell.stage import Stage
from planner.tui.views.capacity_map import CapacityMap
from planner.tui.views.part import Part


class CapacityWalk(Part):
    """Moves the mark of the map. `draw` shows it anew, `zoom` at another zoom."""

    def __init__(
        self,
        view: Stage,
        both: ListAndPage,
        draw: Callable[[], None],
        zoom: Callable[[PeriodKind], None],
    ) -> None:
        super().__init__(view)
        self.both, self._draw, self._zoom = both, draw, zoom
        self.map: CapacityMap | None = None
        """What is walked over; None until it is worked out."""

    def do_left(self) -> None:
        """The period before; from the page back to the map."""
        self._step(-1)

    def do_right(self) -> None:
        """The next period; past the last one in view the map pans."""
        self._step(1)

    def _step(self, by: int) -> None:
        if self.both.reading or self.map is None or self.both.listing.row is None:
            (self.both.do_left if by < 0 else self.both.do_right)()
        elif 0 <= self.map.at + by < len(self.map.periods):
            self.mark(self.map.at + by)
        else:
            name = period_name(self.map.by, self.map.periods[self.map.at][0], self.view.plan.as_of)
            said = "No load is known before" if by < 0 else "Nobody is needed after"
            self.view.say(f"{said} this one: {name}", "warning")

    def mark(self, at: int) -> None:
        """Mark a period; what is said of it follows when the mark rests there."""
        if self.map is not None:
            first = self.map.first
            self.map.mark(at)
            if self.map.first != first:
                self._draw()
            self.both.listing.repaint(self.both.listing.cursor)
            self.both.listing.post_message(RowList.Moved())

    def do_today(self) -> None:
        """The period of the status date."""
        self.mark(0)

    # --- overloads --------------------------------------------------------------------------------

    def do_next_conflict(self) -> None:
        """The next overload: of the same team, else of the next one that has any."""
        self._to_overload(1)

    def do_previous_conflict(self) -> None:
        """The overload before."""
        self._to_overload(-1)

    def _to_overload(self, by: int) -> None:
        here = self.both.listing.cursor, self.map.at if self.map is not None else 0
        found = sorted(self._overloads())
        ahead = [one for one in found if (one > here if by > 0 else one < here)]
        if ahead:
            row, at = ahead[0 if by > 0 else -1]
            self.both.listing.move_to(row)
            self.mark(at)
        elif found:
            self.view.say(f"This is the {'last' if by > 0 else 'first'} overload")
        else:
            self.view.say("No team here is overloaded")

    def _overloads(self) -> Iterator[tuple[int, int]]:
        """Row and period in which each overload begins."""
        periods = self.map.periods if self.map is not None else ()
        for number, row in enumerate(self.both.listing.rows):
            for run in row.of.overloads if isinstance(row.of, TeamRow) else ():
                yield number, period_with(periods, run.first)

    # --- other looks ------------------------------------------------------------------------------

    def do_zoom_in(self) -> None:
        """Finer periods."""
        self._zoom_by(-1)

    def do_zoom_out(self) -> None:
        """Coarser ones."""
        self._zoom_by(1)

    def _zoom_by(self, by: int) -> None:
        if self.map is None:
            return
        number = KINDS.index(self.map.by) + by
        if 0 <= number < len(KINDS):
            self._zoom(KINDS[number])
        else:
            self.view.say(f"The {'finest' if by < 0 else 'coarsest'} zoom is by {self.map.by}")

    def do_fit(self) -> None:
        """The finest periods of which all are in view."""
        if self.map is not None:
            self._zoom(self.map.fitting())

    def do_sort(self) -> None:
        """The teams with the most load first, or in file order."""
        if self.map is not None:
            self.map.heaviest_first = not self.map.heaviest_first
            self._draw()
            first = self.map.heaviest_first
            self.view.say("Sorted by load, heaviest first" if first else "In the order of the file")

    def do_regroup(self) -> None:
        """By side, or all teams in one list."""
        if self.map is not None:
            self.map.flat = not self.map.flat
            self._draw()
            self.view.say("All teams in one list" if self.map.flat else "Teams by side")
