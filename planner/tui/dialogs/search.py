"""A dialog in which a few letters find one thing among many.

Enter acts on what was typed, however fast: the list is made from the text in the input before
anything is chosen from it.
"""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from planner.tui.dialogs.editors import OneLine
from planner.tui.dialogs.options import Options
from planner.tui.dialogs.panel import Dialog, Keys

T = TypeVar("T")


class SearchDialog(Dialog[T]):
    """Returns what was chosen, None on escape."""

    DEFAULT_CSS = """
    SearchDialog .count { height: 1; color: $dim; }
    """

    keys: Keys = (("enter", "run"), ("↓ ↑", "select"), ("esc", "cancel"))
    hint: ClassVar[str] = "letters of the id or the title"

    def __init__(self) -> None:
        super().__init__()
        self.asked = ""
        """The text that the list is made from."""

    # --- what a dialog says -----------------------------------------------------------------------

    def matches(self) -> Options:
        """The list, before anything is typed."""
        raise NotImplementedError

    def narrow(self, typed: str) -> None:
        """Bring the list up to a text."""

    def counted(self) -> str:
        """How many match."""
        return ""

    def chosen(self) -> T | None:
        """What is marked; None where nothing matches."""
        return None

    # --- the same in all of them ------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """An input, what matches it, and how many that is."""
        yield OneLine("", self.hint, self.catch)
        yield self.matches()
        yield Static(classes="count", markup=False)

    def on_mount(self) -> None:
        """Type at once, where the search shows at once."""
        if self.search.display:
            self.search.focus()
        self.say(Content(self.counted()))

    @property
    def search(self) -> OneLine:
        """What is typed."""
        return self.query_one(OneLine)

    @property
    def options(self) -> Options:
        """The list."""
        return self.query_one(Options)

    def say(self, words: Content) -> None:
        """Something to say below the list."""
        self.query_one(".count", Static).update(words)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        self._follow()

    def _follow(self) -> None:
        """Bring the list up to what stands in the input; the mark stays where nothing changed."""
        typed = self.search.typed
        if typed != self.asked:
            self.asked = typed
            self.narrow(typed)
            self.say(Content(self.counted()))

    def catch(self, event: events.Key) -> bool:
        """Enter chooses, arrows and pages mark; home and end are the input's."""
        if event.key == "enter":
            self._choose()
            return True
        if event.key in ("home", "end"):
            return False
        self._follow()
        return self.options.key(event.key)

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """A click on what is marked chooses it."""
        event.stop()
        self._choose()

    def _choose(self) -> None:
        self._follow()
        self.take()

    def take(self) -> None:
        """Return what is marked."""
        if (chosen := self.chosen()) is not None:
            self.dismiss(chosen)
