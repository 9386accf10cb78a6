"""One cell, edited in place, with what it would make of the whole plan."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from planner.entry.draft import Draft
from planner.entry.progress import decided
from planner.entry.shapes import field_of
from planner.errors import UsageError
from planner.roadmap.typed import Unclear
from planner.session.session import Session
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.dialogs.computed_notes import span, told
from planner.tui.dialogs.consequence_line import ConsequenceLine
from planner.tui.dialogs.editors import OneLine
from planner.tui.dialogs.field_row import FieldRow
from planner.tui.dialogs.panel import Dialog


class CellDialog(Dialog[Edit | None]):
    """One field of one table. `key` is its path in the table; only the first part is edited."""

    DEFAULT_CSS = """
    CellDialog {
        align: center bottom;
    }
    CellDialog > .panel {
        max-width: 100%;
        min-height: 7;
    }
    """

    BINDINGS = [
        Binding("ctrl+s", "keep", "apply", show=False, id="cell.keep", priority=True),
        Binding("escape", "leave", "cancel", show=False, id="cell.leave", priority=True),
    ]

    def __init__(
        self,
        session: Session,
        kind: str,
        id: str,
        key: str | tuple[str, ...],
        text: str | None = None,
        computed: str = "",
        *,
        anew: bool = False,
    ) -> None:
        super().__init__()
        self.session = session
        name = key if isinstance(key, str) else key[0]
        field = field_of(kind, name)
        if field is None:
            raise UsageError(f"{name} is no field of the format", hint="edit it in $EDITOR with o")
        self.field = field
        self.draft = Draft(session.plan, kind, id)
        self.start = text
        self.anew = anew
        """Whether what is there is marked, so that the first letter takes its place."""
        self.computed = computed
        """Why it is not the cell itself that is edited; empty where it is."""
        self.keys = (
            ("^s" if field.several_lines else "enter", "apply"),
            ("esc", "cancel"),
        )

    def heading(self) -> Content:
        """``Web push · estimate``."""
        entity = self.session.plan.roadmap.table(self.draft.kind).get(self.draft.id or "")
        label = visible(entity.label) if entity is not None else self.draft.noun
        return Content.assemble(f"{label} · ", (self.field.label, "bold $key"))

    def body(self) -> ComposeResult:
        """The field and its consequence."""
        yield FieldRow(self.draft, self.field, self.field.key, len(self.field.label) + 2)
        yield ConsequenceLine(self.session, self.computed or "no changes yet")

    def on_mount(self) -> None:
        """Start typing at the end of what is there, or over it; say at once where something else
        decides.
        """
        self.row.editor.focus()
        if self.anew and isinstance(self.row.editor, OneLine):
            self.row.editor.select_all()
        self._say_what_decides()
        if self.start is not None:
            self.row.put_nearest(self.start)

    @property
    def row(self) -> FieldRow:
        """The field."""
        return self.query_one(FieldRow)

    @property
    def consequence(self) -> ConsequenceLine:
        """What the edit would do."""
        return self.query_one(ConsequenceLine)

    def on_field_row_edited(self, event: FieldRow.Edited) -> None:
        """Every keystroke is weighed; what was said of the text before is taken away at once."""
        event.stop()
        self.panel.border_subtitle = ""
        if isinstance(event.row.typed, Unclear):
            self.consequence.unclear(self.field.label)
        else:
            self.consequence.ask(self.edit(), self.draft.news())

    def on_consequence_line_weighed(self, event: ConsequenceLine.Weighed) -> None:
        """Say what becomes of the initiative's own dates."""
        if event.plan is None or self.draft.kind != "initiatives":
            self._say_what_decides()
            return
        self.row.add(told(event.plan, self.draft.id or "", self.field))
        self.panel.border_subtitle = span(event.plan, self.draft.id or "")

    def _say_what_decides(self) -> None:
        if self.draft.kind == "initiatives":
            decides = decided(self.session.plan, self.draft.id or "", self.field.key)
            self.row.add(visible(decides))

    def on_field_row_leave(self, event: FieldRow.Leave) -> None:
        """Enter keeps."""
        event.stop()
        if event.done:
            self.action_keep()

    def edit(self) -> Edit | None:
        """What was typed; terms that the other side has to take wait for it as a counter."""
        edit = self.draft.edit()
        return None if edit is None else self.session.with_counters(edit)

    def action_keep(self) -> None:
        """Return the edit; None where nothing was changed. What is unclear or refused stays."""
        problems = self.draft.problems()
        if problems:
            self.consequence.tell(f"✗ {visible(str(next(iter(problems.values()))))}")
            return
        edit = self.edit()
        if not self.consequence.refuses(edit):
            self.dismiss(edit)
