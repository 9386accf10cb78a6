"""Taking something out: dropping it, which keeps it in the file, or removing its table.

Nothing may point at a table that is gone, so its references go with it, and are named first.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from planner.entry.removal import dropping, references_to, removal
from planner.entry.shapes import NOUNS
from planner.entry.status import named
from planner.plan.model import Plan
from planner.roadmap.figures import count
from planner.session.session import Session
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.dialogs.consequence_line import ConsequenceLine
from planner.tui.dialogs.options import Options, columns
from planner.tui.dialogs.panel import Dialog, Rule

SHOWN = 6
"""References named one by one; past them, how many more."""


class RemoveDialog(Dialog[Edit | None]):
    """Drop, remove or leave as it is; returns the edit."""

    DEFAULT_CSS = """
    RemoveDialog .held {
        height: auto;
        max-height: 9;
        color: $dim;
        margin-top: 1;
    }
    """

    keys = (("enter", "apply"), ("↓ ↑", "select"), ("esc", "cancel"))

    def __init__(self, session: Session, kind: str, id: str) -> None:
        super().__init__()
        self.session = session
        self.kind = kind
        self.table = id
        plan = session.plan
        self.held = references_to(plan, kind, id)
        self.words: list[tuple[str, Edit | None]] = list(self._choices(plan))

    def _choices(self, plan: Plan) -> Iterator[tuple[str, Edit | None]]:
        written = self.table in plan.tables.get(self.kind, {})
        drop = dropping(plan, self.table) if self.kind == "initiatives" and written else None
        if drop is not None:
            yield "Set status to dropped (stays in the file)", drop
        else:
            yield "Cancel", None
        if written:
            also = f", and {count(len(self.held), 'reference')} to it" if self.held else ""
            gone = f"Remove it from the file{also}"
            if self.kind == "groups":
                gone = f"Remove the group, keep its members{also}"
            yield gone, removal(plan, self.kind, self.table)
        if drop is not None:
            yield "Cancel", None

    def heading(self) -> Content:
        """What goes."""
        noun = NOUNS.get(self.kind, self.kind)
        return Content.assemble(f"Remove {noun} ", (visible(self.table), "bold $strong"))

    def body(self) -> ComposeResult:
        """The choices, what goes with it, what becomes of the plan."""
        yield Options(lambda at, _: Content(self.words[at][0]), len(self.words), 3)
        yield Static(self._goes(), classes="held", markup=False)
        yield Rule()
        yield ConsequenceLine(self.session, "no changes yet")

    def _goes(self) -> Content:
        """Which references go when the table goes."""
        if self.table not in self.session.plan.tables.get(self.kind, {}):
            noun = NOUNS.get(self.kind, self.kind)
            words = f"The file has no table for this {noun}: other tables refer to it. "
            return Content.assemble((f"{words}e gives it a title, and a table.", "$dim"))
        if not self.held:
            return Content.assemble(("Nothing else refers to it.", "$dim"))
        wide = min(40, max(len(each.id) for each in self.held[:SHOWN]))
        lines = [
            columns(
                (
                    ("", "", 0),
                    (visible(each.id), "$text", wide),
                    (each.key.replace("_", " "), "$dim", 0),
                    (visible(named(each.recorded)), "$warning", 0),
                )
            )
            for each in self.held[:SHOWN]
        ]
        if more := len(self.held) - SHOWN:
            lines += [Content(f"  and {more} more")] if more > 0 else []
        head = Content.assemble(("References that are removed with it:", "$dim"))
        return Content("\n").join([head, *lines])

    def on_mount(self) -> None:
        """The first choice loses nothing."""
        self._weigh()

    @property
    def options(self) -> Options:
        """The choices."""
        return self.query_one(Options)

    @property
    def consequence(self) -> ConsequenceLine:
        """What the marked choice would do."""
        return self.query_one(ConsequenceLine)

    def edit(self) -> Edit | None:
        """What the marked choice does."""
        return self.words[self.options.at][1]

    def _weigh(self) -> None:
        self.consequence.ask(self.edit())

    def on_options_moved(self, event: Options.Moved) -> None:
        """Weigh what is marked."""
        event.stop()
        self._weigh()

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """A click on what is marked chooses it."""
        event.stop()
        self.dismiss(self.edit())

    def on_key(self, event: events.Key) -> None:
        """Arrows and j k move, enter chooses."""
        moved = {"j": "down", "k": "up"}.get(event.key, event.key)
        if event.key == "enter":
            self.dismiss(self.edit())
        elif not self.options.key(moved):
            return
        event.stop()
