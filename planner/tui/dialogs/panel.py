"""What all dialogs look like, and the small parts they are made of: keys, lines, words to press.

A dialog asks one thing and returns it; escape returns None. Text from files comes here as `Content`
only, made visible first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.css.scalar import Scalar
from textual.geometry import Size
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from planner.tui.dialogs.editors import OneLine
from planner.tui.shell.keys import typed
from planner.tui.shell.named_keys import named

T = TypeVar("T")

LEAVE = "esc"
Keys = tuple[tuple[str, str], ...]
"""(key, what it does), for the line of keys at the foot of a dialog."""


def no_meaning(event: events.Key) -> Content:
    """What is said of a key that means nothing on a screen, before the keys that do."""
    return Content.styled(f"▲ {typed(event)} has no meaning here   ", "$warning")


class Dialog(ModalScreen[T]):
    """A panel over the view. `widest` is its width at most."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        overflow: hidden;
        background: transparent;  /* another ground behind it would send every cell again, twice */
    }
    Dialog > .panel {
        width: 100%;
        height: auto;
        max-height: 100%;
        background: $panel-ground;
        color: $text;
        border: round $dim;
        border-title-color: $strong;
        border-title-style: bold;
        border-subtitle-color: $dim;
        padding: 0 1;
    }
    Dialog .scroll {
        height: auto;
        scrollbar-size-vertical: 1;
    }
    Dialog .keys {
        dock: bottom;
        height: 1;
        color: $dim;
    }
    Dialog .rule {
        height: 1;
        color: $faint;
    }
    Dialog .label:ansi {
        text-style: dim;
    }
    Dialog Input.-textual-compact, Dialog Input.-textual-compact:focus {
        height: 1;
        border: none;
        padding: 0 1;
        background: $panel-ground;
        background-tint: $panel-ground 0%;
        color: $strong;
    }
    Dialog Input.-textual-compact:focus {
        background: $cursor-ground;
        background-tint: $cursor-ground 0%;
    }
    Dialog Input:ansi, Dialog Input:ansi:focus {
        background: ansi_default;
        color: ansi_default;
    }
    """

    BINDINGS = [Binding("escape", "leave", "cancel", show=False, id="dialog.leave")]

    keys: Keys = (("enter", "apply"), ("esc", "cancel"))
    widest: ClassVar[int | str] = 84

    def compose(self) -> ComposeResult:
        """The panel with what the dialog asks, and its keys."""
        with Panel(classes="panel") as panel:
            panel.border_title = self.heading()
            panel.styles.max_width = self.widest
            yield from self.body()
            yield KeyLine(self.keys)

    def heading(self) -> Content:
        """What stands in the frame."""
        return Content("")

    def body(self) -> ComposeResult:
        """What the dialog asks."""
        yield from ()

    @property
    def panel(self) -> Vertical:
        """The frame."""
        return self.query_one(".panel", Vertical)

    def on_one_line_joined(self, event: OneLine.Joined) -> None:
        """Say that what was pasted is one line now."""
        event.stop()
        self.panel.border_subtitle = Content(event.said)

    def on_key(self, _event: events.Key) -> None:
        """What was said of a key stays until the next one."""
        self.query_one(KeyLine).say(Content(""))

    def say_no_meaning(self, event: events.Key) -> None:
        """A key that means nothing here, before those that do something."""
        self.query_one(KeyLine).say(no_meaning(event))

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Later, unless it has been closed by then: half of it may be gone."""

        def still() -> Any:
            return callback(*args, **kwargs) if self in self.app.screen_stack else None

        return super().call_after_refresh(still)

    def action_leave(self) -> None:
        """Escape: nothing is returned."""
        self.dismiss(None)


class Panel(Vertical):
    """The frame: it grows with what is asked, and never shrinks under the eyes that read it."""

    def __init__(self, *, classes: str) -> None:
        super().__init__(classes=classes)
        self._within = Size(0, 0)

    def on_resize(self) -> None:
        """Stay as high as it was, as long as the terminal is what it was."""
        least = self.outer_size.height
        if self._within == self.screen.size and isinstance(self.styles.min_height, Scalar):
            least = max(least, int(self.styles.min_height.value))
        self._within = self.screen.size
        self.styles.min_height = least


class KeyLine(Static):
    """The keys that work here; what does not fit is left out from the right, never the way out."""

    def __init__(self, keys: Keys, *, classes: str = "keys") -> None:
        super().__init__(classes=classes, markup=False)
        self._keys = keys
        self._words = Content("")

    def show(self, keys: Keys) -> None:
        """Other keys."""
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def say(self, words: Content) -> None:
        """Something to say before the keys; empty for nothing."""
        if words != self._words:
            self._words = words
            self.refresh()

    def render(self) -> Content:
        """``enter keep · esc drop``."""
        shown = list(self._keys)
        while len(shown) > 1 and self._told(shown).cell_length > self.size.width:
            shown.remove(next(each for each in reversed(shown) if each[0] != LEAVE))
        return self._told(shown)

    def _told(self, keys: Sequence[tuple[str, str]]) -> Content:
        return self._words + Content("   ").join(named(key, does) for key, does in keys)


class Rule(Static):
    """A thin line from edge to edge."""

    def __init__(self) -> None:
        super().__init__(classes="rule", markup=False)

    def render(self) -> Content:
        """As wide as there is room."""
        return Content("─" * self.size.width)


class Press(Widget, can_focus=True):
    """A word to press: enter or space, or the letter it begins with."""

    DEFAULT_CSS = """
    Press {
        width: auto;
        height: 1;
        padding: 0 1;
        color: $text;
        background: $bar-ground;
    }
    Press:focus {
        background: $cursor-ground;
        color: $strong;
        text-style: bold;
    }
    Press:ansi {
        background: ansi_default;
    }
    Press:ansi:focus {
        text-style: bold reverse;
    }
    """

    class Pressed(Message):
        """It was pressed."""

        def __init__(self, press: Press) -> None:
            super().__init__()
            self.press = press

        @property
        def control(self) -> Press:
            """What was pressed."""
            return self.press

    def __init__(self, word: str | Content, name: str | None = None, id: str | None = None) -> None:
        super().__init__(name=name, id=id)
        self.word = word if isinstance(word, Content) else Content(word)

    def render(self) -> Content:
        """The word, with a mark where the focus is, so that it reads without colour."""
        return Content("▸ " if self.has_focus else "  ") + self.word

    def get_content_width(self, *_: object) -> int:
        """The mark and the word."""
        return self.word.cell_length + 2

    def show(self, word: Content) -> None:
        """Another word."""
        self.word = word
        self.refresh(layout=True)

    def on_key(self, event: events.Key) -> None:
        """Enter and space press."""
        if event.key in ("enter", "space"):
            event.stop()
            self.post_message(self.Pressed(self))

    def on_click(self) -> None:
        """So does the mouse."""
        self.post_message(self.Pressed(self))
