"""The rows of the capacity view: teams under their sides, with cells in the colours of a theme.

Where a theme can mix colours, load is a ground in the colour of the side, and the signs that stand
for it elsewhere are blank; with the terminal's own colours, or none, the signs are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from planner.pages import lines as pages
from planner.pages import signs
from planner.pages.capacity import (
    SHADES,
    Level,
    cells_of,
    legend,
    most_pieces,
    name_pieces,
    rest_line,
    rest_page,
    side_line,
    side_page,
)
from planner.pages.roles import side_role
from planner.plan.model import Plan
from planner.roadmap.output_capacity import TeamRow
from planner.tui.lines.cells import Look
from planner.tui.lines.pages import Explained, Line, coloured, coloured_line, line_of
from planner.tui.lines.row_list import Row
from planner.tui.shell.themes import load_ground
from planner.tui.views.capacity_map import LEAD, CapacityMap

REST = "rest"
"""The group of the teams that have no load in view."""
_MARKED: Look = ("ground", "strong", True)
_MARKED_IN_SIXTEEN: Look = ("strong", "cell-ground", True)

_LEVELS: dict[str, Level] = {signs.THIRD: "low", signs.TWO_THIRDS: "middle", signs.ALL: "high"}
_LOOKS: dict[str, Look] = {
    signs.THIRD: ("strong", "other-low", False),
    signs.TWO_THIRDS: ("strong", "other-middle", False),
    signs.ALL: ("strong", "other-high", False),
}
"""How the legend shows what stands for a share."""

Page = Callable[[TeamRow, int], Explained]


class Rows:
    """Makes the rows of a map; `page` says what is told of a team, `sixteen` how it is drawn."""

    def __init__(
        self,
        plan: Plan,
        map: CapacityMap,
        page: Page,
        marked: Callable[[], TeamRow | None],
        sixteen: Callable[[], bool],
    ) -> None:
        self.plan, self.map = plan, map
        self._page, self._marked, self._sixteen = page, marked, sixteen

    def of(self, teams: Sequence[TeamRow], *, folds: bool, tall: bool) -> list[Row]:
        """Teams by side or in one list. Where it `folds`, those without load in view are one row;
        where it is `tall`, the last line says what the shades mean.
        """
        idle = [row for row in teams if self._is_idle(row)] if folds else []
        kept = [row for row in teams if row not in idle]
        rows = [self._team(row, "") for row in kept] if self.map.flat else [*self._sides(kept)]
        rows += self._rest(idle) if idle else []
        if tall and rows:
            rows.append(Row(self._legend))
        return rows

    def _legend(self, width: int) -> Line:
        """What the shades mean, shaded as the cells of a team without a side."""
        line = line_of((" ", "dim")) + coloured_line(legend(width - 1))
        if self._sixteen():
            return line
        return [
            (_unshaded(text, _LEVELS.get(text[:1], "none")), _LOOKS.get(text[:1], look))
            for text, look in line
        ]

    def _is_idle(self, row: TeamRow) -> bool:
        marked = self._marked()
        needed = any(row.needed[at] for at in self.map.grid.shown)
        return not needed and (marked is None or row.id != marked.id)

    def _sides(self, teams: Sequence[TeamRow]) -> Iterator[Row]:
        for side in self.map.shown.sides:
            rows = [row for row in teams if row.side == side]
            if rows:
                yield self._side(side)
            yield from (self._team(row, f"side {side}") for row in rows)

    def _side(self, side: str) -> Row:
        shown, key = self.map.shown, f"side {side}"
        line, page = side_line(shown, side), partial(side_page, shown, side)
        return Row(lambda _: coloured_line(line), key, _told(page), heading=True, group=key)

    def _rest(self, teams: Sequence[TeamRow]) -> Iterator[Row]:
        """One row for those that nobody needs in the periods in view, which unfolds."""
        page = _told(partial(rest_page, teams))
        text = partial(rest_line, self.plan, teams, self.map.shown, self.map.grid)
        yield Row(
            lambda width: line_of((text(width - LEAD), "dim")), REST, page, heading=True, group=REST
        )
        yield from (self._team(row, REST) for row in teams)

    def _team(self, row: TeamRow, group: str) -> Row:
        return Row(
            partial(self._draw, row),
            f"teams {row.id}",
            partial(self._page, row),
            ("teams", row.id),
            of=row,
            group=group,
            amiss=bool(row.overloads),
        )

    # --- a row ------------------------------------------------------------------------------------

    def _draw(self, row: TeamRow, _width: int) -> Line:
        """Name and capacity, the cells in view, and the heaviest of all."""
        grid, marked = self.map.grid, self._marked()
        at = self.map.at if marked is not None and marked.id == row.id else None
        lead: Line = [(" " * (grid.lead - 1), ("dim", None, False))]
        name, most = (coloured_line(each(row, grid)) for each in (name_pieces, most_pieces))
        return [*lead, *name, *self._cells(row, at), *most]

    def _cells(self, row: TeamRow, at: int | None) -> Iterator[tuple[str, Look]]:
        grid, sixteen = self.map.grid, self._sixteen()
        for number, (text, level) in zip(grid.shown, cells_of(row, grid, at), strict=True):
            if sixteen:
                yield text, _MARKED_IN_SIXTEEN if number == at else _plain(row, level)
            else:
                look = _MARKED if number == at else _grounded(row, level)
                yield _unshaded(text, level), look


def _unshaded(text: str, level: Level) -> str:
    return text if level == "over" else text.replace(SHADES[level], " ")


def _plain(row: TeamRow, level: Level) -> Look:
    if level == "over":
        return "critical", None, True
    return ("faint" if level == "none" else side_role(row.side)), None, False


def _grounded(row: TeamRow, level: Level) -> Look:
    if level == "over":
        return "strong", "over-ground", True
    if level == "low" or level == "middle" or level == "high":
        return "strong", load_ground(row.side, level), False
    return _plain(row, level)


def _told(page: Callable[[int], list[pages.Line]]) -> Callable[[int], Explained]:
    return lambda width: coloured(page(width))
