"""`planner show`: the plan as text or as JSON."""

from __future__ import annotations

import click

from planner.cli.roadmap_option import open_session, opens_roadmap
from planner.cli.timeline import timeline_text
from planner.report import show_json


@click.command("show")
@opens_roadmap(path_argument=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--width", type=click.IntRange(80, 400), default=120, show_default=True)
def command(
    path: str | None, roadmap: str | None, as_of: str | None, as_json: bool, width: int
) -> int:
    """Print the joint table and timeline."""
    session = open_session(roadmap, as_of, path)
    if as_json:
        click.echo(show_json(session).encode())  # it is escaped already: no guard looks again
    else:
        for line in timeline_text(session.plan, width):
            click.echo(line)
    return 0
