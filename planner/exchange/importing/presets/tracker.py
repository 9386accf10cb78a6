"""Issues of a tracker as rows of a sheet: what Jira, Linear and GitHub have in common.

A tracker knows other issues by their keys, holds epics and sub-tasks, and has columns for itself
alone. Here keys become dependencies, epics and parents become groups, and all else is read as a
sheet of people's own is, by `rows`. An epic is a group alone; another issue with sub-tasks keeps
its work and stands with them in a group of its title. Points are no days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from msgspec import Struct, structs

from planner.analysis.importing import Column, Incoming, Loss
from planner.exchange.importing.headings import BY_A_MAPPING
from planner.exchange.importing.rows import incoming_of
from planner.exchange.sheets.sheet import EMPTY, Cell, Sheet


class Named(NamedTuple):
    """A key of another issue, in which column, and the link's type where it is no `FS`."""

    heading: str
    key: str
    type: str = ""


class Issue(Struct, frozen=True, kw_only=True):
    """One issue. `row` counts as in the file, from 1."""

    row: int
    key: str
    title: str
    cells: Mapping[str, Cell] = {}
    """Heading → what is read as in any sheet."""
    waits_for: tuple[Named, ...] = ()
    blocks: tuple[Named, ...] = ()
    relates: tuple[Named, ...] = ()
    parent: str = ""
    """The key of the issue that it is a part of."""
    whole: str = ""
    """The title of what else it is a part of: a project, a milestone, an epic outside the file."""
    is_epic: bool = False
    """Whether it is no work of its own where other issues are parts of it."""


class Export(Struct, frozen=True):
    """All that a tracker's file says."""

    tracker: str
    source: str
    meanings: Mapping[str, str]
    """Heading → meaning, for the columns that are known."""
    issues: tuple[Issue, ...]
    losses: tuple[Loss, ...] = ()
    first_row: int = 2
    """The row of the first issue."""
    key: str = "key"
    title: str = "title"
    group: str = "part of"
    """What the file calls the columns of keys, titles, and what issues are parts of."""


def incoming_from(
    export: Export, mapping: Mapping[str, str] | None = None, today: date | None = None
) -> Incoming:
    """What the issues say; `mapping` is a person's own and counts before `meanings`: of two columns
    with a meaning that one can have, the person's is it.
    """
    parts = _Parts(export.issues)
    losses = [*export.losses, *parts.losses()]
    own = dict(mapping or {})
    named = {export.key: "key", export.title: "title", export.group: "part_of"}
    meanings = {**own, **named, **parts.headings(), **export.meanings, **own}
    sheet = _sheet(export, parts, meanings)
    there = {cell.text for cell in sheet.rows[0]} | own.keys()
    known = {heading: meaning for heading, meaning in meanings.items() if heading in there}
    incoming = incoming_of((sheet,), export.source, known, today)
    incoming = _moved(incoming, export.first_row - 2)
    return structs.replace(
        incoming,
        tables=_completed(incoming, parts),
        columns=tuple(_told(column, export, own) for column in incoming.columns),
        losses=(*incoming.losses, *losses),
    )


