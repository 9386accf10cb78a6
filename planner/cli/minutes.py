"""`planner minutes`: what was agreed, decided and promised, from the changes of the file."""

from __future__ import annotations

import click

from planner.analysis.meetings import last_met, meeting_meant
from planner.analysis.minutes import minutes_for, minutes_of
from planner.cli.shared.among import party_or_work, takes_scope
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.roadmap_option import day_in, open_session, opens_roadmap
from planner.pages.minutes import minutes_markdown


@click.command("minutes")
@opens_roadmap(path_argument=True)
@click.option("--meeting", metavar="ID", help="Of this meeting (default: that of both sides).")
@click.option(
    "--since",
    metavar="last|DATE",
    help="What was recorded on this date and since (default: of the last meeting alone).",
)
@takes_scope
@click.option(
    "--markdown", is_flag=True, expose_value=False, help="Show the minutes in Markdown (as it is)."
)
@takes_json()
def command(
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    meeting: str | None,
    since: str | None,
    whose: str | None,
    query: str | None,
    form: Form,
) -> int:
    """Show the minutes of the last meeting in Markdown: who agreed, declined, decided and promised
    what, and who recorded it.

    They are made from what the file says now and did not say before the meeting; `planner agenda
    --close` closes one.
    """
    session = open_session(roadmap, as_of, path)
    plan = session.plan
    about = meeting_meant(plan, meeting)
    day = last_met(plan, about) if since == "last" else None
    day = day_in(plan, since, past=True) if since is not None and day is None else day
    shown = minutes_of(session.path, plan, about, day)
    shown = minutes_for(plan, shown, *party_or_work(session, query, whose))
    if form:
        print_json("minutes", shown, form)
        return 0
    for line in minutes_markdown(plan, shown, text_width()):
        click.echo(line)
    return 0
