"""`planner init`: start a roadmap."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.shared.printing import print_data
from planner.session.starting import start_roadmap
from planner.text.shell import line
from planner.text.visible import visible


@click.command("init")
@click.argument("path", default="roadmap.toml")
@click.option("--title", help="Title of the roadmap (default: the name of the file).")
@click.option(
    "--pilot",
    metavar="TITLE",
    help="Begin with a campaign of this title, and with the five overlaps that marketing and IT "
    "always have, as questions to agree on.",
)
def command(path: str, title: str | None, pilot: str | None) -> int:
    """Write a first roadmap to PATH (a file, or a folder with one file for each side)."""
    folder = path.endswith("/") or (path != "" and Path(path).is_dir())
    for written in start_roadmap(Path(path), title=title, folder=folder, pilot=pilot):
        print_data(visible(str(written)))
    opens = line(["planner", _as_argument(path)])
    click.echo(visible(f"planner: open it with `{opens}`"), err=True)
    if pilot is not None:
        asks = line(["planner", "asks", "--for", "marketing", "-r", _as_argument(path)])
        click.echo(visible(f"planner: `{asks}` prints what marketing has to answer"), err=True)
    return 0


def _as_argument(path: str) -> str:
    """The path so that it is no option and no command."""
    from planner.cli.main import COMMANDS

    return f"./{path}" if path.startswith("-") or path in COMMANDS else path
