"""The one registry of rules, and the check that runs them.

`planner rules`, `planner explain CODE` and the reference page are all made from `RULES`. A check is
a pure function: the same plan gives the same findings in the same order, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from msgspec.structs import replace

from planner.conflicts import waivers
from planner.conflicts.context import Context, briefly, shared
from planner.conflicts.evidence import Wanted
from planner.conflicts.findings import TOGETHER, Finding, in_order, parts_of, worst
from planner.conflicts.ideas import softened
from planner.conflicts.merging import merged, parts_data
from planner.conflicts.report import Report
from planner.conflicts.roots import ordered
from planner.conflicts.rule import Rule
from planner.conflicts.rules import (
    capacity,
    data,
    dates,
    decisions,
    estimates,
    freezes,
    glossary,
    links,
    meetings,
    money,
    outcomes,
    owners,
    parse_errors,
    plan,
    priorities,
    progress,
    promises,
    redundant_links,
    retirements,
    reviews,
    skills,
    standards,
    system_landscape,
    systems,
)
from planner.conflicts.rules import waivers as waiver_rules
from planner.conflicts.settings import Settings
from planner.conflicts.slips import as_meant

__all__ = ["RULES", "Context", "Report", "check"]

FAMILIES = (
    parse_errors, plan, redundant_links, dates, progress, promises, freezes, systems,
    system_landscape, retirements, standards, data, skills, owners, links, reviews, capacity,
    outcomes, glossary, decisions, meetings, money, priorities, estimates, waiver_rules,
)  # fmt: skip


def _in_catalogue() -> Iterator[Rule]:
    """Every rule: letters in the order of the families, and then by number."""
    rules = [rule for family in FAMILIES for rule in family.RULES]
    letters = list(dict.fromkeys(rule.code[:-2] for rule in rules))
    return iter(sorted(rules, key=lambda rule: (letters.index(rule.code[:-2]), rule.code)))


RULES: dict[str, Rule] = {rule.code: rule for rule in _in_catalogue()}
"""Every rule by code, in the order of the catalogue."""

LINE = 68
"""The columns of a message and its list, so that a line has room for where it is and the code."""

ALL_RULES, ONE_RULE = 25, 5
"""To look at one initiative with all rules, or with one, takes as long as to schedule so many."""


def check(context: Context) -> Report:
    """Run every rule whose subject is in use."""
    context.spent.work += ALL_RULES * len(context.roadmap.initiatives)
    settings = Settings(context.roadmap.checks, RULES, context.network.week)
    spoken = [rule for rule in RULES.values() if rule.code not in settings.ignored]
    active = [rule for rule in spoken if rule.topic is None or rule.topic.used(context)]
    found = [one for rule in active for one in _found(rule, context, settings)]
    found = as_meant(context, found, lambda code, other: _found(RULES[code], other, settings))
    found = softened(context, found, lambda code, other: _found(RULES[code], other, settings))
    waived = waivers.apply(
        context, [*found, *_about_settings(settings)], settings, _unlooked(context)
    )
    about = (RULES[one.code].filled(one) for one in waived.about)
    loud = [one for one in (*waived.findings, *about) if one.code not in settings.ignored]
    each = tuple(_as_set(settings, one) for one in loud)
    used = {rule.topic.name for rule in active if rule.topic is not None}
    topics = {rule.topic.name for rule in spoken if rule.topic is not None}
    silent = tuple(sorted(topics - used - {waiver_rules.WAIVERS.name}))
    missing = {rule.code for rule in spoken if rule.topic is not None and rule.topic.missing}
    too_few = missing.difference(rule.code for rule in active)
    return Report(told(context, each), silent, each, frozenset(too_few))


def wanted(context: Context, *, told: bool) -> tuple[Wanted, ...]:
    """What the rules in use ask git about a plan, each for itself; nothing where none asks.

    `told`: also those that only a person is told.
    """
    settings = Settings(context.roadmap.checks, RULES, context.network.week)
    asking = (rule for code, rule in RULES.items() if rule.asks and code not in settings.ignored)
    asked = (
        rule.asks(context, settings.limits(rule))
        for rule in asking
        if rule.asks is not None and (told or not rule.told)
    )
    return tuple(each for each in asked if each)


def _unlooked(context: Context) -> frozenset[str]:
    """The rules that look at the history, where there is none to look at."""
    asking = (code for code, rule in RULES.items() if rule.asks is not None)
    return frozenset(asking if context.evidence is None else ())


def _found(rule: Rule, context: Context, settings: Settings) -> list[Finding]:
    """What a rule finds. One that fails is reported as failed: the others still report."""
    try:
        return list(rule.findings(context, settings.limits(rule)))
    except Exception as bug:
        said = f"{rule.code} could not be checked: a bug in planner ({type(bug).__name__}: {bug})"
        failed = Finding(severity="error", kind="roadmap", on=(), root=("bug",), message=said)
        return [rule.filled(failed)]


def run_rule(context: Context, code: str) -> tuple[Finding, ...]:
    """The findings of one rule alone, one by one: neither waived nor rolled up."""
    rule = RULES[code]
    if rule.topic is not None and not rule.topic.used(context):
        return ()
    context.spent.work += ONE_RULE * len(context.roadmap.initiatives)
    settings = Settings(context.roadmap.checks, RULES, context.network.week)
    return in_order(rule.findings(context, settings.limits(rule)))


def not_allowed(context: Context) -> tuple[Finding, ...]:
    """The values that are not as the format wants them, also those of which only other tables, the
    calendars or the rules know it."""
    settings = Settings(context.roadmap.checks, RULES, context.network.week)
    found = [*RULES["READ01"].findings(context, {}), *_about_settings(settings)]
    return tuple(one for one in found if one.code == "READ01")


def _about_settings(settings: Settings) -> Iterator[Finding]:
    return (RULES[one.code].filled(one) for one in settings.findings())


def _as_set(settings: Settings, finding: Finding) -> Finding:
    """A finding with the severity that `[checks]` gives its rule."""
    severity = settings.severities.get(finding.code)
    return finding if severity is None else replace(finding, severity=severity)


# --- one finding for what is missing in many places -----------------------------------------------


def told(context: Context, each: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as they are shown: in order, and as one what is about one fault, or missing in many
    places.
    """
    settings = Settings(context.roadmap.checks, RULES, context.network.week)
    return ordered(context, _rolled(context, settings, merged(context, each)))


