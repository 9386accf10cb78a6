"""The conflicts view: findings in groups, and the one under the cursor explained with its fixes.

On a wide screen list and explanation stand side by side, on a narrow one below each other, and
enter gives the explanation the whole screen. Enter on a conflict goes to its fixes, enter there
makes the chosen one.
"""

from __future__ import annotations

from functools import partial
from pathlib import PurePath

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from planner.conflicts.findings import Finding
from planner.conflicts.registry import RULES
from planner.entry.questions import question
from planner.errors import PlannerError
from planner.pages.conflict import none_page
from planner.pages.conflicts import next_short, not_active, sentence
from planner.pages.lines import Line as PageLine
from planner.plan.model import Plan
from planner.text.visible import visible
from planner.tui.lines.footer import ActionFooter
from planner.tui.lines.pages import Line, coloured
from planner.tui.shell.actions import bindings
from planner.tui.shell.app_state import Desk, Selected
from planner.tui.views.conflicts_detail import FindingDetail
from planner.tui.views.conflicts_groups import (
    GROUPINGS,
    Group,
    Grouping,
    grouped,
    shown_findings,
)
from planner.tui.views.conflicts_heading import TitleLine
from planner.tui.views.conflicts_list import FindingsList
from planner.tui.views.view import View

WIDE = 110
"""Columns from which the explanation has room for its fixes beside or below the list."""
BESIDE = 150
"""Columns from which it stands beside the list: below that no message would be whole."""


PAGE_KEYS = (
    ("enter", "apply"),
    ("j k", "other fix"),
    ("esc", "close"),
    ("e", "edit"),
    ("i", "waive"),
    ("C", "rule"),
    ("[ ]", "other conflict"),
)
"""What can be done on the page of one conflict."""


