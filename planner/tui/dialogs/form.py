"""One form for every kind of table, made from the format's own structs.

Filled and usual fields come first, the others behind "more…". The form changes nothing: it returns
the edit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from planner.entry.draft import ID, ID_FIELD, Draft
from planner.pages.roles import side_role
from planner.roadmap.figures import count
from planner.roadmap.typed import Unclear
from planner.session.session import Session
from planner.text.visible import visible
from planner.tui.dialogs.ask import Sure, make_sure
from planner.tui.dialogs.edit_dialog import EditDialog
from planner.tui.dialogs.field_row import FieldRow, label_width
from planner.tui.dialogs.panel import Press

MUCH = 2
"""Leaving a form with more changed fields than this asks first."""


class FormDialog(EditDialog):
    """All fields of one table; `id` None makes a new one, with `prefill` as text by key."""

    DEFAULT_CSS = """
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

    BINDINGS = [Binding("ctrl+t", "more", "more", show=False, id="form.more")]

    widest = 104
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
        super().__init__(session, Draft(session.plan, kind, id, prefill=prefill))

    # --- what is on screen ------------------------------------------------------------------------

    def heading(self) -> Content:
        """``Add initiative``, ``Initiative web-push``, and how that gets another id."""
        draft = self.draft
        if draft.new:
            return Content(f"Add {draft.noun}")
        if draft.single:
            return Content(draft.noun.capitalize())
        return Content.assemble(
            f"{draft.noun.capitalize()} ",
            (visible(draft.id or ""), f"bold ${self._side()}"),
            ("  (another id: palette, rename)", "$dim"),
        )

    def _side(self) -> str:
        initiative = self.session.plan.roadmap.initiatives.get(self.draft.id or "")
        if self.draft.kind != "initiatives" or initiative is None:
            return "strong"
        return side_role(self.session.plan.roadmap.portfolio_of(initiative))

    def filled_in(self) -> ComposeResult:
        """The fields, a new table's id after its first, and words to press."""
        rows = [FieldRow(self.draft, field) for field in self.draft.first()]
        if self.draft.new and not self.draft.single:
            rows.insert(1, FieldRow(self.draft, ID_FIELD))
        yield from rows
        yield from self._kept()
        with Horizontal(classes="presses"):
            yield Press("Apply", id="keep")
            if rest := self.draft.rest():
                yield Press(Content(f"{count(len(rest), 'more field')}…"), id="more")

    def _kept(self) -> ComposeResult:
        """Keys of the table that the format does not know."""
        wide = label_width(self.draft) + 1
        for key, value in self.draft.unknown().items():
            text = Content.assemble((key.ljust(wide), "$dim"), value, ("  kept as it is", "$dim"))
            yield Static(text, classes="kept", markup=False)

    def row(self, key: str) -> FieldRow:
        """One field on screen."""
        return next(row for row in self.rows() if row.key == key)

    def weigh(self) -> None:
        """The id follows the title."""
        if self.draft.new and not self.draft.id_typed:
            for row in self.rows():
                if row.key == ID and row.editor.text != row.text:
                    row.put(row.text)
        super().weigh()

    # --- moving about -----------------------------------------------------------------------------

    def stops(self) -> Iterator[Widget]:
        """The fields, and the word that applies them."""
        yield from super().stops()
        yield self.query_one("#keep", Press)

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
            self.action_more()
        else:
            self.action_keep()

    def action_more(self) -> None:
        """Show the other fields too."""
        if self.query("#more"):
            self.run_worker(self._show_rest())

    async def _show_rest(self) -> None:
        shown = {row.key for row in self.rows()}
        rest = [field for field in self.draft.rest() if field.key not in shown]
        rows = [FieldRow(self.draft, field) for field in rest]
        await self.query("#more").remove()
        if rows:
            await self.query_one(VerticalScroll).mount(*rows, after=self.rows()[-1])
            self.call_after_refresh(rows[0].editor.focus)

    # --- applying ---------------------------------------------------------------------------------

    def lacks(self) -> Mapping[str, Unclear]:
        """All that was typed has to be clear, and a new table needs an id."""
        return self.draft.problems()

    def action_leave(self) -> None:
        """Escape: nothing is kept; asks where much was typed."""
        typed = len([key for key, text in self.draft.texts.items() if text])
        if (typed if self.draft.new else len(self.draft.changed())) <= MUCH:
            self.dismiss(None)
        else:
            make_sure(self.app, Sure("Discard the input?", "Discard"), lambda: self.dismiss(None))
