"""Saving, leaving, and the way out to an editor and back."""

from __future__ import annotations

from contextlib import suppress

from textual.app import SuspendNotSupported

from planner.errors import PlannerError, ReadError
from planner.text.visible import visible
from planner.tui.shell.checking import large
from planner.tui.shell.editor import run_editor
from planner.tui.views.edit_actions import Changing

SAVE, STAY, LOSE = "save", "stay", "lose"


class Keeping(Changing):
    """The actions that write files or leave the program."""

    def do_save(self) -> None:
        """Write what changed; ask first where a file is to be put back."""
        gone = self.session.working_copy.gone()
        if not gone:
            self._save_soon()
            return
        from planner.tui.dialogs.ask import AskDialog

        names = ", ".join(each.name for each in gone)
        detail = "Deleted, moved or renamed by somebody, or not on this branch."
        choices = {SAVE: "Restore and save", STAY: "Cancel"}
        asked = AskDialog(f"Restore {names}? It is gone from the disk", choices, STAY, detail)
        self.app.push_screen(asked, self._put_back)

    def _put_back(self, answer: str | None) -> None:
        if answer != SAVE:
            return
        try:
            self.session.put_back()
        except PlannerError as error:
            self.say_why(error)
            return
        self.save()

    def _save_soon(self) -> None:
        """Save; of a large plan what is to be written is read back in a thread first."""
        if not large(self.plan):
            self.save()
        elif not self.desk.saving:
            self.desk.saving = True
            self.say("Saving …")
            self.planner.in_thread(self._read_back, self._go_on_saving, "save")

    def _read_back(self) -> None:
        with suppress(PlannerError):  # the save itself comes to the same, and says so
            for _ in self.session.before_save():
                pass

    def _go_on_saving(self, _: None) -> None:
        """Write it, and leave where that was asked for meanwhile."""
        self.desk.saving = False
        shown = self.app.screen_stack[0]
        view = shown if isinstance(shown, Keeping) else self
        saved = not self.session.unsaved or view.save()  # it may have been saved or undone since
        if saved and self.desk.leaving:
            view.do_quit()
        self.desk.leaving = False

    def save(self) -> bool:
        """Write what changed, and say what was written or why not; whether it was written."""
        try:
            saved = self.session.save()
        except PlannerError as error:
            self.say_why(error)
            if self.session.working_copy.merge_conflicts:
                self.planner.ask_next()
            return False
        self.refresh_lines()
        names = ", ".join(file.rsplit("/", 1)[-1] for file in saved.files)
        told = f", with {saved.merged}" if saved.merged else ""
        done = visible(saved.warning or f"Saved {names}{told}")
        self.say(done, "warning" if saved.warning else "information")
        return True

    def say_why(self, error: PlannerError) -> None:
        """What was not done, and what to do about it."""
        hint = f"; {error.hint}" if error.hint else ""
        self.refresh_lines()
        self.say(f"{error.message}{hint}", "error")

    def do_quit(self) -> None:
        """Leave; ask first when something is unsaved."""
        if self.desk.saving:
            self.desk.leaving = True
        elif not self.session.unsaved:
            self._go_away()
        else:
            self._ask_to_leave()

    def _ask_to_leave(self) -> None:
        from planner.tui.dialogs.ask import AskDialog

        choices = {SAVE: "Save and quit", STAY: "Cancel", LOSE: "Discard and quit"}
        asked = AskDialog("Quit with unsaved changes?", choices, SAVE, self.session.diff())
        self.app.push_screen(asked, self._leave)

    def _leave(self, answer: str | None) -> None:
        if answer == LOSE or (answer == SAVE and self.save()):
            self._go_away()

    def _go_away(self) -> None:
        """Leave; what is still unsaved, or was left behind, is not wanted."""
        self.session.close(discard=True)
        self.app.exit()

    def save_and_leave(self) -> None:
        """Save, and leave if that went well."""
        self._leave(SAVE)

    def lose_and_leave(self) -> None:
        """Leave without saving, and without asking: that was said already."""
        self._leave(LOSE)

    def do_editor(self) -> None:
        """The file in `$EDITOR`, at the line of what is selected; saves first, asks.

        A file that can't be read is opened where it is wrong: what is unsaved stays unsaved.
        """
        if self.session.working_copy.broken:
            self._mend(self.session.working_copy.broken)
            return
        if self.selected is None:
            return
        if not self.session.unsaved:
            self._open_editor()
            return
        from planner.tui.dialogs.ask import AskDialog

        choices = {SAVE: "Save and open", STAY: "Cancel"}
        asked = AskDialog(
            "Save the changes and open the editor?", choices, SAVE, self.session.diff()
        )
        self.app.push_screen(asked, self._saved_first)

    def _saved_first(self, answer: str | None) -> None:
        if answer == SAVE and self.save():
            self._open_editor()

    def _open_editor(self) -> None:
        assert self.selected is not None
        try:
            file, line = self.session.workspace.locate(*self.selected, self.cell() or ())
        except (PlannerError, KeyError):
            self.say(f"{self.selected[1]} has no table in the file yet", "warning")
            return
        if self._lend_terminal(file, line):
            self._read_again()

    def _mend(self, broken: ReadError) -> None:
        if broken.file and self._lend_terminal(broken.file, broken.line):
            report = self.session.merge_external()
            self.refresh_lines()
            if report is not None:
                self.say(report.message, "warning" if report.broken else "information")

    def _lend_terminal(self, file: str, line: int | None) -> bool:
        """Run the editor on this terminal; whether it ran."""
        failed: OSError | None = None
        try:
            with self.app.suspend():
                try:  # what is raised in here would leave the terminal lent
                    run_editor(file, line)
                except OSError as error:
                    failed = error
        except SuspendNotSupported:
            place = f"{file}:{line}" if line else file
            self.say(f"An editor can't use this terminal: open {place} in another one", "warning")
            return False
        if failed is not None:
            program = f"{failed.filename}: " if failed.filename else ""
            self.say(f"{program}{failed.strerror}; set $EDITOR", "error")
        return failed is None

    def do_reload(self) -> None:
        """The files as they are on disk; asks first where something is unsaved."""
        if not self.session.unsaved:
            self._reload("")
            return
        from planner.tui.dialogs.ask import AskDialog

        detail = f"u restores them until you quit.\n{self.session.diff()}"
        choices = {STAY: "Cancel", LOSE: "Discard and reload"}
        asked = AskDialog("Discard unsaved changes and reload?", choices, STAY, detail)
        self.app.push_screen(asked, self._leave_out)

    def _leave_out(self, answer: str | None) -> None:
        if answer == LOSE:
            self._reload("; unsaved changes discarded, u restores them")

    def _reload(self, left: str) -> None:
        if self._read_again():
            self.catch_up()
            self.say(f"Reloaded from disk{left}")

    def _read_again(self) -> bool:
        try:
            self.session.reload()
        except PlannerError as error:
            self.say(f"{error.message}; the last readable version stays on screen", "error")
            return False
        return True
