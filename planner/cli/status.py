"""`planner status`: say how far work is, with the actual date that this states."""

from __future__ import annotations

from datetime import date

import click

from planner.cli.shared.edit import edits_roadmap, make
from planner.cli.shared.naming import known_initiative
from planner.cli.shared.roadmap_option import day_in, open_session
from planner.entry.status import STATES, STATUSES, named, state
from planner.errors import UsageError
from planner.plan.model import Plan
from planner.roadmap.entities import Status
from planner.text.commands import initiative_name
from planner.text.edits import Edits
from planner.text.shell import line
from planner.text.visible import visible


@click.command("status")
@click.argument("id")
@click.argument("status", type=click.Choice(STATUSES))
@click.option(
    "--on", metavar="DATE", help="Date of the start or finish (default: the status date)."
)
@click.option(
    "--take-back",
    is_flag=True,
    help="Also remove recorded facts that the new status contradicts, such as actual dates "
    "(default: list these and change nothing).",
)
@edits_roadmap
def command(
    id: str,
    status: Status,
    on: str | None,
    take_back: bool,
    roadmap: str | None,
    as_of: str | None,
    dry_run: bool,
) -> int:
    """Set the status of ID, and its actual date if none is recorded."""
    session = open_session(roadmap, as_of)
    plan = session.plan
    name = known_initiative(plan, id)
    day = _day(plan, status, on) if on is not None else None
    before = plan.written("initiatives", name)
    stated = state(before, name, status, plan.as_of, day)
    if stated.goes and not take_back:
        by_hand = line(["planner", "set", initiative_name(name), "KEY=DATE"])
        raise UsageError(
            visible(f"{name}: this would remove {named(stated.goes)}; nothing is changed"),
            hint=f"--take-back removes it; `{by_hand}` corrects a date",
        )
    if stated.stays:
        click.echo(visible(f"planner: kept {named(stated.stays)}"), err=True)
    label = f"{name} is {status}"
    return make(session, stated.edit or Edits((), label), label, dry_run=dry_run)


def _day(plan: Plan, status: Status, text: str) -> date:
    """The day meant. Raises UsageError."""
    if not STATES[status][0]:
        raise UsageError(f"the status {status} has no date", hint="leave out --on")
    return day_in(plan, text, past=True)
