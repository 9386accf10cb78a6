"""One row of the board as text and cells: headings, and initiatives with their bars.

A picture is made of a plan and of how it is looked at; it draws any row of it and holds no state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from planner.analysis.baseline import Against
from planner.pages.roles import side_role
from planner.pages.signs import OPEN, SHUT
from planner.plan.model import Plan
from planner.query.arrangement import side_of, title
from planner.query.columns import Facts
from planner.roadmap.entities import Initiative, Severity
from planner.text.visible import visible
from planner.tui.board import bars
from planner.tui.board.columns import (
    GAP,
    MARGIN,
    Column,
    status_glyph,
    table_width,
    text,
    title_look,
)
from planner.tui.board.connectors import End, Overlay, connected, overlay
from planner.tui.board.outline import Outline, Row
from planner.tui.board.scale import Scale
from planner.tui.lines.cells import SEVERITY_GLYPHS, Cell, Look, fitted
from planner.tui.shell.themes import Role

WORST: tuple[Severity, ...] = ("error", "warning", "info")
MOST_LINES = 40
"""So many of a row's links are drawn."""
NO_LOOK: Look = ("text", None, False)
Pieces = list[tuple[str, Look]]


@dataclass(frozen=True)
class Picture:
    """What rows are drawn from. `indent` is how far what is under a heading is set in."""

    facts: Facts
    outline: Outline
    marks: Mapping[str, Severity]
    columns: tuple[Column, ...]
    scale: Scale
    ghost: tuple[Plan, str] | None
    indent: int
    against: Against | None = None
    """The baseline that is shown."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """What stands beside titles."""

    @property
    def plan(self) -> Plan:
        """What is drawn."""
        return self.facts.plan

    @cached_property
    def ground(self) -> list[Cell]:
        """What lies under every row's bar."""
        return bars.ground(self.plan, self.scale)

    def row(
        self, at: int, column: int | None, lines: Mapping[int, tuple[str, Role]]
    ) -> tuple[Pieces, list[Cell]]:
        """The table's text and the timeline's cells; the cursor is in `column`, if in this row.

        `lines` are cells of lines to other rows, on the ground that is there.
        """
        row = self.outline.rows[at]
        cells = self.bars(at)
        for cell, (glyph, role) in lines.items():
            cells[cell] = (glyph, role, cells[cell][2], False)
        return self._heading(row) if row.heading else self._initiative(row, column), cells

    def links(self, at: int, rows: range) -> Overlay:
        """The lines of a row's links, as cells of the rows in view."""
        row = self.outline.rows[at]
        if row.heading:
            return {}

        def end(id: str) -> End | None:
            place = at if id == row.id else self.outline.find("initiatives", id)
            span = bars.extent(self.plan, id, self.scale)
            return None if place is None or span is None else End(place, *span)

        schedule, cells = self.plan.schedule, cache(self.bars)
        links = (*schedule.links_into(row.id), *schedule.links_out_of(row.id))
        return overlay(
            connected(links[:MOST_LINES], end),
            rows,
            self.scale.width,
            lambda at, cell: cells(at)[cell][0] in bars.CLEAR,
        )

    def bars(self, at: int) -> list[Cell]:
        """The timeline's cells of a row without lines."""
        row, cells = self.outline.rows[at], list(self.ground)
        if row.heading and row.folded:
            dates = [d for id in self.outline.members(row) if (d := self.plan.schedule.get(id))]
            spans = [(d.start, d.finish) for d in dates]
            bars.rollup(cells, spans, self.scale, self._colour(row))
        elif not row.heading:
            if self.ghost is not None:
                bars.ghost(cells, self.ghost[0], row.id, self.scale)
            bars.draw(cells, self.plan, self.plan.roadmap.initiatives[row.id], self.scale)
            if self.against is not None:
                bars.baseline(cells, self.plan, row.id, self.against.was(row.id), self.scale)
        return cells

    # --- headings ---------------------------------------------------------------------------------

    def _heading(self, row: Row) -> Pieces:
        sign = SHUT if row.folded else OPEN
        label = f"{' ' * (MARGIN + row.depth * self.indent)}{sign} {self._label(row)}"
        if row.folded:
            label += f"  {row.size}{self._worst(self.outline.members(row))}"
        role: Role = "text" if row.kind == "groups" else self._colour(row)
        return [(fitted(label, table_width(self.columns)), (role, None, True))]

    def _colour(self, row: Row) -> Role:
        """Its side's; neutral where it is of both."""
        lane = side_of(self.plan.roadmap, row.under[0])
        return side_role(lane) if lane is not None else "strong"

    def _worst(self, members: tuple[str, ...]) -> str:
        held = {self.marks[id] for id in members if id in self.marks}
        worst = next((severity for severity in WORST if severity in held), None)
        return f" {SEVERITY_GLYPHS[worst][0]}" if worst else ""

    def _label(self, row: Row) -> str:
        words = visible(title(self.plan.roadmap, (row.kind, row.id)))
        return words.upper() if row.kind == "portfolios" else words

    # --- initiatives ------------------------------------------------------------------------------

    def _initiative(self, row: Row, cursor: int | None) -> Pieces:
        initiative = self.plan.roadmap.initiatives[row.id]
        pieces: Pieces = [(" " * MARGIN, NO_LOOK)]
        for index, column in enumerate(self.columns):
            here = index == cursor
            if column.name == "title":
                pieces += self._title(initiative, row.depth * self.indent, column.width, here)
            else:
                words, look = self._cell(column, initiative)
                pieces.append((fitted(words, column.width, right=column.right), _at(look, here)))
            pieces.append((" " * GAP, NO_LOOK))
        return pieces

    def _cell(self, column: Column, initiative: Initiative) -> tuple[str, Look]:
        words, look = text(column, self.facts, initiative, self.against)
        if not words and column.name == "conflicts" and initiative.id in self.marks:
            glyph, role = SEVERITY_GLYPHS["info"]
            return glyph, (role, None, False)
        return words, look

    def _title(self, initiative: Initiative, indent: int, width: int, here: bool) -> Pieces:
        glyph, look = status_glyph(self.plan, initiative)
        note = self.notes.get(initiative.id, "")
        room = width - indent - 2 - (len(note) + 1 if note else 0)
        title = fitted(visible(initiative.label), max(1, room))
        words = title_look(initiative, self.plan.schedule.get(initiative.id))
        beside: Pieces = [(f" {note}", ("warning", None, True))] if note else []
        return [(" " * indent, NO_LOOK), (glyph + " ", look), (title, _at(words, here)), *beside]


def _at(look: Look, here: bool) -> Look:
    """The look of the cell under the cursor: on a ground of its own, and bold."""
    role: Role = look[0]
    return (role, "cell-ground", True) if here else look
