"""One initiative as a page: all that the detail pane knows, for screens too low for a pane.

What can be done with it can be done from here: the page closes and the view does it.
"""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content

from planner.plan.model import Plan
from planner.tui.board.details_text import conflicts, facts
from planner.tui.dialogs.panel import Keys
from planner.tui.dialogs.reading import ReadPage
from planner.tui.lines.terms import underlined
from planner.tui.shell.actions import ACTIONS
from planner.tui.shell.keys import Keymap

DO = (
    "estimate",
    "form",
    "fixes",
    "status",
    "need",
    "path_here",
    "move",
    "editor",
    "undo",
    "copy",
    "agree",
    "terms",
)
"""Actions of the view that can be asked for from the page."""
FOOT = ("form", "fixes", "status", "need", "path_here")


class DetailScreen(ReadPage[str | None]):
    """Facts, then conflicts. Returns the action to do with it, None where it was only read."""

    BINDINGS = [Binding("backspace", "dismiss", "back")]

    def __init__(self, plan: Plan, id: str, keymap: Keymap) -> None:
        super().__init__()
        self.plan, self.keymap = plan, keymap
        self.initiative = id

    def text(self, width: int) -> Content:
        """All that is known of it."""
        initiative = self.plan.roadmap.initiatives[self.initiative]
        lines = underlined(self.plan, facts(self.plan, initiative, width))
        lines += [Content(""), *conflicts(self.plan, self.initiative, width)]
        return Content("\n").join(lines)

    async def act_on(self, key: str) -> bool:
        """Return the action that a key does in the view, where it is one of these."""
        action = self.keymap.does(key, (ACTIONS[id] for id in DO))
        if action is not None:
            self.dismiss(action.id)
        return action is not None

    def keys(self) -> Keys:
        """What can be done with it, then how to read on and leave."""
        can = ((self.keymap.shown(ACTIONS[id]), ACTIONS[id].label) for id in FOOT)
        return (*can, *super().keys())
