"""Going from view to view, and the way back."""

from __future__ import annotations

from planner.analysis.conflicts import findings_on
from planner.conflicts.roots import MISSED
from planner.tui.shell.app_state import Place, Selected
from planner.tui.shell.stage import Stage
from planner.tui.views.edit_actions import Changes
from planner.tui.views.part import Part

BOARDS = ("board", "whatif")
"""The views that have every initiative in a row."""


class Trail(Part):
    """Where a person goes from here, and came from."""

    def __init__(self, view: Stage, changes: Changes) -> None:
        super().__init__(view)
        self.changes = changes

    def go(self, view: str, selected: Selected | None = None) -> None:
        """Open a view, with `selected` marked; backspace leads back here."""
        self.leave()
        if selected is not None:
            self.desk.selected = selected
        self.view.planner.open_view(view)

    def leave(self) -> None:
        """Backspace is to lead here."""
        self.desk.been.append(Place(self.view.view_name, self.view.selected, self.desk.target))

    def do_back(self) -> None:
        """Back to the view and the row before the last jump."""
        place = self.desk.been.pop()
        self.desk.selected, self.desk.target = place.selected, place.target
        if place.view == self.view.view_name:
            self.view.selection_changed()
        else:
            self.view.planner.open_view(place.view)

    def do_path_here(self) -> None:
        """The path view, for what is selected."""
        if self.view.selected:
            self.leave()
            self.desk.selected, self.desk.target = self.view.selected, self.view.selected[1]
            self.view.planner.open_view("path")

    def do_rules(self) -> None:
        """The page of rules, at the one that the view is about."""
        self.desk.rule = self.view.mark.rule
        self.go("rules")

    def do_options(self) -> None:
        """What takes the launch here to an earlier date."""
        if self.view.mark.initiative:
            self.go("options", self.view.selected)

    def do_fixes(self) -> None:
        """Of a late launch, and of one without conflicts, its options; else the fixes here."""
        if self._asks_for_options():
            self.do_options()
        else:
            self.changes.fixes()

    def _asks_for_options(self) -> bool:
        id, plan, finding = self.view.mark.initiative, self.view.plan, self.view.mark.finding
        if self.view.view_name == "options" or id not in plan.schedule.launches:
            return False
        if finding is not None:
            return finding.code in MISSED
        return plan.schedule.missed(id) is not None or not findings_on(plan, id)

    def jump(self, kind: str, id: str) -> None:
        """To an initiative on the board, wherever this is; to the form of anything else."""
        if kind not in ("initiatives", "groups", "portfolios"):
            self.changes.edit_fields(kind, id)
            return
        hid = self._let_it_be_shown(kind, id)
        if self.view.view_name in BOARDS:
            self.leave()
            self.view.catch_up()
            self.view.select(kind, id)
        else:
            self.go("board", (kind, id))
        if hid:
            self.view.app.call_after_refresh(self._say, f"{hid} hid {id}: it is off now")

    def _let_it_be_shown(self, kind: str, id: str) -> str:
        """Give up the filter or the grouping that would leave it out of the board; which it was."""
        filter, matching = self.desk.filter, self.desk.matching(self.view.plan)
        if kind == "initiatives" and matching is not None and id not in matching:
            self.desk.filter = ""
            return f"The filter {filter}"
        if kind != "initiatives" and self.desk.grouping not in ("portfolio", "group"):
            grouping, self.desk.grouping = self.desk.grouping, "portfolio"
            return f"The grouping by {grouping}"
        return ""

    def _say(self, text: str) -> None:
        if (shown := self.view.planner.stage()) is not None:
            shown.say(text)
