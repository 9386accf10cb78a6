"""JSON of commands: `--json`, the whole object, and `--short`, the few facts of it that answer the
question, in at most 4,000 bytes.

`--short` is JSON whether or not `--json` stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, TypeVar

import click

from planner.cli.shared.printing import print_data
from planner.exchange.report import as_json
from planner.exchange.short import LIMIT, short_json

Function = TypeVar("Function", bound=Callable[..., Any])

Form = Literal["", "whole", "short"]
"""What a command prints: a page, its JSON, or the short form of that."""


def takes_json(help: str = "Show one JSON object.") -> Callable[[Function], Function]:
    """Give a command `--json` and `--short`; it gets what they ask for as `form`."""

    def decorate(function: Function) -> Function:
        @wraps(function)
        def called(*args: Any, whole: bool, short: bool, **options: Any) -> Any:
            form: Form = "short" if short else "whole" if whole else ""
            return function(*args, form=form, **options)

        for name, into, text in (
            ("--short", "short", f"Show the most important of it as JSON, in {LIMIT:,} bytes."),
            ("--json", "whole", help),
        ):
            click.option(name, into, is_flag=True, help=text)(called)
        return called  # type: ignore[return-value]

    return decorate


def print_json(question: str, document: Any, form: Form) -> None:
    """Print what a command answers, whole or short."""
    text = short_json(question, document) if form == "short" else as_json(document)
    print_data(text, is_visible=True)  # JSON escapes it
