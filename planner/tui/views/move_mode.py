"""Moving a bar: `m` starts it, keys move and stretch it, and what it makes of the plan is shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from planner.errors import PlannerError
from planner.roadmap.figures import signed
from planner.text.edits import Edit, Edits
from planner.tui.board.bar_move import WEEK, Grab, refusal
from planner.tui.board.pointer import Dragged
from planner.tui.board.timeline import Timeline
from planner.tui.lines.footer import ActionFooter
from planner.tui.lines.state import StateLine
from planner.tui.lines.weighing import PENDING, Weigher, Weighing
from planner.tui.views.view import View

GRAB_KEYS = [
    ("h l", "days"),
    ("H L", "weeks"),
    ("< >", "length"),
    ("enter", "apply"),
    ("esc", "cancel"),
]
STARTED = "{} has started, its start is fixed: < and > change its length"


class Moving:
    """Moves bars of a timeline. While one is in hand, keys move it and nothing else."""

    offers = ("move", "week_back", "week_on", "shorter", "longer")

    def __init__(self, view: View, timeline: Timeline) -> None:
        self.view, self.timeline = view, timeline
        self.grab: Grab | None = None
        self.along: tuple[Grab, ...] = ()
        """The other bars that are moved with it."""
        self._dragged: tuple[Grab, ...] = ()
        """The bars as they were when the mouse took them."""
        self._weigher = Weigher(view, view.session, self._told, at_once=True)
        self._shown: tuple[Grab, ...] = ()
        """The bars in hand as they were when the plan was run with them last."""

    def do_move(self) -> None:
        """Start to move the selected bar, or all that are selected together."""
        row = self.timeline.row
        one = () if row is None or row.heading else (row.id,)
        if self.grab is not None:
            self.view.say(f"moving {self.grab.id}: h and l move it, enter applies", "warning")
        elif grabs := self._all(self.view.desk.together or one):
            self._hold(*grabs)

    def drag(self, by: Dragged) -> None:
        """Move a bar, or its end, as far as the mouse has moved, with all that it is one of."""
        if by.begins:
            self._dragged = self._taken(self.timeline.outline.rows[by.row].id)
        days = self.view.plan.schedule.shift(by.first, by.last).working
        if by.end and any(not grab.milestone for grab in self._dragged):
            self._stretch(days, self._dragged)
        else:
            self._move(days, self._dragged)

    def _taken(self, id: str) -> tuple[Grab, ...]:
        """The bars that the mouse takes with one: those in hand, all selected, or that alone."""
        if self.grab is not None:
            return self.grabs if id in [grab.id for grab in self.grabs] else ()
        together = self.view.desk.together
        return self._all(together, first=id) if id in together else self._all((id,))

    def _all(self, ids: tuple[str, ...], first: str = "") -> tuple[Grab, ...]:
        """The bars that can be moved, one of them `first`; the others are told with why."""
        plan = self.view.plan
        reasons = {id: reason for id in ids if (reason := refusal(plan, id))}
        grabs = [Grab(plan, id) for id in ids if id not in reasons]
        if reasons:
            stay, many = "; ".join(reasons.values()), len(ids) > 1
            self.view.say(f"{len(grabs)} of {len(ids)} move: {stay}" if many else stay, "warning")
        return tuple(sorted(grabs, key=lambda grab: grab.id != first))

    def takes(self, id: str) -> bool:
        """Whether an action is about the bar in hand, which it then moves; all others wait."""
        if self.grab is None or id in (*self.offers, "suspend", "redraw"):
            return False
        if id in ("left", "right"):
            self._move(1 if id == "right" else -1, self.grabs)
        elif id == "open":
            self._apply(self.grab)
        elif id == "escape":
            self._let_go(None, "")
        else:
            self.view.say(f"moving {self.grab.id}: enter applies, esc cancels", "warning")
        return True

    def _apply(self, grab: Grab) -> None:
        """Make the edit of the bars as they are now, whatever has been worked out of it."""
        try:
            edit = self._weigher.edit(partial(self._edit, self.grabs))
        except PlannerError as error:
            self.view.say(error.message, "warning")
        else:
            self._let_go(edit, edit.label if isinstance(edit, Edits) else grab.label)

    def do_week_back(self) -> None:
        """A week earlier."""
        self._move(-WEEK, self.grabs)

    def do_week_on(self) -> None:
        """A week later."""
        self._move(WEEK, self.grabs)

    def do_shorter(self) -> None:
        """A day shorter."""
        self._stretch(-1, self.grabs)

    def do_longer(self) -> None:
        """A day longer."""
        self._stretch(1, self.grabs)

    def _stretch(self, days: int, grabs: Sequence[Grab]) -> None:
        if grabs and all(grab.milestone for grab in grabs):
            self.view.say(f"{grabs[0].id} is a milestone and has no length", "warning")
        elif grabs:
            self._hold(*(grab if grab.milestone else grab.stretched(days) for grab in grabs))

    @property
    def grabs(self) -> tuple[Grab, ...]:
        """All bars in hand."""
        return () if self.grab is None else (self.grab, *self.along)

    def _move(self, days: int, grabs: Sequence[Grab]) -> None:
        if grabs and all(grab.started for grab in grabs):
            self.view.say(STARTED.format(grabs[0].id), "warning")
        elif grabs:
            self._hold(*(grab if grab.started else grab.moved(days) for grab in grabs))

    @staticmethod
    def _edit(grabs: Sequence[Grab]) -> Edit | None:
        """What keeping all would write, as one edit."""
        edits = tuple(edit for grab in grabs if (edit := grab.edit()) is not None)
        if len(grabs) < 2 or not edits:
            return edits[0] if edits else None
        shifts = {grab.shift for grab in grabs if grab.shift}
        by = f" {signed(shifts.pop())}d" if len(shifts) == 1 else ""
        return Edits(edits, f"move {len(edits)} initiatives{by}")

    def _hold(self, grab: Grab, *along: Grab) -> None:
        """Have the bars where they are now, and show what the plan would be with that."""
        self.grab, self.along = grab, along
        self.view.query_one(ActionFooter).show_keys(GRAB_KEYS)
        self._weigher.ask(partial(self._edit, self.grabs))
        if self.grab is not None and self._weigher.weighed is None:
            self.view.query_one(StateLine).show_weighing(PENDING)

    def _told(self, weighing: Weighing) -> None:
        """Show it; what is refused leaves the bars as they were before."""
        if weighing.refused:
            self.grab, *along = self._shown or (None,)
            self.along = tuple(each for each in along if each is not None)
            self.view.say(weighing.refused, "warning")
            if self.grab is None:
                self._let_go(None, "")
            return
        if self.grab is None or weighing.plan is None:
            return
        grab, plan = self.grab, weighing.plan
        if self._shown != self.grabs or self.timeline.plan is not plan:
            self._shown = self.grabs
            self.timeline.show(plan, ghost=(grab.plan, grab.id))
            self._keep_in_view()
        words = grab.words(plan) if not self.along else f"moving {len(self.along) + 1}"
        self.view.query_one(StateLine).show_weighing(weighing, words)

    def _keep_in_view(self) -> None:
        """Show the bar, and where all of the plan was in view, all of it still."""
        last = self.timeline.plan.schedule.last_day
        if self.timeline.time.fitted and last is not None and last >= self.timeline.time.scale.end:
            self.timeline.time.fit()
        else:
            self.timeline.time.reveal()

    def _let_go(self, edit: Edit | None, label: str) -> None:
        self.grab, self.along, self._shown = None, (), ()
        self._weigher.drop()
        self.view.query_one(ActionFooter).show_keys(None)
        self.view.query_one(StateLine).show_plan()
        if edit is None:
            self._put_back(False)
        else:
            self.view.changes.make(edit, label, self._put_back)

    def _put_back(self, made: bool) -> None:
        """Show the plan as it is, where the bars are not to stay where they were moved to."""
        if not made:
            self.timeline.show(self.view.plan)
            if self.timeline.time.fitted:
                self.timeline.time.fit()
