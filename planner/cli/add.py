"""`planner add`: a new table."""

from __future__ import annotations

from collections.abc import Sequence

import click

from planner.cli.shared.edit import edits_roadmap, make
from planner.cli.shared.roadmap_option import open_session
from planner.entry.words import values_of
from planner.errors import UsageError
from planner.roadmap.entities import KINDS
from planner.roadmap.fields import kind_called, kind_words
from planner.roadmap.ids import id_like, is_id, nearest
from planner.text.edits import AddTable
from planner.text.phrases import did_you_mean, typed
from planner.text.shell import line


@click.command("add")
@click.argument("words", metavar="KIND.ID [KEY=VALUE...]", nargs=-1, required=True)
@edits_roadmap
def command(words: tuple[str, ...], roadmap: str | None, as_of: str | None, dry_run: bool) -> int:
    """Add an initiative, team, system, …:
    `planner add initiatives.web-push estimate=3w needs=consent-center`.

    The kind can also be a word of its own: `planner add team crm`.
    """
    session = open_session(roadmap, as_of)
    kind, id, assignments = _named(words)
    if not is_id(id):
        raise UsageError(
            f"{typed(id)} is not an id", hint=f"for example {typed(id_like(id) or 'web-push')}"
        )
    if id in session.plan.roadmap.table(kind):
        name = f"{kind}.{id}"
        hint = f"`{line(['planner', 'set', name, 'KEY=VALUE'])}`"
        raise UsageError(f"{name} exists already", hint=hint)
    edit = AddTable(kind, id, values_of(session.plan, kind, assignments))
    return make(session, edit, f"add {id}", dry_run=dry_run)


def _named(words: Sequence[str]) -> tuple[str, str, Sequence[str]]:
    """The kind and id of the new table, and the assignments behind. Raises UsageError."""
    word, dot, id = words[0].partition(".")
    kind, rest = _kind(word), words[1:]
    if not dot:
        if not rest or "=" in rest[0]:
            raise UsageError(f"no id is given for the {word}", hint=f"`planner add {kind}.ID`")
        id, rest = rest[0], rest[1:]
    return kind, id, rest


def _kind(word: str) -> str:
    """``initiative`` or ``initiatives`` as the file says it. Raises UsageError."""
    if (kind := kind_called(word)) is not None:
        return kind
    near = nearest(word, kind_words(), loose=True)
    raise UsageError(
        f"there is no kind {typed(word)}",
        hint=did_you_mean(near, f"one of {', '.join(KINDS)}"),
    )
