"""What every view shows and knows, whatever it does: plan, selection, header, lines, messages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, cast

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from planner.errors import PlannerError
from planner.plan.model import Plan
from planner.session.session import Preview, Session
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.lines.footer import ActionFooter, LongMessage
from planner.tui.lines.header import HeaderLine
from planner.tui.lines.state import StateLine, known_parts, pieces
from planner.tui.shell.actions import ACTIONS, EVERYWHERE, bindings
from planner.tui.shell.app_state import Desk, Place, Selected
from planner.tui.shell.checking import large
from planner.tui.shell.stage import Severity, Shell


class Shown(Screen[None], inherit_bindings=False):
    """A view without its actions: what is on screen, what is selected, what is said.

    From top to bottom: the header line, the state line (what is wrong with the plan, or what the
    edit in hand would make of it), the view's own `body`, and the footer, which a message covers
    until the next key.
    """

    view_name: ClassVar[str] = ""
    """The view's name: its mode in the app, and the id of the action that opens it."""

    offers: ClassVar[tuple[str, ...]] = ()
    """Ids of the actions that this view has beyond those that every view has."""

    foot: ClassVar[tuple[str, ...]] = ()
    """Ids of the actions that stand first in the footer, because this view is for them."""

    unfit: ClassVar[tuple[str, ...]] = ()
    """Ids of the actions that can never act on what this view lists: not in the footer."""

    BINDINGS = bindings(EVERYWHERE)
    DEFAULT_CSS = "Shown { layers: default above; }"
    AUTO_FOCUS = "*"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._seen = desk.session.plan
        self._asked = desk.asked
        self._stop_hearing: Callable[[], None] | None = None

    # --- what is on screen ------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Header, state line, the view's body, footer."""
        yield HeaderLine(self.desk)
        yield StateLine(self.desk)
        yield from self.body()
        yield ActionFooter()
        yield LongMessage()

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

    # --- the plan ---------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        """The open roadmap; changed only by `act`, undo and redo."""
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
        """Show the plan as it is now, if it is another than the one that was shown last."""
        before, self._seen = self._seen, self.plan
        if before is not self._seen:
            self.plan_changed(before, self._seen)
            self.refresh_lines()

    def refresh_lines(self) -> None:
        """Show header, state line and footer anew."""
        self.query_one(HeaderLine).refresh()
        self.query_one(StateLine).show_plan()
        self.query_one(ActionFooter).refresh()

    def act(self, edit: Edit, label: str = "") -> bool:
        """Make an edit: the plan, every view, and a message with what it did to the whole plan.

        Returns whether it was made; a refused edit changes nothing and says why.
        """
        try:
            consequence = self.session.apply(edit, label)
        except PlannerError as error:
            self.say(error.message, "error")
            return False
        self.catch_up()
        done = Content(f"{visible(label)}: " if label else "")
        self.say(done + pieces(known_parts(consequence)))
        return True

    def work_out(self, compute: Callable[[Plan], Any], show: Callable[[Plan, Any], None]) -> None:
        """Work something out of the plan and show it: at once, or of a large plan in a thread.

        `compute` must not touch the view. What it found is not shown if the plan has changed since.
        """
        plan = self.plan

        def worked_out(found: Any) -> None:
            if plan is self.plan and self.is_mounted:
                show(plan, found)

        if large(plan):
            work = partial(compute, plan)
            self.planner.in_thread(work, worked_out, "work_out", of=self, exclusive=True)
        else:
            show(plan, compute(plan))

    # --- the selection ----------------------------------------------------------------------------

    @property
    def selected(self) -> Selected | None:
        """Hook: (kind, id) of what is marked on this screen; None on a heading. Keys act on it."""
        return None

    def select(self, kind: str, id: str) -> None:
        """Mark a table of the roadmap, as if a person had moved there."""
        self.desk.selected = (kind, id)
        self.selection_changed()
        self.query_one(ActionFooter).catch_up()

    def remember(self) -> None:
        """A person has moved the mark: the other views open on it, and other keys act."""
        self.desk.selected = self.selected
        self.query_one(ActionFooter).catch_up()

    def findings_came(self) -> None:
        """Hook: the findings of the plan on screen are known now."""

    def selection_changed(self) -> None:
        """Hook: mark what was marked last in any view (`desk.selected`), where it is here."""

    @property
    def openable(self) -> bool:
        """Hook: whether the row under the cursor has details, or folds."""
        return self.selected is not None

    @property
    def in_hand(self) -> bool:
        """Hook: whether something has been grabbed, and keys move it."""
        return False

    @property
    def choosing(self) -> bool:
        """Hook: whether a fix is being chosen; another plan would go back to the first."""
        return False

    def cell(self) -> tuple[str, ...] | None:
        """Hook: the key of the cell under the cursor, e.g. ``("estimate",)``; None for the form."""
        return None

    def initiative_here(self) -> str | None:
        """The initiative that is marked, whose estimate `=` edits."""
        kind, id = self.selected or ("", "")
        return id if kind == "initiatives" and id in self.plan.roadmap.initiatives else None

    def computed(self) -> str:
        """Hook: what the cell under the cursor shows that nobody types, and what can be edited;
        empty where the cell itself is edited.
        """
        return ""

    def kind_here(self) -> str:
        """Hook: the kind of table that `a` adds here."""
        return "initiatives"

    def go(self, view: str, selected: Selected | None = None) -> None:
        """Open a view, with `selected` selected; backspace leads back here."""
        self.leave_a_trace()
        if selected is not None:
            self.desk.selected = selected
        self.planner.open_view(view)

    def leave_a_trace(self) -> None:
        """Backspace is to lead here."""
        self.desk.been.append(Place(self.view_name, self.selected, self.desk.target))

    # --- lines and messages -----------------------------------------------------------------------

    def show_consequence(self, preview: Preview | None, keys: str = "") -> None:
        """Show on the state line what the edit in hand would do; None shows the plan again.

        `keys` tells how to keep or drop it: ``enter keep · esc drop``.
        """
        self.query_one(StateLine).show_preview(preview, keys)

    def say(self, text: str | Content, severity: Severity = "information") -> None:
        """A message over the footer, until the next key. `text` is never read as markup."""
        footer = self.query_one(ActionFooter)
        footer.say(text, severity)
        if footer.message is not None:
            self.desk.say(footer.message)
