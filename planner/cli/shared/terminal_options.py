"""Options of the commands that open the terminal interface, and the interface as they see it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click

from planner.errors import UsageError
from planner.merge.resolving import MergeResolution

Function = TypeVar("Function", bound=Callable[..., Any])
THEMES = ("dark", "light", "terminal", "high-contrast", "high-contrast-light")


class Interface(Protocol):
    """The terminal interface: the command line opens it and knows nothing else of it.

    Both return the exit code. `planner.__main__` hands it in; commands have it by `click.pass_obj`.
    """

    def open(
        self,
        found: Sequence[Path],
        *,
        as_of: date | None = None,
        theme: str | None = None,
        mouse: bool = True,
        sample: Callable[[], Path] | None = None,
    ) -> int: ...

    def resolve(self, resolution: MergeResolution, theme: str | None, *, mouse: bool) -> int: ...


def opens_terminal(function: Function) -> Function:
    """Give a command `--theme` and `--mouse/--no-mouse`."""
    function = click.option(
        "--theme",
        type=click.Choice(THEMES),
        help="Colours (default: `dark`, or none with NO_COLOR); `terminal`: its own 16, on black.",
    )(function)
    return click.option(
        "--mouse/--no-mouse", default=True, help="Use the mouse too (default) or the keys only."
    )(function)


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
