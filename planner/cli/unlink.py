"""`planner unlink`: let one initiative no longer wait for another."""

from __future__ import annotations

import click

from planner.cli.edit import edits_roadmap, make
from planner.cli.naming import known_initiative
from planner.cli.roadmap_option import open_session
from planner.entry.needs import unlinked


@click.command("unlink")
@click.argument("predecessor")
@click.argument("successor")
@edits_roadmap
def command(
    predecessor: str, successor: str, roadmap: str | None, as_of: str | None, dry_run: bool
) -> int:
    """Take out every link of SUCCESSOR to PREDECESSOR."""
    session = open_session(roadmap, as_of)
    after = known_initiative(session.plan, successor)
    edit = unlinked(session.plan, predecessor, after)
    return make(session, edit, f"{after} no longer needs {predecessor}", dry_run=dry_run)
