"""Findings in groups: by cause, severity, rule, owner, or by who moves next.

Pure functions from a plan to groups, so that the list only draws. Groups come worst first; within a
group findings keep the order of the report, with the late main launch first and waived ones last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from planner.analysis.conflicts import worst_finding
from planner.conflicts.findings import SEVERITIES, Finding
from planner.conflicts.roots import Root
from planner.pages.conflicts import SEVERITY_WORDS, next_of_side, sentence
from planner.pages.parties import of_side
from planner.plan.model import Plan
from planner.roadmap.entities import Severity

if TYPE_CHECKING:
    from planner.query.filters import Me

Grouping = Literal["cause", "severity", "rule", "owner", "next"]
GROUPINGS: dict[Grouping, str] = {
    "cause": "cause, most costly first",
    "severity": "severity",
    "rule": "rule",
    "owner": "owner",
    "next": "who moves next",
}
"""The ways to group, in the order in which a key goes through them, with what they are called."""


class Group(Struct, frozen=True):
    """Findings under a heading. `side` colours it, where it is about one side; counts leave out
    what is waived.
    """

    key: str
    title: str
    side: str | None
    counts: dict[Severity, int]
    waived: int
    findings: tuple[Finding, ...]


def shown_findings(
    plan: Plan, asked: str | None, me: Callable[[Plan], Me], *, waived: bool
) -> list[Finding]:
    """The findings that a person wants to see, waived ones or not.

    `asked` is the text of the filter; without one, all findings are wanted. `me` is who asks.
    """
    found: Iterable[Finding] = plan.findings
    if asked:
        from planner.query.filters import matching_findings

        found = matching_findings(asked, plan, me(plan))
    return [finding for finding in found if waived or not finding.waived]


def causes(roots: Iterable[Root], findings: Iterable[Finding]) -> Iterator[Root]:
    """What is wanted of all roots, in their order; waived findings last, each alone."""
    shown = list(findings)
    wanted = {id(one) for one in shown}
    for root in roots:
        left = tuple(one for one in root.findings if id(one) in wanted)
        if left:
            yield Root(root.id, left)
    yield from (Root("", (one,)) for one in shown if one.waived)


def grouped(plan: Plan, findings: Iterable[Finding], by: Grouping) -> list[Group]:
    """The groups, top to bottom."""
    groups: Groups = {}
    name = _NAMES[by]
    for finding in findings:
        groups.setdefault(name(plan, finding), []).append(finding)
    order = _worst_first(groups) if by == "rule" else _by_side(groups)
    first = worst_finding(plan)
    return [_group(named, groups[named], first) for named in sorted(groups, key=order)]


Named = tuple[str, str, str | None]
"""A group's key, its title and its side."""


Groups = dict[Named, list[Finding]]


def _worst_first(groups: Groups) -> Callable[[Named], tuple[object, ...]]:
    """Groups by their worst finding, then by title."""

    def rank(named: Named) -> tuple[object, ...]:
        counts = _counts(groups[named])
        return (*(not counts[severity] for severity in SEVERITIES), named[1])

    return rank


def _by_side(groups: Groups) -> Callable[[Named], tuple[object, ...]]:
    """The groups of a side together, whose has the worst first; of one those with the most errors
    first, then warnings, then by title; nobody's group last.
    """
    sides = [*dict.fromkeys(side for _, _, side in groups)]

    def rank(named: Named) -> tuple[object, ...]:
        counts, (key, title, side) = _counts(groups[named]), named
        return (not key, sides.index(side), *(-counts[one] for one in SEVERITIES), title)

    return rank


def _group(named: Named, findings: list[Finding], first: Finding | None) -> Group:
    waived = sum(finding.waived for finding in findings)
    ordered = sorted(findings, key=lambda f: (f.waived, f is not first))
    return Group(*named, _counts(findings), waived, tuple(ordered))


def _counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    counted = Counter(finding.severity for finding in findings if not finding.waived)
    return {severity: counted[severity] for severity in SEVERITIES}


# --- what a group is called -----------------------------------------------------------------------


def _severity(_plan: Plan, finding: Finding) -> Named:
    return finding.severity, sentence(SEVERITY_WORDS[finding.severity][1]), None


def _rule(_plan: Plan, finding: Finding) -> Named:
    return finding.code, f"{finding.code} {finding.rule}", None


def _owner(plan: Plan, finding: Finding) -> Named:
    party = owner_of(plan, finding)
    return (party, *of_side(plan, party)) if party else ("", "no owner", None)


def _next(plan: Plan, finding: Finding) -> Named:
    title, side = next_of_side(plan, finding)
    return title, title or "nobody named", side


_NAMES: dict[Grouping, Callable[[Plan, Finding], Named]] = {
    "severity": _severity,
    "rule": _rule,
    "owner": _owner,
    "next": _next,
}


def owner_of(plan: Plan, finding: Finding) -> str | None:
    """Who is accountable for the table that a finding points at; None where nobody is named."""
    table = plan.roadmap.table(finding.kind) if hasattr(plan.roadmap, finding.kind) else {}
    entity = table.get(finding.id) if isinstance(table, dict) else None
    for key in ("accountable", "owner", "steward", "lead"):
        party = getattr(entity, key, None)
        if party:
            return party if isinstance(party, str) else str(party[0])
    return None
