"""`planner init`: start a roadmap."""

from __future__ import annotations

from pathlib import Path

import click

from planner.session import start_roadmap
from planner.text.visible import visible


@click.command("init")
@click.argument("path", default="roadmap.toml")
@click.option("--title", help="What the roadmap is called; the file's name if left out.")
def command(path: str, title: str | None) -> int:
    """Write a first roadmap to PATH (a file, or a folder/ with one file for each side)."""
    for written in start_roadmap(Path(path), title=title, folder=path.endswith("/")):
        click.echo(visible(str(written)))
    click.echo(visible(f"planner: open it with `planner {path}`"), err=True)
    return 0
