"""`planner announce`: whether a launch can be announced for a date, and the announcement."""

from __future__ import annotations

import click

from planner.analysis.announce import announcement, announcing
from planner.cli.shared.edit import edits_roadmap, make
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.naming import known_initiative
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import day_in, open_session
from planner.pages.announce import announce_page


@click.command("announce")
@click.argument("id")
@click.argument("day", metavar="DATE")
@click.option("--write", is_flag=True, help="Write the date as `announced`, whatever the answer.")
@edits_roadmap
@takes_json()
@takes_markdown
def command(
    id: str,
    day: str,
    write: bool,
    roadmap: str | None,
    as_of: str | None,
    dry_run: bool,
    form: Form,
    as_markdown: bool,
) -> int:
    """Answer whether ID can be announced for DATE: yes, or what speaks against it."""
    session = open_session(roadmap, as_of)
    plan = session.plan
    name, on = known_initiative(plan, id), day_in(plan, day)
    shown = announcement(plan, name, on)
    if form:
        print_json("announce", shown, form)
    else:
        print_page(announce_page(plan, shown, text_width()), as_markdown=as_markdown)
    if not write and not dry_run:
        return 0
    return make(session, announcing(name, on), f"announce {name}", dry_run=dry_run)
