"""Saving and committing the files of the roadmap, once their difference was looked at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from planner.errors import PlannerError
from planner.roadmap.figures import short_commit
from planner.session.session import Session
from planner.text.visible import visible
from planner.tui.shell.stage import Stage
from planner.tui.views.part import Part
from planner.tui.views.save_quit import Keeping

if TYPE_CHECKING:
    from planner.git.committing import Committed
    from planner.session.committing import Draft


class Committing(Part):
    """`W`: the difference, a message, then save and commit. git is asked in a thread."""

    def __init__(self, view: Stage, keeping: Keeping) -> None:
        super().__init__(view)
        self.keeping = keeping

    def do_commit(self) -> None:
        """Show what would be committed; why it can't be, and then only save where that is wanted.

        A file that is gone is restored first, as by saving.
        """
        if self.session.working_copy.gone():
            self.keeping.do_save()
            return
        looked = partial(_tried, self.session)
        self.view.planner.in_thread(looked, self._looked, "commit", exclusive=True)

    def _looked(self, found: Draft | PlannerError) -> None:
        if isinstance(found, PlannerError):
            self.keeping.save_only(found)
        elif not found.found.files and not self.session.unsaved:
            self.view.say("Nothing to commit: HEAD has the roadmap as it is")
        elif not found.found.files:
            self.keeping.save()
        else:
            self._ask(found)

    def _ask(self, found: Draft) -> None:
        from planner.tui.dialogs.commit import CommitDialog

        def answered(message: str | None) -> None:
            if message is not None:
                self._commit(found, message)

        self.view.app.push_screen(CommitDialog(found, self.session.unsaved), answered)

    def _commit(self, found: Draft, message: str) -> None:
        """Save here, and commit in a thread."""
        if self.session.unsaved and not self.keeping.save():
            return
        self.view.say("Committing …")
        work = partial(_committed, self.session, found, message)
        self.view.planner.in_thread(work, partial(self._done, message), "commit", exclusive=True)

    def _done(self, message: str, made: Committed | PlannerError) -> None:
        view = self.view.planner.stage() or self.view
        if isinstance(made, PlannerError):
            self.keeping.say_why(made)
            return
        view.head_moved()
        view.refresh_lines()
        subject = visible(message.splitlines()[0])
        done = visible(f"Committed {made.branch} {short_commit(made.commit)}: {subject}")
        view.say(visible(made.warning or done), "warning" if made.warning else "information")


def _tried(session: Session) -> Draft | PlannerError:
    from planner.session.committing import draft  # git is asked here, and not before

    try:
        return draft(session)
    except PlannerError as error:
        return error


def _committed(session: Session, found: Draft, message: str) -> Committed | PlannerError:
    from planner.session.committing import save_and_commit

    try:
        return save_and_commit(session, found, message)
    except PlannerError as error:
        return error
