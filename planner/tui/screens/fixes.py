"""The ways out of the conflicts here, each tried on a copy of the whole plan before it is shown.

They are tried in a thread, one after the other, and come in as they are done; the keyboard never
waits for them. Enter makes the chosen one; tab goes to the next conflict of the same row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from planner.conflicts.findings import Finding
from planner.conflicts.fixes import Fix
from planner.session import Session
from planner.text.visible import visible
from planner.tui.widgets.columns import SEVERITY_GLYPHS
from planner.tui.widgets.findings_offers import Offer, Offers, try_fixes
from planner.tui.widgets.state import DOT, TONES


class FixesDialog(ModalScreen[Fix | None]):
    """A conflict, and its fixes with their outcomes; returns the one to make."""

    BINDINGS = [
        ("escape,q", "dismiss", "drop"),
        ("j", "step(1)", "down"),
        ("k", "step(-1)", "up"),
        ("tab,right_square_bracket", "turn(1)", "next conflict"),
        ("shift+tab,left_square_bracket", "turn(-1)", "previous conflict"),
    ]
    DEFAULT_CSS = """
    FixesDialog { align: center middle; background: $ground 60%; }
    FixesDialog Vertical {
        width: 96; max-width: 96%; height: auto; max-height: 90%; padding: 0 1;
        background: $panel-ground; border: round $dim;
    }
    FixesDialog Static { height: auto; margin: 0 0 1 0; }
    FixesDialog OptionList {
        height: auto; max-height: 16; border: none; padding: 0; background: $panel-ground;
        scrollbar-size-vertical: 1;
    }
    FixesDialog #end { margin: 0; color: $dim; }
    """

    class Tried(Message):
        """One more way out was tried."""

        def __init__(self, finding: Finding, offers: Offers) -> None:
            super().__init__()
            self.finding, self.offers = finding, offers

    def __init__(self, session: Session, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.session = session
        self.findings = findings
        self.at = 0
        self.offers = Offers()

    def compose(self) -> ComposeResult:
        """The conflict, its fixes, the keys."""
        with Vertical():
            yield Static(id="conflict")
            yield OptionList(markup=False)
            yield Static(id="end")

    def on_mount(self) -> None:
        """Start with the worst."""
        self._show_finding()

    @property
    def finding(self) -> Finding:
        """The conflict shown."""
        return self.findings[self.at]

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
        glyph, role = SEVERITY_GLYPHS[finding.severity]
        head = Content.assemble((f"{glyph} {finding.code} {finding.rule}", f"bold ${role}"))
        if len(self.findings) > 1:
            head += Content.styled(f"   {self.at + 1} of {len(self.findings)}, tab: next", "$dim")
        words = Content.assemble(head, "\n", (visible(finding.message), "$text"))
        self.query_one("#conflict", Static).update(words)
        self.query_one(OptionList).clear_options()
        self.offers = Offers()
        self._say("trying the ways out on the whole plan …")
        work = partial(self._work, finding)
        self.run_worker(work, thread=True, exclusive=True, exit_on_error=False)

    def _work(self, finding: Finding) -> None:
        worker = get_current_worker()
        for offers in try_fixes(self.session.plan, finding, lambda: not worker.is_cancelled):
            if worker.is_cancelled:
                return
            self.post_message(self.Tried(finding, offers))

    @on(Tried)
    def _tried(self, message: Tried) -> None:
        if message.finding is not self.finding:
            return
        fixes = self.query_one(OptionList)
        for offer in message.offers.found[len(self.offers.found) :]:
            fixes.add_option(Option(described(offer)))
        if fixes.highlighted is None and fixes.option_count:
            fixes.highlighted = 0
        fixes.focus()
        self.offers = message.offers
        if not message.offers.complete:
            self._say("trying more …")
        elif message.offers.found:
            self._say("enter makes it · u would take it back · esc leaves everything as it is")
        else:
            self._say("No fix is ready: e edits, o opens the file there · esc")

    def _say(self, text: str) -> None:
        self.query_one("#end", Static).update(Content(text))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.offers.found[event.option_index].fix)


def described(offer: Offer) -> Content:
    """A fix: what it is and whose yes it needs, and under that what it does to the whole plan."""
    title = Content.assemble((visible(offer.fix.title), "bold $strong"))
    if offer.fix.needs_yes:
        yes = visible(" and ".join(offer.fix.needs_yes))
        title += Content.styled(f"  needs the yes of {yes}", "$warning")
    outcome = Content("   ")
    for index, part in enumerate(offer.parts):
        outcome += Content.assemble(*([DOT] if index else []), (part.text, TONES[part.role]))
    return Content("\n").join([title, outcome])
