"""Texts to read, in a dialog or as a page: they scroll, and are wrapped anew in another width."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.tui.dialogs.panel import Dialog, KeyLine, Keys, no_meaning

T = TypeVar("T")

LEAST = 30
"""Columns at least; a narrower terminal cuts lines."""


class ReadText(VerticalScroll, can_focus=True):
    """A text that scrolls by ``j``, ``k``, arrows, pages and ends; `text` makes it in a width."""

    DEFAULT_CSS = """
    ReadText { height: auto; scrollbar-size-vertical: 1; }
    ReadText Static { height: auto; }
    """

    BINDINGS = [
        Binding("j,down", "lines(1)", "down"),
        Binding("k,up", "lines(-1)", "up"),
        Binding("pagedown,space", "lines(10)", "page"),
        Binding("pageup", "lines(-10)", "page"),
        Binding("G,end", "lines(9999)", "end"),
        Binding("g,home", "lines(-9999)", "top"),
    ]

    def __init__(self, text: Callable[[int], Content]) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The text, once there is a width."""
        yield Static(markup=False)

    def on_resize(self) -> None:
        """Wrap it; the column of the scrollbar stays free."""
        width = self.outer_size.width - self.gutter.width - 1
        self.query_one(Static).update(self._text(max(LEAST, width)))

    def action_lines(self, count: int) -> None:
        """Go on by so many lines, as far as there are any."""
        self.scroll_relative(y=count, animate=False)


class ReadDialog(Dialog[T]):
    """A text in a dialog; enter, q and esc close it."""

    DEFAULT_CSS = """
    ReadDialog ReadText { max-height: 70vh; }
    """

    BINDINGS = [Binding("enter,q", "leave", "close", show=False)]

    keys: Keys = (("↓ ↑", "scroll"), ("esc", "back"))

    def body(self) -> ComposeResult:
        """The text."""
        yield ReadText(self.text)

    def text(self, width: int) -> Content:
        """What there is to read."""
        return Content("")


class ReadPage(ModalScreen[T]):
    """A text on the whole screen, with the keys below it; enter, q and esc close it."""

    DEFAULT_CSS = """
    ReadPage { background: $panel-ground; }
    ReadPage ReadText { height: 1fr; padding: 1 2; background: $panel-ground; }
    ReadPage .bar { background: $bar-ground; padding: 0 1; height: 1; color: $dim; }
    """

    BINDINGS = [Binding("escape,q,enter", "dismiss", "close", show=False)]

    def compose(self) -> ComposeResult:
        """The text, and how to leave."""
        yield ReadText(self.text)
        yield KeyLine(self.keys(), classes="bar")

    def text(self, width: int) -> Content:
        """What there is to read."""
        return Content("")

    def keys(self) -> Keys:
        """The keys that matter most here, the way out among them."""
        return (("j k", "scroll"), ("esc", "close"))

    def on_key(self, _event: events.Key) -> None:
        """What was said of a key stays until the next one."""
        self._say(Content(""))

    def say_no_meaning(self, event: events.Key) -> None:
        """A key that means nothing here, before those that do something."""
        self._say(no_meaning(event))

    def _say(self, words: Content) -> None:
        line = self.query_one(KeyLine)
        line.show(self.keys())
        line.say(words)
