"""Findings as a person reads them: severity, code, where, one sentence, who moves next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from planner.cli.printing import terminal_columns
from planner.conflicts.changes import Change, Outcome
from planner.conflicts.findings import SEVERITY_MARKS, Finding
from planner.roadmap.entities import Severity
from planner.session.session import Session
from planner.text.visible import visible

INDENT = "    "

NAMES: dict[Severity, str] = {"error": "errors", "warning": "warnings", "info": "notes"}


def findings_text(session: Session) -> Iterator[str]:
    """Every finding that is not waived, then one line of totals and what was not checked."""
    report = session.plan.report
    for finding in report.findings:
        if not finding.waived:
            yield finding_line(session, finding)
    yield totals(report.findings)
    if report.silent:
        yield (f"not checked yet: {', '.join(report.silent)} (`planner rules` says how to start)")


def finding_line(session: Session, finding: Finding) -> str:
    """``it.toml:210: ✗ DATE01 peak-readiness is 5 days late … · next: identity (it)``."""
    file, line = session.place(finding)
    where = f"{file}:{line}" if line else file
    mark = SEVERITY_MARKS[finding.severity]
    return f"{visible(where)}: {mark} {finding.code} {visible(finding.message)}{next_of(finding)}"


OUTCOMES: dict[Outcome, str] = {
    "cleared": "cleared",
    "waived": "waived",
    "unchecked": "no longer checked",
    "better": "better",
    "worse": "worse",
    "regrouped": "now",
    "new": "new",
}
"""What became of a finding, in front of it."""


def change_text(change: Change) -> str:
    """``worse ▲ COST01 IT €140,000 over budget, was €40,000``."""
    mark = SEVERITY_MARKS[change.severity]
    return f"{OUTCOMES[change.outcome]} {mark} {change.code} {change.text}"


def for_screen(lines: Iterable[str]) -> Iterator[str]:
    """Lines as they are for a pipe; for a terminal broken between words, with an indent."""
    columns = terminal_columns()
    if columns is None:
        yield from lines
        return
    from textwrap import TextWrapper  # 5 ms, which a pipeline has no use for

    broken = TextWrapper(
        max(40, columns), subsequent_indent=INDENT, break_long_words=False, break_on_hyphens=False
    )
    yield from map(broken.fill, lines)


def waived_because(session: Session, finding: Finding) -> str:
    """``agreed in March (ana, until 2027-06-30)``: why a waived finding is accepted for now."""
    waiver = session.plan.roadmap.waivers[finding.waiver or ""]
    return visible(f"{waiver.reason} ({waiver.by}, until {waiver.until})")


def totals(findings: tuple[Finding, ...]) -> str:
    """``3 errors, 4 warnings; 1 waived``; says so when there is nothing."""
    counts = Counter(finding.severity for finding in findings if not finding.waived)
    waived = sum(finding.waived for finding in findings)
    parts = [f"{counts[key]} {_plural(key, counts[key])}" for key in NAMES if counts[key]]
    text = ", ".join(parts) or "nothing found"
    return f"{text}; {waived} waived" if waived else text


def _plural(severity: Severity, count: int) -> str:
    return NAMES[severity] if count != 1 else NAMES[severity].removesuffix("s")


def next_of(finding: Finding) -> str:
    """`` · next: identity (it)``; empty where nobody is named."""
    who = finding.next_team or finding.next_side
    if not who:
        return ""
    side = f" ({visible(finding.next_side)})" if finding.next_team and finding.next_side else ""
    return f" · next: {visible(who)}{side}"
