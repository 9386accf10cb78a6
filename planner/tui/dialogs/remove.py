"""Taking something out: dropping it, which keeps it in the file, or removing its table.

Nothing may point at a table that is gone, so its references go with it, and are named first.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from planner.entry.removal import Held, dropping, references_to, removal
from planner.entry.shapes import NOUNS
from planner.entry.status import named
from planner.roadmap.figures import count
from planner.session.session import Session
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.dialogs.edit_dialog import EditDialog
from planner.tui.dialogs.options import columns

SHOWN = 6
"""References named one by one; past them, how many more."""
OTHER = 11
"""Lines of the dialog that name no reference."""


class RemoveDialog(EditDialog):
    """Drop, remove or leave as it is; returns the edit."""

    beside = 1

    def __init__(self, session: Session, kind: str, id: str) -> None:
        plan = session.plan
        self.noun = NOUNS.get(kind, kind)
        self.subject = (kind, id)
        self.written = id in plan.tables.get(kind, {})
        self.held = references_to(plan, *self.subject)
        drop = dropping(plan, id) if kind == "initiatives" and self.written else None
        self.words = list(self._choices(session, drop))
        super().__init__(session, count=len(self.words))

    def _choices(self, session: Session, drop: Edit | None) -> Iterator[tuple[str, Edit | None]]:
        """What can be done, what loses nothing first."""
        cancel = ("Cancel", None)
        yield ("Set status to dropped (stays in the file)", drop) if drop is not None else cancel
        if self.written:
            also = f", and {count(len(self.held), 'reference')} to it" if self.held else ""
            group = self.subject[0] == "groups"
            words = "Remove the group, keep its members" if group else "Remove it from the file"
            yield f"{words}{also}", removal(session.plan, *self.subject)
        if drop is not None:
            yield cancel

    def heading(self) -> Content:
        """What goes."""
        return Content.assemble(f"Remove {self.noun} ", (visible(self.subject[1]), "bold $strong"))

    def choice(self, at: int, width: int) -> Content:
        """What is done."""
        return Content(self.words[at][0])

    def edit(self) -> Edit | None:
        """What the marked choice does."""
        return self.words[self.options.at][1]

    def about(self) -> Content:
        """Which references go when the table goes."""
        if not self.written:
            words = f"The file has no table for this {self.noun}: other tables refer to it. "
            return Content.assemble((f"{words}e gives it a title, and a table.", "$dim"))
        if not self.held:
            return Content.assemble(("Nothing else refers to it.", "$dim"))
        shown = self.held[: max(1, min(SHOWN, self.size.height - OTHER))]
        wide = min(40, max(len(each.id) for each in shown))
        head = Content.assemble(("References that are removed with it:", "$dim"))
        lines = [head, *(_reference(each, wide) for each in shown)]
        if more := len(self.held) - len(shown):
            lines.append(Content.assemble((f"  and {more} more", "$dim")))
        return Content("\n").join(lines)


def _reference(held: Held, wide: int) -> Content:
    return columns(
        (
            ("", "", 0),
            (visible(held.id), "$text", wide),
            (held.key.replace("_", " "), "$dim", 0),
            (visible(named(held.recorded)), "$warning", 0),
        )
    )
