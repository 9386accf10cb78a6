"""The rule reference: what each rule is, when it speaks, why it matters to each side, the ways out.

It is made from the registry, and every front end (the page of rules, `planner explain`, the
Markdown of `planner rules`) shows these words: none of them is written twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planner.conflicts.ideas import CODES, ONLY_PROPOSED
from planner.conflicts.registry import RULES
from planner.conflicts.rule import Rule
from planner.errors import UsageError
from planner.roadmap.ids import nearest


class Fact(Struct, frozen=True):
    """One thing said of a rule, under a label; the label of an example is ``example``."""

    label: str
    text: str


def facts(rule: Rule) -> Iterator[Fact]:
    """Everything about a rule below its code, name, severity and summary."""
    yield Fact("fires when", rule.fires_when)
    if rule.not_when:
        yield Fact("not when", rule.not_when)
    if rule.code in CODES:
        yield Fact("milder", f"a warning where it is so only {ONLY_PROPOSED}")
    if rule.subject:
        yield Fact("speaks once", rule.subject)
    yield Fact("for marketing", rule.why_marketing)
    yield Fact("for IT", rule.why_it)
    yield Fact("example", rule.example.strip())
    yield Fact("ways out", ways_out(rule))
    for name, value in rule.thresholds.items():
        yield Fact("setting", f"[checks] {name} = {value}")


def ways_out(rule: Rule) -> str:
    """What can be done about it; where no edit can be offered, why not."""
    offered = "; ".join((*rule.fix_kinds, "waive it, with a reason and an end date"))
    if rule.code.startswith(("WAIVE", "READ")):
        offered = "; ".join(rule.fix_kinds)
    return f"{offered} (by hand: {rule.by_hand})" if rule.by_hand else offered


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
