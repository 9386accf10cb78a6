"""`planner path`: the critical path in two lanes, or the path to one target."""

from __future__ import annotations

import click

from planner.analysis.path import lanes_of, path_shown, with_graph
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.naming import known_initiative
from planner.cli.shared.page_width import page_width, takes_width
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.pages.path import lanes_text
from planner.pages.path_words import MOST


@click.command("path")
@opens_roadmap(path_argument=True)
@click.option("--to", metavar="ID", help="Initiative to trace (default: the main launch).")
@click.option(
    "-n",
    "paths",
    type=click.IntRange(1, MOST + 1),
    metavar="COUNT",
    help="Paths in all, the critical one first (default: it and the near-critical ones).",
)
@takes_json()
@takes_width
def command(
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    to: str | None,
    paths: int | None,
    form: Form,
    width: int | None,
) -> int:
    """Show the critical path to an initiative, its handovers, and the paths behind it."""
    plan = open_session(roadmap, as_of, path).plan
    target = known_initiative(plan, to) if to is not None else plan.schedule.main_launch
    lanes = with_graph(plan, lanes_of(plan, target), paths)
    if form:
        print_json("path", path_shown(plan, lanes), form)
    else:
        for line in lanes_text(lanes, page_width(width)):
            click.echo(line)
    return 0
