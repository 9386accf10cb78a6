"""`planner gaps`: both sides next to each other, and their questions for each other."""

from __future__ import annotations

import click
from msgspec.structs import replace

from planner.analysis.gaps import asked_by, gaps_of
from planner.cli.shared.findings_text import text_width
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.errors import UsageError
from planner.pages.gaps import asked_page, gaps_page, questions_page
from planner.roadmap.figures import listed
from planner.roadmap.ids import plain_letters
from planner.roadmap.output_gaps import GapsShown
from planner.roadmap.sides import JOINT
from planner.text.phrases import typed


@click.command("gaps")
@opens_roadmap(path_argument=True)
@takes_json()
@takes_markdown
@click.option("--questions", is_flag=True, help="Only the questions for the other side.")
@click.option(
    "--for",
    "side",
    metavar="SIDE",
    help="Only the questions that the lead of SIDE asks the other side.",
)
def command(
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    form: Form,
    as_markdown: bool,
    questions: bool,
    side: str | None,
) -> int:
    """Compare both sides by capability, system, outcome, journey stage and skill."""
    plan = open_session(roadmap, as_of, path).plan
    gaps = gaps_of(plan)
    if side is not None:
        gaps = replace(gaps, rows=tuple(asked_by(gaps, _side_named(gaps, side))))
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


def _side_named(gaps: GapsShown, text: str) -> str:
    """The side with this id or title. Raises UsageError with those there are."""
    for id, title in gaps.sides.items():
        if id not in ("", JOINT) and plain_letters(text) in map(plain_letters, (id, title)):
            return id
    known = listed(id for id in gaps.sides if id not in ("", JOINT))
    raise UsageError(f"there is no side {typed(text)}", hint=f"the sides are {known}")
