"""How findings are printed: one module for each format, imported when it is asked for.

Each has `rendered(session, findings)`: text without a final newline, the same for the same input.
What comes from a file is made visible there, and escaped as the format asks.
"""

from __future__ import annotations

import importlib

from planner.conflicts.findings import Finding
from planner.session import Session

FORMATS = ("text", "json", "sarif", "github", "junit")
"""`text` for people, `json` for programs, the others for what runs checks on changes."""


def rendered(format: str, session: Session, findings: tuple[Finding, ...]) -> str:
    """The findings in one of `FORMATS`."""
    module = importlib.import_module(f"planner.cli.formats.{format}")
    text: str = module.rendered(session, findings)
    return text
