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
from planner.tui.dialogs.panel import Keys
from planner.tui.dialogs.reading import ReadPage
from planner.tui.shell.actions import ACTIONS, GROUPS, Action, Group
from planner.tui.shell.keys import Keymap

TWO = 100
"""Columns from which the keys stand in two columns."""
GAP = 2
"""Blanks between keys and what they do, and between two columns."""


ROOM = 66
"""Columns in which the last line says what the guide has."""


class HelpScreen(ReadPage[bool]):
    """All that works in one view, what it is for first; esc closes it, its own key again returns
    that the guide is asked for.
    """

    DEFAULT_CSS = """
    HelpScreen { background: $ground; }
    HelpScreen ReadText { padding: 0 2; background: $ground; }
    """

    def __init__(
        self, ids: Iterable[str], keymap: Keymap, here: Collection[str] = frozenset()
    ) -> None:
        super().__init__()
        self.ids, self.keymap, self.here = list(ids), keymap, here

    async def act_on(self, key: str) -> bool:
        """The key that opened it goes on to the guide."""
        again = self.keymap.does(key, (ACTIONS["help"],)) is not None
        if again:
            self.dismiss(True)
        return again

    def compose(self) -> ComposeResult:
        """Keys and signs, and how to leave."""
        yield Static(Content.styled("Keys and signs", "$strong"), classes="bar")
        yield from super().compose()

    def text(self, width: int) -> Content:
        """One column or two."""
        return page(self.ids, self.keymap, self.here, width)

    def keys(self) -> Keys:
        """How to leave, and where there is more."""
        known = (
            "guide, with all pages of `planner help`" if self.app.size.width >= ROOM else "guide"
        )
        return (*super().keys(), (self.keymap.shown(ACTIONS["help"]), known))


class Row(NamedTuple):
    """One line of the help: the keys of an action, or of two, and what they do."""

    group: Group
    keys: str
    does: str


def page(ids: Collection[str], keymap: Keymap, here: Collection[str], width: int) -> Content:
    """The whole help as text of a width: the keys of this view, all others by group, every sign."""
    all = [action for action in ACTIONS.values() if action.id in ids]
    offered = [action for action in all if keymap.keys(action)]
    by_name = [Content(action.label) for action in all if not keymap.keys(action)]
    mine = [*_rows([each for each in offered if each.id in here], keymap)]
    rows = [*mine, *_rows([each for each in offered if each.id not in here], keymap)]
    keys = max((cell_len(row.keys) for row in rows), default=0) + GAP
    column = (width - GAP) // 2 if width >= TWO else width
    lines = [
        line for title, block in _blocks(mine, rows) for line in _block(title, block, keys, column)
    ]
    if width >= TWO:
        lines = list(_beside(lines, column + GAP))
    named = flow("By name :", by_name, width, SPACE + SPACE)
    return Content("\n").join([*lines, *named, *_legend(width)])


def _blocks(mine: list[Row], rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    """What this view is for, then the groups."""
    yield "Here", mine
    others = rows[len(mine) :]
    for group, title in GROUPS.items():
        yield title, [row for row in others if row.group == group]


def follows(action: Action, following: Action) -> bool:
    """Whether one line says both: they stand side by side in the registry, too."""
    ids = [*ACTIONS]
    return bool(action.with_next) and ids.index(following.id) == ids.index(action.id) + 1


def _rows(actions: list[Action], keymap: Keymap) -> Iterator[Row]:
    """Each action, with the next one where one line says both."""
    rest = iter(zip_longest(actions, actions[1:]))
    for action, following in rest:
        does, both = action.help, [action]
        if following is not None and follows(action, following):
            does, both = action.with_next, [action, following]
            next(rest)
        yield Row(action.group, _keys(both, keymap), does)


def _keys(row: list[Action], keymap: Keymap) -> str:
    """``j k ↓ ↑``: the first key of each, then the others."""
    each = [keymap.all_shown(action) for action in row]
    found = [key for keys in zip_longest(*each, fillvalue="") for key in keys if key]
    return " ".join(dict.fromkeys(found))


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
