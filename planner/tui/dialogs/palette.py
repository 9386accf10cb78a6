"""The command palette: an action, an id or a short word is typed, and enter does it.

Enter acts on what was typed, however fast: the list is made from the text in the input before
anything is chosen from it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from planner.entry.fuzzy import Candidate
from planner.text.visible import visible
from planner.tui.dialogs.editors import OneLine
from planner.tui.dialogs.options import Options, columns
from planner.tui.dialogs.panel import Dialog
from planner.tui.shell.commands import MOST, Command, found

NAME = 22
"""Columns of the word that a command is asked for by, a quarter of a narrow list; a longer one
takes from its words."""
LEAST = 14
"""Columns that its words keep, with the gaps."""
KEY = 10
"""Most columns of its key, or of the kind of what has an id; a short one leaves them to words."""


class PaletteDialog(Dialog[Command | None]):
    """Returns the command to run, None on escape."""

    DEFAULT_CSS = """
    PaletteDialog .count { height: 1; color: $dim; }
    """

    widest = 92
    keys = (("enter", "run"), ("↓ ↑", "select"), ("esc", "cancel"))

    def __init__(
        self,
        actions: list[Command],
        places: Callable[[], list[Candidate]],
        jump: Callable[[Candidate], Command],
    ) -> None:
        super().__init__()
        self.actions = actions
        self._places, self._jump = places, jump
        self.found = self.actions
        self._asked = ""

    @cached_property
    def places(self) -> list[Candidate]:
        """Every id of the roadmap."""
        return self._places()

    def heading(self) -> Content:
        """What is asked."""
        return Content("Do, or go to")

    def body(self) -> ComposeResult:
        """An input, and what matches it."""
        yield OneLine("", "an action, an id, w, q", self._catch)
        yield Options(self._line, len(self.found), empty="no match")
        yield Static(classes="count", markup=False)

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(OneLine).focus()
        self._count()

    @property
    def offered(self) -> Options:
        """What matches."""
        return self.query_one(Options)

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Narrow the list."""
        self._narrow()

    def _narrow(self) -> None:
        """Bring the list up to what stands in the input; the mark stays where nothing changed."""
        asked = self.query_one(OneLine).typed
        if asked != self._asked:
            self._asked = asked
            all = self.places if asked.strip() else []
            self.found = found(asked, self.actions, all, self._jump)
            self.offered.show(len(self.found))
            self._count()

    def _count(self) -> None:
        shown = len(self.found)
        text = f"  {'more than ' if shown >= MOST else ''}{shown} found" if self._asked else ""
        self.query_one(".count", Static).update(Content(text))

    def _catch(self, event: events.Key) -> bool:
        if event.key == "enter":
            self._choose()
            return True
        if event.key in ("home", "end"):
            return False
        self._narrow()
        return self.offered.key(event.key)

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """A click on what is marked does it."""
        event.stop()
        self._choose()

    def _choose(self) -> None:
        self._narrow()
        if self.found:
            self.dismiss(self.found[self.offered.at])

    def _line(self, at: int, width: int) -> Content:
        """One line a hit: its word, what it is, and its key at the right."""
        each = self.found[at]
        name, words = ("$strong", "$text") if each.ready else ("$done", "$done")
        word = visible(each.name)
        wide = min(max(min(NAME, width // 4), cell_len(word)), width - KEY - LEAST)
        last = min(KEY, cell_len(each.key))
        room = max(10, width - wide - last - 4)
        return columns(
            (
                (word, name, wide),
                (each.words, words, room),
                (each.key, "$key" if each.ready else "$done", last),
            )
        )
