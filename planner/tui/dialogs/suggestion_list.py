"""The suggestions under an editor: what the word at the cursor could be."""

from __future__ import annotations

from msgspec.structs import replace
from textual import events
from textual.content import Content
from textual.widgets import Static

from planner.entry.draft import Draft
from planner.entry.shapes import Field
from planner.entry.suggest import Suggestion, asks_for_all, put, suggestions
from planner.tui.dialogs.editors import Editor
from planner.tui.shell import toolkit


class SuggestionList(Static):
    """A few suggestions in lines of their own under the editor; one of them is marked.

    Making something new is never marked of itself: a person has to move there.
    """

    DEFAULT_CSS = """
    SuggestionList {
        width: 1fr;
        height: auto;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        background: $bar-ground;
        border-left: outer $key;
        padding: 0 1 0 0;
    }
    SuggestionList:ansi {
        background: ansi_default;
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False
        self.found: list[Suggestion] = []
        self.at = 0

    def offer(self, field: Field, draft: Draft, editor: Editor, *, all: bool = False) -> None:
        """What the word at the cursor could be; everything where a blank, or `all`, asks for it."""
        text, at = editor.text, editor.place
        found = suggestions(field, text, at, draft.around)
        word = bool(found) and text[found[0].start : found[0].end].strip()
        self.show(found if word or all or asks_for_all(text, at) else [])

    def take(self, draft: Draft, editor: Editor) -> bool:
        """Put the marked one in the place of the word; whether that makes a new table."""
        chosen = self.marked
        self.show([])
        if chosen is None:
            return False
        new = chosen.create is not None
        word = replace(chosen, word=draft.create(*chosen.create)) if chosen.create else chosen
        editor.put(*put(word, editor.text))
        return new

    def show(self, found: list[Suggestion]) -> None:
        """Show these, the first marked unless it makes something new; none hides the list."""
        self.found = found
        self.at = 0 if found and found[0].create is None else -1
        self.display = bool(found)
        self._draw()

    def move(self, by: int) -> None:
        """Mark the next or the one before."""
        self.at = (max(self.at, 0 if by < 0 else -1) + by) % len(self.found)
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """A click marks one, and takes what is marked already, as tab does."""
        if event.y == self.at:
            self.app.post_message(toolkit.key_event("tab"))
        elif event.y < len(self.found):
            self.move(event.y - max(self.at, -1))

    @property
    def marked(self) -> Suggestion | None:
        """The one that enter takes; None while nothing is suggested, or only something new."""
        return self.found[self.at] if self.display and self.found and self.at >= 0 else None

    def _draw(self) -> None:
        wide = max((len(each.word) for each in self.found if not each.create), default=0)
        self.update(Content("\n").join(self._line(at, wide) for at in range(len(self.found))))

    def _line(self, at: int, wide: int) -> Content:
        each = self.found[at]
        mark = ("▸ ", "bold $key") if at == self.at else ("  ", "")
        strong = "bold $strong" if at == self.at else "$text"
        if each.create is not None:
            key = "" if at == self.at else "  ↓ enter" if self.at < 0 else ""
            return Content.assemble(mark, ("+ ", "$key"), (each.title, strong), (key, "$key"))
        return Content.assemble(mark, (each.word.ljust(wide), strong), (f"  {each.title}", "$dim"))
