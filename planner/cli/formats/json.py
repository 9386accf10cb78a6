"""Findings for programs: the object that `planner schema --output` describes."""

from __future__ import annotations

from planner.conflicts.findings import Finding
from planner.exchange.report import check_json
from planner.session.session import Session


def rendered(session: Session, findings: tuple[Finding, ...]) -> str:
    """The plan's figures with these findings."""
    return check_json(session, only=findings)
