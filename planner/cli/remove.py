"""`planner remove`: take a table out, with every reference to it."""

from __future__ import annotations

import click

from planner.cli.shared.edit import edits_roadmap, make
from planner.cli.shared.naming import NAMED, only, table_said
from planner.cli.shared.roadmap_option import open_session
from planner.entry.removal import Held, references_to, removal
from planner.entry.status import named
from planner.entry.words import table_named
from planner.errors import UsageError
from planner.roadmap.figures import listed
from planner.text.visible import visible


@click.command("remove", epilog=NAMED)
@click.argument("words", metavar="ID", nargs=-1, required=True)
@click.option(
    "--take-back",
    is_flag=True,
    help="Also remove what is recorded elsewhere: its reviews, agreements on its links (default: "
    "list these and change nothing).",
)
@edits_roadmap
def command(
    words: tuple[str, ...], take_back: bool, roadmap: str | None, as_of: str | None, dry_run: bool
) -> int:
    """Remove ID from the file, with every reference. `planner status ID dropped` keeps it there."""
    session = open_session(roadmap, as_of)
    id, rest = table_said(session.plan, words)
    only([id, *rest], 1, "one ID")
    kind, name = table_named(session.plan, id)
    if not name:
        raise UsageError(
            f"the table [{kind}] can't be removed",
            hint=f"`planner set {kind} KEY=` removes a key of it",
        )
    references = references_to(session.plan, kind, name)
    facts = [f"{_where(held)} ({named(held.recorded)})" for held in references if held.recorded]
    if facts and not take_back:
        raise UsageError(
            visible(
                f"this would also remove what is recorded: {listed(facts)}; nothing is changed"
            ),
            hint="--take-back removes it too",
        )
    return make(session, removal(session.plan, kind, name), f"remove {id}", dry_run=dry_run)


def _where(held: Held) -> str:
    return f"{held.kind}.{held.id}.{held.key}"
