"""One cell, edited in place, with what it would make of the whole plan."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding
from textual.content import Content

from planner.entry.draft import Draft
from planner.entry.shapes import field_of
from planner.errors import UsageError
from planner.roadmap.typed import Unclear
from planner.session.session import Session
from planner.tui.dialogs.edit_dialog import EditDialog
from planner.tui.dialogs.editors import OneLine
from planner.tui.dialogs.field_row import FieldRow


class CellDialog(EditDialog):
    """One field of one table. `key` is its path in the table; only the first part is edited.

    `text` is put in as if it had been typed. `anew`: what is there is marked, so that the first
    letter takes its place. `computed` says why it is not the cell itself that is edited.
    """

    DEFAULT_CSS = """
    CellDialog {
        align: center bottom;
    }
    CellDialog > .panel {
        min-height: 7;
    }
    CellDialog .rule {
        display: none;
    }
    """

    # Escape leaves the cell also where something is suggested: it undoes a whole edit.
    BINDINGS = [
        Binding("escape", "leave", "cancel", show=False, id="cell.leave", priority=True),
    ]

    widest = "100%"

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
        name = key if isinstance(key, str) else key[0]
        field = field_of(kind, name)
        if field is None:
            raise UsageError(f"{name} is no field of the format", hint="edit it in $EDITOR with o")
        super().__init__(session, Draft(session.plan, kind, id, fields=(field,)), (field,))
        self.field = field
        self.start = text
        self.anew = anew
        self.idle = computed or self.idle
        self.keys = (("^s" if field.several_lines else "enter", "apply"), ("esc", "cancel"))

    def heading(self) -> Content:
        """``Web push · estimate``."""
        return self.titled(self.draft.kind, self.draft.id or "", self.field.label)

    def on_mount(self) -> None:
        """Start typing at the end of what is there, or over it."""
        if self.anew and isinstance(self.row.editor, OneLine):
            self.row.editor.select_all()
        if self.start is not None:
            self.row.put_nearest(self.start)

    @property
    def row(self) -> FieldRow:
        """The field."""
        return self.query_one(FieldRow)

    def lacks(self) -> Mapping[str, Unclear]:
        """What is typed has to be clear."""
        return self.draft.problems()
