"""The plan by which the words for revisions are read, where all that is asked for is in git."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.analysis.history import plan_of_revision
from planner.cli.shared.roadmap_option import open_session, parse_day
from planner.errors import ReadError, UsageError
from planner.git.revisions import Repository
from planner.plan.model import Clock, Plan


def plan_beside(roadmap: str | None, as_of: str | None, path: Path, instead: str | None) -> Plan:
    """The plan in the files of the roadmap at `path`; where they can't be read (a merge may be
    open), that of the revision `instead`. Raises ReadError where there is none instead, and
    UsageError where there is no repository with files.
    """
    try:
        return open_session(roadmap, as_of).plan
    except ReadError as unreadable:
        if instead is None:
            raise
        Repository.around(path)  # says by itself where there is none, or none with files
        clock = Clock(date.today(), parse_day(as_of) if as_of else None)
        try:
            return plan_of_revision(path, instead).with_clock(clock)
        except UsageError:  # a date, which is read by a plan
            raise unreadable from None
