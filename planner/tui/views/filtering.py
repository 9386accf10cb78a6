"""What of the plan is shown, and how it is arranged: in every view, as it was asked for in one."""

from __future__ import annotations

from planner.query.arrangement import Arrangement
from planner.roadmap.figures import count
from planner.tui.shell.stage import Stage
from planner.tui.views.part import Part
from planner.tui.views.trail import Trail


class Filtering(Part):
    """The filter, and the arrangement of the board's rows."""

    def __init__(self, view: Stage, trail: Trail) -> None:
        super().__init__(view)
        self.trail = trail

    def do_filter(self) -> None:
        """Show only what matches, while it is typed."""
        from planner.tui.dialogs.prompt import FilterPrompt

        desk, view = self.desk, self.view
        prompt = FilterPrompt(self.session, desk.filter, self.set, desk.me, view.counted)
        view.app.push_screen(prompt)

    def set(self, text: str) -> None:
        """Show only what matches `text`, in every view; empty shows everything."""
        if text != self.desk.filter:
            self.desk.filter = text
            self.view.catch_up()

    def do_escape(self) -> None:
        """One step back: the filter. (What is in hand comes first, and is the view's own.)"""
        if not self.desk.filter:
            self.view.say("Nothing to go back from: no edit, no filter", "warning")
        self.set("")

    def rearrange(self, wanted: Arrangement) -> None:
        """Show the board filtered, grouped and sorted as asked for, and say so."""
        self.desk.arrangement = wanted
        if self.view.view_name == "board":
            self.view.catch_up()
            self.say_what_is_shown()
        else:
            self.trail.go("board")

    def say_what_is_shown(self) -> None:
        """How rows are arranged and how many there are; or what is wrong with the filter."""
        wanted = self.desk.arrangement
        if error := self.desk.complaint:
            self.view.say(error, "warning")
            return
        shown, all = self.view.counted(wanted.query)
        of = "" if shown == all else f"{shown} of "
        self.view.say(f"{wanted.said.capitalize()}: {of}{count(all, 'initiative')}")
