"""`--glyphs`, an option of the program and of every command: which signs a terminal is sent.

The option comes before the configuration, that before the locale and the kind of terminal. It is
asked where the first sign is printed: what has none reads no configuration.
"""

from __future__ import annotations

import os
from contextvars import ContextVar
from functools import cached_property

import click

from planner.text.ascii import GLYPHS, ascii_only


class Glyphs:
    """What one run of a command prints; `said` is what its line says."""

    def __init__(self) -> None:
        self.said: str | None = None

    @property
    def wanted(self) -> str | None:
        """What the line says, else the configuration; one of `GLYPHS`."""
        if self.said is not None:
            return self.said
        from planner.files.configuration import configuration

        return configuration().settings.glyphs

    @cached_property
    def ascii_only(self) -> bool:
        """Whether every sign is printed in ASCII."""
        return ascii_only(self.wanted, os.environ)


IN_FORCE: ContextVar[Glyphs] = ContextVar("glyphs")
"""What counts while a command runs."""


def glyphs_in_force() -> Glyphs:
    """What counts for the command that runs."""
    return IN_FORCE.get(None) or Glyphs()


def take_glyphs(command: click.Command) -> None:
    """Give a command, and those in it, `--glyphs`."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            take_glyphs(inner)
    if all(param.name != "glyphs" for param in command.params):
        command.params.append(_option())


def _option() -> click.Option:
    return click.Option(
        ["--glyphs"],
        type=click.Choice(GLYPHS),
        expose_value=False,
        is_eager=True,  # the help that a line asks for is printed so, too
        callback=_say,
        help="Signs: all, or in ASCII alone (default: the configuration's, else as the terminal).",
    )


def _say(_ctx: click.Context, _param: click.Parameter, said: str | None) -> None:
    if said is not None:
        found = glyphs_in_force()
        found.said = said
        found.__dict__.pop("ascii_only", None)
