"""Colours behind cells: what a legend says they mean, and which of them would be lost.

A colour that only repeats what a column says (a traffic light on the status), that runs through a
whole column, or bands every other row, says nothing. Any other is a status where a legend of the
sheet says so, else one loss for each colour with its rows. Bars drawn in cells under weeks or
months are told as what they are: a chart, from which no date is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from planner.exchange.importing.building import Draft
from planner.exchange.importing.choices import colour_called, colour_of, status_of
from planner.exchange.importing.days import Span, read_words
from planner.exchange.importing.headings import Headed, Heading, letter
from planner.exchange.importing.lines import Line
from planner.roadmap.figures import listed

_CLASSES = frozenset(("status", "priority", "portfolio", "kind", "part_of", "team", "owner"))
"""The meanings of columns of few words, which a colour may only repeat."""
Place = tuple[int, int]
"""(row, column), both from 0."""


def legend_of(table: Headed, found: Sequence[Line]) -> dict[str, str]:
    """Colour → status, as rows outside the table say: a cell of the colour beside or behind words,
    or the colour's name before them: ``gelb = verschoben``.
    """
    rows = [*range(table.row), *(line.row for line in found if line.what in ("below", "section"))]
    meant: dict[str, str] = {}
    for row in rows:
        cells = table.sheet.rows[row]
        fill = next((name for c in cells if c.fill and (name := colour_of(c.fill))), None)
        words = " ".join(dict.fromkeys(cell.text for cell in cells if cell.text))
        name, said = _named(words)
        status = status_of(said)
        colour = name or fill
        if colour and status:
            meant[colour] = status
    return meant


def _named(words: str) -> tuple[str | None, str]:
    """The colour that words begin with, and the rest: ``yellow: on hold``."""
    first, _, rest = words.replace("=", " ").replace(":", " ").strip().partition(" ")
    colour = colour_called(first)
    return (colour, rest.strip(" -–→")) if colour else (None, words)


def tell(
    draft: Draft, table: Headed, work: Mapping[int, str], legend: Mapping[str, str], label: str
) -> None:
    """One loss for each colour of rows of work (row → id) that is neither in the legend nor
    without meaning.
    """
    rows: dict[str, dict[int, None]] = {}
    columns: dict[str, dict[int, None]] = {}
    for (row, column), colour in _speaking(table, work):
        status = draft.tables["initiatives"][work[row]].get("status")
        if legend.get(colour, "") == status:
            continue
        rows.setdefault(colour, {})[row + 1] = None
        columns.setdefault(colour, {})[column] = None
    for colour, found in rows.items():
        lines = "row" if len(found) == 1 else "rows"
        verb = "is" if len(found) == 1 else "are"
        where = _where(table, list(columns[colour]))
        why = f"{lines} {listed(map(str, found), 30)} {verb} {colour}; colours are not carried over"
        draft.lose(next(iter(found)), label + where, colour, why)


def _where(table: Headed, columns: Sequence[int]) -> str:
    names = [table.headings[column].text or letter(column) for column in columns]
    return names[0] if len(names) == 1 else ""


def _speaking(table: Headed, work: Mapping[int, str]) -> Iterator[tuple[Place, str]]:
    """The coloured cells of work that say something, with their colour."""
    bars = {each.column for each in bars_of(table)}
    found = {
        (row, each.column): colour
        for row in work
        for each in table.headings
        if each.column not in bars
        and (fill := table.sheet.cell(row, each.column).fill)
        and (colour := colour_of(fill))
    }
    silent = {each.column for each in table.headings if _is_silent(table, work, each.column, found)}
    banded = _is_banded(work, found)
    for place, colour in found.items():
        if place[1] not in silent and not banded:
            yield place, colour


def _is_silent(
    table: Headed, work: Mapping[int, str], column: int, found: Mapping[Place, str]
) -> bool:
    """Whether the colours of a column repeat its words, or are all the same."""
    colours = {row: found.get((row, column), "") for row in work}
    if len(work) > 2 and len(set(colours.values())) == 1:
        return True
    by_text: dict[str, set[str]] = {}
    for row, colour in colours.items():
        by_text.setdefault(table.sheet.cell(row, column).text, set()).add(colour)
    return table.headings[column].meaning in _CLASSES and all(
        len(each) == 1 for each in by_text.values()
    )


def _is_banded(work: Mapping[int, str], found: Mapping[Place, str]) -> bool:
    """Whether every other row is coloured, as tables are to be read more easily."""
    coloured = {row for row, _ in found}
    marks = [row in coloured for row in work]
    alternate = all(one != other for one, other in pairwise(marks))
    return len(marks) > 3 and alternate and len(set(found.values())) == 1


# --- a chart drawn in cells -----------------------------------------------------------------------


def bars_of(table: Headed) -> list[Heading]:
    """The columns of a chart: three or more, each headed by a week, month or day, side by side."""
    found = [
        each
        for each in table.headings
        if each.meaning is None and each.text and isinstance(read_words(each.text), Span)
    ]
    return found if len(found) > 2 else []


def tell_bars(draft: Draft, table: Headed, work: Mapping[int, str], label: str) -> set[int]:
    """One loss for a chart, with its rows; returns its columns."""
    bars = bars_of(table)
    if not bars:
        return set()
    drawn = [row + 1 for row in work if any(_is_drawn(table, row, each.column) for each in bars)]
    if drawn:
        names = f"{bars[0].text} … {bars[-1].text}"
        why = (
            f"a chart drawn in cells in {len(drawn)} rows: no dates are read from it; add columns "
            "for start and end"
        )
        draft.lose(table.row + 1, label + names, f"rows {listed(map(str, drawn), 30)}", why)
    return {each.column for each in bars}


def _is_drawn(table: Headed, row: int, column: int) -> bool:
    cell = table.sheet.cell(row, column)
    return bool(cell.fill) or not cell.is_empty
