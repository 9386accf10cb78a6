"""What all dialogs look like, and the small parts they are made of: press, note, consequence line.

A dialog asks one thing and returns it; escape returns None. Text from files comes here as `Content`
only, made visible first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct
from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from planner.consequence import Part
from planner.errors import PlannerError
from planner.plan import Plan
from planner.session import Session
from planner.text.edits import Edit
from planner.text.visible import visible

T = TypeVar("T")

STYLES = {
    "plain": "$text",
    "good": "$good",
    "bad": "$critical",
    "warn": "$warning",
    "dim": "$dim",
    "key": "$key",
}
"""The roles of a consequence's parts as styles of the theme."""

Keys = tuple[tuple[str, str], ...]
"""(key, what it does), for the line of keys at the foot of a dialog."""


class Dialog(ModalScreen[T]):
    """A panel over the view. `wide` is its width at most, `tall` makes it as high as it may be."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        overflow: hidden;
    }
    Dialog > .panel {
        width: 100%;
        max-width: 84;
        height: auto;
        max-height: 100%;
        background: $panel-ground;
        color: $text;
        border: round $dim;
        border-title-color: $strong;
        border-title-style: bold;
        border-subtitle-color: $dim;
        padding: 0 1;
    }
    Dialog .scroll {
        height: auto;
        scrollbar-size-vertical: 1;
    }
    Dialog .keys {
        height: 1;
        color: $dim;
    }
    Dialog .rule {
        height: 1;
        color: $faint;
    }
    Dialog .label:ansi, Dialog .keys:ansi {
        text-style: dim;
    }
    Dialog Input.-textual-compact, Dialog Input.-textual-compact:focus {
        height: 1;
        border: none;
        padding: 0 1;
        background: $panel-ground;
        background-tint: $panel-ground 0%;
        color: $strong;
    }
    Dialog Input.-textual-compact:focus {
        background: $cursor-ground;
        background-tint: $cursor-ground 0%;
    }
    Dialog Input:ansi, Dialog Input:ansi:focus {
        background: ansi_default;
        color: ansi_default;
    }
    """

    BINDINGS = [Binding("escape", "leave", "drop", show=False, id="dialog.leave")]

    keys: Keys = (("enter", "keep"), ("esc", "drop"))

    def compose(self) -> ComposeResult:
        """The panel with what the dialog asks, and its keys."""
        with Vertical(classes="panel") as panel:
            panel.border_title = self.heading()
            yield from self.body()
            yield KeyLine(self.keys)

    def heading(self) -> Content:
        """What stands in the frame."""
        return Content("")

    def body(self) -> ComposeResult:
        """What the dialog asks."""
        yield from ()

    @property
    def panel(self) -> Vertical:
        """The frame."""
        return self.query_one(".panel", Vertical)

    def action_leave(self) -> None:
        """Escape: nothing is returned."""
        self.dismiss(None)


class KeyLine(Static):
    """The keys that work here; what does not fit is left out from the right."""

    def __init__(self, keys: Keys) -> None:
        super().__init__(classes="keys", markup=False)
        self._keys = keys

    def show(self, keys: Keys) -> None:
        """Other keys."""
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def render(self) -> Content:
        """``enter keep · esc drop``."""
        line = Content("")
        for key, does in self._keys:
            part = Content.assemble((key, "bold $key"), (f" {does}", "$dim"))
            joined = line + Content("   ") + part if line else part
            if joined.cell_length > self.size.width:
                break
            line = joined
        return line


class Rule(Static):
    """A thin line from edge to edge."""

    def __init__(self) -> None:
        super().__init__(classes="rule", markup=False)

    def render(self) -> Content:
        """As wide as there is room."""
        return Content("─" * self.size.width)


class Press(Widget, can_focus=True):
    """A word to press: enter or space, or the letter it begins with."""

    DEFAULT_CSS = """
    Press {
        width: auto;
        height: 1;
        padding: 0 1;
        color: $text;
        background: $bar-ground;
    }
    Press:focus {
        background: $cursor-ground;
        color: $strong;
        text-style: bold;
    }
    Press:ansi {
        background: ansi_default;
    }
    Press:ansi:focus {
        text-style: bold reverse;
    }
    """

    class Pressed(Message):
        """It was pressed."""

        def __init__(self, press: Press) -> None:
            super().__init__()
            self.press = press

        @property
        def control(self) -> Press:
            """What was pressed."""
            return self.press

    def __init__(self, word: str | Content, name: str | None = None, id: str | None = None) -> None:
        super().__init__(name=name, id=id)
        self.word = word if isinstance(word, Content) else Content(word)

    def render(self) -> Content:
        """The word, with a mark where the focus is, so that it reads without colour."""
        return Content("▸ " if self.has_focus else "  ") + self.word

    def get_content_width(self, *_: object) -> int:
        """The mark and the word."""
        return self.word.cell_length + 2

    def show(self, word: Content) -> None:
        """Another word."""
        self.word = word
        self.refresh(layout=True)

    def on_key(self, event: events.Key) -> None:
        """Enter and space press."""
        if event.key in ("enter", "space"):
            event.stop()
            self.post_message(self.Pressed(self))

    def on_click(self) -> None:
        """So does the mouse."""
        self.post_message(self.Pressed(self))


