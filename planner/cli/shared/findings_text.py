"""Conflicts on a terminal or in a pipe: each with its file and line, no wider than a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.cli.shared.printing import terminal_columns
from planner.conflicts.findings import Finding
from planner.pages.conflicts import (
    WIDTH,
    counted_more,
    finding_lines,
    not_active,
    root_lines,
    totals,
)
from planner.session.session import Session

ROOTS = 10
"""So many roots are shown unless all findings are asked for."""
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
            yield from finding_lines(session.plan, finding, _place(session, finding), width)


def report_text(session: Session, *, all: bool = False) -> Iterator[str]:
    """The first roots, one line each, and what there is more; or all findings with their places.

    Then which rules are not active.
    """
    plan = session.plan
    roots = plan.roots[:ROOTS]
    shown = {root.first.fingerprint for root in roots}
    more = [one for one in plan.findings if not one.waived and one.fingerprint not in shown]
    if all:
        yield from findings_text(session, plan.findings)
    else:
        places = [_place(session, root.first) for root in roots]
        yield from root_lines(plan, roots, places, text_width())
    yield totals(plan.findings) if all or not more else f"{counted_more(more)} more: --all"
    if silent := not_active(plan):
        yield f"{silent}; `planner rules` lists what each needs"


def _place(session: Session, finding: Finding) -> str:
    file, line = session.place(finding)
    return f"{file}:{line}" if line else file
