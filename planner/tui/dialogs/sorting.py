"""What the rows are sorted by: picked by letters; the one in force again turns it round."""

from __future__ import annotations

from textual.content import Content

from planner.entry.fuzzy import Candidate, rank
from planner.query.columns import HEADINGS, SORTS
from planner.tui.dialogs.options import Options, columns
from planner.tui.dialogs.search import SearchDialog

FILE = "file"
"""What the order of the file is called."""


class SortDialog(SearchDialog[str]):
    """Returns a sort, empty for the order of the file."""

    keys = (("enter", "sort; again turns it round"), ("↓ ↑", "select"), ("esc", "cancel"))
    hint = "letters of a column"

    def __init__(self, now: str) -> None:
        super().__init__()
        self.now = now
        words = {name: HEADINGS[name].about for name in SORTS}
        self.all = [
            Candidate(FILE, "order of the file"),
            *(Candidate(*each) for each in words.items()),
        ]
        self.found = self.all

    def heading(self) -> Content:
        """What is chosen."""
        return Content("Sort by")

    def matches(self) -> Options:
        """All there are, the one in force marked."""
        at = [each.id for each in self.all].index(self.now.removeprefix("-") or FILE)
        return Options(self._line, len(self.all), at=at)

    def narrow(self, typed: str) -> None:
        """Those that match, nearest first."""
        self.found = rank(typed, self.all, len(self.all)) if typed.strip() else self.all
        self.options.show(len(self.found))

    def chosen(self) -> str | None:
        """The marked one; turned round, where rows are sorted so already."""
        if not self.found:
            return None
        name = self.found[self.options.at].id
        if name == FILE:
            return ""
        return f"-{name}" if name == self.now else name

    def _line(self, at: int, width: int) -> Content:
        each = self.found[at]
        here = each.id == (self.now.removeprefix("-") or FILE)
        sign = (
            "" if not here else "now" + ("" if not self.now else "↓" if self.now[0] == "-" else "↑")
        )
        return columns(
            (
                (each.id.replace("_", " "), "$strong", 13),
                (each.title, "$dim", max(8, width - 22)),
                (sign, "$good", 0),
            )
        )
