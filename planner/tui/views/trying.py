"""The way into a what-if and the ways out of it: applied, kept as a branch, or dropped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from planner.errors import PlannerError
from planner.roadmap.figures import count
from planner.text.edits import Edit, touched
from planner.text.shell import line
from planner.text.visible import visible
from planner.tui.lines.state import known_parts, pieces
from planner.tui.shell.stage import Severity, Stage
from planner.tui.views.part import Part
from planner.tui.views.trail import Trail

if TYPE_CHECKING:
    from planner.git.branches import NewBranch

STAY, APPLY, BRANCH, DROP = "stay", "apply", "branch", "drop"
VIEW = "whatif"


class Trying(Part):
    """From every view to the what-if, and from there out of it."""

    def __init__(self, view: Stage, trail: Trail) -> None:
        super().__init__(view)
        self.trail = trail

    @property
    def number(self) -> int:
        """How many edits are tried."""
        tried = self.session.what_if
        return 0 if tried is None else len(tried.edits)

    def do_whatif(self) -> None:
        """Begin one, or go back to the one that is on."""
        self.session.begin_what_if()
        self.trail.go(VIEW)

    def try_edit(self, edit: Edit, label: str) -> None:
        """Try an edit in the what-if, which is begun for it, and show what it does."""
        begun = self.session.what_if is None
        self.session.begin_what_if()
        try:
            self.session.apply(edit, label)
        except PlannerError as error:
            if begun:
                self.session.drop_what_if()
            self.view.say(error.message, "error")
            return
        self.trail.go(VIEW)

    def leave(self) -> None:
        """Out of it; asks what becomes of its edits, where there are any."""
        if not self.number:
            self._drop()
            return
        from planner.tui.dialogs.ask import AskDialog

        choices = {STAY: "Cancel", APPLY: "Apply", BRANCH: "Make a branch", DROP: "Drop"}
        question = f"Leave the what-if with its {count(self.number, 'edit')}?"
        self.view.app.push_screen(AskDialog(question, choices, STAY), self._answered)

    def _answered(self, answer: str | None) -> None:
        then = {APPLY: self.apply, BRANCH: self._ask_branch, DROP: self._drop}
        if answer in then:
            then[answer]()

    # --- applied ----------------------------------------------------------------------------------

    def apply(self) -> None:
        """Make all edits those of the roadmap, as one step that undo takes back."""
        edits = count(self.number, "edit")
        if not self.number:
            self.view.say("Nothing is tried yet: e, = and m change what is selected", "warning")
            return
        try:
            consequence = self.session.apply_what_if()
        except PlannerError as error:
            self.view.say(error.message, "error")
            return
        done = Content(f"Applied {edits}, u undoes all, w saves: ")
        self._out(done + pieces(known_parts(consequence)))

    def _drop(self) -> None:
        edits = count(self.number, "edit")
        words = f"Dropped {edits}: nothing was applied" if self.number else "Left the what-if"
        self.session.drop_what_if()
        self._out(words)

    def _out(self, words: str | Content, severity: Severity = "information") -> None:
        """Back to where it was begun, and say what became of it."""
        self.desk.been = [place for place in self.desk.been if place.view != VIEW]
        if self.desk.been:
            self.trail.do_back()
        else:
            self.view.planner.open_view("board")
        self.view.app.call_after_refresh(self._say, words, severity)

    def _say(self, words: str | Content, severity: Severity) -> None:
        if (shown := self.view.planner.stage()) is not None:
            shown.refresh_lines()
            shown.say(words, severity)

    # --- kept as a branch -------------------------------------------------------------------------

    def _ask_branch(self, name: str | None = None, wrong: str = "") -> None:
        from planner.tui.dialogs.branch import BranchDialog

        dialog = BranchDialog(self._usual_name() if name is None else name, wrong)
        self.view.app.push_screen(dialog, self._named)

    def _usual_name(self) -> str:
        """That of the first table that is changed."""
        assert self.session.what_if is not None
        first = min(touched(self.session.what_if.edits[0].edit))
        return f"what-if-{visible(first[1] or first[0])}"

    def _named(self, name: str | None) -> None:
        if name is None:
            return
        self.view.say(f"Making the branch {visible(name)} …")
        make = partial(self._made, name)
        self.view.planner.in_thread(make, partial(self._branched, name), "branch", exclusive=True)

    def _made(self, name: str) -> NewBranch | PlannerError:
        try:
            return self.session.branch_what_if(name)
        except PlannerError as error:
            return error

    def _branched(self, name: str, made: NewBranch | PlannerError) -> None:
        if isinstance(made, PlannerError):
            hint = f"; {made.hint}" if made.hint else ""
            self._ask_branch(name, f"{made.message}{hint}")
            return
        there, beside = (line(words) for words in (["git", "switch", name], _compared(made)))
        self.session.drop_what_if()
        self._out(f"Branch {visible(name)} is made: `{there}` goes there, `{beside}` compares")


def _compared(made: NewBranch) -> list[str]:
    return ["planner", "compare", made.base, made.name]
