"""`planner ready`: what can start now, and what waits for one thing only."""

from __future__ import annotations

import click

from planner.analysis.ready import ready_of
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.cli.show import asking
from planner.errors import UsageError
from planner.pages.lines import plain
from planner.pages.ready import ready_page
from planner.query.filters import compile_filter
from planner.query.whose import work_for
from planner.session.session import Session


@click.command("ready")
@opens_roadmap(path_argument=True)
@click.option(
    "--for",
    "whose",
    metavar="WHO|ID",
    help="Only work of this side, team or person, or what this initiative waits for.",
)
@click.option(
    "--filter",
    "query",
    metavar="QUERY",
    help="Only initiatives that match (see `planner help filters`).",
)
@takes_json()
def command(
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    whose: str | None,
    query: str | None,
    form: Form,
) -> int:
    """Show what can start now, what it drives, and what speaks against it."""
    session = open_session(roadmap, as_of, path)
    shown = ready_of(session.plan, _among(session, whose, query))
    if form:
        print_json("ready", shown, form)
        return 0
    for line in plain(ready_page(session.plan, shown, text_width())):
        click.echo(line)
    return 0


def _among(session: Session, whose: str | None, query: str | None) -> frozenset[str] | None:
    """The initiatives that are asked for; None for all. Raises UsageError for a wrong filter."""
    found = work_for(session.plan, whose) if whose is not None else None
    if query is None:
        return found
    wanted = compile_filter(query, session.plan, asking(session, query))
    if wanted.error is not None:
        raise UsageError(wanted.error)
    ids = wanted.ids
    return found if ids is None else ids if found is None else found & ids
