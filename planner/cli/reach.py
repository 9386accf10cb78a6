"""`planner reach`: options for an initiative to finish by a date, and the price of each date."""

from __future__ import annotations

from datetime import date, timedelta

import click

from planner.analysis.options import reach_shown
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.naming import known_initiative
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import day_in, open_session, opens_roadmap
from planner.conflicts.curve import curve
from planner.conflicts.reach import reach
from planner.errors import UsageError
from planner.pages.reach import curve_page, reach_page
from planner.plan.model import Plan
from planner.text.commands import link_line


@click.command("reach")
@click.argument("id")
@click.argument("finish", metavar="DATE", required=False)
@click.option("--curve", "all_dates", is_flag=True, help="Show the cheapest price of each date.")
@opens_roadmap(path_argument=False)
@takes_json()
@takes_markdown
def command(
    id: str,
    finish: str | None,
    all_dates: bool,
    roadmap: str | None,
    as_of: str | None,
    form: Form,
    as_markdown: bool,
) -> int:
    """List options to finish ID by DATE, and the best set that reaches it."""
    plan = open_session(roadmap, as_of).plan
    id = known_initiative(plan, id)
    if finish is None and not all_dates:
        raise UsageError("no DATE is given", hint=_example(plan, id))
    along = curve(plan.context, id) if all_dates else None
    wanted = day_in(plan, finish) if finish is not None else _wanted(plan, id)
    shown = reach_shown(plan, reach(plan.context, id, wanted), along)
    if form:
        print_json("reach", shown, form)
        return 0
    page = curve_page if all_dates else reach_page
    print_page(page(plan, shown, text_width()), as_markdown=as_markdown)
    return 0


def _example(plan: Plan, id: str) -> str:
    """The command with a day: the deadline, or else the day on which the initiative finishes."""
    dates = plan.schedule.get(id)
    day = plan.roadmap.initiatives[id].deadline or (dates.finish if dates else plan.as_of)
    return f"`{link_line('reach', id)} {day}`, for example"


def _wanted(plan: Plan, id: str) -> date:
    """The day by which it is wanted: the one that it misses, else the day before it finishes."""
    initiative, dates = plan.roadmap.initiatives[id], plan.schedule.get(id)
    finish = dates.finish if dates else plan.as_of
    missed = (day for day in (initiative.deadline, initiative.announced) if day and day < finish)
    return min(missed, default=finish - timedelta(days=1))
