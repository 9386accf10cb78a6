"""One edit of many tables: the same ``KEY=VALUE …`` for each, all of it or what can be.

Each is read on its own table, so that ``deadline+=2w`` moves every deadline from where it is. What
is refused is told by id, with the reason; nothing is made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

from msgspec import Struct

from planner.entry.context import Typed
from planner.entry.draft import Draft
from planner.entry.list_edits import LISTS, TABLES
from planner.entry.shapes import Field
from planner.entry.shifts import SHIFTS
from planner.entry.values import as_text
from planner.entry.words import assigned
from planner.errors import PlannerError
from planner.plan.model import Plan
from planner.roadmap.figures import count
from planner.roadmap.typed import Understood
from planner.text.edits import Edit, Edits

EditOf = Callable[[Plan, str], Edit | None]
"""The edit of one table by its id, on the plan as those before it left it. Raises PlannerError."""


class Bulk(Struct, frozen=True):
    """What an edit of many tables comes to: the edit of those that take it (None where none does),
    and why each of the others does not.
    """

    edit: Edits | None
    refused: Mapping[str, str] = {}


def bulk(
    plan: Plan, ids: Iterable[str], edit_of: EditOf, label: str, *, in_turn: bool = False
) -> Bulk:
    """One edit of many initiatives. `in_turn` each is made on the plan with those before it;
    else all are tried at once, and one by one only where that is refused.
    """
    ids = tuple(ids)
    found = _in_turn(plan, ids, edit_of) if in_turn else _at_once(plan, ids, edit_of)
    made, refused = found if found is not None else _in_turn(plan, ids, edit_of)
    words = f"{label}: {count(len(made), 'initiative')}" if len(made) != 1 else label
    return Bulk(Edits(tuple(made), words) if made else None, refused)


Made = tuple[list[Edit], dict[str, str]]
"""The edits, and by id why there is none."""


def _at_once(plan: Plan, ids: Iterable[str], edit_of: EditOf) -> Made | None:
    """All on the plan as it is; None where together they are refused."""
    made: list[Edit] = []
    refused: dict[str, str] = {}
    for id in ids:
        try:
            if (edit := edit_of(plan, id)) is not None:
                made.append(edit)
        except PlannerError as error:
            refused[id] = error.message
    with suppress(PlannerError):
        plan.with_edit(Edits(tuple(made)))
        return made, refused
    return None


def _in_turn(plan: Plan, ids: Iterable[str], edit_of: EditOf) -> Made:
    made: list[Edit] = []
    refused: dict[str, str] = {}
    for id in ids:
        try:
            if (edit := edit_of(plan, id)) is not None:
                plan = plan.with_edit(edit)
                made.append(edit)
        except PlannerError as error:
            refused[id] = error.message
    return made, refused


def bulk_assigned(plan: Plan, ids: Iterable[str], words: Sequence[str]) -> Bulk:
    """The same keys of many initiatives, as ``KEY=VALUE`` words say it."""

    def edit_of(plan: Plan, id: str) -> Edit | None:
        edit = assigned(plan, "initiatives", id, words)
        return edit if not isinstance(edit, Edits) or edit.edits else None

    return bulk(plan, ids, edit_of, f"set {' '.join(words)}")


def bulk_word(field: Field, text: str) -> str:
    """``KEY=VALUE`` for what is typed for many: ``+2w`` moves each value, ``-retention`` takes out
    of each list.
    """
    sign, rest = text[:1], text[1:].strip()
    if amends(field, text):
        return f"{field.key}{'+' if sign == '+' else '-'}={rest}"
    return f"{field.key}={text}"


def amends(field: Field, text: str) -> bool:
    """Whether a text says what to add to, or take from, what each has."""
    signed = text[:1] in ("+", "-", "−") and bool(text[1:].strip())
    return signed and field.shape in (*SHIFTS, *LISTS, *TABLES)


class BulkDraft(Draft):
    """One key of many initiatives while it is typed."""

    def __init__(self, plan: Plan, ids: Sequence[str], fields: tuple[Field, ...]) -> None:
        super().__init__(plan, "initiatives", None, fields=fields)
        self.ids = ids

    def read(self, key: str) -> Typed:
        """What is typed; what is added to each, or taken from it, has no value of its own."""
        text = self.texts.get(key, "")
        field = next((each for each in self.fields if each.key == key), None)
        if field is None or not amends(field, text):
            return super().read(key)
        verb = "moved by" if field.shape in SHIFTS else "added" if text[0] == "+" else "removed"
        words = text.replace("-", "−") if field.shape in SHIFTS else text[1:].strip()
        return Understood(None, text, f"each {verb} {words}" if field.shape in SHIFTS else verb)

    def values(self, key: str) -> dict[str, list[str]]:
        """What each has now, as text, with the ids that have it."""
        field = next(each for each in self.fields if each.key == key)
        found: dict[str, list[str]] = {}
        for id in self.ids:
            text = as_text(field, self.plan.written("initiatives", id).get(key))
            found.setdefault(text, []).append(id)
        return found
