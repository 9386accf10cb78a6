"""The help screen: every key in force, made from the registry of actions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import zip_longest

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from planner.pages.canvas import wrap
from planner.pages.signs import LEGEND
from planner.tui.board.details_text import SPACE, flow
from planner.tui.dialogs.reading import ReadPage
from planner.tui.shell.actions import ACTIONS, GROUPS, Action, shown

TWO = 100
"""Columns from which the keys stand in two columns."""
GAP = 2
"""Blanks between keys and what they do, and between two columns."""


class HelpScreen(ReadPage[None]):
    """All that works in one view, by group; esc closes it."""

    BINDINGS = [Binding("question_mark", "dismiss", "close")]

    DEFAULT_CSS = """
    HelpScreen { background: $ground; }
    HelpScreen ReadText { padding: 0 2; background: $ground; }
    """

    def __init__(self, ids: Iterable[str]) -> None:
        super().__init__()
        self.ids = list(ids)

    def compose(self) -> ComposeResult:
        """Keys and signs, and how to leave."""
        yield Static(Content.styled("Keys and signs", "$strong"), classes="bar")
        yield from super().compose()

    def text(self, width: int) -> Content:
        """One column or two."""
        return page(self.ids, width)

    def foot(self) -> Content:
        """How to leave."""
        return Content("j k scroll · esc closes · more pages: `planner help`")


def page(ids: Collection[str], width: int) -> Content:
    """The whole help as text of a width: keys by group, then every sign."""
    rows = list(_rows([action for action in ACTIONS.values() if action.id in ids]))
    keys = max((cell_len(_keys(row)) for row in rows), default=0) + GAP
    column = (width - GAP) // 2 if width >= TWO else width
    lines = [
        line
        for group, title in GROUPS.items()
        for line in _block(title, [row for row in rows if row[0].group == group], keys, column)
    ]
    if width >= TWO:
        lines = list(_beside(lines, column + GAP))
    return Content("\n").join([*lines, *_legend(width)])


def _rows(actions: list[Action]) -> Iterator[tuple[Action, ...]]:
    """Each action, with the next one where one line says both."""
    rest = iter(zip_longest(actions, actions[1:]))
    for action, following in rest:
        if action.with_next and following is not None:
            yield action, following
            next(rest)
        else:
            yield (action,)


def _keys(row: tuple[Action, ...]) -> str:
    """``j k ↓ ↑``: the first key of each, then the others."""
    each = [[shown(key) for key in action.keys] for action in row]
    found = [key for keys in zip_longest(*each, fillvalue="") for key in keys if key]
    return " ".join(dict.fromkeys(found)) or "palette"


def _block(title: str, rows: list[tuple[Action, ...]], keys: int, width: int) -> Iterator[Content]:
    """A heading with its keys; what goes on over a line hangs under where it began."""
    if rows:
        yield Content.styled(title, "bold $joint")
    for row in rows:
        lead = Content.styled(_keys(row).ljust(keys), "bold $key")
        for line in wrap(row[0].with_next if len(row) > 1 else row[0].help, width - keys):
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
