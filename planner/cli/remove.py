"""`planner remove`: take a table out, with every reference to it."""

from __future__ import annotations

import click

from planner.cli.edit import edits_roadmap, make
from planner.cli.roadmap_option import open_session
from planner.entry.removal import references_to, removal
from planner.entry.words import table_named
from planner.errors import UsageError
from planner.text.visible import visible


@click.command("remove")
@click.argument("id")
@edits_roadmap
def command(id: str, roadmap: str | None, as_of: str | None, dry_run: bool) -> int:
    """Remove ID from the file. (`planner status ID dropped` keeps it there, out of the plan.)"""
    session = open_session(roadmap, as_of)
    kind, name = table_named(session.plan, id)
    if not name:
        raise UsageError(f"[{kind}] can't be removed")
    for held in references_to(session.plan, kind, name):
        where = visible(f"{held.kind}.{held.id}.{held.key}")
        click.echo(f"planner: {where} no longer names it", err=True)
    return make(session, removal(session.plan, kind, name), f"remove {id}", dry_run=dry_run)
