"""The actions that change the selected thing, each by way of a dialog that returns an edit.

Dialogs are imported when they are first opened: none of them is needed for the first paint.
"""

from __future__ import annotations

from planner.conflicts.findings import Finding
from planner.conflicts.fixing import Fix
from planner.entry.questions import Question
from planner.text.edits import Edit, Edits, named_by
from planner.tui.board.details_text import findings_on
from planner.tui.views.screen_base import Shown


class Changing(Shown):
    """Editing, adding, removing and linking whatever is selected, the same way in every view."""

    def keep(self, edit: Edit | None) -> None:
        """Make the edit that a dialog returned; None where it was left with escape. What is new
        is marked, and so is what has another id now.
        """
        if edit is None or not self.act(edit, edit.label if isinstance(edit, Edits) else ""):
            return
        if (made := named_by(edit)) is not None:
            self.select(*made)

    def do_edit(self) -> None:
        """One cell, in place."""
        key, computed = self.cell(), self.computed()
        if key is None and computed:
            self.say(computed, "warning")
            return
        if key is None or self.selected is None:
            self.do_form()
            return
        from planner.tui.dialogs.cell import CellDialog

        self.app.push_screen(
            CellDialog(self.session, *self.selected, key, computed=computed), self.keep
        )

    def do_estimate(self) -> None:
        """The estimate, in place, to be typed over."""
        if (id := self.initiative_here()) is not None:
            from planner.tui.dialogs.cell import CellDialog

            self.app.push_screen(
                CellDialog(self.session, "initiatives", id, "estimate", anew=True), self.keep
            )

    def do_form(self) -> None:
        """All fields of what is selected."""
        if self.selected is not None:
            self.edit_fields(*self.selected)

    def do_add(self) -> None:
        """A new table of the kind in view."""
        self.add(self.kind_here())

    def add(self, kind: str) -> None:
        """A new table of any kind."""
        self.edit_fields(kind, None)

    def edit_fields(self, kind: str, id: str | None) -> None:
        """The form for one table; a new one where `id` is None."""
        from planner.tui.dialogs.form import FormDialog

        self.app.push_screen(FormDialog(self.session, kind, id), self.keep)

    def list_tables(self, kind: str) -> None:
        """All tables of a kind, to look through, add to, edit and remove from."""
        from planner.tui.dialogs.tables import TablesDialog

        self.app.push_screen(TablesDialog(self.session, kind, self.keep))

    def do_remove(self) -> None:
        """Drop it, which keeps it in the file, or take it out; asks which."""
        if self.selected is None:
            return
        from planner.tui.dialogs.remove import RemoveDialog

        self.app.push_screen(RemoveDialog(self.session, *self.selected), self.keep)

    def do_status(self) -> None:
        """Set the status, with the actual date that goes with it."""
        if self.selected is not None:
            from planner.tui.dialogs.status import StatusDialog

            self.app.push_screen(StatusDialog(self.session, self.selected[1]), self.keep)

    def do_need(self) -> None:
        """Add a dependency."""
        if self.selected is not None:
            from planner.tui.dialogs.need import NeedDialog

            self.app.push_screen(NeedDialog(self.session, self.selected[1]), self.keep)

    def do_unneed(self) -> None:
        """Remove a dependency."""
        if self.selected is not None:
            from planner.tui.dialogs.need import UnneedDialog

            self.app.push_screen(UnneedDialog(self.session, self.selected[1]), self.keep)

    def do_agree(self) -> None:
        """Record an agreement, an answer or a review of what is selected."""
        if self.selected is None:
            return
        from planner.entry.agreements import records
        from planner.tui.dialogs.agree import AgreeDialog

        supplier = self.supplier_here()
        if not records(self.plan, *self.selected, supplier=supplier):
            self.say("Nothing to record here: no open request, no open review", "warning")
            return
        self.app.push_screen(AgreeDialog(self.session, *self.selected, supplier), self.keep)

    def supplier_here(self) -> str | None:
        """Hook: the supplier of the handover that is selected; None where none is."""
        return None

    def do_fixes(self) -> None:
        """The fixes of the conflicts here, each with what it would do to the whole plan."""
        here = self.findings_here()
        if not here:
            self.say("No conflict here; ] goes to the next one", "warning")
            return
        from planner.tui.views.fixes import FixesDialog

        self.app.push_screen(FixesDialog(self.session, here), self._fix)

    def _fix(self, chosen: Fix | Question | None) -> None:
        if isinstance(chosen, Fix):
            self.act(chosen.edit, chosen.title)
        elif chosen is not None:
            self.ask(chosen)

    def ask(self, asked: Question) -> None:
        """Open the field, or the form, in which a person says what only a person can."""
        if asked.id is not None and asked.key:
            from planner.tui.dialogs.cell import CellDialog

            cell = CellDialog(self.session, asked.kind, asked.id, asked.key, asked.text)
            self.app.push_screen(cell, self.keep)
            return
        from planner.tui.dialogs.form import FormDialog

        form = FormDialog(self.session, asked.kind, asked.id, asked.prefill)
        self.app.push_screen(form, self.keep)

    def findings_here(self) -> list[Finding]:
        """The findings, not waived, that involve what is selected; worst first."""
        return findings_on(self.plan, self.selected[1]) if self.selected else []
