"""A question with a few answers; the safe one has the focus."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from planner.text.visible import visible
from planner.tui.dialogs.panel import Dialog, Press

ROOM = 60
"""Cells for the answers side by side; more of them stand below each other."""


class AskDialog(Dialog[str | None]):
    """Returns the answer, or None on escape.

    `choices` are the answers, or the words for each answer. `safe` is the one that loses nothing:
    it has the focus (the first, if none is named). `detail` stands below the question.
    """

    DEFAULT_CSS = """
    AskDialog .detail {
        height: auto;
        max-height: 10;
        color: $dim;
    }
    AskDialog .presses {
        height: auto;
        margin: 1 0;
    }
    AskDialog .presses Press {
        margin-right: 2;
    }
    """

    widest = 64
    keys = (("enter", "select"), ("← →", "other answer"), ("esc", "cancel"))

    def __init__(
        self,
        question: str | Content,
        choices: Mapping[str, str] | Sequence[str],
        safe: str | None = None,
        detail: str | Content = "",
    ) -> None:
        super().__init__()
        self.question = question if isinstance(question, Content) else Content(visible(question))
        self.choices: Mapping[str, str] = (
            choices if isinstance(choices, Mapping) else {answer: answer for answer in choices}
        )
        self.safe = safe or next(iter(self.choices))
        self.detail = detail if isinstance(detail, Content) else Content(detail)

    def heading(self) -> Content:
        """The question itself."""
        return self.question

    def body(self) -> ComposeResult:
        """What is at stake, and the answers."""
        if self.detail:
            yield Static(self.detail, classes="detail", markup=False)
        presses = [Press(Content(visible(w)), name=answer) for answer, w in self.choices.items()]
        side_by_side = sum(press.word.cell_length + 6 for press in presses) <= ROOM
        with Horizontal(classes="presses") if side_by_side else Vertical(classes="presses"):
            yield from presses

    def on_mount(self) -> None:
        """The safe answer has the focus."""
        self.press(self.safe).focus()

    def press(self, answer: str) -> Press:
        """The word for an answer."""
        return next(press for press in self.query(Press) if press.name == answer)

    def on_key(self, event: events.Key) -> None:
        """Arrows move; a letter that begins one answer only, answers."""
        if event.key in ("left", "up", "h", "k"):
            self.focus_previous(Press)
        elif event.key in ("right", "down", "l", "j"):
            self.focus_next(Press)
        elif event.character:
            starting = [a for a, w in self.choices.items() if w.casefold()[:1] == event.character]
            if len(starting) == 1:
                event.stop()  # the view below is there again before the key would come to it
                self.dismiss(starting[0])

    def on_press_pressed(self, event: Press.Pressed) -> None:
        """That is the answer."""
        self.dismiss(event.press.name)


class Sure(Struct, frozen=True):
    """A question before something goes that was recorded or typed: `word` says to let it go."""

    question: str
    word: str
    detail: str = ""


def make_sure(app: App[Any], sure: Sure, then: Callable[[], object]) -> None:
    """Ask, and do it where that is the answer; to cancel is safe, and has the focus."""

    def answered(answer: str | None) -> None:
        if answer == "take":
            then()

    choices = {"leave": "Cancel", "take": sure.word}
    app.push_screen(AskDialog(sure.question, choices, "leave", visible(sure.detail)), answered)
