"""Accepting a finding for now: with a reason, a name and an end date, or not at all."""

from __future__ import annotations

from msgspec.structs import replace
from textual.content import Content

from planner.conflicts.findings import Finding
from planner.entry.draft import Draft
from planner.entry.shapes import fields_of
from planner.entry.waiving import waived
from planner.roadmap.typed import Understood
from planner.session.session import Session
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.dialogs.edit_dialog import EditDialog

ASKED = {"reason": "why is it acceptable?", "by": "who waives it?", "until": "until when?"}
"""What a waiver needs from a person; the rest is known."""


class WaiveDialog(EditDialog):
    """A waiver for one finding; returns the edit that adds it. `me` is who says so, if known."""

    keys = (("enter", "next, apply"), ("^s", "apply"), ("esc", "cancel"))
    idle = "A waiver needs a reason, a name and an end date"

    def __init__(self, session: Session, finding: Finding, me: str | None = None) -> None:
        known = [each for each in fields_of("waivers") if each.key in ASKED]
        fields = tuple(replace(each, required=ASKED[each.key]) for each in known)
        draft = Draft(session.plan, "waivers", None, prefill={"by": me or ""}, fields=fields)
        super().__init__(session, draft, fields)
        self.finding = finding

    def heading(self) -> Content:
        """Which rule."""
        return Content.assemble("Waive ", (f"{self.finding.code} {self.finding.rule}", "bold"))

    def about(self) -> Content:
        """The finding."""
        return Content(f"{visible(self.finding.message)}\n")

    def edit(self) -> Edit | None:
        """The waiver; None until reason, name and end are said."""
        read = {key: self.draft.read(key) for key in ASKED}
        said = {key: one.value for key, one in read.items() if isinstance(one, Understood)}
        return waived(self.session.plan, self.finding, said) if len(said) == len(ASKED) else None
