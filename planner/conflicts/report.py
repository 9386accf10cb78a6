"""The report of a check: all findings, one by one and as they are shown."""

from __future__ import annotations

from msgspec import Struct

from planner.conflicts.findings import Finding


class Report(Struct, frozen=True):
    """All findings, waived ones too, and the subjects that the file does not use yet.

    `each` has them one by one: none is told as one with others.
    """

    findings: tuple[Finding, ...]
    silent: tuple[str, ...]
    each: tuple[Finding, ...] = ()
