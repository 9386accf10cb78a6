"""How wide a drawing is printed: as asked for, as the terminal is, else as a page of its own."""

from __future__ import annotations

import click

from planner.cli.shared.printing import terminal_columns

LEAST, MOST, ELSEWHERE = 40, 400, 120
"""Columns at least and at most, and where there is no terminal."""

takes_width = click.option(
    "--width",
    type=click.IntRange(LEAST, MOST),
    help=f"Columns (default: as the terminal, {ELSEWHERE} in a pipe).",
)
"""The option of every command that draws."""


def page_width(asked: int | None) -> int:
    """The columns to draw in."""
    if asked is not None:
        return asked
    return min(MOST, max(LEAST, terminal_columns() or ELSEWHERE))
