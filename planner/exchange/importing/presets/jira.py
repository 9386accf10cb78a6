"""Jira's exports: the CSV of an issue search (Cloud and Server), and what its REST search answers.

A column stands as often as an issue has values: ``Labels``, ``Inward issue link (Blocks)``. Which
end of a link waits is told by the link type's name; in JSON by its words. Estimates are seconds, 8
hours a day. Where there is none, the days from start to due date are the length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from planner.analysis.importing import Incoming, Loss
from planner.exchange.importing.amounts import is_count
from planner.exchange.importing.choices import status_of
from planner.exchange.importing.days import working_days
from planner.exchange.importing.headings import folded
from planner.exchange.importing.headings import heading as known_heading
from planner.exchange.importing.parties import side_of
from planner.exchange.importing.presets.tracker import (
    Export,
    Issue,
    Named,
    day_cell,
    incoming_from,
    keys_in,
    left_out,
    list_in,
    no_days,
    object_in,
    text_in,
)
from planner.exchange.sheets.sheet import Cell, Sheet, sheet_of
from planner.roadmap.sides import title_of

SECONDS_A_DAY = 8 * 3600
EPICS = frozenset(["epic", "initiative", "theme", "capability", "legend", "saga", "epos"])
_OWN = re.compile(
    r"issue id|work item id|project (?:key|id|type|lead|lead id|description|url)|"
    r"(?:assignee|reporter|creator|watchers|parent|project lead) id|reporter|creator|created|"
    r"updated|last viewed|votes|watchers|attachment|sprint|.*log work|security level|work ratio|"
    r"(?:σ )?(?:remaining estimate|time spent)|σ original estimate|status category(?: changed)?|"
    r"custom field \((?:rank|development|issue color|flagged|epic (?:status|colou?r|name)|"
    r"\[chart\].*|request.*|organizations|vulnerability|last .*)\)|affects versions?|"
    r"fix versions?|affects version/s|fix version/s|resolution",
    re.IGNORECASE,
)
"""Headings of what Jira keeps for itself; a sum of sub-tasks' estimates would count twice."""
_POINTS = re.compile(r"(?:custom field \()?story points?(?: estimate)?\)?", re.IGNORECASE)
_LINK = re.compile(
    r"(?P<way>inward|outward) (?:issue|work item) link \((?P<type>.*)\)", re.IGNORECASE
)
_BLOCKS = re.compile(r"block|gantt|finish.to.start|preced", re.IGNORECASE)
"""Link types whose inward end waits: ``is blocked by``, ``has to be done after``."""
_DEPENDS = re.compile(r"depend|require", re.IGNORECASE)
"""Link types whose outward end waits: ``depends on``."""
_WAITS = re.compile(
    r"is blocked by|blocked by|depends (?:up)?on|has to be (?:done|finished|started) after|"
    r"waits? (?:for|on)|requires|needs|is (?:preceded|caused) by|wird blockiert (?:von|durch)|"
    r"hängt ab von|est bloqué par|dépend de|está bloquead[oa] por|depende de",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"blocks|is (?:depended on|required|needed) by|has to be (?:done|finished|started) before|"
    r"precedes|blockiert|bloque|bloquea",
    re.IGNORECASE,
)
_MEANINGS = {
    "summary": "title",
    "issue key": "key",
    "work item key": "key",
    "issue type": "kind",
    "work type": "kind",
    "status": "status",
    "priority": "priority",
    "assignee": "person",
    "due date": "deadline",
    "original estimate": "duration",
    "resolved": "finished",
    "labels": "tags",
    "components": "tags",
    "component s": "tags",
    "description": "notes",
    "environment": "notes",
    "comment": "notes",
    "comments": "notes",
    "url": "urls",
    "custom field start date": "start",
    "custom field planned start": "start",
    "custom field target start": "start",
    "custom field begin date": "start",
    "custom field target end": "end",
    "custom field planned end": "end",
    "custom field end date": "end",
}
_DEPARTMENTS = (
    "custom field department", "department", "custom field abteilung", "custom field team",
    "team name", "custom field business unit", "project name", "components", "component s",
)  # fmt: skip
"""The columns that may name a department, the surest first."""
_TEAMS = ("custom field team", "team name")
_PARENTS = ("parent key", "parent", "custom field epic link", "custom field parent link")


