"""`planner promises`: what was delivered, launched and finished, against what was said first."""

from __future__ import annotations

from typing import get_args

import click

from planner.analysis.promises import promises_of
from planner.cli.shared.among import among, takes_scope
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.pages.promises import promises_page
from planner.roadmap.output_promises import By


@click.command("promises")
@opens_roadmap(path_argument=True)
@click.option(
    "--by",
    type=click.Choice(get_args(By)),
    default="kind",
    help="Group the figures by kind (default), team or side.",
)
@takes_scope
@takes_json()
@takes_markdown
def command(
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    by: By,
    whose: str | None,
    query: str | None,
    form: Form,
    as_markdown: bool,
) -> int:
    """Show which promises were kept: handovers, launches and estimates against what was first."""
    session = open_session(roadmap, as_of, path)
    shown = promises_of(session.path, session.plan, by, among(session, query, whose))
    if form:
        print_json("promises", shown, form)
        return 0
    print_page(promises_page(session.plan, shown, text_width()), as_markdown=as_markdown)
    return 0
