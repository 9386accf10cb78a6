"""What of the plan is shown, and how it is arranged: in every view, as it was asked for in one."""

from __future__ import annotations

from planner.query.arrangement import Arrangement
from planner.roadmap.figures import count
from planner.text.edits import Edit, Edits
from planner.tui.shell.stage import Stage
from planner.tui.views.edit_actions import Changes
from planner.tui.views.part import Part
from planner.tui.views.selecting import Selecting
from planner.tui.views.trail import Trail


class Filtering(Part):
    """The filter, and the arrangement of the board's rows."""

    def __init__(self, view: Stage, trail: Trail, changes: Changes, selecting: Selecting) -> None:
        super().__init__(view)
        self.trail, self.changes, self.selecting = trail, changes, selecting

    def do_filter(self) -> None:
        """Show only what matches, while it is typed."""
        from planner.tui.dialogs.prompt import FilterPrompt

        desk, view = self.desk, self.view
        prompt = FilterPrompt(self.session, desk.filter, self.set, desk.me, view.counted)

        def typed(text: str | None) -> None:
            if text is not None and prompt.saves:
                self.do_save_view()

        view.app.push_screen(prompt, typed)

    def do_save_view(self) -> None:
        """Save filter, grouping, order and columns in force as a view."""
        from planner.tui.dialogs.save_view import SaveViewDialog

        def answered(edit: Edit | None) -> None:
            label = edit.label if isinstance(edit, Edits) else ""
            if edit is not None:
                self.changes.make(edit, label, lambda made: saved(label) if made else None)

        def saved(label: str) -> None:
            self.desk.view = label.removeprefix("save view ")
            self.view.catch_up()

        dialog = SaveViewDialog(self.session, self.desk.arrangement, self.desk.view)
        self.view.app.push_screen(dialog, answered)

    def set(self, text: str) -> None:
        """Show only what matches `text`, in every view; empty shows everything."""
        if text != self.desk.filter:
            self.desk.filter = text
            self.view.catch_up()

    def do_escape(self) -> None:
        """One step back: the selection, then the filter. (What is in hand comes first, and is the
        view's own.)
        """
        if self.selecting.clear():
            return
        if not self.desk.filter:
            self.view.say("Nothing to go back from: no edit, no selection, no filter", "warning")
        self.set("")

    def rearrange(self, wanted: Arrangement) -> None:
        """Show the board filtered, grouped and sorted as asked for, and say so."""
        self.desk.arrangement = wanted
        if self.view.view_name == "board":
            self.view.catch_up()
            self.say_what_is_shown()
        else:
            self.trail.go("board")

    def show_view(self, wanted: Arrangement, id: str | None) -> None:
        """Show the board as a saved view asks for it, or as usual (no id)."""
        self.desk.view = id
        self.rearrange(wanted)

    def say_what_is_shown(self) -> None:
        """How rows are arranged and how many there are; or what is wrong with the filter."""
        wanted = self.desk.arrangement
        if error := self.desk.complaint:
            self.view.say(error, "warning")
            return
        shown, all = self.view.counted(wanted.query)
        of = "" if shown == all else f"{shown} of "
        self.view.say(f"{wanted.said.capitalize()}: {of}{count(all, 'initiative')}")
