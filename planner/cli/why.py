"""`planner why`: what gives an initiative its dates."""

from __future__ import annotations

import click

from planner.analysis.why import why_text
from planner.cli.naming import known_initiative
from planner.cli.roadmap_option import open_session, opens_roadmap
from planner.text.visible import visible


@click.command("why")
@click.argument("id")
@opens_roadmap(path_argument=False)
def command(id: str, roadmap: str | None, as_of: str | None) -> int:
    """Explain the dates of ID, link by link back to the start."""
    plan = open_session(roadmap, as_of).plan
    for line in why_text(plan, known_initiative(plan, id)):
        click.echo(visible(line))
    return 0
