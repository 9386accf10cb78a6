"""What the commands that open the terminal interface share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from planner.errors import UsageError

Function = TypeVar("Function", bound=Callable[..., Any])
THEMES = ("dark", "light", "terminal")


def opens_terminal(function: Function) -> Function:
    """Give a command `--theme` and `--mouse/--no-mouse`."""
    function = click.option(
        "--theme",
        type=click.Choice(THEMES),
        help="`terminal` uses the terminal's own 16 colours; NO_COLOR is obeyed.",
    )(function)
    return click.option("--mouse/--no-mouse", default=True, help="Whether the mouse is used, too.")(
        function
    )


def need_terminal() -> None:
    """Refuse to open the interface where there is no terminal to draw on."""
    if not has_terminal():
        raise UsageError(
            "the terminal interface needs a terminal",
            hint="`planner show` and `planner check` print text",
        )


def has_terminal() -> bool:
    """Whether there is a terminal to draw on, and a person at its keys."""
    return sys.stdin.isatty() and sys.stdout.isatty()
