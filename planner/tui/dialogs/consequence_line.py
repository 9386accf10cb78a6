"""The line under every edit in a dialog: what the whole plan would become."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from planner.errors import PlannerError
from planner.plan.impact_line import Part, fit
from planner.plan.model import Plan
from planner.session.session import Session
from planner.text.edits import Edit
from planner.text.visible import visible
from planner.tui.lines.weighing import Weigher, Weighing

STYLES = {
    "plain": "$text",
    "good": "$good",
    "bad": "$critical",
    "warn": "$warning",
    "dim": "$dim",
    "key": "$key",
}
"""The roles of a consequence's parts as styles of the theme."""


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

    def __init__(self, session: Session, idle: str = "no changes yet") -> None:
        super().__init__(Content.assemble((idle, "$dim")), markup=False)
        self.session = session
        self.idle = idle
        self.text = idle
        self.also = ""
        """What the edit makes beside what it is about: ``new team crm``."""
        self.without = ""
        """What was typed and is not in the edit, since it is unclear."""
        self._weigher = Weigher(self, session, self._tell_weighed)

    def ask(self, edit: Edit | None, also: str = "", without: str = "") -> None:
        """Work out what `edit` would do and show it; None shows that nothing is changed.

        `without` and `also` are said first: what was typed and is left out as unclear, and what the
        edit makes beside what it is about.
        """
        self.also, self.without = visible(also), visible(without)
        if edit is None:
            self._weigher.drop()
            self._show(Content.assemble((self.idle, "$dim")))
            self.post_message(self.Weighed(None))
        else:
            self._wait()
            self._weigher.ask(lambda: edit)

    def _wait(self) -> None:
        """What was worked out is of an edit that is no more: take it away, and keep its lines."""
        self._show(Content.assemble(("…" + "\n" * self.text.count("\n"), "$dim")))

    def unclear(self, name: str) -> None:
        """Say that nothing can be weighed while what was typed for `name` is unclear."""
        self.tell(f"No preview: {name} is unclear", "$dim")
        self.post_message(self.Weighed(None))

    def tell(self, text: str, style: str = "$critical") -> None:
        """Say why there is nothing to weigh."""
        self._weigher.drop()
        self._show(Content.assemble((text, style)))

    def refuses(self, edit: Edit | None) -> bool:
        """Whether the plan can't take an edit; says why, so that what was typed stays."""
        known = self._weigher.weighed
        try:
            if edit is not None and (known is None or known.edit != edit):
                self.session.preview(edit)
        except PlannerError as error:
            self.tell(f"✗ {visible(error.message)}")
            return True
        return False

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
