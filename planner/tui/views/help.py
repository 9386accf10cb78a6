"""The help screen: every key in force, made from the registry of actions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import zip_longest

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.pages.canvas import wrap
from planner.pages.signs import LEGEND
from planner.tui.board.details_text import SPACE, flow
from planner.tui.dialogs.panel import no_meaning
from planner.tui.shell.actions import ACTIONS, GROUPS, Action, shown

MORE = "j k scroll · esc closes · more pages: `planner help`"
TWO = 100
"""Columns from which the keys stand in two columns."""
GAP = 2
"""Blanks between keys and what they do, and between two columns."""


class HelpScreen(ModalScreen[None]):
    """All that works in one view, by group; esc closes it."""

    BINDINGS = [
        ("escape,q,question_mark,enter", "dismiss", "close"),
        ("j,down", "scroll(1)", "down"),
        ("k,up", "scroll(-1)", "up"),
        ("pagedown,space", "scroll(10)", "page"),
        ("pageup", "scroll(-10)", "page"),
        ("G,end", "scroll(9999)", "end"),
        ("g,home", "scroll(-9999)", "top"),
    ]
    DEFAULT_CSS = """
    HelpScreen { background: $ground; }
    HelpScreen VerticalScroll { padding: 0 2; scrollbar-size-vertical: 1; background: $ground; }
    HelpScreen #title { background: $bar-ground; padding: 0 1; height: 1; color: $strong; }
    HelpScreen #end { background: $bar-ground; padding: 0 1; height: 1; color: $dim; }
    """

    def __init__(self, ids: Iterable[str]) -> None:
        super().__init__()
        self.ids = list(ids)

    def compose(self) -> ComposeResult:
        """Keys and signs, and how to leave."""
        yield Static(Content("Keys and signs"), id="title")
        with VerticalScroll():
            yield Static(id="keys")
        yield Static(Content(MORE), id="end")

    def on_mount(self) -> None:
        """Fill in the width there is."""
        self.on_resize()

    def on_resize(self) -> None:
        """One column or two."""
        self.query_one("#keys", Static).update(page(self.ids, max(40, self.app.size.width - 5)))

    def on_key(self, _event: events.Key) -> None:
        """What was said of a key stays until the next one."""
        self.query_one("#end", Static).update(Content(MORE))

    def say_no_meaning(self, event: events.Key) -> None:
        """A key that means nothing here, before those that do something."""
        self.query_one("#end", Static).update(no_meaning(event) + Content(MORE))

    def action_scroll(self, lines: int) -> None:
        """By so many lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


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
