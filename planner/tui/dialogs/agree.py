"""Recording what was agreed, answered, asked for, countered, accepted or looked at, with its day.

Each line says who says what; under it stands what they have seen when they say so. Where it could
be about several hand-overs, none is marked until somebody marks one.
"""

from __future__ import annotations

from datetime import date

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from planner.conflicts.answering import planned_day
from planner.conflicts.terms import Saying
from planner.entry.agreements import Act, Record, records
from planner.entry.context import Around
from planner.pages import signs
from planner.roadmap.figures import date_text
from planner.roadmap.typed import Unclear, Understood
from planner.roadmap.typed_days import say_day
from planner.session.session import Session
from planner.text.editing import from_edited
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.dialogs.ask import AskDialog
from planner.tui.dialogs.consequence_line import ConsequenceLine
from planner.tui.dialogs.editors import OneLine
from planner.tui.dialogs.notes import unclear
from planner.tui.dialogs.options import Options, columns
from planner.tui.dialogs.panel import Dialog, Rule

GLYPHS: dict[Act, tuple[str, str]] = {
    "agree": (signs.AGREED, "$good"),
    "promise": (signs.ASKED, "$warning"),
    "take": (signs.AGREED, "$good"),
    "not take": (signs.DECLINED, "$critical"),
    "decline": (signs.DECLINED, "$critical"),
    "ask": (signs.ASKED, "$warning"),
    "need": (signs.DEADLINE, "$warning"),
    "accept": (signs.AGREED, "$good"),
    "not accept": (signs.DECLINED, "$critical"),
    "review": (signs.DUE, "$key"),
}
"""The mark of each act, and its style; what waits for the other side's answer has its own."""
COUNTERS = (signs.COUNTERED, "$warning")
MOST = 7
"""How many records are shown at once."""
ASKED: dict[Act, str] = {"promise": "  promised for", "need": "  needed by"}
"""What the day is that is typed; of all else, the day on which it is said."""


