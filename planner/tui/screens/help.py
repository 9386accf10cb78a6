"""The help screen: every key in force, made from the registry of actions."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.lanes.words import IDEA, WAITING
from planner.tui.actions import ACTIONS, GROUPS, Action, shown
from planner.tui.widgets.facts import SPACE, flow, styled

KEYS = 16
MORE = "j k scroll · esc closes · filters, rules, git…: `planner help` in a shell"
SIGNS = (
    ("█", "done"),
    ("▒", "to do"),
    ("▓", "critical"),
    ("░", "length assumed"),
    (WAITING, "waiting"),
    (IDEA, "proposed"),
    ("╌", "float"),
    ("◆", "milestone"),
    ("◇", "deadline"),
    ("━", "folded"),
    ("○", "planned"),
    ("●", "active"),
    ("√", "done"),
    ("‖", "paused"),
    ("×", "dropped"),
    ("◌", "proposed"),
    ("✗", "error"),
    ("▲", "warning"),
    ("·", "information"),
    ("●2", "files unsaved"),
    ("+ana", "has it open too"),
)


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
        """Headings with their keys, in two columns where there is room."""
        yield Static(Content("Keys"), id="title")
        with VerticalScroll():
            yield Static(id="keys")
        yield Static(Content(MORE), id="end")

    def on_mount(self) -> None:
        """Fill in the width there is."""
        self.on_resize()

    def on_resize(self) -> None:
        """One column or two."""
        self.query_one("#keys", Static).update(page(self.ids, max(40, self.app.size.width - 5)))

    def action_scroll(self, lines: int) -> None:
        """By so many lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def page(ids: list[str], width: int) -> Content:
    """The whole help as text of a width."""
    two = width >= 100
    column = width // 2 - 1 if two else width
    blocks = [
        _block(GROUPS[g], [ACTIONS[i] for i in ids if ACTIONS[i].group == g], column)
        for g in GROUPS
    ]
    blocks.append(_legend(column))
    if not two:
        return Content("\n").join(line for block in blocks for line in block)
    left, right = [*blocks[0], *blocks[1], *blocks[2]], [*blocks[3], *blocks[4], *blocks[5]]
    lines = []
    for index in range(max(len(left), len(right))):
        first = left[index] if index < len(left) else Content("")
        second = right[index] if index < len(right) else Content("")
        lines.append(first.pad_right(max(0, column - first.cell_length + 2)) + second)
    return Content("\n").join(lines)


def _block(title: str, actions: list[Action], width: int) -> list[Content]:
    lines = [Content(""), Content.styled(title, "bold $joint")]
    for action in actions:
        keys = " ".join(dict.fromkeys(shown(key) for key in action.keys)) or "palette"
        line = Content.assemble((keys.ljust(KEYS), "bold $key"), action.help)
        lines.append(line.truncate(width, ellipsis=True))
    return lines


def _legend(width: int) -> list[Content]:
    signs = [styled(f"{sign} {word}") for sign, word in SIGNS]
    return [
        Content(""),
        Content.styled("Signs", "bold $joint"),
        *flow("", signs, width, SPACE + SPACE + SPACE),
    ]
