"""Recording what was agreed, answered, asked for, countered, accepted or looked at, with its day.

Each line says who says what; under it stands what they have seen when they say so. Where it could
be about several hand-overs, none is marked until somebody marks one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace
from textual.content import Content

from planner.conflicts.answering import planned_day
from planner.conflicts.terms import Saying
from planner.entry.agreements import Act, Record, records
from planner.entry.draft import Draft
from planner.entry.shapes import Field
from planner.pages import signs
from planner.roadmap.figures import date_text
from planner.roadmap.typed import Unclear, Understood
from planner.session.session import Session
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.dialogs.ask import Sure
from planner.tui.dialogs.edit_dialog import EditDialog
from planner.tui.dialogs.options import columns

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

SAID = Field(key="said_on", shape="date", required="when?")
NAMED: dict[Act, Field] = {
    "promise": Field(key="promised_for", shape="date", required="for when?"),
    "need": Field(key="needed_by", shape="date", required="by when?"),
}
"""What the day is that is typed; of all else, the day on which it is said."""
NOTE = Field(key="note", shape="text", about="Kept with it, where there is one")


class AgreeDialog(EditDialog):
    """What can be recorded about a table, the likeliest first; returns the edit that records it.

    `supplier` limits what is offered for an initiative to its hand-over from that supplier, and
    `reviewer` to that party's review; `by` is who speaks, where somebody else types, and is kept
    with what their side says.
    """

    types_over = True
    keys = (
        ("enter", "apply"),
        ("↓ ↑", "which"),
        ("type", "another date"),
        ("tab", "a note"),
        ("esc", "cancel"),
    )
    beside = 5

    def __init__(
        self,
        session: Session,
        kind: str,
        id: str,
        supplier: str | None = None,
        by: str | None = None,
        reviewer: str | None = None,
    ) -> None:
        plan = session.plan
        self.subject = (kind, id)
        self.supplier, self.by, self.reviewer = supplier, by, reviewer
        draft = Draft(plan, "", None, fields=(SAID, *NAMED.values(), NOTE))
        self.draft = draft
        self.session = session
        self.found = self._records(None)
        pairs = {(one.successor, one.supplier) for one in self.found if one.supplier}
        at = -1 if len(pairs) > 1 else 0
        super().__init__(session, draft, (SAID, NOTE), len(self.found), at)
        self.offered = ""
        """The day that was put in for a person, who may have typed another."""

    def heading(self) -> Content:
        """What it is about."""
        return self.titled(*self.subject, "record")

    @property
    def record(self) -> Record | None:
        """What is marked; None where that is nothing yet."""
        return self.found[self.options.at] if self.options.at >= 0 else None

    def choice(self, at: int, width: int) -> Content:
        """Who says what, and when that was said before."""
        record = self.found[at]
        before = (
            f"last {date_text(record.before, self.session.plan.as_of)}" if record.before else ""
        )
        said = ((before, "$dim", len(before)),) if before else ()
        room = max(10, width - 3 - sum(len(text) + 2 for text, _, _ in said))
        mark, style = COUNTERS if record.counters else GLYPHS[record.act]
        return columns(((mark, style, 1), (visible(record.title), "$text", room), *said))

    def about(self) -> Content:
        """What they have seen."""
        if self.record is None:
            return Content.assemble(("several handovers: ", "$dim"), ("↓ ↑ selects one", "$text"))
        words = " · ".join(map(visible, self.record.seen)) or "nothing recorded yet"
        return Content.assemble(("seen: ", "$dim"), (words, "$text"))

    # --- the day ----------------------------------------------------------------------------------

    def asked(self) -> Field:
        """The day that is typed; a promise begins with the day on which the plan delivers it."""
        named = NAMED.get(self.record.act) if self.record is not None else None
        return named or SAID

    def mark(self) -> None:
        """A day that was typed stays; one that was put in gives way to the next."""
        row, asked, texts = self.rows()[0], self.asked(), self.draft.texts
        typed = texts[row.key]
        if typed == self.offered:
            typed = self.offered = self._usual(asked)
        texts[asked.key] = typed
        row.turn_to(asked)
        super().mark()

    def _usual(self, asked: Field) -> str:
        """The day that is usual for what is marked: of a delivery, when the plan has it."""
        record, plan = self.record, self.session.plan
        day = None
        if asked is not SAID and record is not None and record.successor and record.supplier:
            day = planned_day(plan.context, record.successor, record.supplier)
        return (day or plan.as_of).isoformat()

    def weigh(self) -> None:
        """Another day, or another note, is another record."""
        day = self.draft.read(self.asked().key)
        if isinstance(day, Understood):
            self.found = self._records(day.value)
            self.options.refresh()
        super().weigh()

    def _records(self, day: date | None) -> list[Record]:
        note = self.draft.read(NOTE.key)
        saying = Saying(note=note.value if isinstance(note, Understood) else None)
        plan, supplier = self.session.plan, self.supplier

        def said_by(who: str | None) -> list[Record]:
            told = replace(saying, by=who)
            found = records(plan, *self.subject, supplier=supplier, day=day, saying=told)
            if self.reviewer is None:
                return found
            return [one for one in found if one.act == "review" and one.who == self.reviewer]

        if self.by is None:
            return said_by(None)
        side = plan.context.party(self.by).side
        both = zip(said_by(self.by), said_by(None), strict=True)
        return [own if own.who == side else other for own, other in both]

    # --- applying ---------------------------------------------------------------------------------

    def edit(self) -> Edit | None:
        """What the marked record writes; None where the day is unclear."""
        clear = not isinstance(self.draft.read(self.asked().key), Unclear)
        return self.record.edit if self.record is not None and clear else None

    def lacks(self) -> Mapping[str, Unclear]:
        """A record has to be marked, and its day clear; a no for somebody else has its reason."""
        if self.record is None:
            return {"": Unclear("which one? ↓ ↑")}
        if self.record.act == "decline" and self.by and not self.draft.texts[NOTE.key].strip():
            return {NOTE.key: Unclear("why not? a word is enough")}
        return super().lacks()

    def sure(self) -> Sure | None:
        """A day that is recorded goes only where that is meant."""
        record, day = self.record, self.draft.read(self.asked().key)
        if record is None or not record.restates or record.before == getattr(day, "value", None):
            return None
        return Sure(f"Recorded on {record.before} already: replace the date?", "Replace")
