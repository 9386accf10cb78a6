"""How findings are printed: one module for each format, imported when it is asked for.

Each has `rendered(session, findings)`: text without a final newline, the same for the same input.
Those that services read can also tell them of a roadmap that can't be read: `unreadable(error)`.
What comes from a file is made visible there, and escaped as the format asks.
"""

from __future__ import annotations

import importlib

from planner.conflicts.findings import Finding
from planner.errors import ReadError
from planner.session.session import Session

FORMATS = ("text", "json", "sarif", "github", "junit")
"""`text` for people (findings_text.py), `json` for programs, the others for what runs checks."""

TOLD = ("sarif", "github", "junit")
"""The formats of services, which don't look at stderr."""


def rendered(format: str, session: Session, findings: tuple[Finding, ...]) -> str:
    """The findings in one of `FORMATS`, other than `text`."""
    module = importlib.import_module(f"planner.cli.formats.{format}")
    text: str = module.rendered(session, findings)
    return text


def unreadable(format: str, error: ReadError) -> str:
    """The same for a roadmap that can't be read: lines, or nothing where stderr says enough."""
    if format not in TOLD:
        return ""
    module = importlib.import_module(f"planner.cli.formats.{format}")
    return f"{module.unreadable(error)}\n"
