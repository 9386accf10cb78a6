"""The conflicts view: findings by cause, and the one under the cursor explained with its fixes.

The explanation stands below the list; on a narrow screen enter gives it all of the screen. Enter on
a conflict, or tab, goes to its fixes, enter there applies the chosen one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult

from planner.analysis.conflicts import Stakes
from planner.conflicts.findings import SEVERITIES, SEVERITY_MARKS, Finding
from planner.conflicts.fixing import Fix
from planner.conflicts.registry import RULES
from planner.conflicts.roots import Root
from planner.entry.questions import question
from planner.errors import PlannerError
from planner.pages.conflict import Shown, finding_page, none_page
from planner.pages.conflicts import SEVERITY_ROLES, SEVERITY_WORDS, not_active, sentence
from planner.pages.lines import Line as PageLine
from planner.plan.model import Plan
from planner.plan.offers import Offers
from planner.roadmap.entities import Severity
from planner.session.session import Session
from planner.text.visible import visible
from planner.tui.lines.list_and_page import ListAndPage
from planner.tui.lines.pages import Explained, Line, coloured, line_of
from planner.tui.lines.row_list import SIGNS, Row
from planner.tui.lines.title_line import TitleLine
from planner.tui.shell.app_state import Desk, Mark, Selected
from planner.tui.views.conflicts_groups import (
    GROUPINGS,
    Group,
    Grouping,
    causes,
    grouped,
    shown_findings,
)
from planner.tui.views.conflicts_list import ConflictList
from planner.tui.views.conflicts_offers import Hanging, TriedFixes
from planner.tui.views.conflicts_rows import Rows, columns_line
from planner.tui.views.list_view import BELOW, ListView

_CHECKING: Line = line_of(("Conflicts", "strong", True), (" · checking the plan …", "dim"))
_NO_CONFLICT = "Select a conflict first: j and k move up and down"
ROOMY = 20
"""Lines of the screen from which it is told what was not checked."""


class ConflictsView(ListView):
    """What is wrong, why it matters, who moves next, and what can be done."""

    view_name = "conflicts"
    foot = (
        *("next_part", "open", "waive", "regroup", "fold", "next_conflict", "agree"),
        *("path_here", "palette", "edit"),
    )
    labels: ClassVar[Mapping[str, str]] = {
        "next_part": "conflicts/fixes",
        "open": "apply",
        "regroup": "group",
        "next_conflict": "next",
    }
    unfit = ()
    lists = ConflictList
    offers = (
        *ListView.offers,
        *("next_conflict", "previous_conflict"),
        "fold",
        "fold_all",
        "waive",
        "regroup",
        "show_waived",
    )
    beside = BELOW
    share = 50
    page_keys = (
        ("enter", "apply"),
        ("j k", "other fix"),
        ("esc", "close"),
        ("e", "edit"),
        ("i", "waive"),
        ("F", "rule"),
        ("[ ]", "other conflict"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.grouping: Grouping = "cause"
        self._met: set[str] = set()
        """The groups that were folded or unfolded once: from then on as a person leaves them."""
        self.waived_shown = True
        again = partial(self.both.tell, from_top=False)
        self.tried, self.hanging = TriedFixes(self, again), Hanging(self, again)

    def body(self) -> ComposeResult:
        """Heading, columns, list and explanation, and what was not checked."""
        yield self.title_line
        yield TitleLine(id="columns")
        yield self.both
        yield TitleLine(id="silent")

    # --- what is shown ----------------------------------------------------------------------------

    def recompute(self) -> None:
        """Show the findings, once they are known."""
        if self.desk.checked:
            super().recompute()
        else:
            self.title_line.show(_CHECKING)

    def compute(self, plan: Plan) -> tuple[Sequence[Root], Stakes]:
        """The causes, and what is at stake with each."""
        return plan.roots, Stakes(plan)

    def show(self, plan: Plan, found: tuple[Sequence[Root], Stakes]) -> None:
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
        """Each cause, or group, and what comes below it; under them what was not checked."""
        shown = self._found(self.desk.filter)
        where, listing = partial(_place, self.session), self.listing
        roots, stakes = self.found
        made = Rows(plan, where, self._page, stakes, lambda: listing.folded)
        if self.grouping == "cause":
            rows = [row for root in causes(roots, shown) for row in made.of_cause(root)]
        else:
            groups = grouped(plan, shown, self.grouping)
            rows = [row for group in groups for row in made.of_group(group)]
        self._fold_what_is_new(rows)
        self._show_lines_around(plan, some=bool(rows))
        return rows

    def _fold_what_is_new(self, rows: list[Row]) -> None:
        """Causes begin folded, but for the first; so does what is told as one finding."""
        heads = [row for row in rows if row.folds and isinstance(row.of, Finding)]
        new = {row.group for row in heads} - self._met
        first = rows[0].group if rows and not self._met else ""
        self._met |= new
        self.listing.folded |= new - {first}

    def _show_lines_around(self, plan: Plan, *, some: bool) -> None:
        columns, silent = (self.query_one(f"#{id}", TitleLine) for id in ("columns", "silent"))
        columns.show(heads := columns_line(self.size.width - SIGNS))
        columns.display = bool(heads and some) and not self.both.has_class("-page")
        silent.display = bool(plan.report.silent and some and self.size.height >= ROOMY)
        silent.show(line_of((sentence(not_active(plan)), "dim")))
        cast("ConflictList", self.listing).by_cause = self.grouping == "cause"

    def on_resize(self) -> None:
        """Columns come and go with the width, and with the list."""
        if self.of is not None and self.desk.checked:
            self._show_lines_around(self.of, some=bool(self.listing.rows))

    def headings(self) -> tuple[Line, ...]:
        """How they are grouped, how many there are, and which are left out."""
        plan, asked = self.plan, self.desk.filter
        counts = Counter(one.severity for one in plan.findings if not one.waived)
        behind: Line = []
        if waived := _waived(plan):
            hidden = "" if self.waived_shown else " hidden"
            behind += line_of((f" · {waived} waived{hidden}", "dim"))
        if asked:
            behind += line_of((f" · filter {visible(asked)}: {len(self._found(asked))}", "key"))
        long, short = GROUPINGS[self.grouping], self.grouping
        ways = ((long, True), (long, False), (short, False))
        return tuple(
            line_of(("Conflicts", "strong", True), (f" · by {by}", "dim"))
            + _counted(counts, words=words)
            + behind
            for by, words in ways
        )

    def nothing(self, width: int) -> Explained:
        """That there is no conflict, what was checked, and what was not."""
        if not self.desk.checked:
            return Explained((), ())
        return coloured(none_page(self.plan, _none(self.desk.filter, _waived(self.plan)), width))

    def is_about(self, row: Row, wanted: Selected) -> bool:
        """A finding is about all that it names."""
        kind, id = wanted
        return isinstance(row.of, Finding) and row.of.kind == kind and id in row.of.on

    def go_to_selected(self) -> bool:
        """Unfold what is about it, where nothing else is."""
        wanted = self.wanted
        at = self.listing.uncover(lambda row: wanted is not None and self.is_about(row, wanted))
        if at is not None:
            self.listing.put(at)
        return at is not None

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
        shown = Shown(page.chosen, _instead(finding, self.plan))
        offers, where = self.tried.of(self.plan, finding), _place(self.session, finding)
        hanging = self.hanging.of(self.plan, finding)
        told = finding_page(self.plan, finding, offers, where, width, shown, hanging)
        return coloured(told.lines, told.places)

    @on(ListAndPage.Rested)
    def _rested(self) -> None:
        if self.finding is not None and self.desk.checked:
            self.tried.try_all(self.plan, self.finding)
            self.hanging.learn(self.plan, self.finding)

    @on(ListAndPage.Turned)
    def _at_the_fixes(self) -> None:
        self.on_resize()
        self.call_after_refresh(self.both.page.begin_at_choices)

    # --- actions ----------------------------------------------------------------------------------

    def do_right(self) -> None:
        """To the fixes; where there are none, ask what only a person can say."""
        if self.finding is None or self.fix is not None or not self.both.roomy:
            self.both.do_right()
        else:
            self._ask()

    def do_next_part(self) -> None:
        """From the conflicts to the fixes, and back."""
        if self.listing.row is None:
            self.both.do_right()
        elif self.finding is None and not self.both.reading:
            self.say(_NO_CONFLICT, "warning")
        else:
            self.both.turn(to_page=not self.both.reading)

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
        else:
            self.changes.make(fix.edit, fix.title, self._made)

    def _made(self, made: bool) -> None:
        if made:
            self.both.turn(to_page=False)

    def do_regroup(self) -> None:
        """Group by cause, severity, rule, owner, or who moves next."""
        ways, finding = [*GROUPINGS], self.finding
        self.grouping = ways[(ways.index(self.grouping) + 1) % len(ways)]
        self.listing.folded, self._met = frozenset(), set()
        self.recompute()
        if self.finding is not finding:
            at = self.listing.uncover(lambda row: row.of is finding)
            self.listing.put(self.listing.cursor if at is None else at)
            self.both.catch_up()

    def do_show_waived(self) -> None:
        """Show or hide what is waived."""
        self.waived_shown = not self.waived_shown
        self.recompute()

    def do_waive(self) -> None:
        """Accept the finding for now, with a reason and an end date."""
        if self.finding is None:
            self.say(_NO_CONFLICT, "warning")
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


def _counted(counts: Counter[Severity], *, words: bool) -> Line:
    """`` · ✗14 errors ▲34 warnings · 9 info``; nothing where there are none."""
    pieces: Line = []
    for one in (each for each in SEVERITIES if counts[each]):
        count, noun = counts[one], f" {SEVERITY_WORDS[one][counts[one] != 1]}"
        if one == "info":
            pieces += line_of((f" · {count}{noun}", "dim"))
        else:
            mark = (f"{SEVERITY_MARKS[one]}{count}", SEVERITY_ROLES[one], True)
            pieces += line_of((" " if pieces else " · ", "dim"), mark, (noun * words, "text"))
    return pieces


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
