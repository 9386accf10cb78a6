"""Sheets in tests: rows as a person types them, and what is read of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from planner.analysis.importing import Column, Incoming, Loss
from planner.exchange.importing.rows import incoming_of
from planner.exchange.sheets.sheet import sheet_of

TODAY = date(2026, 11, 30)


def read(
    *rows: Sequence[Any],
    title: str = "Plan",
    mapping: Mapping[str, str] | None = None,
    today: date = TODAY,
) -> Incoming:
    """What one sheet of these rows says."""
    return incoming_of([sheet_of(title, rows)], "plan.xlsx", mapping, today)


def typed(text: str) -> list[list[str]]:
    """Rows as they stand in a picture of a table: cells between bars."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def work(incoming: Incoming, id: str) -> Mapping[str, Any]:
    """The table of one initiative."""
    return incoming.tables["initiatives"][id]


def losses(incoming: Incoming, column: str) -> list[Loss]:
    return [loss for loss in incoming.losses if loss.column == column]


def column(incoming: Incoming, heading: str) -> Column:
    return next(each for each in incoming.columns if each.heading == heading)
