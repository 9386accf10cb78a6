"""A sheet with headings of people's own, as what it says in the roadmap's terms.

Nothing that a cell says is lost unsaid: it is in the tables, dates, links or phrases, in a loss, or
in a column that was taken for nothing, which is a loss itself.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date

from planner.analysis.importing import Column, Incoming
from planner.errors import UsageError
from planner.exchange.importing import own
from planner.exchange.importing.building import Draft, held, rows_told
from planner.exchange.importing.cells import read_cell
from planner.exchange.importing.colours import legend_of, tell, tell_bars
from planner.exchange.importing.columns import Columns
from planner.exchange.importing.headings import Headed, Heading, headed, missing
from planner.exchange.importing.lines import Line, gone_on, lines
from planner.exchange.importing.linking import linked
from planner.exchange.importing.ordering import ordering
from planner.exchange.importing.parties import side_of
from planner.exchange.importing.work import Work
from planner.exchange.sheets.sheet import Cell, Sheet
from planner.roadmap.figures import listed


def incoming_of(
    sheets: Sequence[Sheet],
    source: str,
    mapping: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Incoming:
    """What the sheets say. `mapping` is heading → meaning, ``""`` to leave a column out.

    Raises UsageError where no row looks like headings, where the mapping names a column that is not
    there, and where dates can be read both ways.
    """
    day = today or date.today()
    draft = Draft(source, day)
    for said in (said for sheet in sheets for said in sheet.notes):
        draft.note(f"The file is {said}.")
    if not mapping and own.recognises(sheets):
        return own.incoming(draft, sheets)
    tables = _tables(draft, sheets, mapping or {}, source)
    order = ordering(tables, source, day)
    for table in tables:
        label = f"{table.sheet.title}: " if len(tables) > 1 else ""
        _read(draft, Columns(table, order, draft, label))
    return held(linked(draft.incoming(), draft.texts))


# --- which sheets ---------------------------------------------------------------------------------


def _tables(
    draft: Draft, sheets: Sequence[Sheet], mapping: Mapping[str, str], source: str
) -> list[Headed]:
    """The first sheet with headings, and all with headings like it; the others are said."""
    found = [(sheet, headed(sheet, mapping)) for sheet in sheets]
    first = next((table for _, table in found if table is not None and table.having("title")), None)
    if first is None:
        raise UsageError(
            "no row looks like headings: a title, and another that is known",
            file=source,
            hint='name what your headings mean in a file, `"Heading" = "title"`, and give it '
            "with --map",
        )
    tables = [table for _, table in found if table is not None and _is_like(first, table)]
    gone = list(missing(mapping, tables))
    if gone:
        known = listed([each.text for each in first.headings if each.text], 20)
        raise UsageError(
            f"the mapping names {listed([f'“{text}”' for text in gone])}, which no column has",
            file=source,
            hint=f"the headings are {known}",
        )
    for sheet, table in found:
        if table not in tables:
            _leave_out(draft, sheet)
    return tables


def _is_like(first: Headed, other: Headed) -> bool:
    """Whether two sheets have mostly the same headings."""
    mine = {each.text for each in first.headings if each.meaning}
    theirs = {each.text for each in other.headings if each.meaning}
    return bool(other.having("title")) and 2 * len(mine & theirs) > len(mine)


def _leave_out(draft: Draft, sheet: Sheet) -> None:
    cells = sum(not cell.is_empty for row in sheet.rows for cell in row)
    if cells:
        why = "another sheet, with other headings; it is not read"
        draft.lose(0, f"sheet {sheet.title}", f"{cells} cells", why)


# --- one sheet ------------------------------------------------------------------------------------


def _read(draft: Draft, columns: Columns) -> None:
    table = columns.table
    side = _side_of_sheet(table)
    found = lines(table)
    _above(draft, table, {line.row for line in found})
    section: str | None = None
    columns.legend, columns.down = legend_of(table, found), gone_on(table, found)
    for line in found:
        if line.what == "section":
            section = draft.named("groups", line.text)
            columns.aside(table.having("title")[0], "sections read as groups", line.row + 1)
            _beside(draft, columns, line, "a section")
        elif line.what == "work":
            _work(columns, line, section, side)
        elif line.what in ("total", "below"):
            why = "a total, no work" if line.what == "total" else "below the table"
            _beside(draft, columns, line, why)
        elif line.what == "again":
            draft.note("Headings that come again further down are left out.")
    _hidden(draft, columns)
    rows = {row - 1: id for id, row in draft.rows.items() if id in columns.made}
    bars = tell_bars(draft, table, rows, columns.label)
    tell(draft, table, rows, columns.legend, columns.label)
    draft.columns += [_told(columns, each) for each in table.headings if each.text or each.meaning]
    _unread(draft, columns, bars)


def _side_of_sheet(table: Headed) -> str | None:
    """The department that the sheet is called after, where no column has it."""
    title = table.sheet.title
    return title if not table.having("portfolio") and side_of(title)[1] else None


def _above(draft: Draft, table: Headed, read: set[int]) -> None:
    for at, row in enumerate(table.sheet.rows[: table.row]):
        if at in read:
            continue
        texts = list(dict.fromkeys(cell.text for cell in row if cell.text))
        texts += [cell.note for cell in row if cell.note]
        if texts:
            draft.note(f"Above the headings: {' · '.join(texts)}")


def _work(columns: Columns, line: Line, section: str | None, side: str | None) -> None:
    work = Work(columns, line.row + 1, section, side)
    for heading in columns.table.headings:
        cell = columns.table.sheet.cell(line.row, heading.column)
        above = columns.down.get((line.row, heading.column))
        if above is not None:
            columns.aside(heading, "empty cells read as the one above", line.row + 1)
        read_cell(work, heading, cell if above is None else Cell(above.value, cell.note))
    work.finish()


def _beside(draft: Draft, columns: Columns, line: Line, why: str) -> None:
    """A row that is no work: what it says, once."""
    cells = columns.table.sheet.rows[line.row]
    texts = list(dict.fromkeys(t for cell in cells for t in (cell.text, cell.note) if t))
    rest = [text for text in texts if text != line.text]
    if why != "a section" or rest:
        draft.lose(line.row + 1, columns.label.rstrip(": "), " · ".join(texts), why)


def _hidden(draft: Draft, columns: Columns) -> None:
    sheet, first = columns.table.sheet, columns.table.row
    where = f"sheet {sheet.title}, " if columns.label else ""
    for rows, what in ((sheet.hidden, "hides"), (sheet.struck, "strikes through")):
        found = [row + 1 for row in sorted(rows) if row > first]
        if found:
            draft.note(
                f"Read as the others, though the file {what} them: {where}{rows_told(found)}."
            )
    if sheet.is_hidden:
        draft.note(f"Read as the others, though the file hides it: sheet {sheet.title}.")
    for note in sheet.notes:
        draft.note(note)


def _told(columns: Columns, heading: Heading) -> Column:
    order = columns.ordering.orders.get((columns.table.sheet.title, heading.column), ("", ""))[1]
    asides = columns.asides.get(heading.column, {})
    whole = (f"{what} ({rows_told(rows)})" for what, rows in asides.items())
    why = "; ".join(each for each in (heading.why, order, *whole) if each)
    return Column(columns.name(heading), heading.meaning, why)


def _unread(draft: Draft, columns: Columns, told: Container[int]) -> None:
    """One loss for each column that was taken for nothing."""
    table = columns.table
    for heading in table.headings:
        if heading.meaning is not None or heading.column in told:
            continue
        rows = range(table.row + 1, len(table.sheet.rows))
        filled = [row + 1 for row in rows if table.sheet.cell(row, heading.column).text]
        if filled:
            why = heading.why or "no known meaning; name one with --map"
            draft.lose(table.row + 1, columns.name(heading), rows_told(filled), f"{why}: left out")
            if not heading.text:
                draft.columns.append(Column(columns.name(heading), None, heading.why))
