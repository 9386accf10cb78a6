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

from collections.abc import Callable
from inspect import isawaitable
from typing import TYPE_CHECKING

from textual import events
from textual.actions import SkipAction

from planner.roadmap.figures import count
from planner.session.roadmaps import option_for
from planner.text.visible import visible
from planner.tui.lines.footer import ActionFooter
from planner.tui.shell.actions import ACTIONS, typed
from planner.tui.views.save_quit import Keeping

if TYPE_CHECKING:
    from planner.query.arrangement import Arrangement
    from planner.tui.shell.commands import Command


class View(Keeping):
    """A view with everything that works in all of them; see `Keeping`, `Changing` and `Shown`."""

    async def action_do(self, id: str) -> None:
        """Run an action of the registry, or say why it can't run now.

        What it is about is of today: a key may be the first that is pressed after midnight.
        """
        action = ACTIONS[id]
        if id not in self.actions():
            raise SkipAction
        self.planner.see_the_day()
        if reason := action.reason(self):
            self.say(reason, "warning")
        elif action.view is not None:
            if action.view != self.view_name:
                self.go(action.view)
        else:
            getattr(self, f"do_{id}")()

    def on_screen_resume(self) -> None:
        """Show what changed while another view was on screen: the plan, the filter."""
        self.catch_up()
        self.follow_desk()
        self.selection_changed()
        self.refresh_lines()

    def on_key(self, _event: events.Key) -> None:
        """A message stays until the next key."""
        self.query_one(ActionFooter).hush()

    def say_no_meaning(self, event: events.Key) -> None:
        """A key that means nothing here, and what it means where."""
        means = self.planner.meanings(event.key)
        where = "; ".join(f"{label} in {', '.join(views)}" for label, views in means.items())
        told = where or "? shows the keys that have one"
        self.say(f"{typed(event)} has no meaning here; {told}", "warning")

    # --- looking ----------------------------------------------------------------------------------

    def do_back(self) -> None:
        """Back to the view and the row before the last jump."""
        place = self.desk.been.pop()
        self.desk.selected, self.desk.target = place.selected, place.target
        if place.view == self.view_name:
            self.selection_changed()
        else:
            self.planner.open_view(place.view)

    def do_path_here(self) -> None:
        """The path view, for what is selected."""
        if self.selected:
            self.leave_a_trace()
            self.desk.selected, self.desk.target = self.selected, self.selected[1]
            self.planner.open_view("path")

    def do_copy(self) -> None:
        """Copy the selected id as it is seen (OSC 52); show it, for terminals that don't take it.

        A letter that can't be seen could be a command where it is pasted.
        """
        if self.selected:
            copied = visible(self.selected[1])
            self.app.copy_to_clipboard(copied)
            self.say(f"Copied {copied}")

    def do_rules(self) -> None:
        """The page of rules, at the one that the view is about."""
        self.desk.rule = self.rule_here()
        self.go("rules")

    def rule_here(self) -> str | None:
        """Hook: the code of the rule that what is under the cursor is about."""
        return None

    def do_terms(self) -> None:
        """What the words here mean."""
        from planner.analysis.glossary import texts_of
        from planner.tui.dialogs.terms import TermsDialog

        here = texts_of(self.plan, *self.selected) if self.selected else []
        self.app.push_screen(TermsDialog(self.plan, here), self._edit_terms)

    def _edit_terms(self, wanted: bool | None) -> None:
        if wanted:
            self.edit_fields("glossary", "")

    def do_help(self) -> None:
        """All keys that work here."""
        from planner.tui.views.help import HelpScreen

        self.app.push_screen(HelpScreen(self.actions()))

    def do_messages(self) -> None:
        """The last messages in full."""
        from planner.tui.dialogs.messages import MessagesDialog

        self.app.push_screen(MessagesDialog(self.desk.said))

    def do_as_command(self) -> None:
        """The last change as the command that makes it, to copy."""
        from planner.tui.dialogs.as_command import AsCommandDialog

        if command := self.session.history.last_command(option_for(self.session.path)):
            label = self.session.history.undo_label or ""
            self.app.push_screen(AsCommandDialog(command, label), self._copied)

    def _copied(self, command: str | None) -> None:
        if command:
            self.say(f"Copied {command}")

    def do_palette(self) -> None:
        """Any action by name, any id."""
        from planner.tui.dialogs.palette import PaletteDialog

        self.app.push_screen(PaletteDialog(self), self._asked_for_by_name)

    async def _asked_for_by_name(self, command: Command | None) -> None:
        """Do what was chosen in the palette."""
        if command is not None and isawaitable(doing := command.run()):
            await doing

    def do_filter(self) -> None:
        """Show only what matches, while it is typed."""
        from planner.tui.dialogs.prompt import FilterPrompt

        self.app.push_screen(
            FilterPrompt(
                self.session, self.desk.filter, self.set_filter, self.desk.me, self.counted
            )
        )

    def counted(self, asked: str) -> tuple[int, int]:
        """How many things a filter would show here, of how many: initiatives, unless overridden."""
        from planner.query.filters import compile_filter

        all = len(self.plan.roadmap.initiatives)
        ids = compile_filter(asked, self.plan, self.desk.me(self.plan)).ids
        return all if ids is None else len(ids), all

    def set_filter(self, text: str) -> None:
        """Show only what matches `text`, in every view; empty shows everything."""
        if text != self.desk.filter:
            self.desk.filter = text
            self.follow_desk()
            self.refresh_lines()

    def rearrange(self, wanted: Arrangement) -> None:
        """Show the board filtered, grouped and sorted as asked for, and say so."""
        self.desk.arrangement = wanted
        if self.view_name == "board":
            self.follow_desk()
            self.refresh_lines()
            self.say_what_is_shown()
        else:
            self.go("board")

    def say_what_is_shown(self) -> None:
        """How rows are arranged and how many there are; or what is wrong with the filter."""
        wanted = self.desk.arrangement
        if error := self.desk.complaint:
            self.say(error, "warning")
            return
        shown, all = self.counted(wanted.query)
        of = "" if shown == all else f"{shown} of "
        self.say(f"{wanted.said.capitalize()}: {of}{count(all, 'initiative')}")

    def follow_desk(self) -> None:
        """Show what is asked for now, by whom, if it is something else than was shown last."""
        self.planner.meet()
        if self._asked != self.desk.asked:
            self._asked = self.desk.asked
            self.filter_changed()

    def filter_changed(self) -> None:
        """Hook: show what matches `desk.filter`; on the board under other headings, too."""

    def do_escape(self) -> None:
        """One step back: the filter. (What is in hand comes first, and is the view's own.)"""
        if not self.desk.filter:
            self.say("Nothing to go back from: no edit, no filter", "warning")
        self.set_filter("")

    def do_undo(self) -> None:
        """Take the last change back and say what it was."""
        self._step_through(self.session.history.undo, "Undone")

    def do_redo(self) -> None:
        """Make the change again that was undone last."""
        self._step_through(self.session.history.redo, "Redone")

    def _step_through(self, step: Callable[[], str | None], done: str) -> None:
        """Others' changes stay: where they changed all of it since, the step changes nothing."""
        before = self.session.workspace
        label = step()
        if self.session.workspace.reads_as(before):
            self.say(f"Nothing to change: others have changed it since ({label})", "warning")
        else:
            self.say(f"{done}: {label}")

    def do_theme(self) -> None:
        """The next of the three themes."""
        self.planner.next_theme()

    def jump(self, kind: str, id: str) -> None:
        """To an initiative on the board, wherever this is; to the form of anything else."""
        if kind not in ("initiatives", "groups", "portfolios"):
            self.edit_fields(kind, id)
            return
        hid = self._let_it_be_shown(kind, id)
        if self.view_name == "board":
            self.leave_a_trace()
            self.follow_desk()
            self.select(kind, id)
            self.refresh_lines()
        else:
            self.go("board", (kind, id))
        if hid:
            self.app.call_after_refresh(self._say_on_screen, f"{hid} hid {id}: it is off now")

    def _let_it_be_shown(self, kind: str, id: str) -> str:
        """Give up the filter or the grouping that would leave it out of the board; which it was."""
        filter, matching = self.desk.filter, self.desk.matching(self.plan)
        if kind == "initiatives" and matching is not None and id not in matching:
            self.desk.filter = ""
            return f"The filter {filter}"
        if kind != "initiatives" and self.desk.grouping not in ("portfolio", "group"):
            grouping, self.desk.grouping = self.desk.grouping, "portfolio"
            return f"The grouping by {grouping}"
        return ""

    def _say_on_screen(self, text: str) -> None:
        if isinstance(shown := self.app.screen, View):
            shown.say(text)

    def do_suspend(self) -> None:
        """Back to the shell until ``fg``."""
        if not self.planner.suspend_to_shell():
            self.say("No shell waits for planner to stop: q quits", "warning")

    def do_redraw(self) -> None:
        """Every cell of the screen."""
        self.planner.redraw()
