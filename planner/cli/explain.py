"""`planner explain`: one rule, for both sides."""

from __future__ import annotations

from collections.abc import Iterator

import click

from planner.cli.rule_reference import ways_out
from planner.conflicts.registry import RULES
from planner.conflicts.rule import Rule
from planner.errors import UsageError
from planner.roadmap.ids import nearest


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


def rule_named(text: str) -> Rule:
    """The rule with this code or name. Raises UsageError with the nearest one."""
    by_name = {rule.name: rule for rule in RULES.values()}
    found = RULES.get(text.upper()) or by_name.get(text.lower())
    if found is None:
        near = nearest(text.upper(), RULES, loose=True) or nearest(
            text.lower(), by_name, loose=True
        )
        hint = f"did you mean {near}?" if near else "`planner rules` lists them"
        raise UsageError(f"there is no rule {text}", hint=hint)
    return found


def explanation(rule: Rule) -> Iterator[str]:
    """What it is, when it speaks, why it matters to each side, an example, ways out."""
    yield f"{rule.code} {rule.name} ({rule.severity})"
    yield f"  {rule.summary}"
    yield f"Fires when: {rule.fires_when}"
    if rule.not_when:
        yield f"Not when:   {rule.not_when}"
    if rule.subject:
        yield f"Speaks once {rule.subject}"
    yield f"For marketing: {rule.why_marketing}"
    yield f"For IT:        {rule.why_it}"
    yield "Example:"
    yield from (f"    {line}".rstrip() for line in rule.example.strip().splitlines())
    yield f"Ways out: {ways_out(rule)}"
    for name, value in rule.thresholds.items():
        yield f"Setting: [checks] {name} = {value}"
