"""What is said on opening, between the header and the line of what is wrong, until it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.strip import Strip
from textual.widget import Widget

from planner.pages.lines import Line as PageLine
from planner.pages.lines import cut
from planner.tui.lines.cells import fitted, strip
from planner.tui.lines.pages import Line, coloured_line, line_of
from planner.tui.shell.actions import ACTIONS
from planner.tui.shell.app_state import Desk
from planner.tui.shell.themes import palette

if TYPE_CHECKING:
    from planner.pages.opening import Told, Topic

LABEL = 8
"""Columns of what a line is about."""
WIDE = 100
"""Columns from which keys stand with what they do."""
KEYS: dict[Topic, tuple[str, ...]] = {
    "moved": ("history",),
    "for you": ("filter", "agree"),
    "due": ("meeting",),
}
"""The actions that lead on from each line."""
WORDS = {"agree": "answer", "filter": "@me"}
"""What an action is called here, where that says more than its label."""


class OpeningLines(Widget):
    """Up to three lines, each with its keys at the right; none where there is nothing to say."""

    DEFAULT_CSS = """
    OpeningLines { width: 1fr; height: auto; display: none; background: $bar-ground; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._told: tuple[Told, ...] = ()

    def catch_up(self) -> None:
        """Show what is to be said now."""
        self._told = ()
        if self.desk.opening is not None:
            from planner.pages.opening import opening_lines  # 30 ms, after the first paint

            self._told = tuple(opening_lines(self.desk.session.plan, self.desk.opening))
        self.display = bool(self._told)
        self.styles.height = len(self._told)
        self.refresh(layout=True)

    def render_line(self, y: int) -> Strip:
        """One of the lines."""
        if y >= len(self._told):
            return Strip.blank(self.size.width)
        told, width, colours = self._told[y], self.size.width, palette(self.app)
        keys = self._keys(told.topic, last=y == len(self._told) - 1, first=y == 0)
        size = sum(cell_len(text) for text, _ in keys)
        label = line_of((f" {fitted(told.topic, LABEL)}", "strong", True))
        room = width - LABEL - 1 - size - 2
        said = coloured_line(_fitting(told, room))
        used = sum(cell_len(text) for text, _ in said)
        gap = line_of((" " * max(1, width - LABEL - 2 - used - size), "text"))
        line = strip([*label, *said, *gap, *keys], [], colours, "bar-ground")
        return line.crop_extend(0, width, colours.style("text", "bar-ground"))

    def _keys(self, topic: Topic, *, first: bool, last: bool) -> Line:
        """What each key does, the last one closes; without room one key each, the first closes."""
        shown = self.desk.keymap.shown
        esc, here = shown(ACTIONS["escape"]), [ACTIONS[id] for id in KEYS[topic] if id in ACTIONS]
        if self.size.width < WIDE:
            keys = [esc] if first else [shown(one) for one in here[:1]]
            return line_of(*((key, "key", True) for key in keys))
        pairs = [(shown(one), WORDS.get(one.id, one.label)) for one in here]
        pairs += [(esc, "close")] if last else []
        pieces: Line = []
        for key, does in pairs:
            pieces += line_of(("  " if pieces else "", "text"), (key, "key", True))
            pieces += line_of((f" {does}", "dim"))
        return pieces


def _fitting(told: Told, room: int) -> PageLine:
    """The first way that fits, else the last one, cut."""
    fits = (way for way in told.ways if sum(cell_len(text) for text, _ in way) <= room)
    return next(fits, None) or cut(told.ways[-1], room)
