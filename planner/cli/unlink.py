"""`planner unlink`: let one initiative no longer wait for another."""

from __future__ import annotations

import click

from planner.cli.shared.edit import edits_roadmap, make
from planner.cli.shared.naming import initiative_said, known_initiative
from planner.cli.shared.roadmap_option import open_session
from planner.entry.needs import need_on, needs_of, recorded, unlinked
from planner.entry.status import named
from planner.errors import UsageError
from planner.text.visible import visible


@click.command("unlink")
@click.argument("predecessor")
@click.argument("successor")
@click.option(
    "--take-back",
    is_flag=True,
    help="Also remove a link with a recorded request, promise or agreement "
    "(default: list these and "
    "change nothing).",
)
@edits_roadmap
def command(
    predecessor: str,
    successor: str,
    take_back: bool,
    roadmap: str | None,
    as_of: str | None,
    dry_run: bool,
) -> int:
    """Remove every link of SUCCESSOR to PREDECESSOR."""
    session = open_session(roadmap, as_of)
    after = known_initiative(session.plan, successor)
    predecessor = initiative_said(session.plan, predecessor)
    edit = unlinked(session.plan, predecessor, after)
    links = [one for one in needs_of(session.plan, after) if need_on(one) == predecessor]
    said = " and ".join(named(facts) for one in links if (facts := recorded(one)))
    if said and not take_back:
        raise UsageError(
            visible(f"this would also remove what is recorded: {said}; nothing is changed"),
            hint="--take-back removes it too",
        )
    return make(session, edit, f"{after} no longer needs {predecessor}", dry_run=dry_run)
