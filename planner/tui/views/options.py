"""The options view: what takes a launch to a date, what each day won costs, and one set in full.

It is opened with `f` on a launch. The answer stands first, then the curve of prices, the sets that
reach the date, and of the marked one what it writes and what follows. Everything is worked out in a
thread: a date that was looked at before is shown at once, another one when it is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial, partialmethod
from pathlib import PurePath
from typing import ClassVar

from textual.app import ComposeResult

from planner.analysis.aiming import Aim
from planner.pages import options as pages
from planner.pages.lines import Line as PageLine
from planner.plan.impact import Consequence
from planner.plan.model import Plan
from planner.roadmap.output_reach import ReachOption, UnpricedRow
from planner.text.edits import Edit
from planner.text.renames import renamed_tables
from planner.text.visible import visible
from planner.tui.lines.lines_pane import LinesPane
from planner.tui.lines.pages import Explained, coloured, coloured_line
from planner.tui.lines.title_line import TitleLine
from planner.tui.shell.app_state import Desk, Mark
from planner.tui.views.options_aims import Aims
from planner.tui.views.options_answer import Room, answer_lines
from planner.tui.views.options_dates import Dates
from planner.tui.views.options_prices import Prices
from planner.tui.views.view import View


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
        self.aims = Aims(self, self._told)
        self.dates = Dates(self, self.aims, self._other_date)
        self.parts = (self.dates, Prices(self, self._unpriced), *self.parts)

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
            self.id_asked = id
            self._begin(afresh=True)
        elif self.id_asked:
            self._ask()

    def plan_changed(self, before: Plan, after: Plan) -> None:
        """Ask again, for the same date; the launch may have another id."""
        renamed = renamed_tables(before.tables, after.tables)
        self.id_asked = renamed.get(("initiatives", self.id_asked), self.id_asked)
        if self.id_asked:
            self._begin(afresh=False)

    def _begin(self, *, afresh: bool) -> None:
        """Forget what was known of another plan, and ask."""
        self.aims.begin(self.plan, self.id_asked)
        self.dates.begin(self.plan, self.id_asked, afresh=afresh)
        self.sets.choosing = True
        self._other_date()

    def _other_date(self) -> None:
        self.sets.chosen = 0
        self._ask()

    @property
    def aim(self) -> Aim | None:
        """What is known for the date that is chosen."""
        return self.dates.aim

    def _unpriced(self) -> tuple[UnpricedRow, ...]:
        return self.aim.shown.unpriced if self.aim is not None else ()

    def _ask(self) -> None:
        """Work it out in a thread, unless it is known."""
        self._told()
        if self.dates.day is not None:
            self.aims.ask(self.dates.day)

    def _told(self) -> None:
        """Show what is known now, and try the marked set."""
        self._show()
        if self.marked is not None:
            self.aims.try_set(self.marked[1])

    # --- what is shown ----------------------------------------------------------------------------

    def on_resize(self) -> None:
        """The curve has the room that is left."""
        self._show()

    @property
    def room(self) -> Room:
        """What there is to show it on."""
        return Room(self.size.width, self.size.height)

    def _show(self) -> None:
        """Everything, as far as it is known."""
        if not self.is_mounted or not self.id_asked:
            return
        self.title_line.show(*map(coloured_line, self._headings()))
        found, room = self.aim, self.room
        lines = answer_lines(self.plan, self.id_asked, self.aims, self.dates.day, room)
        listed = found is not None and bool(found.sets)
        self.answer.styles.height = len(lines) if listed else "1fr"
        self.answer.tell(lambda _: coloured(lines))
        for pane in (self.sets, self.chosen):
            pane.display = listed
        self.chosen.styles.height = room.in_full + 1
        self.sets.set_class(room.roomy, "-apart")
        self.sets.tell(self._sets, from_top=False)
        self.chosen.tell(self._chosen)
        self.refresh_lines()

    def _headings(self) -> tuple[PageLine, ...]:
        found = self.aim or self.aims.any
        if found is None:
            return ((("Options", "title"), (f" · {visible(self.id_asked)}", "dim")),)
        on_time = self.plan.schedule.missed(self.id_asked) is None
        return pages.heading(self.plan, found.shown, on_time=on_time)

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
        return coloured(page(brief=not self.room.roomy))

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
