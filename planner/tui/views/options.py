"""The options view: what takes a launch to a date, what each day won costs, and one set in full.

It is opened with `f` on a launch. The answer stands first, then the curve of prices, the sets that
reach the date, and of the marked one what it writes and what follows. Everything is worked out in a
thread: a date that was looked at before is shown at once, another one when it is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial, partialmethod
from pathlib import PurePath
from typing import ClassVar

from textual.app import ComposeResult

from planner.analysis.aiming import Aim, first_aim, why_no_aim
from planner.conflicts.acceleration import planned_days
from planner.conflicts.trial import finish_of
from planner.pages import options as pages
from planner.pages.curve import Curve
from planner.pages.lines import Line as PageLine
from planner.pages.lines import Page
from planner.plan.impact import Consequence
from planner.plan.model import Plan
from planner.roadmap.figures import count, date_text
from planner.roadmap.output_reach import ReachOption, ReachShown, UnpricedRow
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.lines.lines_pane import LinesPane
from planner.tui.lines.pages import Explained, coloured, coloured_line
from planner.tui.lines.title_line import TitleLine
from planner.tui.shell.app_state import Desk, Mark
from planner.tui.views.options_aims import Aims
from planner.tui.views.view import View

DRAWN_FROM = 64
"""Columns below which the curve is not drawn."""
FEWEST, MOST, HIGHEST = 2, 8, 16
"""Rows of the bars, and on a tall screen."""
TALL = 44
"""Lines of a tall screen."""
AROUND = 4
"""Lines of header, state line, heading and footer."""
CHOSEN, BRIEF = 4, 3
"""Lines of the set in full; where there is little room."""
LISTED = 4
"""Lines that the sets have at least."""
LITTLE, ROOMY = 17, 24
"""Lines from which the curve is drawn, and from which nothing has to be left out for it."""


class OptionsPane(LinesPane):
    """Lines that bring their own margin."""

    SIDE = 0
    GROUND = "ground"


class OptionsView(View):
    """What takes one launch to one date."""

    view_name = "options"
    foot = (
        *("down", "left", "open", "whatif", "ask_price", "copy", "escape", "palette"),
        *("undo",),
    )
    unfit = (
        *("edit", "estimate", "form", "add", "need", "unneed", "status", "filter", "fixes"),
        *("path_here", "move", "target", "waive", "regroup"),
    )
    labels: ClassVar[Mapping[str, str]] = {
        "down": "option",
        "left": "finish date",
        "open": "apply",
        "whatif": "try in what-if",
        "copy": "copy",
        "escape": "close",
    }
    offers = (
        *("down", "up", "left", "right", "page_down", "page_up", "top", "bottom"),
        *("open", "ask_price"),
    )
    DEFAULT_CSS = """
    OptionsView {
        #answer { height: 3; }
        #sets { height: 1fr; }
        #sets.-apart { border-top: solid $faint; }
        #chosen { height: 5; border-top: solid $faint; }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title_line = TitleLine()
        self.answer = OptionsPane(id="answer")
        self.sets = OptionsPane(id="sets")
        self.chosen = OptionsPane(id="chosen")
        self.id_asked = ""
        self.day: date | None = None
        self.moved = False
        """Whether a person chose the date."""
        self.aims = Aims(self, self._told)

    def body(self) -> ComposeResult:
        """Heading, answer and curve, the sets, the marked one."""
        yield self.title_line
        yield self.answer
        yield self.sets
        yield self.chosen

    # --- what is asked ----------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Begin with what is selected; the first frame waits for nothing."""
        super().on_mount()
        self.call_after_refresh(self.selection_changed)

    def selection_changed(self) -> None:
        """The options of another launch."""
        kind, id = self.desk.selected or ("", "")
        if kind == "initiatives" and id in self.plan.roadmap.initiatives and id != self.id_asked:
            self.id_asked, self.moved = id, False
            self._begin()
        elif self.id_asked:
            self._ask()

    def plan_changed(self, _before: Plan, _after: Plan) -> None:
        """Ask again, for the same date."""
        if self.id_asked:
            self._begin()

    def _begin(self) -> None:
        """Forget what was known of another plan, and ask."""
        self.aims.begin(self.plan, self.id_asked)
        self.sets.chosen, self.sets.choosing = 0, True
        first, finish = None, None
        if self.id_asked in self.plan.roadmap.initiatives:
            first = first_aim(self.plan, self.id_asked)
            finish = finish_of(self.plan.context, self.id_asked)
        chosen = self.day if self.moved and not self.on_time else None
        self.moved = chosen is not None and finish is not None and chosen < finish
        self.day = chosen if self.moved else first
        self._ask()

    @property
    def on_time(self) -> bool:
        """Whether the launch meets its deadline as things are."""
        return self.plan.schedule.missed(self.id_asked) is None

    @property
    def aim(self) -> Aim | None:
        """What is known for the date that is chosen."""
        return self.aims.of(self.day)

    def _ask(self) -> None:
        """Work it out in a thread, unless it is known."""
        self._told()
        if self.day is not None:
            self.aims.ask(self.day)

    def _told(self) -> None:
        """Show what is known now, and try the marked set."""
        self._show()
        if self.marked is not None:
            self.aims.try_set(self.marked[1])

    # --- what is shown ----------------------------------------------------------------------------

    def on_resize(self) -> None:
        """The curve has the room that is left."""
        self._show()

    def _show(self) -> None:
        """Everything, as far as it is known."""
        if not self.is_mounted or not self.id_asked:
            return
        self.title_line.show(*map(coloured_line, self._headings()))
        found, width = self.aim, self.size.width
        lines = self._answer(width)
        listed = found is not None and bool(found.sets)
        self.answer.styles.height = len(lines) if listed else "1fr"
        self.answer.tell(lambda _: coloured(lines))
        for pane in (self.sets, self.chosen):
            pane.display = listed
        self.chosen.styles.height = self._in_full + 1
        self.sets.set_class(self.roomy, "-apart")
        self.sets.tell(self._sets, from_top=False)
        self.chosen.tell(self._chosen)
        self.refresh_lines()

    def _headings(self) -> tuple[PageLine, ...]:
        found = self.aim or self.aims.any
        if found is None:
            return ((("Options", "title"), (f" · {visible(self.id_asked)}", "dim")),)
        return pages.heading(self.plan, found.shown, on_time=self.on_time)

    def _answer(self, width: int) -> list[PageLine]:
        """The answer, and under it the curve where there is room to draw it."""
        page, found = Page(width - 1), self.aim
        if self.day is None:
            page.text(f" {visible(why_no_aim(self.plan, self.id_asked))}", "warning")
        elif found is None:
            day, ran = date_text(self.day, self.plan.as_of), self.aims.schedules
            tried = f"{count(ran, 'schedule')} tried, " if ran else ""
            page.text(f" trying options for {day} … {tried}esc gives up", "dim")
        else:
            page.lines += pages.answer(
                self.plan, found.shown, page.width, " ", on_time=self.on_time
            )
        return [*page.lines, *self._drawn(found, len(page.lines))]

    def _drawn(self, found: Aim | None, above: int) -> list[PageLine]:
        """The curve in the lines that answer, sets and the marked one leave."""
        width, height = self.size.width - 2, self.size.height - AROUND
        known, priced = found or self.aims.any, self.aims.priced
        if known is None or priced is None or width < DRAWN_FROM or height < LITTLE:
            return []
        if not priced.curve:
            return []
        listed = min(LISTED, len(known.sets) + 1)
        rows = height - above - (self._in_full + 1) - (listed + 1) - len(self._curve(priced, 1)) + 1
        if rows < FEWEST:
            return []
        most = MOST if height < TALL else HIGHEST
        drawn = self._curve(priced, min(rows - self.roomy, most))
        return [*[()] * self.roomy, *drawn]

    @property
    def _in_full(self) -> int:
        """Lines of the marked set."""
        return CHOSEN if self.roomy else BRIEF

    @property
    def roomy(self) -> bool:
        """Whether there is room for lines that set the parts apart."""
        return self.size.height - AROUND >= ROOMY

    def _curve(self, priced: ReachShown, rows: int) -> list[PageLine]:
        return [*Curve(self.plan, priced, self.size.width - 2, rows, self.day).lines()]

    def _sets(self, width: int) -> Explained:
        """The sets that reach the date."""
        found = self.aim
        if found is None or not found.sets:
            return Explained((), ())
        rows = [one for one, _ in found.sets]
        chosen = min(self.sets.chosen, len(rows) - 1)
        return coloured(*pages.sets_page(self.plan, found.shown, rows, width - 1, chosen))

    def _chosen(self, width: int) -> Explained:
        """The marked set in full."""
        if self.marked is None:
            return Explained((), ())
        (one, _), made, where = self.marked, self.consequence, self._file
        page = partial(pages.set_page, self.plan, self.id_asked, one, made, where, width - 1)
        return coloured(page(brief=not self.roomy))

    def _file(self, kind: str, id: str) -> str:
        return PurePath(self.session.workspace.locate(kind, id, ())[0]).name

    # --- the marked set ---------------------------------------------------------------------------

    @property
    def marked(self) -> tuple[ReachOption, Edit] | None:
        """The set under the cursor, with what it writes."""
        found, at = self.aim, self.sets.chosen
        return found.sets[at] if found is not None and at < len(found.sets) else None

    @property
    def consequence(self) -> Consequence | None:
        """What follows of the marked set; None until it is tried."""
        return None if self.marked is None else self.aims.consequence(self.marked[1])

    # --- actions ----------------------------------------------------------------------------------

    @property
    def mark(self) -> Mark:
        """The launch; enter applies the marked set."""
        if not self.id_asked:
            return Mark()
        return Mark(("initiatives", self.id_asked), openable=self.marked is not None)

    @property
    def choosing(self) -> bool:
        """A set is always marked: another plan begins with the first again."""
        return self.marked is not None

    def _step(self, by: int) -> None:
        if self.marked is None:
            self.say("No option is listed for this date", "warning")
            return
        self.sets.step(by)
        self._told()

    def _to_end(self, by: int) -> None:
        self.sets.to_end(by)
        self._told()

    do_down, do_up = partialmethod(_step, 1), partialmethod(_step, -1)
    do_bottom, do_top = partialmethod(_to_end, 1), partialmethod(_to_end, -1)

    def do_page_down(self) -> None:
        """Half a page of sets further."""
        self.sets.scroll_lines(max(1, self.sets.size.height // 2))

    def do_page_up(self) -> None:
        """Half a page of sets back."""
        self.sets.scroll_lines(-max(1, self.sets.size.height // 2))

    def do_right(self) -> None:
        """An earlier finish: further to the right on the curve."""
        self._aim_at(1)

    def do_left(self) -> None:
        """A later finish."""
        self._aim_at(-1)

    def _aim_at(self, by: int) -> None:
        """The next date on the curve, else the next working day."""
        if self.day is None:
            self.say("Nothing can be won here", "warning")
            return
        wanted = self._next_day(by)
        if wanted is None:
            self.say(self._the_end(by), "warning")
            return
        self.day, self.moved, self.sets.chosen = wanted, True, 0
        self._ask()

    def _next_day(self, by: int) -> date | None:
        """The next finish of the curve; before its end, and where none is known, the next day."""
        assert self.day is not None
        days = [one.finish for one in self.aims.priced.curve] if self.aims.priced else []
        found = [day for day in days if (day < self.day if by > 0 else day > self.day)]
        if found and (by > 0 or self.day >= days[-1]):
            return max(found) if by > 0 else min(found)
        if self.aim is None:
            return None
        shown, day = self.aim.shown, self.plan.calendars.roadmap.add(self.day, -by)
        first = min(shown.earliest, shown.earliest_dropping)
        return day if first <= day < shown.finish else None

    def _the_end(self, by: int) -> str:
        known = self.aim
        if known is None:
            return "Options for this date are still being tried"
        if by < 0:
            return "Any later date is reached as things are"
        earliest = date_text(known.shown.earliest, self.plan.as_of)
        return f"{earliest} is the earliest{'' if known.shown.ended else ' found'}"

    def do_open(self) -> None:
        """Apply the marked set, if it can be read, as one undo step; the view then shows it."""
        if self.marked is None:
            self.say("No option is marked", "warning")
        elif not self.sets.begins_in_view:
            self.sets.reveal()
        else:
            one, edit = self.marked
            self.changes.make(edit, visible(one.title))

    def do_whatif(self) -> None:
        """Try the marked set in the what-if; without one, go there."""
        if self.marked is None:
            self.trying.do_whatif()
        else:
            one, edit = self.marked
            self.trying.try_edit(edit, visible(one.title))

    def do_ask_price(self) -> None:
        """Pick work that has no price, and write one: `accelerate`, as one edit."""
        unpriced = self._unpriced()
        if not unpriced:
            self.say("All that drives this date has a price, or could not be shorter", "warning")
            return
        from planner.tui.dialogs.price import PriceDialog

        self.app.push_screen(PriceDialog(self.plan, unpriced), self._price)

    def _price(self, id: str | None) -> None:
        row = next((one for one in self._unpriced() if one.id == id), None)
        if row is None:
            return
        from planner.tui.dialogs.cell import CellDialog

        left = planned_days(self.plan.context, row.id) - row.days
        text = f"to {left}d, cost "
        dialog = CellDialog(self.session, "initiatives", row.id, "accelerate", text)
        self.app.push_screen(dialog, self._keep_price)

    def _unpriced(self) -> tuple[UnpricedRow, ...]:
        return self.aim.shown.unpriced if self.aim is not None else ()

    def _keep_price(self, edit: Edit | None) -> None:
        if edit is not None:
            self.changes.make(edit, "price of fewer days")

    def do_copy(self) -> None:
        """Copy the marked set as the command that writes it."""
        command = self.marked[0].command if self.marked is not None else None
        if command is None:
            self.say("No command writes this", "warning")
            return
        self.app.copy_to_clipboard(command)
        self.say(f"Copied {command}")

    def do_escape(self) -> None:
        """Close, and give up what is being worked out."""
        self.aims.stop()
        if self.desk.been:
            self.trail.do_back()
        else:
            self.planner.open_view("board")
