"""The guide: the pages of `planner help`, each leading to those that it names."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content

from planner.pages.guide import guide_page
from planner.tui.dialogs.panel import KeyLine, Keys
from planner.tui.dialogs.reading import ReadPage, ReadText
from planner.tui.lines.pages import content_of

FIRST = "guide"


class GuideScreen(ReadPage[None]):
    """One page at a time: tab goes from link to link, enter opens one, backspace goes back."""

    BINDINGS = [
        Binding("tab", "link(1)", "next link"),
        Binding("shift+tab", "link(-1)", "previous link"),
        Binding("enter", "follow", "open", priority=True),
        Binding("backspace", "back", "back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.trail = [FIRST]
        """The pages that led here; the last one is shown."""
        self.links = guide_page(FIRST, 80).links
        self.at = 0
        """The link that enter opens."""

    def text(self, width: int) -> Content:
        """The page."""
        return content_of(guide_page(self.trail[-1], width).lines)

    def keys(self) -> Keys:
        """The link that is marked, and the keys."""
        opens = [("enter", f"opens {self.links[self.at]}")] if self.links else []
        following = [("tab", "next link")] if len(self.links) > 1 else []
        back = [("backspace", "back")] if len(self.trail) > 1 else []
        return (*opens, *following, *back, *super().keys())

    def action_link(self, by: int) -> None:
        """Mark the next link of the page."""
        if self.links:
            self.at = (self.at + by) % len(self.links)
            self._say(Content(""))

    async def action_follow(self) -> None:
        """Open the page that is marked."""
        if self.links:
            self.trail.append(self.links[self.at])
            await self._show()

    async def action_back(self) -> None:
        """The page before; the first one closes."""
        self.trail.pop()
        if self.trail:
            await self._show()
        else:
            self.dismiss(None)

    async def _show(self) -> None:
        """Another page, from its top."""
        self.links, self.at = guide_page(self.trail[-1], 80).links, 0
        await self.query_one(ReadText).remove()
        await self.mount(ReadText(self.text), before=self.query_one(KeyLine))
        self.query_one(ReadText).focus()
        self._say(Content(""))
