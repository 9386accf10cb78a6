"""Taking something out of the roadmap: what is offered, what else goes, and the edit.

Initiatives can be dropped, which keeps their story in the file; that is offered first. Taking a
table out takes the references to it along, because a link that names nothing is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from planner.plan import Plan
from planner.roadmap.fields import references
from planner.text.edits import Edit, Edits, RemoveKey, RemoveTable, SetKey
from planner.text.references import holders

STAY, DROP, REMOVE = "stay", "drop", "remove"


class Removal(Struct, frozen=True):
    """The question: words by answer, the answer with the focus, and what else goes."""

    choices: Mapping[str, str]
    safe: str
    detail: str


def removal(plan: Plan, kind: str, id: str) -> Removal:
    """What to ask before something goes."""
    held = holders(plan.tables, kind, id)
    named = ", ".join(name or holder for holder, name in held)
    detail = f"Removing it also takes it out of {named}" if held else "Nothing refers to it"
    if kind == "initiatives":
        choices = {DROP: "Drop, keep in the file", STAY: "Leave it", REMOVE: "Remove it"}
        return Removal(choices, DROP, detail)
    return Removal({STAY: "Leave it", REMOVE: "Remove it"}, STAY, detail)


def without(plan: Plan, kind: str, id: str) -> Edit:
    """The edit that takes a table and every reference to it out of the roadmap."""
    edits: list[Edit] = []
    for holder, name in holders(plan.tables, kind, id):
        table = plan.tables.get(holder, {}).get(name, {})
        edits += _unreferred(holder, name, table, kind, id)
    return Edits((*edits, RemoveTable(kind, id)), f"remove {id}")


def _unreferred(
    holder: str, name: str, table: Mapping[str, Any], kind: str, id: str
) -> Iterator[Edit]:
    for key, kinds in references(holder).items():
        if kind not in kinds or key not in table:
            continue
        value = table[key]
        if isinstance(value, list):
            left = [item for item in value if _named(item) != id]
            if len(left) != len(value):
                emptied = RemoveKey(holder, name, (key,))
                yield SetKey(holder, name, (key,), left) if left else emptied
        elif isinstance(value, Mapping) and id in value:
            yield RemoveKey(holder, name, (key, id))
        elif isinstance(value, str) and _named(value) == id:
            yield RemoveKey(holder, name, (key,))


def _named(item: Any) -> Any:
    """The id in one element of a list of references: a string, a link, or a table of a link."""
    if isinstance(item, Mapping):
        return item.get("on")
    return item.split(" ")[0] if isinstance(item, str) else item
