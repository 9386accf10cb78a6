"""Which findings a person or a pipeline asks for: by rule, by severity, by what they are before.

A rule is named by its code, its name, or the letters that its family's codes begin with (`DATE`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click
from msgspec import Struct

from planner.cli.shared.among import takes_scope
from planner.conflicts.findings import SEVERITIES, Finding, parts_of
from planner.conflicts.registry import RULES, told
from planner.conflicts.rule import Rule
from planner.conflicts.settings import named, names_of
from planner.errors import UsageError
from planner.plan.model import Plan
from planner.query.party import Party, concerns
from planner.roadmap.ids import nearest
from planner.text.edits import Edits, SetKey
from planner.text.phrases import did_you_mean

Function = TypeVar("Function", bound=Callable[..., Any])


class Choice(Struct, frozen=True):
    """What is asked for; everything by default. `severity` is the mildest that is wanted, `ids` are
    the initiatives that it is about, `next` is who moves next.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: str = "info"
    ids: frozenset[str] | None = None
    next: Party | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Choice()


def choosing(function: Function) -> Function:
    """Give a command `--select`, `--ignore`, `--severity`, `--for`, `--filter` and `--next`."""
    for name, help in (
        (
            "select",
            "Only these rules: codes, names, or a family such as DATE; separated by commas.",
        ),
        ("ignore", "All rules except these."),
    ):
        function = click.option(f"--{name}", multiple=True, metavar="RULES", help=help)(function)
    function = click.option(
        "--severity",
        type=click.Choice(SEVERITIES),
        default="info",
        help="Only conflicts of this severity or a higher one (default: info).",
    )(function)
    function = click.option(
        "--next",
        "mover",
        metavar="WHO",
        help="Only conflicts in which this side, team or person moves next.",
    )(function)
    return takes_scope(function)


def switched_on(plan: Plan, choice: Choice) -> Plan:
    """The plan with the rules active that `--select` names and that are off until then; nothing is
    written.
    """
    names = {name.strip().lower() for text in choice.select for name in text.split(",")}
    on = tuple(
        SetKey("checks", "", ("severity", rule.code), rule.severity)
        for rule in RULES.values()
        if rule.off and not names.isdisjoint(names_of(rule))
        if rule.code not in plan.roadmap.checks.severity
    )
    return plan.with_edit(Edits(on)) if on else plan


def within(plan: Plan, choice: Choice) -> tuple[Finding, ...]:
    """A plan's findings; with `--for`, what is reported as one tells only of what is in reach."""
    return _in_reach(plan, plan.findings, choice)


def chosen(plan: Plan, findings: Iterable[Finding], choice: Choice) -> tuple[Finding, ...]:
    """The findings that are asked for, in their order. Raises UsageError for unknown names."""
    wanted, unwanted = codes(choice.select), codes(choice.ignore)
    if choice.select and not wanted:
        raise UsageError("--select names no rule", hint="leave out --select for all rules")
    mildest = SEVERITIES.index(choice.severity)
    found = _in_reach(plan, findings, choice)
    if choice.select or choice.ignore:
        each = (part for one in found for part in parts_of(one))
        codes_wanted = (wanted or set(RULES)) - unwanted
        found = told(plan.context, (one for one in each if one.code in codes_wanted))
    return tuple(one for one in found if SEVERITIES.index(one.severity) <= mildest)


def _in_reach(plan: Plan, findings: Iterable[Finding], choice: Choice) -> tuple[Finding, ...]:
    """What is about the work that is asked for, also of what is reported as one, and for whom."""
    found, ids = tuple(findings), choice.ids
    if ids is not None:
        each = (part for one in found for part in parts_of(one))
        found = told(plan.context, (one for one in each if not ids.isdisjoint(_involved(one))))
    whom = choice.next
    if whom is None:
        return found
    return tuple(one for one in found if concerns(plan, whom, one.next_side, one.next_team))


def codes(names: Iterable[str]) -> set[str]:
    """The codes of rules named by code, name or family. Raises UsageError with the nearest."""
    found: set[str] = set()
    for name in (part.strip() for text in names for part in text.split(",")):
        if name:
            found |= _codes_of(name)
    return found


def _codes_of(name: str) -> frozenset[str]:
    found = named(RULES, name)
    if not found:
        raise _no_rule(name, {*RULES, *(code[:-2] for code in RULES)})
    return found


def rule_named(text: str) -> Rule:
    """The one rule with this code or name. Raises UsageError with the nearest one."""
    by_name = {rule.name: rule for rule in RULES.values()}
    found = RULES.get(text.upper()) or by_name.get(text.lower())
    if found is None:
        raise _no_rule(text, RULES)
    return found


def _no_rule(name: str, codes: Iterable[str]) -> UsageError:
    names = sorted(rule.name for rule in RULES.values())
    near = nearest(name.upper(), sorted(codes), loose=True) or nearest(
        name.lower(), names, loose=True
    )
    hint = did_you_mean(near, "`planner rules` lists them")
    return UsageError(f"there is no rule {name}", hint=hint)


def _involved(finding: Finding) -> Iterable[str]:
    """The initiatives of a finding, whichever kind of table it is on."""
    return finding.on if finding.kind == "initiatives" else finding.through
