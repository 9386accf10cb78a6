"""The command palette: an action, an id or a short word is typed, and enter does it.

Enter acts on what was typed, however fast: the list is made from the text in the input before
anything is chosen from it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from rich.cells import cell_len
from textual.content import Content

from planner.entry.fuzzy import Candidate
from planner.text.visible import visible
from planner.tui.dialogs.options import Options, columns
from planner.tui.dialogs.search import SearchDialog
from planner.tui.shell.commands import MOST, Command, found

NAME = 22
"""Columns of the word that a command is asked for by, a quarter of a narrow list; a longer one
takes from its words."""
LEAST = 14
"""Columns that its words keep, with the gaps."""
KEY = 10
"""Most columns of its key, or of the kind of what has an id; a short one leaves them to words."""


class PaletteDialog(SearchDialog[Command]):
    """Returns the command to run, None on escape."""

    widest = 92
    hint = "an action, an id, w, q"

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

    @cached_property
    def places(self) -> list[Candidate]:
        """Every id of the roadmap."""
        return self._places()

    def heading(self) -> Content:
        """What is asked."""
        return Content("Do, or go to")

    def matches(self) -> Options:
        """All that can be done, before anything is typed."""
        return Options(self._line, len(self.found), empty="no match")

    def narrow(self, typed: str) -> None:
        """What is found for a text."""
        all = self.places if typed.strip() else []
        self.found = found(typed, self.actions, all, self._jump)
        self.options.show(len(self.found))

    def counted(self) -> str:
        """How many were found."""
        shown = len(self.found)
        return f"  {'more than ' if shown >= MOST else ''}{shown} found" if self.asked else ""

    def chosen(self) -> Command | None:
        """The marked one."""
        return self.found[self.options.at] if self.found else None

    def _line(self, at: int, width: int) -> Content:
        """One line a hit: its word, what it is, and its key at the right."""
        each = self.found[at]
        ready = each.reason is None
        told = each.words if ready else f"{each.reason}: {each.words}"
        name, words = ("$strong", "$text") if ready else ("$done", "$done")
        word = visible(each.name)
        wide = min(max(min(NAME, width // 4), cell_len(word)), width - KEY - LEAST)
        last = min(KEY, cell_len(each.key))
        room = max(10, width - wide - last - 4)
        return columns(
            (
                (word, name, wide),
                (told, words, room),
                (each.key, "$key" if ready else "$done", last),
            )
        )