class ConflictsView(View):
    """What is wrong, why it matters, who moves next, and what can be done."""

    view_name = "conflicts"
    foot = ("edit", "regroup")
    offers = (
        "down",
        "up",
        "left",
        "right",
        "page_down",
        "page_up",
        "top",
        "bottom",
        "next_conflict",
        "previous_conflict",
        "open",
        "fold",
        "fold_all",
        "waive",
        "regroup",
        "show_waived",
    )
    BINDINGS = bindings(offers)
    DEFAULT_CSS = """
    ConflictsView {
        #findings { layout: vertical; height: 1fr; }
        FindingsList { height: 45%; }
        FindingDetail { height: 1fr; border-top: solid $faint; }
        &.-beside #findings { layout: horizontal; }
        &.-beside FindingsList { width: 60%; height: 1fr; }
        &.-beside FindingDetail {
            width: 1fr; height: 1fr; border-top: none; border-left: solid $faint;
        }
        &.-page FindingsList, &.-empty FindingsList { display: none; }
        &.-page FindingDetail, &.-empty FindingDetail {
            width: 1fr; height: 1fr; border-top: none; border-left: none;
        }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.grouping: Grouping = "severity"
        self.waived_shown = True
        self.folded: frozenset[str] = frozenset()

    def body(self) -> ComposeResult:
        """Heading, list and explanation, and what was not checked."""
        yield TitleLine(id="heading")
        with Container(id="findings"):
            yield FindingsList(self.where, self.who)
            yield FindingDetail(self.where)
        yield TitleLine(id="silent")

    # --- what is shown ----------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Show the findings; a first frame must not wait for all rules."""
        super().on_mount()
        self.call_after_refresh(self.regroup)

    def plan_changed(self, _before: Plan, _after: Plan) -> None:
        """List the findings of the new plan, the cursor on the same one if it is still there."""
        self.regroup()

    def findings_came(self) -> None:
        """The findings of a large plan are known now."""
        self.regroup()

    def filter_changed(self) -> None:
        """Show what involves an initiative that the filter matches."""
        self.regroup()

    def counted(self, asked: str) -> tuple[int, int]:
        """How many findings a filter would show, of how many."""
        if not self.desk.checked:
            return super().counted(asked)
        return len(self._found(asked)), len(self._found(""))

    def _found(self, asked: str) -> list[Finding]:
        return shown_findings(self.plan, asked, self.desk.me, waived=self.waived_shown)

    def on_resize(self) -> None:
        """Side by side where there is room."""
        self.set_class(self.size.width >= WIDE, "-wide")
        self.set_class(self.size.width >= BESIDE, "-beside")
        self._share(len(self.listing.rows))
        if self.size.width >= WIDE:
            self._page(False)

    def _share(self, rows: int) -> None:
        """A list that needs less than its part of the height leaves the rest to what is below."""
        self.listing.styles.max_height = None if self.has_class("-beside") else max(1, rows)

    @property
    def listing(self) -> FindingsList:
        """The list."""
        return self.query_one(FindingsList)

    @property
    def detail(self) -> FindingDetail:
        """The explanation."""
        return self.query_one(FindingDetail)

    @property
    def openable(self) -> bool:
        """A finding, or a heading."""
        return self.listing.row is not None

    @property
    def choosing(self) -> bool:
        """Whether the cursor is on a fix: on none before the view is put together."""
        return any(detail.choosing for detail in self.query(FindingDetail))

    @property
    def finding(self) -> Finding | None:
        """The finding under the cursor."""
        return self.listing.finding

    def regroup(self) -> None:
        """Make the rows anew, and explain what is under the cursor."""
        if not self.desk.checked:
            checking: Line = [("Conflicts", ("strong", None, True))]
            checking.append((" · checking the plan …", ("dim", None, False)))
            self.query_one("#heading", TitleLine).show(checking)
            return
        before, at = self.finding, self.listing.cursor
        findings = self._found(self.desk.filter)
        rows = grouped(self.plan, findings, self.grouping, self.folded)
        self.set_class(not rows, "-empty")
        self._share(len(rows))
        self.listing.list_rows(rows, at)
        same = None if before is None else self._row_of(before)
        if same is not None:
            self.listing.list_rows(rows, same)
        elif before is None:
            self._come_from_elsewhere()
        self._say_what(findings)
        self._explain()

    def _row_of(self, finding: Finding) -> int | None:
        return self.listing.find(lambda other: other.fingerprint == finding.fingerprint)

    def _say_what(self, findings: list[Finding]) -> None:
        pieces: Line = [("Conflicts", ("strong", None, True))]
        pieces.append((f" · by {GROUPINGS[self.grouping]}", ("dim", None, False)))
        waived = sum(finding.waived for finding in self.plan.findings)
        if waived and not self.waived_shown:
            pieces.append((f" · {waived} waived hidden", ("dim", None, False)))
        if self.desk.filter:
            pieces.append(
                (f" · filter {visible(self.desk.filter)}: {len(findings)}", ("key", None, False))
            )
        self.query_one("#heading", TitleLine).show(pieces)
        silent = self.plan.report.silent
        bottom = self.query_one("#silent", TitleLine)
        bottom.display = bool(silent) and bool(findings)
        bottom.show([(sentence(not_active(self.plan)), ("dim", None, False))])

    def where(self, finding: Finding) -> str:
        """``it.toml:14``: where a finding's table or key stands."""
        try:
            file, line = self.session.workspace.locate(finding.kind, finding.id, finding.key)
        except (PlannerError, KeyError):
            return finding.file or ""
        name = PurePath(file).name
        return f"{name}:{line}" if line else name

    def who(self, finding: Finding) -> str:
        """Who moves next, as short as it can be said."""
        return next_short(self.plan, finding)

    # --- the explanation --------------------------------------------------------------------------

    def _explain(self) -> None:
        """Explain what is under the cursor, at once."""
        if self.has_class("-empty"):
            waived = sum(finding.waived for finding in self.plan.findings)
            first = _none(self.desk.filter, waived)
            made = partial(none_page, self.plan, first)
            self.detail.about_nothing(lambda width: coloured(made(width)))
            return
        self.detail.about(self.plan, self.listing.row)
        self.detail.explain(from_top=True)

    def _page(self, on: bool) -> None:
        """Give the explanation the whole screen, or give it back."""
        self.set_class(on, "-page")
        self.query_one(ActionFooter).show_keys(PAGE_KEYS if on else None)
        if on:
            self.detail.open()
        elif self.detail.choosing:
            self.detail.leave()

    # --- the cursor -------------------------------------------------------------------------------

    @property
    def selected(self) -> Selected | None:
        """The table that the finding under the cursor points at."""
        found = self.finding if self.is_mounted else None
        return None if found is None else (found.kind, found.id)

    @on(FindingsList.Moved)
    def _moved(self) -> None:
        self.detail.choosing = self.has_class("-page")
        self.remember()
        self.detail.about(self.plan, self.listing.row)

    def _is_wanted(self, finding: Finding) -> bool:
        """Whether a finding is about what was selected last in any view."""
        kind, id = self.desk.selected or ("", "")
        return finding.kind == kind and id in finding.on

    def selection_changed(self) -> None:
        """Coming from another view: the first finding about what is selected there."""
        if self.is_mounted and self.finding is not None and not self._is_wanted(self.finding):
            self._come_from_elsewhere()
            self._explain()

    def _come_from_elsewhere(self) -> None:
        about = self.listing.find(self._is_wanted)
        if about is None and self.finding is None:
            about = self.listing.find(lambda _: True)
        if about is not None:
            self.listing.put(about)

    @on(FindingsList.Opened)
    def _opened(self) -> None:
        self.do_open()

    # --- actions: getting around ------------------------------------------------------------------

    def do_down(self) -> None:
        """Next row; in the explanation the next fix, or further down."""
        self._step(1)

    def do_up(self) -> None:
        """Previous row; in the explanation the previous fix, or further up."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self.has_class("-empty"):
            self.detail.scroll_lines(by)
        elif self.detail.choosing:
            self.detail.step(by)
        else:
            self.listing.move(by)

    def do_right(self) -> None:
        """Into the explanation, to choose a fix."""
        if self.detail.fix is not None:
            self.detail.choose(self.detail.chosen)

    def do_left(self) -> None:
        """Back to the list."""
        if not self.detail.choosing:
            self.say("This is the list: l goes to the fixes", "warning")
        self._page(False)

    def do_page_down(self) -> None:
        """Half a screen down."""
        self._half(1)

    def do_page_up(self) -> None:
        """Half a screen up."""
        self._half(-1)

    def _half(self, by: int) -> None:
        if self.detail.choosing or self.has_class("-empty"):
            self.detail.scroll_lines(by * max(1, self.detail.size.height // 2))
        else:
            self.listing.move(by * max(1, self.listing.size.height // 2))

    def do_top(self) -> None:
        """First row."""
        self.listing.move_to(0)

    def do_bottom(self) -> None:
        """Last row."""
        self.listing.move_to(len(self.listing.rows) - 1)

    def do_next_conflict(self) -> None:
        """The next finding, past headings."""
        if not self.listing.move_to_finding(1):
            self.say("This is the last conflict")

    def do_previous_conflict(self) -> None:
        """The finding before, past headings."""
        if not self.listing.move_to_finding(-1):
            self.say("This is the first conflict")

    def do_escape(self) -> None:
        """Back from the explanation, else what escape does everywhere."""
        if self.detail.choosing:
            self.do_left()
        else:
            self.filtering.do_escape()

    # --- actions: looking -------------------------------------------------------------------------

    def do_open(self) -> None:
        """Fold a heading; open the explanation; there, make the chosen fix."""
        if isinstance(self.listing.row, Group):
            self.do_fold()
        elif self.detail.choosing:
            self._apply()
        elif self.has_class("-wide"):
            self._choose()
        elif self.finding is not None:
            self._page(True)

    def _choose(self) -> None:
        """Into the explanation, if there is anything to choose."""
        if self.detail.fix is not None:
            self.detail.choose(self.detail.chosen)
        elif self.detail.offers.complete and self.finding is not None:
            asked = question(self.finding, self.plan)
            if asked is not None:
                self.changes.ask(asked)
                return
            self.say("No fix is ready: e edits it, o opens the file there", "warning")
        else:
            self.say("Fixes are still being tested")

    def do_fold(self) -> None:
        """Fold or unfold the group of the cursor."""
        row = self.listing.row
        if row is None:
            return
        key = row.key if isinstance(row, Group) else row.group
        self.folded = self.folded ^ {key}
        self.regroup()
        self.listing.move_to(self._heading_of(key))

    def do_fold_all(self) -> None:
        """Fold all groups, or unfold all."""
        keys = {row.key for row in self.listing.rows if isinstance(row, Group)}
        self.folded = frozenset() if keys <= self.folded else frozenset(keys)
        self.regroup()

    def _heading_of(self, key: str) -> int:
        rows = enumerate(self.listing.rows)
        return next((at for at, row in rows if isinstance(row, Group) and row.key == key), 0)

    def do_regroup(self) -> None:
        """Group by severity, rule, owner, or who moves next."""
        ways = [*GROUPINGS]
        self.grouping = ways[(ways.index(self.grouping) + 1) % len(ways)]
        self.folded = frozenset()
        self.regroup()

    def do_show_waived(self) -> None:
        """Show or hide what is waived."""
        self.waived_shown = not self.waived_shown
        self.regroup()

    # --- actions: changing ------------------------------------------------------------------------

    def _apply(self) -> None:
        """Make the chosen fix."""
        fix = self.detail.fix
        if not self.desk.checked:
            self.say("The plan is still being checked")
        elif fix is None:
            self._choose()
        elif not self.detail.begins_in_view(self.detail.chosen):
            self.detail.reveal(self.detail.chosen)
        elif self.changes.make(fix.edit, fix.title):
            self._page(False)

    def do_waive(self) -> None:
        """Accept the finding for now, with a reason and an end date."""
        if self.finding is None:
            self.say("Select a conflict first: j and k move up and down", "warning")
        else:
            from planner.tui.dialogs.waive import WaiveDialog

            self.app.push_screen(WaiveDialog(self.session, self.finding), self.changes.keep)

    def cell(self) -> tuple[str, ...] | None:
        """What `e` edits and where `o` opens the file: the key that the finding points at."""
        return (self.finding.key or None) if self.finding is not None else None

    def findings_here(self) -> list[Finding]:
        """What `f` offers fixes of: the finding under the cursor."""
        return [self.finding] if self.finding is not None else []

    def rule_here(self) -> str | None:
        """The rule of the finding, or of the heading where it is one."""
        row = self.listing.row
        if isinstance(row, Group):
            return row.key if row.key in RULES else None
        return self.finding.code if self.finding is not None else None

    def kind_here(self) -> str:
        """What `a` adds: a table of the kind that the finding is about."""
        return self.finding.kind if self.finding is not None else "initiatives"


def _none(filter: str, waived: int) -> PageLine:
    """That there is no conflict, or none that the filter asks for."""
    if filter:
        text = f"No conflict matches the filter {visible(filter)} "
        return (text, "title"), ("esc shows all", "dim")
    told = f" · {waived} waived, I shows them" if waived else ""
    return ("√ ", "good"), ("No conflicts", "title"), (told, "dim")
