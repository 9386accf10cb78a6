"""The history view: the trend of the launches drawn, and each step that moved the marked one.

`n` goes to the next launch, `j k` through its steps as they are sorted, `h l` through the same
steps by date, and the marked step's day is marked in the drawing, too. What a step is about is the
table that drove it, so that `e`, `p` and the other views act on that.

The record is read beside the screen (`history_reading`); until another one has come, the last one
stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import cache, partial, partialmethod
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from planner.errors import PlannerError
from planner.pages.history import (
    NO_LAUNCH,
    ONE,
    ORDERS,
    Order,
    StepTable,
    heading_pieces,
    in_order,
    none_page,
    roles_of,
    step_page,
    sum_line,
    sum_pieces,
    trend_of,
)
from planner.pages.trend import reporting_days
from planner.plan.model import Plan
from planner.roadmap.figures import per_cent
from planner.roadmap.output_history import HistoryShown, StepRow, TrendRow
from planner.text.renames import renamed_tables
from planner.text.visible import visible
from planner.tui.lines.footer import ActionFooter
from planner.tui.lines.lines_pane import LinesPane
from planner.tui.lines.list_and_page import ListAndPage
from planner.tui.lines.pages import Explained, Line, coloured, coloured_line, line_of
from planner.tui.lines.row_list import Row, heading, set_in
from planner.tui.shell.app_state import Desk, Mark, Selected
from planner.tui.views.history_difference import Difference, DifferenceScreen, difference_of
from planner.tui.views.history_promises import KEYS, ROOM, PromisesPane
from planner.tui.views.history_reading import Found, Problem, Reader, Reading
from planner.tui.views.history_room import SIDE, Room
from planner.tui.views.list_view import BELOW, ListView

START = (
    ("git init", "makes a repository of this folder"),
    ("git add . && git commit", "keeps a revision: from the second on, moves are shown here"),
)
NEXT = (("git commit", "after a change keeps the next revision"),)


_HISTORY = line_of(("History", "strong", True))
STOPPED = "The record was not read to its end"
AGAIN = (("enter", "reads it from the start"),)
NOT_MOVED = "It has landed on the same day since the record starts: a promise kept"
ANY = (("esc", "shows every step again"),)


class TrendPane(LinesPane):
    """The drawing, as high as it is."""

    DEFAULT_CSS = "TrendPane { background: $ground; height: auto; }"
    SIDE = SIDE
    GROUND = "ground"


class HistoryView(ListView):
    """What moved each launch, step by step, by time and by edits."""

    view_name = "history"
    offers = (*ListView.offers, "next_launch", "sort")
    foot: ClassVar[tuple[str, ...]] = ("open", "next_launch", "next_part", "sort")
    labels: ClassVar[Mapping[str, str]] = {"open": "difference", "next_part": "promises"}
    beside = BELOW
    share = 75
    DEFAULT_CSS = """
    HistoryView #record { height: 1fr; }
    HistoryView #left { width: 1fr; }
    HistoryView .-reading #left { display: none; }
    HistoryView .-beside PromisesPane, HistoryView .-reading PromisesPane { display: block; }
    HistoryView .-reading PromisesPane { width: 1fr; border-left: none; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.drawn = TrendPane()
        self.promises = PromisesPane(desk)
        self.reader = Reader(self, self._came, self._tell)
        self.launch: str | None = None
        """The launch that a person went to; None for the main one."""
        self.order: Order = ORDERS[0]
        self._reading = False
        """Whether keys scroll the promises."""
        self.why_not: Problem | None = None
        """Why there is no record."""

    def body(self) -> ComposeResult:
        """Heading; drawing, steps and the page of one; promises kept."""
        yield self.title_line
        with Horizontal(id="record"):
            with Vertical(id="left"):
                yield self.drawn
                yield self.both
            yield self.promises

    # --- reading ----------------------------------------------------------------------------------

    def recompute(self) -> None:
        """Read the record."""
        self.reader.read()

    def on_screen_resume(self) -> None:
        """Read again where there are other commits."""
        if self.of is not None and self.reader.out_of_date():
            self.recompute()

    def head_moved(self) -> None:
        """Read again: there is another commit."""
        if self.of is not None:
            self.recompute()

    def on_unmount(self) -> None:
        """Nobody waits for what is being read."""
        self.reader.stop()

    def _came(self, plan: Plan, found: Found) -> None:
        self.why_not = found if isinstance(found, Problem) else None
        if isinstance(found, HistoryShown) or self.found is None:
            self.show(plan, found if isinstance(found, HistoryShown) else None)
        self.title_line.show(*self.headings())
        if self.reader.reading is None:
            self.promises.look_up(plan)

    def _tell(self, reading: Reading) -> None:
        said = per_cent(reading.done / reading.all) if reading.all else "…"
        words = line_of((f" · reading {said} · ", "dim"), ("esc", "key", True), (" stops", "dim"))
        self.title_line.show([*_HISTORY, *words])

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def trend(self) -> TrendRow | None:
        """The launch whose steps are listed."""
        return None if self.found is None else trend_of(self.found, self.launch)

    def headings(self) -> tuple[Line, ...]:
        """How many launches over how many days; where one is drawn alone, how far it moved."""
        shown, trend = self.found, self.trend
        if shown is None or trend is None:
            return (_HISTORY,)
        asked = (
            line_of((f" · filter {visible(self.desk.filter)}", "key")) if self.desk.filter else []
        )
        if self._room.all_in_one:
            return ([*coloured_line(tuple(heading_pieces(shown))), *asked],)
        sums = sum_pieces(trend, shown.as_of)
        number = f" · {shown.trends.index(trend) + 1} of {len(shown.trends)} "
        name = (visible(trend.title), roles_of(self.plan, shown)[trend.id], True)
        one = [*_HISTORY, *line_of((number, "dim"), name, ("  ", "text"))]
        ways = (sums, sums[:2], sums[1:2])
        return tuple([*one, *coloured_line(tuple(said)), *asked] for said in ways)

    def rows(self, plan: Plan) -> list[Row]:
        """The steps of the launch; under a filter those that matching work drove."""
        trend = self.trend
        if trend is None or not trend.steps:
            return []
        matching = self.desk.matching(plan)
        table = cache(partial(StepTable, plan, self.found, trend))
        sums = partial(sum_line, trend, self.found.as_of)
        return [
            *([Row(lambda width: coloured_line(sums(width)))] if self._room.all_in_one else []),
            heading(lambda width: coloured_line(table(width).head())),
            *(
                self._row(plan, trend, step, table)
                for step in in_order(trend, self.order)
                if matching is None or trend.id in matching or _drives(step, matching)
            ),
        ]

    def _row(
        self, plan: Plan, trend: TrendRow, step: StepRow, table: Callable[[int], StepTable]
    ) -> Row:
        near: date = self.found.as_of
        return Row(
            set_in(lambda width: coloured_line(table(width).line(step))),
            f"{trend.id} {step.revision.commit} {step.revision.day}",
            lambda width: coloured(step_page(plan, step, near, width)),
            _about(plan, trend, step),
            of=step,
        )

    def nothing(self, width: int) -> Explained:
        """Why there is no step, and what to do about it."""
        if self.why_not is not None:
            hints = START if self.why_not.no_repository else ()
            return coloured(none_page(self.why_not.said, width, hints))
        if self.found is None:
            return coloured(none_page(STOPPED, width, AGAIN))
        if self.trend is None:
            return coloured(none_page(NO_LAUNCH, width))
        if self.trend.steps:
            return coloured(none_page("No step matches the filter", width, ANY))
        if len(reporting_days(self.found)) > 1:
            return coloured(none_page(NOT_MOVED, width))
        return coloured(none_page(ONE, width, NEXT))

    def show(self, plan: Plan, found: Any) -> None:
        """Show a record; the first one of the launch that is marked in the other views."""
        self.of, self.found = plan, found
        if self.launch is None and self._marked_launch is not None:
            self.launch = self._marked_launch
        self._draw()
        super().show(plan, found)

    # --- the drawing ------------------------------------------------------------------------------

    @property
    def _room(self) -> Room:
        return Room(self.found, self.trend, self.query_one("#left").size)

    def _draw(self) -> None:
        """Draw the trend, the day of the step under the cursor marked."""
        row, trend = self.listing.row, self.trend
        step = row.of if row is not None and isinstance(row.of, StepRow) else None
        marked = step.revision.day if step is not None else None
        lines = self._room.lines(self.plan, marked) if trend is not None else []
        self.drawn.styles.height = len(lines)
        self.drawn.tell(lambda _: coloured(lines), from_top=False)

    @on(ListAndPage.Rested)
    def _rested(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        """Draw in another size, and with others where there is room for them now."""
        self.query_one("#record").set_class(self.size.width >= ROOM, "-beside")
        if self.of is not None:
            self.call_after_refresh(self.show, self.of, self.found)

    # --- what is marked ---------------------------------------------------------------------------

    def is_about(self, row: Row, wanted: Selected) -> bool:
        """Whether it drove the step; of the launch itself the first step is the one."""
        return row.about == wanted and (self.trend is None or wanted[1] != self.trend.id)

    def selection_changed(self) -> None:
        """A launch that was marked elsewhere is shown here; else the step it drove is marked."""
        launch = self._marked_launch
        if launch is not None and not self._is_mine:
            self.launch = launch
            self.show(self.plan, self.found)
        else:
            super().selection_changed()

    @property
    def _marked_launch(self) -> str | None:
        """The launch that is selected in all views, where it is one."""
        kind, id = self.wanted or ("", "")
        launches = () if self.found is None else (trend.id for trend in self.found.trends)
        return id if kind == "initiatives" and id in launches else None

    @property
    def mark(self) -> Mark:
        """The table that drove the step under the cursor; a reading that was stopped goes on."""
        stopped = self.found is None and self.reader.reading is None
        return Mark(openable=True) if stopped else super().mark

    # --- promises ---------------------------------------------------------------------------------

    def handler(self, id: str) -> Callable[[], object]:
        """While the promises are read, keys scroll them."""
        scrolling = self.promises.scrolling() if self._reading else {}
        return scrolling.get(id) or super().handler(id)

    def do_next_part(self) -> None:
        """To the promises, and back."""
        self._reading = not self._reading
        self.query_one("#record").set_class(self._reading, "-reading")
        self.query_one(ActionFooter).show_keys(KEYS if self._reading else None)

    def plan_changed(self, before: Plan, after: Plan) -> None:
        """The steps of the same launch, which may have another id."""
        renamed = renamed_tables(before.tables, after.tables)
        self.launch = renamed.get(("initiatives", self.launch or ""), self.launch)
        super().plan_changed(before, after)

    def filter_changed(self) -> None:
        """Show what the filter matches, here and of the promises."""
        super().filter_changed()
        self.promises.show()

    # --- actions ----------------------------------------------------------------------------------

    def do_next_launch(self) -> None:
        """The steps of the next launch, after the last one the first."""
        if self.found is None or self.trend is None or len(self.found.trends) < 2:
            self.say("There is no other launch", "warning")
            return
        trends = self.found.trends
        self.launch = trends[(trends.index(self.trend) + 1) % len(trends)].id
        self.desk.selected = ("initiatives", self.launch)
        self.listing.show([])
        self.show(self.plan, self.found)

    def do_sort(self) -> None:
        """Heaviest first, or latest first."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.show(self.plan, self.found)
        self.say("Heaviest first" if self.order == "weight" else "Latest first")

    def _to_date(self, by: int) -> None:
        """To the step before (-1) or after (1) by date, whatever they are sorted by."""
        steps = self.trend.steps if self.trend is not None else ()
        places = {id(row.of): at for at, row in enumerate(self.listing.rows)}
        in_time = [places[id(step)] for step in steps if id(step) in places]
        at = in_time.index(self.listing.cursor) + by if self.listing.row is not None else -1
        if 0 <= at < len(in_time):
            self.listing.move_to(in_time[at])
        else:
            self.say(f"Nothing moved it {'later' if by > 0 else 'earlier'} than that", "warning")

    do_left, do_right = partialmethod(_to_date, -1), partialmethod(_to_date, 1)

    def do_open(self) -> None:
        """The difference that the step made; where reading was stopped, read again."""
        row, trend = self.listing.row, self.trend
        if self.found is None and self.reader.reading is None:
            self.recompute()
        elif row is not None and trend is not None and isinstance(row.of, StepRow):
            self.say("Working it out …")
            look = partial(difference_of, self.session.path, self.plan, trend, row.of)
            self.planner.in_thread(look, self._show_difference, "difference", exclusive=True)

    def _show_difference(self, found: Difference | PlannerError) -> None:
        self.query_one(ActionFooter).hush()
        if isinstance(found, PlannerError):
            self.say(str(found), "error")
        elif self.is_active:
            self.app.push_screen(DifferenceScreen(found))

    def do_escape(self) -> None:
        """Back from the promises; stop reading; else what escape does everywhere."""
        if self._reading:
            self.do_next_part()
        elif not self.reader.stop():
            super().do_escape()
        elif self.found is None:
            self.show(self.plan, None)
        else:
            self.title_line.show(*self.headings())


def _drives(step: StepRow, matching: Collection[str]) -> bool:
    return any(each.kind == "initiatives" and each.id in matching for each in step.causes)


def _about(plan: Plan, trend: TrendRow, step: StepRow) -> Selected:
    """The table that drove a step where it is still there, else the launch."""
    causes = ((each.kind, each.id) for each in step.causes)
    there = (each for each in causes if each[1] in plan.tables.get(each[0], {}))
    return next(there, ("initiatives", trend.id))
