"""`planner history`: where each launch would have landed, commit by commit, and why it moved."""

from __future__ import annotations

import click

from planner.analysis.history import history_of
from planner.cli.shared.among import among, takes_scope
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.naming import initiative_said
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.errors import UsageError
from planner.pages.history import history_page
from planner.session.session import Session


@click.command("history")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@opens_roadmap(path_argument=False)
@takes_scope
@takes_json()
@takes_markdown
@click.option(
    "--since",
    metavar="DATE",
    help="Begin with the plan of a date, of a revision, `last` (the last joint meeting) or "
    "`looked` (your last look).",
)
def command(
    ids: tuple[str, ...],
    roadmap: str | None,
    as_of: str | None,
    whose: str | None,
    query: str | None,
    form: Form,
    as_markdown: bool,
    since: str | None,
) -> int:
    """Show how the launches, or the initiatives ID, moved from commit to commit, and why.

    What moved by itself as time went by and what edits did are two figures that add up.
    """
    session = open_session(roadmap, as_of)
    plan = session.plan
    named = [initiative_said(plan, id) for id in ids]
    asked = named or _launches(session, query, whose)
    shown = history_of(session.path, plan, asked, since)
    if form:
        print_json("history", shown, form)
        return 0
    if not named:
        print_page(history_page(plan, shown, text_width()), as_markdown=as_markdown)
    for id in named:
        print_page(history_page(plan, shown, text_width(), id=id), as_markdown=as_markdown)
    return 0


def _launches(session: Session, query: str | None, whose: str | None) -> list[str] | None:
    """The launches that are asked for; None for all."""
    ids = among(session, query, whose)
    if ids is None:
        return None
    found = [id for id in session.plan.schedule.launches if id in ids]
    if not found:
        raise UsageError("no launch matches", hint="`planner history ID` shows any initiative")
    return found
