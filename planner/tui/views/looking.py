"""Pages beside the views, the clipboard, and what is done with the terminal: all but the plan."""

from __future__ import annotations

from planner.session.roadmaps import option_for
from planner.text.visible import visible
from planner.tui.shell.actions import BY_KEY_ONLY, EVERYWHERE, key_of
from planner.tui.shell.stage import Stage
from planner.tui.views.edit_actions import Changes
from planner.tui.views.part import Part


class Looking(Part):
    """What shows more, and changes nothing."""

    def __init__(self, view: Stage, changes: Changes) -> None:
        super().__init__(view)
        self.changes = changes

    def do_copy(self) -> None:
        """Copy the selected ids as it is seen (OSC 52); show it, for terminals that don't take it.

        A letter that can't be seen could be a command where it is pasted.
        """
        ids = self.desk.together or (self.view.selected[1:] if self.view.selected else ())
        if ids:
            copied = visible(" ".join(ids))
            self.view.app.copy_to_clipboard(copied)
            self.view.say(f"Copied {copied}")

    def do_terms(self) -> None:
        """What the words here mean."""
        from planner.analysis.glossary import texts_of
        from planner.tui.dialogs.terms import TermsDialog

        plan, marked = self.view.plan, self.view.selected
        here = texts_of(plan, *marked) if marked else []
        self.view.app.push_screen(TermsDialog(plan, here), self._edit_terms)

    def _edit_terms(self, wanted: bool | None) -> None:
        if wanted:
            self.changes.edit_fields("glossary", "")

    def do_help(self) -> None:
        """All keys that work here."""
        from planner.tui.views.help import HelpScreen

        ids, keymap = self.view.actions(), self.desk.keymap
        own = {*ids} - {*EVERYWHERE} - BY_KEY_ONLY
        here = own | ({*self.view.foot} & {*ids})
        self.view.app.push_screen(HelpScreen(ids, keymap, here), self._then)

    def _then(self, guide: bool | None) -> None:
        if guide:
            self.do_guide()

    def do_guide(self) -> None:
        """What everything here means, from the beginning."""
        from planner.tui.dialogs.guide import GuideScreen

        self.view.app.push_screen(GuideScreen())

    def do_messages(self) -> None:
        """The last messages in full."""
        from planner.tui.dialogs.messages import MessagesDialog

        self.view.app.push_screen(MessagesDialog(self.desk.said))

    def do_as_command(self) -> None:
        """The last change as the command that makes it, to copy."""
        from planner.tui.dialogs.as_command import AsCommandDialog

        if command := self.session.history.last_command(option_for(self.session.path)):
            label = self.session.history.undo_label or ""
            self.view.app.push_screen(AsCommandDialog(command, label), self._copied)

    def _copied(self, command: str | None) -> None:
        if command:
            self.view.say(f"Copied {command}")

    def do_theme(self) -> None:
        """The next of the themes."""
        self.view.planner.next_theme()

    def do_suspend(self) -> None:
        """Back to the shell until ``fg``."""
        if not self.view.planner.suspend_to_shell():
            self.view.say(
                f"No shell waits for planner to stop: {key_of(self.view, 'quit')} quits", "warning"
            )

    def do_redraw(self) -> None:
        """Every cell of the screen."""
        self.view.planner.redraw()
