"""What the edit in hand would make of the plan, worked out beside the keyboard.

A bar that is moved, a card, a value that is typed: each key makes another edit, and the whole plan
is run with it, on a thread where that takes longer than a key may. One run at a time, and of the
edits that come meanwhile only the last: what is told is always of the edit that is in hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct
from textual.dom import DOMNode

from planner.errors import PlannerError
from planner.plan.arrivals import arrivals
from planner.plan.impact_line import Part, parts_of
from planner.plan.model import Plan
from planner.session.session import Preview, Session
from planner.text.edits import Edit
from planner.tui.shell.base_app import guarded
from planner.tui.shell.checking import large

Making = Callable[[], Edit | None]
"""Makes the edit in hand, which may take a run of the plan itself; None where it changes nothing.
"""


class Weighing(Struct, frozen=True):
    """What an edit would do, or why not; `whole` once the findings are compared too.

    `arrivals` are lines of their own: what follows if a day that the edit names comes true.
    """

    parts: tuple[Part, ...] = ()
    preview: Preview | None = None
    edit: Edit | None = None
    refused: str = ""
    whole: bool = True
    arrivals: tuple[tuple[Part, ...], ...] = ()

    @property
    def plan(self) -> Plan | None:
        """The plan with the edit."""
        return self.preview.plan if self.preview is not None else None


PENDING = Weighing((Part("…", "dim"),), whole=False)
"""What is said of an edit until something is known of it."""


def weigh(session: Session, making: Making) -> Iterator[Weighing]:
    """Run the plan again with an edit: first what becomes of the target, then everything.

    Safe in a thread, and changes nothing.
    """
    try:
        before, edit = session.plan, making()
        preview = session.preview(edit)
        parts = parts_of(preview.consequence)
        first = next(parts)
        yield Weighing((first,), preview, edit, whole=False)
        coming = tuple(tuple(one.parts()) for one in arrivals(before, preview.plan))
        yield Weighing((first, *parts), preview, edit, arrivals=coming)
    except PlannerError as error:
        yield Weighing(refused=error.message)


class Weigher:
    """Weighs the edit that was asked for last, and tells what comes of it, on the screen's thread.

    It belongs to `of`, and ends with it. With `at_once` a plan of usual size is run before `ask`
    returns.
    """

    def __init__(
        self,
        of: DOMNode,
        session: Session,
        told: Callable[[Weighing], None],
        *,
        at_once: bool = False,
    ) -> None:
        self._of, self._session, self._told = of, session, told
        self._at_once = at_once
        self._number = 0
        self._busy = False
        self._next: Making | None = None
        self.weighed: Weighing | None = None
        """What is known of the edit in hand; None until something is."""

    def ask(self, making: Making) -> None:
        """Weigh another edit, in the place of the one before."""
        self.drop()
        if self._at_once and not large(self._session.plan):
            *_, whole = weigh(self._session, making)
            self._tell(self._number, whole)
        elif self._busy:
            self._next = making
        else:
            self._start(making)

    def drop(self) -> None:
        """Nothing is in hand: what is being worked out is told to nobody."""
        self._number += 1
        self._next = self.weighed = None

    def edit(self, making: Making) -> Edit | None:
        """The edit in hand, from the run where that has made it. Raises PlannerError."""
        known = self.weighed
        return known.edit if known is not None and not known.refused else making()

    def _start(self, making: Making) -> None:
        self._busy, self._next = True, None
        work = partial(guarded, self._of.app, partial(self._work, self._number, making))
        self._of.run_worker(work, thread=True, exit_on_error=False, group="weighing")

    def _work(self, number: int, making: Making) -> None:
        """In a thread; given up between its steps as soon as something else is asked."""
        tell = self._of.app.call_from_thread
        for weighing in weigh(self._session, making):
            if number != self._number:
                break
            tell(self._tell, number, weighing)
        tell(self._through)

    def _tell(self, number: int, weighing: Weighing) -> None:
        if number == self._number and self._of.is_running:
            self.weighed = weighing
            self._told(weighing)

    def _through(self) -> None:
        """The thread is free for what was asked for last."""
        self._busy = False
        if self._next is not None and self._of.is_running:
            self._start(self._next)
