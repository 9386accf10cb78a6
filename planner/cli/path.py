"""`planner path`: the critical path in two lanes, or the path to one target."""

from __future__ import annotations

import click

from planner.analysis.path import lanes_of
from planner.cli.naming import known_initiative
from planner.cli.page_width import page_width, takes_width
from planner.cli.roadmap_option import open_session, opens_roadmap
from planner.pages.path import lanes_text


@click.command("path")
@opens_roadmap(path_argument=True)
@click.option("--to", metavar="ID", help="Initiative to trace (default: the main launch).")
@takes_width
def command(
    path: str | None, roadmap: str | None, as_of: str | None, to: str | None, width: int | None
) -> int:
    """Show the critical path to an initiative, with each handover on it."""
    plan = open_session(roadmap, as_of, path).plan
    target = known_initiative(plan, to) if to is not None else plan.schedule.main_launch
    for line in lanes_text(lanes_of(plan, target), page_width(width)):
        click.echo(line)
    return 0
