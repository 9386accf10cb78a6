"""Findings as annotations on GitHub: workflow commands, one a line, shown beside the changed lines.

Waived findings are left out. GitHub shows the first ten of each severity for a step: where there
are more, the tenth says how many and what lists them. They follow for the log, and are a table in
the summary of the step.
"""

from __future__ import annotations

from planner.cli.formats.places import from_the_top, place
from planner.conflicts.findings import Finding
from planner.errors import ReadError
from planner.pages.conflicts import with_next
from planner.roadmap.entities import Severity
from planner.session.session import Session
from planner.text.visible import visible

LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
SHOWN = 10
"""How many annotations of one level GitHub shows for a step."""


def rendered(session: Session, findings: tuple[Finding, ...]) -> str:
    """``::error file=it.toml,line=4,title=DATE01 deadline-missed::peak is 5 days late``."""
    lines = []
    for severity in LEVELS:
        shown, rest = _shown(findings, severity)
        lines += [_finding(session, one) for one in shown]
        lines += [_more(severity, rest)] if rest else []
    return "\n".join([*lines, *(_finding(session, one) for one in unseen(findings))])


def unseen(findings: tuple[Finding, ...]) -> list[Finding]:
    """Those that GitHub shows nowhere beside the change."""
    return [one for severity in LEVELS for one in _shown(findings, severity)[1]]


def _shown(
    findings: tuple[Finding, ...], severity: Severity
) -> tuple[list[Finding], list[Finding]]:
    """What has a place among the annotations of one severity, and what has none."""
    found = [one for one in findings if one.severity == severity and not one.waived]
    most = SHOWN if len(found) <= SHOWN else SHOWN - 1
    return found[:most], found[most:]


def unreadable(error: ReadError) -> str:
    """One annotation, on the line that can't be read."""
    place = (from_the_top(error.file) if error.file else "", error.line)
    return _command("error", place, "unreadable roadmap", error.message)


def _more(severity: Severity, rest: list[Finding]) -> str:
    """What stands for all that GitHub leaves out of one severity."""
    codes = ", ".join(sorted({one.code for one in rest}))
    said = f"{len(rest)} more are in the log of this step ({codes}); `planner check` lists all"
    return _command(LEVELS[severity], ("", None), f"{len(rest)} more", said)


def _finding(session: Session, finding: Finding) -> str:
    title = f"{finding.code} {finding.rule}"
    said = with_next(session.plan, finding)
    return _command(LEVELS[finding.severity], place(session, finding), title, said)


def _command(level: str, place: tuple[str, int | None], title: str, said: str) -> str:
    file, line = place
    properties = {"file": file, "line": str(line) if line else "", "title": title}
    words = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    return f"::{level} {words}::{_data(said)}"


def _data(text: str) -> str:
    """Text after the second ``::``: a percent sign and line ends are escaped."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