def _rolled(context: Context, settings: Settings, found: Iterable[Finding]) -> Iterator[Finding]:
    for code, group in groupby(sorted(found, key=lambda one: one.code), lambda one: one.code):
        findings = list(group)
        open_ones = [one for one in findings if not one.waived]
        rule = RULES[code]
        if rule.roll_up is None or len(open_ones) < 2:
            yield from findings
            continue
        limits = settings.limits(rule)
        total = rule.roll_up.candidates(context, limits)
        some = rule.roll_up.by_share and len(open_ones) >= rule.roll_up.least
        most = some and 2 * len(open_ones) > total
        if len(open_ones) > rule.roll_up.few or most:
            text = rule.roll_up.text(len(open_ones), total)
            yield _one(context, rule, open_ones, text, rule.roll_up.named)
            yield from (one for one in findings if one.waived)
        else:
            yield from findings


def _one(
    context: Context,
    rule: Rule,
    findings: list[Finding],
    text: str,
    named: Callable[[Finding], str],
) -> Finding:
    """Many findings reported as one: how many, and which, in order of start."""
    by_id = {one.id: one for one in reversed(findings)}
    ids = context.by_start(by_id)
    first = by_id[ids[0]]
    parts = tuple(part for one in findings for part in parts_of(one))
    together = Finding(
        severity=worst(findings),
        kind=first.kind,
        on=tuple(ids),
        key=first.key,
        root=TOGETHER,
        message=f"{text}: {briefly((named(by_id[id]) for id in ids), LINE - len(text))}",
        who=shared(one.who for one in findings),
        data={
            "count": len(findings),
            "each": _each(findings, ids),
            "parts": parts_data(parts),
        },
        parts=parts,
    )
    return rule.filled(together)


def _each(findings: Iterable[Finding], ids: list[str]) -> list[list[str]]:
    rank = {id: number for number, id in enumerate(ids)}
    return [list(one.on) for one in sorted(findings, key=lambda one: (rank[one.id], one.on))]
