"""What annotations leave out, as a table for the summary of a step on GitHub.

A runner names a file to which Markdown is appended. Text of a roadmap is text there too: each mark
that means something in Markdown or HTML is written as a character reference, so that no cell ends,
no link is made and nothing is loaded.
"""

from __future__ import annotations

import os
import stat
import string
from collections.abc import Iterator

from planner.cli.formats.places import place
from planner.conflicts.findings import Finding
from planner.errors import SaveError
from planner.files.failures import why
from planner.pages.conflicts import with_next
from planner.session.session import Session
from planner.text.visible import visible

NAMED_BY = "GITHUB_STEP_SUMMARY"
MOST_BYTES = 900_000
"""Of more than a megabyte a step GitHub shows nothing at all."""
_HEAD = "| severity | rule | where | what |\n|---|---|---|---|\n"
_MARKS = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation if mark not in " ,-'"}


def append(session: Session, findings: list[Finding]) -> None:
    """Append a table of these findings where a runner says so. Raises SaveError."""
    file = os.environ.get(NAMED_BY)
    if not file or not findings:
        return
    try:
        _append(file, _table(session, findings).encode())
    except OSError as error:
        raise SaveError(f"the summary was not written: {why(error)}", file=file) from None


def _append(file: str, raw: bytes) -> None:
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with os.fdopen(os.open(file, flags, 0o666), "ab") as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise OSError("it is no file")
        opened.write(raw)


def _table(session: Session, findings: list[Finding]) -> str:
    left = MOST_BYTES
    rows = []
    for row in _rows(session, findings):
        left -= len(row.encode())
        if left < 0:
            break
        rows.append(row)
    shown = "" if len(rows) == len(findings) else f", of which {len(rows)} have a place here"
    return f"\n### planner: {len(findings)} more{shown}\n\n{_HEAD}{''.join(rows)}\n"


def _rows(session: Session, findings: list[Finding]) -> Iterator[str]:
    for one in findings:
        file, line = place(session, one)
        where = f"{file}:{line}" if line else file
        said = with_next(session.plan, one)
        cells = (one.severity, f"{one.code} {one.rule}", where, said)
        yield f"| {' | '.join(map(cell, cells))} |\n"


def cell(text: str) -> str:
    """A text that a cell of a table shows as it is."""
    return visible(text).translate(_MARKS)
