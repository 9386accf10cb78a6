"""Which reader reads a file: by its name, then by what its columns or keys are called.

Exports of trackers are known by columns that only they have; all other sheets are read by their
headings, whatever people call them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from planner.analysis.importing import Incoming
from planner.errors import ReadError
from planner.exchange.importing import mpxj, mspdi
from planner.exchange.importing.presets import github, jira, linear, tools
from planner.exchange.importing.rows import incoming_of
from planner.exchange.sheets.letters import encoding_of
from planner.exchange.sheets.limits import MAX_BYTES
from planner.exchange.sheets.reading import SUFFIXES as OF_TABLES
from planner.exchange.sheets.reading import read_sheets
from planner.files.reading import read_file

OF_SHEETS = (
    (jira.recognises, jira.incoming),
    (linear.recognises, linear.incoming),
    (github.recognises, github.incoming),
    (tools.recognises, tools.incoming),
)
OF_JSON = (
    (jira.recognises_json, jira.incoming_json),
    (github.recognises_json, github.incoming_json),
)
SUFFIXES = (*OF_TABLES, ".json", ".xml", *mpxj.SUFFIXES)
"""Of the files that can be read."""
MOST_VALUES = 1_000_000
"""Of a file of JSON; one of 16 MB without long texts has fewer, and 200 MB hold them."""


def read_incoming(
    path: Path, mapping: Mapping[str, str] | None = None, today: date | None = None
) -> Incoming:
    """What a file says; `mapping` is heading → meaning, as a person has it. What has happened by
    `today` is a fact, what is later is not; a day without a year is one near it.

    Raises ReadError for what can't be read, UsageError for what has to be asked first.
    """
    suffix = path.suffix.lower()
    if suffix == ".json":
        return _of_json(path, mapping, today)
    if suffix == ".xml":
        return mspdi.read_mspdi(path)
    if suffix in mpxj.SUFFIXES:
        return mpxj.read_mpxj(path)
    sheets = read_sheets(path)
    for recognises, incoming in OF_SHEETS:
        if recognises(sheets):
            return incoming(sheets, path.name, mapping, today)
    return incoming_of(sheets, path.name, mapping, today)


def _of_json(path: Path, mapping: Mapping[str, str] | None, today: date | None) -> Incoming:
    data = _json(path)
    try:
        for recognises, incoming in OF_JSON:
            if recognises(data):
                return incoming(data, path.name, mapping, today)
    except RecursionError:
        raise ReadError("no JSON that can be read: nested too deeply", file=str(path)) from None
    raise ReadError(
        "JSON of a kind that is not known",
        file=str(path),
        hint="what can be read is `gh issue list --state all --json number,title,body,labels,"
        "milestone,assignees,state,closedAt,url`, and an issue search of Jira's REST API",
    )


def _json(path: Path) -> Any:
    raw = read_file(path)
    if len(raw) > MAX_BYTES or raw.count(b",") > MOST_VALUES:
        hint = "export the issues of the plan alone"
        raise ReadError(f"more than {MAX_BYTES // 1024 // 1024} MB", file=str(path), hint=hint)
    try:
        return msgspec.json.decode(raw.decode(encoding_of(raw) or "utf-8"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        why = str(error).partition(" (")[0]
        raise ReadError(f"no JSON that can be read: {why}", file=str(path)) from None
