"""Which work is to be priced: what drives a launch and has no price for fewer days yet."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from textual.content import Content

from planner.plan.model import Plan
from planner.roadmap.figures import count
from planner.roadmap.output_reach import UnpricedRow
from planner.tui.dialogs.pick import PickList, candidates
from planner.tui.dialogs.search import SearchDialog


class PriceDialog(SearchDialog[str]):
    """Returns the id of the work whose price is asked for."""

    keys = (("enter", "price it"), ("↓ ↑", "select"), ("esc", "cancel"))

    def __init__(self, plan: Plan, unpriced: Sequence[UnpricedRow]) -> None:
        super().__init__()
        self.plan = plan
        days = {one.id: one.days for one in unpriced}
        self.found = [
            replace(one, title=f"what would {count(days[one.id], 'day')} cost?")
            for one in candidates(plan, days)
        ]

    def heading(self) -> Content:
        """What is asked for."""
        return Content("Ask a price")

    def matches(self) -> PickList:
        """All that has no price."""
        return PickList(self.plan, self.found)

    def narrow(self, typed: str) -> None:
        """Those that match."""
        self.query_one(PickList).narrow(typed)

    def chosen(self) -> str | None:
        """The marked one."""
        marked = self.query_one(PickList).marked
        return marked.id if marked is not None else None
