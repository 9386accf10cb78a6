"""`planner ready`: what can start now, and what waits for one thing only."""

from __future__ import annotations

import click

from planner.analysis.ready import ready_of
from planner.cli.shared.among import among, takes_scope
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.pages.ready import ready_page


@click.command("ready")
@opens_roadmap(path_argument=True)
@takes_scope
@takes_json()
@takes_markdown
def command(
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    whose: str | None,
    query: str | None,
    form: Form,
    as_markdown: bool,
) -> int:
    """Show what can start now, what it drives, and what speaks against it."""
    session = open_session(roadmap, as_of, path)
    shown = ready_of(session.plan, among(session, query, whose))
    if form:
        print_json("ready", shown, form)
        return 0
    print_page(ready_page(session.plan, shown, text_width()), as_markdown=as_markdown)
    return 0
