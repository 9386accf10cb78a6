"""`planner network`: the dependencies around an initiative, drawn, and what hangs on it."""

from __future__ import annotations

import click

from planner.analysis.conflicts import findings_on
from planner.analysis.network import around, center_of, hanging, network_shown, steps_around
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.naming import known_initiative
from planner.cli.shared.page_width import page_width, takes_width
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.errors import UsageError
from planner.pages.network import network_page, none_page, rows_in, steps_at
from planner.pages.network_drawing import draw
from planner.plan.model import Plan
from planner.text.phrases import typed

HEIGHT, MOST = 40, 99
"""Rows of the drawing at most, and steps."""

_steps = click.IntRange(0, MOST)


@click.command("network")
@click.argument("id", required=False)
@opens_roadmap(path_argument=False)
@click.option("--up", type=_steps, metavar="N", help="Steps before it (default: by the width).")
@click.option("--down", type=_steps, metavar="N", help="Steps after it (default: by the width).")
@takes_json()
@takes_markdown
@takes_width
def command(
    id: str | None,
    roadmap: str | None,
    as_of: str | None,
    up: int | None,
    down: int | None,
    form: Form,
    as_markdown: bool,
    width: int | None,
) -> int:
    """Show the dependencies around ID (default: the main launch)."""
    plan, columns = open_session(roadmap, as_of).plan, page_width(width)
    center = _undropped(plan, known_initiative(plan, id)) if id is not None else center_of(plan)
    if center is None:
        print_page(none_page(columns), as_markdown=as_markdown)
        return 0
    usual = steps_around(plan, center, steps_at(columns))
    before, after = usual[0] if up is None else up, usual[1] if down is None else down
    if form:
        print_json("network", network_shown(plan, center, before, after), form)
        return 0
    found = around(plan, center, before, after, rows_in(HEIGHT))
    picture = draw(found, plan.roadmap, plan.as_of, columns, HEIGHT)
    here = findings_on(plan, center)
    lines = network_page(plan, found, picture, hanging(plan, center), here, columns)
    print_page(lines, as_markdown=as_markdown)
    return 0


def _undropped(plan: Plan, id: str) -> str:
    """Raises UsageError for one that is dropped: it is not in the graph."""
    if plan.roadmap.initiatives[id].status == "dropped":
        raise UsageError(
            f"{typed(id)} is dropped: it has no dependencies",
            hint=f"`planner status {id} planned` plans it again",
        )
    return id
