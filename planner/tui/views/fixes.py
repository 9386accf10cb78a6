"""The fixes of the conflicts here, each tried on a copy of the whole plan before it is shown.

They are tried in a thread, one after the other; the keyboard never waits for them. The first three
are shown when they are ready and the others below them when all are, so that nothing that is being
read moves. Enter applies the marked one; tab goes to the next conflict of the same row.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from planner.conflicts.findings import Finding
from planner.conflicts.fixing import Fix
from planner.entry.questions import Question, question
from planner.pages.conflict import offered
from planner.pages.fixes import NONE_READY, TESTING, marked_lines
from planner.pages.lines import Page, Piece
from planner.pages.signs import CURSOR
from planner.plan.offers import Offers
from planner.session.session import Session
from planner.text.visible import visible
from planner.tui.dialogs.panel import Dialog, Keys
from planner.tui.lines.cells import SEVERITY_GLYPHS
from planner.tui.lines.lines_pane import LinesPane
from planner.tui.lines.pages import Explained, coloured
from planner.tui.views.conflicts_offers import TriedFixes

AT_ONCE = 3
"""So many fixes are shown as soon as they are tried; the rest comes below them, all at once."""
OTHER = 4
"""Lines that are not the pane's: the one above the frame, the frame, the keys."""


class FixesPane(LinesPane):
    """As high as what it shows, with one blank at each side."""

    DEFAULT_CSS = "FixesPane { height: auto; }"
    SIDE = 1

    def get_content_height(self, *_: object) -> int:
        """All lines, as far as the dialog has room."""
        return len(self._told(self.text_width).lines)

    def on_resize(self) -> None:
        """Another width breaks the lines elsewhere."""
        self.refresh(layout=True)


class FixesDialog(Dialog[Fix | Question | None]):
    """A conflict, and its fixes with their outcomes; returns the one to make, or what to answer."""

    BINDINGS = [
        Binding("q", "leave", "cancel", id="fixes.leave"),
        Binding("enter", "apply", "apply", id="fixes.apply"),
        Binding("j,down", "step(1)", "down", id="fixes.down"),
        Binding("k,up", "step(-1)", "up", id="fixes.up"),
        Binding("pagedown,space", "page(1)", "page", id="fixes.page"),
        Binding("pageup", "page(-1)", "page", id="fixes.back"),
        Binding("G,end", "ends(1)", "last", id="fixes.last"),
        Binding("g,home", "ends(-1)", "first", id="fixes.first"),
        Binding("tab,right_square_bracket", "turn(1)", "next conflict", id="fixes.next"),
        Binding("shift+tab,left_square_bracket", "turn(-1)", "conflict before", id="fixes.before"),
    ]
    DEFAULT_CSS = """
    FixesDialog { align: center top; }
    FixesDialog > .panel { margin-top: 1; padding: 0; }
    FixesDialog .keys { padding: 0 1; }
    """

    widest = 100
    keys: Keys = (("enter", "apply"), ("tab", "next conflict"), ("esc", "cancel"))

    def __init__(self, session: Session, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.session = session
        self.findings = findings
        if len(findings) == 1:
            self.keys = (("enter", "apply"), ("esc", "cancel"))
        self.at = 0
        self.tried = TriedFixes(self, self._show)

    def heading(self) -> Content:
        """Which conflict, and how many there are in this row."""
        glyph, role = SEVERITY_GLYPHS[self.finding.severity]
        words = f" {glyph} {self.finding.code} {self.finding.rule} "
        count = f"{self.at + 1} of {len(self.findings)} " if len(self.findings) > 1 else ""
        return Content.assemble((words, f"bold ${role}"), (count, "$dim"))

    def body(self) -> ComposeResult:
        """The conflict and its fixes."""
        yield FixesPane()

    def on_mount(self) -> None:
        """Start with the worst."""
        self.action_turn(0)

    def on_resize(self) -> None:
        """The fixes scroll; frame and keys always fit."""
        self.pane.styles.max_height = self.size.height - OTHER

    @property
    def pane(self) -> FixesPane:
        """What is read and chosen from."""
        return self.query_one(FixesPane)

    @property
    def finding(self) -> Finding:
        """The conflict shown."""
        return self.findings[self.at]

    @property
    def offers(self) -> Offers:
        """Its fixes, as far as they are shown."""
        tried = self.tried.of(self.session.plan, self.finding)
        waits = not tried.complete and len(tried.found) < AT_ONCE
        found = tried.found if tried.complete else () if waits else tried.found[:AT_ONCE]
        return Offers(found, complete=tried.complete, failed=tried.failed)

    @property
    def asked(self) -> Question | None:
        """What a person can answer, where no edit would do; the last of the fixes."""
        return question(self.finding, self.session.plan) if self.offers.complete else None

    def _show(self) -> None:
        self.pane.tell(self._page, from_top=False)
        self.pane.refresh(layout=True)

    def _page(self, width: int) -> Explained:
        """The conflict, its fixes, and what only a person can say."""
        page, offers, asked = Page(width), self.offers, self.asked
        page.text(visible(self.finding.message))
        page.line()
        places = [*offered(page, self.session.plan, offers, self.pane.chosen)]
        if asked is not None:
            places.append(_in_words(page, asked, marked=self.pane.chosen == len(places)))
        if not offers.complete:
            page.text(TESTING, "dim")
        elif offers.failed:
            page.text(f"✗ {visible(offers.failed)}", "dim")
        elif not places:
            page.text(f"{NONE_READY}: e edits it, o opens the file", "dim")
        return coloured(page.lines, places)

    # --- keys -------------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """Another fix."""
        self.pane.step(by)

    def action_page(self, by: int) -> None:
        """On by a page; the mark stays on its fix."""
        self.pane.scroll_lines(by * (self.pane.size.height - 1))

    def action_ends(self, by: int) -> None:
        """The first or the last fix."""
        self.pane.to_end(by)

    def action_turn(self, by: int) -> None:
        """Another conflict of the same row."""
        self.at = (self.at + by) % len(self.findings)
        self.panel.border_title = self.heading()
        self.tried.try_all(self.session.plan, self.finding)
        self.pane.open()
        self._show()

    def action_apply(self) -> None:
        """Return the marked fix, or what a person is asked; out of view it is shown first."""
        found, at = self.offers.found, self.pane.chosen
        if self.pane.shown.places and not self.pane.begins_in_view:
            self.pane.reveal()
        elif at < len(found):
            self.dismiss(found[at].fix)
        elif self.asked is not None:
            self.dismiss(self.asked)


def _in_words(page: Page, asked: Question, *, marked: bool) -> tuple[int, int]:
    """What only a person can say, as the last of the fixes; the lines that it takes."""
    where = "a form" if not asked.key else visible(asked.key.replace("_", " "))
    told: Piece = (f"opens {where} to write it in", "dim")
    mark, title, first = CURSOR if marked else " ", f"{visible(asked.title)} …", len(page.lines)
    page.lines += marked_lines(f"{mark} ", title, [told], page.width, marked=marked)
    return first, len(page.lines) - 1
