"""Which columns a table has, and in which order: those that are shown first, then the others."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from planner.query.columns import COLUMNS, HEADINGS
from planner.roadmap.entities import ColumnName
from planner.tui.dialogs.options import Options, columns
from planner.tui.dialogs.panel import Dialog

STEPS = {"J": 1, "right": 1, "greater_than_sign": 1, "K": -1, "left": -1, "less_than_sign": -1}
"""Keys that move the marked column."""


class ColumnsDialog(Dialog[tuple[ColumnName, ...] | None]):
    """Returns the columns after the title, in order; none for as many as fit, None on escape."""

    DEFAULT_CSS = """
    ColumnsDialog .about { height: 1; color: $dim; }
    """

    widest = 72
    keys = (
        ("enter", "apply"),
        ("space", "show, hide"),
        ("< >", "move"),
        ("0", "as usual"),
        ("esc", "cancel"),
    )

    def __init__(self, now: Sequence[ColumnName]) -> None:
        super().__init__()
        self.shown: list[ColumnName] = []
        self.shown += (name for name in now if name != "title")
        self.all = self._ordered()

    def heading(self) -> Content:
        """What is chosen."""
        return Content("Columns after the title")

    def body(self) -> ComposeResult:
        """All columns, those that are shown in their order."""
        yield Options(self._line, len(self.all), 14)
        yield Static(classes="about", markup=False)

    def on_mount(self) -> None:
        """Say how many are shown."""
        self._say()

    @property
    def options(self) -> Options:
        """The columns."""
        return self.query_one(Options)

    def on_key(self, event: events.Key) -> None:
        """Mark, show and hide, move."""
        if event.key == "enter":
            self.dismiss(tuple(self.shown))
        elif event.key == "space":
            self._toggle()
        elif event.key in STEPS:
            self._move(STEPS[event.key])
        elif event.key == "0":
            self.dismiss(())
        elif not self.options.letter(event.key):
            return
        event.stop()

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """A click on what is marked shows or hides it."""
        event.stop()
        self._toggle()

    def _toggle(self) -> None:
        """Show the marked column after those that are shown, or hide it; the mark stays on it."""
        name = self.all[self.options.at]
        if name in self.shown:
            self.shown.remove(name)
        else:
            self.shown.append(name)
        self._order(name, stay=True)

    def _move(self, by: int) -> None:
        name = self.all[self.options.at]
        if name not in self.shown:
            return
        at = self.shown.index(name)
        self.shown.insert(max(0, at + by), self.shown.pop(at))
        self._order(name, stay=False)

    def _order(self, name: ColumnName, *, stay: bool) -> None:
        """The shown ones first. A mark that stays is on the line on which it was."""
        line = self.options.at
        self.all = self._ordered()
        self.options.show(len(self.all), line if stay else self.all.index(name))
        self._say()

    def _ordered(self) -> list[ColumnName]:
        """All columns, the shown ones first."""
        return [*self.shown, *(each for each in COLUMNS if each not in (*self.shown, "title"))]

    def _say(self) -> None:
        words = f"{len(self.shown)} shown, in this order" if self.shown else "as many as fit"
        self.query_one(".about", Static).update(Content(f"  {words}"))

    def _line(self, at: int, width: int) -> Content:
        name = self.all[at]
        shown = name in self.shown
        return columns(
            (
                ("√" if shown else "", "$good", 1),
                (name.replace("_", " "), "$strong" if shown else "$text", 13),
                (HEADINGS[name].about, "$dim", max(8, width - 18)),
            )
        )
