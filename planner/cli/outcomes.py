"""`planner outcomes`: KPIs, completion dates, cost, value and return of the outcomes."""

from __future__ import annotations

from collections.abc import Iterator

import click

from planner.analysis.outcomes import only_of, worth_of
from planner.cli.shared.among import among, takes_scope
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.pages.lines import Line
from planner.pages.outcomes import none_page, outcomes_page
from planner.plan.model import Plan
from planner.roadmap.output_outcomes import OutcomesShown

START = (
    ("planner add outcomes.ID kpi=… baseline=… target=… by=… value=…", "adds an outcome"),
    ("planner set INITIATIVE outcomes=ID", "lets an initiative contribute to it"),
)
START_COST = ("planner set INITIATIVE cost=…", "says what an initiative costs")


@click.command("outcomes")
@opens_roadmap(path_argument=True)
@takes_json()
@takes_scope
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
    """Show outcomes with their KPIs and initiatives, then cost and value by side."""
    session = open_session(roadmap, as_of, path)
    plan, ids = session.plan, among(session, query, whose)
    shown = worth_of(plan) if ids is None else only_of(worth_of(plan), ids)
    if form:
        print_json("outcomes", shown, form)
    else:
        print_page(_lines(plan, shown, text_width()), as_markdown=as_markdown)
    return 0


def _lines(plan: Plan, shown: OutcomesShown, width: int) -> Iterator[Line]:
    """All there is, or how to begin; no figure and no formula stands where nothing is set yet."""
    if not shown.outcomes:
        costs = any(row.spent or row.open for row in shown.money)
        yield from none_page(START if costs else (*START, START_COST), width)
        yield ()
    yield from outcomes_page(plan, shown, width)
