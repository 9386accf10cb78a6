"""Change freezes as windows of days.

A window's first and last day are both inside it. A freeze without both days, or that ends before it
starts, is no window: it stops nothing.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from planner.roadmap.entities import Freeze, Initiative, Roadmap


class Window(Struct, frozen=True):
    """A freeze with both its days known, inclusive."""

    freeze: Freeze
    start: date
    end: date

    @property
    def id(self) -> str:
        """The freeze's id."""
        return self.freeze.id

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def stops(self, initiative: Initiative) -> tuple[str, ...]:
        """The frozen systems that an initiative changes; none where it is exempt."""
        if initiative.id in self.freeze.exempt:
            return ()
        frozen = self.freeze.systems
        return tuple(one for one in initiative.changes if not frozen or one in frozen)


def windows(roadmap: Roadmap) -> tuple[Window, ...]:
    """Every freeze that is a window, in file order."""
    return tuple(
        Window(freeze, freeze.start, freeze.end)
        for freeze in roadmap.freezes.values()
        if freeze.start is not None and freeze.end is not None and freeze.start <= freeze.end
    )
