"""The inputs of dialogs: one line, and several lines.

None of them blinks, and each shows special keys to its dialog before it takes them. They hold texts
as `planner.text.editing` has them, a sign in the place of each character that can't be seen.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, TextArea

from planner.text.editing import from_edited, is_unseen, pasted, pictured, to_edit

Catch = Callable[[events.Key], bool]
"""Whether the dialog took a key for itself."""


class Typing:
    """What both editors do with a key: their dialog sees it first, and what can't be seen is typed
    as a sign.
    """

    _catch: Catch

    def on_key(self, event: events.Key) -> None:
        """Show a key to the dialog first."""
        if not self._catch(event):
            if event.character is None or not is_unseen(event.character):
                return
            self.type_text(to_edit(event.character))
        event.stop()
        event.prevent_default()

    def type_text(self, text: str) -> None:
        """Type a text at the cursor, over what is marked."""
        raise NotImplementedError


class Pictured(Highlighter):
    """Draws a picture for each sign."""

    def highlight(self, text: Text) -> None:
        """Put the pictures in."""
        text.plain = pictured(text.plain)


class OneLine(Typing, Input):
    """An input of one line. Lines that are pasted become one, with the `joint` between them."""

    class Joined(Message):
        """Several lines were pasted, and joined."""

        def __init__(self, lines: int) -> None:
            super().__init__()
            self.said = f"{lines} lines pasted, joined into one"

    def __init__(
        self,
        value: str,
        placeholder: str,
        catch: Catch,
        id: str | None = None,
        joint: str = " ",
    ) -> None:
        super().__init__(value, placeholder, Pictured(), compact=True, select_on_focus=False, id=id)
        self.cursor_blink = False
        self._catch = catch
        self._joint = joint

    @property
    def typed(self) -> str:
        """The text that it stands for."""
        return from_edited(self.value)

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.value

    @property
    def place(self) -> int:
        """Where the cursor stands, in characters."""
        return self.cursor_position

    def put(self, text: str, at: int | None = None) -> None:
        """Another text, with the cursor at its end or at a place."""
        self.value = text
        self.cursor_position = len(text) if at is None else at

    def at_edge(self, by: int) -> bool:
        """Whether there is no line to move to that way."""
        return bool(by)

    def type_text(self, text: str) -> None:
        """Type a text at the cursor, over what is marked."""
        self.replace(text, *sorted(self.selection))

    def on_paste(self, event: events.Paste) -> None:
        """Put it in, joined."""
        event.stop()
        event.prevent_default()
        found = pasted(event.text, self._joint)
        self.type_text(found.text)
        if found.lines > 1:
            self.post_message(self.Joined(found.lines))


class Lines(Typing, TextArea):
    """Several lines, as high as they are many; its row sees special keys first."""

    DEFAULT_CSS = """
    Lines, Lines:focus {
        height: auto;
        max-height: 8;
        border: none;
        padding: 0 1;
        background: $panel-ground;
        color: $strong;
        scrollbar-size-vertical: 1;
    }
    Lines:focus {
        background: $cursor-ground;
    }
    Lines .text-area--cursor-line, Lines:focus .text-area--cursor-line {
        background: transparent;
    }
    Lines .text-area--placeholder, Lines:focus .text-area--placeholder {
        color: $dim;
    }
    Lines:ansi, Lines:ansi:focus {
        background: ansi_default;
        color: ansi_default;
    }
    """

    def __init__(self, text: str, placeholder: str, catch: Catch) -> None:
        super().__init__(
            text,
            compact=True,
            tab_behavior="focus",
            highlight_cursor_line=False,
            placeholder=Content(placeholder),
        )
        self.cursor_blink = False
        self._catch = catch

    def on_focus(self) -> None:
        """Go on after the last line."""
        self.move_cursor(self.document.end)

    def on_blur(self) -> None:
        """Show the beginning again."""
        self.scroll_home(animate=False)

    def get_line(self, line_index: int) -> Text:
        """What is drawn of a line: a picture for each sign."""
        return Text(pictured(self.document.get_line(line_index)), end="", no_wrap=True)

    @property
    def place(self) -> int:
        """Where the cursor stands, in characters."""
        row, column = self.cursor_location
        return sum(len(line) + 1 for line in self.text.split("\n")[:row]) + column

    def put(self, text: str, at: int | None = None) -> None:
        """Another text, with the cursor at its end or at a place."""
        self.text = text
        before = text[:at].split("\n")
        self.move_cursor((len(before) - 1, len(before[-1])))

    def at_edge(self, by: int) -> bool:
        """Whether there is no line to move to that way."""
        return self.cursor_location[0] == (self.document.line_count - 1 if by > 0 else 0)

    def type_text(self, text: str) -> None:
        """Type a text at the cursor, over what is marked."""
        result = self.replace(text, *self.selection, maintain_selection_offset=False)
        self.move_cursor(result.end_location)

    def on_paste(self, event: events.Paste) -> None:
        """Put it in."""
        event.stop()
        event.prevent_default()
        self.type_text(pasted(event.text).text)


Editor = OneLine | Lines
