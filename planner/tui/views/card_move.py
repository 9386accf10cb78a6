"""Moving a card of the Status view: `<` and `>` take it in hand, and say what would follow."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import Struct

from planner.entry.status import Stated, named, state, step
from planner.roadmap.entities import Status
from planner.tui.dialogs.ask import Sure, make_sure
from planner.tui.lines.footer import ActionFooter
from planner.tui.lines.pages import Explained, coloured
from planner.tui.lines.state import StateLine
from planner.tui.lines.weighing import PENDING, Weigher, Weighing
from planner.tui.views.card_page import conflicts_page, follows_page, move_page
from planner.tui.views.status_cards import StatusCards
from planner.tui.views.view import View

KEYS = [
    ("< >", "status"),
    ("enter", "apply"),
    ("s", "another date"),
    ("esc", "cancel"),
]


class Held(Struct, frozen=True):
    """A card in hand: the status that it would have, and what that writes."""

    id: str
    to: Status
    by: int
    stated: Stated


class CardMoving:
    """Moves cards. While one is in hand, keys move it and nothing else."""

    offers = ("move_back", "move_on")

    def __init__(self, view: View, cards: StatusCards, explain: Callable[[], None]) -> None:
        self.view, self.cards = view, cards
        self._explain = explain
        self.held: Held | None = None
        self._shown: Held | None = None
        """The card in hand as it was when the plan was run with it last."""
        self._weigher = Weigher(view, view.session, self._told, at_once=True)

    def do_move_back(self) -> None:
        """A status back."""
        self._step(-1)

    def do_move_on(self) -> None:
        """A status on."""
        self._step(1)

    def takes(self, id: str) -> bool:
        """Whether an action is about the card in hand, which it then moves; all others wait."""
        if self.held is None or id in (*self.offers, "suspend", "redraw", "help"):
            return False
        if id == "open":
            self._apply(self.held)
        elif id == "escape":
            self.let_go()
        elif id == "status":
            self._another_date(self.held)
        else:
            self.view.say(f"moving {self.held.id}: enter applies, esc cancels", "warning")
        return True

    def _step(self, by: int) -> None:
        id = self.held.id if self.held is not None else self.view.mark.initiative
        if id is None:
            return
        now = self.view.plan.roadmap.initiatives[id].status
        to = step(self.held.to if self.held is not None else now, by)
        if to is None:
            self.view.say(_no_step(id, self.held.to if self.held is not None else now), "warning")
        elif to == now:
            self.let_go()
        else:
            self._hold(id, to, by)

    def _hold(self, id: str, to: Status, by: int) -> None:
        """Have the card there, and show what the plan would be with that."""
        stated = state(self.view.plan.written("initiatives", id), id, to, self.view.plan.as_of)
        self.held, self.cards.held = Held(id, to, by, stated), True
        self.view.query_one(ActionFooter).show_keys(KEYS)
        self._weigher.ask(lambda: stated.edit)
        if self.held is not None and self._weigher.weighed is None:
            self.view.query_one(StateLine).show_weighing(PENDING)
        self._explain()

    def _told(self, weighing: Weighing) -> None:
        """Show it; what is refused leaves the card where it was before."""
        if weighing.refused:
            self.view.say(weighing.refused, "warning")
            self.held = self._shown
            if self.held is None:
                self.let_go()
            return
        self._shown = self.held
        if weighing.edit is not None:
            self.view.query_one(StateLine).show_weighing(weighing)
        self._explain()

    def page(self, width: int) -> Explained:
        """What the move of the card in hand would write, and what follows."""
        held = self.held
        if held is None:
            return coloured([])
        lines = move_page(self.view.plan, held.id, held.to, held.by, held.stated, width)
        known = self._weigher.weighed
        if known is not None and known.edit is not None and known.preview and known.whole:
            lines += follows_page(known.preview.consequence, held.id, width)
            lines += conflicts_page(known.preview.consequence.changes, width)
        return coloured(lines)

    # --- letting go -------------------------------------------------------------------------------

    def let_go(self) -> None:
        """Leave the card where it is."""
        self.held, self.cards.held, self._shown = None, False, None
        self._weigher.drop()
        self.view.query_one(ActionFooter).show_keys(None)
        self.view.query_one(StateLine).show_plan()
        self._explain()

    def _apply(self, held: Held) -> None:
        """Write it; ask first where what is recorded would go."""
        if held.stated.goes:
            question = f"Set {held.to} and remove what is recorded?"
            sure = Sure(question, "Remove", named(held.stated.goes))
            make_sure(self.view.app, sure, partial(self._make, held))
        else:
            self._make(held)

    def _make(self, held: Held) -> None:
        self.let_go()
        if held.stated.edit is not None:
            self.view.changes.make(held.stated.edit, f"{held.id} is {held.to}")

    def _another_date(self, held: Held) -> None:
        """Ask for the date; it is the dialog in which any status is set."""
        from planner.tui.dialogs.status import StatusDialog

        self.let_go()
        dialog = StatusDialog(self.view.session, held.id, status=held.to)
        self.view.app.push_screen(dialog, self.view.changes.keep)


def _no_step(id: str, status: Status) -> str:
    if status == "planned":
        return f"{id} is planned, the first status: s sets it proposed or dropped"
    if status == "done":
        return f"{id} is done, the last status"
    return f"{id} is {status}: s sets any status"
