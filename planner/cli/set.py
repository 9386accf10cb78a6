"""`planner set`: give keys values."""

from __future__ import annotations

import click

from planner.cli.shared.edit import edits_roadmap, make
from planner.cli.shared.naming import NAMED, table_said
from planner.cli.shared.roadmap_option import open_session
from planner.entry.words import assigned, table_named


@click.command("set", epilog=NAMED)
@click.argument("words", metavar="ID KEY=VALUE...", nargs=-1, required=True)
@edits_roadmap
def command(words: tuple[str, ...], roadmap: str | None, as_of: str | None, dry_run: bool) -> int:
    """Set keys of ID (an initiative, KIND.ID, or `roadmap`); KEY= removes the key.

    KEY+=VALUE adds to a list or a small table, KEY-=VALUE removes from it:
    `planner set web-push outcomes+=retention needs-=consent-api`.
    """
    session = open_session(roadmap, as_of)
    said, assignments = table_said(session.plan, words)
    kind, name = table_named(session.plan, said)
    edit = session.with_counters(assigned(session.plan, kind, name, assignments))
    return make(session, edit, f"set {said}", dry_run=dry_run)
