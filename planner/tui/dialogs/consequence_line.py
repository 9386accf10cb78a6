"""The line under every edit in hand: what the whole plan would become.

It is worked out in a thread, so that the keyboard never waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from msgspec import Struct
from rich.cells import cell_len
from textual import work
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from planner.errors import PlannerError
from planner.plan.arrivals import arrivals
from planner.plan.impact_line import Part, fit, parts_of
from planner.plan.model import Plan
from planner.session.session import Session
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.shell.base_app import guarded

STYLES = {
    "plain": "$text",
    "good": "$good",
    "bad": "$critical",
    "warn": "$warning",
    "dim": "$dim",
    "key": "$key",
}
"""The roles of a consequence's parts as styles of the theme."""


class Weighing(Struct, frozen=True):
    """What an edit would do, or why not; `whole` once the findings are compared too.

    `arrivals` are lines of their own: what follows if a day that the edit names comes true.
    """

    parts: tuple[Part, ...] = ()
    plan: Plan | None = None
    refused: str = ""
    whole: bool = True
    arrivals: tuple[tuple[Part, ...], ...] = ()


def weigh(session: Session, edit: Edit) -> Iterator[Weighing]:
    """Run the plan again with `edit`: first what becomes of the target, then everything.

    Safe in a thread, and changes nothing.
    """
    try:
        before = session.plan
        preview = session.preview(edit)
        parts = parts_of(preview.consequence)
        first = next(parts)
        yield Weighing((first,), preview.plan, whole=False)
        coming = tuple(tuple(one.parts()) for one in arrivals(before, preview.plan))
        yield Weighing((first, *parts), preview.plan, arrivals=coming)
    except PlannerError as error:
        yield Weighing(refused=error.message)


def parts_content(parts: Sequence[Part], width: int | None = None) -> Content:
    """The parts of a consequence in their colours, with dots between them, as far as they fit."""
    if width is None:
        return _joined(parts)
    return _joined(fit(parts, width, cell_len)).truncate(width, ellipsis=True)


def _joined(parts: Iterable[Part]) -> Content:
    pieces = [Content.assemble((part.text, STYLES[part.role])) for part in parts]
    return Content.assemble((" · ", "$dim")).join(pieces)


class ConsequenceLine(Static):
    """What the edit in hand would make of the whole plan, worked out off the UI thread."""

    DEFAULT_CSS = """
    ConsequenceLine {
        height: auto;
        min-height: 1;
        max-height: 3;
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

    def __init__(self, session: Session, idle: str = "no changes yet") -> None:
        super().__init__(Content.assemble((idle, "$dim")), markup=False)
        self.session = session
        self.idle = idle
        self.text = idle
        self.also = ""
        """What the edit makes beside what it is about: ``new team crm``."""
        self.without = ""
        """What was typed and is not in the edit, since it is unclear."""
        self._number = 0
        self._busy = False
        self._next_edit: Edit | None = None

    def ask(self, edit: Edit | None, also: str = "", without: str = "") -> None:
        """Work out what `edit` would do and show it; None shows that nothing is changed.

        `without` and `also` are said first: what was typed and is left out as unclear, and what the
        edit makes beside what it is about.
        One plan is worked out at a time, and of the edits that come meanwhile only the last.
        """
        self._number += 1
        self._next_edit = edit
        self.also, self.without = visible(also), visible(without)
        if edit is None:
            self._show(Content.assemble((self.idle, "$dim")))
            self.post_message(self.Weighed(None))
            return
        self._wait()
        if not self._busy:
            self._start(edit)

    def _wait(self) -> None:
        """What was worked out is of an edit that is no more: take it away, and keep its lines."""
        self._show(Content.assemble(("…" + "\n" * self.text.count("\n"), "$dim")))

    def unclear(self, name: str) -> None:
        """Say that nothing can be weighed while what was typed for `name` is unclear."""
        self.tell(f"No preview: {name} is unclear", "$dim")
        self.post_message(self.Weighed(None))

    def tell(self, text: str, style: str = "$critical") -> None:
        """Say why there is nothing to weigh."""
        self._number += 1
        self._next_edit = None
        self._show(Content.assemble((text, style)))

    def refuses(self, edit: Edit | None) -> bool:
        """Whether the plan can't take an edit; says why, so that what was typed stays."""
        try:
            if edit is not None:
                self.session.preview(edit)
        except PlannerError as error:
            self.tell(f"✗ {visible(error.message)}")
            return True
        return False

    def _start(self, edit: Edit) -> None:
        self._busy = True
        self._next_edit = None
        self._weigh(self._number, edit)

    @work(thread=True, group="consequence", exit_on_error=False)
    def _weigh(self, number: int, edit: Edit) -> None:
        """In a thread; given up between its steps as soon as something else is asked."""
        guarded(self.app, partial(self._weigh_step_by_step, number, edit))

    def _weigh_step_by_step(self, number: int, edit: Edit) -> None:
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
            line = self._line(weighing.parts)
            coming = (_joined(one) for one in weighing.arrivals)
            whole = Content("\n").join([line, *coming])
            self._show(whole if weighing.whole else Content.assemble(line, (" · …", "$dim")))
        self.post_message(self.Weighed(weighing.plan))

    def _line(self, parts: Sequence[Part]) -> Content:
        width = self.size.width or None
        without = (f"without {self.without}", "$warning") if self.without else None
        also = (f"+ {self.also}", "bold $key") if self.also else None
        said = chain.from_iterable((each, (" · ", "$dim")) for each in (without, also) if each)
        head = Content.assemble(*said)
        return head + parts_content(parts, width and max(20, width - head.cell_length))

    def _show(self, content: Content) -> None:
        self.text = content.plain
        self.update(content)
