"""The help screen: every key in force, made from the registry of actions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from planner.pages.canvas import wrap
from planner.pages.signs import LEGEND
from planner.tui.board.details_text import SPACE, flow
from planner.tui.dialogs.reading import ReadPage
from planner.tui.shell.actions import ACTIONS, GROUPS, Action, Group
from planner.tui.shell.keys import Keymap

TWO = 100
"""Columns from which the keys stand in two columns."""
GAP = 2
"""Blanks between keys and what they do, and between two columns."""


class HelpScreen(ReadPage[None]):
    """All that works in one view, by group; esc closes it."""

    DEFAULT_CSS = """
    HelpScreen { background: $ground; }
    HelpScreen ReadText { padding: 0 2; background: $ground; }
    """

    def __init__(self, ids: Iterable[str], keymap: Keymap) -> None:
        super().__init__()
        self.ids, self.keymap = list(ids), keymap

    async def act_on(self, key: str) -> bool:
        """The key that opened it closes it."""
        closes = self.keymap.does(key, (ACTIONS["help"],)) is not None
        if closes:
            self.dismiss(None)
        return closes

    def compose(self) -> ComposeResult:
        """Keys and signs, and how to leave."""
        yield Static(Content.styled("Keys and signs", "$strong"), classes="bar")
        yield from super().compose()

    def text(self, width: int) -> Content:
        """One column or two."""
        return page(self.ids, self.keymap, width)

    def foot(self) -> Content:
        """How to leave."""
        return Content("j k scroll · esc closes · more pages: `planner help`")


class Row(NamedTuple):
    """One line of the help: the keys of an action, or of two, and what they do."""

    group: Group
    keys: str
    does: str


def page(ids: Collection[str], keymap: Keymap, width: int) -> Content:
    """The whole help as text of a width: keys by group, then every sign."""
    rows = list(_rows([action for action in ACTIONS.values() if action.id in ids], keymap))
    keys = max((cell_len(row.keys) for row in rows), default=0) + GAP
    column = (width - GAP) // 2 if width >= TWO else width
    lines = [
        line
        for group, title in GROUPS.items()
        for line in _block(title, [row for row in rows if row.group == group], keys, column)
    ]
    if width >= TWO:
        lines = list(_beside(lines, column + GAP))
    return Content("\n").join([*lines, *_legend(width)])


def _rows(actions: list[Action], keymap: Keymap) -> Iterator[Row]:
    """Each action, with the next one where one line says both: not of one that has no key."""
    rest = iter(zip_longest(actions, actions[1:]))
    for action, following in rest:
        does, both = action.help, [action]
        paired = following is not None and action.with_next
        if paired and bool(keymap.keys(action)) == bool(keymap.keys(following)):
            does, both = action.with_next, [action, following]
            next(rest)
        yield Row(action.group, _keys(both, keymap), does)


def _keys(row: list[Action], keymap: Keymap) -> str:
    """``j k ↓ ↑``: the first key of each, then the others."""
    each = [keymap.all_shown(action) for action in row]
    found = [key for keys in zip_longest(*each, fillvalue="") for key in keys if key]
    return " ".join(dict.fromkeys(found)) or "palette"


def _block(title: str, rows: list[Row], keys: int, width: int) -> Iterator[Content]:
    """A heading with its keys; what goes on over a line hangs under where it began."""
    if rows:
        yield Content.styled(title, "bold $joint")
    for row in rows:
        lead = Content.styled(row.keys.ljust(keys), "bold $key")
        for line in wrap(row.does, width - keys):
            yield lead + Content(line)
            lead = Content(" " * keys)


def _beside(lines: list[Content], width: int) -> Iterator[Content]:
    """The lines in two columns, the first one `width` wide."""
    half = -(-len(lines) // 2)
    for left, right in zip_longest(lines[:half], lines[half:], fillvalue=Content("")):
        yield left.pad_right(max(0, width - left.cell_length)) + right


def _legend(width: int) -> list[Content]:
    """Every sign, under its heading, as many on a line as there is room for."""
    lines = []
    for heading, signs in LEGEND:
        told = (Content.assemble((sign, "$strong"), f" {means}") for sign, means in signs)
        lines += flow(heading, told, width, SPACE + SPACE)
    return lines
