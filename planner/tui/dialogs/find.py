"""An initiative is found by letters of its id or title."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from planner.plan.model import Plan
from planner.tui.dialogs.panel import Keys
from planner.tui.dialogs.pick import PickList, candidates
from planner.tui.dialogs.search import SearchDialog


class FindDialog(SearchDialog[str]):
    """Returns the id, None on escape. `asked_for` says what it is for; it is safe to show."""

    keys: Keys = (("enter", "take"), ("↓ ↑", "select"), ("esc", "cancel"))

    def __init__(self, plan: Plan, ids: Iterable[str], asked_for: str) -> None:
        super().__init__()
        self._asked_for = asked_for
        self._list = PickList(plan, candidates(plan, ids))

    def heading(self) -> Content:
        """What is asked."""
        return Content(self._asked_for)

    def matches(self) -> PickList:
        """All of them."""
        return self._list

    def narrow(self, typed: str) -> None:
        """Only what matches."""
        self._list.narrow(typed)

    def chosen(self) -> str | None:
        """The marked one."""
        return self._list.marked.id if self._list.marked is not None else None
