"""Asking what fewer days of some work would cost, and keeping the answer."""

from __future__ import annotations

from collections.abc import Callable

from planner.conflicts.acceleration import planned_days
from planner.roadmap.output_reach import UnpricedRow
from planner.text.edits import Edit
from planner.tui.views.view import View


class Prices:
    """Writes prices: `unpriced` is the work that has none, and drives the date on screen."""

    def __init__(self, view: View, unpriced: Callable[[], tuple[UnpricedRow, ...]]) -> None:
        self._view, self._unpriced = view, unpriced

    def do_ask_price(self) -> None:
        """Pick work that has no price, and write one: `accelerate`, as one edit."""
        unpriced = self._unpriced()
        if not unpriced:
            self._view.say(
                "All that drives this date has a price, or could not be shorter", "warning"
            )
            return
        from planner.tui.dialogs.price import PriceDialog

        self._view.app.push_screen(PriceDialog(self._view.plan, unpriced), self._price)

    def _price(self, id: str | None) -> None:
        row = next((one for one in self._unpriced() if one.id == id), None)
        if row is None:
            return
        from planner.tui.dialogs.cell import CellDialog

        left = planned_days(self._view.plan.context, row.id) - row.days
        text = f"to {left}d, cost "
        dialog = CellDialog(self._view.session, "initiatives", row.id, "accelerate", text)
        self._view.app.push_screen(dialog, self._keep_price)

    def _keep_price(self, edit: Edit | None) -> None:
        if edit is not None:
            self._view.changes.make(edit, "price of fewer days")