class Weighing(Struct, frozen=True):
    """What an edit would do, or why not; `whole` once the findings are compared too."""

    parts: tuple[Part, ...] = ()
    plan: Plan | None = None
    refused: str = ""
    whole: bool = True


def weigh(session: Session, edit: Edit) -> Iterator[Weighing]:
    """Run the plan again with `edit`: first what becomes of the target, then everything.

    Safe in a thread, and changes nothing.
    """
    try:
        preview = session.preview(edit)
        parts = preview.consequence.parts()
        first = next(parts)
        yield Weighing((first,), preview.plan, whole=False)
        yield Weighing((first, *parts), preview.plan)
    except PlannerError as error:
        yield Weighing(refused=error.message)


def parts_content(parts: Sequence[Part], width: int | None = None) -> Content:
    """The parts of a consequence in their colours, with dots between them.

    Where `width` is too narrow, what says that nothing changes is left out.
    """
    line = _joined(parts)
    if width is None or line.cell_length <= width:
        return line
    first = Part(parts[0].text.removesuffix(" unchanged"), parts[0].role)
    telling = [part for part in parts[1:] if any(letter.isdigit() for letter in part.text)]
    line = _joined([parts[0], *telling])
    if line.cell_length > width:
        line = _joined([first, *telling])
    return line.truncate(width, ellipsis=True)


def _joined(parts: Iterable[Part]) -> Content:
    pieces = [Content.assemble((part.text, STYLES[part.role])) for part in parts]
    return Content.assemble((" · ", "$dim")).join(pieces)


class ConsequenceLine(Static):
    """What the edit in hand would make of the whole plan, worked out off the UI thread."""

    DEFAULT_CSS = """
    ConsequenceLine {
        height: 1;
        width: 100%;
    }
    """

    class Weighed(Message):
        """The plan with the edit in hand is known (None: the edit is refused or empty)."""

        def __init__(self, plan: Plan | None) -> None:
            super().__init__()
            self.plan = plan

    class Told(Message):
        """The thread knows more about an edit; None: it is through with it."""

        def __init__(self, number: int, weighing: Weighing | None) -> None:
            super().__init__()
            self.number = number
            self.weighing = weighing

    def __init__(self, session: Session, idle: str = "nothing is changed") -> None:
        super().__init__(Content.assemble((idle, "$dim")), markup=False)
        self.session = session
        self.idle = idle
        self.text = idle
        self._number = 0
        self._busy = False
        self._next_edit: Edit | None = None

    def ask(self, edit: Edit | None) -> None:
        """Work out what `edit` would do and show it; None shows that nothing is changed.

        One plan is worked out at a time, and of the edits that come meanwhile only the last.
        """
        self._number += 1
        self._next_edit = edit
        if edit is None:
            self._show(Content.assemble((self.idle, "$dim")))
            self.post_message(self.Weighed(None))
        elif not self._busy:
            self._start(edit)

    def tell(self, text: str, style: str = "$critical") -> None:
        """Say why there is nothing to weigh."""
        self._number += 1
        self._next_edit = None
        self._show(Content.assemble((text, style)))

    def _start(self, edit: Edit) -> None:
        self._busy = True
        self._next_edit = None
        self._weigh(self._number, edit)

    @work(thread=True, group="consequence", exit_on_error=False)
    def _weigh(self, number: int, edit: Edit) -> None:
        """In a thread; given up between its steps as soon as something else is asked."""
        for weighing in weigh(self.session, edit):
            self.post_message(self.Told(number, weighing))
            if number != self._number:
                break
        self.post_message(self.Told(number, None))

    def on_consequence_line_told(self, message: Told) -> None:
        """Show it, unless something else was asked since; that is next."""
        message.stop()
        if message.weighing is not None:
            if message.number == self._number:
                self._tell_weighed(message.weighing)
            return
        self._busy = False
        if self._next_edit is not None:
            self._start(self._next_edit)

    def _tell_weighed(self, weighing: Weighing) -> None:
        if weighing.refused:
            self._show(Content.assemble((f"✗ {visible(weighing.refused)}", "$critical")))
        else:
            line = parts_content(weighing.parts, self.size.width or None)
            self._show(line if weighing.whole else Content.assemble(line, (" · …", "$dim")))
        self.post_message(self.Weighed(weighing.plan))

    def _show(self, content: Content) -> None:
        self.text = content.plain
        self.update(content)
