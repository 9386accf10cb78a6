"""Moving a bar: `m` starts it, keys move and stretch it, and what it makes of the plan is shown."""

from __future__ import annotations

from planner.errors import PlannerError
from planner.plan.impact import compare
from planner.session.session import Preview
from planner.text.edits import Edit
from planner.tui.board.bar_move import WEEK, Grab, refusal
from planner.tui.board.timeline import Timeline
from planner.tui.lines.footer import ActionFooter
from planner.tui.lines.state import StateLine
from planner.tui.views.view import View

GRAB_KEYS = [
    ("h l", "days"),
    ("H L", "weeks"),
    ("< >", "length"),
    ("enter", "apply"),
    ("esc", "cancel"),
]


class Moving:
    """Moves bars of a timeline. While one is in hand, keys move it and nothing else."""

    offers = ("move", "week_back", "week_on", "shorter", "longer")

    def __init__(self, view: View, timeline: Timeline) -> None:
        self.view, self.timeline = view, timeline
        self.grab: Grab | None = None

    def do_move(self) -> None:
        """Start to move the selected bar."""
        row = self.timeline.row
        if self.grab is not None:
            self.view.say(f"moving {self.grab.id}: h and l move it, enter applies", "warning")
            return
        if row is None or row.heading:
            return
        if reason := refusal(self.view.plan, row.id):
            self.view.say(reason, "warning")
            return
        self._hold(Grab(self.view.plan, row.id))

    def takes(self, id: str) -> bool:
        """Whether an action is about the bar in hand, which it then moves; all others wait."""
        if self.grab is None or id in (*self.offers, "suspend", "redraw"):
            return False
        if id in ("left", "right"):
            self._move(1 if id == "right" else -1)
        elif id == "open":
            self._let_go(self.grab.edit(), self.grab.label)
        elif id == "escape":
            self._let_go(None, "")
        else:
            self.view.say(f"moving {self.grab.id}: enter applies, esc cancels", "warning")
        return True

    def do_week_back(self) -> None:
        """A week earlier."""
        self._move(-WEEK)

    def do_week_on(self) -> None:
        """A week later."""
        self._move(WEEK)

    def do_shorter(self) -> None:
        """A day shorter."""
        self._stretch(-1)

    def do_longer(self) -> None:
        """A day longer."""
        self._stretch(1)

    def _stretch(self, days: int) -> None:
        if self.grab is not None and self.grab.milestone:
            self.view.say(f"{self.grab.id} is a milestone and has no length", "warning")
        elif self.grab is not None:
            self._hold(self.grab.stretched(days))

    def _move(self, days: int) -> None:
        grab = self.grab
        if grab is not None and grab.started:
            self.view.say(
                f"{grab.id} has started, its start is fixed: < and > change its length", "warning"
            )
        elif grab is not None:
            self._hold(grab.moved(days))

    def _hold(self, grab: Grab) -> None:
        """Show what the plan would be with the bar where it is now."""
        edit = grab.edit()
        try:
            preview = self.view.session.preview(edit) if edit else None
        except PlannerError as error:
            self.view.say(error.message, "warning")
            return
        self.grab = grab
        self.view.query_one(ActionFooter).show_keys(GRAB_KEYS)
        ghost = (grab.plan, grab.id)
        self.timeline.show(preview.plan if preview else self.view.plan, ghost=ghost)
        self._keep_in_view()
        shown = preview or Preview(self.view.plan, compare(self.view.plan, self.view.plan))
        self.view.query_one(StateLine).show_preview(shown, grab.words(shown.plan))

    def _keep_in_view(self) -> None:
        """Show the bar, and where all of the plan was in view, all of it still."""
        last = self.timeline.plan.schedule.last_day
        if self.timeline.fitted and last is not None and last >= self.timeline.scale.end:
            self.timeline.fit()
        else:
            self.timeline.reveal()

    def _let_go(self, edit: Edit | None, label: str) -> None:
        self.grab = None
        self.view.query_one(ActionFooter).show_keys(None)
        self.view.query_one(StateLine).show_plan()
        if edit is None or not self.view.changes.make(edit, label):
            self.timeline.show(self.view.plan)
            if self.timeline.fitted:
                self.timeline.fit()
