"""`planner rules`: every rule, what it reports, and what activates it."""

from __future__ import annotations

import json

import click

from planner.cli.shared.printing import print_data
from planner.cli.shared.rule_reference import markdown
from planner.conflicts.registry import RULES


@click.command("rules")
@click.option("--json", "as_json", is_flag=True, help="Show JSON.")
@click.option(
    "--markdown", "as_markdown", is_flag=True, help="Show the whole rule reference as Markdown."
)
def command(as_json: bool, as_markdown: bool) -> int:
    """List the rules by code, with what activates each."""
    if as_markdown:
        print_data(markdown())
        return 0
    if as_json:
        rows = [
            {"code": r.code, "name": r.name, "severity": r.severity, "summary": r.summary}
            for r in RULES.values()
        ]
        print_data(json.dumps(rows, indent=1, ensure_ascii=False))
        return 0
    for rule in RULES.values():
        click.echo(f"{rule.code:<9} {rule.name:<22} {rule.severity:<8} {rule.summary}")
        if rule.subject:
            click.echo(f"{'':<41} active once {rule.subject}")
    return 0
