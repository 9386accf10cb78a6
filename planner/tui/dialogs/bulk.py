"""One key of everything that is selected: a value for all, or by how much each is moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace
from textual.content import Content

from planner.entry.bulk import Bulk, BulkDraft, bulk_assigned, bulk_word
from planner.entry.shapes import Field, fields_of
from planner.roadmap.figures import count
from planner.roadmap.typed import Unclear, Understood
from planner.session.session import Session
from planner.text.editing import from_edited
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.dialogs.ask import Sure
from planner.tui.dialogs.edit_dialog import EditDialog
from planner.tui.dialogs.field_row import FieldRow

SHOWN = 3
"""Values, and reasons, that are told one by one."""


class BulkDialog(EditDialog):
    """A key and its value for many initiatives; returns one edit. Without a key it asks for one."""

    types_over = True
    widest = 92

    def __init__(self, session: Session, ids: Sequence[str], key: str | None) -> None:
        fields = fields_of("initiatives")
        choices = tuple(field.key for field in fields)
        self.key_field = Field(key="key", shape="choice", choices=choices, required="which key?")
        self.key_asked = key is None
        self.ids = ids
        self.at_key = key or ""
        draft = BulkDraft(session.plan, ids, (*fields, self.key_field))
        self.bulk_draft = draft
        draft.texts[self.key_field.key] = self.at_key
        value = _one_line(self._field or fields[0])
        super().__init__(session, draft, (self.key_field, value) if self.key_asked else (value,))
        self._made: tuple[tuple[str, str], Bulk] | None = None
        self.keys = (("enter", "apply"), ("+2w −3d", "moves each"), ("esc", "cancel"))

    @property
    def _field(self) -> Field | None:
        """The key's field; None until it is clear."""
        fields = (each for each in fields_of("initiatives") if each.key == self.at_key)
        return next(fields, None)

    def heading(self) -> Content:
        """``5 initiatives · estimate``."""
        field = self._field
        words = field.label if field is not None else "any key"
        return Content.assemble(f"{count(len(self.ids), 'initiative')} · ", (words, "bold $key"))

    @cached_property
    def value_row(self) -> FieldRow:
        """Where the value is typed."""
        return self.rows()[-1]

    def weigh(self) -> None:
        """The value is that of the key that is typed."""
        if self.key_asked:
            read = self.draft.read(self.key_field.key)
            key = read.value if isinstance(read, Understood) and read.value else ""
            if key != self.at_key:
                self.at_key = key
                if (field := self._field) is not None:
                    self.value_row.turn_to(_one_line(field))
                self.panel.border_title = self.heading()
        super().weigh()

    @property
    def found(self) -> Bulk:
        """What is typed, as an edit of all."""
        field = self._field
        text = from_edited(self.draft.texts.get(self.at_key, "").strip())
        if field is None or not text:
            return Bulk(None)
        asked = (field.key, text)
        if self._made is None or self._made[0] != asked:
            words = [bulk_word(field, "" if text in ("none", "–") else text)]
            self._made = (asked, bulk_assigned(self.session.plan, self.ids, words))
        return self._made[1]

    def edit(self) -> Edit | None:
        """One edit of all that can take it."""
        if self.lacks():
            return None
        edit = self.found.edit
        return None if edit is None else self.session.with_counters(edit)

    def lacks(self) -> Mapping[str, Unclear]:
        """The key, and a value that is none."""
        found = {row.key: row.typed for row in self.rows() if row.text or row.key == "key"}
        return {key: typed for key, typed in found.items() if isinstance(typed, Unclear)}

    def about(self) -> Content:
        """What they have now; and which can't take what is typed, by row."""
        if self._field is None:
            return Content.assemble((_some(list(self.ids)), "$dim"))
        now = self.bulk_draft.values(self.at_key)
        few = sorted(now.items(), key=lambda each: -len(each[1]))
        said = [f"{text.replace(chr(10), ', ') or 'none'} ({len(ids)})" for text, ids in few]
        more = f", {len(said) - SHOWN} more values" if len(said) > SHOWN else ""
        lines = [Content.assemble(("now ", "$dim"), f"{visible(', '.join(said[:SHOWN]))}{more}")]
        refused = {} if self.lacks() else self.found.refused
        lines += [
            Content.assemble((f"✗ {visible(id)}: {visible(why)}", "$warning"))
            for id, why in [*refused.items()][:SHOWN]
        ]
        if len(refused) > SHOWN:
            lines.append(Content.assemble((f"  and {len(refused) - SHOWN} more", "$warning")))
        return Content("\n").join(lines)

    def tell_dates(self) -> None:
        """The dates of one say nothing of all."""

    def sure(self) -> Sure | None:
        """Whether only some are changed."""
        refused, edit = self.found.refused, self.found.edit
        if not refused or edit is None:
            return None
        others = len(self.ids) - len(refused)
        detail = "\n".join(f"{id}: {why}" for id, why in refused.items())
        return Sure(f"Change only {others} of {len(self.ids)}?", f"Change {others}", detail)

    def action_keep(self) -> None:
        """Where none can take it, say why."""
        found = self.found
        if not self.lacks() and found.edit is None and found.refused:
            id, why = next(iter(found.refused.items()))
            self.consequence.tell(visible(f"✗ {id}: {why}"))
            return
        super().action_keep()


def _some(ids: list[str]) -> str:
    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    return f"{visible(', '.join(ids[:SHOWN]))}{more}"


def _one_line(field: Field) -> Field:
    """The field as it is typed on one line."""
    return replace(field, shape="strings", default="") if field.several_lines else field
