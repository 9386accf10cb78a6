"""Effect of a new estimate on work that has started or is finished.

`remaining` decides then, else what `percent_complete` leaves of the estimate; before, neither
counts. A person who writes the other one would look for the change in vain.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.plan.model import Plan
from planner.roadmap.entities import Initiative
from planner.roadmap.figures import date_text, working_days
from planner.roadmap.quantities import format_length
from planner.schedule.dates import Dates
from planner.text.edits import Edit, Edits, SetKey

LENGTHS = ("estimate", "percent_complete", "remaining")
"""Keys that say how long work takes, or how much of it is left."""


def decided(plan: Plan, id: str, key: str) -> str:
    """What decides the end of an initiative instead of this key of it, or together with it; empty
    where the key does alone. `plan` is the one with the edit made.
    """
    initiative, dates = plan.roadmap.initiatives.get(id), plan.schedule.get(id)
    if key not in LENGTHS or initiative is None or dates is None:
        return ""
    if dates.finished:
        return f"{id} is finished: {key} moves none of its dates"
    if initiative.actual_start is None:
        return "" if key == "estimate" else f"{key} counts once {id} has an actual_start"
    return "" if key == "remaining" else _of_started(plan, initiative, dates, key)


def _of_started(plan: Plan, initiative: Initiative, dates: Dates, key: str) -> str:
    if initiative.remaining is not None:
        left = format_length(initiative.remaining)
        return f"{initiative.id} has started: remaining {left} decides, not {key}"
    days = working_days(dates.remaining)
    if initiative.percent_complete:
        return f"{initiative.id} has started: {days} to do, as percent_complete says"
    since = date_text(plan.as_of, plan.as_of)
    return f"{initiative.id} has started: {days} to do from {since}, unless remaining says less"


def progress_notes(plan: Plan, edit: Edit) -> Iterator[str]:
    """What decides instead, for each length that an edit writes; `plan` is the one after it."""
    parts = edit.edits if isinstance(edit, Edits) else (edit,)
    lengths = [one for one in parts if isinstance(one, SetKey) and one.kind == "initiatives"]
    yield from filter(None, (decided(plan, one.id, one.key[0]) for one in lengths))
