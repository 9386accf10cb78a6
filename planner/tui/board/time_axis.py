"""Which days the board shows: zoomed, panned, or all of the plan, whatever size there is."""

from __future__ import annotations

from typing import Protocol

from textual.geometry import Size

from planner.plan.model import Plan
from planner.schedule.dates import Dates
from planner.tui.board import bars
from planner.tui.board.outline import Row
from planner.tui.board.scale import Scale, fit
from planner.tui.board.table import Table


class Dated(Protocol):
    """What has a time axis beside a table."""

    plan: Plan
    table: Table

    @property
    def size(self) -> Size:
        """Its room on the screen."""

    @property
    def row(self) -> Row | None:
        """The row under its cursor."""

    def rescaled(self) -> None:
        """Draw the days that the axis has now."""


class TimeAxis:
    """The scale of a timeline, and what moves it."""

    def __init__(self, timeline: Dated) -> None:
        self._timeline = timeline
        self.fitted = True
        """Whether the scale shows the whole plan, and keeps doing so when the size changes."""
        self.scale = self._whole(40)

    def rescale(self, scale: Scale, *, fitted: bool = False) -> None:
        """Show other days, or the same at another zoom."""
        self.fitted, self.scale = fitted, scale
        self._timeline.rescaled()

    def take(self, width: int) -> None:
        """Be so many cells wide: with the whole plan in them, or from the same day on."""
        width = max(1, width)
        self.scale = self._whole(width) if self.fitted else self.scale.resized(width)

    def fit(self) -> None:
        """Show the whole plan."""
        shown = self._timeline
        self.rescale(self._whole(shown.size.width - shown.table.width), fitted=True)

    def _whole(self, width: int) -> Scale:
        return fit(*bars.whole(self._timeline.plan), width)

    def pan(self, step: int) -> None:
        """An eighth of the screen on, or back."""
        self.rescale(self.scale.panned(step * max(1, self.scale.width // 8)))

    def zoom(self, days: float) -> None:
        """So many days per cell, around the selected bar, else around today."""
        around = self._dates.start if self._dates else self._timeline.plan.as_of
        self.rescale(self.scale.zoomed(days, around))

    def reveal(self) -> None:
        """Pan so that the selected bar begins in view, where it does not."""
        dates = self._dates
        if dates and not (self.scale.origin <= dates.finish and dates.start < self.scale.end):
            self.rescale(self.scale.centred(dates.start))

    @property
    def _dates(self) -> Dates | None:
        row = self._timeline.row
        return self._timeline.plan.schedule.get(row.id) if row and not row.heading else None
