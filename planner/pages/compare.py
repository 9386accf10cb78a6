"""What is said of revisions side by side: a column for each, what moved against the first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from planner.pages.canvas import cells
from planner.pages.lines import Line, Page, Piece, fitted
from planner.pages.roles import Role
from planner.roadmap.figures import date_text, days_short, money_short, signed
from planner.roadmap.output_compare import CompareColumn, CompareShown
from planner.text.visible import visible

LEAST, WIDEST, GAP = 16, 28, 2
"""Columns of a column at least and of the labels at most, and between two."""
NONE = "·"

Cell = Callable[[CompareColumn], Piece]


def compare_page(shown: CompareShown, width: int) -> list[Line]:
    """Launches, money, conflicts and load; where there is no room beside each other, as blocks."""
    table, near = _Table(shown, width), shown.columns[-1].as_of
    table.row("", lambda one: (visible(one.name), "strong"))
    table.row("as of", lambda one: (date_text(one.as_of, near), "dim"))
    table.title("Launches")
    for id, name in shown.launches.items():
        table.row(visible(name), lambda one, id=id: _launch(one, id, near))  # type: ignore[misc]
    table.title("Money")
    for side, name in shown.sides.items():
        table.row(visible(name), lambda one, side=side: _cost(shown, one, side))  # type: ignore[misc]
    table.row("cost of delay", lambda one: _delay(shown, one))
    table.title("Conflicts")
    table.row("errors", lambda one: _count(one.errors, "critical"))
    table.row("warnings", lambda one: _count(one.warnings, "warning"))
    if shown.teams:
        table.title("Load")
        for team, name in shown.teams.items():
            table.row(visible(name), lambda one, team=team: _load(one, team))  # type: ignore[misc]
    return table.page.lines


class _Table:
    """Rows of a label and a cell for each column."""

    def __init__(self, shown: CompareShown, width: int) -> None:
        self.columns = shown.columns
        self.page = Page(width)
        names = [*shown.launches.values(), *shown.sides.values(), *shown.teams.values()]
        longest = max((cells(visible(name)) for name in names), default=0)
        self.label = min(longest, WIDEST)
        room = (self.page.width - self.label) // len(self.columns) - GAP
        self.room = max(LEAST, room)

    def title(self, text: str) -> None:
        self.page.title(text)

    def row(self, label: str, cell: Cell) -> None:
        """One row; one that no column has is left out."""
        found = [cell(one) for one in self.columns]
        if any(text != NONE for text, _ in found):
            texts = [(" " * GAP + fitted(text, self.room), role) for text, role in found]
            self.page.line((fitted(label, self.label), "dim"), *texts)


def _launch(one: CompareColumn, id: str, near: date) -> Piece:
    """``15 Oct +5d, 5d late``."""
    launch = one.launches[id]
    if launch.finish is None:
        return NONE, "dim"
    moved = f" {signed(launch.moved)}d" if launch.moved else ""
    late = f", {days_short(launch.late.working)} late" if launch.late else ""
    role: Role = "critical" if launch.late else "text"
    return f"{date_text(launch.finish, near)}{moved}{late}", role


def _cost(shown: CompareShown, one: CompareColumn, side: str) -> Piece:
    amount = one.cost.get(side)
    if not amount:
        return NONE, "dim"
    return visible(money_short(amount, shown.currency)), "text"


def _delay(shown: CompareShown, one: CompareColumn) -> Piece:
    if not one.cost_of_delay:
        return NONE, "dim"
    return visible(money_short(one.cost_of_delay, shown.currency)), "critical"


def _count(number: int, role: Role) -> Piece:
    return (str(number), role) if number else (NONE, "dim")


def _load(one: CompareColumn, team: str) -> Piece:
    """``5 of 4, 15d``: people needed of those there, on how many working days."""
    load = one.load.get(team)
    if load is None:
        return NONE, "dim"
    return f"{load.needed:g} of {load.capacity:g}, {days_short(load.days)}", "warning"
