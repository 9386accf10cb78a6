"""Options of the commands that open the terminal interface, and the interface as they see it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click
from msgspec import Struct

from planner.cli.shared.glyphs import glyphs_in_force
from planner.errors import ReadError, UsageError
from planner.files.configuration import THEMES, Configuration, configuration
from planner.merge.resolving import MergeResolution
from planner.roadmap.output_config import KeyShown

Function = TypeVar("Function", bound=Callable[..., Any])


class Own(Protocol):
    """What of a configuration is in force in the interface, and what is wrong with it."""

    @property
    def view(self) -> str: ...

    @property
    def troubles(self) -> tuple[ReadError, ...]: ...

    @property
    def warnings(self) -> tuple[ReadError, ...]: ...


class Look(Struct, frozen=True):
    """How the interface looks; None for what suits the terminal."""

    theme: str | None = None
    mouse: bool = True
    glyphs: str | None = None


class Interface(Protocol):
    """The terminal interface: the command line opens it and knows nothing else of it.

    `open` and `resolve` return the exit code. `planner.__main__` hands it in; commands have it by
    `click.pass_obj`.
    """

    def open(
        self,
        found: Sequence[Path],
        *,
        as_of: date | None = None,
        look: Look,
        sample: Callable[[], Path] | None = None,
    ) -> int: ...

    def resolve(self, resolution: MergeResolution, look: Look) -> int: ...

    def own(self, found: Configuration) -> Own:
        """What of a configuration is in force, and what is wrong with it."""

    def actions(self, found: Configuration | None = None) -> Sequence[KeyShown]:
        """Every action with its keys, as a configuration has them; else the defaults."""

    def edit(self, file: Path, line: int | None) -> None:
        """Run the editor of the environment on a file. Raises OSError if it can't."""


def opens_terminal(function: Function) -> Function:
    """Give a command `--theme` and `--mouse/--no-mouse`; it gets them, and the glyphs, as `look`.

    What is not said, the configuration says. An option comes before the environment, that before
    the configuration.
    """

    @wraps(function)
    def called(*args: Any, theme: str | None, mouse: bool | None, **options: Any) -> Any:
        said = configuration().settings
        mouse = said.mouse if mouse is None else mouse
        look = Look(theme or said.theme, mouse, glyphs_in_force().wanted)
        return function(*args, look=look, **options)

    click.option(
        "--theme",
        type=click.Choice(THEMES),
        help="Colours (default: the configuration's, else `dark`; none with NO_COLOR); "
        "`terminal`: its own 16, on black.",
    )(called)
    click.option(
        "--mouse/--no-mouse",
        default=None,
        help="Use the mouse too or the keys only (default: the configuration's, else the mouse).",
    )(called)
    return called  # type: ignore[return-value]


def need_terminal() -> None:
    """Refuse to open the interface where there is no terminal to draw on."""
    if not has_terminal():
        raise UsageError(
            "the terminal interface needs a terminal"
            + (" that can place its cursor, and TERM is dumb" if _is_dumb() else ""),
            hint="`planner show` and `planner check` print text",
        )


def has_terminal() -> bool:
    """Whether there is a terminal to draw on, and a person at its keys."""
    return sys.stdin.isatty() and sys.stdout.isatty() and not _is_dumb()


def _is_dumb() -> bool:
    """Whether the terminal says that it only prints one line after the other."""
    return os.environ.get("TERM") == "dumb"
