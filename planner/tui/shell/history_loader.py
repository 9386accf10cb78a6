"""What the app does about the past: let the plan know what git says of it, beside the screen.

The first question waits until there is something on screen and the findings are known; another is
asked when HEAD has moved. What came of it is shown all at once, findings included, so that nothing
on screen counts twice, and not while somebody is deciding something.
"""

from __future__ import annotations

from planner.conflicts.evidence import wanted
from planner.git.head import Head
from planner.plan.model import Plan
from planner.tui.shell.collaboration import AppInCompany


class AppThatLooksBack(AppInCompany, inherit_bindings=False):
    """An app whose plan knows its history, where there is one."""

    def __init__(self, theme: str | None = None) -> None:
        super().__init__(theme)
        self._head: Head | None = None
        self._known: Plan | None = None
        """The plan with what git says, until it can be shown."""

    def look_round(self) -> None:
        """What others did to the files, and then to the history that these are compared with."""
        super().look_round()
        self.look_back()

    def look_back(self) -> None:
        """Ask git where HEAD is new; show what it said as soon as nobody is deciding anything."""
        view = self._free_view()
        if view is None or view.choosing or not self.desk.session.journals:
            return
        if self._known is not None:
            known, self._known = self._known, None
            self.desk.session.use_evidence(known.evidence, known)
        elif self.desk.checked and self._has_moved():
            self._ask_git()

    def _has_moved(self) -> bool:
        if self._head is None:
            self._head = Head(self.desk.session.path)
        return self._head.moved()

    def _ask_git(self) -> None:
        session = self.desk.session
        plan, path = session.plan, session.path

        def ask() -> Plan:
            if not wanted(plan.context.open, stale=True):
                return plan
            from planner.analysis.history import evidence_for  # 20 ms, after the first paint

            known = plan.with_evidence(evidence_for(plan, path, stale=True))
            known.check()  # here, and not when the header needs them
            return known

        self.in_thread(ask, self._was_told, "git", exclusive=True)

    def _was_told(self, known: Plan) -> None:
        self._known = known
        self.look_back()
