"""Export: which formats a plan can be written in, by suffix, and the file that is written.

Each format is a module with `export(plan, ids)`, the bytes for these initiatives, and
`left_out(plan, ids)`, what it has no place for: what that is, and how many there are. The same plan
at the same status date gives the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from msgspec import Struct

from planner.errors import UsageError
from planner.files.failures import why
from planner.files.whole_file import replace_whole
from planner.plan.model import Plan
from planner.text.phrases import typed

FORMATS: Mapping[str, str] = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".mmd": "mermaid",
    ".dot": "dot",
    ".gv": "dot",
    ".graphml": "graphml",
    ".ics": "icalendar",
    ".xml": "mspdi",
}
"""Suffix → module in this package."""

Ids = Sequence[str]


class Exported(Struct, frozen=True):
    """A plan in another format, and what of it the format has no place for."""

    raw: bytes
    left_out: Mapping[str, int]


def exported(plan: Plan, ids: Ids, suffix: str) -> Exported:
    """The plan in the format of a suffix. Raises UsageError for one that there is none for."""
    module = FORMATS.get(suffix.lower())
    if module is None:
        what = f"nothing is written as {typed(suffix)}" if suffix else "the file has no suffix"
        raise UsageError(what, hint=f"one of {', '.join(FORMATS)}")
    format = import_module(f"planner.exchange.{module}")
    export: Callable[[Plan, Ids], bytes] = format.export
    left_out: Callable[[Plan, Ids], Mapping[str, int]] = format.left_out
    found = left_out(plan, ids)
    return Exported(export(plan, ids), {what: many for what, many in found.items() if many})


def write_export(file: Path, raw: bytes, *, replace: bool) -> bool:
    """Write a file whole or not at all; whether it was another one before.

    One that is there is replaced only where that is asked for: somebody may have written into it.
    What is no file, or a link to something, is never replaced. Raises UsageError.
    """
    try:
        if os.path.lexists(file):
            if _content(file, raw) == raw:
                return False
            if not replace:
                raise UsageError(
                    "exists already", file=str(file), hint="--force replaces it with the export"
                )
        replace_whole(file, raw)
    except OSError as error:
        raise UsageError(f"not written: {why(error)}", file=str(file)) from None
    return True


def _content(file: Path, raw: bytes) -> bytes | None:
    """What a file holds, where it is as long; None else. Raises UsageError for what is none."""
    if file.is_symlink() or not file.is_file():
        raise UsageError("is no plain file, and is not replaced", file=str(file))
    return file.read_bytes() if file.stat().st_size == len(raw) else None
