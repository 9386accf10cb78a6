"""Promises kept, beside the record where there is room, else as a page of its own.

What was said first is read from git once for each plan, in a thread; which of it is shown follows
the filter.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from planner.pages.lines import Page
from planner.plan.model import Plan
from planner.tui.lines.lines_pane import LinesPane
from planner.tui.lines.pages import Explained, coloured
from planner.tui.shell.app_state import Desk
from planner.tui.shell.stage import Shell

if TYPE_CHECKING:
    from planner.analysis.promises import Known

ROOM = 110
"""Columns of a screen from which they stand beside the record."""
ENDS = 9999
KEYS = (("j k", "scroll"), ("tab", "history"), ("esc", "back"))
"""What the footer says while they are read."""


class PromisesPane(LinesPane):
    """Shows them; while `read`, keys scroll it."""

    DEFAULT_CSS = """
    PromisesPane {
        width: 40; height: 1fr; border-left: solid $faint; background: $ground; display: none;
    }
    """
    SIDE = 1
    GROUND = "ground"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._of: Plan | None = None
        self._known: Known | None = None

    def look_up(self, plan: Plan) -> None:
        """Read what was said first of what is in a plan."""
        path = self._desk.session.path

        def look() -> Known:
            from planner.analysis.promises import known_of

            return known_of(path, plan)

        self._of, self._known = plan, None
        self.show()
        app = cast("Shell", self.app)
        app.in_thread(look, partial(self._came, plan), "promises", of=self, exclusive=True)

    def _came(self, plan: Plan, known: Known) -> None:
        if plan is self._of:
            self._known = known
            self.show()

    def show(self) -> None:
        """Show what is known of what the filter asks for."""
        self.tell(self._page, from_top=False)

    def _page(self, width: int) -> Explained:
        plan, known = self._of, self._known
        if plan is None or known is None:
            page = Page(width)
            page.text("Promises kept", "title")
            page.text("Working it out …", "dim")
            return coloured(page.lines)
        from planner.analysis.promises import promises_in
        from planner.pages.promises import promises_page

        matching = self._desk.matching(plan)
        among = None if matching is None else frozenset(matching)
        return coloured(promises_page(plan, promises_in(plan, known, "kind", among), width))

    def scrolling(self) -> dict[str, Callable[[], object]]:
        """What the keys of a list do while this is read, by action."""
        half = max(1, self.size.height // 2)
        steps = {"down": 1, "up": -1, "page_down": half, "page_up": -half}
        steps |= {"bottom": ENDS, "top": -ENDS}
        return {id: partial(self.scroll_lines, by) for id, by in steps.items()}
