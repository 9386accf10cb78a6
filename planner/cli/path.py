"""`planner path`: the critical path in two lanes, or the path to one target."""

from __future__ import annotations

import click

from planner.analysis.path import lanes_of, path_shown, with_graph
from planner.cli.shared.among import among, scope
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.naming import known_initiative
from planner.cli.shared.page_width import page_width, takes_width
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.errors import UsageError
from planner.pages.path import lanes_text
from planner.pages.path_words import MOST
from planner.schedule.delay import lander
from planner.session.session import Session


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
@scope(
    whose="The same as --to, or to the last to finish of this side, team or person.",
    query="To the last to finish of the initiatives that match (see `planner help filters`).",
)
@takes_json()
@takes_markdown
@takes_width
def command(
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    to: str | None,
    paths: int | None,
    whose: str | None,
    query: str | None,
    form: Form,
    as_markdown: bool,
    width: int | None,
) -> int:
    """Show the critical path to an initiative, its handovers, and the paths behind it."""
    session = open_session(roadmap, as_of, path)
    plan = session.plan
    target = known_initiative(plan, to) if to is not None else _target(session, query, whose)
    lanes = with_graph(plan, lanes_of(plan, target), paths)
    if form:
        print_json("path", path_shown(plan, lanes), form)
    else:
        lines = lanes_text(lanes, page_width(width))
        print_page((((line, "text"),) for line in lines), as_markdown=as_markdown)
    return 0


def _target(session: Session, query: str | None, whose: str | None) -> str | None:
    """What the path leads to: the last to finish of what is asked for, else the main launch."""
    plan, ids = session.plan, among(session, query, whose)
    if ids is None:
        return plan.schedule.main_launch
    if query is None and whose in plan.roadmap.initiatives:
        return whose
    last = lander(plan, ids)
    if last is None:
        raise UsageError("no initiative that matches has a date", hint="`planner show` lists them")
    return last
