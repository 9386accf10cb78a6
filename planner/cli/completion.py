"""`planner completion`: the script by which a shell asks how a line goes on.

The scripts are files of `shells`, which say how each is installed. They ask in click's way: words
up to the cursor in COMP_WORDS, and the shell in _PLANNER_COMPLETE. Where click's own scripts fall
short, these do not: `CODE:ID` and `--option=value` in bash, values with a comma in fish, a
program that is called by its path, and bash before 4.4.
"""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.shared.printing import print_data

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS), metavar="|".join(SHELLS))
def command(shell: str) -> int:
    """Show the script that completes commands, ids, rule codes and files in a shell."""
    print_data(script(shell), nl=False)
    return 0


def script(shell: str) -> str:
    """What one of SHELLS runs to know how `planner` goes on; its first lines say how."""
    path = Path(__file__).parent / "shells" / f"planner.{shell}"
    return path.read_text(encoding="utf-8")
