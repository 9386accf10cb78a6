"""Pages as commands print them: text for a terminal, or Markdown to send and to commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from planner.cli.shared.printing import print_data
from planner.pages.lines import Line, markdown, plain

Function = TypeVar("Function", bound=Callable[..., Any])


def takes_markdown(function: Function) -> Function:
    """Give a command `--markdown`."""
    return click.option(
        "--markdown", "as_markdown", is_flag=True, help="Show the page in Markdown."
    )(function)


def print_page(lines: Iterable[Line], *, as_markdown: bool = False) -> None:
    """Print the lines of a page; as Markdown they are data, for other programs."""
    if as_markdown:
        print_data("".join(f"{line}\n" for line in markdown(lines)), nl=False)
        return
    for line in plain(lines):
        click.echo(line)
