"""Removal: drop an initiative (it stays in the file), or remove a table with its references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from planner.entry.needs import need_on, recorded
from planner.entry.status import state
from planner.plan.model import Plan
from planner.roadmap.fields import RefShape
from planner.text.edits import Edit, Edits, RemoveKey, RemoveTable, SetKey
from planner.text.references import holders, holding


class Held(Struct, frozen=True):
    """A reference to a table: which key of which other table holds it, and what is recorded there
    and would go with it: a review that it gave, what was agreed on a link.
    """

    kind: str
    id: str
    key: str
    recorded: Mapping[str, Any] = {}


def references_to(plan: Plan, kind: str, id: str) -> list[Held]:
    """Every key of another table that names this one, in the order of the format."""
    found = []
    for holder, name in holders(plan.tables, kind, id):
        if (holder, name) == (kind, id):
            continue
        table = plan.tables[holder][name]
        for key, shape in holding(kind)[holder].items():
            if key in table and any(_without(holder, name, (key,), shape, table[key], id)):
                found.append(Held(holder, name, key, _recorded(table[key], id)))
    return found


def _recorded(value: Any, id: str) -> dict[str, Any]:
    """What is recorded where another table names it: a day beside its id, the days of links."""
    if isinstance(value, Mapping):
        return {id: value[id]} if isinstance(value.get(id), date) else {}
    links = [one for one in value if need_on(one) == id] if isinstance(value, list) else []
    return {key: said for one in links for key, said in recorded(one).items()}


def removal(plan: Plan, kind: str, id: str) -> Edit:
    """The edit that takes out a table and every reference to it."""
    return Edits((*_loosened(plan, kind, id), RemoveTable(kind, id)), f"remove {id}")


def dropping(plan: Plan, id: str) -> Edit | None:
    """The edit that drops an initiative: it stays in the file and leaves the schedule. None where
    that would take back a fact: what is done can't be dropped.
    """
    stated = state(plan.written("initiatives", id), id, "dropped", plan.as_of)
    return None if stated.goes else stated.edit


def _loosened(plan: Plan, kind: str, id: str) -> Iterator[Edit]:
    for held in references_to(plan, kind, id):
        shapes = holding(kind)[held.kind]
        value = plan.tables[held.kind][held.id][held.key]
        yield from _without(held.kind, held.id, (held.key,), shapes[held.key], value, id)


def _without(
    kind: str, holder: str, key: tuple[str, ...], shape: RefShape, value: Any, id: str
) -> Iterator[Edit]:
    """The edits that take one id out of a reference key's value; none where it is not in it, and
    where it says who spoke: that stays true of who is gone.
    """
    if shape == "speakers":
        return
    if isinstance(value, str):
        if (need_on(value) if shape == "needs" else value) == id:
            yield RemoveKey(kind, holder, key)
    elif isinstance(value, list):
        rest = [each for each in value if (need_on(each) if shape == "needs" else each) != id]
        if len(rest) < len(value):
            yield SetKey(kind, holder, key, rest) if rest else RemoveKey(kind, holder, key)
    elif isinstance(value, Mapping) and shape == "keys":
        if id in value:
            only = len(value) == 1
            yield RemoveKey(kind, holder, key if only else (*key, id))
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _without(kind, holder, (*key, name), "list", each, id)
