"""`planner show`: the plan as text or as JSON."""

from __future__ import annotations

import click
from msgspec import structs

from planner.analysis.baseline import Against, baseline_of
from planner.analysis.statuses import LANES, statuses_of
from planner.cli.shared.among import among, asking, takes_scope
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.page_width import page_width, takes_width
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.cli.shared.timeline import timeline_text
from planner.errors import UsageError
from planner.exchange.report import shown
from planner.pages.lines import Line
from planner.pages.statuses import statuses_page
from planner.plan.model import Plan
from planner.query.arrangement import GROUPINGS, SORTS, Arrangement, grouping_named, saved
from planner.session.session import Session


@click.command("show")
@opens_roadmap(path_argument=True)
@takes_json("Show the whole plan as one JSON object.")
@takes_scope
@click.option("--group-by", "grouping", metavar="KEY", help=f"Group by {', '.join(GROUPINGS)}.")
@click.option(
    "--sort",
    metavar="KEY",
    help=f"Sort each group by {', '.join(SORTS)}; -KEY: in reverse.",
)
@click.option(
    "--by-status",
    is_flag=True,
    help="Show columns from planned to done, soonest first, with lanes by --group-by KEY.",
)
@click.option(
    "--view", metavar="ID", help="Filter, grouping and order of the saved view [views.ID]."
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
    view: str | None,
    as_markdown: bool,
    base: str | None,
    width: int | None,
) -> int:
    """Show the joint table and timeline."""
    session = open_session(roadmap, as_of, path)
    given = {"query": query, "grouping": grouping, "sort": sort}
    asked = {name: value for name, value in given.items() if value is not None}
    if form and (grouping or sort or view):
        raise UsageError(
            "--json has no groups and no order", hint="leave out --group-by, --sort and --view"
        )
    if by_status:
        if form or sort or view or base:
            raise UsageError(
                "--by-status has its own order and no JSON",
                hint="leave out --json, --sort, --view and --baseline",
            )
        page = _by_status(session, grouping, among(session, query, whose), page_width(width))
        print_page(page, as_markdown=as_markdown)
        return 0
    if form:
        ids = among(session, query, whose)
        print_json("show", shown(session, ids, _against(session, base)), form)
        return 0
    wanted, ids = arranged(session.plan, view, asked), among(session, None, whose)
    me, against = asking(session, wanted.query), _against(session, base)
    lines = timeline_text(session.plan, page_width(width), wanted, me, ids, against)
    print_page((((line, "text"),) for line in lines), as_markdown=as_markdown)
    return 0


def _by_status(
    session: Session, grouping: str | None, ids: frozenset[str] | None, width: int
) -> list[Line]:
    """The board by status. Raises UsageError for lanes that would be the columns again."""
    lanes = grouping_named(grouping) if grouping is not None else LANES[0]
    if lanes not in LANES:
        raise UsageError("--by-status has columns by status", hint=f"lanes: {', '.join(LANES)}")
    return statuses_page(statuses_of(session.plan, lanes, ids), width)


def _against(session: Session, words: str | None) -> Against | None:
    """The plan against the baseline that is asked for."""
    if words is None:
        return None
    return Against(baseline_of(session.path, session.plan, words), session.plan)


def arranged(plan: Plan, view: str | None, asked: dict[str, str]) -> Arrangement:
    """What a saved view asks for, as far as the command does not ask for something else itself."""
    found = saved(plan.roadmap, view) if view is not None else Arrangement()
    if "grouping" in asked:
        asked = asked | {"grouping": grouping_named(asked["grouping"])}
    return structs.replace(found, **asked)
