"""Another id for a table, in every reference to it too."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from planner.entry.draft import ID, ID_FIELD, Draft
from planner.entry.removal import references_to
from planner.roadmap.figures import count, listed
from planner.roadmap.typed import Unclear
from planner.session.session import Session
from planner.text.edits import Edit, RenameId
from planner.text.visible import visible
from planner.tui.dialogs.edit_dialog import EditDialog


class RenameDialog(EditDialog):
    """A new id; returns the edit that renames the table and every reference to it."""

    types_over = True
    keys = (("enter", "rename"), ("esc", "cancel"))

    def __init__(self, session: Session, kind: str, id: str) -> None:
        super().__init__(session, Draft(session.plan, kind, id), (ID_FIELD,))

    def heading(self) -> Content:
        """What is renamed."""
        id = visible(self.draft.id or self.draft.id_text)
        return Content.assemble(f"Rename {self.draft.noun} ", (id, "bold $strong"))

    def about(self) -> Content:
        """How many references follow, in which files."""
        kind, id = self.draft.kind, self.draft.id or ""
        held = references_to(self.session.plan, kind, id)
        places = (self.session.workspace.locate(each.kind, each.id)[0] for each in held)
        files = listed(dict.fromkeys(visible(each.rsplit("/", 1)[-1]) for each in places))
        words = f"{count(len(held), 'reference')} in {files}" if held else "no other table names it"
        return Content.assemble((f"{words}\n", "$dim"))

    def edit(self) -> Edit | None:
        """The new id; None while it is none, or the old one."""
        new, old = self.draft.id_text, self.draft.id
        if not old or new == old or self.lacks():
            return None
        return RenameId(self.draft.kind, old, new)

    def lacks(self) -> Mapping[str, Unclear]:
        """An id has to be one, and free."""
        read = self.draft.read_id()
        return {ID: read} if isinstance(read, Unclear) else {}
