"""Announcing a launch for a day: whether it can be, while the day is typed."""

from __future__ import annotations

from datetime import date
from functools import partial

from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from planner.analysis.announce import announcement
from planner.entry.draft import Draft
from planner.entry.shapes import fields_of
from planner.errors import PlannerError
from planner.pages.announce import announce_page
from planner.roadmap.typed import Understood
from planner.session.session import Session
from planner.text.visible import visible
from planner.tui.dialogs.consequence_line import ConsequenceLine
from planner.tui.dialogs.edit_dialog import EditDialog
from planner.tui.dialogs.panel import Rule
from planner.tui.lines.pages import content_of
from planner.tui.shell.base_app import guarded

LEAST = 30
"""Columns of the answer at least."""
SCROLLBAR = 2
"""Columns that are left to it."""


class AnnounceDialog(EditDialog):
    """The day on which a launch is announced; returns the edit that writes it.

    The answer to whether that can be is worked out in a thread: of days that are typed meanwhile
    only the last is answered.
    """

    types_over = True
    keys = (("enter", "announce"), ("type", "another date"), ("esc", "cancel"))
    idle = "no date yet"

    class Answered(Message):
        """What is said of a day."""

        def __init__(self, day: date, answer: Content) -> None:
            super().__init__()
            self.day = day
            self.answer = answer

    def __init__(self, session: Session, id: str) -> None:
        plan = session.plan
        fields = tuple(
            replace(one, required="which date?")
            for one in fields_of("initiatives")
            if one.key == "announced"
        )
        dates, initiative = plan.schedule.get(id), plan.roadmap.initiatives[id]
        day = initiative.deadline or (dates.finish if dates else plan.as_of)
        offered = {} if initiative.announced else {"announced": day.isoformat()}
        super().__init__(
            session, Draft(plan, "initiatives", id, prefill=offered, fields=fields), fields
        )
        self.initiative = id
        self._answer = Content("")
        self._asked: date | None = None

    def heading(self) -> Content:
        """Which launch."""
        return self.titled("initiatives", self.initiative, "announce")

    def body(self) -> ComposeResult:
        """The day first: the answer may be long."""
        with VerticalScroll(classes="scroll", can_focus=False):
            yield from self.filled_in()
            yield Static(classes="about", markup=False)
        yield Rule()
        yield ConsequenceLine(self.session, self.idle)

    def about(self) -> Content:
        """Whether it can be announced for the day that is typed."""
        return self._answer

    def weigh(self) -> None:
        """Ask about the day, too."""
        super().weigh()
        typed = self.draft.read("announced")
        day = typed.value if isinstance(typed, Understood) else None
        if isinstance(day, date) and day != self._asked:
            self._asked = day
            self.call_after_refresh(self._ask)

    def _ask(self) -> None:
        """Once it is known how wide the answer may be."""
        if self._asked is not None:
            width = self.query_one(".scroll").content_size.width - SCROLLBAR
            self._work_out(self._asked, max(LEAST, width))

    @work(thread=True, group="announce", exclusive=True, exit_on_error=False)
    def _work_out(self, day: date, width: int) -> None:
        guarded(self.app, partial(self._answer_to, day, width))

    def _answer_to(self, day: date, width: int) -> None:
        plan = self.session.plan
        try:
            shown = announcement(plan, self.initiative, day)
            lines = announce_page(plan, shown, width, commands=False)
        except PlannerError as error:
            answer = Content(visible(error.message))
        else:
            answer = content_of(lines)
        self.post_message(self.Answered(day, answer))

    def on_announce_dialog_answered(self, event: Answered) -> None:
        """Show the answer, unless another day is asked about by now."""
        event.stop()
        if event.day == self._asked:
            self._answer = event.answer
            about = self.query_one(".about", Static)
            about.display = True
            about.update(self._answer)
            self.call_after_refresh(self.fit)
