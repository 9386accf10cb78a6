"""Reading the record beside the screen: in a thread, with progress, until it is stopped.

The thread touches no widget: it counts in a `Reading`, which the view looks at, and asks it at each
revision whether anybody still waits for what it reads. Of a long record that is not kept yet the
last revisions come first, in a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from planner.errors import PlannerError
from planner.git.head import Head
from planner.plan.model import Plan
from planner.roadmap.output_history import HistoryShown
from planner.tui.shell.stage import Stage

EVERY = 0.3
"""Seconds from one look at how far a reading is to the next."""
LONG, LATEST = 100, 30
"""Revisions of a long record, and how many of them come first."""


class StoppedError(Exception):
    """Nobody waits for it any more."""


class Problem:
    """Why there is no record, and what to do about it."""

    def __init__(self, error: PlannerError) -> None:
        self.no_repository = error.message.endswith("is in no git repository")
        told_below = self.no_repository and "git init" in (error.hint or "")
        hint = "" if told_below else error.hint
        self.said = f"{error.message}: {hint}" if hint else error.message


class Reading:
    """How far a reading is, and whether it is to go on."""

    def __init__(self) -> None:
        self.done = self.all = 0
        self.stopped = False

    def progress(self, done: int, all: int) -> None:
        """From the thread: so much of it is done; raises StoppedError to end it."""
        if self.stopped:
            raise StoppedError
        self.done, self.all = done, all


Found = HistoryShown | Problem | None
"""A record, why there is none, or None where it was stopped."""


class Reader:
    """Reads the record of a view's roadmap; `then` is told what came, on the screen's thread."""

    def __init__(
        self, view: Stage, then: Callable[[Plan, Found], None], tell: Callable[[Reading], None]
    ) -> None:
        self._view, self._then, self._tell = view, then, tell
        self._head = Head(view.session.path)
        self.reading: Reading | None = None
        """What is being read; None where nothing is."""

    def read(self) -> None:
        """Read the record of the plan in hand; what was being read is no longer waited for."""
        self.stop()
        self._head.moved()
        reading = self.reading = Reading()
        plan, path = self._view.plan, self._view.session.path

        def came(found: Found) -> None:
            if reading is self.reading:
                self.reading = None
                self._then(plan, found)

        def latest(found: Found) -> None:
            if reading is self.reading:
                self._then(plan, found)

        def work() -> Found:
            early = partial(self._view.app.call_from_thread, latest)
            return _read(path, plan, reading, early)

        self._view.planner.in_thread(work, came, "history", exclusive=True)
        self._look(reading)

    def _look(self, reading: Reading) -> None:
        if reading is self.reading and self._view.is_mounted:
            self._tell(reading)
            self._view.app.set_timer(EVERY, lambda: self._look(reading))

    def stop(self) -> bool:
        """Stop reading; whether anything was being read."""
        reading, self.reading = self.reading, None
        if reading is not None:
            reading.stopped = True
        return reading is not None

    def out_of_date(self) -> bool:
        """Whether there are other commits than when it was last read."""
        return self.reading is None and self._head.moved()


def _read(path: Path, plan: Plan, reading: Reading, early: Callable[[Found], object]) -> Found:
    from planner.analysis.history import history_of  # git is asked here, and not before

    try:
        first = _before_a_long_one(path, plan)
        if first is not None:
            early(history_of(path, plan, since=first, progress=reading.progress))
        return history_of(path, plan, progress=reading.progress)
    except StoppedError:
        return None
    except PlannerError as error:
        return Problem(error)


class _NotKeptError(Exception):
    """It would be read from git."""


def _before_a_long_one(path: Path, plan: Plan) -> str | None:
    """The revision (hash) from which the last ones are read first; None where all come as fast."""
    from planner.analysis.history import history_of
    from planner.analysis.record import Record

    def reads(_done: int, _all: int) -> None:
        raise _NotKeptError

    try:
        history_of(path, plan, progress=reads)
    except _NotKeptError:
        points = Record(path).points
        return points[-LATEST].commit if len(points) >= LONG else None
    return None
