"""`planner reach`: options for an initiative to finish by a date."""

from __future__ import annotations

import click

from planner.analysis.options import reach_shown
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.naming import known_initiative
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import day_in, open_session, opens_roadmap
from planner.conflicts.reach import reach
from planner.errors import UsageError
from planner.pages.reach import reach_page
from planner.plan.model import Plan
from planner.text.commands import link_line


@click.command("reach")
@click.argument("id")
@click.argument("finish", metavar="DATE", required=False)
@opens_roadmap(path_argument=False)
@takes_json()
@takes_markdown
def command(
    id: str,
    finish: str | None,
    roadmap: str | None,
    as_of: str | None,
    form: Form,
    as_markdown: bool,
) -> int:
    """List options to finish ID by DATE, and the best set that reaches it."""
    session = open_session(roadmap, as_of)
    if finish is None:
        raise UsageError("no DATE is given", hint=_example(session.plan, id))
    wanted = day_in(session.plan, finish)
    found = reach(session.plan.context, known_initiative(session.plan, id), wanted)
    if form:
        print_json("reach", reach_shown(session.plan, found), form)
        return 0
    print_page(reach_page(session.plan, found, text_width()), as_markdown=as_markdown)
    return 0


def _example(plan: Plan, id: str) -> str:
    """The command with a day: the deadline, or else the day on which the initiative finishes."""
    id = known_initiative(plan, id)
    dates = plan.schedule.get(id)
    day = plan.roadmap.initiatives[id].deadline or (dates.finish if dates else plan.as_of)
    return f"`{link_line('reach', id)} {day}`, for example"
