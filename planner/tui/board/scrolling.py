"""Where the rows on screen begin, so that the cursor is among them: by half pages.

Every scroll repaints everything, so a cursor that leaves the screen takes half a page with it. The
headings over the cursor come along as far as there is room for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.tui.board.outline import Outline


def following(outline: Outline, cursor: int, top: int, height: int) -> int:
    """The first row of `height` that are shown, where it was `top` and the cursor has moved."""
    before, page = top, max(1, height // 2)
    if not top - height <= cursor < top + 2 * height:
        top = cursor - height // 2
    elif cursor < top:
        top = min(cursor, top - page)
    elif cursor >= top + height:
        top = max(cursor - height + 1, top + page)
    top = max(0, min(top, len(outline) - height))
    if top == before:
        return top
    return min(top, *(up for up in _over(outline, cursor) if cursor - up <= height * 3 // 4), top)


def begun(outline: Outline, cursor: int, top: int, height: int) -> int:
    """The first row where the rows are others than before: as near to all's first as shows the
    cursor, and a heading where there is one over it.
    """
    near = 0 if cursor < height else max(0, cursor - height // 2)
    top, rows = following(outline, cursor, min(top, near), height), outline.rows
    if top >= len(rows) or rows[top].heading:
        return top
    top = min((up for up in _over(outline, cursor) if cursor - up < height), default=top)
    top = max(0, min(top, len(rows) - height))
    over = None if rows[top].heading else outline.parent(top)
    return top if over is None or cursor - over >= height else over


def _over(outline: Outline, row: int) -> Iterator[int]:
    """The headings over a row, the innermost first."""
    up = outline.parent(row) if outline.rows else None
    while up is not None:
        yield up
        up = outline.parent(up)
