"""What the keys do in a meeting: answers, waivers, actions, and closing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from planner.analysis.meeting import Entry, MeetingShown, held_on
from planner.analysis.meetings import closing, joint_meeting
from planner.pages.meeting import closing_line
from planner.roadmap.entities import Meeting
from planner.text.edits import Edit, Edits
from planner.tui.dialogs.ask import AskDialog
from planner.tui.dialogs.form import FormDialog
from planner.tui.dialogs.waive import WaiveDialog
from planner.tui.shell.stage import Stage
from planner.tui.views.details import DetailScreen
from planner.tui.views.edit_actions import Changes
from planner.tui.views.part import Part


class MeetingActions(Part):
    """The part of a meeting's view that acts on the item under its cursor."""

    def __init__(
        self,
        view: Stage,
        changes: Changes,
        entry: Callable[[], Entry | None],
        shown: Callable[[], MeetingShown],
    ) -> None:
        super().__init__(view)
        self.changes = changes
        self._entry, self._shown = entry, shown

    @property
    def _speaker(self) -> str | None:
        """Who speaks to the item, where the file names a person or a team."""
        entry = self._entry()
        return entry.item.speaks[0].id if entry is not None and entry.item.speaks else None

    def do_agree(self) -> None:
        """Answer the item, as whoever speaks to it."""
        entry = self._entry()
        act = entry.item.act if entry is not None else None
        if act == "own":
            self.changes.do_edit()
        else:
            reviewer = entry.item.other if entry is not None and act == "review" else None
            self.changes.answer(self._speaker, reviewer or None)

    def do_waive(self) -> None:
        """Live with the conflict of the item until a day."""
        finding = self.view.mark.finding
        if finding is None:
            self.view.say("No conflict here that could be waived", "warning")
        else:
            dialog = WaiveDialog(self.session, finding, self._speaker)
            self.view.app.push_screen(dialog, self._keep)

    def do_add(self) -> None:
        """An action that somebody promises in this meeting."""
        meeting = joint_meeting(self.view.plan)
        prefill = {"meeting": meeting.id} if meeting is not None else {}
        dialog = FormDialog(self.session, "actions", None, prefill)
        self.view.app.push_screen(dialog, self._keep)

    def _keep(self, edit: Edit | None) -> None:
        """Make the edit of a dialog; the cursor stays on the item."""
        if edit is not None:
            self.changes.make(edit, edit.label if isinstance(edit, Edits) else "")

    def do_open(self) -> None:
        """The item in full: work as on the board, all else as its form."""
        if self.view.selected is None:
            return
        kind, id = self.view.selected
        if kind == "initiatives" and id in self.view.plan.roadmap.initiatives:
            self.view.app.push_screen(
                DetailScreen(self.view.plan, id, self.desk.keymap), self._asked_for
            )
        else:
            self.changes.edit_fields(kind, id)

    async def _asked_for(self, action: str | None) -> None:
        if action is not None:
            await self.view.action_do(action)

    def do_close_meeting(self) -> None:
        """Write when the meeting was held, once somebody has seen what that writes."""
        meeting, shown = joint_meeting(self.view.plan), self._shown()
        if meeting is None:
            self.view.say(
                "No meeting in the file to close: press : and type add meeting", "warning"
            )
        elif shown.closed:
            self.view.say("It is closed already; u takes that back", "warning")
        else:
            day = held_on(self.view.plan, shown)
            line = next(closing_line(self.view.plan, shown, day))
            said = "".join(text for text, _ in line).partition(": ")[2]
            choices = {"close": "Close meeting", "stay": "Cancel"}
            dialog = AskDialog(f"Close {meeting.label}?", choices, "close", said)
            self.view.app.push_screen(dialog, partial(self._close, meeting))

    def _close(self, meeting: Meeting, answer: str | None) -> None:
        if answer == "close":
            plan = self.view.plan
            edit = closing(plan, meeting, held_on(plan, self._shown()))
            self.changes.make(edit, f"close {meeting.id}")
