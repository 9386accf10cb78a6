"""One edit of many tables: the same ``KEY=VALUE …`` for each, all of it or what can be.

Each is read on its own table, so that ``deadline+=2w`` moves every deadline from where it is. What
is refused is told by id, with the reason; nothing is made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from planner.entry.words import assigned
from planner.errors import PlannerError
from planner.plan.model import Plan
from planner.roadmap.figures import count
from planner.text.edits import Edit, Edits

EditOf = Callable[[Plan, str], Edit | None]
"""The edit of one table by its id, on the plan as those before it left it. Raises PlannerError."""


class Bulk(Struct, frozen=True):
    """What an edit of many tables comes to: the edit of those that take it (None where none does),
    and why each of the others does not.
    """

    edit: Edits | None
    refused: Mapping[str, str] = {}


def bulk(plan: Plan, ids: Iterable[str], edit_of: EditOf, label: str) -> Bulk:
    """One edit of many initiatives, each tried on the plan with those before it."""
    made: list[Edit] = []
    refused: dict[str, str] = {}
    for id in ids:
        try:
            edit = edit_of(plan, id)
            if edit is not None:
                plan = plan.with_edit(edit)
                made.append(edit)
        except PlannerError as error:
            refused[id] = error.message
    words = f"{label}: {count(len(made), 'initiative')}" if len(made) != 1 else label
    return Bulk(Edits(tuple(made), words) if made else None, refused)


def bulk_assigned(plan: Plan, ids: Iterable[str], words: Sequence[str]) -> Bulk:
    """The same keys of many initiatives, as ``KEY=VALUE`` words say it."""

    def edit_of(plan: Plan, id: str) -> Edit | None:
        edit = assigned(plan, "initiatives", id, words)
        return edit if edit != Edits((), edit.label if isinstance(edit, Edits) else "") else None

    return bulk(plan, ids, edit_of, f"set {' '.join(words)}")


def bulk_word(key: str, text: str, *, moves: bool, several: bool) -> str:
    """``KEY=VALUE`` for what is typed for many: ``+2w`` moves each, ``-retention`` takes out of
    each list.
    """
    sign, rest = text[:1], text[1:].strip()
    if sign in ("+", "-", "−") and rest and (moves or several):
        return f"{key}{'+' if sign == '+' else '-'}={rest}"
    return f"{key}={text}"
