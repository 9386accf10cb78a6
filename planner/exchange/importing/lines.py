"""The rows of a sheet below its headings: which are work, and which are something else.

Sections (a row with only a title over the rows of a phase), totals, headings that come again on
each page, and what stands below the table, a legend mostly, are no work.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from planner.exchange.importing.headings import Headed, folded
from planner.exchange.sheets.sheet import Cell

What = Literal["empty", "work", "single", "section", "total", "again", "below"]

_TOTAL = re.compile(
    r"(?:grand |sub ?|zwischen|gesamt|end)?"
    r"(?:total|totals|sum|summe|summen|suma|somme|totaux|totales)"
    r"(?: (?:general|global|gesamt|costs?|kosten|budget|days|tage|aufwand|eur|overall|all|rows|"
    r"presupuesto|jours|dias|marketing|it))*|gesamt(?:kosten|budget|aufwand|ergebnis|dauer)?|"
    r"(?:total|totaux|suma|somme|summe) .{0,20}(?:budget|kosten|cost|couts|costes)|insgesamt"
)
_LEGEND = re.compile(
    r"(?:legende?|leyenda|key|colou?rs?|farben|farblegende|stand|quelle|source|hinweise?|notes?|"
    r"last updated|updated|version|datum|erstellt|fuente|nota|notas|mise a jour)\b"
)


class Line(Struct, frozen=True):
    """One row, counted as the sheet's rows are, from 0; `text` is the words of a single one."""

    row: int
    what: What
    text: str = ""


def lines(table: Headed) -> list[Line]:
    """All rows below the headings."""
    below = range(table.row + 1, len(table.sheet.rows))
    found = [_line(table, row) for row in below]
    return _below(_sections(table, [*_over_the_headings(table, found), *found]))


def _over_the_headings(table: Headed, found: list[Line]) -> list[Line]:
    """The title of the first section, where each section has headings of its own."""
    if not table.row or all(line.what != "again" for line in found):
        return []
    texts = {cell.text for cell in table.sheet.rows[table.row - 1] if not cell.is_empty}
    return [Line(table.row - 1, "single", texts.pop())] if len(texts) == 1 else []


def _line(table: Headed, row: int) -> Line:
    cells = table.sheet.rows[row]
    texts = [cell.text for cell in cells if not cell.is_empty]
    if not texts:
        return Line(row, "empty")
    if _is_heading(table, cells):
        return Line(row, "again")
    first = texts[0] or texts[-1]
    if any(_TOTAL.fullmatch(_bare(text)) for text in texts[:2]) or first.startswith(("Σ", "∑")):
        return Line(row, "total", first)
    if len(set(texts)) == 1 and not _says_more(table, row):
        return Line(row, "single", first)
    return Line(row, "work", first)


def _bare(text: str) -> str:
    return folded(text.rstrip(" :"))


def _is_heading(table: Headed, cells: tuple[Cell, ...]) -> bool:
    """Whether the headings come again, as on each page."""
    above = table.sheet.rows[table.row]
    pairs = [(c.text, a.text) for c, a in zip(cells, above, strict=False) if c.text or a.text]
    same = sum(one == other for one, other in pairs)
    return same > 1 and 2 * same > len(pairs)


def _says_more(table: Headed, row: int) -> bool:
    """Whether the one cell of a row stands in a column that says something of work."""
    filled = [e for e in table.headings if not table.sheet.cell(row, e.column).is_empty]
    usual = ("title", "key", "part_of", None)
    return len(filled) == 1 and filled[0].meaning not in usual


def _sections(table: Headed, found: list[Line]) -> list[Line]:
    """Single rows over rows of work are sections, where they are few against those."""
    singles = sum(line.what == "single" for line in found)
    work = sum(line.what == "work" for line in found)
    sections = singles * 2 <= work + 1
    told = []
    for at, line in enumerate(found):
        if line.what == "single" and sections and _leads(table, found, at):
            line = replace(line, what="section")
        told.append(line)
    return told


def _leads(table: Headed, found: list[Line], at: int) -> bool:
    """Whether rows of work follow a single row, or another single one of another colour."""
    after = (line for line in found[at + 1 :] if line.what not in ("empty", "again"))
    following = next(after, None)
    if following is None or following.what not in ("work", "single"):
        return False
    if following.what == "work":
        return True
    return _fill(table, found[at].row) != _fill(table, following.row)


def _fill(table: Headed, row: int) -> str:
    return next((cell.fill for cell in table.sheet.rows[row] if cell.text), "")


def _below(found: list[Line]) -> list[Line]:
    """What stands after the last row of work is a legend where a row is empty before it, or where
    it says so.
    """
    last = max((at for at, line in enumerate(found) if line.what == "work"), default=-1)
    apart = False
    told = found[: last + 1]
    for line in found[last + 1 :]:
        apart = apart or line.what == "empty" or _LEGEND.match(_bare(line.text)) is not None
        kept = line.what in ("empty", "total", "again") or not apart
        told.append(line if kept else replace(line, what="below"))
    return [replace(line, what="work") if line.what == "single" else line for line in _legend(told)]


def _legend(found: list[Line]) -> list[Line]:
    """A legend may have rows of two cells, colour and words: those after its first line are its."""
    at = next((at for at, line in enumerate(found) if _LEGEND.fullmatch(_bare(line.text))), None)
    if at is None:
        return found
    return [
        replace(line, what="below") if place >= at and line.what not in ("empty", "total") else line
        for place, line in enumerate(found)
    ]


# --- cells that go on down ------------------------------------------------------------------------


def gone_on(table: Headed, found: list[Line]) -> dict[tuple[int, int], Cell]:
    """(row, column) → the cell above that an empty one stands for, in columns of groups and
    departments left of the title where a merged cell was saved as its first row alone.
    """
    work = [line.row for line in found if line.what == "work"]
    titles = [each.column for each in table.having("title")]
    down: dict[tuple[int, int], Cell] = {}
    for each in table.having("portfolio", "part_of", "team"):
        if titles and each.column < titles[0] and _goes_on(table, work, each.column):
            last = None
            for row in work:
                cell = table.sheet.cell(row, each.column)
                last = cell if cell.text else last
                if last is not None and not cell.text:
                    down[row, each.column] = last
    return down


def _goes_on(table: Headed, work: list[int], column: int) -> bool:
    """Whether a column has gaps as merged cells leave: its first row is filled, two in five are
    empty, and no text comes again after another.
    """
    texts = [table.sheet.cell(row, column).text for row in work]
    filled = [text for text in texts if text]
    gaps = len(texts) - len(filled)
    return (
        bool(texts and texts[0]) and 5 * gaps >= 2 * len(texts) and len(set(filled)) == len(filled)
    )
