"""Recording what was agreed, answered, asked for, accepted or looked at, with its day.

Each line says who says what; under it stands what they have seen when they say so.
"""

from __future__ import annotations

from datetime import date

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from planner.consequence import day as short_day
from planner.entry.agreeing import Deed, Record, records
from planner.entry.around import Around
from planner.roadmap.typed import Unclear, Understood, say_day
from planner.session import Session
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.dialogs.consequence_line import ConsequenceLine
from planner.tui.dialogs.editors import OneLine
from planner.tui.dialogs.options import Options, columns
from planner.tui.dialogs.panel import Dialog, Rule

GLYPHS: dict[Deed, str] = {
    "agree": "√",
    "promise": "→",
    "decline": "✗",
    "ask": "?",
    "accept": "√",
    "review": "○",
}
STYLES: dict[Deed, str] = {
    "agree": "$good",
    "promise": "$good",
    "decline": "$critical",
    "ask": "$warning",
    "accept": "$good",
    "review": "$key",
}
MOST = 9
"""How many records are shown at once."""


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

    keys = (("enter", "keep"), ("↓ ↑", "which"), ("type", "another day"), ("esc", "drop"))

    def __init__(self, session: Session, kind: str, id: str, supplier: str | None = None) -> None:
        super().__init__()
        self.session = session
        self.about = (kind, id)
        self.supplier = supplier
        self.around = Around(session.plan)
        self.found = self._records(session.plan.as_of)
        self.offered = ""
        """The day that was put in for a person, who may have typed another."""

    def _records(self, day: date) -> list[Record]:
        return records(self.session.plan, *self.about, supplier=self.supplier, day=day)

    def heading(self) -> Content:
        """What it is about."""
        entity = self.session.plan.roadmap.table(self.about[0]).get(self.about[1])
        label = visible(entity.label if entity else self.about[1])
        return Content.assemble(f"{label} · ", ("record", "bold $key"))

    def body(self) -> ComposeResult:
        """Who says what, what they have seen, the day, what it would do."""
        yield Options(self._line, len(self.found), MOST)
        yield Static(classes="seen", markup=False)
        yield Static(Content.assemble(("  on the day", "$dim")), classes="asked", markup=False)
        yield OneLine(self.around.today.isoformat(), "", self._catch)
        yield Static(classes="note", markup=False)
        yield Rule()
        yield ConsequenceLine(self.session, "nothing is changed")

    def on_mount(self) -> None:
        """The first is marked, the day can be typed."""
        line = self.query_one(OneLine)
        line.focus()
        self._offer()
        line.selection = line.selection.cursor(len(line.value))
        self._weigh()

    @property
    def options(self) -> Options:
        """Who says what."""
        return self.query_one(Options)

    @property
    def record(self) -> Record:
        """What is marked."""
        return self.found[self.options.at]

    @property
    def consequence(self) -> ConsequenceLine:
        """What it would do."""
        return self.query_one(ConsequenceLine)

    def _line(self, at: int, width: int) -> Content:
        record = self.found[at]
        before = f"last {short_day(record.before)}" if record.before else ""
        title = visible(record.title)
        said = ((before, "$dim", len(before)),) if before else ()
        room = max(10, width - 3 - sum(len(text) + 2 for text, _, _ in said))
        glyph = (GLYPHS[record.deed], STYLES[record.deed], 1)
        return columns((glyph, (title, "$text", room), *said))

    # --- the day ----------------------------------------------------------------------------------

    def _day(self) -> Understood[date] | Unclear:
        past = self.record.deed != "promise"
        return self.around.day(self.query_one(OneLine).value, past=past)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another day."""
        event.stop()
        self._weigh()

    def on_options_moved(self, event: Options.Moved) -> None:
        """Another record; a promise begins with the day on which the supplier finishes."""
        event.stop()
        if self.query_one(OneLine).value == self.offered:
            self._offer()
        self._weigh()

    def _offer(self) -> None:
        """Put in the day that is usual for what is marked."""
        promise, line = self.record.deed == "promise", self.query_one(OneLine)
        self.offered = self._planned() if promise else self.around.today.isoformat()
        line.value = self.offered
        line.cursor_position = len(line.value)

    def _planned(self) -> str:
        """The last day of the hand-over's supplier; today where it has none."""
        supplier = self.record.supplier or self.supplier or ""
        dates = self.session.plan.schedule.get(supplier)
        return (dates.finish if dates is not None else self.around.today).isoformat()

    def _weigh(self) -> None:
        day = self._day()
        if isinstance(day, Understood):
            self.found = self._records(day.value)
            self.options.refresh()
        promise = self.record.deed == "promise"
        asked = "  promised for the day" if promise else "  on the day"
        self.query_one(".asked", Static).update(Content.assemble((asked, "$dim")))
        latest = date.max if promise else self.around.today
        self.query_one(".note", Static).update(_note(day, latest))
        self.query_one(".seen", Static).update(_seen(self.record))
        self.consequence.ask(self.edit())

    def edit(self) -> Edit | None:
        """What the marked record writes; None where the day is unclear."""
        return self.record.edit if isinstance(self._day(), Understood) else None

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
        day, line = self._day(), self.query_one(OneLine)
        if isinstance(day, Unclear):
            line.value = day.nearest or self.around.today.isoformat()
            line.cursor_position = len(line.value)
        else:
            self.dismiss(self.edit())


def _note(day: Understood[date] | Unclear, today: date) -> Content:
    if isinstance(day, Unclear):
        return Content.assemble((f"  ✗ {visible(day.why)}", "$critical"), f" → {day.nearest}")
    if day.value > today:
        return Content.assemble((f"  ▲ {say_day(day.value)} is still to come", "$warning"))
    return Content.assemble(("  → ", "$good"), day.said)


def _seen(record: Record) -> Content:
    words = " · ".join(map(visible, record.seen)) or "nothing is written about it"
    return Content.assemble(("seen: ", "$dim"), (words, "$text"))
