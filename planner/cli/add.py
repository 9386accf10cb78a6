"""`planner add`: a new table."""

from __future__ import annotations

import click

from planner.cli.edit import edits_roadmap, make
from planner.cli.roadmap_option import open_session
from planner.entry.words import values_of
from planner.errors import UsageError
from planner.roadmap.entities import KINDS
from planner.roadmap.ids import id_like, is_id, nearest
from planner.text.edits import AddTable

SINGULAR = {kind.removesuffix("s"): kind for kind in KINDS} | {
    "person": "people",
    "data": "data",
}


@click.command("add")
@click.argument("kind")
@click.argument("id")
@click.argument("assignments", metavar="[KEY=VALUE...]", nargs=-1)
@edits_roadmap
def command(
    kind: str,
    id: str,
    assignments: tuple[str, ...],
    roadmap: str | None,
    as_of: str | None,
    dry_run: bool,
) -> int:
    """Add a table: `planner add initiative web-push estimate=3w needs=consent-center`."""
    session = open_session(roadmap, as_of)
    plural = kind_named(kind)
    if not is_id(id):
        raise UsageError(f"{id!r} is not an id", hint=f"for example {id_like(id) or 'web-push'}")
    if id in session.plan.roadmap.table(plural):
        raise UsageError(
            f"{plural}.{id} exists already", hint=f"`planner set {plural}.{id} KEY=VALUE`"
        )
    edit = AddTable(plural, id, values_of(session.plan, plural, assignments))
    return make(session, edit, f"add {id}", dry_run=dry_run)


def kind_named(word: str) -> str:
    """``initiative`` or ``initiatives`` as the file says it. Raises UsageError."""
    if word in KINDS:
        return word
    if word in SINGULAR:
        return SINGULAR[word]
    near = nearest(word, [*KINDS, *SINGULAR], loose=True)
    raise UsageError(
        f"there is no kind {word!r}",
        hint=f"did you mean {near}?" if near else f"one of {', '.join(KINDS)}",
    )
