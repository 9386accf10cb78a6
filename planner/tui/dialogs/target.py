"""Whose path is shown, picked among the launches; and which of them the roadmap is about."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from textual import events
from textual.content import Content
from textual.widgets import Static

from planner.session.session import Session
from planner.text.visible import visible
from planner.tui.dialogs.pick import PickDialog, candidates


class TargetDialog(PickDialog):
    """Returns the picked id; `main` says that it is to be the roadmap's main launch, too."""

    keys = (("enter", "show"), ("tab", "set as main launch"), ("↓ ↑", "select"), ("esc", "cancel"))

    def __init__(self, session: Session, ids: Sequence[str]) -> None:
        main = session.plan.schedule.main_launch
        found = [
            replace(one, title=f"{one.title or one.id} (main launch)") if one.id == main else one
            for one in candidates(session.plan, ids)
        ]
        super().__init__(session, found, "Path to")
        self.main = False

    def _catch(self, event: events.Key) -> bool:
        if event.key != "tab":
            return super()._catch(event)
        marked = self.offered.marked
        if marked is not None and self.plan.roadmap.initiatives[marked.id].is_idea:
            self.query_one(".count", Static).update(
                Content(f"  {visible(marked.id)} is only proposed: set its status to planned first")
            )
        elif marked is not None:
            self.main = True
            self.dismiss(marked.id)
        return True
