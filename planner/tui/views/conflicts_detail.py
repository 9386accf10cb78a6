"""The finding under the cursor, explained once the cursor rests, with its fixes as they come.

The explanation comes 100 ms after the last move, the fixes one by one from a thread: the
keyboard never waits for either. What was tried is kept until the plan changes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic

from textual import on
from textual.message import Message
from textual.timer import Timer
from textual.worker import get_current_worker

from planner.conflicts.findings import Finding
from planner.conflicts.fixing import Fix
from planner.entry.questions import question
from planner.pages.conflict import Shown, finding_page, group_page
from planner.pages.lines import Line as PageLine
from planner.pages.roles import side_role
from planner.plan.model import Plan
from planner.plan.offers import Offers, try_fixes
from planner.text.visible import visible
from planner.tui.lines.pages import Explained, coloured
from planner.tui.shell.base_app import guarded
from planner.tui.views.conflicts_groups import Found, Group, Row
from planner.tui.views.conflicts_offers import KeptOffers
from planner.tui.views.conflicts_pane import EMPTY, LinesPane

REST = 0.1
"""Seconds after which a cursor that has not moved rests."""
TELL = 0.3
"""Seconds between two looks at how far trying has come."""


class FindingDetail(LinesPane):
    """Explains a row of the list. While `choosing`, one of the fixes is under the cursor."""

    class Tried(Message):
        """More fixes of a finding have been tried."""

        def __init__(self, plan: Plan, finding: Finding, offers: Offers) -> None:
            super().__init__()
            self.plan, self.finding, self.offers = plan, finding, offers

    def __init__(self, where: Callable[[Finding], str]) -> None:
        super().__init__()
        self.chosen = 0
        self.choosing = False
        self._where = where
        self._plan: Plan | None = None
        self._row: Row | None = None
        self._instead: Callable[[int], Explained] = lambda _: EMPTY
        self._kept = KeptOffers()
        self._trying: tuple[Plan, str] | None = None
        self._rest: Timer | None = None

    # --- what it is about -------------------------------------------------------------------------

    def about(self, plan: Plan, row: Row | None) -> None:
        """Explain a row once the cursor has rested on it."""
        self._plan, self._row, self.chosen = plan, row, 0
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, partial(self.explain, from_top=True))

    def about_nothing(self, instead: Callable[[int], Explained]) -> None:
        """Show other lines, made for the width, where there is no finding at all."""
        self._plan, self._row, self.choosing = None, None, False
        self._instead = instead
        self.explain(from_top=True)

    @property
    def finding(self) -> Finding | None:
        """What is explained; None for a heading."""
        return self._row.finding if isinstance(self._row, Found) else None

    @property
    def offers(self) -> Offers:
        """The fixes, as far as they have been tried."""
        if self._plan is None or self.finding is None:
            return Offers(complete=True)
        return self._kept.get(self._plan, self.finding)

    @property
    def fix(self) -> Fix | None:
        """The chosen fix."""
        found = self.offers.found
        return found[self.chosen].fix if self.chosen < len(found) else None

    # --- choosing ---------------------------------------------------------------------------------

    def choose(self, fix: int) -> None:
        """Put the cursor on a fix, or on the nearest there is."""
        self.chosen = max(0, min(fix, len(self.offers.found) - 1))
        self.choosing = True
        self.explain(from_top=False)
        self.reveal(self.chosen)

    def open(self) -> None:
        """Put the cursor on the first fix of a page that is read from its top."""
        self.chosen, self.choosing = 0, True
        self.explain(from_top=True)

    def leave(self) -> None:
        """Take the cursor away."""
        self.choosing = False
        self.explain(from_top=True)

    def step(self, by: int) -> None:
        """To the next fix, or a line further where it is not wholly in view."""
        after = self.chosen + by
        ready = not self.is_below(self.chosen) if by > 0 else self.shows(self.chosen)
        if 0 <= after < len(self.offers.found) and ready:
            self.choose(after)
        else:
            self.scroll_lines(by)

    # --- explaining and trying --------------------------------------------------------------------

    def explain(self, *, from_top: bool) -> None:
        """Show it now, and try its fixes if they have not been tried."""
        marked = self.chosen if self.choosing else None
        self.show(self._explained(), marked=marked, from_top=from_top)
        if self._plan is not None and self.finding is not None and not self.offers.complete:
            self._try(self._plan, self.finding)

    def _explained(self) -> Explained:
        if self._plan is None or self._row is None:
            return self._instead(self.text_width)
        if isinstance(self._row, Group):
            return coloured(_group(self._row, self.text_width))
        finding, plan = self._row.finding, self._plan
        keys = "enter applies the marked one, esc closes" if self.choosing else "enter chooses one"
        shown = Shown(self.chosen, keys, _instead(finding, plan))
        page = finding_page(
            plan, finding, self.offers, self._where(finding), self.text_width, shown
        )
        return coloured(page.lines, page.places)

    def _try(self, plan: Plan, finding: Finding) -> None:
        """Try the fixes in a thread, unless they are being tried."""
        if self._trying == (plan, finding.fingerprint):
            return
        self._trying = (plan, finding.fingerprint)
        work = partial(self._work, plan, finding)
        self.run_worker(work, thread=True, exclusive=True, exit_on_error=False, group="offers")

    def _work(self, plan: Plan, finding: Finding) -> None:
        guarded(self.app, partial(self._try_all, plan, finding))

    def _try_all(self, plan: Plan, finding: Finding) -> None:
        worker = get_current_worker()
        told = monotonic()
        for offers in try_fixes(plan, finding, lambda: not worker.is_cancelled):
            if worker.is_cancelled:
                return
            if offers.complete or monotonic() - told >= TELL:
                told = monotonic()
                self.post_message(self.Tried(plan, finding, offers))

    @on(Tried)
    def _tried(self, message: Tried) -> None:
        message.stop()
        self._kept.put(message.plan, message.finding, message.offers)
        here = self.finding
        if message.plan is self._plan and here and here.fingerprint == message.finding.fingerprint:
            self.explain(from_top=False)

    @on(LinesPane.Resized)
    def _wrap(self) -> None:
        self.explain(from_top=False)

    @on(LinesPane.Chosen)
    def _clicked(self, message: LinesPane.Chosen) -> None:
        message.stop()
        self.choose(message.fix)


def _group(group: Group, width: int) -> list[PageLine]:
    role = side_role(group.side) if group.side else "title"
    return group_page(group.title, role, group.counts, group.waived, group.key, width)


def _instead(finding: Finding, plan: Plan) -> str:
    """What to press where no fix is ready."""
    asked = question(finding, plan)
    if asked is not None:
        return f"enter asks you to {visible(asked.title)}"
    return "e edits it, o opens the file there" + ("" if finding.waived else ", i waives it")
