"""The second line: what is wrong with the plan or, during an edit, what it would become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from planner.analysis.conflicts import worst_finding
from planner.conflicts.findings import Finding
from planner.conflicts.headline import headline
from planner.pages.selection import selection_line
from planner.plan.impact import Consequence
from planner.plan.impact_line import Part, briefly, fit, parts_of
from planner.plan.model import Plan
from planner.roadmap.figures import count, money_short
from planner.schedule.delay import cost_of_lateness
from planner.session.session import Session
from planner.text.visible import visible
from planner.tui.lines.cells import SEVERITY_GLYPHS, fitted
from planner.tui.lines.pages import content_of
from planner.tui.lines.weighing import Weighing
from planner.tui.shell.app_state import Desk
from planner.tui.shell.checking import known

TONES = {
    "plain": "$text",
    "good": "bold $good",
    "bad": "bold $critical",
    "warn": "bold $warning",
    "dim": "$dim",
    "key": "bold $key",
}
DOT = (" · ", "$dim")
WHAT_IF = Content.assemble((" WHAT-IF ", "bold $warning"))
"""Stands first in the line while a what-if is on."""


class StateLine(Widget):
    """The consequence line. Idle it says the worst that is wrong, in one sentence."""

    DEFAULT_CSS = """
    StateLine { height: 1; width: 1fr; background: $panel-ground; color: $text; }
    StateLine.-what-if { background: $what-if-ground; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._weighing: Weighing | None = None
        self._keys = ""

    def show_plan(self) -> None:
        """Say what is wrong with the plan as it is."""
        self.show_weighing(None)

    def show_weighing(self, weighing: Weighing | None, keys: str = "") -> None:
        """Say what the edit in hand would do, as far as that is known; None: the plan as it is."""
        self._weighing, self._keys = weighing, keys
        self.set_class(self.desk.session.what_if is not None, "-what-if")
        self.refresh()

    @property
    def words(self) -> str:
        """What the line says, without colours."""
        return self.render().plain.strip()

    def render(self) -> Content:
        """The edit's consequence, else the plan's worst."""
        if self._weighing is None:
            return self._tried() + self._plan()
        width, keys = self.size.width, Content.assemble(DOT, (self._keys, "$key"))
        said = self._weighing.parts
        for parts in (said, [*map(briefly, said)]):
            line = Content(" ") + pieces(parts) + keys
            if self._keys and line.cell_length < width:
                return line
        if self._keys and self._weighing.edit is None:
            # Nothing is changed yet: then what is in hand matters more than the plan.
            held = Content.assemble(" ", (self._keys, "$key"))
            room = width - held.cell_length - len(DOT[0])
            line = held + Content.assemble(DOT, pieces(fit(said, room, cell_len)))
            return (line if line.cell_length <= width else held).truncate(width, ellipsis=True)
        line = Content(" ") + pieces(fit(said, width - 1, cell_len))
        return line.truncate(width, ellipsis=True)

    def _tried(self) -> Content:
        """That a what-if is on, in front of all else."""
        return WHAT_IF if self.desk.session.what_if is not None else Content("")

    def _plan(self) -> Content:
        plan, session = self.desk.session.plan, self.desk.session
        if trouble := session.working_copy.disk_warning:
            return _troubled(trouble, _way_out(session), self.size.width)
        if complaint := self.desk.complaint:
            return _troubled(f"filter: {complaint}", "/ change", self.size.width)
        if session.what_if is not None:
            return _nothing_applied(len(session.what_if.edits), self.size.width)
        if together := self.desk.together:
            return content_of([((" ", "text"), *selection_line(plan, together))])
        if not self.desk.checked:
            return Content.styled(" Checking …", "$dim")
        worst = worst_finding(plan)
        if worst is None:
            return Content.assemble(" ", ("√ ", "bold $good"), ("No conflicts", "$text"))
        glyph, role = SEVERITY_GLYPHS[worst.severity]
        words = story(plan, worst, self.size.width - 4)
        return Content.assemble(" ", (f"{glyph} ", f"bold ${role}"), (words, "$text"))


def _nothing_applied(edits: int, width: int) -> Content:
    """How much is tried, what is on screen, and the key that leads out."""
    first = f"{count(edits, 'edit')}, nothing is applied" if edits else "no edits yet"
    second = "shown is the plan with them" if edits else "what you change from here is only tried"
    end = Content.assemble(("T", "bold $key"), (" leave ", "$text"))
    for said in (Content.assemble((first, "bold $strong"), (f"  {second}", "$text")), first):
        words = said if isinstance(said, Content) else Content.styled(said, "bold $strong")
        room = width - WHAT_IF.cell_length - end.cell_length - 2
        if words.cell_length + 1 <= room:
            blank = " " * (room - words.cell_length)
            return Content(" ") + words + Content(f"{blank} ") + end
    return Content(" ") + end


def _way_out(session: Session) -> str:
    """The key that leads out of what keeps the files here and on disk apart."""
    if session.working_copy.gone():
        return "w restore"
    return "o open" if session.working_copy.broken else "w choose"


def _troubled(trouble: str, key: str, width: int) -> Content:
    words = fitted(visible(trouble), min(cell_len(visible(trouble)), width - len(key) - 7))
    return Content.assemble(" ", ("✗ ", "bold $critical"), (words, "$text"), DOT, (key, "$key"))


def first_parts(consequence: Consequence) -> Iterator[Part]:
    """The target's date and slip: all of a consequence that needs no findings."""
    yield next(parts_of(consequence))


def known_parts(consequence: Consequence) -> Iterator[Part]:
    """All parts where they cost nothing, else the first ones."""
    return parts_of(consequence) if known(consequence.after) else first_parts(consequence)


def pieces(parts: Iterable[Part]) -> Content:
    """The parts of a consequence in their colours, with dots between."""
    words = (Content.assemble((part.text, TONES[part.role])) for part in parts)
    return Content.assemble(DOT).join(words)


def story(plan: Plan, worst: Finding, width: int) -> str:
    """The worst that is wrong in one sentence that fits `width`: with what it costs, else without
    (the header has it too), else in shorter words.
    """
    words = visible(headline(worst, plan.context))
    cost = cost_of_lateness(plan, worst.id) if worst.code == "DATE01" else None
    amount = money_short(cost or 0, plan.roadmap.settings.currency)
    costs = visible(f"; cost of delay {amount}") if cost else ""
    short = re.sub(r" is (\d+) working days? late: waiting for", r" \1d late:", words)
    fits = (each for each in (words + costs, words, short) if cell_len(each) <= width)
    return next(fits, fitted(short, width))
