"""The actions that change the plan, most of them by way of a dialog that returns an edit.

Dialogs are imported when they are first opened: none of them is needed for the first paint.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from textual.content import Content
from textual.screen import Screen

from planner.analysis.conflicts import findings_on
from planner.conflicts.fixing import Fix
from planner.entry.needs import needs_of
from planner.entry.questions import Question
from planner.errors import PlannerError
from planner.session.session import Attempt
from planner.text.edits import Edit, label_of, named_by
from planner.text.visible import visible
from planner.tui.lines.state import known_parts, pieces
from planner.tui.shell.actions import key_of
from planner.tui.shell.checking import large
from planner.tui.views.part import Part

_Made = tuple[Attempt, Content]
"""What an edit makes, and what is said of it."""


def _leave(_: bool) -> None:
    """Nothing follows."""


class Changes(Part):
    """Editing, adding, removing and linking whatever is marked, the same way in every view."""

    def make(self, edit: Edit, label: str = "", then: Callable[[bool], None] = _leave) -> None:
        """Make an edit: the plan, every view, and a message with what it did to the whole plan.

        `then` is told whether it was made; a refused edit changes nothing and says why. Of a large
        plan it is worked out in a thread; keys that need it wait, others don't (`Desk.made`).
        """
        if large(self.session.plan):
            work = self._make_beside(edit, label, then)
            self.desk.making = self.view.app.run_worker(work, group="making")
        else:
            self._take(self._attempt(edit), label, then)

    async def _make_beside(self, edit: Edit, label: str, then: Callable[[bool], None]) -> None:
        """Again, where others or the day changed the plan meanwhile."""
        while not self._take(await asyncio.to_thread(self._attempt, edit), label, then):
            pass

    def _attempt(self, edit: Edit) -> _Made | PlannerError:
        try:
            made = self.session.attempt(edit)
            return made, pieces(known_parts(made.consequence))
        except PlannerError as error:
            return error

    def _take(self, found: _Made | PlannerError, label: str, then: Callable[[bool], None]) -> bool:
        """Take an edit that is made, or say why it can't be; False where it has to be made anew."""
        try:
            if isinstance(found, PlannerError):
                raise found
            made, said = found
            if not self.session.take(made, label):
                return False
        except PlannerError as error:
            self.view.say(error.message, "error")
            then(False)
            return True
        self.view.catch_up()
        self.view.say(Content(f"{visible(label)}: " if label else "") + said)
        then(True)
        return True

    def keep(self, edit: Edit | None) -> None:
        """Make the edit that a dialog returned; None where it was left with escape. What is new
        is marked, and so is what has another id now.
        """
        if edit is not None:
            self.make(edit, label_of(edit), partial(self._mark, edit))

    def _mark(self, edit: Edit, made: bool) -> None:
        if made and (new := named_by(edit)) is not None:
            self.view.select(*new)

    def do_edit(self) -> None:
        """One cell, in place."""
        mark, together = self.view.mark, self.desk.together
        if mark.cell is None and mark.computed:
            self.view.say(mark.computed, "warning")
        elif together:
            self._edit_all(mark.cell[0] if mark.cell not in (None, ("title",)) else None)
        elif mark.cell is None or mark.about is None:
            self.do_form()
        else:
            from planner.tui.dialogs.cell import CellDialog

            self._open(CellDialog(self.session, *mark.about, mark.cell, computed=mark.computed))

    def do_estimate(self) -> None:
        """The estimate, in place, to be typed over."""
        if self.desk.together:
            self._edit_all("estimate")
        elif (id := self.view.mark.initiative) is not None:
            from planner.tui.dialogs.cell import CellDialog

            self._open(CellDialog(self.session, "initiatives", id, "estimate", anew=True))

    def do_form(self) -> None:
        """All fields of what is marked; any key of all that is selected."""
        if self.desk.together:
            self._edit_all(None)
        elif self.view.selected is not None:
            self.edit_fields(*self.view.selected)

    def _edit_all(self, key: str | None) -> None:
        """A key of everything that is selected; which, is asked where it is not known."""
        from planner.tui.dialogs.bulk import BulkDialog

        self._open(BulkDialog(self.session, self.desk.together, key))

    def do_add(self) -> None:
        """A new table of the kind in view."""
        self.add(self.view.mark.adds)

    def add(self, kind: str) -> None:
        """A new table of any kind."""
        self.edit_fields(kind, None)

    def edit_fields(self, kind: str, id: str | None) -> None:
        """The form for one table; a new one where `id` is None."""
        from planner.tui.dialogs.form import FormDialog

        self._open(FormDialog(self.session, kind, id))

    def list_tables(self, kind: str) -> None:
        """All tables of a kind, to look through, add to, edit and remove from."""
        from planner.tui.dialogs.tables import TablesDialog

        self.view.app.push_screen(TablesDialog(self.session, kind, self.keep))

    def do_remove(self) -> None:
        """Drop it, which keeps it in the file, or take it out; asks which."""
        from planner.tui.dialogs.remove import RemoveDialog

        if self.desk.together:
            self._open(RemoveDialog(self.session, "initiatives", *self.desk.together))
        elif self.view.selected is not None:
            self._open(RemoveDialog(self.session, *self.view.selected))

    def do_rename(self) -> None:
        """Another id, in every reference too; the table stays marked."""
        if self.view.selected is not None:
            from planner.tui.dialogs.rename import RenameDialog

            self._open(RenameDialog(self.session, *self.view.selected))

    def do_status(self) -> None:
        """Set the status, with the actual date that goes with it."""
        from planner.tui.dialogs.status import StatusDialog

        self._open_on_marked(StatusDialog)

    def do_announce(self) -> None:
        """Announce it for a day, once it is said whether that can be."""
        from planner.tui.dialogs.announce import AnnounceDialog

        self._open_on_marked(AnnounceDialog)

    def do_need(self) -> None:
        """Add a dependency."""
        from planner.tui.dialogs.need import NeedDialog

        self._open_on_marked(NeedDialog)

    def do_unneed(self) -> None:
        """Remove a dependency."""
        from planner.tui.dialogs.need import UnneedDialog

        selected = () if self.view.selected is None else (self.view.selected[1],)
        ids = self.desk.together or selected
        if any(needs_of(self.session.plan, id) for id in ids):
            self._open_on_marked(UnneedDialog)
        elif ids:
            who = ids[0] if len(ids) == 1 else "what is selected"
            self.view.say(f"{who} has no predecessors", "warning")

    def _open_on_marked(self, dialog: Callable[..., Screen[Edit | None]]) -> None:
        """A dialog about all that is selected together, else about what is marked."""
        if self.desk.together:
            self._open(dialog(self.session, *self.desk.together))
        elif self.view.selected is not None:
            self._open(dialog(self.session, self.view.selected[1]))

    def _open(self, dialog: Screen[Edit | None]) -> None:
        """Make the edit that a dialog returns."""
        self.view.app.push_screen(dialog, self.keep)

    def do_agree(self) -> None:
        """Record an agreement, an answer, a review or a decision about what is selected."""
        self.answer()

    def answer(self, by: str | None = None, reviewer: str | None = None) -> None:
        """The same; `by` is who speaks, where somebody else types, and `reviewer` whose review is
        asked for.
        """
        if self.view.selected is None:
            return
        kind, id = self.view.selected
        if kind == "decisions":
            from planner.tui.dialogs.decide import DecideDialog

            self._open(DecideDialog(self.session, id))
            return
        if kind in ("actions", "outcomes"):
            self._fill_in(kind, id)
            return
        from planner.entry.agreements import records
        from planner.tui.dialogs.agree import AgreeDialog

        supplier = self.view.mark.supplier
        if not records(self.view.plan, *self.view.selected, supplier=supplier):
            self.view.say("Nothing to record here: no open request, no open review", "warning")
            return
        self._open(AgreeDialog(self.session, kind, id, supplier, by, reviewer))

    def _fill_in(self, kind: str, id: str) -> None:
        """When an action was done, or what was measured today after what is there."""
        from planner.tui.dialogs.cell import CellDialog

        key, text = "done", f"{self.view.plan.as_of}"
        if kind == "outcomes":
            measured = self.view.plan.written(kind, id).get("readings", {})
            rows = [f"{day} {value}" for day, value in measured.items()]
            key, text = "readings", "\n".join([*rows, f"{text} "])
        self._open(CellDialog(self.session, kind, id, key, text))

    def fixes(self) -> None:
        """The fixes of the conflicts here, each with what it would do to the whole plan."""
        mark = self.view.mark
        here = [mark.finding] if mark.finding else []
        if mark.about and not here:
            here = findings_on(self.view.plan, mark.about[1])
        if not here:
            there = bool(self.view.plan.findings)
            more = f"; {key_of(self.view, 'next_conflict')} goes to the next one" if there else ""
            self.view.say(f"No conflict here{more}", "warning")
            return
        from planner.tui.views.fixes import FixesDialog

        self.view.app.push_screen(FixesDialog(self.session, here), self._fix)

    def _fix(self, chosen: Fix | Question | None) -> None:
        if isinstance(chosen, Fix):
            self.make(chosen.edit, chosen.title)
        elif chosen is not None:
            self.ask(chosen)

    def ask(self, asked: Question) -> None:
        """Open the field, or the form, in which a person says what only a person can."""
        if asked.id is not None and asked.key:
            from planner.tui.dialogs.cell import CellDialog

            self._open(CellDialog(self.session, asked.kind, asked.id, asked.key, asked.text))
        else:
            from planner.tui.dialogs.form import FormDialog

            self._open(FormDialog(self.session, asked.kind, asked.id, asked.prefill))

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
            self.view.say(f"Nothing to change: others have changed it since ({label})", "warning")
        else:
            self.view.say(f"{done}: {label}")
