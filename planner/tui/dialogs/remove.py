"""Taking something out: dropping it, which keeps it in the file, or removing its table.

Nothing may point at a table that is gone, so its references go with it, and are named first.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from planner.entry.bulk import bulk
from planner.entry.removal import Held, dropping, references_to, removal
from planner.entry.shapes import NOUNS
from planner.entry.status import named
from planner.plan.model import Plan
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

    def __init__(self, session: Session, kind: str, id: str, *more: str) -> None:
        plan = session.plan
        self.noun = NOUNS.get(kind, kind)
        self.subject = (kind, id)
        self.ids = (id, *more)
        self.written = id in plan.tables.get(kind, {})
        held = (each for one in self.ids for each in references_to(plan, kind, one))
        self.held = [each for each in held if not (each.kind == kind and each.id in self.ids)]
        drop = self._dropping(plan) if kind == "initiatives" and self.written else None
        self.words = list(self._choices(session, drop))
        super().__init__(session, count=len(self.words))

    def _choices(self, session: Session, drop: Edit | None) -> Iterator[tuple[str, Edit | None]]:
        """What can be done, what loses nothing first."""
        cancel = ("Cancel", None)
        yield ("Set status to dropped (stays in the file)", drop) if drop is not None else cancel
        if self.written:
            also = f", and {count(len(self.held), 'reference')} to it" if self.held else ""
            group = self.subject[0] == "groups"
            it = "it" if len(self.ids) == 1 else f"{len(self.ids)} initiatives"
            words = "Remove the group, keep its members" if group else f"Remove {it} from the file"
            yield f"{words}{also}", self._removal(session.plan)
        if drop is not None:
            yield cancel

    def _dropping(self, plan: Plan) -> Edit | None:
        """The edit that drops those that can be: what is done stays done."""
        if len(self.ids) == 1:
            return dropping(plan, self.ids[0])
        return bulk(plan, self.ids, dropping, "drop").edit

    def _removal(self, plan: Plan) -> Edit | None:
        kind = self.subject[0]
        if len(self.ids) == 1:
            return removal(plan, *self.subject)
        return bulk(
            plan, self.ids, lambda plan, id: removal(plan, kind, id), "remove", in_turn=True
        ).edit

    def heading(self) -> Content:
        """What goes."""
        if len(self.ids) > 1:
            return Content(f"Remove {len(self.ids)} initiatives")
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
