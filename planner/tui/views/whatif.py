"""The what-if: a board of what moves by the edits that are tried, and what they do to all else.

Every view is in the what-if while it is on; this one compares. A bar stands where it would be, and
a line under it where it is without the edits. Below stand launches, money, load and conflicts with
and without them, and the edits: on a small screen as a page of its own.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partialmethod

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from planner.analysis.baseline import Baseline
from planner.analysis.whatif import Step, what_if_shown
from planner.errors import PlannerError
from planner.pages.whatif import unmoved_words, what_if_page
from planner.plan.model import Plan
from planner.roadmap.figures import count
from planner.roadmap.output_whatif import WhatIfShown
from planner.session.roadmaps import option_for
from planner.text.edits import touched
from planner.tui.lines.footer import ActionFooter
from planner.tui.lines.lines_pane import LinesPane
from planner.tui.lines.pages import Explained, coloured
from planner.tui.shell.app_state import Desk, Mark
from planner.tui.views.board import BoardView

BELOW = 30
"""Lines of a screen from which the comparison stands below the board."""
SHARE = 60
"""Per cent of the lines that it takes then, or what the rows leave."""
READING = (
    *(("j k", "edit"), ("x", "remove edit"), ("u", "undo"), ("enter", "apply all")),
    *(("tab", "board"), ("T", "leave")),
)
"""What the footer says while keys act on the comparison."""
FIXED = 5
"""Lines of header, state, axis, count and footer."""


class WhatifView(BoardView):
    """What is tried, beside what is."""

    view_name = "whatif"
    offers = (*BoardView.offers, "next_part")
    foot = ("edit", "next_part", "open", "whatif", "undo", "remove", "copy")
    labels = {
        "open": "apply all",
        "remove": "remove edit",
        "copy": "copy as commands",
        "whatif": "leave",
        "next_part": "edits",
    }
    DEFAULT_CSS = """
    WhatifView DetailPane, WhatifView.-page Axis, WhatifView.-page Timeline,
    WhatifView.-page #unmoved, WhatifView.-page #nothing { display: none; }
    WhatifView.-tall Axis, WhatifView.-vast Axis { height: 1; }
    WhatifView #unmoved { height: 1; padding: 0 1; background: $ground; color: $dim; }
    WhatifView #comparison { display: none; border-top: solid $faint; }
    WhatifView.-below #comparison, WhatifView.-page #comparison { display: block; }
    WhatifView.-page #comparison { height: 1fr; border-top: none; }
    """

    def __init__(self, desk: Desk) -> None:
        self.found: WhatIfShown | None = None
        """What was worked out of the plan on screen; None until it is."""
        self._of: Plan | None = None
        self._whole = False
        """Whether rows that do not move are shown as well."""
        self._peeked = False
        """Whether they are shown only until the next edit, for the one that was gone to."""
        self._baseline: Baseline | None = None
        super().__init__(desk)
        self.pane = LinesPane(id="comparison")

    def body(self) -> ComposeResult:
        """The board, how much of it does not move, and the comparison."""
        yield from super().body()
        yield Static(id="unmoved", markup=False)
        yield self.pane

    def on_mount(self) -> None:
        """Show the board, then the comparison."""
        super().on_mount()
        self.recompute()

    def on_resize(self) -> None:
        """The comparison below the board, or as a page."""
        self._fit()

    # --- what is compared -------------------------------------------------------------------------

    def plan_changed(self, before: Plan, after: Plan) -> None:
        """Show the new plan, and compare it."""
        self._whole, self._peeked = self._whole and not self._peeked, False
        super().plan_changed(before, after)
        self.recompute()

    def findings_came(self) -> None:
        """The conflicts of a large plan are known now."""
        super().findings_came()
        self.recompute()

    def recompute(self) -> None:
        """Compare the plan with the one without the edits; of a large one in a thread."""
        self.work_out(self._compute, self._show)

    def _compute(self, plan: Plan) -> WhatIfShown:
        tried = self.session.what_if
        steps = () if tried is None else tried.steps()
        made = [Step(one.edit, before, after) for one, before, after in steps]
        return what_if_shown(self.session.base.plan, plan, made, option_for(self.session.path))

    def _show(self, plan: Plan, found: WhatIfShown) -> None:
        self.found, self._of = found, plan
        self.show(plan)
        self.selection_changed()
        within = sum(row.within_float for row in found.moved)
        told = Content("Nothing moves yet: all rows are shown")
        if self.moving_ids:
            way = "shows what moves" if self._whole else "shows all"
            words = unmoved_words(found.unmoved, within)
            told = Content.assemble(("Z", "bold $key"), f" {way}: {words}")
        self.query_one("#unmoved", Static).update(told)
        if not found.edits:
            self.pane.choosing = False
            self._say_keys()
        self.pane.tell(self._told, from_top=not self.pane.choosing)
        self._fit()

    def _told(self, width: int) -> Explained:
        if self.found is None or self._of is None:
            return coloured([(("Working it out …", "dim"),)])
        page = what_if_page(self.found, self._of, width)
        return coloured(page.lines, page.edits)

    @property
    def moving_ids(self) -> frozenset[str]:
        """What moves, other than within its float, or is edited."""
        moved = self.found.moved if self.found is not None else ()
        return frozenset(row.id for row in moved if not row.within_float)

    def only(self, plan: Plan) -> Collection[str] | None:
        """What moves, of what the filter asks for; all of this where nothing does."""
        matching = super().only(plan)
        moving = self.moving_ids
        if self._whole or not moving:
            return matching
        return moving if matching is None else moving & {*matching}

    @property
    def against(self) -> Baseline | None:
        """The plan without the edits; None where there are none."""
        tried, base = self.session.what_if, self.session.base.plan
        if tried is None or not tried.edits:
            return None
        if self._baseline is None or self._baseline.plan is not base:
            self._baseline = Baseline("", base)
        return self._baseline

    def compare(self) -> None:
        """And which edit changes what."""
        super().compare()
        rows = self.found.moved if self.found is not None else ()
        marks = {row.id: " ".join(f"e{number}" for number in row.edits) for row in rows}
        self.timeline.note({id: text for id, text in marks.items() if text})

    def do_baseline(self) -> None:
        """There is no other comparison here."""
        self.say("Compared is the plan without the edits; a baseline is on the board", "warning")

    do_choose_baseline = do_baseline

    def select(self, kind: str, id: str) -> None:
        """Mark it; a row that does not move is shown for that."""
        if kind == "initiatives" and self.moving_ids and id not in self.moving_ids:
            self._peeked = self._peeked or not self._whole
            self._whole = True
            self.show(self.plan)
        super().select(kind, id)

    # --- the two parts ----------------------------------------------------------------------------

    def _fit(self) -> None:
        """Below the board it has what the rows leave, or its share."""
        height = self.app.size.height
        self.set_class(height >= BELOW, "-below")
        if height >= BELOW:
            room = height - FIXED
            least = min(len(self.pane.lines) + 1, room * SHARE // 100)
            wanted = max(least, room - len(self.timeline.outline))
            self.pane.styles.height = min(len(self.pane.lines) + 1, wanted)

    @property
    def reading(self) -> bool:
        """Whether keys act on the comparison."""
        return self.pane.choosing or self.has_class("-page")

    def do_next_part(self) -> None:
        """To the edits, and back to the board; on a small screen to the page that has them."""
        if self.reading:
            self._to_board()
            return
        self.set_class(not self.has_class("-below"), "-page")
        if self.pane.shown.places or (self.found is not None and self.found.edits):
            self.pane.open()
            self._say_keys()
        elif self.has_class("-below"):
            self.say("Nothing is tried yet: e, = and m change what is selected", "warning")

    def _to_board(self) -> None:
        self.set_class(False, "-page")
        self.pane.leave()
        self._say_keys()

    def _say_keys(self) -> None:
        self.query_one(ActionFooter).show_keys(READING if self.reading else None)

    def _step(self, by: int) -> None:
        self.pane.step(by) if self.reading else self.rows.to(self.timeline.cursor + by)

    def _half(self, by: int) -> None:
        if self.reading:
            self.pane.scroll_lines(by * max(1, self.pane.size.height // 2))
        else:
            self.rows.to(self.timeline.cursor + by * self.timeline.page)

    def _to_end(self, by: int) -> None:
        if self.reading:
            self.pane.to_end(by)
        else:
            self.rows.to(0 if by < 0 else len(self.timeline.outline) - 1)

    do_down, do_up = partialmethod(_step, 1), partialmethod(_step, -1)
    do_page_down, do_page_up = partialmethod(_half, 1), partialmethod(_half, -1)
    do_bottom, do_top = partialmethod(_to_end, 1), partialmethod(_to_end, -1)

    def do_escape(self) -> None:
        """Back to the board, else what escape does everywhere."""
        if self.reading:
            self._to_board()
        else:
            super().do_escape()

    def do_fold_all(self) -> None:
        """Show all rows, or only what moves."""
        self._whole, self._peeked = not self._whole, False
        if self.found is not None and self._of is not None:
            self._show(self._of, self.found)

    # --- the edits --------------------------------------------------------------------------------

    @property
    def mark(self) -> Mark:
        """What the marked edit changes, else the row under the cursor."""
        tried = self.session.what_if
        if not self.pane.choosing or tried is None or self.pane.chosen >= len(tried.edits):
            return super().mark
        kind, id = min(touched(tried.edits[self.pane.chosen].edit))
        there = id in self.plan.tables.get(kind, {})
        return Mark((kind, id) if there else None, openable=True)

    async def action_do(self, id: str) -> None:
        """Removing and copying are about the edits, whatever row is selected."""
        if self.in_hand:
            await super().action_do(id)
        elif id == "remove" and self.pane.choosing:
            self._remove()
        elif id == "copy":
            self._copy()
        elif id == "open":
            self.trying.apply()
        elif id == "whatif" and self.session.what_if is not None:
            self.trying.leave()
        else:
            await super().action_do(id)

    def _remove(self) -> None:
        tried, at = self.session.what_if, self.pane.chosen
        if tried is None or at >= len(tried.edits):
            return
        label = tried.edits[at].label
        try:
            tried.remove(at)
        except PlannerError as error:
            self.say(error.message, "error")
            return
        self.catch_up()
        self.say(f"Removed e{at + 1} ({label}); u brings it back")

    def _copy(self) -> None:
        rows = self.found.edits if self.found is not None else ()
        commands = [row.command for row in rows if row.command]
        if not commands:
            self.say("Nothing is tried yet that a command makes", "warning")
            return
        self.app.copy_to_clipboard("\n".join(commands))
        left = len(rows) - len(commands)
        more = f"; {count(left, 'edit')} can't be said as a command" if left else ""
        self.say(f"Copied {count(len(commands), 'command')}{more}")
