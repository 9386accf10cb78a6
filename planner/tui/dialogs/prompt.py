"""The filter line: what is typed is shown at once, and said back when it means nothing."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from planner.plan.model import Plan
from planner.query.filters import UNKNOWN, Me, compile_filter
from planner.session.session import Session
from planner.text.editing import from_edited, to_edit
from planner.text.visible import visible
from planner.tui.dialogs.editors import OneLine

EXAMPLES = "owner:crm  status:active  critical  float<5  uses:cdp  @needs:ID  finish<q3  -done"

ROOM = 100
"""Columns from which the key that saves the filter is said."""


class FilterPrompt(ModalScreen[str | None]):
    """A line at the foot of the view. `live` gets every text that is typed; escape gives it the
    text from before, enter leaves what is typed, ctrl+s saves it as a view, too. Returns the text,
    or None on escape.
    """

    DEFAULT_CSS = """
    FilterPrompt {
        align: left bottom;
        background: transparent;
    }
    FilterPrompt > Horizontal {
        height: 1;
        width: 100%;
        background: $bar-ground;
    }
    FilterPrompt .sign {
        width: 2;
        color: $key;
        text-style: bold;
    }
    FilterPrompt Input, FilterPrompt Input:focus {
        width: 1fr;
        height: 1;
        border: none;
        padding: 0;
        background: $bar-ground;
        background-tint: $bar-ground 0%;
        color: $strong;
    }
    FilterPrompt .save { width: auto; color: $dim; display: none; }
    FilterPrompt.-wide .save { display: block; }
    FilterPrompt .found {
        width: auto;
        max-width: 80%;
        padding: 0 1;
        color: $dim;
    }
    """

    def __init__(
        self,
        session: Session,
        text: str,
        live: Callable[[str], None] | None = None,
        me: Callable[[Plan], Me] = lambda _: UNKNOWN,
        count: Callable[[str], tuple[int, int]] | None = None,
    ) -> None:
        super().__init__()
        self.session = session
        self.before = text
        self.live = live
        self.me = me
        self.count = count or self._initiatives
        self.saves = False
        """Whether what is typed is to be saved as a view."""

    def compose(self) -> ComposeResult:
        """``/`` and the text, and how many match."""
        with Horizontal():
            yield Static("/", classes="sign", markup=False)
            yield OneLine(to_edit(self.before), EXAMPLES, self._catch)
            yield Static(classes="found", markup=False)
            yield Static(Content.assemble(("^s", "bold $key"), " save as view "), classes="save")

    def on_resize(self) -> None:
        """Where there is room, the key that saves it is said."""
        self.set_class(self.size.width >= ROOM, "-wide")

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(OneLine).focus()
        self._say(self.before)

    @property
    def said(self) -> str:
        """What is said beside the text."""
        return str(self.query_one(".found", Static).content)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what matches."""
        event.stop()
        text = from_edited(event.value)
        self._say(text)
        if self.live is not None:
            self.live(text)

    def on_one_line_joined(self, event: OneLine.Joined) -> None:
        """Say that what was pasted is one line now."""
        event.stop()
        label = self.query_one(".found", Static)
        label.update(Content.assemble((event.said, "$text")))

    def say_again(self) -> None:
        """Something that the answer depends on is known now."""
        self._say(self.query_one(OneLine).typed)

    def _say(self, text: str) -> None:
        plan = self.session.plan
        found = compile_filter(text, plan, self.me(plan))
        label = self.query_one(".found", Static)
        if found.error:
            label.update(Content.assemble((f"✗ {visible(found.error)}", "$critical")))
            return
        some, all = self.count(text)
        label.update(Content.assemble((f"{some} of {all}", "$dim")))

    def _initiatives(self, text: str) -> tuple[int, int]:
        plan = self.session.plan
        all = len(plan.roadmap.initiatives)
        ids = compile_filter(text, plan, self.me(plan)).ids
        return all if ids is None else len(ids), all

    def _catch(self, event: events.Key) -> bool:
        if event.key in ("enter", "ctrl+s"):
            self.saves = event.key == "ctrl+s"
            self.dismiss(self.query_one(OneLine).typed)
        elif event.key == "escape":
            if self.live is not None:
                self.live(self.before)
            self.dismiss(None)
        else:
            return False
        return True
