"""`planner set`: give keys values."""

from __future__ import annotations

import click

from planner.cli.edit import edits_roadmap, make
from planner.cli.roadmap_option import open_session
from planner.entry.words import assigned, table_named


@click.command("set")
@click.argument("id")
@click.argument("assignments", metavar="KEY=VALUE...", nargs=-1)
@edits_roadmap
def command(
    id: str, assignments: tuple[str, ...], roadmap: str | None, as_of: str | None, dry_run: bool
) -> int:
    """Set keys of ID (an initiative, KIND.ID, or `roadmap`); KEY= takes the key out.

    KEY+=VALUE adds to a list or a small table, KEY-=VALUE takes out of one:
    `planner set web-push outcomes+=retention needs-=consent-api`.
    """
    session = open_session(roadmap, as_of)
    kind, name = table_named(session.plan, id)
    edit = session.settled(assigned(session.plan, kind, name, assignments))
    return make(session, edit, f"set {id}", dry_run=dry_run)
