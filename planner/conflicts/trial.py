"""Trying an edit: the plan as it would be, at the level of data.

The text is not touched. Only the tables that an edit touches are read again; the network and the
dates are computed anew, since a changed date is never guessed from floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planner.calendars.working import Calendars
from planner.conflicts.context import Context
from planner.errors import EditRefused
from planner.network.graph import Network
from planner.roadmap.entities import Tables
from planner.roadmap.facts import known_by
from planner.roadmap.reading import reread
from planner.schedule.compute import compute
from planner.text.edits import Edit, Edits, apply_to_data, touched

TABLE = 30
"""To write and read one table again takes as long as to schedule so many initiatives."""


def tables_of(context: Context) -> Tables:
    """The tables as written. Raises EditRefused where the plan was made without them."""
    if context.tables is None:
        raise EditRefused("this plan was made without its tables", hint="open the roadmap again")
    return context.tables


def tried(context: Context, edit: Edit) -> Context:
    """The plan after `edit`, at the same `as_of`, unless the edit sets the status date.

    Raises EditRefused where it has no meaning, and where it makes initiatives wait for each other.
    """
    tables = apply_to_data(edit, tables_of(context))
    reading, changed = context.reading, sorted(touched(edit, tables_of(context)))
    for kind, id in changed:
        reading = reread(reading, kind, id, tables.get(kind, {}).get(id))
    as_of = _known_until(context, reading.roadmap.settings.status_date)
    roadmap = known_by(reading.roadmap, as_of)
    context.spent.work += len(roadmap.initiatives) + TABLE * len(changed)
    calendars = Calendars.of(roadmap, context.calendars)
    network = Network.of(roadmap, reading.invalid, context.network)
    if network.stuck and not context.network.stuck:
        raise EditRefused("initiatives would wait for each other")
    schedule = compute(roadmap, network, calendars, as_of)
    return Context(
        roadmap,
        reading,
        network,
        schedule,
        calendars,
        context.evidence,
        tables,
        context.today,
        context.spent,
    )


def _known_until(context: Context, status_date: date | None) -> date:
    """The status date of a plan after an edit."""
    if status_date is None or status_date == context.roadmap.settings.status_date:
        return context.as_of
    return status_date


def after_edits(context: Context, edits: Sequence[Edit]) -> Context | None:
    """The plan after edits made at once; None where they have no meaning on it."""
    try:
        return tried(context, together(edits))
    except EditRefused:
        return None


def together(edits: Sequence[Edit], label: str = "") -> Edit:
    """Several edits as one."""
    return edits[0] if len(edits) == 1 else Edits(tuple(edits), label)


def finish_of(context: Context, id: str) -> date | None:
    """The last working day of an initiative; None where it is not scheduled."""
    days = context.schedule.span(id)
    return None if days is None else days[1]


def won(before: Context, after: Context, id: str) -> int:
    """Working days by which `id` finishes earlier; negative where it finishes later."""
    old, new = finish_of(before, id), finish_of(after, id)
    return 0 if old is None or new is None else before.days(new, old)
