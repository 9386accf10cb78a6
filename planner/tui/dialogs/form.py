"""One form for every kind of table, made from the format's own structs.

Filled and usual fields come first, the others behind "more…". While a person types, the line under
the fields says what the whole plan would become. The form changes nothing: it returns the edit.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from planner.entry.draft import ID, Draft
from planner.pages.roles import side_role
from planner.plan.model import Plan
from planner.roadmap.figures import count
from planner.roadmap.typed import Unclear
from planner.session.session import Session
from planner.text.editing import to_edit
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.dialogs.ask import AskDialog
from planner.tui.dialogs.computed_notes import span, told
from planner.tui.dialogs.consequence_line import ConsequenceLine
from planner.tui.dialogs.field_row import FieldRow, label_width
from planner.tui.dialogs.panel import Dialog, Press, Rule

MUCH = 2
"""Leaving a form with more changed fields than this asks first."""

FRAME = 4
"""Lines of a form that don't scroll beside the consequence: frame, rule, keys."""


class FormDialog(Dialog[Edit | None]):
    """All fields of one table; `id` None makes a new one, with `prefill` as text by key."""

    DEFAULT_CSS = """
    FormDialog > .panel {
        max-width: 104;
    }
    FormDialog .kept {
        height: auto;
        color: $dim;
    }
    FormDialog .presses {
        height: 1;
        margin-top: 1;
    }
    FormDialog .presses Press {
        margin-right: 2;
    }
    """

    BINDINGS = [
        Binding("ctrl+s", "keep", "apply", show=False, id="form.keep", priority=True),
        Binding("ctrl+t", "more", "more", show=False, id="form.more"),
    ]

    keys = (
        ("^s", "apply"),
        ("esc", "cancel"),
        ("tab ↓", "next"),
        ("enter", "next, or accept suggestion"),
        ("^t", "all fields"),
    )

    def __init__(
        self,
        session: Session,
        kind: str,
        id: str | None,
        prefill: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.session = session
        self.draft = Draft(session.plan, kind, id, prefill=prefill)
        self._preview: Plan | None = None
        """The plan with what is typed; None while it is being worked out."""

    # --- what is on screen ------------------------------------------------------------------------

    def heading(self) -> Content:
        """``Add initiative``, ``web-push · Web push for returning visitors``."""
        draft = self.draft
        if draft.new:
            return Content(f"Add {draft.noun}")
        if draft.single:
            return Content(draft.noun.capitalize())
        return Content.assemble(
            f"{draft.noun.capitalize()} ", (visible(draft.id or ""), f"bold ${self._side()}")
        )

    def _side(self) -> str:
        initiative = self.session.plan.roadmap.initiatives.get(self.draft.id or "")
        if self.draft.kind != "initiatives" or initiative is None:
            return "strong"
        return side_role(self.session.plan.roadmap.portfolio_of(initiative))

    def body(self) -> ComposeResult:
        """The fields, what they make of the plan, and the keys."""
        with VerticalScroll(classes="scroll", can_focus=False):
            if self.draft.new and not self.draft.single:
                first, *others = self.draft.first()
                yield FieldRow(self.draft, first, first.key)
                yield FieldRow(self.draft, None, ID)
            else:
                others = self.draft.first()
            for field in others:
                yield FieldRow(self.draft, field, field.key)
            yield from self._kept()
            with Horizontal(classes="presses"):
                yield Press("Apply", id="keep")
                if rest := self.draft.rest():
                    yield Press(Content(f"{count(len(rest), 'more field')}…"), id="more")
        yield Rule()
        yield ConsequenceLine(self.session, self._idle())

    def _idle(self) -> str:
        return "no changes yet"

    def _kept(self) -> ComposeResult:
        """Keys of the table that the format does not know."""
        wide = label_width(self.draft) + 1
        for key, value in self.draft.unknown().items():
            text = Content.assemble((key.ljust(wide), "$dim"), value, ("  kept as it is", "$dim"))
            yield Static(text, classes="kept", markup=False)

    def on_mount(self) -> None:
        """Start in the first field; a prefilled form is weighed at once."""
        self.rows()[0].editor.focus()
        if self.draft.new and any(self.draft.texts.values()):
            self._weigh()

    def on_resize(self, event: events.Resize) -> None:
        """The fields scroll; frame, consequence and keys always fit."""
        self._fit(event.size.height)

    def _fit(self, height: int) -> None:
        rows = max(1, self.consequence.size.height)
        self.query_one(".scroll").styles.max_height = max(3, height - FRAME - rows)

    def rows(self) -> list[FieldRow]:
        """The fields on screen, in their order."""
        return list(self.query(FieldRow))

    def row(self, key: str) -> FieldRow:
        """One field on screen."""
        return next(row for row in self.rows() if row.key == key)

    @property
    def consequence(self) -> ConsequenceLine:
        """The line under the fields."""
        return self.query_one(ConsequenceLine)

    # --- typing -----------------------------------------------------------------------------------

    def on_field_row_edited(self, event: FieldRow.Edited) -> None:
        """The id follows the title, and the plan is worked out anew."""
        event.stop()
        if self.draft.new and not self.draft.id_typed and event.row.key != ID:
            for row in self.rows():
                if row.key == ID:
                    row.put(to_edit(self.draft.id_text))
        self._weigh()

    def _weigh(self) -> None:
        """What was said of the text before is taken away at once, whatever comes of the new one."""
        self._preview = None
        self.panel.border_subtitle = ""
        for row in self.rows():
            row.add("")
        unclear = [row for row in self.rows() if isinstance(row.typed, Unclear) and row.text]
        edit = self.edit()
        if unclear and edit is None:
            self.consequence.unclear(unclear[0].label)
        else:
            left_out = ", ".join(row.label for row in unclear)
            self.consequence.ask(edit, self.draft.news(), left_out)

    def on_consequence_line_weighed(self, event: ConsequenceLine.Weighed) -> None:
        """The fields that move dates say when the initiative ends; the consequence has its rows."""
        self.call_after_refresh(lambda: self._fit(self.size.height))
        if event.plan is None or self.draft.kind != "initiatives":
            return
        self._preview = event.plan
        self.panel.border_subtitle = span(event.plan, self.draft.id_text)
        self._tell()

    def on_descendant_focus(self) -> None:
        """Show what the plan computes for the field under the cursor."""
        self._tell()

    def _tell(self) -> None:
        for row in self.rows():
            if self._preview is not None and row.has_focus_within and row.field is not None:
                row.add(told(self._preview, self.draft.id_text, row.field))

    # --- moving about -----------------------------------------------------------------------------

    def on_field_row_leave(self, event: FieldRow.Leave) -> None:
        """The next field or the one before; enter on the last one keeps."""
        event.stop()
        stops = [*(row.editor for row in self.rows()), self.query_one("#keep", Press)]
        at = stops.index(event.row.editor) + event.by
        if 0 <= at < len(stops):
            stops[at].focus()

    def on_key(self, event: events.Key) -> None:
        """Arrows between the words to press and back to the fields."""
        if not isinstance(self.focused, Press):
            return
        if event.key == "up":
            self.rows()[-1].editor.focus()
        elif event.key == "left":
            self.focus_previous(Press)
        elif event.key in ("right", "down"):
            self.focus_next(Press)

    def on_press_pressed(self, event: Press.Pressed) -> None:
        """Keep, or the fields that are not shown yet."""
        event.stop()
        if event.press.id == "more":
            self.run_worker(self._show_rest())
        else:
            self.action_keep()

    def action_more(self) -> None:
        """Show the other fields too."""
        if self.query("#more"):
            self.run_worker(self._show_rest())

    async def _show_rest(self) -> None:
        shown = {row.key for row in self.rows()}
        rest = [field for field in self.draft.rest() if field.key not in shown]
        rows = [FieldRow(self.draft, field, field.key) for field in rest]
        await self.query("#more").remove()
        if rows:
            await self.query_one(".scroll").mount(*rows, after=self.rows()[-1])
            self.call_after_refresh(rows[0].editor.focus)

    # --- keeping ----------------------------------------------------------------------------------

    def edit(self) -> Edit | None:
        """What was typed; terms that the other side has to take wait for it as a counter."""
        edit = self.draft.edit()
        return None if edit is None else self.session.with_counters(edit)

    def action_keep(self) -> None:
        """Return the edit; what is unclear gets the focus instead, and what is refused says why."""
        problems = self.draft.problems()
        if problems:
            key = next(iter(problems))
            self.consequence.tell(visible(f"✗ {key.replace('_', ' ')}: {problems[key]}"))
            self._go_to(key)
            return
        edit = self.edit()
        if not self.consequence.refuses(edit):
            self.dismiss(edit)

    def _go_to(self, key: str) -> None:
        for row in self.rows():
            if row.key == key:
                row.complain()
                row.editor.focus()

    def action_leave(self) -> None:
        """Escape: nothing is kept; asks where much was typed."""
        typed = len([key for key, text in self.draft.texts.items() if text])
        if (typed if self.draft.new else len(self.draft.changed())) <= MUCH:
            self.dismiss(None)
            return

        def answered(answer: str | None) -> None:
            if answer == "drop":
                self.dismiss(None)

        question = "Discard the input?"
        choices = {"back": "Cancel", "drop": "Discard"}
        self.app.push_screen(AskDialog(question, choices, "back"), answered)
