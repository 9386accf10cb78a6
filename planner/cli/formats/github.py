"""Findings as annotations on GitHub: workflow commands, one a line, shown beside the changed lines.

Waived findings are left out; GitHub shows at most ten of each severity for a step.
"""

from __future__ import annotations

from planner.conflicts.findings import Finding
from planner.roadmap.entities import Severity
from planner.session import Session
from planner.text.visible import visible

LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def rendered(session: Session, findings: tuple[Finding, ...]) -> str:
    """``::error file=it.toml,line=4,title=DATE01 deadline-missed::peak is 5 days late``."""
    return "\n".join(_command(session, one) for one in findings if not one.waived)


def _command(session: Session, finding: Finding) -> str:
    file, line = session.place(finding)
    properties = {
        "file": file,
        "line": str(line) if line else "",
        "title": f"{finding.code} {finding.rule}",
    }
    said = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    return f"::{LEVELS[finding.severity]} {said}::{_data(finding.message)}"


def _data(text: str) -> str:
    """Text after the second ``::``: a percent sign and line ends are escaped."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
