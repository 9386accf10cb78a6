"""Records of a Microsoft Project XML: calendars, tasks, resources and assignments as fields.

It is read as a stream of events that keeps only the fields that mean something here, so a file of
100 MB is read within 200 MB, whatever is in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct, field

from planner.errors import ReadError
from planner.exchange.xml_events import Events, read_events
from planner.files.reading import opened

MAX_BYTES = 100 * 1024 * 1024
MAX_TASKS = 20_000
MAX_RECORDS = 100_000
"""Of every other sort: calendars with their exceptions, resources, assignments, custom fields."""
MAX_TEXT = 32_767
"""Characters of one field: what is longer is cut."""
_PIECE = 1 << 16
_SAVE_ANEW = "save it anew from Microsoft Project (Save As, XML Format)"

Record = dict[str, Any]
"""Fields by name: text, or a list of records for those that hold others."""

_CONTAINERS = {
    "Calendars": "Calendar",
    "ExtendedAttributes": "ExtendedAttribute",
    "Tasks": "Task",
    "Resources": "Resource",
    "Assignments": "Assignment",
}
_NOISE = frozenset(("TimephasedData", "AvailabilityPeriods", "Rates", "OutlineCodes", "WBSMasks",
                    "ValueList", "Project"))  # fmt: skip
"""What is in records and means nothing here, with all that is in it."""
_KEPT = {
    "Calendar": frozenset(("UID", "Name", "IsBaseCalendar", "BaseCalendarUID", "WeekDays",
                           "Exceptions", "WorkWeeks")),
    "ExtendedAttribute": frozenset(("FieldID", "FieldName", "Alias")),
    "Task": frozenset((
        "UID", "ID", "Name", "Active", "Manual", "Type", "IsNull", "Contact", "OutlineLevel",
        "Priority", "Start", "Finish", "Duration", "DurationFormat", "EffortDriven", "Recurring",
        "Estimated", "Milestone", "Summary", "IsSubproject", "SubprojectName", "ExternalTask",
        "Cost", "PercentComplete", "ActualStart", "ActualFinish", "RemainingDuration",
        "ActualDuration",
        "ConstraintType", "CalendarUID", "ConstraintDate", "Deadline", "LevelingDelay",
        "Hyperlink", "HyperlinkAddress", "HyperlinkSubAddress", "IgnoreResourceCalendar", "Notes",
        "PredecessorLink", "ExtendedAttribute", "Baseline", "OutlineCode", "StartText",
        "FinishText", "DurationText", "ManualDuration", "Stop", "Resume")),
    "Resource": frozenset(("UID", "ID", "Name", "Type", "IsNull", "Code", "Group", "EmailAddress",
                           "NTAccount", "MaxUnits", "CalendarUID", "IsGeneric", "IsCostResource",
                           "ExtendedAttribute", "Notes")),
    "Assignment": frozenset(("UID", "TaskUID", "ResourceUID", "Units", "Work", "Notes")),
}  # fmt: skip
"""The fields of a record that are kept."""
_AS_WRITTEN = frozenset(("Name", "Notes", "Value"))
"""Fields that people write, blanks at their ends too."""


class Records(Struct):
    """One file. `project` has the fields of the project itself."""

    project: dict[str, str] = {}
    calendars: list[Record] = field(default_factory=list)
    tasks: list[Record] = field(default_factory=list)
    resources: list[Record] = field(default_factory=list)
    assignments: list[Record] = field(default_factory=list)
    aliases: dict[str, str] = {}
    """What a custom field is called, by its number."""


def read_records(path: Path) -> Records:
    """The records of a file. Raises ReadError for what is no such file, or too much."""
    with opened(path) as source:
        return parsed(source, str(path))


def parsed(source: BinaryIO, file: str) -> Records:
    """The records of an open file; `file` is what to call it."""
    reader = _Reader(file)
    read_events(_pieces(source, file), reader, file, hint=_SAVE_ANEW)
    return reader.records


def _pieces(source: BinaryIO, file: str) -> Iterator[bytes]:
    size = 0
    while piece := source.read(_PIECE):
        size += len(piece)
        if size > MAX_BYTES:
            raise ReadError(
                f"more than {MAX_BYTES // 1024 // 1024} MB",
                file=file,
                hint="save it without baselines and timephased data, or only the part you need",
            )
        yield piece


class _Reader(Events):
    """What is kept of a file. `_open` are the records that are being read, the innermost last."""

    def __init__(self, file: str) -> None:
        self.records = Records()
        self._file = file
        self._names: list[str] = []
        self._open: list[Record] = []
        self._skipped = 0
        self._text: list[str] | None = None
        self._length = 0
        self._count = 0

    def _refuse(self, why: str, hint: str) -> ReadError:
        return ReadError(why, file=self._file, line=self.line(), hint=hint)

    # --- elements ---------------------------------------------------------------------------------

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
            return
        if not self._names:
            self._check_root(name)
        if self._is_left_out(name):
            self._skipped = 1
            return
        self._names.append(name)
        self._text, self._length = [], 0
        if len(self._names) >= 3:
            self._count_one(name)
            self._open.append({})

    def _check_root(self, name: str) -> None:
        if name != "Project":
            raise self._refuse(
                f"is no XML of Microsoft Project: it begins with <{name[:40]}>",
                "save it as XML from Microsoft Project; other tools' files are read by MPXJ, "
                "under their own suffix",
            )

    def _is_left_out(self, name: str) -> bool:
        depth = len(self._names)
        if depth >= 3:
            kept = _KEPT.get(self._names[2])
            return name in _NOISE or (depth == 3 and kept is not None and name not in kept)
        return depth == 2 and name != _CONTAINERS.get(self._names[1])

    def _count_one(self, name: str) -> None:
        is_task = len(self._names) == 3 and name == "Task"
        if is_task and len(self.records.tasks) >= MAX_TASKS:
            raise self._refuse(f"more than {MAX_TASKS:,} tasks", "save the part that you need")
        if len(self._names) == 3 or name in ("Exception", "PredecessorLink", "ExtendedAttribute"):
            self._count += 1
            if self._count > MAX_RECORDS + MAX_TASKS:
                raise self._refuse(
                    f"more than {MAX_RECORDS:,} calendars, resources, assignments and links",
                    "save the part that you need",
                )

    def text(self, text: str) -> None:
        if not self._skipped and self._text is not None and self._length < MAX_TEXT:
            self._text.append(text[: MAX_TEXT - self._length])
            self._length += len(text)

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        name = self._names.pop()
        text, self._text = "".join(self._text or ()), None
        if len(self._names) == 1:
            if name not in _CONTAINERS and text.strip():
                self.records.project[name] = text.strip()
        elif len(self._names) >= 2:
            self._close(name, self._open.pop(), text)

    def _close(self, name: str, record: Record, text: str) -> None:
        if len(self._names) == 2:
            self._keep(name, record)
        elif record:
            self._open[-1].setdefault(name, []).append(record)
        elif text.strip() and isinstance(self._open[-1].get(name, ""), str):
            self._open[-1][name] = text if name in _AS_WRITTEN else text.strip()

    def _keep(self, name: str, record: Record) -> None:
        if name == "ExtendedAttribute":
            alias = record.get("Alias") or record.get("FieldName")
            if isinstance(alias, str):
                self.records.aliases[fields_of(record).get("FieldID", "")] = alias
            return
        if "Baseline" in record:
            record["Baseline"] = "1"
        kept: list[Record] = getattr(self.records, f"{name.lower()}s")
        kept.append(record)


def fields_of(record: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a record that are text."""
    return {name: value for name, value in record.items() if isinstance(value, str)}


def inner(record: Mapping[str, Any], *names: str) -> list[Record]:
    """The records inside one, by the names that lead to them."""
    found = [record]
    for name in names:
        below = (each.get(name) for each in found)
        found = [each for value in below if isinstance(value, list) for each in value]
    return [dict(each) for each in found]
