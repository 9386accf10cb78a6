"""Edit that saves what is shown as a view: a new table, or the keys of one that differ."""

from __future__ import annotations

from planner.entry.draft import difference
from planner.plan.model import Plan
from planner.query.arrangement import Arrangement, view_values
from planner.roadmap.fields import keys_in_order
from planner.roadmap.ids import is_id, make_id
from planner.text.edits import AddTable, Edit, Edits


def view_called(plan: Plan, name: str) -> str:
    """The id of the saved view that a name means: its own, that of its title, else a new one."""
    name = name.strip()
    if is_id(name):
        return name
    titled = (view.id for view in plan.roadmap.views.values() if view.title == name)
    return next(titled, None) or make_id(name, (), "view")


def saved_view(plan: Plan, name: str, wanted: Arrangement) -> Edits:
    """What is shown, saved under a name: an id, or a title from which the id is made."""
    id = view_called(plan, name)
    values = view_values(wanted)
    if name.strip() != id:
        values["title"] = name.strip()
    label = f"save view {id}"
    if id not in plan.tables.get("views", {}):
        ordered = {key: values[key] for key in keys_in_order("views") if key in values}
        return Edits((AddTable("views", id, ordered),), label)
    before = plan.written("views", id)
    edits: list[Edit] = []
    for key in keys_in_order("views"):
        if key != "title" or key in values:
            edits += difference("views", id, (key,), before.get(key), values.get(key))
    return Edits(tuple(edits), label)
