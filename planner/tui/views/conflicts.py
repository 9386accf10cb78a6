"""The conflicts view: findings in groups, and the one under the cursor explained with its fixes.

On a wide screen list and explanation stand side by side, on a narrow one below each other, and
enter gives the explanation the whole screen. Enter on a conflict goes to its fixes, enter there
makes the chosen one.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import PurePath

from textual import on
from textual.app import ComposeResult

from planner.conflicts.findings import Finding
from planner.conflicts.fixing import Fix
from planner.conflicts.registry import RULES
from planner.entry.questions import question
from planner.errors import PlannerError
from planner.pages.conflict import Shown, finding_page, none_page
from planner.pages.conflicts import not_active, sentence
from planner.pages.lines import Line as PageLine
from planner.plan.model import Plan
from planner.plan.offers import Offers
from planner.session.session import Session
from planner.text.visible import visible
from planner.tui.lines.list_and_page import ListAndPage
from planner.tui.lines.pages import Explained, Line, coloured, line_of
from planner.tui.lines.row_list import Row
from planner.tui.lines.title_line import TitleLine
from planner.tui.shell.actions import bindings
from planner.tui.shell.app_state import Desk, Mark, Selected
from planner.tui.views.conflicts_groups import GROUPINGS, Group, Grouping, grouped, shown_findings
from planner.tui.views.conflicts_offers import Hanging, TriedFixes
from planner.tui.views.conflicts_rows import rows_of
from planner.tui.views.list_view import ListView

_CHECKING: Line = line_of(("Conflicts", "strong", True), (" · checking the plan …", "dim"))


class ConflictsView(ListView):
    """What is wrong, why it matters, who moves next, and what can be done."""

    view_name = "conflicts"
    foot = ("edit", "regroup")
    unfit = ()
    offers = (
        *ListView.offers,
        *("next_conflict", "previous_conflict"),
        "fold",
        "fold_all",
        "waive",
        "regroup",
        "show_waived",
    )
    BINDINGS = bindings(offers)
    beside = 160
    """Below that no message would be whole."""
    share = 45
    page_keys = (
        ("enter", "apply"),
        ("j k", "other fix"),
        ("esc", "close"),
        ("e", "edit"),
        ("i", "waive"),
        ("C", "rule"),
        ("[ ]", "other conflict"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.grouping: Grouping = "severity"
        self.waived_shown = True
        again = partial(self.both.tell, from_top=False)
        self.tried, self.hanging = TriedFixes(self, again), Hanging(self, again)

    def body(self) -> ComposeResult:
        """Heading, list and explanation, and what was not checked."""
        yield from super().body()
        yield TitleLine(id="silent")

    # --- what is shown ----------------------------------------------------------------------------

    def recompute(self) -> None:
        """Show the findings, once they are known."""
        if self.desk.checked:
            self.show(self.plan, None)
        else:
            self.title_line.show(_CHECKING)

    def show(self, plan: Plan, found: object) -> None:
        """Begin with a finding, where none is about what is selected."""
        begins = self.of is None
        super().show(plan, found)
        if begins and self.finding is None and (first := self.listing.find(_is_finding)):
            self.listing.put(first)
            self.both.tell()

    def findings_came(self) -> None:
        """The findings of a large plan are known now."""
        self.recompute()

    def counted(self, asked: str) -> tuple[int, int]:
        """How many findings a filter would show, of how many."""
        if not self.desk.checked:
            return super().counted(asked)
        return len(self._found(asked)), len(self._found(""))

    def _found(self, asked: str) -> list[Finding]:
        return shown_findings(self.plan, asked, self.desk.me, waived=self.waived_shown)

    def rows(self, plan: Plan) -> list[Row]:
        """Each group and its findings; below them what was not checked."""
        groups = grouped(plan, self._found(self.desk.filter), self.grouping)
        silent = self.query_one("#silent", TitleLine)
        silent.display = bool(plan.report.silent and groups)
        silent.show(line_of((sentence(not_active(plan)), "dim")))
        where = partial(_place, self.session)
        return [row for group in groups for row in rows_of(plan, group, where, self._page)]

    def headings(self) -> tuple[Line, ...]:
        """How they are grouped, and which are left out."""
        pieces = line_of(
            ("Conflicts", "strong", True), (f" · by {GROUPINGS[self.grouping]}", "dim")
        )
        if (hidden := _waived(self.plan)) and not self.waived_shown:
            pieces += line_of((f" · {hidden} waived hidden", "dim"))
        if self.desk.filter:
            count = len(self._found(self.desk.filter))
            pieces += line_of((f" · filter {visible(self.desk.filter)}: {count}", "key"))
        return (pieces,)

    def nothing(self, width: int) -> Explained:
        """That there is no conflict, what was checked, and what was not."""
        if not self.desk.checked:
            return Explained((), ())
        return coloured(none_page(self.plan, _none(self.desk.filter, _waived(self.plan)), width))

    def is_about(self, row: Row, wanted: Selected) -> bool:
        """A finding is about all that it names."""
        kind, id = wanted
        return isinstance(row.of, Finding) and row.of.kind == kind and id in row.of.on

    # --- the page of a finding --------------------------------------------------------------------

    @property
    def finding(self) -> Finding | None:
        """The finding under the cursor."""
        row = self.listing.row
        return row.of if row is not None and isinstance(row.of, Finding) else None

    @property
    def ways_out(self) -> Offers:
        """Its fixes, as far as they have been tried."""
        if self.finding is None:
            return Offers(complete=True)
        return self.tried.of(self.plan, self.finding)

    @property
    def fix(self) -> Fix | None:
        """The fix that is marked, or would be."""
        found, at = self.ways_out.found, self.both.page.chosen
        return found[at].fix if at < len(found) else None

    def _page(self, finding: Finding, width: int) -> Explained:
        page = self.both.page
        keys = "enter applies the marked one, esc closes" if page.choosing else "enter chooses one"
        shown = Shown(page.chosen, keys, _instead(finding, self.plan))
        offers, where = self.tried.of(self.plan, finding), _place(self.session, finding)
        hanging = self.hanging.of(self.plan, finding)
        told = finding_page(self.plan, finding, offers, where, width, shown, hanging)
        return coloured(told.lines, told.places)

    @on(ListAndPage.Rested)
    def _rested(self) -> None:
        if self.finding is not None and self.desk.checked:
            self.tried.try_all(self.plan, self.finding)
            self.hanging.learn(self.plan, self.finding)

    # --- actions ----------------------------------------------------------------------------------

    def do_right(self) -> None:
        """To the fixes; where there are none, ask what only a person can say."""
        if self.finding is None or self.fix is not None or not self.both.roomy:
            self.both.do_right()
        else:
            self._ask()

    def do_open(self) -> None:
        """Fold a heading; go to the fixes; there, make the marked one."""
        if self.finding is not None and self.both.reading:
            self._apply()
        elif self.finding is not None:
            self.do_right()
        else:
            self.both.do_open()

    def _ask(self) -> None:
        asked = question(self.finding, self.plan) if self.finding is not None else None
        if not self.ways_out.complete:
            self.say("Fixes are still being tested")
        elif asked is not None:
            self.changes.ask(asked)
        else:
            self.say("No fix is ready: e edits it, o opens the file there", "warning")

    def _apply(self) -> None:
        """Make the marked fix, if it can be read."""
        fix, page = self.fix, self.both.page
        if not self.desk.checked:
            self.say("The plan is still being checked")
        elif fix is None:
            self._ask()
        elif not page.begins_in_view:
            page.reveal()
        elif self.changes.make(fix.edit, fix.title):
            self.both.turn(to_page=False)

    def do_regroup(self) -> None:
        """Group by severity, rule, owner, or who moves next."""
        ways = [*GROUPINGS]
        self.grouping = ways[(ways.index(self.grouping) + 1) % len(ways)]
        self.listing.folded = frozenset()
        self.recompute()

    def do_show_waived(self) -> None:
        """Show or hide what is waived."""
        self.waived_shown = not self.waived_shown
        self.recompute()

    def do_waive(self) -> None:
        """Accept the finding for now, with a reason and an end date."""
        if self.finding is None:
            self.say("Select a conflict first: j and k move up and down", "warning")
        else:
            from planner.tui.dialogs.waive import WaiveDialog

            self.app.push_screen(WaiveDialog(self.session, self.finding), self.changes.keep)

    # --- what keys act on -------------------------------------------------------------------------

    @property
    def mark(self) -> Mark:
        """The finding under the cursor: `e` edits and `o` opens the key that it points at."""
        of = self.listing.row.of if self.listing.row is not None else None
        if isinstance(of, Finding):
            return replace(super().mark, cell=of.key or None, finding=of, rule=of.code)
        if isinstance(of, Group) and of.key in RULES:
            return replace(super().mark, rule=of.key)
        return super().mark


def _none(filter: str, waived: int) -> PageLine:
    """That there is no conflict, or none that the filter asks for."""
    if filter:
        text = f"No conflict matches the filter {visible(filter)} "
        return (text, "title"), ("esc shows all", "dim")
    told = f" · {waived} waived, I shows them" if waived else ""
    return ("√ ", "good"), ("No conflicts", "title"), (told, "dim")


def _is_finding(row: Row) -> bool:
    return isinstance(row.of, Finding)


def _waived(plan: Plan) -> int:
    return sum(finding.waived for finding in plan.findings)


def _place(session: Session, finding: Finding) -> str:
    """``it.toml:14``: where a finding's table or key stands."""
    try:
        file, line = session.workspace.locate(finding.kind, finding.id, finding.key)
    except (PlannerError, KeyError):
        return finding.file or ""
    name = PurePath(file).name
    return f"{name}:{line}" if line else name


def _instead(finding: Finding, plan: Plan) -> str:
    """What to press where no fix is ready."""
    asked = question(finding, plan)
    if asked is not None:
        return f"enter asks you to {visible(asked.title)}"
    return "e edits it, o opens the file there" + ("" if finding.waived else ", i waives it")
