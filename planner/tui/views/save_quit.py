"""Saving, leaving, and the way out to an editor and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

from textual.app import SuspendNotSupported

from planner.errors import PlannerError, ReadError
from planner.roadmap.figures import count
from planner.text.visible import visible
from planner.tui.shell.checking import large
from planner.tui.shell.editor import run_editor
from planner.tui.views.part import Part

SAVE, STAY, LOSE = "save", "stay", "lose"


class Keeping(Part):
    """The actions that write files or leave the program."""

    def do_save(self) -> None:
        """Write what changed; ask first where a file is to be put back."""
        gone = self.session.working_copy.gone()
        if not gone:
            self._save_soon()
            return
        names = ", ".join(each.name for each in gone)
        detail = "Deleted, moved or renamed by somebody, or not on this branch."
        choices = {SAVE: "Restore and save", STAY: "Cancel"}
        question = f"Restore {names}? It is gone from the disk"
        self._ask(question, choices, STAY, detail, {SAVE: self._put_back})

    def _ask(
        self,
        question: str,
        choices: dict[str, str],
        usual: str,
        detail: str,
        then: Mapping[str, Callable[[], object]],
    ) -> None:
        """Ask, and do what belongs to the answer; nothing belongs to the safe one."""
        from planner.tui.dialogs.ask import AskDialog

        def answered(answer: str | None) -> None:
            if answer is not None and answer in then:
                then[answer]()

        self.view.app.push_screen(AskDialog(question, choices, usual, detail), answered)

    def _put_back(self) -> None:
        try:
            self.session.put_back()
        except PlannerError as error:
            self.say_why(error)
            return
        self.save()

    def _save_soon(self) -> None:
        """Save; of a large plan what is to be written is read back in a thread first."""
        if not large(self.view.plan):
            self.save()
        elif not self.desk.saving:
            self.desk.saving = True
            self.view.say("Saving …")
            self.view.planner.in_thread(self._read_back, self._go_on_saving, "save")

    def _read_back(self) -> None:
        with suppress(PlannerError):  # the save itself comes to the same, and says so
            self.session.before_save()

    def _go_on_saving(self, _: None) -> None:
        """Write it, and leave where that was asked for meanwhile."""
        self.desk.saving = False
        shown = Keeping(self.view.planner.stage() or self.view)
        saved = not self.session.unsaved or shown.save()  # it may be saved or undone since
        if saved and self.desk.leaving:
            shown.do_quit()
        self.desk.leaving = False

    def save(self) -> bool:
        """Write what changed, and say what was written or why not; whether it was written."""
        try:
            saved = self.session.save()
            if self.desk.imports is not None:
                self.desk.imports.remember()
        except PlannerError as error:
            self.say_why(error)
            if self.session.working_copy.merge_conflicts:
                self.view.planner.ask_next()
            return False
        self.view.refresh_lines()
        names = ", ".join(file.rsplit("/", 1)[-1] for file in saved.files)
        told = f", with {saved.merged}" if saved.merged else ""
        tried = self.session.what_if
        only = ", what is tried stays tried" if tried is not None and tried.edits else ""
        done = visible(saved.warning or f"Saved {names}{told}{only}")
        self.view.say(done, "warning" if saved.warning else "information")
        return True

    def save_only(self, why: PlannerError) -> None:
        """Say why nothing is committed; where something is unsaved, ask whether to save it."""
        if not self.session.unsaved:
            self.say_why(why)
            return
        detail = f"{why.message}{f' ({why.hint})' if why.hint else ''}"
        choices = {STAY: "Cancel", SAVE: "Save only"}
        self._ask("Save without a commit?", choices, STAY, visible(detail), {SAVE: self.save})

    def say_why(self, error: PlannerError) -> None:
        """What was not done, and what to do about it."""
        hint = f"; {error.hint}" if error.hint else ""
        self.view.refresh_lines()
        self.view.say(f"{error.message}{hint}", "error")

    def do_quit(self) -> None:
        """Leave; ask first when something is tried, or unsaved."""
        tried = self.session.what_if
        if self.desk.saving:
            self.desk.leaving = True
        elif tried is not None and tried.edits:
            edits = count(len(tried.edits), "edit")
            choices = {STAY: "Cancel", LOSE: "Drop and quit"}
            question = f"Drop the what-if with its {edits} and quit?"
            self._ask(question, choices, STAY, self.session.diff(), {LOSE: self._drop_and_quit})
        elif not self.session.unsaved:
            self.lose_and_leave()
        else:
            choices = {SAVE: "Save and quit", STAY: "Cancel", LOSE: "Discard and quit"}
            then = {SAVE: self.save_and_leave, LOSE: self.lose_and_leave}
            self._ask("Quit with unsaved changes?", choices, SAVE, self.session.diff(), then)

    def _drop_and_quit(self) -> None:
        self.session.drop_what_if()
        self.do_quit()

    def save_and_leave(self) -> None:
        """Save, and leave if that went well; what is only tried is asked about."""
        if self.save():
            self.do_quit()

    def lose_and_leave(self) -> None:
        """Leave without asking; what is still unsaved, or was left behind, is not wanted."""
        self.session.close(discard=True)
        self.view.app.exit()

    def do_editor(self) -> None:
        """The file in `$EDITOR`, at the line of what is selected; saves first, asks.

        A file that can't be read is opened where it is wrong: what is unsaved stays unsaved.
        """
        if broken := self.session.working_copy.broken:
            self._mend(broken)
        elif self.view.selected is not None and self.session.unsaved:
            choices = {SAVE: "Save and open", STAY: "Cancel"}
            question, then = "Save the changes and open the editor?", {SAVE: self._save_and_open}
            self._ask(question, choices, SAVE, self.session.diff(), then)
        elif self.view.selected is not None:
            self._open_editor()

    def _save_and_open(self) -> None:
        if self.save():
            self._open_editor()

    def _open_editor(self) -> None:
        assert self.view.selected is not None
        try:
            file, line = self.session.workspace.locate(
                *self.view.selected, self.view.mark.cell or ()
            )
        except (PlannerError, KeyError):
            self.view.say(f"{self.view.selected[1]} has no table in the file yet", "warning")
            return
        if self._lend_terminal(file, line):
            self._read_again()

    def _mend(self, broken: ReadError) -> None:
        if broken.file and self._lend_terminal(broken.file, broken.line):
            report = self.session.merge_external()
            self.view.refresh_lines()
            if report is not None:
                self.view.say(report.message, "warning" if report.broken else "information")

    def _lend_terminal(self, file: str, line: int | None) -> bool:
        """Run the editor on this terminal; whether it ran."""
        failed: OSError | None = None
        try:
            with self.view.app.suspend():
                try:  # what is raised in here would leave the terminal lent
                    run_editor(file, line)
                except OSError as error:
                    failed = error
        except SuspendNotSupported:
            place = f"{file}:{line}" if line else file
            told = f"An editor can't use this terminal: open {place} in another one"
            self.view.say(told, "warning")
            return False
        if failed is not None:
            program = f"{failed.filename}: " if failed.filename else ""
            self.view.say(f"{program}{failed.strerror}; set $EDITOR", "error")
        return failed is None

    def do_reload(self) -> None:
        """The files as they are on disk; asks first where something is unsaved."""
        if not self.session.unsaved:
            self._reload("")
            return
        detail = f"u restores them until you quit.\n{self.session.diff()}"
        choices = {STAY: "Cancel", LOSE: "Discard and reload"}
        then = {LOSE: partial(self._reload, "; unsaved changes discarded, u restores them")}
        self._ask("Discard unsaved changes and reload?", choices, STAY, detail, then)

    def _reload(self, left: str) -> None:
        if self._read_again():
            self.view.catch_up()
            self.view.say(f"Reloaded from disk{left}")

    def _read_again(self) -> bool:
        try:
            self.session.reload()
        except PlannerError as error:
            self.view.say(f"{error.message}; the last readable version stays on screen", "error")
            return False
        return True
