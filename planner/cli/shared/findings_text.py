"""Conflicts on a terminal or in a pipe: each with its file and line, no wider than a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.cli.shared.printing import terminal_columns
from planner.conflicts.findings import Finding
from planner.pages.conflicts import WIDTH, finding_lines, not_active, totals
from planner.session.session import Session

LEAST = 40
"""Columns at least, however few a terminal has."""


def text_width() -> int:
    """Columns of a line: those of a page of text, or of a terminal that has fewer."""
    return max(LEAST, min(WIDTH, terminal_columns() or WIDTH))


def findings_text(session: Session, findings: Iterable[Finding]) -> Iterator[str]:
    """Every finding that is not waived."""
    width = text_width()
    for finding in findings:
        if not finding.waived:
            file, line = session.place(finding)
            where = f"{file}:{line}" if line else file
            yield from finding_lines(session.plan, finding, where, width)


def report_text(session: Session) -> Iterator[str]:
    """All findings, then one line of totals and which rules are not active."""
    report = session.plan.report
    yield from findings_text(session, report.findings)
    yield totals(report.findings)
    if silent := not_active(session.plan):
        yield f"{silent}; `planner rules` lists what each needs"