def recognises(sheets: Sequence[Sheet]) -> bool:
    """Whether a sheet is Jira's, by the columns that all its exports have."""
    named = (
        {_plain(cell.text) for cell in sheets[0].rows[0]} if sheets and sheets[0].rows else set()
    )
    return "summary" in named and bool(named & {"issue key", "work item key"})


def incoming(
    sheets: Sequence[Sheet],
    source: str,
    mapping: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Incoming:
    """What the issues of a CSV say."""
    return incoming_from(_export(sheets[0], source, mapping or {}), mapping, today)


def recognises_json(data: Any) -> bool:
    """Whether it is the answer of an issue search."""
    issues = data.get("issues") if isinstance(data, dict) else None
    return isinstance(issues, list) and all(
        isinstance(each, dict) and isinstance(each.get("fields"), dict) and "key" in each
        for each in issues
    )


def incoming_json(
    data: Any, source: str, mapping: Mapping[str, str] | None = None, today: date | None = None
) -> Incoming:
    """What the issues of a search say."""
    export = _export(_as_sheet(data), source, mapping or {}, first_row=1)
    return incoming_from(export, mapping, today)


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", heading.casefold()).strip()


# --- a table of issues ----------------------------------------------------------------------------


class _Row(NamedTuple):
    """The cells of an issue by their headings, each as often as it has values."""

    row: int
    cells: Mapping[str, Sequence[str]]

    def first(self, *plain: str) -> str:
        """The first value in one of these columns, the columns in this order."""
        for name in plain:
            for heading, values in self.cells.items():
                if _plain(heading) == name and values:
                    return values[0]
        return ""


def _export(sheet: Sheet, source: str, mapping: Mapping[str, str], first_row: int = 2) -> Export:
    headings = [cell.text for cell in sheet.rows[0]]
    rows = [_row(at + first_row, headings, cells) for at, cells in enumerate(sheet.rows[1:])]
    rows = [row for row in rows if row.cells]
    keys = {id: _key(row) for row in rows if (id := row.first("issue id", "work item id"))}
    named = Counter(heading for row in rows if (heading := _department(row)[1]))
    department = named.most_common(1)[0][0] if named else "Department"
    left = {each for each in headings if _is_left(each, named) and each not in mapping}
    issues = tuple(_issue(row, keys, left, department) for row in rows)
    meanings = {each: meaning for each in headings if (meaning := _meaning(each))}
    names = {_plain(each): each for each in reversed(headings)}
    return Export(
        "Jira",
        source,
        {department: "portfolio", TEAM: "team", **_work(meanings)},
        issues,
        tuple(_losses(rows, headings, left)),
        first_row,
        names.get("issue key") or names.get("work item key") or "Key",
        names.get("summary", "Summary"),
        next((names[each] for each in _PARENTS if each in names), "Parent"),
    )


def _is_left(heading: str, departments: Container[str]) -> bool:
    """Whether a column is not read: Jira's own, points, a project that names no side."""
    unused = _plain(heading) == "project name" and heading not in departments
    return unused or bool(_OWN.fullmatch(heading) or _POINTS.fullmatch(heading))


def _losses(rows: Sequence[_Row], headings: Sequence[str], left: Container[str]) -> Iterator[Loss]:
    filled = {heading for row in rows for heading in row.cells}
    there = [each for each in headings if each in filled and each in left]
    yield from left_out("Jira", (each for each in there if not _POINTS.fullmatch(each)))
    for each in dict.fromkeys(each for each in there if _POINTS.fullmatch(each)):
        yield from no_days(each, sum(each in row.cells for row in rows))
    for row in rows:
        yield from _other_links(row)


def _meaning(name: str) -> str | None:
    """What a column means; a field of a company's own by the name that it gave it."""
    custom = re.fullmatch(r"custom field \((.*)\)", name, re.IGNORECASE)
    return _MEANINGS.get(_plain(name)) or (known_heading(custom[1]).meaning if custom else None)


def _row(row: int, headings: Sequence[str], cells: Sequence[Cell]) -> _Row:
    found: dict[str, list[str]] = {}
    for heading, cell in zip(headings, cells, strict=False):
        if heading and cell.text and cell.text not in found.get(heading, ()):
            found.setdefault(heading, []).append(cell.text)
    return _Row(row, found)


def _work(meanings: Mapping[str, str]) -> dict[str, str]:
    """All but keys and titles, which `incoming_from` writes."""
    return {heading: each for heading, each in meanings.items() if each not in ("key", "title")}


TEAM = "Team"


def _key(row: _Row) -> str:
    return row.first("issue key", "work item key")


def _issue(row: _Row, keys: Mapping[str, str], left: Container[str], department: str) -> Issue:
    parent = row.first(*_PARENTS)
    return Issue(
        row=row.row,
        key=_key(row),
        title=row.first("summary"),
        cells={h: c for h, c in _cells(row, left, department).items() if c.text},
        waits_for=tuple(_named(row, "waits")),
        blocks=tuple(_named(row, "blocks")),
        relates=tuple(_named(row, "relates")),
        parent=keys.get(parent, parent),
        whole=row.first("parent summary"),
        is_epic=folded(row.first("issue type", "work type")) in EPICS,
    )


_ELSEWHERE = frozenset((*_PARENTS, "parent summary", "summary", "issue key", "work item key"))


def _cells(row: _Row, left: Container[str], department: str) -> dict[str, Cell]:
    said, named_by = _department(row)
    teams = {each for each in row.cells if _plain(each) in _TEAMS}
    cells = {
        heading: _cell(_meaning(heading) or "", values, row)
        for heading, values in row.cells.items()
        if _plain(heading) not in _ELSEWHERE and heading not in {*teams, named_by}
        if heading not in left and not _link(heading)
    }
    _lengthen(cells)
    side = side_of(said)[0] if _plain(named_by) == "project name" else None
    cells[department] = Cell(title_of(side) if side else said)
    if named_by not in teams:
        cells[TEAM] = Cell(row.first(*_TEAMS))
    if named_by and _meaning(named_by) == "tags":
        cells[named_by] = Cell(", ".join(row.cells[named_by]))
    return cells


def _cell(meaning: str, values: Sequence[str], row: _Row) -> Cell:
    if meaning in ("deadline", "start", "end", "finished"):
        return day_cell(values[0])
    if meaning == "duration":
        return _length(values[0])
    if meaning == "status":
        return Cell(_status(row, values[0]))
    if meaning == "notes":
        return Cell("\n".join(_said(each) for each in values))
    return Cell(", ".join(values))


def _length(seconds: str) -> Cell:
    if not is_count(seconds):
        return Cell(seconds)
    return Cell(f"{int(seconds) / SECONDS_A_DAY:.3f}".rstrip("0").rstrip(".") + "d")


def _status(row: _Row, status: str) -> str:
    """The status, what ended the issue without its work, or the category of one that is unknown."""
    resolution = row.first("resolution")
    if status_of(resolution) == "dropped":
        return resolution
    return status if status_of(status) else row.first("status category") or status


def _said(comment: str) -> str:
    """A comment without the time and the author's id before it."""
    return re.sub(r"^\d[^;\n]{5,25};[^;\n]{3,60};", "", comment)


def _lengthen(cells: dict[str, Cell]) -> None:
    """The days from start to due date, where no estimate says how long the work takes."""
    by_meaning = {(_meaning(heading) or ""): cell.value for heading, cell in cells.items()}
    start, due = by_meaning.get("start"), by_meaning.get("deadline")
    if by_meaning.keys() & {"duration", "end"}:
        return
    if isinstance(start, date) and isinstance(due, date) and start <= due:
        cells["Original estimate"] = Cell(f"{working_days(start, due)}d")


def _department(row: _Row) -> tuple[str, str]:
    """What names a side, and in which column; without any, the surest that says something."""
    filled = [
        (values[0], heading)
        for name in _DEPARTMENTS
        for heading, values in row.cells.items()
        if _plain(heading) == name
    ]
    sure = [each for each in filled if "department" in _plain(each[1]) or side_of(each[0])[0]]
    usual = [each for each in filled if _meaning(each[1]) != "tags"]
    return next(iter([*sure, *usual]), ("", ""))


# --- links ----------------------------------------------------------------------------------------


def _link(heading: str) -> str:
    """What a column of links says: `waits`, `blocks`, `relates`, `other`, or nothing."""
    match = _LINK.fullmatch(heading.strip())
    if match:
        inward = match["way"].lower() == "inward"
        if _BLOCKS.search(match["type"]):
            return "waits" if inward else "blocks"
        if _DEPENDS.search(match["type"]):
            return "blocks" if inward else "waits"
        return "relates" if match["type"].lower().startswith("relate") else "other"
    if not heading.startswith(WORDS):
        return ""
    words = heading.removeprefix(WORDS)
    if _WAITS.fullmatch(words):
        return "waits"
    if _HOLDS.fullmatch(words):
        return "blocks"
    return "relates" if words.lower().startswith("relate") else "other"


WORDS = "link: "
"""Before the words of a link type, as the heading of its column."""


def _named(row: _Row, what: str) -> Iterator[Named]:
    for heading, values in row.cells.items():
        if _link(heading) == what:
            yield from (Named(heading, key) for value in values for key in keys_in(value))


def _other_links(row: _Row) -> Iterator[Loss]:
    for heading, values in row.cells.items():
        if _link(heading) == "other":
            why = "a link of another kind is no dependency"
            yield Loss(row.row, heading, ", ".join(values), why)


# --- JSON -----------------------------------------------------------------------------------------

_FIELDS = {
    "summary": "Summary", "issuetype": "Issue Type", "status": "Status", "priority": "Priority",
    "assignee": "Assignee", "duedate": "Due date", "timeoriginalestimate": "Original estimate",
    "resolutiondate": "Resolved", "resolution": "Resolution", "labels": "Labels",
    "components": "Components", "description": "Description", "project": "Project name",
    "parent": "Parent", "environment": "Environment",
}  # fmt: skip


_SITE = re.compile(r"(https?://[^/]+(?:/.+?)?)/rest/(?:api|agile)/")


def _as_sheet(data: Mapping[str, Any]) -> Sheet:
    """The answer of a search as the table that Jira's CSV would be."""
    names = data.get("names")
    rows = [_flat(issue, names if isinstance(names, dict) else {}) for issue in data["issues"]]
    times: dict[str, int] = {}
    for row in rows:
        for heading, values in row.items():
            times[heading] = max(times.get(heading, 0), len(values))
    headings = [heading for heading, most in times.items() for _ in range(most)]
    return sheet_of("", [headings, *(_line(row, times) for row in rows)])


def _line(row: Mapping[str, list[str]], times: Mapping[str, int]) -> list[str]:
    """The values of an issue, each in a column of its own."""
    padded = ([*row.get(each, ()), *[""] * most][:most] for each, most in times.items())
    return [value for values in padded for value in values]


def _flat(issue: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, list[str]]:
    """Heading → values of an issue."""
    fields = issue["fields"]
    found = [("Issue key", str(issue["key"])), *_links_of(fields.get("issuelinks"))]
    for name, value in fields.items():
        if name in _FIELDS or (name in names and name != "issuelinks"):
            heading = _FIELDS.get(name) or f"Custom field ({names[name]})"
            found += [(heading, text) for text in _texts(name, value)]
    category = object_in(fields.get("status")).get("statusCategory")
    found += [("Status Category", text) for text in _texts("", category)]
    if site := _SITE.match(text_in(issue.get("self"))):
        found.append(("URL", f"{site[1]}/browse/{issue['key']}"))
    values: dict[str, list[str]] = {}
    for heading, text in found:
        if text:
            values.setdefault(heading, []).append(text)
    return values


def _texts(name: str, value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for each in value for text in _texts(name, each)]
    if isinstance(value, dict):
        return _of_anobject_in(name, value)
    if value is None or isinstance(value, bool):
        return []
    whole = isinstance(value, float) and value.is_integer()
    return [str(int(value) if whole else value)]


def _of_anobject_in(name: str, value: Mapping[str, Any]) -> list[str]:
    if "content" in value:
        return [_document(value).strip()]
    inner = value.get("comments", value.get("body"))
    if inner is not None:
        return _texts("", inner)
    key = value.get("key") if name == "parent" else None
    said = key or value.get("displayName") or value.get("name") or value.get("value")
    return [text_in(said)]


def _document(node: Mapping[str, Any]) -> str:
    """The words of Atlassian's document format, a line for each block."""
    inner = "".join(_document(object_in(each)) for each in list_in(node.get("content")))
    block = node.get("type") in ("paragraph", "heading", "listItem")
    return text_in(node.get("text")) + inner + ("\n" if block else "")


def _links_of(links: Any) -> Iterator[tuple[str, str]]:
    for link in list_in(links):
        for way in ("inward", "outward"):
            other = object_in(object_in(link).get(f"{way}Issue"))
            if other.get("key"):
                words = text_in(object_in(object_in(link).get("type")).get(way))
                yield f"{WORDS}{words}", text_in(other["key"])
