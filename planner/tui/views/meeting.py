"""The meeting view: the agenda of the joint meeting, answered item by item, and what was said.

The agenda is that of the moment in which the meeting began: what is done stays in its place. What
was done is told in the words of the minutes, from the changes since, so that undo takes it back
here too. The keys are those of all views; `C` closes the meeting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar

from msgspec import structs
from textual import on
from textual.app import ComposeResult

from planner.analysis.agenda import agenda_of, moves_since
from planner.analysis.conflicts import findings_on
from planner.analysis.meeting import Entry, MeetingShown, held_on, meeting_of
from planner.analysis.meetings import joint_meeting, last_met
from planner.conflicts.findings import Finding
from planner.pages.lines import Line as PageLine
from planner.pages.meeting import (
    SUMMED,
    brackets,
    closing_line,
    done_page,
    entry_line,
    heading_line,
    here_page,
    keys_line,
    moved_line,
    titles,
)
from planner.plan.model import Plan
from planner.roadmap.entities import Tables
from planner.roadmap.figures import date_text
from planner.roadmap.output_agenda import AgendaShown, MovedRow, SectionName
from planner.tui.lines.lines_pane import Told
from planner.tui.lines.pages import Explained, Line, coloured, coloured_line, line_of
from planner.tui.lines.row_list import GAP, Row, RowList, heading, set_in
from planner.tui.lines.title_line import TitleLine
from planner.tui.shell.app_state import Desk, Mark
from planner.tui.views.list_view import ListView
from planner.tui.views.meeting_actions import MeetingActions

LEAST = 3
"""Lines that what was done has at least, above the item that is selected."""
ROOMY = 30
"""Lines from which sections have a blank line between them."""


class MeetingView(ListView):
    """What to agree and to decide, the keys that do it, and what was done so far."""

    view_name = "meeting"
    offers = (*ListView.offers, "waive", "close_meeting")
    foot: ClassVar[tuple[str, ...]] = ("agree", "waive", "edit", "add", "open", "close_meeting")
    labels: ClassVar[Mapping[str, str]] = {
        "agree": "answer",
        "edit": "owner",
        "add": "action",
        "close_meeting": "close",
    }
    adds = "actions"
    share = 70
    DEFAULT_CSS = """
    MeetingView ListAndPage.-beside RowList { width: 69%; }
    """

    found: MeetingShown

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.closing_line = TitleLine("bar-ground", id="closing")
        acts = MeetingActions(self, self.changes, lambda: self.entry, lambda: self.found)
        self.parts = (acts, *self.parts)
        self._first: AgendaShown | None = None
        self._before: Tables = {}
        self._moves: tuple[MovedRow, ...] | None = None
        self._heard: list[tuple[str, str, str, str]] = []
        """What was said, in the order in which it was."""
        self._items: list[Row] = []
        """The rows without the keys that stand under one of them."""
        self._at: str | None = None
        """The row under which the keys stand."""

    def body(self) -> ComposeResult:
        """The agenda, what was done, and what closing writes."""
        yield from super().body()
        yield self.closing_line

    # --- what is shown ----------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        """A meeting that is closed and saved makes room for the next one."""
        if self._first is not None and self.found.closed and not self.session.unsaved:
            self._first = self._moves = None
            self.recompute()
        super().on_screen_resume()

    def refresh_lines(self) -> None:
        """And what was done, which is no longer unsaved once it is saved."""
        super().refresh_lines()
        self.both.tell(from_top=False)

    def compute(self, plan: Plan) -> MeetingShown:
        """The agenda as it began, and what became of it."""
        now = agenda_of(plan)
        if self._first is None:
            self._first, self._before = now, self.session.working_copy.saved.tables
        found = meeting_of(plan, self._first, now, self._before)
        keys = [(row.act, row.kind, row.id, row.other) for row in found.said]
        self._heard = list(dict.fromkeys((*(key for key in self._heard if key in keys), *keys)))
        order = sorted(range(len(keys)), key=lambda at: self._heard.index(keys[at]))
        return structs.replace(found, said=tuple(found.said[at] for at in order))

    def show(self, plan: Plan, found: MeetingShown) -> None:
        """And what moved since the last meeting, once git has said so."""
        super().show(plan, found)
        self._show_keys()
        day = held_on(plan, found)
        self.closing_line.show(*map(coloured_line, closing_line(plan, found, day)))
        if self._moves is None:
            self._moves = ()
            self.planner.in_thread(
                partial(self._ask_what_moved, plan), self._know, "moved", of=self
            )

    def _ask_what_moved(self, plan: Plan) -> tuple[MovedRow, ...]:
        since = last_met(plan, joint_meeting(plan))
        compared, unknown = moves_since(self.session.path, plan, since)
        return agenda_of(plan, compared=compared, unknown=unknown).moved or ()

    def _know(self, moved: tuple[MovedRow, ...]) -> None:
        self._moves = moved
        if moved and self.of is not None:
            self.show(self.of, self.found)

    def headings(self) -> tuple[Line, ...]:
        """Which meeting, when, who records, how far it is."""
        me = self.session.me
        name = self.plan.roadmap.party_title(me) if me is not None else None
        return tuple(map(coloured_line, titles(self.plan, self.found, name)))

    def rows(self, plan: Plan) -> list[Row]:
        """The sections with their items."""
        rows = self._moved_rows(plan)
        for name, entries in self.found.sections:
            shown = [one for one in entries if self._matches(plan, one)]
            if shown:
                rows += [GAP] if rows and self.size.height >= ROOMY else []
                rows += self._section(plan, name, shown)
        self._items = rows
        return self._with_keys()

    def _with_keys(self) -> list[Row]:
        """The rows, and under the one that is selected its keys."""
        rows = self._items
        at = next((n for n, row in enumerate(rows) if row.key and row.key == self._at), None)
        of = rows[at].of if at is not None else None
        if at is None or not isinstance(of, Entry):
            return rows
        return [*rows[: at + 1], Row(set_in(partial(_keys, of))), *rows[at + 1 :]]

    def _matches(self, plan: Plan, entry: Entry) -> bool:
        matching = self.desk.matching(plan)
        return matching is None or any(id in matching for id in entry.item.work)

    def _moved_rows(self, plan: Plan) -> list[Row]:
        if not self._moves:
            return []
        since = date_text(self.found.agenda.since, plan.as_of)
        title = heading(lambda _: line_of((f"Moved since {since}", "strong", True)))
        lines = [
            Row(
                set_in(lambda width, one=one: coloured_line(moved_line(plan, one, width - 1))),  # type: ignore[misc]
                f"moved {one.id}",
                self._page(None),
                ("initiatives", one.id),
            )
            for one in self._moves
        ]
        return [title, *lines]

    def _section(self, plan: Plan, name: SectionName, entries: list[Entry]) -> list[Row]:
        draw = set_in(partial(_heading, plan, name, entries))
        if name in SUMMED:
            return [Row(draw)]
        rows = [Row(draw, heading=True)]
        marks = brackets(entries)
        for entry, mark in zip(entries, marks, strict=True):
            rows.append(self._row(plan, entry, mark))
        return rows

    def _row(self, plan: Plan, entry: Entry, bracket: str) -> Row:
        item = entry.item
        return Row(
            set_in(lambda width: coloured_line(entry_line(plan, entry, bracket, width - 1))),
            f"{entry.section} {item.kind} {item.id} {item.other}",
            self._page(entry),
            (item.kind, item.id),
            entry,
        )

    def _page(self, entry: Entry | None) -> Told:
        def told(width: int) -> Explained:
            plan, pane = self.of or self.plan, self.both
            here = here_page(plan, self.found, entry, width) if entry is not None else []
            rule: list[PageLine] = [(("─" * width, "faint"),)] if here else []
            beside = pane.has_class("-beside")
            rows = pane.page.size.height - len(here) - 2
            room = max(LEAST, rows) if beside and not pane.reading else None
            done = done_page(self.found, width, room, unsaved=bool(self.session.unsaved))
            if not beside:
                return coloured([*here, *rule, *done])
            gap: list[PageLine] = [()] * ((room or 0) - len(done) + 1)
            return coloured([*done, *gap, *rule, *here])

        return told

    def nothing(self, width: int) -> Explained:
        """That there is nothing to talk about, and how a meeting comes into the file."""
        lines = [line_of(("Nothing to agree or to decide", "strong", True)), []]
        if not self.plan.roadmap.meetings:
            lines.append(
                line_of(
                    ("No meeting yet. Press ", "text"),
                    (":", "key", True),
                    (" and type ", "text"),
                    ("add meeting", "key", True),
                )
            )
        return Explained(tuple(lines), ())

    # --- what is marked ---------------------------------------------------------------------------

    @property
    def entry(self) -> Entry | None:
        """The item under the cursor."""
        of = self.listing.row.of if self.listing.row is not None else None
        return of if isinstance(of, Entry) else None

    @property
    def mark(self) -> Mark:
        """The item: `A` answers it, `e` edits its owner, `i` and `f` are about its conflict."""
        mark, entry = super().mark, self.entry
        if entry is None:
            return mark
        item = entry.item
        return replace(
            mark,
            adds="actions",
            cell=("accountable",) if item.kind == "agreements" else ("owner",),
            supplier=item.other if item.other in self.plan.roadmap.initiatives else None,
            finding=self._finding(entry),
        )

    def _finding(self, entry: Entry) -> Finding | None:
        """The conflict behind an item: of its rule, else of its handover."""
        item, found = entry.item, findings_on(self.plan, entry.item.id)
        if item.code is not None:
            return next((one for one in found if one.code == item.code), None)
        pair = {item.id, item.other}
        both = (one for one in found if pair <= {*one.on, *one.root})
        return next(both, None) if item.other else next(iter(found), None)

    @on(RowList.Moved)
    def _keys_follow(self) -> None:
        self._show_keys()

    def _show_keys(self) -> None:
        """The keys of the item stand under it, and move with the cursor."""
        row = self.listing.row
        if self.of is not None and (row.key if row is not None else None) != self._at:
            self._at = row.key if row is not None else None
            self.listing.relay(self._with_keys())


def _heading(plan: Plan, name: SectionName, entries: list[Entry], width: int) -> Line:
    return coloured_line(heading_line(plan, name, entries, width - 1))


def _keys(entry: Entry, width: int) -> Line:
    return coloured_line(keys_line(entry, width))
