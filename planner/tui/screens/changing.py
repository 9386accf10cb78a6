"""The actions that change the selected thing, each by way of a dialog that returns an edit.

Dialogs are imported when they are first opened: none of them is needed for the first paint.
"""

from __future__ import annotations

from planner.text.edits import Edit
from planner.tui.screens.shown import Shown


class Changing(Shown):
    """Editing, adding, removing and linking whatever is selected, the same way in every view."""

    def keep(self, edit: Edit | None) -> None:
        """Make the edit that a dialog returned; None where it was left with escape."""
        if edit is not None:
            self.act(edit)

    def do_edit(self) -> None:
        """One cell, in place."""
        key = self.cell()
        if key is None or self.selected is None:
            self.do_form()
            return
        from planner.tui.dialogs.cell import CellDialog

        self.app.push_screen(CellDialog(self.session, *self.selected, key), self.keep)

    def do_form(self) -> None:
        """All fields of what is selected."""
        if self.selected is not None:
            from planner.tui.dialogs.form import FormDialog

            self.app.push_screen(FormDialog(self.session, *self.selected), self.keep)

    def do_add(self) -> None:
        """A new table of the kind in view."""
        from planner.tui.dialogs.form import FormDialog

        self.app.push_screen(FormDialog(self.session, self.kind_here(), None), self.keep)
