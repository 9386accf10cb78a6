"""`planner agenda`: what the sides talk about when they meet, and closing the meeting."""

from __future__ import annotations

import click

from planner.analysis.agenda import agenda_for, agenda_of, moves_since
from planner.analysis.meetings import closing, last_met, meeting_meant
from planner.cli.shared.among import party_or_work, takes_scope
from planner.cli.shared.edit import make
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.roadmap_option import day_in, open_session, opens_roadmap
from planner.errors import UsageError
from planner.pages.agenda import ADD, agenda_markdown
from planner.roadmap.entities import Meeting
from planner.session.session import Session


@click.command("agenda")
@opens_roadmap(path_argument=True)
@click.option("--meeting", metavar="ID", help="Of this meeting (default: that of both sides).")
@click.option(
    "--since",
    metavar="last|DATE",
    help="What moved and what is new since this date (default: since the last meeting).",
)
@takes_scope
@click.option("--all", "everything", is_flag=True, help="Show every item of long sections.")
@click.option(
    "--close", is_flag=True, help="Close the meeting: record its date as `last`, and print nothing."
)
@click.option(
    "--on", metavar="DATE", help="With --close: when it was held (default: the day of the agenda)."
)
@click.option("--dry-run", is_flag=True, help="With --close: show the change, write nothing.")
@click.option(
    "--markdown", is_flag=True, expose_value=False, help="Show the agenda in Markdown (as it is)."
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
    everything: bool,
    close: bool,
    on: str | None,
    dry_run: bool,
    form: Form,
) -> int:
    """Show the agenda of the joint meeting in Markdown: what moved, what is late, what to agree and
    to decide, who speaks to each.

    To close the meeting, `--close`; then `planner minutes` prints what was agreed.
    """
    session = open_session(roadmap, as_of, path)
    plan = session.plan
    about = meeting_meant(plan, meeting)
    if close:
        return _close(session, about, on, dry_run=dry_run)
    if on is not None or dry_run:
        raise UsageError("--on and --dry-run are for closing a meeting", hint="add --close")
    named = since is not None and since != "last"
    day = day_in(plan, since or "", past=True) if named else last_met(plan, about)
    shown = agenda_of(plan, about, day, *moves_since(session.path, plan, day))
    shown = agenda_for(plan, shown, *party_or_work(session, query, whose))
    if form:
        print_json("agenda", shown, form)
        return 0
    for line in agenda_markdown(plan, shown, text_width(), everything=everything):
        click.echo(line)
    return 0


def _close(session: Session, meeting: Meeting | None, on: str | None, *, dry_run: bool) -> int:
    """Record that a meeting was held."""
    if meeting is None:
        raise UsageError("the file has no meeting to close", hint=f"add one: {ADD}")
    day = day_in(session.plan, on, past=True) if on is not None else None
    edit = closing(session.plan, meeting, day)
    return make(session, edit, f"close {meeting.id}", dry_run=dry_run)
