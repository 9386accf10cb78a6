"""Findings as rows of a list: one line each under a heading with its counts.

Pure: from findings to lines. The message comes first, and gives up room to who moves next only on
a screen that is wide enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from rich.cells import cell_len

from planner.conflicts.findings import SEVERITY_MARKS, Finding
from planner.pages.conflict import group_page
from planner.pages.conflicts import SEVERITY_ROLES, next_short
from planner.pages.roles import side_role
from planner.pages.signs import WAIVED
from planner.plan.model import Plan
from planner.text.visible import visible
from planner.tui.lines.cells import Look, fitted
from planner.tui.lines.pages import Explained, Line, coloured, line_of
from planner.tui.lines.row_list import Row
from planner.tui.shell.themes import Role
from planner.tui.views.conflicts_groups import Group

NEXT_FROM = 70
"""From this width on a row says who moves next also where that cuts the message."""
CODE = 8
LEAST = 8
"""Columns of a code, and of who moves next below which that says too little."""
FOLD = 2
"""Columns of the sign that a heading folds."""

Says = Callable[[Finding], str]
"""Says where a finding stands in the files, or who moves next."""


def rows_of(
    plan: Plan, group: Group, where: Says, page: Callable[[Finding, int], Explained]
) -> Iterator[Row]:
    """The heading of a group, and its findings; `page` tells one of them in full."""
    key = f"group {group.key}"
    line, told = partial(group_line, group), partial(_group_page, group)
    yield Row(line, key, told, of=group, heading=True, group=key)
    for one in group.findings:
        line, told = (
            partial(finding_line, one, where, partial(next_short, plan)),
            partial(page, one),
        )
        yield Row(line, one.fingerprint, told, (one.kind, one.id), one, group=key, amiss=True)


def _group_page(group: Group, width: int) -> Explained:
    role = side_role(group.side) if group.side else "title"
    return coloured(group_page(group.title, role, group.counts, group.waived, group.key, width))


def group_line(group: Group, width: int) -> Line:
    """What the findings have in common, and how many there are."""
    role: Role = side_role(group.side) if group.side else _worst(group)
    counts: Line = [
        (f" {SEVERITY_MARKS[severity]}{count}", (SEVERITY_ROLES[severity], None, False))
        for severity, count in group.counts.items()
        if count
    ]
    if group.waived:
        counts += line_of((f" {WAIVED}{group.waived} waived", "done"))
    room = width - FOLD - 1 - sum(len(text) for text, _ in counts)
    title = fitted(group.title, min(room, cell_len(group.title)))
    return [(f"{title} ", (role, None, True)), *counts]


def _worst(group: Group) -> Role:
    for severity, count in group.counts.items():
        if count:
            return SEVERITY_ROLES[severity] if severity != "info" else "text"
    return "done"


def finding_line(finding: Finding, where: Says, who: Says, width: int) -> Line:
    """Its severity, its message, where that leaves room who moves next, and its code."""
    quiet = finding.waived
    mark = WAIVED if quiet else SEVERITY_MARKS[finding.severity]
    dim: Look = ("done" if quiet else "dim", None, False)
    lead, code = f"  {mark} ", f"  {finding.code:<{CODE}}"
    message = visible(finding.message)
    room = max(8, width - len(lead) - len(code))
    end = _end(finding, where, who, width, room - cell_len(message))
    return [
        (lead, ("done" if quiet else SEVERITY_ROLES[finding.severity], None, True)),
        (fitted(message, room - cell_len(end)), ("done" if quiet else "text", None, False)),
        (end, dim),
        (code, dim),
    ]


def _end(finding: Finding, where: Says, who: Says, width: int, free: int) -> str:
    """Where a bad value stands, or who moves next, where the message leaves room for it; of a
    message that has no room itself, as much as it can spare.
    """
    if finding.waived:
        return "  waived"
    if finding.code.startswith("READ"):
        place = where(finding)
        return f"  {fitted(place, min(cell_len(place), width // 3))}"
    party = who(finding)
    most = max(free - 2, 0 if width < NEXT_FROM else 14 if width < 88 else 22)
    size = min(cell_len(party), most)
    return f"  {fitted(party, size)}" if size >= min(cell_len(party), LEAST) > 0 else ""
