"""`planner rename`: another id, in the table and in every reference to it."""

from __future__ import annotations

import click

from planner.cli.edit import edits_roadmap, make
from planner.cli.roadmap_option import open_session
from planner.entry.words import table_named
from planner.errors import UsageError
from planner.text.edits import RenameId


@click.command("rename")
@click.argument("id")
@click.argument("new")
@edits_roadmap
def command(id: str, new: str, roadmap: str | None, as_of: str | None, dry_run: bool) -> int:
    """Give ID another id, NEW."""
    session = open_session(roadmap, as_of)
    kind, name = table_named(session.plan, id)
    if not name:
        raise UsageError(f"[{kind}] has no id")
    return make(session, RenameId(kind, name, new), f"rename {id} to {new}", dry_run=dry_run)
