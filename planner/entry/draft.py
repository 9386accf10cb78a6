"""Draft of one table in a form: texts by key, their values, and the resulting edit.

Nothing here changes the plan: `edit` is a value, made of the keys whose text was changed and the
tables that are created with the same save.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from planner.entry.context import Around, Typed
from planner.entry.shapes import NEW_TERM, NOUNS, Field, fields_of, terms_of
from planner.entry.values import as_text, understood
from planner.plan.model import Plan
from planner.roadmap.entities import SINGLES
from planner.roadmap.fields import keys_in_order
from planner.roadmap.ids import is_id, make_id
from planner.roadmap.typed import Unclear, Understood
from planner.text.editing import from_edited, to_edit
from planner.text.edits import AddTable, Edit, Edits, RemoveKey, RenameId, SetKey
from planner.text.visible import visible

ID = "id"
"""The key of the row that holds the table's own id."""
ID_FIELD = Field(key=ID, shape="text")

NAMED_BY = ("title", "name", "rule")
"""The keys that a new id is made from, the first that is filled in."""


class Draft:
    """A table of `kind` being edited; `id` is None for a new one. `prefill` is text by key, and
    `fields` are those that are typed, where not all of the kind are.

    An id without a table is a new one too: it is implied so far, or built in.
    """

    def __init__(
        self,
        plan: Plan,
        kind: str,
        id: str | None,
        *,
        today: date | None = None,
        prefill: Mapping[str, str] | None = None,
        fields: tuple[Field, ...] | None = None,
    ) -> None:
        tables = plan.tables.get(kind, {})
        self.plan = plan
        self.kind = kind
        self.id = "" if kind in SINGLES else id if id in tables else None
        self.around = Around(plan, today)
        self.before: Mapping[str, Any] = plan.written(kind, self.id) if self.id is not None else {}
        if fields is None:
            fields = terms_of(self.before) if kind == "glossary" else fields_of(kind)
        self.fields = fields
        self._shown = {each.key: as_text(each, self.before.get(each.key)) for each in self.fields}
        self.texts: dict[str, str] = {**self._shown, **(prefill or {})}
        self.offered = dict(self.texts)
        """The texts as they were when it was opened, with what was put in for a person."""
        # An id that is only named so far gets its table here.
        self._id_text = id if id and self.id is None else None

    # --- what there is ----------------------------------------------------------------------------

    @property
    def new(self) -> bool:
        """Whether the table is yet to be made."""
        return self.id is None

    @property
    def noun(self) -> str:
        """What one such table is called."""
        return NOUNS.get(self.kind, self.kind)

    @property
    def single(self) -> bool:
        """Whether the table is one for the whole roadmap, and so has no id."""
        return self.kind in SINGLES

    def first(self) -> list[Field]:
        """The fields that a form shows at once: filled, and usual, in the format's order."""
        usual = {each.key for each in self.fields if each.usual or self.texts[each.key]}
        if self.kind == "initiatives" and not self._side():
            usual.add("portfolio")
        return [each for each in self.fields if each.key in usual]

    def _side(self) -> str | None:
        """The portfolio an initiative has, or gets from its owner; None where it has to say it."""
        roadmap = self.plan.roadmap
        if self.id in roadmap.initiatives:
            return roadmap.portfolio_of(roadmap.initiatives[self.id])
        owner = self.texts.get("accountable") or self.texts.get("owner") or ""
        person = roadmap.people.get(owner)
        team = roadmap.teams.get((person.team or "") if person else owner)
        return team.portfolio if team is not None else None

    def rest(self) -> list[Field]:
        """The fields behind "more…"."""
        shown = {each.key for each in self.first()}
        return [each for each in self.fields if each.key not in shown]

    def unknown(self) -> dict[str, str]:
        """Keys of the table that the format does not know, as text: they are kept as they are."""
        known = {each.key for each in self.fields}
        return {
            visible(str(key)): visible(str(value))
            for key, value in self.before.items()
            if key not in known
        }

    # --- typing -----------------------------------------------------------------------------------

    def type(self, key: str, text: str) -> Typed:
        """Take a new text for a field (or for the id), as its editor has it; say what it means."""
        if key == ID:
            self._id_text = from_edited(text)
        else:
            self.texts[key] = text
        return self.read(key)

    def text(self, key: str) -> str:
        """The text of a field (or of the id), as its editor has it."""
        return to_edit(self.id_text) if key == ID else self.texts[key]

    def read(self, key: str) -> Typed:
        """What the text of a field (or of the id) means now."""
        if key == ID:
            return self.read_id()
        field = next(each for each in self.fields if each.key == key)
        return understood(field, self.texts[key], self.around, self.before.get(key))

    @property
    def id_text(self) -> str:
        """The id as typed; else the table's own; else one made from what it is called."""
        if self._id_text is not None:
            return self._id_text
        if self.id is not None:
            return self.id
        name = from_edited(next((self.texts[key] for key in NAMED_BY if self.texts.get(key)), ""))
        return make_id(name, self._taken(), self.noun.replace(" ", "-")) if name else ""

    @property
    def id_typed(self) -> bool:
        """Whether the id no longer follows the title."""
        return self._id_text is not None

    def read_id(self) -> Typed:
        """Whether the id is one, and free."""
        text = self.id_text
        if self.id is not None and text == self.id:
            return Understood(text, text, "")
        if not text:
            return Unclear(f"what is this {self.noun} called?")
        if not is_id(text):
            return Unclear("an id is lower-case letters, digits and hyphens", self._free(text))
        if text in self._taken():
            return Unclear(f"there is a {self.noun} '{text}' already", self._free(text))
        return Understood(text, text, "every reference follows" if self.id is not None else "")

    def _taken(self) -> set[str]:
        return {*self.plan.tables.get(self.kind, {})} - {self.id or ""}

    def _free(self, text: str) -> str:
        return make_id(text, self._taken(), self.noun.replace(" ", "-"))

    # --- creating in place ------------------------------------------------------------------------

    def create(self, kind: str, title: str) -> str:
        """Make a table of another kind with the same save; returns its id."""
        taken = self.around.known(kind)
        id = title if is_id(title) and title not in taken else make_id(title, taken, NOUNS[kind])
        self.around.creating[(kind, id)] = title if title != id else ""
        return id

    def created(self) -> Iterator[AddTable]:
        """The tables made with the same save that are still named in a field."""
        named = {word for text in self.texts.values() for word in text.replace(",", " ").split()}
        for (kind, id), title in self.around.creating.items():
            if id in named:
                key = "name" if kind == "people" else "title"
                yield AddTable(kind, id, {key: title} if title else {})

    def news(self) -> str:
        """``new team crm``: what is made with the same save; empty where that is nothing."""
        made = [f"new {NOUNS[each.kind]} {each.id}" for each in self.created()]
        return ", ".join(made)

    # --- what it makes ----------------------------------------------------------------------------

    def changed(self) -> list[str]:
        """The keys whose text is not what the file says."""
        return [key for key, text in self.texts.items() if text != self._shown[key]]

    def problems(self) -> dict[str, Unclear]:
        """What is unclear, by key, of all that was typed."""
        keys = [key for key, text in self.texts.items() if text] if self.new else self.changed()
        found = {key: typed for key in keys if isinstance(typed := self.read(key), Unclear)}
        id = self.read_id()
        return {ID: id, **found} if isinstance(id, Unclear) and not self.single else found

    def edit(self) -> Edit | None:
        """The edit that what was typed makes; None where nothing is changed, or all is unclear.

        What is unclear is left out, so that the rest can be previewed while it is being typed.
        """
        edits = [*self.created(), *(self._addition() if self.new else self._changes())]
        if not edits:
            return None
        verb = "add" if self.new else "edit"
        return Edits(tuple(edits), f"{verb} {self.id_text or self.kind}")

    def _addition(self) -> Iterator[Edit]:
        if isinstance(self.read_id(), Unclear):
            return
        values = {key: value for key, value in self._values() if value is not None}
        ordered = {key: values[key] for key in keys_in_order(self.kind) if key in values}
        yield AddTable(self.kind, self.id_text, {**ordered, **values})

    def _changes(self) -> Iterator[Edit]:
        id = self.id or ""
        for key, value in self._values():
            if key == NEW_TERM and self.kind == "glossary":
                yield from difference(self.kind, id, (), {}, value)
            else:
                yield from difference(self.kind, id, (key,), self.before.get(key), value)
        if not self.single and self.id_text != id and not isinstance(self.read_id(), Unclear):
            yield RenameId(self.kind, id, self.id_text)

    def _values(self) -> Iterator[tuple[str, Any]]:
        for key in self.texts if self.new else self.changed():
            typed = self.read(key)
            if isinstance(typed, Understood):
                yield key, typed.value


def difference(kind: str, id: str, key: tuple[str, ...], before: Any, after: Any) -> Iterator[Edit]:
    """The edits that turn one value into another; in a small table only the keys that differ."""
    if after is None:
        if before is not None:
            yield RemoveKey(kind, id, key)
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in [*before, *(name for name in after if name not in before)]:
            yield from difference(kind, id, (*key, name), before.get(name), after.get(name))
    elif not _same(before, after):
        yield SetKey(kind, id, key, after)


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and one == other
