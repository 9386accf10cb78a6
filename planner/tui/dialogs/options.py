"""A list to choose from, drawn line by line: only what is in view is made.

It takes no focus of its own accord: the dialog moves it, so that an input above it keeps the keys.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

Line = Callable[[int, int], Content]
"""(index, width) to the line of an item."""
WHEEL = 3
"""Items that one turn of the mouse wheel moves the mark."""
LETTERS = {"j": "down", "k": "up", "g": "home", "G": "end"}
"""Letters that move where nothing is typed."""


class Options(Widget):
    """`count` items, each on one line, one of them marked; `most` are shown at once."""

    DEFAULT_CSS = """
    Options {
        width: 100%;
        height: auto;
        color: $text;
    }
    """

    class Moved(Message):
        """Another item is marked."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    class Chosen(Message):
        """An item was clicked."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(
        self,
        line: Line,
        count: int,
        most: int = 12,
        empty: str = "nothing here",
        at: int = 0,
    ) -> None:
        super().__init__()
        self._line = line
        self.count = count
        self.most = most
        self.at = at
        """The marked item; -1 where none is until somebody marks one."""
        self._top = 0
        self.empty = empty

    def show(self, count: int, at: int = 0) -> None:
        """Other items."""
        self.count = count
        self.at = max(0, min(at, count - 1))
        self._top = 0
        self._keep_in_view()
        self.refresh(layout=True)
        self.post_message(self.Moved(self.at))

    def move(self, by: int) -> None:
        """Mark another item; the ends are ends for pages, and meet for single steps."""
        if not self.count:
            return
        at = max(self.at, -1 if by > 0 else 0) + by
        self.at = at % self.count if abs(by) == 1 else max(0, min(at, self.count - 1))
        self._keep_in_view()
        self.refresh()
        self.post_message(self.Moved(self.at))

    def go(self, at: int) -> None:
        """Mark an item by its place."""
        self.move(at - self.at or 0)

    def key(self, key: str) -> bool:
        """Move by a key; whether it was one."""
        page = max(1, self._rows() - 1)
        steps = {"down": 1, "up": -1, "pagedown": page, "pageup": -page}
        if key in steps:
            self.move(steps[key])
        elif key in ("home", "end"):
            self.move(-self.count * 2 if key == "home" else self.count * 2)
        return key in steps or key in ("home", "end")

    def letter(self, key: str) -> bool:
        """Move by a key, or by a letter that means the same; whether it was one."""
        return self.key(LETTERS.get(key, key))

    def _rows(self) -> int:
        return min(self.most, self.size.height or self.most)

    def _keep_in_view(self) -> None:
        rows = self._rows()
        self._top = min(max(self._top, self.at - rows + 1), self.at)
        self._top = max(0, min(self._top, self.count - rows))

    def get_content_height(self, *_: object) -> int:
        """As high as there are items, up to `most`."""
        return max(1, min(self.count, self.most))

    def on_resize(self) -> None:
        """The marked item stays in view."""
        self._keep_in_view()

    def render(self) -> Content:
        """The items in view; a mark and a ground under the one that enter takes."""
        if not self.count:
            return Content.assemble((f"  {self.empty}", "$dim"))
        rows = range(self._top, min(self._top + self._rows(), self.count))
        return Content("\n").join(self._row(at) for at in rows)

    def _row(self, at: int) -> Content:
        width = self.size.width
        line = Content("▸ " if at == self.at else "  ") + self._line(at, width - 2)
        line = line.truncate(width, ellipsis=True).pad_right(max(0, width - line.cell_length))
        return line.stylize("bold on $cursor-ground") if at == self.at else line

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel marks another one."""
        event.stop()
        self.move(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel marks another one."""
        event.stop()
        self.move(-WHEEL)

    def on_click(self, event: events.Click) -> None:
        """A click marks, and chooses what is marked already."""
        at = self._top + event.y
        if at < self.count:
            self.post_message(self.Chosen(at)) if at == self.at else self.go(at)


def columns(parts: Sequence[tuple[str, str, int]]) -> Content:
    """(text, style, width) of each column, cut and padded; width 0 takes what it needs."""
    return Content("  ").join(_cell(*part) for part in parts)


def _cell(text: str, style: str, width: int) -> Content:
    cell = Content.assemble((text, style))
    if not width:
        return cell
    cell = cell.truncate(width, ellipsis=True)
    return cell.pad_right(max(0, width - cell.cell_length))
