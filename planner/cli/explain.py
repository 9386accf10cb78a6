"""`planner explain`: one rule, for both sides."""

from __future__ import annotations

from collections.abc import Iterator

import click

from planner.conflicts.reference import facts, rule_named
from planner.conflicts.registry import RULES
from planner.conflicts.rule import Rule
from planner.errors import UsageError

LABEL = 15
"""Columns of the words at the left."""


@click.command("explain")
@click.argument("code", required=False)
@click.option("--all", "every", is_flag=True, help="Explain every rule.")
def command(code: str | None, every: bool) -> int:
    """Explain a rule by its CODE or name."""
    if code is None and not every:
        raise UsageError("no rule is named", hint="`planner rules` lists them; --all explains all")
    rules = list(RULES.values()) if code is None else [rule_named(code)]
    for number, rule in enumerate(rules):
        if number:
            click.echo("")
        for line in explanation(rule):
            click.echo(line)
    return 0


def explanation(rule: Rule) -> Iterator[str]:
    """What it is, when it speaks, why it matters to each side, an example, ways out."""
    yield f"{rule.code} {rule.name} ({rule.severity})"
    yield f"  {rule.summary}"
    for fact in facts(rule):
        label = f"{fact.label[:1].upper()}{fact.label[1:]}:"
        if fact.label == "example":
            yield label
            yield from (f"    {line}".rstrip() for line in fact.text.splitlines())
        else:
            yield f"{label:<{LABEL}}{fact.text}"
