"""`planner why`: what gives an initiative its dates."""

from __future__ import annotations

import click

from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.naming import known_initiative
from planner.cli.shared.page_width import page_width, takes_width
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.exchange.why import why_shown
from planner.pages.why import why_page


@click.command("why")
@click.argument("id")
@opens_roadmap(path_argument=False)
@takes_json()
@takes_markdown
@takes_width
def command(
    id: str,
    roadmap: str | None,
    as_of: str | None,
    form: Form,
    as_markdown: bool,
    width: int | None,
) -> int:
    """Explain the dates of ID, link by link back to the start."""
    plan = open_session(roadmap, as_of).plan
    id = known_initiative(plan, id)
    if form:
        print_json("why", why_shown(plan, id), form)
        return 0
    print_page(why_page(plan, id, page_width(width)), as_markdown=as_markdown)
    return 0
