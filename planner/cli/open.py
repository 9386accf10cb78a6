"""`planner [PATH]`: open a roadmap in the terminal interface."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from planner.cli.roadmap_option import opens_roadmap, parse_day
from planner.errors import UsageError
from planner.session import find_all


@click.command("open")
@opens_roadmap(path_argument=True)
@click.option("--theme", help="dark, light or terminal (the terminal's own 16 colours).")
@click.option("--mouse/--no-mouse", default=True, help="Whether the mouse is used.")
def command(
    path: str | None, roadmap: str | None, as_of: str | None, theme: str | None, mouse: bool
) -> int:
    """Open the roadmap at PATH, or the one found in . or ./roadmaps."""
    named = path if path is not None else roadmap
    day = parse_day(as_of) if as_of else None
    need_terminal()
    from planner.tui.app import run

    if named is not None:
        found = [Path(named)]
        if found[0].is_dir():
            found = find_all(found[0]) or found
    else:
        found = find_all(Path())
    return run(found, as_of=day, theme=theme, mouse=mouse)


def need_terminal() -> None:
    """Refuse to open the interface where there is no terminal to draw on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "the terminal interface needs a terminal",
            hint="`planner show` and `planner check` print text",
        )
