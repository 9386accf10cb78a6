"""`planner compare`: revisions or branches side by side."""

from __future__ import annotations

from pathlib import Path

import click

from planner.analysis.compare import Named, compared_plans
from planner.analysis.history import plan_of_revision, revision_named
from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.page_width import page_width, takes_width
from planner.cli.shared.pages import print_page, takes_markdown
from planner.cli.shared.revisions import plan_beside
from planner.cli.shared.roadmap_option import opens_roadmap, roadmap_path
from planner.errors import UsageError
from planner.pages.compare import compare_page
from planner.plan.model import Plan

MOST = 6
"""Columns at most."""
HERE = "."
"""What the files as they are, saved or not committed, are called."""


@click.command("compare")
@click.argument("revisions", nargs=-1, metavar="[REV]...")
@opens_roadmap(path_argument=False)
@takes_json()
@takes_markdown
@takes_width
def command(
    revisions: tuple[str, ...],
    roadmap: str | None,
    as_of: str | None,
    form: Form,
    as_markdown: bool,
    width: int | None,
) -> int:
    """Compare revisions or branches side by side: launches, money, conflicts, load.

    Each is shown at its own status date. A date means the last revision on or before it, `.` the
    files as they are; one revision alone is compared with these.
    """
    if not revisions:
        hint = "name branches, tags, hashes or dates: `planner compare main plan-b`"
        raise UsageError("no revision is named", hint=hint)
    if len(revisions) > MOST:
        raise UsageError(f"{len(revisions)} revisions are too many", hint=f"at most {MOST}")
    asked = (*revisions, HERE) if len(revisions) == 1 else revisions
    path = roadmap_path(roadmap)
    plan = plan_beside(roadmap, as_of, path, None if HERE in asked else asked[-1])
    shown = compared_plans([_named(path, plan, word) for word in asked])
    if form:
        print_json("compare", shown, form)
    else:
        print_page(compare_page(shown, page_width(width)), as_markdown=as_markdown)
    return 0


def _named(path: Path, files: Plan, word: str) -> Named:
    if word == HERE:
        return Named("files", None, files)
    commit = revision_named(path, files, word)
    plan = plan_of_revision(path, commit)
    if not plan.roadmap.initiatives and not plan.tables:
        raise UsageError(f"{path} was not there at {word}")
    return Named(word, commit, plan)
