"""Setting a status, together with the actual dates that it states."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace
from textual import events
from textual.content import Content

from planner.entry.draft import Draft
from planner.entry.shapes import Field, fields_of
from planner.entry.status import STATES, STATUSES, Stated, named, state
from planner.pages.signs import STATUS
from planner.roadmap.entities import Status
from planner.roadmap.typed import Unclear
from planner.session.session import Session
from planner.text.edits import Edit, Edits
from planner.text.visible import visible
from planner.tui.dialogs.ask import Sure
from planner.tui.dialogs.edit_dialog import EditDialog
from planner.tui.dialogs.options import columns

MEANS: Mapping[Status, str] = {
    "proposed": "an idea, not yet decided",
    "planned": "to be done",
    "active": "being worked on",
    "paused": "started, not worked on now",
    "done": "finished",
    "dropped": "will not be done; stays in the file, without dates",
}
"""What a status says."""


class StatusDialog(EditDialog):
    """A status for initiatives; returns the edit, dates included.

    Where that takes out a recorded date, it asks before, and to leave it as it is has the focus.
    """

    types_over = True
    keys = (
        ("enter", "apply"),
        ("↓ ↑ letters", "status"),
        ("type", "another date"),
        ("esc", "cancel"),
    )
    beside = 3

    def __init__(self, session: Session, id: str, *more: str, status: Status | None = None) -> None:
        """`status` is the one that is marked first; without it that is the present one."""
        self.ids = (id, *more)
        self.before = session.plan.written("initiatives", id)
        days = [one for one in fields_of("initiatives") if one.key.startswith("actual_")]
        days = [replace(one, required="when?") for one in days]
        today = session.plan.as_of.isoformat()
        offered = {one.key: today for one in days if one.key not in self.before}
        alone = ("initiatives", id) if not more else ("", None)
        draft = Draft(session.plan, *alone, prefill=offered, fields=tuple(days))
        self.now = self.before.get("status", "planned")
        first = status or self.now
        at = STATUSES.index(first) if first in STATUSES else 1
        super().__init__(session, draft, days[:1], len(STATUSES), at)
        self.initiative = id
        self._letters = ""
        """What was typed of a status, as long as no day was begun."""

    def heading(self) -> Content:
        """Whose status it is."""
        if len(self.ids) > 1:
            return Content.assemble(f"{len(self.ids)} initiatives · ", ("status", "bold $key"))
        return self.titled("initiatives", self.initiative, "status")

    @property
    def status(self) -> Status:
        """The marked status."""
        return STATUSES[self.options.at]

    def choice(self, at: int, width: int) -> Content:
        """A status, what it says, and whether it is the present one."""
        status = STATUSES[at]
        return columns(
            (
                (STATUS[status], "$key", 2),
                (status, "$text", 9),
                (MEANS[status], "$dim", max(8, width - 24)),
                ("now" if status == self.now else "", "$good", 0),
            )
        )

    def asked(self) -> Field | None:
        """The actual date that the status states."""
        return next((one for one in self.draft.fields if one.key == STATES[self.status][0]), None)

    def about(self) -> Content:
        """Which recorded dates would go."""
        goes = self._goes()
        return Content.assemble((f"  {visible(goes)} removed" if goes else " ", "$warning"))

    def stated(self) -> list[Stated]:
        """What the marked status writes for each, and which recorded dates go; nothing for an
        unclear day.
        """
        asked = self.asked()
        typed = self.draft.read(asked.key) if asked is not None else None
        if isinstance(typed, Unclear):
            return []
        day = typed.value if typed is not None and not self._untouched() else None
        plan, status = self.session.plan, self.status
        written = ((id, plan.written("initiatives", id)) for id in self.ids)
        return [state(before, id, status, plan.as_of, day) for id, before in written]

    def edit(self) -> Edit | None:
        """The status, with its date."""
        edits = [each.edit for each in self.stated() if each.edit is not None]
        if len(self.ids) == 1:
            return edits[0] if edits else None
        return Edits(tuple(edits), f"{len(edits)} are {self.status}") if edits else None

    def _goes(self) -> str:
        """What is recorded and would go, of several with their ids."""
        stated = zip(self.ids, self.stated(), strict=False)
        gone = [(id, named(each.goes)) for id, each in stated if each.goes]
        return "; ".join(goes if len(self.ids) == 1 else f"{id}: {goes}" for id, goes in gone)

    def sure(self) -> Sure | None:
        """Whether what is recorded may go."""
        goes = self._goes()
        if not goes:
            return None
        return Sure(f"Set {self.status} and remove what is recorded?", "Remove", goes)

    def catch(self, event: events.Key) -> bool:
        """Letters spell a status first."""
        if self._spells(event.character or ""):
            return True
        self._letters = ""
        return super().catch(event)

    def _spells(self, letter: str) -> bool:
        """Whether a letter goes on with, or begins, the name of a status, which is then marked.

        Letters belong to the day once it is being typed: ``1 mar``, ``mon``.
        """
        if not letter.isalpha() or not self._untouched():
            return False
        for typed in (self._letters + letter.casefold(), letter.casefold()):
            at = next((at for at, each in enumerate(STATUSES) if each.startswith(typed)), None)
            if at is not None:
                self._letters = typed
                self.options.go(at)
                return True
        return False

    def _untouched(self) -> bool:
        """Whether the day is still the one that was offered."""
        asked = self.asked()
        return asked is None or self.draft.texts[asked.key] == self.draft.offered[asked.key]
