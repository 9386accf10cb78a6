"""`planner status`: say how far work is, with the actual date that this states."""

from __future__ import annotations

import click

from planner.cli.edit import edits_roadmap, make
from planner.cli.naming import known_initiative
from planner.cli.roadmap_option import open_session
from planner.entry.around import Around
from planner.entry.status import STATUSES, status_edits
from planner.errors import UsageError
from planner.roadmap.typed import Unclear
from planner.text.edits import Edits


@click.command("status")
@click.argument("id")
@click.argument("status", type=click.Choice(STATUSES))
@click.option("--on", metavar="DAY", help="The day it started or finished.")
@edits_roadmap
def command(
    id: str, status: str, on: str | None, roadmap: str | None, as_of: str | None, dry_run: bool
) -> int:
    """Set the status of ID, and the actual date that it states."""
    session = open_session(roadmap, as_of)
    plan = session.plan
    name = known_initiative(plan, id)
    day = Around(plan).day(on, past=True) if on is not None else None
    if isinstance(day, Unclear):
        raise UsageError(f"{on!r} is not a day: {day}")
    before = plan.tables.get("initiatives", {}).get(name, {})
    chosen = next(each for each in STATUSES if each == status)
    edits = status_edits(before, name, chosen, day.value if day is not None else plan.as_of)
    return make(session, Edits(tuple(edits)), f"{name} is {status}", dry_run=dry_run)
