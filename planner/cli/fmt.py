"""`planner fmt`: the one normal form."""

from __future__ import annotations

import click

from planner.cli.shared.edit import keep, print_difference
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.text.visible import visible


@click.command("fmt")
@opens_roadmap(path_argument=True)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Show the changes as a patch; write nothing.")
def command(
    path: str | None, roadmap: str | None, as_of: str | None, check: bool, diff: bool
) -> int:
    """Format the files: sort tables, keys and lists; keep comments."""
    session = open_session(roadmap, as_of, path)
    changed = session.reformat()
    if diff:
        print_difference(session)
    elif not check and changed:
        keep(session)
    for file in changed:
        done = "would change" if check or diff else "wrote"
        click.echo(f"planner: {done} {visible(str(file))}", err=True)
    return int(check and bool(changed))
