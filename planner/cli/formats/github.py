"""Findings as annotations on GitHub: workflow commands, one a line, shown beside the changed lines.

Waived findings are left out; GitHub shows at most ten of each severity for a step.
"""

from __future__ import annotations

from planner.cli.findings_text import next_of
from planner.cli.formats.places import from_the_top, place
from planner.conflicts.findings import Finding
from planner.errors import ReadError
from planner.roadmap.entities import Severity
from planner.session import Session
from planner.text.visible import visible

LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def rendered(session: Session, findings: tuple[Finding, ...]) -> str:
    """``::error file=it.toml,line=4,title=DATE01 deadline-missed::peak is 5 days late``."""
    return "\n".join(_finding(session, one) for one in findings if not one.waived)


def unreadable(error: ReadError) -> str:
    """One annotation, on the line that can't be read."""
    place = (from_the_top(error.file) if error.file else "", error.line)
    return _command("error", place, "unreadable roadmap", error.message)


def _finding(session: Session, finding: Finding) -> str:
    title = f"{finding.code} {finding.rule}"
    said = f"{finding.message}{next_of(finding)}"
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
