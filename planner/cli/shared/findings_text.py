"""Conflicts on a terminal or in a pipe: each with its file and line, no wider than a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from planner.cli.shared.printing import terminal_columns
from planner.conflicts.context import briefly
from planner.conflicts.findings import NOBODY, Finding
from planner.conflicts.roots import roots
from planner.pages.canvas import phrases
from planner.pages.conflicts import (
    WIDTH,
    finding_lines,
    next_of_side,
    root_lines,
    totals,
)
from planner.pages.lines import Line
from planner.plan.model import Plan
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


def roots_text(session: Session, findings: Sequence[Finding], *, all: bool) -> Iterator[str]:
    """The first roots, one line each, and what there is more; or all findings with their places."""
    if all:
        yield from findings_text(session, findings)
        yield totals(findings)
        return
    found = roots(session.plan.context, findings)[:ROOTS]
    shown = {root.first.fingerprint for root in found}
    more = [one for one in findings if not one.waived and one.fingerprint not in shown]
    places = [_place(session, root.first) for root in found]
    yield from root_lines(session.plan, found, places, text_width())
    yield f"{totals(more)} more: --all" if more else totals(findings)


def next_page(session: Session, findings: Iterable[Finding]) -> Iterator[Line]:
    """The roots under who moves next in them, by side, whoever has the worst first."""
    plan, found = session.plan, [one for one in findings if not one.waived]
    movers = [next_of_side(plan, one) for one in found]
    sides = [*dict.fromkeys(side for _, side in movers)]
    for mover in sorted(dict.fromkeys(movers), key=lambda one: (not one[0], sides.index(one[1]))):
        own = [
            replace(one, who=NOBODY) for one, who in zip(found, movers, strict=True) if who == mover
        ]
        yield ((f"{mover[0] or 'Nobody is named'}: {len(own)}", "title"),)
        first = roots(plan.context, own)
        places = [_place(session, root.first) for root in first]
        for line in root_lines(plan, first, places, text_width()):
            yield ((line, "text"),)
        yield ()


def silent_text(plan: Plan) -> str:
    """``rules not active: budgets and 14 more; `planner rules` lists what each needs``; empty where
    all are active.
    """
    topics = plan.report.silent
    if not topics:
        return ""
    head, tail = "rules not active: ", "`planner rules` lists what each needs"
    told = briefly(topics, text_width() - len(f"{head}; {tail}"))
    return "\n".join(phrases([f"{head}{told}", tail], text_width(), "  ", "; "))


def _place(session: Session, finding: Finding) -> str:
    file, line = session.place(finding)
    return f"{file}:{line}" if line else file
