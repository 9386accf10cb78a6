"""What the app does about others: look at the disk, say what they did, ask what only we can decide.

Nothing happens while a person is in a dialog or has something in hand: what is on screen stays true
to what they are deciding about. The next look comes within a second of that.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from planner.errors import PlannerError
from planner.roadmap.figures import date_text
from planner.roadmap.problems import twice
from planner.session.dead_sessions import distrusted
from planner.text.shell import line
from planner.text.visible import visible
from planner.tui.shell.app_state import Desk
from planner.tui.shell.base_app import GuardedApp
from planner.tui.shell.recovery import Recovering
from planner.tui.shell.stage import Severity, Stage

if TYPE_CHECKING:
    from planner.merge.three_way import Side
    from planner.session.external_merge import MergeReport


class Collaboration:
    """The part of an app that sees to the others at its files.

    `free_view` is the view on screen, if nobody is deciding anything in it.
    """

    def __init__(
        self, app: GuardedApp[Any], desk: Desk, free_view: Callable[[], Stage | None]
    ) -> None:
        self._app, self.desk, self._free_view = app, desk, free_view
        self._recovering = Recovering(app, desk, self._say, self.ask_next)
        self._warned: str | None = None

    def begin(self) -> None:
        """Say what is odd about the files, and offer what a dead session left."""
        self._app.call_after_refresh(self._say_what_is_not_trusted)
        self._app.call_after_refresh(self._say_what_is_twice)
        self._app.call_after_refresh(self._recovering.offer)

    def _say_what_is_twice(self) -> None:
        """A merge may leave one table in two files, where git asked nobody."""
        session = self.desk.session
        if doubled := twice(session.plan.reading.problems):
            first, more = doubled[0], len(doubled) - 1
            name = f"{first.kind}.{first.id}" + (f" and {more} more" if more else "")
            command = line(["planner", "resolve", str(session.path)])
            self._say(visible(f"In two files: {name}; `{command}` asks which stays"), "warning")

    def _say_what_is_not_trusted(self) -> None:
        if said := distrusted(self.desk.session.path):
            self._say(visible(said), "warning")

    # --- every second -----------------------------------------------------------------------------

    def look_round(self) -> None:
        """Who is here, and what they did."""
        view = self._free_view()
        if view is None:
            return
        self._see_company(view)
        self._say_what_is_not_kept(view)
        self.see_the_day()
        report = self.desk.session.poll()
        if report is not None:
            view.refresh_lines()
            self._tell(view, report)
            if report.merge_conflicts:
                self.ask_next()

    def see_the_day(self) -> None:
        """Plan again where midnight has passed, and say so; not while something is decided."""
        if (view := self._free_view()) and self.desk.session.new_day():
            day = date_text(view.plan.as_of, view.plan.as_of)
            view.say(f"The date is {day} now: rescheduled")

    def _tell(self, view: Stage, report: MergeReport) -> None:
        """Say what they did; who it was may have to be asked of git first, beside the screen."""
        if report.ask is not None:
            self._app.in_thread(report.named, partial(self._tell, view), "author")
        elif view.is_mounted:
            urgent = report.broken or report.merge_conflicts or report.findings
            view.say(report.message, "warning" if urgent else "information")

    def _see_company(self, view: Stage) -> None:
        now = datetime.now()
        company = tuple(each.line(now) for each in self.desk.session.working_copy.others())
        if company != self.desk.company:
            self.desk.company = company
            view.refresh_lines()

    def _say_what_is_not_kept(self, view: Stage) -> None:
        problem = self.desk.session.keeper.problem
        if problem != self._warned:
            self._warned = problem
            view.say(problem or "your unsaved changes are in the recovery file again", "warning")

    # --- one key, two values ----------------------------------------------------------------------

    def ask_next(self) -> None:
        """Base, mine and theirs of the first open question; or one answer for all of them."""
        from planner.tui.dialogs.two_values import TwoValuesDialog

        if questions := self.desk.session.working_copy.merge_conflicts:
            dialog = TwoValuesDialog(questions, self.desk.session)
            self._app.push_screen(dialog, lambda answer: self._answered(dialog.answers(answer)))

    def _answered(self, choices: dict[str, Side]) -> None:
        if not choices:
            self._say("Nothing chosen: your value is shown, and w asks again", "warning")
            return
        try:
            self.desk.session.resolve(choices)
        except PlannerError as error:
            self._say(error.message, "error")
            return
        left = len(self.desk.session.working_copy.merge_conflicts)
        self._say(f"Chosen; {left} to go" if left else self._what_now())
        self._app.call_after_refresh(self.ask_next if left else self._recovering.offer)

    def _what_now(self) -> str:
        if self.desk.session.unsaved:
            return "Chosen; w saves"
        return "Chosen; the files have it already"

    def _say(self, text: str, severity: Severity = "information") -> None:
        if view := self._free_view():
            view.refresh_lines()
            view.say(text, severity)
