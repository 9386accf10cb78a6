"""The list of findings: one line each under foldable headings, drawn line by line.

Only what is in view is drawn, so ten thousand findings scroll as ten do, and a cursor move repaints
two rows. The list shows what it is given; which findings, and in which groups, the view decides.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from planner.conflicts.findings import Finding
from planner.consequence import SEVERITY_MARKS
from planner.roadmap.entities import Severity
from planner.text.visible import visible
from planner.tui.theme import Role, palette
from planner.tui.theme import side as side_role
from planner.tui.widgets.cells import Look, fitted, strip
from planner.tui.widgets.findings_groups import Found, Group, Row

SEVERITY_ROLES: dict[Severity, Role] = {"error": "critical", "warning": "warning", "info": "dim"}
WAIVED = "~"
CURSOR = "▸"
"""Stands before the row under the cursor, so that it reads without colour."""
NEXT_FROM = 72
"""From this width on a row says at its end who moves next."""

Pieces = list[tuple[str, Look]]


class FindingsList(ScrollView, can_focus=True):
    """Rows of findings with a cursor. Posts `Moved` when the cursor came to another row."""

    DEFAULT_CSS = (
        "FindingsList { background: $ground; scrollbar-size-vertical: 1; overflow-x: hidden; }"
    )

    cursor = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor is on another row."""

    class Opened(Message):
        """A row was clicked that was selected before."""

    def __init__(self, where: Callable[[Finding], str], who: Callable[[Finding], str]) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._where = where
        self._who = who

    # --- what is in it ----------------------------------------------------------------------------

    def show(self, rows: list[Row], keep: int) -> None:
        """Show other rows, with the cursor on row `keep` or the nearest there is."""
        self.rows = rows
        self.virtual_size = Size(self.size.width, len(rows))
        self.set_reactive(FindingsList.cursor, max(0, min(keep, len(rows) - 1)))
        self._into_view()
        self.refresh()

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

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

    def move(self, by: int) -> None:
        """Move the cursor by rows, stopping at the ends."""
        self.move_to(self.cursor + by)

    def move_to(self, row: int) -> None:
        """Put the cursor on a row."""
        self.cursor = max(0, min(row, len(self.rows) - 1))

    def move_to_finding(self, by: int) -> bool:
        """To the next (1) or previous (-1) finding, past headings; whether there is one."""
        at = self.cursor + by
        while 0 <= at < len(self.rows):
            if isinstance(self.rows[at], Found):
                self.cursor = at
                return True
            at += by
        return False

    def watch_cursor(self, before: int, after: int) -> None:
        """Repaint the two rows that changed and keep the cursor in view."""
        for row in (before, after):
            self._refresh_row(row)
        self._into_view()
        self.post_message(self.Moved())

    def _refresh_row(self, row: int) -> None:
        y = row - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _into_view(self) -> None:
        """Scroll by half a screen, so that most steps repaint two rows only."""
        height, top = self.size.height, self.scroll_offset.y
        if height and not top <= self.cursor < top + height:
            self.scroll_to(
                y=max(0, self.cursor - height // 2), animate=False, immediate=True, force=True
            )

    def on_resize(self) -> None:
        """The rows are as wide as the widget."""
        self.virtual_size = Size(self.size.width, len(self.rows))
        self._into_view()

    def on_click(self, event: events.Click) -> None:
        """A click selects; on what is selected it opens."""
        row = event.y + self.scroll_offset.y
        if row == self.cursor:
            self.post_message(self.Opened())
        elif row < len(self.rows):
            self.cursor = row

    # --- drawing ----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One row."""
        at = y + self.scroll_offset.y
        colours = palette(self.app)
        if at >= len(self.rows):
            return strip([(" " * self.size.width, ("text", "ground", False))], [], colours)
        here = at == self.cursor
        row = self.rows[at]
        pieces = (
            self._heading(row, here) if isinstance(row, Group) else self._line(row.finding, here)
        )
        under: Role = "cursor-ground" if here else "ground"
        line = strip(pieces, [], colours, under, reversed_text=here and colours.sixteen)
        return line.crop_extend(0, self.size.width, colours.style("text", under))

    def _heading(self, group: Group, here: bool) -> Pieces:
        role: Role = side_role(group.side) if group.side else _worst(group)
        counts: Pieces = [
            (f" {SEVERITY_MARKS[severity]}{count}", (SEVERITY_ROLES[severity], None, False))
            for severity, count in group.counts.items()
            if count
        ]
        if group.waived:
            counts.append((f" {WAIVED}{group.waived} waived", ("done", None, False)))
        fold = "▸" if group.folded else "▾"
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
        width = self.size.width
        end = self._end(finding)
        room = max(8, width - 14 - cell_len(end))
        return [
            (
                f"{CURSOR if here else ' '}  {mark} ",
                ("done" if quiet else SEVERITY_ROLES[finding.severity], None, True),
            ),
            (f"{finding.code:<9}", ("done" if quiet else "dim", None, False)),
            (fitted(visible(finding.message), room), text),
            (end, ("dim", None, False)),
        ]

    def _end(self, finding: Finding) -> str:
        """Where a bad value stands, or who moves next, where there is room for it."""
        if finding.waived:
            return "  waived "
        if finding.code.startswith("READ"):
            return f"  {fitted(self._where(finding), min(24, self.size.width // 3), right=True)} "
        if self.size.width < NEXT_FROM:
            return " "
        return f"  {fitted(self._who(finding), 14 if self.size.width < 90 else 22)} "


def _worst(group: Group) -> Role:
    for severity, count in group.counts.items():
        if count:
            return SEVERITY_ROLES[severity] if severity != "info" else "text"
    return "done"
