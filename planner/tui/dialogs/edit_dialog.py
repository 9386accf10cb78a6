"""A dialog that returns an edit: what can be chosen, fields to fill in, and what the edit would do.

A dialog says which choices there are, which field the marked one asks for, and the edit they make.
The rest is the same in all of them: arrows mark, tab and enter go on, enter on the last field or on
a choice applies, and so does ctrl+s; what is unclear, missing or refused keeps the dialog open. In
a low terminal choices and fields scroll; the consequence and the keys are always in sight.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from planner.entry.draft import Draft
from planner.entry.progress import decided
from planner.entry.shapes import Field
from planner.plan.model import Plan
from planner.roadmap.typed import Unclear
from planner.session.session import Session
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.dialogs.ask import Sure, make_sure
from planner.tui.dialogs.computed_notes import span, told
from planner.tui.dialogs.consequence_line import ConsequenceLine
from planner.tui.dialogs.field_row import FieldRow
from planner.tui.dialogs.options import Options
from planner.tui.dialogs.panel import Dialog, Keys, Rule

FRAME = 4
"""Lines that neither scroll nor are the consequence's: frame, rule, keys."""
LEAST = 2
"""Choices in view in the lowest terminal."""
STEPS = ("up", "down", "pageup", "pagedown")


class EditDialog(Dialog[Edit | None]):
    """`draft` holds what is typed in `fields`; there are `count` choices, with `at` marked."""

    DEFAULT_CSS = """
    EditDialog .about { height: auto; }
    """

    BINDINGS = [Binding("ctrl+s", "keep", "apply", show=False, id="dialog.keep", priority=True)]

    keys: Keys = (("enter", "apply"), ("↓ ↑", "select"), ("esc", "cancel"))
    idle = "no changes yet"
    none: ClassVar[str] = "nothing here"
    """What is said in the place of choices where there are none."""
    most: ClassVar[int] = 7
    """Choices in view at once, at most."""
    beside: ClassVar[int] = 0
    """Lines below the choices that are to stay in view."""
    types_over = False
    """Whether what is typed takes the place of what the first field offers."""

    def __init__(
        self,
        session: Session,
        draft: Draft | None = None,
        fields: Sequence[Field] = (),
        count: int | None = None,
        at: int = 0,
    ) -> None:
        super().__init__()
        self.session = session
        self.draft = draft or Draft(session.plan, "", None, fields=())
        self.fields = fields
        self.count = count
        self.at = at
        self._preview: Plan | None = None
        """The plan with the edit; None while it is being worked out."""

    # --- what a dialog says -----------------------------------------------------------------------

    def choice(self, at: int, width: int) -> Content:
        """One of the choices, on one line."""
        return Content("")

    def about(self) -> Content:
        """What there is to know about what is marked."""
        return Content("")

    def asked(self) -> Field | None:
        """What the marked choice asks for in the first field; None for nothing."""
        return self.fields[0] if self.fields else None

    def edit(self) -> Edit | None:
        """What is marked and typed, as an edit; None where that is nothing, or unclear.

        Terms that the other side has to take wait for it as a counter.
        """
        edit = self.draft.edit()
        return None if edit is None else self.session.with_counters(edit)

    def lacks(self) -> Mapping[str, Unclear]:
        """What keeps it from being applied, by field; the first is said."""
        found = {row.key: row.typed for row in self.rows() if row.visible}
        return {key: typed for key, typed in found.items() if isinstance(typed, Unclear)}

    def sure(self) -> Sure | None:
        """What is asked before it is applied; None for nothing."""
        return None

    # --- what is on screen ------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """Choices, what there is to know, fields, consequence."""
        if self.count is not None:
            yield from self.choices()
        with VerticalScroll(classes="scroll", can_focus=False):
            yield Static(classes="about", markup=False)
            yield from self.filled_in()
        yield Rule()
        yield ConsequenceLine(self.session, self.idle)

    def choices(self) -> ComposeResult:
        """What can be chosen."""
        yield Options(self.choice, self.count or 0, self.most, self.none, self.at)

    def filled_in(self) -> ComposeResult:
        """The fields."""
        wide = max((len(each.label) for each in self.draft.fields), default=0) + 2
        for field in self.fields:
            row = FieldRow(self.draft, field, wide, self.catch)
            if self.count is not None and field is self.fields[0]:
                row.styles.min_height = 2  # nothing moves when a choice asks for nothing
            yield row

    def titled(self, kind: str, id: str, word: str) -> Content:
        """``Web push · estimate``, to stand in the frame."""
        entity = self.session.plan.roadmap.table(kind).get(id)
        label = entity.label if entity is not None else id
        return Content.assemble(f"{visible(label) or self.draft.noun} · ", (word, "bold $key"))

    def on_mount(self) -> None:
        """Begin in the first field, with what is marked at first."""
        for row in self.rows()[:1]:
            row.editor.focus()
        self.mark()
        self.offer_over()

    def rows(self) -> list[FieldRow]:
        """The fields on screen, in their order."""
        return list(self.query(FieldRow))

    @property
    def options(self) -> Options:
        """The choices."""
        return self.query_one(Options)

    @property
    def consequence(self) -> ConsequenceLine:
        """What the edit would do."""
        return self.query_one(ConsequenceLine)

    def on_resize(self) -> None:
        """Choices and fields scroll; frame, consequence and keys always fit."""
        self.fit()

    def fit(self) -> None:
        """Leave to choices and fields what the consequence does not need."""
        room = self.size.height - FRAME - max(1, self.consequence.size.height)
        if self.count is not None:
            options = self.options
            options.most = min(self.most, max(LEAST, room - self.beside))
            options.refresh(layout=True)
            room -= options.get_content_height()
        self.query_one(".scroll").styles.max_height = max(1, room)

    # --- what is marked and typed -----------------------------------------------------------------

    def on_options_moved(self, event: Options.Moved) -> None:
        """Ask for what the marked choice needs."""
        event.stop()
        self.mark()
        self.offer_over()

    def offer_over(self) -> None:
        """Mark the text that is offered in the first field, where typing takes its place."""
        for row in self.rows()[:1] if self.types_over else ():
            row.editor.select_all()

    def mark(self) -> None:
        """Show the first field as the marked choice asks for it."""
        asked = self.asked()
        for row in self.rows()[:1] if self.count is not None else ():
            row.visible = asked is not None
            if asked is None:
                self.set_focus(None)
            elif row.field is not asked:
                row.turn_to(asked)
            if asked is not None and self.focused is None:
                row.editor.focus()
        self.weigh()

    def on_field_row_edited(self, event: FieldRow.Edited) -> None:
        """Every keystroke is weighed."""
        event.stop()
        self.weigh()

    def weigh(self) -> None:
        """What was said of the text before is taken away at once, whatever comes of the new one."""
        self._preview = None
        self.tell_dates()
        about, known = self.query_one(".about", Static), self.about()
        about.display = bool(known)
        about.update(known)
        typed = (row for row in self.rows() if row.visible and row.text)
        unclear = [row.label for row in typed if isinstance(row.typed, Unclear)]
        edit = self.edit()
        if unclear and edit is None:
            self.consequence.unclear(unclear[0])
        else:
            self.consequence.ask(edit, self.draft.news(), ", ".join(unclear))

    def on_consequence_line_weighed(self, event: ConsequenceLine.Weighed) -> None:
        """Fields say what they do to the initiative's own dates; the consequence has its rows."""
        self.call_after_refresh(self.fit)
        self._preview = event.plan
        self.tell_dates()

    def on_descendant_focus(self) -> None:
        """Say what the plan computes for the field under the cursor."""
        self.tell_dates()

    def tell_dates(self) -> None:
        """The dates of the initiative, in the frame and under the field that is typed."""
        if self.draft.kind != "initiatives":
            return
        plan, id = self._preview, self.draft.id_text
        self.panel.border_subtitle = span(plan, id) if plan is not None else ""
        for row in self.rows():
            if not row.has_focus_within:
                row.add("")
            elif plan is not None:
                row.add(told(plan, id, row.field))
            else:
                row.add(visible(decided(self.session.plan, id, row.field.key)))

    # --- keys -------------------------------------------------------------------------------------

    def catch(self, event: events.Key) -> bool:
        """Whether a key is the choices', before a field has it."""
        return self.count is not None and event.key in STEPS and self.options.key(event.key)

    def on_key(self, event: events.Key) -> None:
        """Keys that no field took: choices are all there is then."""
        if self.focused is not None or self.count is None:
            return
        if event.key == "enter" and self.count:
            self.action_keep()
        elif not (self.catch(event) or self.options.letter(event.key)):
            return
        event.stop()

    def stops(self) -> Iterator[Widget]:
        """Where up, down and enter lead, in their order."""
        yield from (row.editor for row in self.rows())

    def on_field_row_leave(self, event: FieldRow.Leave) -> None:
        """The next field or the one before; enter on the last one applies, and on any where there
        are choices.
        """
        event.stop()
        stops = list(self.stops())
        at = stops.index(event.row.editor) + event.by
        if event.done and (self.count is not None or at == len(stops)):
            self.action_keep()
        elif 0 <= at < len(stops):
            stops[at].focus()

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """A click on what is marked applies it."""
        event.stop()
        self.action_keep()

    # --- applying ---------------------------------------------------------------------------------

    def action_keep(self) -> None:
        """Return the edit; what is unclear gets the focus instead, and what is refused says why."""
        for key, why in self.lacks().items():
            about = f"{key.replace('_', ' ')}: " if key else ""
            self.consequence.tell(visible(f"✗ {about}{why}"))
            self._go_to(key)
            return
        edit = self.edit()
        if self.consequence.refuses(edit):
            return
        sure = self.sure()
        if sure is None:
            self.dismiss(edit)
        else:
            make_sure(self.app, sure, lambda: self.dismiss(edit))

    def _go_to(self, key: str) -> None:
        for row in self.rows():
            if row.key == key:
                row.complain()
                row.editor.focus()
