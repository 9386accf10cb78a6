"""What the app does about sessions that died: offer what each left unsaved, one by one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from planner.errors import PlannerError
from planner.session.dead_sessions import recoverable
from planner.text.visible import visible
from planner.tui.shell.app_state import Desk
from planner.tui.shell.base_app import GuardedApp

if TYPE_CHECKING:
    from planner.session.recovery import Recovery


class Recovering:
    """The part of an app that offers recovery; `say` and `ask_next` are what it does after that."""

    def __init__(
        self,
        app: GuardedApp[Any],
        desk: Desk,
        say: Callable[..., None],
        ask_next: Callable[[], None],
    ) -> None:
        self._app, self._desk, self._say, self._ask_next = app, desk, say, ask_next
        self._put_off = False
        """Whether what dead sessions left was put off until the next start."""

    def offer(self) -> None:
        """Ask whether to restore what sessions that died left unsaved, one by one, oldest first.

        A question that one of them raises is answered before the next is offered.
        """
        if self._put_off:
            return
        try:
            recovery = recoverable(self._desk.session.path)
        except PlannerError:
            return
        if recovery is None:
            return
        from planner.tui.dialogs.ask import AskDialog

        choices = {"restore": "Restore", "later": "Later", "discard": "Discard"}
        question = "Restore unsaved changes of a session that ended?"
        told = "Restored changes are unsaved, as they were. Later: the next start asks again."
        detail = visible("\n".join([*recovery.lines(), told]), keep_newlines=True)
        ask = AskDialog(question, choices, "restore", detail)
        self._app.push_screen(ask, partial(self._recover, recovery))

    def _recover(self, recovery: Recovery, answer: str | None) -> None:
        if answer == "restore":
            try:
                self._desk.session.restore(recovery)
            except PlannerError as error:
                recovery.close()
                self._say(error.message, "error")
                return
            self._say(f"Restored {recovery.describe()}")
            self._app.call_after_refresh(self._ask_next)
        elif answer == "discard":
            self._make_sure(recovery)
            return
        else:
            self._put_off = True
            recovery.close()
            self._say("Kept: the next start asks again")
            return
        if not self._desk.session.working_copy.merge_conflicts:
            self._app.call_after_refresh(self.offer)

    def _make_sure(self, recovery: Recovery) -> None:
        """A key typed ahead, or one too many, must not be what throws work away."""
        from planner.tui.dialogs.ask import AskDialog

        detail = visible("\n".join(recovery.lines()), keep_newlines=True)
        choices = {"keep": "Cancel", "discard": "Discard"}
        ask = AskDialog("Discard these changes? There is no other copy", choices, "keep", detail)
        self._app.push_screen(ask, partial(self._discard, recovery))

    def _discard(self, recovery: Recovery, answer: str | None) -> None:
        if answer == "discard":
            recovery.discard()
            self._say("Discarded; the files are as they were saved")
        else:
            recovery.close()
        self._app.call_after_refresh(self.offer)
