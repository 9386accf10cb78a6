"""`planner owes`: what each side still has to hand over to the other, and the answers it owes."""

from __future__ import annotations

import click

from planner.analysis.mandate import concerns_handover
from planner.analysis.owes import owes_of
from planner.analysis.raci import handovers_of
from planner.cli.shared.among import party_or_work, scope
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.pages.owes import owes_page
from planner.roadmap.output_owes import By


@click.command("owes")
@opens_roadmap(path_argument=True)
@click.option(
    "--by",
    type=click.Choice(["team", "month"]),
    default="team",
    help="What debts stand under (default: team).",
)
@takes_json()
@scope(
    whose="Only what this side, team or person owes or is owed, or what an initiative with its "
    "predecessors hands over or waits for.",
    query="Only handovers of initiatives that match (see `planner help filters`).",
)
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
    """Show what the sides owe each other: handovers by team or month, and answers."""
    session = open_session(roadmap, as_of, path)
    plan = session.plan
    party, ids = party_or_work(session, query, whose)
    found = [
        one
        for one in handovers_of(plan)
        if (party is None or concerns_handover(plan, party, one))
        and (ids is None or {one.supplier, one.successor} & ids)
    ]
    shown = owes_of(plan, found, by)
    if form:
        print_json("owes", shown, form)
    else:
        print_page(owes_page(plan, shown, text_width()), as_markdown=as_markdown)
    return 0
