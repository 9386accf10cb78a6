"""A joint meeting while it is held: its agenda as it began, and what became of each item since.

What is done is told from the tables: an item that is no longer on the agenda, or of which something
was recorded since the meeting began. So undo takes back what it says, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from planner.analysis.meetings import joint_meeting
from planner.analysis.raci import Handover, handovers_of
from planner.analysis.recorded import recorded
from planner.conflicts.answering import said as answered
from planner.conflicts.terms import waiting
from planner.plan.arrivals import arrivals
from planner.plan.impact import compare
from planner.plan.impact_line import line_of
from planner.plan.model import Plan
from planner.roadmap.entities import Tables
from planner.roadmap.output_agenda import AgendaShown, ItemRow, SectionName
from planner.roadmap.output_minutes import MinuteRow

ANSWERED: tuple[SectionName, ...] = ("late", "agree", "decide", "owner", "new", "unanswered")
"""The sections whose items are done when somebody has spoken to them."""
Pair = tuple[str, str]


class Entry(Struct, frozen=True):
    """One item of the agenda; `said` is what was recorded of it last, and `gone` that it is no
    longer on the agenda.
    """

    section: SectionName
    item: ItemRow
    said: MinuteRow | None
    gone: bool

    @property
    def done(self) -> bool:
        """Whether somebody has spoken to it."""
        return self.gone or self.said is not None


class MeetingShown(Struct, frozen=True):
    """The agenda as it is now, its entries by section in the order of the meeting, and all that was
    recorded since the meeting began.
    """

    agenda: AgendaShown
    sections: tuple[tuple[SectionName, tuple[Entry, ...]], ...]
    said: tuple[MinuteRow, ...]
    closed: bool
    handovers: Mapping[Pair, Handover]
    """Every handover by (supplier, successor), for what there is to know before an answer."""
    if_taken: Mapping[Pair, str]
    """What taking each counter-proposal of this meeting would do to the plan, in words."""

    def taking(self, row: MinuteRow) -> str:
        """What taking it would do; of a counter-proposal that waits."""
        return self.if_taken.get((row.other, row.id), "") if row.act == "countered" else ""

    @property
    def answered(self) -> tuple[Entry, ...]:
        """The entries that count: those that an answer is for."""
        return tuple(one for name, entries in self.sections if name in ANSWERED for one in entries)

    @property
    def done(self) -> int:
        """How many of these somebody has spoken to."""
        return sum(one.done for one in self.answered)

    @property
    def left(self) -> int:
        """How many stay for the next time."""
        return len(self.answered) - self.done


def held_on(plan: Plan, shown: MeetingShown) -> date:
    """The day of the meeting: when it was held, else as closing it will write."""
    meeting, row = joint_meeting(plan), shown.agenda.meeting
    if shown.closed and meeting is not None and meeting.last is not None:
        return meeting.last
    return (row.next if row is not None else None) or plan.as_of


ORDER: tuple[SectionName, ...] = (
    "late", "agree", "decide", "owner", "new", "unanswered", "action", "measured", "ends", "launch",
)  # fmt: skip
"""The sections in the order in which they are spoken of."""


def meeting_of(plan: Plan, first: AgendaShown, now: AgendaShown, before: Tables) -> MeetingShown:
    """A meeting that began with a first agenda and with these tables."""
    said = recorded(before, plan.tables, plan)
    meeting = first.meeting
    closed = meeting is not None and any(
        row.act == "closed" and row.id == meeting.id for row in said
    )
    told = [row for row in said if row.act != "closed"]
    return MeetingShown(
        agenda=first,
        sections=tuple((name, tuple(_entries(plan, name, first, now, told))) for name in ORDER),
        said=tuple(told),
        closed=closed,
        handovers={(one.supplier, one.successor): one for one in handovers_of(plan)},
        if_taken={(row.other, row.id): _taken(plan, row) for row in told if row.act == "countered"},
    )


def _taken(plan: Plan, row: MinuteRow) -> str:
    """What comes of the other terms: with a delivery on their day, else with the link they want."""
    if waiting(plan.context, row.id, row.other) is None:
        return ""
    edit = answered(plan.context, row.id, row.other, "take")
    taken = plan.with_edit(edit)
    coming = next(arrivals(plan, taken), None)
    return line_of(coming.consequence if coming else compare(plan, taken, edit))


def _entries(
    plan: Plan, name: SectionName, first: AgendaShown, now: AgendaShown, said: Sequence[MinuteRow]
) -> Iterator[Entry]:
    """The items of a section as it began, each as it is now, then those that are new."""
    current = {_key(item): item for item in now.items(name)}
    for item in first.items(name):
        after = current.pop(_key(item), None)
        yield Entry(name, after or item, _said_of(plan, item, said), after is None)
    for item in current.values():
        yield Entry(name, item, _said_of(plan, item, said), False)


def _key(item: ItemRow) -> tuple[str, str, str]:
    return item.kind, item.id, item.other


def _said_of(plan: Plan, item: ItemRow, said: Iterable[MinuteRow]) -> MinuteRow | None:
    """What was recorded of an item."""
    return next((row for row in said if _is_about(plan, item, row)), None)


def _is_about(plan: Plan, item: ItemRow, row: MinuteRow) -> bool:
    if row.act == "waived":
        waiver = plan.roadmap.waivers.get(row.id)
        on = waiver.on if waiver is not None and waiver.rule == item.code else ()
        return item.id in on or (item.kind, item.id) == (row.kind, row.id)
    if (row.kind, row.id) != (item.kind, item.id):
        return False
    if row.act == "assigned":
        return item.act == "own"
    if row.act in ("measured", "decided", "done"):
        return item.act in ("measure", "decide", "do")
    return row.other == item.other and item.act not in ("own", "waive")
