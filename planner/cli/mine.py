"""`planner mine`: what waits for the current user, or for another person, team or side."""

from __future__ import annotations

import click

from planner.analysis.mine import mine_of, party_of
from planner.cli.shared.among import party_or_work, scope
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.errors import UsageError
from planner.pages.mine import mine_page
from planner.query.filters import Nobody
from planner.query.me import who
from planner.query.party import Party
from planner.session.roadmaps import option_for
from planner.session.session import Session
from planner.text.phrases import did_you_mean


@click.command("mine")
@opens_roadmap(path_argument=True)
@scope(
    whose="Of another side, team or person; or only what stands before this initiative.",
    query="Only what concerns initiatives that match (see `planner help filters`).",
)
@takes_json()
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
    """Show what waits for you: answers, reviews, decisions, conflicts and actions.

    Each comes with the command that answers it.
    """
    session = open_session(roadmap, as_of, path)
    plan = session.plan
    party, ids = party_or_work(session, query, whose)
    shown = mine_of(plan, party or _me(session), ids, option_for(session.path))
    if form:
        print_json("mine", shown, form)
        return 0
    print_page(mine_page(plan, shown, text_width()), as_markdown=as_markdown)
    return 0


def _me(session: Session) -> Party:
    """Who is at the keys. Raises UsageError with how to say it."""
    found = who(session.path).among(session.plan.roadmap)
    if isinstance(found, Nobody):
        hint = did_you_mean(found.nearest, "or name somebody: `planner mine --for WHO`")
        raise UsageError(found.why, hint=hint)
    return party_of(session.plan, found)
