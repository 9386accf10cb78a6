"""One initiative as a page: all that the detail pane knows, for screens too low for a pane.

What can be done with it can be done from here: the page closes and the view does it.
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.plan.model import Plan
from planner.tui.board.details_text import conflicts, facts
from planner.tui.dialogs.panel import no_meaning
from planner.tui.lines.terms import underlined
from planner.tui.shell.actions import ACTIONS

DO = (
    "estimate",
    "form",
    "fixes",
    "status",
    "need",
    "path_here",
    "move",
    "editor",
    "undo",
    "copy",
    "agree",
    "terms",
)
"""Actions of the view that can be asked for from the page."""
FOOT = ("form", "fixes", "status", "need", "path_here")


class DetailScreen(ModalScreen[str | None]):
    """Facts, then conflicts. Returns the action to do with it, None where it was only read."""

    BINDINGS = [
        ("escape,q,enter,backspace", "dismiss", "back"),
        *((",".join(ACTIONS[id].keys), f"dismiss('{id}')", ACTIONS[id].label) for id in DO),
        ("j,down", "scroll(1)", "down"),
        ("k,up", "scroll(-1)", "up"),
        ("pagedown,space", "scroll(10)", "page"),
        ("pageup", "scroll(-10)", "page"),
        ("G,end", "scroll(9999)", "end"),
        ("g,home", "scroll(-9999)", "top"),
    ]
    DEFAULT_CSS = """
    DetailScreen { background: $panel-ground; }
    DetailScreen VerticalScroll {
        padding: 1 2; scrollbar-size-vertical: 1; background: $panel-ground;
    }
    DetailScreen #end { background: $bar-ground; padding: 0 1; height: 1; color: $dim; }
    """

    def __init__(self, plan: Plan, id: str) -> None:
        super().__init__()
        self.plan = plan
        self.initiative = id

    def compose(self) -> ComposeResult:
        """A text that scrolls."""
        with VerticalScroll():
            yield Static(id="text")
        yield Static(foot(), id="end")

    def on_mount(self) -> None:
        """Fill in the width there is."""
        self.on_resize()

    def on_resize(self) -> None:
        """Wrap anew."""
        width = max(30, self.app.size.width - 6)
        initiative = self.plan.roadmap.initiatives[self.initiative]
        lines = underlined(self.plan, facts(self.plan, initiative, width))
        lines += [Content(""), *conflicts(self.plan, self.initiative, width)]
        self.query_one("#text", Static).update(Content("\n").join(lines))

    def on_key(self, _event: events.Key) -> None:
        """What was said of a key stays until the next one."""
        self.query_one("#end", Static).update(foot())

    def say_no_meaning(self, event: events.Key) -> None:
        """A key that means nothing here, before those that do something."""
        self.query_one("#end", Static).update(no_meaning(event) + foot())

    def action_scroll(self, lines: int) -> None:
        """By so many lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def foot() -> Content:
    """The keys that matter most here."""
    keys = [(ACTIONS[id].shown_key, ACTIONS[id].label) for id in FOOT]
    pairs = [*keys, ("j k", "scroll"), ("esc", "close")]
    return Content("  ").join(Content.assemble((k, "bold $key"), f" {does}") for k, does in pairs)
