"""`planner show`: the plan as text or as JSON."""

from __future__ import annotations

from typing import Any

import click
from msgspec import structs

from planner.analysis.baseline import Against, baseline_of
from planner.analysis.statuses import LANES, Statuses, statuses_of, statuses_shown
from planner.cli.shared.among import among, asking, takes_scope
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.page_width import page_width, takes_width
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.cli.shared.timeline import timeline_text
from planner.errors import UsageError
from planner.exchange.report import shown
from planner.pages.statuses import statuses_page
from planner.plan.model import Plan
from planner.query.arrangement import (
    GROUPINGS,
    Arrangement,
    columns_named,
    grouping_named,
    saved,
    sort_named,
)
from planner.query.columns import SORTS
from planner.session.session import Session


@click.command("show")
@opens_roadmap(path_argument=True)
@takes_json("Show the whole plan as one JSON object.")
@takes_scope
@click.option("--group-by", "grouping", metavar="KEY", help=f"Group by {', '.join(GROUPINGS)}.")
@click.option(
    "--sort",
    metavar="KEY",
    help=f"Sort each group by {', '.join(SORTS[:4])}, … (the columns); -KEY: in reverse.",
)
@click.option(
    "--by-status",
    is_flag=True,
    help="Show columns from planned to done, soonest first, with lanes by --group-by KEY.",
)
@click.option(
    "--columns",
    metavar="NAMES",
    help="Columns, with commas between (see `planner help views`).",
)
@click.option(
    "--view",
    metavar="ID",
    help="Filter, grouping, order and columns of the saved view [views.ID].",
)
@click.option(
    "--baseline",
    "base",
    metavar="REV|DATE",
    help="Show what moved since a revision, a day, or `last` (the last meeting).",
)
@takes_markdown
@takes_width
def command(
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    form: Form,
    query: str | None,
    whose: str | None,
    grouping: str | None,
    sort: str | None,
    by_status: bool,
    columns: str | None,
    view: str | None,
    as_markdown: bool,
    base: str | None,
    width: int | None,
) -> int:
    """Show the joint table and timeline."""
    session = open_session(roadmap, as_of, path)
    if form and not by_status and (grouping or sort or columns or view):
        raise UsageError(
            "--json has no groups and no order",
            hint="leave out --group-by, --sort, --columns and --view",
        )
    if by_status:
        if sort or columns or view or base:
            raise UsageError(
                "--by-status has its own order and columns",
                hint="leave out --sort, --columns, --view and --baseline",
            )
        found = _by_status(session, grouping, among(session, query, whose))
        if form:
            print_json("statuses", statuses_shown(session.plan, found), form)
        else:
            print_page(statuses_page(found, page_width(width)), as_markdown=as_markdown)
        return 0
    if form:
        ids = among(session, query, whose)
        print_json("show", shown(session, ids, _against(session, base)), form)
        return 0
    asked = _asked(query, grouping, sort, columns)
    wanted, ids = arranged(session.plan, view, asked), among(session, None, whose)
    me, against = asking(session, wanted.query), _against(session, base)
    lines = timeline_text(session.plan, page_width(width), wanted, me, ids, against)
    print_page((((line, "text"),) for line in lines), as_markdown=as_markdown)
    return 0


def _by_status(session: Session, grouping: str | None, ids: frozenset[str] | None) -> Statuses:
    """The board by status. Raises UsageError for lanes that would be the columns again."""
    lanes = grouping_named(grouping) if grouping is not None else LANES[0]
    if lanes not in LANES:
        raise UsageError("--by-status has columns by status", hint=f"lanes: {', '.join(LANES)}")
    return statuses_of(session.plan, lanes, ids)


def _against(session: Session, words: str | None) -> Against | None:
    """The plan against the baseline that is asked for."""
    if words is None:
        return None
    return Against(baseline_of(session.path, session.plan, words), session.plan)


def _asked(
    query: str | None, grouping: str | None, sort: str | None, columns: str | None
) -> dict[str, Any]:
    """What the command asks for itself. Raises UsageError."""
    found = {
        "query": query,
        "grouping": None if grouping is None else grouping_named(grouping),
        "sort": None if sort is None else sort and sort_named(sort),
        "columns": None if columns is None else columns_named(columns),
    }
    return {name: value for name, value in found.items() if value is not None}


def arranged(plan: Plan, view: str | None, asked: dict[str, Any]) -> Arrangement:
    """What a saved view asks for, as far as the command does not ask for something else itself."""
    found = saved(plan, view) if view is not None else Arrangement()
    return structs.replace(found, **asked)
