"""`planner commit`: commit the files of the roadmap, and nothing else."""

from __future__ import annotations

import click

from planner.cli.shared.edit import print_patch
from planner.cli.shared.pages import print_page
from planner.cli.shared.roadmap_option import open_session, opens_roadmap
from planner.roadmap.figures import short_commit
from planner.text.visible import visible


@click.command("commit")
@opens_roadmap(path_argument=True)
@click.option("-m", "--message", metavar="MESSAGE", help="Message (default: the changes in words).")
@click.option("--diff", is_flag=True, help="Show the changes as a patch, not in words.")
@click.option("--dry-run", is_flag=True, help="Show what would be committed; commit nothing.")
def command(
    path: str | None,
    roadmap: str | None,
    as_of: str | None,
    message: str | None,
    diff: bool,
    dry_run: bool,
) -> int:
    """Commit the files of the roadmap alone; what else is staged stays staged.

    Refused while a merge, a rebase or a bisect is under way. No hook runs, nothing is signed: where
    the repository asks for it, that is said.
    """
    from planner.session.committing import draft, save_and_commit

    session = open_session(roadmap, as_of, path)
    found = draft(session)
    if diff:
        print_patch(found.patch)
    elif dry_run and found.found.files:
        print_page((((words, "text"),) for words in found.words), as_markdown=False)
    for note in found.found.notes:
        click.echo(f"planner: {visible(note)}", err=True)
    said = message if message is not None else found.message
    subject = said.strip().partition("\n")[0]
    if not found.found.files:
        click.echo(f"planner: {found.words[0]}", err=True)
    elif dry_run:
        names = ", ".join(file.name for file in found.found.files)
        click.echo(visible(f"would commit {names}: {subject}"))
    else:
        made = save_and_commit(session, found, said)
        click.echo(visible(f"committed {made.branch} {short_commit(made.commit)}: {subject}"))
        if made.warning:
            click.echo(f"planner: {visible(made.warning)}", err=True)
    return 0
