"""`planner set`: give keys values, of one table or of many initiatives."""

from __future__ import annotations

from collections.abc import Sequence

import click

from planner.cli.shared.among import among
from planner.cli.shared.edit import edits_roadmap, make
from planner.cli.shared.naming import NAMED, known_initiative, table_said
from planner.cli.shared.roadmap_option import open_session
from planner.entry.bulk import bulk_assigned
from planner.entry.words import assigned, table_named
from planner.errors import UsageError
from planner.roadmap.figures import count, listed
from planner.session.session import Session


@click.command("set", epilog=NAMED)
@click.argument("words", metavar="ID KEY=VALUE...", nargs=-1, required=True)
@click.option("--filter", "query", metavar="QUERY", help="All initiatives that match, without IDs.")
@edits_roadmap
def command(
    words: tuple[str, ...], query: str | None, roadmap: str | None, as_of: str | None, dry_run: bool
) -> int:
    """Set keys of ID (an initiative, KIND.ID, or `roadmap`); KEY= removes the key.

    KEY+=VALUE adds to a list or a small table, KEY-=VALUE removes from it, and both move a date, a
    length or a number: `planner set web-push outcomes+=retention deadline+=2w`. Several IDs, or
    --filter, are one change of all of them: `planner set --filter owner:crm priority=2`.
    """
    session = open_session(roadmap, as_of)
    ids, assignments = _many(session, words, query)
    if ids is not None:
        return _set_many(session, ids, assignments, dry_run=dry_run)
    said, assignments = table_said(session.plan, words)
    kind, name = table_named(session.plan, said)
    edit = session.with_counters(assigned(session.plan, kind, name, assignments))
    return make(session, edit, f"set {said}", dry_run=dry_run)


def _many(
    session: Session, words: Sequence[str], query: str | None
) -> tuple[list[str] | None, list[str]]:
    """The initiatives that are set together (None where it is one table), and the assignments.

    Raises UsageError.
    """
    plan = session.plan
    names = [word for word in words if "=" not in word]
    assignments = list(words[len(names) :])
    if query is not None:
        if names:
            raise UsageError(f"--filter names the initiatives, not {listed(names)}")
        matching = among(session, query)
        found = [id for id in plan.roadmap.initiatives if matching is None or id in matching]
        if not found:
            raise UsageError(f"no initiative matches {query}")
        return found, assignments
    if len(names) < 2 or not assignments or table_said(plan, words)[0] not in names:
        return None, assignments
    return [known_initiative(plan, name) for name in dict.fromkeys(names)], assignments


def _set_many(session: Session, ids: list[str], words: Sequence[str], *, dry_run: bool) -> int:
    """One change of them all, or of none where one can't be. Raises UsageError."""
    found = bulk_assigned(session.plan, ids, words)
    if found.refused:
        lines = (f"{id}: {why}" for id, why in found.refused.items())
        hint = "nothing was changed; leave them out (see `planner help filters`)"
        refused = count(len(found.refused), "initiative")
        raise UsageError(f"{refused} can't take that\n  " + "\n  ".join(lines), hint=hint)
    if found.edit is None:
        click.echo("planner: no change: the file says so already", err=True)
        return 0
    edit = session.with_counters(found.edit)
    return make(session, edit, found.edit.label, dry_run=dry_run)
