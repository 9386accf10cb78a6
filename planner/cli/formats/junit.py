"""Findings as a JUnit report: a test case each. Errors fail, waived ones are skipped.

Warnings and notes pass, with their words as output, so that only what exits 1 is red.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from planner.conflicts.findings import Finding
from planner.conflicts.registry import RULES
from planner.session import Session
from planner.text.visible import visible

NOTHING = '  <testcase classname="planner" name="no conflicts"/>'


def rendered(session: Session, findings: tuple[Finding, ...]) -> str:
    """One suite; without findings it has one test case, which passes."""
    failed = sum(one.severity == "error" and not one.waived for one in findings)
    skipped = sum(one.waived for one in findings)
    title = quoteattr(visible(session.plan.roadmap.title) or "planner")
    counts = f'tests="{len(findings) or 1}" failures="{failed}" errors="0" skipped="{skipped}"'
    cases = [_case(session, one) for one in findings] or [NOTHING]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites {counts}>",
        f"<testsuite name={title} {counts}>",
        *cases,
        "</testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines)


def _case(session: Session, finding: Finding) -> str:
    file, line = session.place(finding)
    family = quoteattr(f"planner.{RULES[finding.code].family}")
    place = f"{visible(file)}:{line}" if line else visible(file)
    head = f"  <testcase classname={family} name={quoteattr(visible(finding.fingerprint))}"
    head += f" file={quoteattr(visible(file))}>"
    return f"{head}{_outcome(finding, place)}</testcase>"


def _outcome(finding: Finding, place: str) -> str:
    message = visible(finding.message)
    text = escape(f"{place}: {message}")
    if finding.waived:
        reason = quoteattr(f"waived by {visible(finding.waiver or '')}")
        return f"<skipped message={reason}/>"
    if finding.severity == "error":
        kind = quoteattr(f"{finding.code} {finding.rule}")
        return f"<failure type={kind} message={quoteattr(message)}>{text}</failure>"
    return f"<system-out>{finding.severity}: {text}</system-out>"
