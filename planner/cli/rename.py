"""`planner rename`: another id, in the table and in every reference to it."""

from __future__ import annotations

import click

from planner.cli.shared.edit import edits_roadmap, make
from planner.cli.shared.naming import NAMED, only, table_said
from planner.cli.shared.roadmap_option import open_session
from planner.entry.words import table_named
from planner.errors import UsageError
from planner.text.edits import RenameId, label_of
from planner.text.shell import line


@click.command("rename", epilog=NAMED)
@click.argument("words", metavar="ID NEW", nargs=-1, required=True)
@edits_roadmap
def command(words: tuple[str, ...], roadmap: str | None, as_of: str | None, dry_run: bool) -> int:
    """Change ID to NEW, in every reference too."""
    session = open_session(roadmap, as_of)
    id, rest = table_said(session.plan, words) if len(words) > 2 else (words[0], [*words[1:]])
    only([id, *rest], 2, "ID and NEW")
    kind, name = table_named(session.plan, id)
    if not name:
        raise UsageError(
            f"the table [{kind}] has no id", hint="only a table with an id can be renamed"
        )
    if not rest:
        raise UsageError(
            f"no new id is given for {id}", hint=f"`{line(['planner', 'rename', id, 'NEW'])}`"
        )
    edit = RenameId(kind, name, rest[0])
    return make(session, edit, label_of(edit), dry_run=dry_run)
