"""Base class of all views: `View`, which adds to `Shown` the actions that work everywhere.

A view is written like this::

    class PathView(View):
        view_name = "path"
        offers = ("down", "up", "zoom_in")
        BINDINGS = bindings(offers)

        def body(self) -> ComposeResult:
            yield Lanes()

        def plan_changed(self, before: Plan, after: Plan) -> None:
            self.query_one(Lanes).show(after)

        def do_down(self) -> None:
            ...

The app makes it with the desk it shares with the other views: ``PathView(desk)``. For each id in
`offers` it has a method ``do_<id>``; whether the action is available is asked of the registry
before that method is called. It redefines an inherited ``do_<id>`` where it knows better.
"""

from __future__ import annotations

from textual.actions import SkipAction

from planner.tui.actions import ACTIONS
from planner.tui.screens.changing import Changing


class View(Changing):
    """A view with everything that works in all of them; see `Shown` and `Changing` for the rest."""

    async def action_do(self, id: str) -> None:
        """Run an action of the registry, or say why it can't run now."""
        action = ACTIONS[id]
        if id not in self.actions():
            raise SkipAction
        if reason := action.reason(self):
            self.say(reason, "warning")
        elif action.view is not None:
            if action.view != self.view_name:
                self.go(action.view)
        else:
            getattr(self, f"do_{id}")()

    def on_mount(self) -> None:
        """Hear of every change to the plan, whoever makes it."""
        self._unsubscribe = self.session.subscribe(self._plan_was_changed)

    def on_unmount(self) -> None:
        """Stop hearing."""
        self._unsubscribe()

    def _plan_was_changed(self, _before: object, _after: object) -> None:
        if self.is_active or self in self.app.screen_stack:
            self.catch_up()

    def on_screen_resume(self) -> None:
        """Show what changed while another view was on screen."""
        self.catch_up()
        self.selection_changed()
        self.refresh_lines()

    # --- looking ----------------------------------------------------------------------------------

    def do_back(self) -> None:
        """Back to the view and the row before the last jump."""
        place = self.desk.been.pop()
        self.desk.selected = place.selected
        if place.view == self.view_name:
            self.selection_changed()
        else:
            self.planner.open_view(place.view)

    def do_path_here(self) -> None:
        """The path view, for what is selected."""
        if self.selected:
            self.desk.target = self.selected[1]
            self.go("path")

    def do_copy(self) -> None:
        """Copy the selected id, and show it, where the terminal doesn't take it (OSC 52)."""
        if self.selected:
            self.app.copy_to_clipboard(self.selected[1])
            self.say(f"Copied {self.selected[1]}")

    def do_help(self) -> None:
        """All keys that work here."""
        from planner.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.actions()))

    def do_palette(self) -> None:
        """Any action by name."""
        self.app.action_command_palette()

    def do_filter(self) -> None:
        """Hook: show only what matches."""

    def do_escape(self) -> None:
        """One step back: a message, then the filter."""

    # --- keeping and leaving ----------------------------------------------------------------------

    def do_undo(self) -> None:
        """Take the last change back and say what it was."""
        self.say(f"Undone: {self.session.undo()}")

    def do_redo(self) -> None:
        """Make the change again that was undone last."""
        self.say(f"Redone: {self.session.redo()}")

    def do_save(self) -> None:
        """Write what changed."""
        self.planner.save(self)

    def do_theme(self) -> None:
        """The next of the three themes."""
        self.planner.next_theme()

    def do_suspend(self) -> None:
        """Back to the shell until ``fg``."""
        self.app.action_suspend_process()

    def do_quit(self) -> None:
        """Leave; ask first when something is unsaved."""
        self.planner.leave(self)
