"""Whose path is shown, picked among the launches; and which of them the roadmap is about."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from textual import events
from textual.content import Content

from planner.session.session import Session
from planner.text.visible import visible
from planner.tui.dialogs.pick import MOST, PickList, candidates
from planner.tui.dialogs.search import SearchDialog


class TargetDialog(SearchDialog[str]):
    """Returns the picked id; `main` says that it is to be the roadmap's main launch, too."""

    keys = (("enter", "show"), ("tab", "set as main launch"), ("↓ ↑", "select"), ("esc", "cancel"))

    def __init__(self, session: Session, ids: Sequence[str]) -> None:
        super().__init__()
        self.plan = session.plan
        main = self.plan.schedule.main_launch
        self.found = [
            replace(one, title=f"{one.title or one.id} (main launch)") if one.id == main else one
            for one in candidates(self.plan, ids)
        ]
        self.main = False

    def heading(self) -> Content:
        """What is picked for."""
        return Content("Path to")

    def matches(self) -> PickList:
        """All launches."""
        return PickList(self.plan, self.found)

    @property
    def offered(self) -> PickList:
        """What matches."""
        return self.query_one(PickList)

    def narrow(self, typed: str) -> None:
        """Those that match."""
        self.offered.narrow(typed)

    def counted(self) -> str:
        """How many match, of how many."""
        shown = len(self.offered.found)
        return f"  {'more than ' if shown == MOST else ''}{shown} of {len(self.found)}"

    def chosen(self) -> str | None:
        """The marked one."""
        return self.offered.marked.id if self.offered.marked is not None else None

    def catch(self, event: events.Key) -> bool:
        """Tab makes it the main launch, too."""
        if event.key != "tab":
            return super().catch(event)
        id = self.chosen()
        if id is not None and self.plan.roadmap.initiatives[id].is_idea:
            self.say(Content(f"  {visible(id)} is only proposed: set its status to planned first"))
        elif id is not None:
            self.main = True
            self.dismiss(id)
        return True
