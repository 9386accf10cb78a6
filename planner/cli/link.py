"""`planner link`: make one initiative wait for another."""

from __future__ import annotations

import re

import click

from planner.cli.shared.edit import edits_roadmap, make
from planner.cli.shared.naming import known_initiative
from planner.cli.shared.roadmap_option import open_session
from planner.entry.needs import linked


class LinkCommand(click.Command):
    """A command that takes ``-1w`` for a lead, where click would see an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(
            ctx, [f"FS{word}" if re.match(r"-\d", word) else word for word in args]
        )


@click.command("link", cls=LinkCommand)
@click.argument("predecessor")
@click.argument("successor")
@click.argument("kind", metavar="[FS|SS|FF|SF][±LAG]", default="")
@edits_roadmap
def command(
    predecessor: str,
    successor: str,
    kind: str,
    roadmap: str | None,
    as_of: str | None,
    dry_run: bool,
) -> int:
    """Link SUCCESSOR to PREDECESSOR: `planner link api web SS+5d`, or `-1w` for a lead."""
    session = open_session(roadmap, as_of)
    before = known_initiative(session.plan, predecessor)
    after = known_initiative(session.plan, successor)
    edit = linked(session.plan, before, after, kind)
    return make(session, edit, edit.label, dry_run=dry_run)
