"""What the app does about the past: let the plan know what git says of it, beside the screen.

The first question waits until there is something on screen and the findings are known; another is
asked when HEAD has moved. What came of it is shown all at once, findings included, so that nothing
on screen counts twice, and not while somebody is deciding something.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.conflicts.registry import wanted
from planner.git.head import Head
from planner.plan.model import Plan
from planner.tui.shell.app_state import Desk
from planner.tui.shell.base_app import GuardedApp
from planner.tui.shell.stage import Stage


class HistoryLoader:
    """The part of an app that lets its plan know its history, where there is one.

    `free_view` is the view on screen, if nobody is deciding anything in it.
    """

    def __init__(
        self, app: GuardedApp[Any], desk: Desk, free_view: Callable[[], Stage | None]
    ) -> None:
        self._app, self._desk, self._free_view = app, desk, free_view
        self._head: Head | None = None
        self._known: Plan | None = None
        """The plan with what git says, until it can be shown."""

    def look_back(self) -> None:
        """Ask git where HEAD is new; show what it said as soon as nobody is deciding anything."""
        view = self._free_view()
        if view is None or view.choosing or not self._desk.session.keeper.active:
            return
        if self._known is not None:
            known, self._known = self._known, None
            self._desk.session.use_evidence(known.evidence, known)
        elif self._desk.checked and self._has_moved():
            self._ask_git()

    def _has_moved(self) -> bool:
        if self._head is None:
            self._head = Head(self._desk.session.path)
        return self._head.moved()

    def _ask_git(self) -> None:
        session = self._desk.session
        plan, path = session.plan, session.path

        def ask() -> Plan:
            if not wanted(plan.context, told=True):
                return plan
            from planner.analysis.evidence import evidence_for  # 20 ms, after the first paint

            known = plan.with_evidence(evidence_for(plan, path, told=True))
            known.check()  # here, and not when the header needs them
            return known

        self._app.in_thread(ask, self._was_told, "git", exclusive=True)

    def _was_told(self, known: Plan) -> None:
        self._known = known
        self.look_back()
