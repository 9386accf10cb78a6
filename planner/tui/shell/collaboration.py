"""What the app does about others: look at the disk, say what they did, ask what only we can decide.

Nothing happens while a person is in a dialog or has something in hand: what is on screen stays true
to what they are deciding about. The next look comes within a second of that.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from planner.errors import PlannerError
from planner.roadmap.days import named_day
from planner.roadmap.problems import twice
from planner.session.session import Session, distrusted
from planner.text.shell import line
from planner.text.visible import visible
from planner.tui.shell.app_state import Desk
from planner.tui.shell.shutdown import AppThatLeaves

if TYPE_CHECKING:
    from planner.merge.three_way import Side
    from planner.session.external_merge import MergeReport
    from planner.session.session import Recovery
    from planner.tui.views.screen_base import Severity
    from planner.tui.views.view import View

EVERY_SECONDS = 1.0


class AppInCompany(AppThatLeaves[None], inherit_bindings=False):
    """An app on a desk whose files others may change, and whose last session may have died."""

    desk: Desk

    def __init__(self, theme: str | None = None) -> None:
        super().__init__(theme)
        self.session: Session | None = None
        self._warned: str | None = None
        self._put_off = False
        """Whether what dead sessions left was put off until the next start."""

    def on_mount(self) -> None:
        """See to the others, where there is a session already."""
        if self.session is not None:
            self.join()

    def join(self) -> None:
        """Look every second from now on, and at once for what a dead session left."""
        if self.desk.session.journals:
            self.set_interval(EVERY_SECONDS, self.look_round)
            self.call_after_refresh(self._say_what_is_not_trusted)
            self.call_after_refresh(self._say_what_is_twice)
            self.call_after_refresh(self.offer_recovery)

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
            day = named_day(view.plan.as_of, view.plan.as_of)
            view.say(f"It is {day} now: planned again")

    def _tell(self, view: View, report: MergeReport) -> None:
        """Say what they did; who it was may have to be asked of git first, beside the screen."""
        if report.ask is not None:
            self.in_thread(report.named, partial(self._tell, view), "author")
        elif view.is_mounted:
            urgent = report.broken or report.merge_conflicts or report.findings
            view.say(report.message, "warning" if urgent else "information")

    def _free_view(self) -> View | None:
        """The view on screen, if nobody is deciding anything in it; none while the app closes."""
        from planner.tui.views.view import View

        view = self.screen if self.screen_stack else None
        return view if isinstance(view, View) and not view.in_hand else None

    def _see_company(self, view: View) -> None:
        now = datetime.now()
        company = tuple(each.line(now) for each in self.desk.session.others())
        if company != self.desk.company:
            self.desk.company = company
            view.refresh_lines()

    def _say_what_is_not_kept(self, view: View) -> None:
        problem = self.desk.session.journal_problem
        if problem != self._warned:
            self._warned = problem
            view.say(problem or "your edits are in the journal again", "warning")

    # --- one key, two values ----------------------------------------------------------------------

    def ask_next(self) -> None:
        """Base, mine and theirs of the first open question; or one answer for all of them."""
        from planner.tui.dialogs.two_values import TwoValuesDialog

        if questions := self.desk.session.merge_conflicts:
            dialog = TwoValuesDialog(questions, self.desk.session)
            self.push_screen(dialog, lambda answer: self._answered(dialog.answers(answer)))

    def _answered(self, choices: dict[str, Side]) -> None:
        if not choices:
            self._say("Nothing chosen: yours is shown, and w asks again before it saves", "warning")
            return
        try:
            self.desk.session.resolve(choices)
        except PlannerError as error:
            self._say(error.message, "error")
            return
        left = len(self.desk.session.merge_conflicts)
        self._say(f"Chosen; {left} to go" if left else self._what_now())
        self.call_after_refresh(self.ask_next if left else self.offer_recovery)

    def _what_now(self) -> str:
        if self.desk.session.unsaved:
            return "Chosen; w writes it"
        return "Chosen; the files say so already"

    def _say(self, text: str, severity: Severity = "information") -> None:
        if view := self._free_view():
            view.refresh_lines()
            view.say(text, severity)

    # --- what a dead session left -----------------------------------------------------------------

    def offer_recovery(self) -> None:
        """Ask whether to restore what sessions that died left unsaved, one by one, oldest first.

        A question that one of them raises is answered before the next is offered.
        """
        if self._put_off:
            return
        try:
            recovery = Session.recoverable(self.desk.session.path)
        except PlannerError:
            return
        if recovery is None:
            return
        from planner.tui.dialogs.ask import AskDialog

        choices = {"restore": "Restore", "later": "Not now", "discard": "Discard"}
        question = "A session ended before its changes were saved"
        told = "Restored changes are unsaved, as they were. Not now: the next start asks."
        detail = visible("\n".join([*recovery.lines(), told]), keep_newlines=True)
        ask = AskDialog(question, choices, "restore", detail)
        self.push_screen(ask, partial(self._recover, recovery))

    def _recover(self, recovery: Recovery, answer: str | None) -> None:
        if answer == "restore":
            try:
                self.desk.session.restore(recovery)
            except PlannerError as error:
                recovery.close()
                self._say(error.message, "error")
                return
            self._say(f"Restored {recovery.describe()}")
            self.call_after_refresh(self.ask_next)
        elif answer == "discard":
            self._make_sure(recovery)
            return
        else:
            self._put_off = True
            recovery.close()
            self._say("Kept; the next start offers them again")
            return
        if not self.desk.session.merge_conflicts:
            self.call_after_refresh(self.offer_recovery)

    def _make_sure(self, recovery: Recovery) -> None:
        """A key typed ahead, or one too many, must not be what throws work away."""
        from planner.tui.dialogs.ask import AskDialog

        detail = visible("\n".join(recovery.lines()), keep_newlines=True)
        choices = {"keep": "Keep them", "discard": "Throw them away"}
        ask = AskDialog("Discard these changes? They are nowhere else", choices, "keep", detail)
        self.push_screen(ask, partial(self._discard, recovery))

    def _discard(self, recovery: Recovery, answer: str | None) -> None:
        if answer == "discard":
            recovery.discard()
            self._say("Thrown away; the files are as they were saved")
        else:
            recovery.close()
        self.call_after_refresh(self.offer_recovery)
