"""`planner rules`: every rule, what it reports, and what activates it."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from planner.cli.shared.json_output import Form, print_json, takes_json
from planner.cli.shared.printing import print_data, terminal_columns
from planner.cli.shared.rule_reference import markdown
from planner.conflicts.registry import RULES
from planner.conflicts.rule import Rule
from planner.pages.canvas import wrap

LEAST = 36
"""Columns beside a rule's name below which what it reports stands under it."""
SET_IN = 10


@click.command("rules")
@takes_json("Show JSON.")
@click.option(
    "--markdown", "as_markdown", is_flag=True, help="Show the whole rule reference as Markdown."
)
def command(form: Form, as_markdown: bool) -> int:
    """List the rules by code, with what activates each."""
    if as_markdown:
        print_data(markdown())
        return 0
    if form:
        rows = [
            {"code": r.code, "name": r.name, "severity": r.severity, "summary": r.summary}
            for r in RULES.values()
        ]
        print_json("rules", rows, form)
        return 0
    for rule in RULES.values():
        for line in _lines(rule, terminal_columns() or sys.maxsize):
            click.echo(line)
    return 0


def _lines(rule: Rule, width: int) -> Iterator[str]:
    """A rule and what activates it, in columns; in a narrow terminal its words stand below it."""
    head = f"{rule.code:<9} {rule.name:<22} {rule.severity:<8} "
    lead = len(head) if width - len(head) >= LEAST else SET_IN
    told = (rule.summary, rule.subject and f"active once {rule.subject}")
    lines = [line for text in told for line in wrap(text, width - lead)]
    if lead == len(head):
        head += lines.pop(0)
    yield head.rstrip()
    yield from (f"{'':<{lead}}{line}" for line in lines)
