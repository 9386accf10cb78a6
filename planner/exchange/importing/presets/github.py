"""Issues of GitHub: `gh issue list --json …`, its REST API's list, and the TSV of a project's view.

Issues have no days and no length: what they wait for stands in their bodies (``blocked by #12``,
``depends on owner/repo#3``, an address), a department or team in labels, a due day on the
milestone, which becomes the group. A list of tasks that names issues makes the issue their group.
What of a body is understood is not kept in the notes as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from planner.analysis.importing import Incoming, Loss
from planner.exchange.importing.parties import is_plain_side, side_of
from planner.exchange.importing.presets.tracker import (
    Export,
    Issue,
    Named,
    day_cell,
    incoming_from,
    left_out,
    list_in,
    no_days,
    object_in,
    text_in,
)
from planner.exchange.sheets.sheet import Cell, Sheet

_URL = re.compile(r"https?://[^/\s]+/([\w.-]+)/([\w.-]+)/(?:issues|pull)/(\d+)")
_REF = r"(?:https?://[^\s/]+/[\w.-]+/[\w.-]+/issues/\d+|(?:[\w.-]+/[\w.-]+)?#\d+)"
_REFS = rf"{_REF}(?:(?:\s*[,;&]\s*|\s+and\s+|\s*,\s*and\s+){_REF})*"
_WAITING = (
    "blocked by|depends? (?:up)?on|depending on|needs|requires|after|waiting (?:for|on)|"
    "waits (?:for|on)|blockiert durch|wartet auf|braucht|nach|après|dépend de|depende de"
)
_HOLDING = "blocks|blocking|(?:needs to happen |to be done )?before|blockiert|vor|bloque|avant"
_WAITS, _HOLDS = (
    re.compile(rf"[*_]*(?:is )?\b(?:{words}):?[*_]*:?\s*({_REFS})[*_]*\.?", re.IGNORECASE)
    for words in (_WAITING, _HOLDING)
)
_TASKS = re.compile(rf"^\s*[-*+]\s+\[[ xX]\]\s+({_REF})", re.MULTILINE)
_TEAM_LABEL = re.compile(
    r"(?:team|dept|department|area|squad|abteilung|owner)\s*[:/=]\s*(.+)", re.I
)
_FIELDS = {"number", "title"}
_PROJECT = frozenset(("Title", "URL", "Assignees", "Status"))
_MEANINGS = {
    "labels (department)": "portfolio",
    "assignees": "person",
    "state": "status",
    "milestone.dueOn": "deadline",
    "closedAt": "finished",
    "labels": "tags",
    "body": "notes",
    "url": "urls",
}
_OF_A_VIEW = {
    "URL": "urls",
    "Assignees": "person",
    "Status": "status",
    "Labels": "tags",
    "Start date": "start",
    "Target date": "end",
    "End date": "end",
}
_OWN = ("Repository", "Linked pull requests", "Reviewers", "Sub-issues progress", "Iteration")
_POINTS = ("Estimate", "Size", "Points", "Story points")


# --- JSON -----------------------------------------------------------------------------------------


def recognises_json(data: Any) -> bool:
    """Whether it is a list of issues."""
    return isinstance(data, list) and bool(data) and all(map(_is_issue, data))


def _is_issue(each: Any) -> bool:
    return isinstance(each, dict) and each.keys() >= _FIELDS and isinstance(each["number"], int)


def incoming_json(
    data: Any, source: str, mapping: Mapping[str, str] | None = None, today: date | None = None
) -> Incoming:
    """What the issues of a list say; rows are their places in it."""
    listed = [(at, each) for at, each in enumerate(data, 1) if not each.get("pull_request")]
    parents = {ref: _key(each) for _, each in listed for ref in _tasks(each)}
    read = [_issue(at, each, parents) for at, each in listed]
    pulls = [
        Loss(at, "pull_request", text_in(each["title"]), "a pull request is no issue")
        for at, each in enumerate(data, 1)
        if each.get("pull_request")
    ]
    export = Export(
        "GitHub", source, _MEANINGS, tuple(read), tuple(pulls), 1, "number", "title", "milestone"
    )
    return incoming_from(export, mapping, today)


def _address(each: Mapping[str, Any]) -> str:
    return text_in(each.get("html_url") or each.get("url"))


def _key(each: Mapping[str, Any]) -> str:
    return _key_of(_address(each)) or f"issue#{each['number']}"


def _key_of(address: str) -> str:
    """``web#12`` for an address; issues of several repositories are told apart so."""
    match = _URL.match(address)
    return f"{match[2]}#{match[3]}" if match else ""


def _named(ref: str, each: Mapping[str, Any]) -> str:
    """The key that a reference of an issue means; as it stands where it is another repository's."""
    if ref.startswith("http"):
        return _key_of(ref) or ref
    here = _URL.match(_address(each))
    repository, _, number = ref.partition("#")
    if not here:
        return ref if repository else f"issue#{number}"
    if repository and repository != f"{here[1]}/{here[2]}":
        return ref
    return f"{here[2]}#{number}"


