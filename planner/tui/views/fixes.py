"""The fixes of the conflicts here, each tried on a copy of the whole plan before it is shown.

They are tried in a thread, one after the other; the keyboard never waits for them. The first three
are shown when they are ready and the others below them when all are, so that nothing that is being
read moves. Enter applies the marked one; tab goes to the next conflict of the same row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from planner.conflicts.findings import Finding
from planner.conflicts.fixing import Fix
from planner.entry.questions import Question, question
from planner.pages.fixes import NONE_READY, TESTING, fix_lines, marked_lines
from planner.pages.lines import Line, Piece
from planner.pages.signs import CURSOR
from planner.plan.model import Plan
from planner.plan.offers import Offer, Offers, try_fixes
from planner.session.session import Session
from planner.text.visible import visible
from planner.tui.dialogs.panel import Dialog, Keys
from planner.tui.lines.cells import SEVERITY_GLYPHS
from planner.tui.shell.base_app import guarded

PADDING = 2
AT_ONCE = 3
"""So many fixes are shown as soon as they are tried; the rest comes below them, all at once."""


class FixesDialog(Dialog[Fix | Question | None]):
    """A conflict, and its fixes with their outcomes; returns the one to make, or what to answer."""

    BINDINGS = [
        Binding("q", "leave", "cancel", id="fixes.leave"),
        Binding("j", "step(1)", "down", id="fixes.down"),
        Binding("k", "step(-1)", "up", id="fixes.up"),
        Binding("tab,right_square_bracket", "turn(1)", "next conflict", id="fixes.next"),
        Binding("shift+tab,left_square_bracket", "turn(-1)", "conflict before", id="fixes.before"),
    ]
    DEFAULT_CSS = """
    FixesDialog { align: center top; }
    FixesDialog > .panel { max-height: 95%; margin-top: 1; }
    FixesDialog #conflict { height: auto; max-height: 4; margin-bottom: 1; }
    FixesDialog OptionList, FixesDialog OptionList:focus {
        height: auto; max-height: 60vh; border: none; padding: 0; background: $panel-ground;
        background-tint: $panel-ground 0%; scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    FixesDialog #said { height: auto; color: $dim; }
    """

    widest = 100
    keys: Keys = (("enter", "apply"), ("tab", "next conflict"), ("esc", "cancel"))

    class Tried(Message):
        """One more fix was tried."""

        def __init__(self, finding: Finding, offers: Offers) -> None:
            super().__init__()
            self.finding, self.offers = finding, offers

    def __init__(self, session: Session, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.session = session
        self.findings = findings
        if len(findings) == 1:
            self.keys = (("enter", "apply"), ("esc", "cancel"))
        self.at = 0
        self.offers = Offers()
        self._marked: int | None = None

    def heading(self) -> Content:
        """Which conflict, and how many there are in this row."""
        glyph, role = SEVERITY_GLYPHS[self.finding.severity]
        words = f" {glyph} {self.finding.code} {self.finding.rule} "
        count = f"{self.at + 1} of {len(self.findings)} " if len(self.findings) > 1 else ""
        return Content.assemble((words, f"bold ${role}"), (count, "$dim"))

    def body(self) -> ComposeResult:
        """The conflict and its fixes."""
        yield Static(id="conflict", markup=False)
        yield OptionList(markup=False)
        yield Static(id="said", markup=False)

    def on_mount(self) -> None:
        """Start with the worst."""
        self._show_finding()

    @property
    def finding(self) -> Finding:
        """The conflict shown."""
        return self.findings[self.at]

    @property
    def asked(self) -> Question | None:
        """What a person can answer, where no edit would do."""
        return question(self.finding, self.session.plan)

    def action_step(self, by: int) -> None:
        """Another fix."""
        fixes = self.query_one(OptionList)
        fixes.action_cursor_down() if by > 0 else fixes.action_cursor_up()

    def action_turn(self, by: int) -> None:
        """Another conflict of the same row."""
        self.at = (self.at + by) % len(self.findings)
        self._show_finding()

    def _show_finding(self) -> None:
        finding = self.finding
        self.panel.border_title = self.heading()
        self.query_one("#conflict", Static).update(Content(visible(finding.message)))
        self.query_one(OptionList).clear_options()
        self.offers, self._marked = Offers(), None
        self._say(TESTING)
        work = partial(self._work, finding)
        self.run_worker(work, thread=True, exclusive=True, exit_on_error=False)

    def _work(self, finding: Finding) -> None:
        guarded(self.app, partial(self._try, finding))

    def _try(self, finding: Finding) -> None:
        worker = get_current_worker()
        for offers in try_fixes(self.session.plan, finding, lambda: not worker.is_cancelled):
            if worker.is_cancelled:
                return
            self.post_message(self.Tried(finding, offers))

    @on(Tried)
    def _tried(self, message: Tried) -> None:
        if message.finding is not self.finding:
            return
        fixes, found = self.query_one(OptionList), message.offers.found
        self.offers = message.offers
        if message.offers.complete or (len(found) >= AT_ONCE and not fixes.option_count):
            new = found[fixes.option_count :]
            fixes.add_options(
                [Option(described(self.session.plan, offer, self._room)) for offer in new]
            )
        asked = self.asked if message.offers.complete else None
        if asked is not None:
            fixes.add_option(Option(in_words(asked, self._room)))
        if fixes.highlighted is None and fixes.option_count:
            fixes.highlighted = 0
        fixes.focus()
        if not message.offers.complete:
            self._say(TESTING)
        else:
            ready = fixes.option_count > 0
            said = "" if ready else f"{NONE_READY}: e edits it, o opens the file"
            self._say(f"✗ {visible(message.offers.failed)}" if message.offers.failed else said)

    @on(OptionList.OptionHighlighted)
    def _mark(self, event: OptionList.OptionHighlighted) -> None:
        """Move the mark: what enter makes has to read without colour."""
        fixes, at = event.option_list, event.option_index
        for each, marked in ((self._marked, False), (at, True)):
            if each is not None and each < fixes.option_count:
                fixes.replace_option_prompt_at_index(each, self._words(each, marked=marked))
        self._marked = at

    def _words(self, at: int, *, marked: bool) -> Content:
        found, asked = self.offers.found, self.asked
        if at >= len(found) and asked is not None:
            return in_words(asked, self._room, marked=marked)
        return described(self.session.plan, found[at], self._room, marked=marked)

    @property
    def _room(self) -> int:
        """Columns of a line of the list, its scrollbar's and the blanks at its sides left out."""
        return max(20, self.query_one(OptionList).size.width - PADDING)

    def on_resize(self) -> None:
        """Break the lines anew."""
        fixes = self.query_one(OptionList)
        for at in range(fixes.option_count):
            words = self._words(at, marked=at == self._marked)
            fixes.replace_option_prompt_at_index(at, words)

    def _say(self, text: str) -> None:
        said = self.query_one("#said", Static)
        said.update(Content(text))
        said.display = bool(text)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        found = self.offers.found
        at = event.option_index
        self.dismiss(found[at].fix if at < len(found) else self.asked)


def described(plan: Plan, offer: Offer, width: int, *, marked: bool = False) -> Content:
    """A fix, and under it its consequence for the whole plan and who has to agree."""
    mark = f"{CURSOR} " if marked else "  "
    return content(fix_lines(plan, offer.fix, offer.parts, width, mark, marked=marked))


def in_words(asked: Question, width: int, *, marked: bool = False) -> Content:
    """What only a person can say, as the last of the fixes."""
    where = "a form" if not asked.key else visible(asked.key.replace("_", " "))
    told: Piece = (f"opens {where} to write it in", "dim")
    mark, title = f"{CURSOR} " if marked else "  ", f"{visible(asked.title)} …"
    return content(marked_lines(mark, title, [told], width, marked=marked))


def content(lines: Iterable[Line]) -> Content:
    """Lines of a page in their colours."""
    return Content("\n").join(Content.assemble(*map(_styled, line)) for line in lines)


def _styled(piece: Piece) -> tuple[str, str]:
    text, role = piece
    return text, "bold $strong" if role == "title" else f"${role}"
