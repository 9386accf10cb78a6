"""The list of findings: one line each under foldable headings.

It shows what it is given; which findings, and in which groups, the view decides.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len

from planner.conflicts.findings import SEVERITY_MARKS, Finding
from planner.pages.conflicts import SEVERITY_ROLES
from planner.pages.roles import side_role
from planner.pages.signs import CURSOR, OPEN, SHUT, WAIVED
from planner.text.visible import visible
from planner.tui.lines.cells import Look, fitted
from planner.tui.lines.row_list import Pieces, RowList
from planner.tui.shell.themes import Role
from planner.tui.views.conflicts_groups import Found, Group, Row

NEXT_FROM = 72
"""From this width on a row says who moves next also where that cuts the message."""
CODE = 8
LEAST = 8
"""Columns of a code, and of who moves next below which that says too little."""


class FindingsList(RowList[Row]):
    """Rows of findings with a cursor."""

    def __init__(self, where: Callable[[Finding], str], who: Callable[[Finding], str]) -> None:
        super().__init__()
        self._where = where
        self._who = who

    # --- what is in it ----------------------------------------------------------------------------

    @property
    def finding(self) -> Finding | None:
        """The finding under the cursor; None on a heading."""
        row = self.row
        return row.finding if isinstance(row, Found) else None

    def find(self, wanted: Callable[[Finding], bool]) -> int | None:
        """The first row with such a finding."""
        return next(
            (
                at
                for at, row in enumerate(self.rows)
                if isinstance(row, Found) and wanted(row.finding)
            ),
            None,
        )

    # --- the cursor -------------------------------------------------------------------------------

    def move_to_finding(self, by: int) -> bool:
        """To the next (1) or previous (-1) finding, past headings; whether there is one."""
        at = self.cursor + by
        while 0 <= at < len(self.rows):
            if isinstance(self.rows[at], Found):
                self.cursor = at
                return True
            at += by
        return False

    # --- drawing ----------------------------------------------------------------------------------

    def pieces(self, at: int, *, here: bool) -> Pieces:
        """A heading with its counts, or a finding on one line."""
        row = self.rows[at]
        return self._heading(row, here) if isinstance(row, Group) else self._line(row.finding, here)

    def _heading(self, group: Group, here: bool) -> Pieces:
        role: Role = side_role(group.side) if group.side else _worst(group)
        counts: Pieces = [
            (f" {SEVERITY_MARKS[severity]}{count}", (SEVERITY_ROLES[severity], None, False))
            for severity, count in group.counts.items()
            if count
        ]
        if group.waived:
            counts.append((f" {WAIVED}{group.waived} waived", ("done", None, False)))
        fold = SHUT if group.folded else OPEN
        room = self.size.width - 5 - sum(len(text) for text, _ in counts)
        title = fitted(group.title, min(room, cell_len(group.title)))
        mark = CURSOR if here else " "
        return [
            (f"{mark}{fold} ", ("dim", None, False)),
            (f"{title} ", (role, None, True)),
            *counts,
        ]

    def _line(self, finding: Finding, here: bool) -> Pieces:
        quiet = finding.waived
        mark = WAIVED if quiet else SEVERITY_MARKS[finding.severity]
        text: Look = ("done" if quiet else "strong" if here else "text", None, here)
        dim: Look = ("done" if quiet else "dim", None, False)
        lead = f"{CURSOR if here else ' '}  {mark} "
        code = f"  {finding.code:<{CODE}} "
        message = visible(finding.message)
        room = max(8, self.size.width - len(lead) - len(code))
        end = self._end(finding, room - cell_len(message))
        return [
            (lead, ("done" if quiet else SEVERITY_ROLES[finding.severity], None, True)),
            (fitted(message, room - cell_len(end)), text),
            (end, dim),
            (code, dim),
        ]

    def _end(self, finding: Finding, free: int) -> str:
        """Where a bad value stands, or who moves next, where the message leaves room for it; of a
        message that has no room itself, as much as it can spare.
        """
        if finding.waived:
            return "  waived"
        width = self.size.width
        if finding.code.startswith("READ"):
            where = self._where(finding)
            return f"  {fitted(where, min(cell_len(where), width // 3))}"
        who = self._who(finding)
        most = max(free - 2, 0 if width < NEXT_FROM else 14 if width < 90 else 22)
        size = min(cell_len(who), most)
        return f"  {fitted(who, size)}" if size >= min(cell_len(who), LEAST) > 0 else ""


def _worst(group: Group) -> Role:
    for severity, count in group.counts.items():
        if count:
            return SEVERITY_ROLES[severity] if severity != "info" else "text"
    return "done"
