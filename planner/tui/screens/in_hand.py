"""A bar in hand: `m` takes it, keys move and stretch it, and what it makes of the plan is shown."""

from __future__ import annotations

from typing import ClassVar

from textual import events

from planner.consequence import compare
from planner.errors import PlannerError
from planner.session import Preview
from planner.text.edits import Edit
from planner.tui.actions import bindings
from planner.tui.desk import Desk
from planner.tui.screens.grab import WEEK, Grab, refusal
from planner.tui.screens.rows import RowsView
from planner.tui.widgets.footer import ActionFooter

GRAB_KEYS = [
    ("h l", "days"),
    ("H L", "weeks"),
    ("< >", "length"),
    ("enter", "keep"),
    ("esc", "drop"),
]
MOVES = {"h": -1, "left": -1, "l": 1, "right": 1, "H": -WEEK, "L": WEEK}
STRETCHES = {"less_than_sign": -1, "greater_than_sign": 1, "comma": -1, "full_stop": 1}


class InHand(RowsView):
    """A timeline whose bars can be taken in hand. While one is, keys move it and nothing else."""

    offers: ClassVar[tuple[str, ...]] = (*RowsView.offers, "move")
    BINDINGS = bindings(["move"])

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.grab: Grab | None = None

    def do_move(self) -> None:
        """Take the selected bar in hand."""
        row = self.timeline.row
        if row is None or row.heading:
            return
        if reason := refusal(self.plan, row.id):
            self.say(reason, "warning")
            return
        self._hold(Grab(self.plan, row.id))

    def on_key(self, event: events.Key) -> None:
        """Keys that belong to a bar in hand; all others go their usual way."""
        if self.grab is None:
            return
        self.query_one(ActionFooter).hush()
        event.stop()
        event.prevent_default()
        grab, key = self.grab, event.character if event.character in MOVES else event.key
        if key in MOVES and grab.started:
            self.say(f"{grab.id} has started: its start is a fact, only < and > work", "warning")
        elif key in MOVES:
            self._hold(grab.moved(MOVES[key]))
        elif key in STRETCHES:
            self._hold(grab.stretched(STRETCHES[key]))
        elif key == "enter":
            self._let_go(grab.edit(), grab.label)
        elif key == "escape":
            self._let_go(None, "")

    def _hold(self, grab: Grab) -> None:
        """Show what the plan would be with the bar where it is now."""
        edit = grab.edit()
        try:
            preview = self.session.preview(edit) if edit else None
        except PlannerError as error:
            self.say(error.message, "warning")
            return
        self.grab = grab
        self.query_one(ActionFooter).show_keys(GRAB_KEYS)
        self.show(preview.plan if preview else self.plan)
        self.timeline.reveal()
        shown = preview or Preview(self.plan, compare(self.plan, self.plan))
        self.show_consequence(shown, grab.words(shown.plan))

    def _let_go(self, edit: Edit | None, label: str) -> None:
        self.grab = None
        self.query_one(ActionFooter).show_keys(None)
        self.show_consequence(None)
        if edit is None or not self.act(edit, label):
            self.show(self.plan)