class AgreeDialog(Dialog[Edit | None]):
    """What can be recorded about a table, the likeliest first; returns the edit that records it.

    `supplier` limits what is offered for an initiative to its hand-over from that supplier.
    """

    DEFAULT_CSS = """
    AgreeDialog .seen {
        height: auto;
        max-height: 4;
        margin-top: 1;
        padding-left: 2;
    }
    AgreeDialog .asked {
        height: 1;
        margin-top: 1;
    }
    AgreeDialog .note {
        height: 1;
    }
    """

    keys = (
        ("enter", "apply"),
        ("↓ ↑", "which"),
        ("type", "another date"),
        ("tab", "a note"),
        ("esc", "cancel"),
    )

    def __init__(self, session: Session, kind: str, id: str, supplier: str | None = None) -> None:
        super().__init__()
        self.session = session
        self.about = (kind, id)
        self.supplier = supplier
        self.around = Around(session.plan)
        self.note = ""
        self.found = self._records(session.plan.as_of)
        self.offered = ""
        """The day that was put in for a person, who may have typed another."""

    def _records(self, day: date) -> list[Record]:
        saying = Saying(note=self.note.strip() or None)
        plan, supplier = self.session.plan, self.supplier
        return records(plan, *self.about, supplier=supplier, day=day, saying=saying)

    def heading(self) -> Content:
        """What it is about."""
        entity = self.session.plan.roadmap.table(self.about[0]).get(self.about[1])
        label = visible(entity.label if entity else self.about[1])
        return Content.assemble(f"{label} · ", ("record", "bold $key"))

    def body(self) -> ComposeResult:
        """Who says what, what they have seen, the day, what it would do."""
        pairs = {(one.successor, one.supplier) for one in self.found if one.supplier}
        yield Options(self._line, len(self.found), MOST, at=-1 if len(pairs) > 1 else 0)
        yield Static(classes="seen", markup=False)
        yield Static(Content.assemble(("  on", "$dim")), classes="asked", markup=False)
        yield OneLine(self.around.today.isoformat(), "", self._catch, id="day")
        yield Static(classes="note", markup=False)
        yield OneLine("", "a note (optional)", self._catch, id="said")
        yield Rule()
        yield ConsequenceLine(self.session, "no changes yet")

    def on_mount(self) -> None:
        """The day can be typed."""
        line = self.line
        line.focus()
        self._offer()
        line.selection = line.selection.cursor(len(line.value))
        self._weigh()

    @property
    def options(self) -> Options:
        """Who says what."""
        return self.query_one(Options)

    @property
    def line(self) -> OneLine:
        """The day."""
        return self.query_one("#day", OneLine)

    @property
    def record(self) -> Record | None:
        """What is marked; None where that is nothing yet."""
        return self.found[self.options.at] if self.options.at >= 0 else None

    @property
    def act(self) -> Act | None:
        """What the marked record records."""
        return self.record.act if self.record is not None else None

    @property
    def consequence(self) -> ConsequenceLine:
        """What it would do."""
        return self.query_one(ConsequenceLine)

    def _line(self, at: int, width: int) -> Content:
        record = self.found[at]
        before = f"last {date_text(record.before, self.around.plan.as_of)}" if record.before else ""
        title = visible(record.title)
        said = ((before, "$dim", len(before)),) if before else ()
        room = max(10, width - 3 - sum(len(text) + 2 for text, _, _ in said))
        mark, style = COUNTERS if record.counters else GLYPHS[record.act]
        return columns(((mark, style, 1), (title, "$text", room), *said))

    # --- the day ----------------------------------------------------------------------------------

    def _day(self) -> Understood[date] | Unclear:
        return self.around.day(self.line.value, past=self.act not in ASKED)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another day, or other words."""
        event.stop()
        if event.input.id == "said":
            self.note = from_edited(event.value)
        self._weigh()

    def on_options_moved(self, event: Options.Moved) -> None:
        """Another record; a promise begins with the day on which the plan delivers it."""
        event.stop()
        if self.line.value == self.offered:
            self._offer()
        self._weigh()

    def _offer(self) -> None:
        """Put in the day that is usual for what is marked."""
        line, named = self.line, self.act in ASKED
        self.offered = self._planned() if named else self.around.today.isoformat()
        line.value = self.offered
        line.cursor_position = len(line.value)

    def _planned(self) -> str:
        """The day on which the plan delivers what is marked; today where it has none."""
        record, context = self.record, self.session.plan.context
        day = None
        if record is not None and record.successor and record.supplier:
            day = planned_day(context, record.successor, record.supplier)
        return (day or self.around.today).isoformat()

    def _weigh(self) -> None:
        day = self._day()
        if isinstance(day, Understood):
            self.found = self._records(day.value)
            self.options.refresh()
        asked = ASKED.get(self.act) if self.act else None
        self.query_one(".asked", Static).update(Content.assemble((asked or "  on the day", "$dim")))
        latest = date.max if asked else self.around.today
        self.query_one(".note", Static).update(_note(day, latest))
        self.query_one(".seen", Static).update(_seen(self.record))
        if isinstance(day, Unclear):
            self.consequence.unclear("the date")
        else:
            self.consequence.ask(self.edit())

    def edit(self) -> Edit | None:
        """What the marked record writes; None where the day is unclear."""
        clear = self.record is not None and isinstance(self._day(), Understood)
        return self.record.edit if self.record is not None and clear else None

    # --- keys -------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Keys that the day leaves."""
        if self.focused is None and self._catch(event):
            event.stop()

    def _catch(self, event: events.Key) -> bool:
        if event.key == "enter":
            self._keep()
            return True
        return event.key in ("up", "down") and self.options.key(event.key)

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """A click on what is marked keeps it."""
        event.stop()
        self._keep()

    def _keep(self) -> None:
        day, line = self._day(), self.line
        if self.record is None:
            self.query_one(".note", Static).update(_WHICH)
        elif isinstance(day, Unclear):
            line.value = day.nearest or line.value
            line.cursor_position = len(line.value)
        elif self.record.restates and self.record.before != day.value:
            self._make_sure(self.record)
        else:
            self.dismiss(self.edit())

    def _make_sure(self, record: Record) -> None:
        """A day that is recorded goes only where that is meant."""

        def answered(answer: str | None) -> None:
            if answer == "again":
                self.dismiss(record.edit)

        question = f"Recorded on {record.before} already: replace the date?"
        choices = {"keep": "Cancel", "again": "Replace"}
        self.app.push_screen(AskDialog(question, choices, "keep"), answered)


def _note(day: Understood[date] | Unclear, today: date) -> Content:
    if isinstance(day, Unclear):
        return unclear(day)
    if day.value > today:
        return Content.assemble((f"  ▲ {say_day(day.value)} is in the future", "$warning"))
    return Content.assemble(("  → ", "$good"), day.said)


_WHICH = Content.assemble(("  ✗ which one? ", "$critical"), ("↓ ↑", "bold $key"))


def _seen(record: Record | None) -> Content:
    if record is None:
        return Content.assemble(("several handovers: ", "$dim"), ("↓ ↑ selects one", "$text"))
    words = " · ".join(map(visible, record.seen)) or "nothing recorded yet"
    return Content.assemble(("seen: ", "$dim"), (words, "$text"))
