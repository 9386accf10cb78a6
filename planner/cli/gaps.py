"""`planner gaps`: both sides next to each other, and their questions for each other."""

from __future__ import annotations

import click
from msgspec.structs import replace

from planner.analysis.gaps import asked_by, gaps_of, only_of
from planner.cli.shared.among import among, scope
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.pages.gaps import asked_page, gaps_page, questions_page
from planner.roadmap.ids import plain_letters
from planner.roadmap.output_gaps import GapsShown
from planner.roadmap.sides import JOINT


@click.command("gaps")
@opens_roadmap(path_argument=True)
@takes_json()
@takes_markdown
@click.option("--questions", is_flag=True, help="Only the questions for the other side.")
@scope(
    whose="Of a side, only the questions that its lead asks the other one; else only what concerns "
    "the work of this team or person, or an initiative with its predecessors.",
    query="Only what concerns initiatives that match (see `planner help filters`).",
)
def command(
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    form: Form,
    as_markdown: bool,
    questions: bool,
    whose: str | None,
    query: str | None,
) -> int:
    """Compare both sides by capability, system, outcome, journey stage and skill."""
    session = open_session(roadmap, as_of, path)
    plan = session.plan
    gaps = gaps_of(plan)
    side = _side_named(gaps, whose) if whose is not None else None
    if side is not None:
        gaps = replace(gaps, rows=tuple(asked_by(gaps, side)))
    ids = among(session, query, None if side is not None else whose)
    if ids is not None:
        gaps = only_of(gaps, ids)
    if form:
        print_json("gaps", gaps, form)
        return 0
    asked, lines = [row for row in gaps.rows if row.question], gaps_page(plan, gaps, text_width())
    if side is not None:
        lines = asked_page(plan, gaps, asked, text_width())
    elif questions:
        lines = questions_page(asked, text_width())
    print_page(lines, as_markdown=as_markdown)
    return 0


def _side_named(gaps: GapsShown, text: str) -> str | None:
    """The side with this id or title; None for a team, a person or an initiative."""
    for id, title in gaps.sides.items():
        if id not in ("", JOINT) and plain_letters(text) in map(plain_letters, (id, title)):
            return id
    return None
