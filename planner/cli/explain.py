"""`planner explain`: one rule, for both sides."""

from __future__ import annotations

import click

from planner.cli.shared.choosing import rule_named
from planner.cli.shared.findings_text import text_width
from planner.conflicts.registry import RULES
from planner.errors import UsageError
from planner.pages.lines import plain
from planner.pages.rules import rule_page


@click.command("explain")
@click.argument("code", required=False)
@click.option("--all", "every", is_flag=True, help="Explain every rule.")
def command(code: str | None, every: bool) -> int:
    """Explain a rule by its CODE or name."""
    if code is None and not every:
        raise UsageError(
            "no rule is named", hint="`planner rules` lists them; --all explains every rule"
        )
    rules = list(RULES.values()) if code is None else [rule_named(code)]
    for number, rule in enumerate(rules):
        if number:
            click.echo("")
        for line in plain(rule_page(rule, text_width())):
            click.echo(line)
    return 0
