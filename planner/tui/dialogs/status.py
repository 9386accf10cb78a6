"""Setting a status, together with the actual dates that it states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from planner.entry.context import Around
from planner.entry.status import STATES, STATUSES, Stated, named, state
from planner.pages.signs import STATUS
from planner.roadmap.entities import Status
from planner.roadmap.typed import Unclear, Understood
from planner.roadmap.typed_days import say_day
from planner.session.session import Session
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.dialogs.ask import AskDialog
from planner.tui.dialogs.consequence_line import ConsequenceLine
from planner.tui.dialogs.editors import OneLine
from planner.tui.dialogs.notes import unclear
from planner.tui.dialogs.options import Options, columns
from planner.tui.dialogs.panel import Dialog, Rule

MEANS: Mapping[Status, str] = {
    "proposed": "an idea, not yet decided",
    "planned": "to be done",
    "active": "being worked on",
    "paused": "started, not worked on now",
    "done": "finished",
    "dropped": "will not be done; stays in the file, without dates",
}
"""What a status says."""

ASKED = {"actual_start": "started on", "actual_finish": "finished on"}


class StatusDialog(Dialog[Edit | None]):
    """A status for one initiative; returns the edit, dates included.

    Where that takes out a recorded date, it asks before, and to leave it as it is has the focus.
    """

    DEFAULT_CSS = """
    StatusDialog .asked {
        height: 1;
        margin-top: 1;
        color: $dim;
    }
    StatusDialog .note {
        height: 1;
    }
    """

    keys = (
        ("enter", "apply"),
        ("↓ ↑ letters", "status"),
        ("type", "another date"),
        ("esc", "cancel"),
    )

    def __init__(self, session: Session, id: str) -> None:
        super().__init__()
        self.session = session
        self.initiative = id
        self.around = Around(session.plan)
        self.before = session.plan.written("initiatives", id)
        self._letters = ""
        """What was typed of a status, as long as no day was begun."""
        self._offered = ""

    def heading(self) -> Content:
        """Whose status it is."""
        initiative = self.session.plan.roadmap.initiatives[self.initiative]
        return Content.assemble(f"{visible(initiative.label)} · ", ("status", "bold $key"))

    def body(self) -> ComposeResult:
        """The statuses, the day, what it would do."""
        yield Options(self._line, len(STATUSES), len(STATUSES))
        yield Static(classes="asked", markup=False)
        yield OneLine("", "", self._catch)
        yield Static(classes="note", markup=False)
        yield Rule()
        yield ConsequenceLine(self.session, "no changes yet")

    def on_mount(self) -> None:
        """The present status is marked."""
        self.day_input.focus()
        now = str(self.before.get("status", "planned"))
        self.options.go(STATUSES.index(now) if now in STATUSES else 1)
        self._ask_day()

    @property
    def options(self) -> Options:
        """The statuses."""
        return self.query_one(Options)

    @property
    def day_input(self) -> OneLine:
        """The day it happened."""
        return self.query_one(OneLine)

    @property
    def consequence(self) -> ConsequenceLine:
        """What it would do."""
        return self.query_one(ConsequenceLine)

    @property
    def status(self) -> Status:
        """The marked status."""
        return STATUSES[self.options.at]

    def _line(self, at: int, width: int) -> Content:
        status = STATUSES[at]
        glyph, means = STATUS[status], MEANS[status]
        now = "now" if self.before.get("status", "planned") == status else ""
        return columns(
            (
                (glyph, "$key", 2),
                (status, "$text", 9),
                (means, "$dim", max(8, width - 24)),
                (now, "$good", 0),
            )
        )

    # --- the day ----------------------------------------------------------------------------------

    def _ask_day(self) -> None:
        key = STATES[self.status][0]
        self.day_input.visible = bool(key)
        if key:
            self.day_input.focus()
        written = self.before.get(key) if key else None
        day = written if isinstance(written, date) else self.around.today
        self._offered = day.isoformat() if key else ""
        self.day_input.value = self._offered
        self.day_input.selection = self.day_input.selection.cursor(len(self.day_input.value))
        self._weigh()

    def _day(self) -> Understood[date] | Unclear | None:
        """The day that the status states; None where it states none."""
        return self.around.day(self.day_input.value, past=True) if STATES[self.status][0] else None

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another day."""
        event.stop()
        self._weigh()

    def on_options_moved(self, event: Options.Moved) -> None:
        """Another status."""
        event.stop()
        self._ask_day()

    def _weigh(self) -> None:
        stated = self.stated()
        self.query_one(".asked", Static).update(self._asked(stated))
        self.query_one(".note", Static).update(self._note())
        if stated is None:
            self.consequence.unclear("the date")
        else:
            self.consequence.ask(stated.edit)

    def _asked(self, stated: Stated | None) -> Content:
        key = STATES[self.status][0]
        words = f"  {ASKED[key]}" if key else "  no date"
        goes = f"; {visible(named(stated.goes))} removed" if stated and stated.goes else ""
        return Content.assemble((words, "$text"), (goes, "$warning"))

    def _note(self) -> Content:
        day = self._day()
        if day is None:
            return Content("")
        if isinstance(day, Unclear):
            return unclear(day)
        if day.value > self.around.today:
            return Content.assemble((f"  ▲ {say_day(day.value)} is in the future", "$warning"))
        return Content.assemble(("  → ", "$good"), day.said)

    def stated(self) -> Stated | None:
        """What the marked status writes, and which recorded dates go; None for an unclear day."""
        day = self._day()
        if isinstance(day, Unclear):
            return None
        value = day.value if day is not None and not self._untouched() else None
        return state(self.before, self.initiative, self.status, self.around.today, value)

    # --- keys -------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Where no day is asked, nothing has the focus."""
        if self.focused is None and self._catch(event):
            event.stop()

    def _catch(self, event: events.Key) -> bool:
        if event.key == "enter":
            self._keep()
            return True
        if self._spells(event.character or ""):
            return True
        self._letters = ""
        return event.key in ("up", "down") and self.options.key(event.key)

    def _spells(self, letter: str) -> bool:
        """Whether a letter goes on with, or begins, the name of a status, which is then marked.

        Letters belong to the day once it is being typed: ``1 mar``, ``mon``.
        """
        if not letter.isalpha() or (self.day_input.visible and not self._untouched()):
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
        return self.day_input.value == self._offered

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """A click on what is marked keeps it."""
        event.stop()
        self._keep()

    def _keep(self) -> None:
        day, stated = self._day(), self.stated()
        if isinstance(day, Unclear):
            self.day_input.value = day.nearest or self.day_input.value
            self.day_input.cursor_position = len(self.day_input.value)
        elif stated is not None and stated.goes:
            self._make_sure(stated)
        elif stated is not None:
            self.dismiss(stated.edit)

    def _make_sure(self, stated: Stated) -> None:
        def answered(answer: str | None) -> None:
            if answer == "take":
                self.dismiss(stated.edit)

        question = f"Set {self.status} and remove what is recorded?"
        choices = {"leave": "Cancel", "take": "Remove"}
        self.app.push_screen(
            AskDialog(question, choices, "leave", visible(named(stated.goes))), answered
        )