class _Parts:
    """Which issue is a part of what, and which key names work that can be waited for."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.by_key = {issue.key: issue for issue in reversed(issues) if issue.key}
        self.issues = issues
        self.wholes = {issue.parent for issue in issues} & self.by_key.keys()

    def is_group(self, issue: Issue) -> bool:
        return issue.is_epic and issue.key in self.wholes

    def group(self, issue: Issue) -> str:
        """The title of the group that an issue stands in."""
        return issue.title if issue.key in self.wholes else self.around(issue)

    def around(self, issue: Issue) -> str:
        """The title of the group that the issue, or the group of its title, is a part of."""
        parent = self.by_key.get(issue.parent)
        return parent.title if parent is not None and parent is not issue else issue.whole

    def linked(self, named: Iterable[Named]) -> Iterator[Named]:
        """Those that name work of the file."""
        for each in named:
            issue = self.by_key.get(each.key)
            if issue is not None and not self.is_group(issue):
                yield each

    def headings(self) -> dict[str, str]:
        """The columns of dependencies that are filled."""
        found: dict[str, str] = {}
        for issue in self.issues:
            found |= {each.heading: "needs" for each in issue.waits_for}
            found |= {each.heading: "blocks" for each in issue.blocks}
        return found

    def losses(self) -> Iterator[Loss]:
        for issue in self.issues:
            is_group = self.is_group(issue)
            for each in (*issue.waits_for, *issue.blocks, *issue.relates):
                if each.key not in self.by_key:
                    yield Loss(issue.row, each.heading, each.key, "no issue of this file")
                elif is_group or self.is_group(self.by_key[each.key]):
                    why = "a group holds no dependency; link the issues that are parts of it"
                    yield Loss(issue.row, each.heading, each.key, why)
            if is_group:
                yield from _of_a_group(issue)


def _of_a_group(issue: Issue) -> Iterator[Loss]:
    for heading, cell in issue.cells.items():
        if cell.text and heading.casefold() not in _OF_GROUPS:
            yield Loss(issue.row, heading, cell.text, "a group has a title alone")


_OF_GROUPS = frozenset(
    ("url", "issue type", "work type", "priority", "state", "labels (department)")
)


def _sheet(export: Export, parts: _Parts, meanings: Mapping[str, str]) -> Sheet:
    """The issues as a sheet, each in the row that it has in the file, groups as empty rows."""
    named = (export.key, export.title, export.group)
    headings = list(dict.fromkeys((*named, *_filled(export.issues, meanings))))
    at = {issue.row - export.first_row: issue for issue in export.issues}
    rows = [tuple(Cell(heading) for heading in headings)]
    for place in range(max(at, default=-1) + 1):
        issue = at.get(place)
        is_work = issue is not None and not parts.is_group(issue)
        cells = _cells(issue, parts, export) if issue is not None and is_work else {}
        rows.append(tuple(cells.get(heading, EMPTY) for heading in headings))
    return Sheet("", tuple(rows))


def _filled(issues: Sequence[Issue], meanings: Mapping[str, str]) -> Iterator[str]:
    filled = {heading for issue in issues for heading, cell in issue.cells.items() if cell.text}
    links = (each for issue in issues for each in (*issue.waits_for, *issue.blocks))
    filled |= {each.heading for each in links}
    yield from (heading for heading in meanings if heading in filled)
    yield from sorted(filled - meanings.keys())


def _cells(issue: Issue, parts: _Parts, export: Export) -> dict[str, Cell]:
    named: dict[str, list[str]] = {}
    for each in parts.linked((*issue.waits_for, *issue.blocks)):
        named.setdefault(each.heading, []).append(f"{each.key} {each.type}".strip())
    return {
        **issue.cells,
        **{heading: Cell("; ".join(dict.fromkeys(keys))) for heading, keys in named.items()},
        export.key: Cell(issue.key),
        export.title: Cell(issue.title),
        export.group: Cell(parts.group(issue)),
    }


# --- what rows do not say -------------------------------------------------------------------------


def _completed(incoming: Incoming, parts: _Parts) -> dict[str, dict[str, dict[str, Any]]]:
    """The tables with groups in groups, and with work that is related."""
    tables = {kind: {id: dict(t) for id, t in of.items()} for kind, of in incoming.tables.items()}
    groups = {str(table.get("title")): id for id, table in tables.get("groups", {}).items()}
    ids = {key: id for id, key in incoming.keys.items()}
    for issue in parts.issues:
        inner, outer = groups.get(parts.group(issue)), groups.get(parts.around(issue))
        if inner and outer and inner != outer:
            tables["groups"][inner]["part_of"] = outer
        related = [ids[each.key] for each in parts.linked(issue.relates) if each.key in ids]
        if related and issue.key in ids:
            tables["initiatives"][ids[issue.key]]["relates"] = list(dict.fromkeys(related))
    return tables


def _told(column: Column, export: Export, mapping: Mapping[str, str]) -> Column:
    if column.heading in mapping or column.why != BY_A_MAPPING:
        return column
    return structs.replace(column, why=f"a column of {export.tracker}")


def _moved(incoming: Incoming, by: int) -> Incoming:
    """The same with rows counted from another one: files of other kinds have no headings."""
    if not by:
        return incoming
    return structs.replace(
        incoming,
        rows={id: row + by for id, row in incoming.rows.items()},
        **{
            name: tuple(
                structs.replace(each, row=each.row + by if each.row else 0)
                for each in getattr(incoming, name)
            )
            for name in ("links", "phrases", "dates", "losses")
        },
    )


# --- cells ----------------------------------------------------------------------------------------

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?")
_JIRA = re.compile(r"(\d{1,2})/([A-Za-z]{3})\w*\.?/(\d{2}|\d{4})(?:\s.*)?")
_SCRIPT = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d{4}) (\d\d):\d\d:\d\d .*")
_TIME = re.compile(r"[ T]\d{1,2}:\d\d.*$")


def day_cell(text: str, *, is_midnight: bool = False) -> Cell:
    """A day as trackers write it: ``12/Apr/27 12:00 AM``, ``2027-04-12T16:00:00Z``, or
    ``Thu Jun 25 2026 23:00:00 GMT+0000``; else the text without a time, to be read as in a sheet.

    Where `is_midnight`, the time is the midnight of a day in another time zone: the nearest counts.
    """
    text = text.strip()
    try:
        if match := _ISO.fullmatch(text):
            return Cell(date(int(match[1]), int(match[2]), int(match[3])))
        if match := _JIRA.fullmatch(text):
            year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
            return Cell(date(year, _month(match[2]), int(match[1])))
        if match := _SCRIPT.fullmatch(text):
            moment = datetime(int(match[3]), _month(match[1]), int(match[2]), int(match[4]))
            return Cell((moment + timedelta(hours=12 if is_midnight else 0)).date())
    except ValueError:
        return Cell(text)
    return Cell(_TIME.sub("", text))


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def object_in(value: Any) -> Mapping[str, Any]:
    """A value of JSON as an object; an empty one where it is something else."""
    return value if isinstance(value, dict) else {}


def list_in(value: Any) -> Sequence[Any]:
    """A value of JSON as a list; an empty one where it is something else."""
    return value if isinstance(value, list) else ()


def text_in(value: Any) -> str:
    """A value of JSON as text; empty for nothing, and for what holds others."""
    return "" if value is None or isinstance(value, (bool, dict, list)) else str(value)


def keys_in(text: str) -> list[str]:
    """The keys of a cell: ``WEB-3, WEB-5``."""
    return re.findall(r"[^\s,;|]+", text)


def left_out(tracker: str, headings: Iterable[str]) -> Iterator[Loss]:
    """The columns that a tracker has for itself, as one loss."""
    names = list(dict.fromkeys(headings))
    if names:
        why = f"what {tracker} keeps for itself; name a meaning with --map to have it carried over"
        yield Loss(0, "", ", ".join(names), why)


def no_days(heading: str, filled: int) -> Iterator[Loss]:
    """Points are a size and no time."""
    if filled:
        why = f'points are no days; if they are, say so with --map: `"{heading}" = "duration d"`'
        yield Loss(0, heading, f"{filled} estimates", why)
