"""What goes wrong only with work that is no more than proposed.

Nobody has decided to do such work, so what it alone makes late, or lets overlap, is no error yet. A
finding of the rules below that a second schedule without any proposed work does not have is a
warning, and says so; one that is milder there is as mild here. The second schedule is made only
where there is proposed work and something that it could be behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from planner.conflicts.context import Context
from planner.conflicts.findings import SEVERITIES, Finding
from planner.network.graph import Network
from planner.roadmap.entities import Severity
from planner.schedule.compute import compute

CODES = frozenset(("DATE01", "DATE02", "DATE06", "PROM01", "FREEZE01", "SYS01", "SYS03"))
"""The rules about days of work, each of which an idea can put where it would not be."""

ONLY_PROPOSED = "with proposed work"

Find = Callable[[str, Context], Iterable[Finding]]
"""The findings of the rule with a code on a plan."""


def softened(context: Context, found: list[Finding], find: Find) -> list[Finding]:
    """The findings, each no worse than it would be without ideas; a warning where it would go."""
    codes = CODES.intersection(one.code for one in found)
    if not codes or not any(one.is_idea for one in context.open):
        return found
    without = _without_ideas(context)
    left: dict[tuple[str, ...], Severity] = {}
    for code in sorted(codes):
        for one in find(code, without):
            for part in _parts(one):
                left[part] = min(one.severity, left.get(part, "info"), key=SEVERITIES.index)
    return [_softer(one, left) if one.code in codes else one for one in found]


def _without_ideas(context: Context) -> Context:
    """The plan as it would be if all that is only proposed were dropped."""
    initiatives = {
        id: replace(one, status="dropped") if one.is_idea else one
        for id, one in context.roadmap.initiatives.items()
    }
    roadmap = replace(context.roadmap, initiatives=initiatives)
    reading, calendars = context.reading, context.calendars
    network = Network.of(roadmap, reading.invalid)
    schedule = compute(roadmap, network, calendars, context.as_of)
    return Context(
        roadmap,
        reading,
        network,
        schedule,
        calendars,
        context.evidence,
        context.tables,
        context.today,
    )


def _parts(finding: Finding) -> Iterator[tuple[str, ...]]:
    """The rule with the ids of all that a finding stands for."""
    yield (finding.code, *finding.root)
    yield from ((finding.code, *also.root) for also in finding.also)


def _softer(finding: Finding, left: dict[tuple[str, ...], Severity]) -> Finding:
    there = [left[part] for part in _parts(finding) if part in left]
    severity = min(there, key=SEVERITIES.index, default="warning")
    if there and SEVERITIES.index(severity) <= SEVERITIES.index(finding.severity):
        return finding
    return replace(
        finding,
        severity=max(finding.severity, severity, key=SEVERITIES.index),
        message=f"{finding.message} ({ONLY_PROPOSED})",
        data={**finding.data, "only_proposed": True},
    )
