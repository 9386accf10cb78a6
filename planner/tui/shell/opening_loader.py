"""What the app says on opening: what moved since somebody last looked, and what waits for them.

It is worked out in a thread, once there is something on screen and the findings are known. It is
shown once, when nobody is deciding or typing anything, and what it tells of counts as looked at
from then on. How much waits is counted again after each change, within a second of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from planner.git.head import branch_of
from planner.plan.model import Plan
from planner.session.session import Session
from planner.tui.shell.app_state import Desk
from planner.tui.shell.base_app import GuardedApp
from planner.tui.shell.checking import large
from planner.tui.shell.stage import Stage

if TYPE_CHECKING:
    from planner.analysis.opening import Opening


@dataclass(frozen=True)
class _Found:
    """What was worked out: how much waits, None where nobody knows who is at the keys."""

    waiting: int | None
    opening: Opening | None


class OpeningLoader:
    """The part of an app that knows who is at the keys, and what they have to know.

    `free_view` is the view on screen, if nobody is deciding anything in it.
    """

    def __init__(
        self,
        app: GuardedApp[Any],
        desk: Desk,
        free_view: Callable[[], Stage | None],
        *,
        lines: bool = True,
    ) -> None:
        self._app, self._desk, self._free_view = app, desk, free_view
        self._counted: Plan | None = None
        self._opening: Opening | None = None
        """What is to be said, until it can be shown."""
        self._said = False
        self._lines = lines
        """Whether it is to be said; else it counts as looked at."""

    def see_the_branch(self) -> None:
        """Which branch is checked out now; a few files are read."""
        branch = branch_of(self._desk.session.path)
        if branch != self._desk.branch:
            self._desk.branch = branch
            self._refresh()

    def look(self) -> None:
        """Work it out of the plan as it is now, where its findings are known; of a large one while
        nobody types, since a thread that computes for seconds slows the keys.
        """
        plan, session = self._desk.session.plan, self._desk.session
        if plan is self._counted or not self._desk.checked or not session.keeper.active:
            return
        if large(plan) and self._desk.typing:
            return
        first, self._counted = self._counted is None, plan
        work = partial(_work_out, session, plan, first=first)
        self._app.in_thread(work, self._found, "opening", exclusive=True)

    def look_round(self) -> None:
        """What changed, every second."""
        self.see_the_branch()
        self.look()
        self._show()
        self._desk.typing = False

    def _found(self, found: _Found) -> None:
        self._desk.waiting = found.waiting
        if found.opening is not None and not self._said:
            self._opening = found.opening
        self._refresh()
        self._show()

    def _show(self) -> None:
        """Say it, where nobody is deciding or typing anything; then it has been looked at."""
        view = self._free_view()
        if self._opening is None or view is None or view.choosing or self._desk.typing:
            return
        opening, self._opening, self._said = self._opening, None, True
        if opening and self._lines:
            self._desk.opening = opening
            view.refresh_lines()
        keep = self._desk.session.keep_look
        self._app.in_thread(keep, lambda _: None, "look")

    def _refresh(self) -> None:
        if (view := self._free_view()) is not None:
            view.refresh_lines()


def _work_out(session: Session, plan: Plan, *, first: bool) -> _Found:
    """In a thread: what waits, and, the first time, what moved and what is due."""
    from planner.analysis.mine import mine_of, party_of
    from planner.analysis.opening import explained, opening_of

    me = session.me
    mine = mine_of(plan, party_of(plan, me)) if me is not None else None
    waiting = len(mine.rows) if mine is not None else None
    if not first:
        return _Found(waiting, None)
    look = session.last_look()
    since, seen = (look.day, look.launches) if look is not None else (None, {})
    opening = opening_of(plan, mine, since, seen)
    commit = look.commit if look is not None else None
    return _Found(waiting, explained(opening, session.path, plan, commit))
