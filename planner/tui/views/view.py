"""The base class of all views: what each shows and knows, and the parts that act for it.

A view is written like this::

    class PathView(View):
        view_name = "path"
        offers = ("down", "up", "zoom_in")

        def body(self) -> ComposeResult:
            yield Lanes()

        def plan_changed(self, before: Plan, after: Plan) -> None:
            self.query_one(Lanes).show(after)

        @property
        def mark(self) -> Mark:
            return Mark(("initiatives", self.query_one(Lanes).cursor), openable=True)

        def do_down(self) -> None:
            ...

The app makes it with the desk it shares with the other views: ``PathView(desk)``. For each id in
`offers` it, or one of its `parts`, has a method ``do_<id>``; whether the action is available is
asked of the registry before that method is called. The actions that work everywhere are done by
parts that each view has: `Changes`, `Keeping`, `Trail`, `Filtering`, `Looking`, `InAndOut` and
`ByName`. Where a view knows better it has a ``do_<id>`` of its own, which comes first, and may hand
over to the part: ``self.filtering.do_escape()``. What keys act on is the view's `mark`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from planner.plan.model import Plan
from planner.roadmap.figures import listed
from planner.session.session import Session
from planner.tui.lines.footer import ActionFooter, LongMessage
from planner.tui.lines.header import HeaderLine
from planner.tui.lines.state import StateLine
from planner.tui.shell.actions import ACTIONS, EVERYWHERE, key_of
from planner.tui.shell.app_state import Desk, Mark, Selected
from planner.tui.shell.checking import graph_at_once, large
from planner.tui.shell.keys import pressed, typed
from planner.tui.shell.stage import Severity, Shell
from planner.tui.views.by_name import ByName
from planner.tui.views.commit import Committing
from planner.tui.views.edit_actions import Changes
from planner.tui.views.filtering import Filtering
from planner.tui.views.in_and_out import InAndOut
from planner.tui.views.looking import Looking
from planner.tui.views.save_quit import Keeping
from planner.tui.views.selecting import Selecting
from planner.tui.views.trail import Trail
from planner.tui.views.trying import Trying

WITHOUT_PLAN = frozenset(
    ("down", "up", "left", "right", "page_down", "page_up", "top", "bottom", "next_part", "redraw")
)
"""Actions that go on while an edit is being made: all others wait until it is there."""
MOST_VIEWS = 3
"""So many views are named in which a key means something."""


class View(Screen[None], inherit_bindings=False):
    """A view: header line, state line (what is wrong with the plan, or what the edit in hand would
    make of it), its own `body`, and the footer, which a message covers until the next key.
    """

    view_name: ClassVar[str] = ""
    """The view's name: its mode in the app, and the id of the action that opens it."""

    offers: ClassVar[tuple[str, ...]] = ()
    """Ids of the actions that this view has beyond those that every view has."""

    foot: ClassVar[tuple[str, ...]] = ()
    """Ids of the actions that stand first in the footer, because this view is for them."""

    unfit: ClassVar[tuple[str, ...]] = ()
    """Ids of the actions that can never act on what this view lists: not in the footer."""

    labels: ClassVar[Mapping[str, str]] = {}
    """What the footer calls an action here, where that says more than its own label."""

    BINDINGS = []
    DEFAULT_CSS = "View { layers: default above; }"
    AUTO_FOCUS = "*"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._seen = desk.session.plan
        self._asked = desk.asked
        self._stop_hearing: Callable[[], None] | None = None
        self.changes = Changes(self)
        self.keeping = Keeping(self)
        self.committing = Committing(self, self.keeping)
        self.trail = Trail(self, self.changes)
        self.selecting = Selecting(self)
        self.filtering = Filtering(self, self.trail, self.changes, self.selecting)
        self.looking = Looking(self, self.changes)
        self.in_and_out = InAndOut(self)
        self.trying = Trying(self, self.trail)
        self.by_name = ByName(self, self.changes, self.keeping, self.trail, self.filtering)
        self.parts: tuple[object, ...] = (
            *(self.changes, self.keeping, self.trail, self.filtering, self.looking),
            *(self.in_and_out, self.by_name, self.trying, self.committing, self.selecting),
        )
        """What does the actions that the view itself has no method for."""

    # --- what is on screen ------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Header, state line, the view's body, footer."""
        yield HeaderLine(self.desk)
        yield from self.above()
        yield StateLine(self.desk)
        yield from self.body()
        yield ActionFooter()
        yield LongMessage()

    def above(self) -> ComposeResult:
        """Hook: what stands between header and state line."""
        yield from ()

    def body(self) -> ComposeResult:
        """The view's own widgets, between state line and footer."""
        yield from ()

    def actions(self) -> list[str]:
        """Ids of the actions that this view offers, in the registry's order."""
        offered = {*EVERYWHERE, *self.offers}
        return [id for id in ACTIONS if id in offered]

    @property
    def planner(self) -> Shell:
        """The app, as what it is."""
        return cast("Shell", self.app)

    # --- its actions ------------------------------------------------------------------------------

    async def act_on(self, key: str) -> bool:
        """Do what a key does here, if anything."""
        action = self.desk.keymap.does(key, (ACTIONS[id] for id in self.actions()))
        if action is not None:
            if action.id not in WITHOUT_PLAN:
                await self.desk.made()
            await self.action_do(action.id)
        return action is not None

    async def action_do(self, id: str) -> None:
        """Run an action of the registry, or say why it can't run now.

        What it is about is of today: a key may be the first that is pressed after midnight.
        """
        action = ACTIONS[id]
        self.planner.see_the_day()
        if reason := action.reason(self):
            self.say(reason, "warning")
        elif action.view is None:
            self.handler(id)()
        elif action.view != self.view_name:
            self.trail.go(action.view)

    def handler(self, id: str) -> Callable[[], object]:
        """The method that does an action: the view's own, else that of one of its parts."""
        name = f"do_{id}"
        does: Callable[[], object] = next(
            getattr(each, name) for each in (self, *self.parts) if hasattr(each, name)
        )
        return does

    def on_key(self, _event: events.Key) -> None:
        """A message stays until the next key."""
        self.desk.typing = True
        self.query_one(ActionFooter).hush()

    def on_mouse_down(self, _event: events.MouseDown) -> None:
        """Or until the mouse is used."""
        self.query_one(ActionFooter).hush()

    def say_no_meaning(self, event: events.Key) -> None:
        """A key that means nothing here, and what it means where."""
        means = self.planner.meanings(pressed(event))
        where = "; ".join(
            f"{label} in {listed(views, MOST_VIEWS)}" for label, views in means.items()
        )
        told = where or f"{key_of(self, 'help')} shows the keys that have one"
        self.say(f"{typed(event)} has no meaning here; {told}", "warning")

    # --- the plan ---------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        """The open roadmap; changed only by `Changes` and what a dialog returns."""
        return self.desk.session

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        return self.desk.session.plan

    def plan_changed(self, before: Plan, after: Plan) -> None:
        """Hook: show `after`; called when this view is on screen (at once, or when it comes back).

        `before` is what this view showed last.
        """

    def on_mount(self) -> None:
        """Hear of every change to the plan, whoever makes it."""
        if self._stop_hearing is None:
            self._stop_hearing = self.session.history.subscribe(self._plan_was_changed)

    def on_unmount(self) -> None:
        """Stop hearing."""
        if self._stop_hearing is not None:
            self._stop_hearing()

    def _plan_was_changed(self, _before: Plan, _after: Plan) -> None:
        if self.is_active or self in self.app.screen_stack:
            self.catch_up()

    def catch_up(self) -> None:
        """Show the plan as it is now, and what is asked for of it, if either is another than what
        was shown last.
        """
        self.planner.meet()
        before, self._seen = self._seen, self.plan
        asked, self._asked = self._asked, self.desk.asked
        if before is not self._seen or asked != self._asked:
            self.selecting.end_range()
        if before is not self._seen:
            self.plan_changed(before, self._seen)
        if asked != self._asked:
            self.filter_changed()
        if before is not self._seen or asked != self._asked:
            self.refresh_lines()

    def filter_changed(self) -> None:
        """Hook: show what matches `desk.filter`; on the board under other headings, too."""

    def counted(self, asked: str) -> tuple[int, int]:
        """How many things a filter would show here, of how many: initiatives, unless overridden."""
        from planner.query.filters import compile_filter

        all = len(self.plan.roadmap.initiatives)
        ids = compile_filter(asked, self.plan, self.desk.me(self.plan)).ids
        return all if ids is None else len(ids), all

    def on_screen_resume(self) -> None:
        """Show what changed while another view was on screen: the plan, the filter."""
        self.catch_up()
        self.selection_changed()
        self.show_chosen()
        self.refresh_lines()

    def refresh_lines(self) -> None:
        """Show header, state line and footer anew."""
        self.query_one(HeaderLine).refresh()
        self.query_one(StateLine).show_plan()
        self.query_one(ActionFooter).refresh()

    def work_out(
        self,
        compute: Callable[[Plan], Any],
        show: Callable[[Plan, Any], None],
        *,
        asks_graph: bool = False,
    ) -> None:
        """Work something out of the plan and show it: at once, or of a large plan in a thread.

        So it is where the dependency graph is asked and networkx is not loaded yet. `compute` must
        not touch the view. What it found is not shown if the plan has changed since.
        """
        plan = self.plan

        def worked_out(found: Any) -> None:
            if plan is self.plan and self.is_mounted:
                show(plan, found)

        if large(plan) or (asks_graph and not graph_at_once(plan)):
            work = partial(compute, plan)
            self.planner.in_thread(work, worked_out, "work_out", of=self, exclusive=True)
        else:
            show(plan, compute(plan))

    # --- the selection ----------------------------------------------------------------------------

    @property
    def mark(self) -> Mark:
        """Hook: what is marked on this screen, and what keys do with it."""
        return Mark()

    @property
    def selected(self) -> Selected | None:
        """(kind, id) of what is marked on this screen; None on a heading. Keys act on it."""
        return self.mark.about

    def select(self, kind: str, id: str) -> None:
        """Mark a table of the roadmap, as if a person had moved there."""
        self.desk.selected = (kind, id)
        self.selection_changed()
        self.query_one(ActionFooter).catch_up()

    def remember(self) -> None:
        """A person has moved the mark: the other views open on it, and other keys act."""
        self.desk.selected = self.selected
        self.selecting.follow()
        self.query_one(ActionFooter).catch_up()

    @property
    def line(self) -> int | None:
        """Hook: the row that is marked, where rows are initiatives."""
        return None

    def ids_on(self, lines: range) -> Iterator[str]:
        """Hook: the initiatives on these rows."""
        yield from ()

    def show_chosen(self) -> None:
        """Hook: draw which initiatives are selected together."""

    def findings_came(self) -> None:
        """Hook: the findings of the plan on screen are known now."""

    def head_moved(self) -> None:
        """Hook: a commit was made here."""

    def selection_changed(self) -> None:
        """Hook: mark what was marked last in any view (`desk.selected`), where it is here."""

    @property
    def in_hand(self) -> bool:
        """Hook: whether something has been grabbed, and keys move it."""
        return False

    @property
    def choosing(self) -> bool:
        """Hook: whether a fix is being chosen; another plan would go back to the first."""
        return False

    # --- lines and messages -----------------------------------------------------------------------

    def say(self, text: str | Content, severity: Severity = "information") -> None:
        """A message over the footer, until the next key. `text` is never read as markup."""
        footer = self.query_one(ActionFooter)
        footer.say(text, severity)
        if footer.message is not None:
            self.desk.say(footer.message)
