"""Findings for people: a line each, and the totals."""

from __future__ import annotations

from planner.cli.findings_text import finding_line, totals
from planner.conflicts.findings import Finding
from planner.session import Session


def rendered(session: Session, findings: tuple[Finding, ...]) -> str:
    """Every finding that is not waived, then one line of totals."""
    lines = [finding_line(session, one) for one in findings if not one.waived]
    return "\n".join([*lines, totals(findings)])
