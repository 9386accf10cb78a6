"""Never in silence: each cell of any sheet is in what was read, or in a loss; and it reads back."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import tomli
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.analysis.importing import Incoming
from planner.errors import UsageError
from planner.exchange.importing.building import plain
from planner.exchange.importing.rows import incoming_of
from planner.exchange.sheets.sheet import Cell, Sheet
from planner.roadmap.reading import read as read_roadmap
from tests.imports.rows import TODAY
from tests.long import examples

_HEADINGS = (
    "Task|Vorhaben|Titre|Start|Beginn|End|Fin|Due date|Fällig|Duration|Dauer (Tage)|Aufwand|Status|"
    "État|Owner|Team|Assignee|Department|Abteilung|Systeme|Changes|Depends on|Vorgänger|Blocks|"
    "Notes|Kommentar|Tags|Phase|Type|Milestone|KPI|Vendor|URL|Progress|% Complete|Priority|Budget|"
    "Kosten|ID|Nr|Weather|Foo|Timeline|Actual start|Closed|start_no_earlier_than|Daten||"
    "Responsible|Owner"
)
HEADINGS = st.sampled_from(_HEADINGS.split("|"))
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
_WORDS = (
    "-|TBD|n/a|?|x|12|3|5d|2 Wochen|1-2 weeks|3h|0|In Arbeit|done|wirr|Anna / Ben|Anna, Ben|CRM|"
    "anna@acme.example|Marketing|IT|Legal|Web & CRM|31.02.2027|03.05.2027|13/5/27|KW 18|Q2 2027|"
    "12 Apr|46300|mars 2027|1.200,50 €|12k|$12,000|40 %|1.5|P1|hoch|Summe|Total:|=A1+B1|#REF!|"
    "Salesforce; HubSpot|#12|needs SSO from IT|https://a.example/x|Milestone|Legende|gelb|"
    "A very long title that goes on and on, and says what should be in the notes, until nobody "
    "wants to read it any more, and then some|two\nlines|a\x07b|a\u202eb|SHOP-12|SHOP-12"
)
WORDS = st.sampled_from(_WORDS.split("|"))
VALUES = st.one_of(
    st.none(),
    st.none(),
    WORDS,
    WORDS,
    DAYS,
    st.text(max_size=12),
    st.integers(-5, 50000),
    st.floats(-2, 200, allow_nan=False).map(lambda number: round(number, 3)),
    st.booleans(),
)
CELLS = st.builds(
    Cell,
    value=VALUES,
    note=st.sampled_from(["", "", "", "", "after SSO", "s. Mail"]),
    fill=st.sampled_from(["", "", "", "FFFF00", "92D050"]),
    link=st.sampled_from(["", "", "", "", "https://b.example/y"]),
)


@st.composite
def sheets(draw: Any) -> Sheet:
    headings = ["Task", *draw(st.lists(HEADINGS, min_size=1, max_size=8))]
    width = len(headings)
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=8))
    above = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=1))
    top = [tuple(Cell(heading) for heading in headings)]
    hidden = draw(st.frozensets(st.integers(0, 8), max_size=2))
    return Sheet("Plan", tuple(tuple(row) for row in (*above, *top, *rows)), hidden)


def emptied(sheet: Sheet, row: int, column: int) -> Sheet:
    """The same sheet with nothing in one cell."""
    rows = [list(each) for each in sheet.rows]
    rows[row][column] = Cell(fill=rows[row][column].fill)
    return Sheet(sheet.title, tuple(map(tuple, rows)), sheet.hidden)


def read(sheet: Sheet) -> Incoming | None:
    """What the sheet says; None where it is asked back, with nothing read."""
    try:
        return incoming_of([sheet], "plan.xlsx", None, TODAY)
    except UsageError:
        return None


def stands_twice(sheet: Sheet, row: int, column: int) -> bool:
    """Whether the row has the same text once more, as merged cells have."""
    texts = [cell.text for cell in sheet.rows[row]]
    return texts.count(texts[column]) > 1


@settings(max_examples=examples(12, 30), deadline=None)
@given(sheets())
def test_no_cell_could_be_left_empty_without_a_difference(sheet: Sheet) -> None:
    """What was lost in silence would make none: not in tables, links, phrases, dates, losses."""
    found = read(sheet)
    places = [
        (row, column)
        for row, cells in enumerate(sheet.rows)
        for column, cell in enumerate(cells)
        if not cell.is_empty and plain(cell.text) and not stands_twice(sheet, row, column)
    ]
    for row, column in places if found else ():
        assert read(emptied(sheet, row, column)) != found, (row, column, sheet.cell(row, column))


@settings(max_examples=examples(60, 150), deadline=None)
@given(sheets())
def test_what_is_read_reads_back_without_a_finding(sheet: Sheet) -> None:
    found = read(sheet)
    if found is not None:
        tables = {kind: dict(table) for kind, table in found.tables.items()}
        text = tomli_w.dumps(msgspec.to_builtins(tables, builtin_types=(date,)))
        assert read_roadmap({"plan.toml": tomli.loads(text)}).problems == ()


@settings(max_examples=30, deadline=None)
@given(sheets())
def test_the_same_sheet_always_gives_the_same(sheet: Sheet) -> None:
    assert read(sheet) == read(sheet)
