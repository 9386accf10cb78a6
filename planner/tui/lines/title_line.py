"""One line of pieces: what a view shows, above it, or what it leaves out, below it."""

from __future__ import annotations

import re
from itertools import chain

from rich.cells import cell_len
from textual.strip import Strip
from textual.widget import Widget

from planner.tui.lines.cells import ELLIPSIS, fitted, strip
from planner.tui.lines.pages import Line
from planner.tui.shell.themes import Role, palette


class TitleLine(Widget):
    """A line of pieces: of the ways to say it the first that fits, else the last one without the
    parts at its end that have no room.
    """

    DEFAULT_CSS = "TitleLine { height: 1; width: 1fr; background: $ground; }"

    def __init__(self, ground: Role = "ground", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ground = ground
        self.ways: tuple[Line, ...] = ([],)

    def show(self, *ways: Line) -> None:
        """Show other pieces; of several ways to say it, the longest first."""
        if ways != self.ways:
            self.ways = ways
            self.refresh()

    def _shown(self) -> Line:
        """The pieces in whole parts; cut with an ellipsis where one alone is too long."""
        room = self.size.width - 1
        fits = next((way for way in self.ways if _width(way) <= room), None)
        if (whole := fits or _whole(self.ways[-1], room)) is not None:
            return whole
        shown: Line = []
        for text, look in self.ways[-1]:
            left = room - _width(shown)
            if cell_len(text) >= left:
                return [*shown, (fitted(text + ELLIPSIS, left), look)]
            shown.append((text, look))
        return shown

    def render_line(self, y: int) -> Strip:
        """The line."""
        colours = palette(self.app)
        pieces = [(" ", ("text", None, False)), *self._shown()] if y == 0 else []
        line = strip(pieces, [], colours, self._ground)
        return line.crop_extend(0, self.size.width, colours.style("text", self._ground))


def _width(line: Line) -> int:
    return sum(cell_len(text) for text, _ in line)


def _whole(line: Line, room: int) -> Line | None:
    """The line without the last of its parts, which dots divide, until it fits; what was asked for
    stays. None where that does not help.
    """
    parts = _parts(line)
    while _width([*chain(*parts)]) > room:
        less = (at for at in range(len(parts) - 1, 0, -1) if parts[at][-1][1][0] != "key")
        if (at := next(less, None)) is None:
            return None
        del parts[at]
    return [*chain(*parts)]


def _parts(line: Line) -> list[Line]:
    """The pieces part by part, each with the dot before it."""
    parts: list[Line] = [[]]
    for text, look in line:
        for said in re.split("(?= · )", text):
            if said.startswith(" · ") and parts[-1]:
                parts.append([])
            parts[-1].append((said, look))
    return parts