def _tasks(each: Mapping[str, Any]) -> Iterator[str]:
    """The issues that an issue's list of tasks names."""
    for match in _TASKS.finditer(text_in(each.get("body"))):
        yield _named(match[1], each)


class _Body(NamedTuple):
    """What a body says: what is understood of it, and the rest."""

    waits_for: tuple[Named, ...]
    blocks: tuple[Named, ...]
    rest: str


def _body(each: Mapping[str, Any]) -> _Body:
    text = text_in(each.get("body"))
    found: dict[re.Pattern[str], list[Named]] = {_HOLDS: [], _WAITS: []}
    for pattern, heading in ((_HOLDS, "body: blocks"), (_WAITS, "body: waits for")):
        for match in pattern.finditer(text):
            for ref in re.findall(_REF, match[1]):
                found[pattern].append(Named(heading, _named(ref, each)))
        text = pattern.sub("", text)
    return _Body(tuple(found[_WAITS]), tuple(found[_HOLDS]), text.strip())


def _issue(at: int, each: Mapping[str, Any], parents: Mapping[str, str]) -> Issue:
    body, labels = _body(each), _labels(each)
    milestone = object_in(each.get("milestone"))
    department = next((name for label in labels if (name := _department(label))), "")
    people = [text_in(object_in(one).get("login")) for one in list_in(each.get("assignees"))]
    cells = {
        "labels (department)": department,
        "assignees": ", ".join(people),
        "state": _state(each),
        "milestone.dueOn": text_in(milestone.get("dueOn") or milestone.get("due_on")),
        "closedAt": text_in(each.get("closedAt") or each.get("closed_at")),
        "labels": ", ".join(each for each in labels if _department(each) is None),
        "body": body.rest,
        "url": _address(each),
    }
    return Issue(
        row=at,
        key=_key(each),
        title=text_in(each["title"]),
        cells={h: _cell(h, text) for h, text in cells.items() if text},
        waits_for=body.waits_for,
        blocks=body.blocks,
        parent=parents.get(_key(each), ""),
        whole=text_in(milestone.get("title")),
        is_epic=True,
    )


def _cell(heading: str, text: str) -> Cell:
    return day_cell(text) if heading in ("milestone.dueOn", "closedAt") else Cell(text)


def _labels(each: Mapping[str, Any]) -> list[str]:
    labels = list_in(each.get("labels"))
    return [text_in(object_in(one).get("name")) or text_in(one) for one in labels]


def _department(label: str) -> str | None:
    """The department that a label names: ``team: IT``, ``marketing``."""
    if match := _TEAM_LABEL.fullmatch(label.strip()):
        return match[1].strip()
    side, by_name = side_of(label)
    return label if by_name or (side and is_plain_side(label, side)) else None


def _state(each: Mapping[str, Any]) -> str:
    if text_in(each.get("state", "open")).lower() == "open":
        return "open"
    reason = text_in(each.get("stateReason") or each.get("state_reason")).lower()
    return "not planned" if reason in ("not_planned", "duplicate") else "closed"


# --- a project's view -----------------------------------------------------------------------------


def recognises(sheets: Sequence[Sheet]) -> bool:
    """Whether a sheet is the view of a project: its columns, and an address of an issue."""
    rows = sheets[0].rows if sheets else ()
    if not rows or not {cell.text for cell in rows[0]} >= _PROJECT:
        return False
    return any(_URL.match(cell.text) for row in rows[1:] for cell in row)


def incoming(
    sheets: Sequence[Sheet],
    source: str,
    mapping: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Incoming:
    """What the rows of a view say."""
    own = mapping or {}
    headings = [cell.text for cell in sheets[0].rows[0]]
    rows = [
        (at, {h: cell.text for h, cell in zip(headings, cells, strict=False) if cell.text})
        for at, cells in enumerate(sheets[0].rows[1:], 2)
    ]
    rows = [(at, cells) for at, cells in rows if cells]
    issues = tuple(_of_a_row(at, cells, own) for at, cells in rows)
    filled = {heading for _, cells in rows for heading in cells} - own.keys()
    losses = [*left_out("GitHub", (each for each in headings if each in filled & {*_OWN}))]
    for heading in filled & {*_POINTS}:
        losses += no_days(heading, sum(heading in cells for _, cells in rows))
    names = ("issue", "Title", "Milestone")
    export = Export("GitHub", source, _OF_A_VIEW, issues, tuple(losses), 2, *names)
    return incoming_from(export, mapping, today)


def _of_a_row(at: int, cells: Mapping[str, str], own: Mapping[str, str]) -> Issue:
    left = {"Title", "Milestone", "Parent issue", *_OWN, *_POINTS} - own.keys()
    return Issue(
        row=at,
        key=_key_of(cells.get("URL", "")),
        title=cells.get("Title", ""),
        cells={h: Cell(text) for h, text in cells.items() if h not in left},
        parent=_key_of(cells.get("Parent issue", "")),
        whole=cells.get("Milestone", ""),
    )
