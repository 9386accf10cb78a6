"""The report of a check: all findings, one by one and as they are shown."""

from __future__ import annotations

from msgspec import Struct

from planner.conflicts.findings import Finding


class Report(Struct, frozen=True):
    """All findings, waived ones too, and the subjects that the file does not use yet.

    `each` has them one by one: none is told as one with others. `too_few` are the rules about what
    is missing of which too few have it now, so that nobody is said to lack it.
    """

    findings: tuple[Finding, ...]
    silent: tuple[str, ...]
    each: tuple[Finding, ...] = ()
    too_few: frozenset[str] = frozenset()
