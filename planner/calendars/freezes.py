"""Change freezes as windows of dates.

Windows are inclusive on both ends. A freeze without both dates, or that ends before it starts, has
no window and no effect. Freezes and work are many, so they are looked up by system and date.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
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
        """The frozen systems that an initiative alters; none where it is exempt."""
        if initiative.id in self.freeze.exempt:
            return ()
        frozen = self.freeze.systems
        return tuple(one for one in initiative.alters if not frozen or one in frozen)


def windows(roadmap: Roadmap) -> tuple[Window, ...]:
    """Every freeze that is a window, in file order."""
    return tuple(
        Window(freeze, freeze.start, freeze.end)
        for freeze in roadmap.freezes.values()
        if freeze.start is not None and freeze.end is not None and freeze.start <= freeze.end
    )


ALL = ""
"""Where a freeze of all systems is looked up."""


class Frozen:
    """The windows of a roadmap, by what they freeze."""

    def __init__(self, roadmap: Roadmap, without: Container[str] = ()) -> None:
        self.windows = {one.id: one for one in windows(roadmap) if one.id not in without}
        by_system: dict[str, list[Window]] = {}
        for window in self.windows.values():
            for system in window.freeze.systems or (ALL,):
                by_system.setdefault(system, []).append(window)
        self._by_system = {system: _Row(found) for system, found in by_system.items()}
        self._row = _Row(self.windows.values())
        self._exempt = {one.id: frozenset(one.freeze.exempt) for one in self.windows.values()}

    def on(self, day: date, id: str) -> Iterator[Window]:
        """The windows that a day lies in and from which work is not exempt, by start."""
        for window in self._row.between(day, day):
            if id not in self._exempt[window.id]:
                yield window

    def stopping(self, initiative: Initiative, first: date, last: date) -> Iterator[Window]:
        """The windows with a day from `first` to `last` that stop a piece of work, each once, by
        start for each system.
        """
        seen: set[str] = set()
        altered = initiative.alters
        for system in (*altered, ALL) if altered else ():
            row = self._by_system.get(system)
            for window in row.between(first, last) if row is not None else ():
                if window.id not in seen and initiative.id not in self._exempt[window.id]:
                    seen.add(window.id)
                    yield window


class _Row:
    """Windows in order of start, with the last end of each half of them, of each quarter and so on,
    so that those which have ended are passed over together.
    """

    def __init__(self, windows: Iterable[Window]) -> None:
        self._windows = sorted(windows, key=lambda one: (one.start, one.end, one.id))
        self._starts = [one.start for one in self._windows]
        self._half = 1 << (len(self._windows) - 1).bit_length()
        self._ends = [date.min] * (2 * self._half)
        for place, window in enumerate(self._windows, self._half):
            self._ends[place] = window.end
        for place in range(self._half - 1, 0, -1):
            self._ends[place] = max(self._ends[2 * place], self._ends[2 * place + 1])

    def between(self, first: date, last: date) -> Iterator[Window]:
        """Those with a day from `first` to `last`, in order of start."""
        begun = bisect_right(self._starts, last)
        waiting = [(1, 0, self._half)]
        while waiting:
            place, low, size = waiting.pop()
            if low >= begun or self._ends[place] < first:
                continue
            if size == 1:
                yield self._windows[low]
            else:
                half = size // 2
                waiting += [(2 * place + 1, low + half, half), (2 * place, low, half)]
