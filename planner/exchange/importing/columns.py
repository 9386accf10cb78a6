"""The columns of one sheet: what its cells need to be read, and what is found out meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from planner.exchange.importing import parties
from planner.exchange.importing.amounts import currency_in, read_money
from planner.exchange.importing.building import Draft, plain
from planner.exchange.importing.headings import Headed, Heading, letter
from planner.exchange.importing.ordering import Ordering
from planner.exchange.sheets.sheet import Cell


class Columns:
    """What the columns of one sheet need to read a cell, and what is found out meanwhile."""

    def __init__(self, table: Headed, order: Ordering, draft: Draft, label: str) -> None:
        self.table, self.ordering, self.draft = table, order, draft
        self.label = label
        """``SHEET: `` before the headings, where several sheets are read."""
        self.asides: dict[int, dict[str, list[int]]] = {}
        self.people = {
            each.column
            for each in table.having("owner", "responsible")
            if parties.mostly_people(self._names(each.column))
        }
        self.fractions = {
            e.column for e in table.having("percent_complete") if self._is_fraction(e)
        }
        self._find_currency()
        self.has_sides = bool(table.having("portfolio"))
        self.legend: Mapping[str, str] = {}
        """Colour → status, as a legend of the sheet says."""
        self.down: Mapping[tuple[int, int], Cell] = {}
        """Empty cells that stand for one above."""
        self.made: set[str] = set()
        """The initiatives of the sheet."""

    def name(self, heading: Heading) -> str:
        return self.label + (heading.text or f"column {letter(heading.column)}")

    def aside(self, heading: Heading, what: str, row: int) -> None:
        """What holds for some cells of a column alike, told once with their rows."""
        self.asides.setdefault(heading.column, {}).setdefault(what, []).append(row)

    def _cells(self, column: int) -> list[Cell]:
        rows = range(self.table.row + 1, len(self.table.sheet.rows))
        return [self.table.sheet.cell(row, column) for row in rows]

    def _names(self, column: int) -> list[str]:
        return [name for cell in self._cells(column) for name in parties.named(plain(cell.text))]

    def _find_currency(self) -> None:
        """The roadmap's currency is the one that most amounts name."""
        cells = (cell for each in self.table.having("cost") for cell in self._cells(each.column))
        found = Counter(money.currency for cell in cells if (money := read_money(cell.text)))
        found.pop("", None)
        found = found or Counter(
            filter(None, (currency_in(e.text) for e in self.table.having("cost")))
        )
        if found and not self.draft.currency:
            self.draft.currency = found.most_common(1)[0][0]
            self.draft.tables["roadmap"] = {"": {"currency": self.draft.currency}}
            self.draft.note(f"Amounts are in {self.draft.currency}.")

    def _is_fraction(self, heading: Heading) -> bool:
        values = [c.value for c in self._cells(heading.column) if isinstance(c.value, (int, float))]
        return bool(values) and max(values) <= 1 and any(value not in (0, 1) for value in values)
