"""Accepting a finding for now: with a reason, a name and an end date, or not at all."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from planner.conflicts.findings import Finding
from planner.entry.draft import Draft
from planner.entry.shapes import field_of
from planner.roadmap.ids import make_id
from planner.roadmap.typed import Unclear, Understood
from planner.session.session import Session
from planner.text.edits import AddTable, Edit, Edits
from planner.text.visible import visible
from planner.tui.dialogs.consequence_line import ConsequenceLine
from planner.tui.dialogs.field_row import FieldRow
from planner.tui.dialogs.panel import Dialog, Rule

ASKED = ("reason", "by", "until")
"""What a waiver needs from a person; the rest is known."""


class WaiveDialog(Dialog[Edit | None]):
    """A waiver for one finding; returns the edit that adds it. `me` is who says so, if known."""

    DEFAULT_CSS = """
    WaiveDialog > .panel {
        max-width: 84;
    }
    WaiveDialog .finding {
        height: auto;
        margin-bottom: 1;
    }
    """

    BINDINGS = [Binding("ctrl+s", "keep", "apply", show=False, id="waive.keep", priority=True)]

    keys = (("enter", "next, apply"), ("^s", "apply"), ("esc", "cancel"))

    def __init__(self, session: Session, finding: Finding, me: str | None = None) -> None:
        super().__init__()
        self.session = session
        self.finding = finding
        self.draft = Draft(session.plan, "waivers", None, prefill={"by": me or ""})

    def heading(self) -> Content:
        """Which rule."""
        return Content.assemble("Waive ", (f"{self.finding.code} {self.finding.rule}", "bold"))

    def body(self) -> ComposeResult:
        """The finding, what is asked, what it would do."""
        yield Static(Content(visible(self.finding.message)), classes="finding", markup=False)
        for key in ASKED:
            yield FieldRow(self.draft, field_of("waivers", key), key)
        yield Rule()
        yield ConsequenceLine(self.session, "A waiver needs a reason, a name and an end date")

    def on_mount(self) -> None:
        """The reason first."""
        self.rows[0].editor.focus()

    @property
    def rows(self) -> list[FieldRow]:
        """What is asked."""
        return list(self.query(FieldRow))

    @property
    def consequence(self) -> ConsequenceLine:
        """What it would do."""
        return self.query_one(ConsequenceLine)

    def on_field_row_edited(self, event: FieldRow.Edited) -> None:
        """Weighed as soon as all three are said."""
        event.stop()
        self.consequence.ask(self.edit())

    def on_field_row_leave(self, event: FieldRow.Leave) -> None:
        """The next of the three; enter on the last keeps."""
        event.stop()
        at = self.rows.index(event.row) + event.by
        if at == len(self.rows) and event.done:
            self.action_keep()
        elif 0 <= at < len(self.rows):
            self.rows[at].editor.focus()

    def edit(self) -> Edit | None:
        """The waiver; None until reason, name and end are said."""
        read = {key: self.draft.read(key) for key in ASKED}
        said = {k: v.value for k, v in read.items() if isinstance(v, Understood) and v.value}
        if len(said) < len(ASKED):
            return None
        finding = self.finding
        # Only what makes the finding this one, so that work that joins later is not waived too.
        whole = bool(finding.root) and set(finding.root) <= set(finding.on)
        on = list(finding.root if whole else finding.on)
        taken = self.session.plan.tables.get("waivers", {})
        id = make_id("-".join([finding.rule, *on[:1]]), taken, "waiver")
        values = {"rule": finding.code, "on": on, **said}
        return Edits((AddTable("waivers", id, values),), f"waive {finding.code} on {on[0]}")

    def action_keep(self) -> None:
        """Return the waiver; what is missing gets the focus."""
        edit = self.edit()
        if edit is not None:
            self.dismiss(edit)
            return
        for row in self.rows:
            if isinstance(row.typed, Unclear) or not row.text:
                self.consequence.tell(f"✗ {row.key}: {self._lack(row)}")
                row.editor.focus()
                return

    def _lack(self, row: FieldRow) -> str:
        if isinstance(row.typed, Unclear) and row.text:
            return visible(str(row.typed))
        words = {"reason": "why is it acceptable?", "by": "who waives it?"}
        return words.get(row.key, "until when?")
