"""Findings as a JUnit report: a test case each. Errors fail, waived ones are skipped.

Warnings and notes pass, with their words as output, so that only what exits 1 is red.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from planner.cli.formats.places import place
from planner.conflicts.findings import Finding
from planner.conflicts.registry import RULES
from planner.errors import ReadError
from planner.pages.conflicts import waived_because, with_next
from planner.session.session import Session
from planner.text.visible import visible

NOTHING = '  <testcase classname="planner" name="no conflicts"/>'


def rendered(session: Session, findings: tuple[Finding, ...]) -> str:
    """One suite; without findings it has one test case, which passes."""
    failed = sum(one.severity == "error" and not one.waived for one in findings)
    skipped = sum(one.waived for one in findings)
    title = visible(session.plan.roadmap.title) or "planner"
    counts = f'tests="{len(findings) or 1}" failures="{failed}" errors="0" skipped="{skipped}"'
    return _report(title, counts, [_case(session, one) for one in findings] or [NOTHING])


def unreadable(error: ReadError) -> str:
    """One test case, which could not be run."""
    said = visible(f"{error.where}: {error.message}")
    case = '  <testcase classname="planner" name="readable">'
    case += f"<error message={quoteattr(said)}>{escape(said)}</error></testcase>"
    return _report("planner", 'tests="1" failures="0" errors="1" skipped="0"', [case])


def _report(title: str, counts: str, cases: list[str]) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites {counts}>",
        f"<testsuite name={quoteattr(title)} {counts}>",
        *cases,
        "</testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines)


def _case(session: Session, finding: Finding) -> str:
    file, line = place(session, finding)
    family = quoteattr(f"planner.{RULES[finding.code].family}")
    where = f"{visible(file)}:{line}" if line else visible(file)
    head = f"  <testcase classname={family} name={quoteattr(visible(finding.fingerprint))}"
    head += f" file={quoteattr(visible(file))}>"
    return f"{head}{_outcome(session, finding, where)}</testcase>"


def _outcome(session: Session, finding: Finding, where: str) -> str:
    message = visible(finding.message)
    text = escape(f"{where}: {with_next(session.plan, finding)}")
    if finding.waived:
        return f"<skipped message={quoteattr(waived_because(session.plan, finding))}/>"
    if finding.severity == "error":
        kind = quoteattr(f"{finding.code} {finding.rule}")
        return f"<failure type={kind} message={quoteattr(message)}>{text}</failure>"
    return f"<system-out>{finding.severity}: {text}</system-out>"
