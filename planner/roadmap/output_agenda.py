"""JSON of `agenda --json`: what the two sides have to talk about, and who speaks to it.

Every key is always there; a missing value is `null`. Dates are inclusive, `days` are working days.
Sections come in the order of the agenda, empty ones too. The meeting screen shows the same values.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from planner.roadmap.output_asks import AskAct
from planner.roadmap.output_history import StepRow

SectionName = Literal[
    "new", "late", "agree", "decide", "owner", "unanswered", "action", "measured", "ends", "launch"
]
"""New to the other side, late, to agree, to decide, nobody accountable, unanswered, promised as
actions, measured, what ends, next launches.
"""

AgendaAct = AskAct | Literal["waive", "do"]
"""What answers an item: as of a question, or waive a conflict, or do what was promised."""

ItemState = Literal[
    "open", "overdue", "late", "asked", "promised", "not asked", "countered", "declined",
    "not accepted", "delivered", "missing", "away", "measured", "ends",
]  # fmt: skip
"""How an item stands."""


class SpeakerRow(Struct, frozen=True, kw_only=True):
    """Who speaks to an item: a person where the file names one, else a team or a side. `attends`
    is whether that person, or the team, comes to the meeting.
    """

    id: str | None
    name: str
    team: str | None
    side: str | None
    attends: bool


class MeetingRow(Struct, frozen=True, kw_only=True):
    """A meeting: when it was last held, on which day this one is, and the one after it. `overdue`
    are the working days since it should have been, by its `every`.
    """

    id: str
    title: str
    last: date | None
    next: date | None
    following: date | None
    overdue: int
    attends: tuple[SpeakerRow, ...]


class MovedRow(Struct, frozen=True, kw_only=True):
    """A launch that moved since the last meeting, by how much, and why."""

    id: str
    title: str
    step: StepRow
    speaks: tuple[SpeakerRow, ...]


class ItemRow(Struct, frozen=True, kw_only=True):
    """One item. `kind` and `id` are the table it is about; `other` is the supplier of a handover,
    the party that reviews, or the key that is missing. `subject` is what it is called, `text` what
    is to be said of it. `day` is when it is due, needed, ends or finishes; `days` are how late or
    overdue it is, for how long somebody waits, or how long until it ends.

    `frees` are the launches that no open handover is before any more once this one is agreed, and
    all that stand above it; those of one `group` do so together only. `act` answers it, and `code`
    is the rule of its conflict. `work` are the initiatives behind it.
    """

    kind: str
    id: str
    other: str = ""
    act: AgendaAct | None = None
    state: ItemState = "open"
    subject: str
    text: str = ""
    day: date | None = None
    days: int | None = None
    speaks: tuple[SpeakerRow, ...] = ()
    frees: tuple[str, ...] = ()
    group: int | None = None
    launch: str | None = None
    code: str | None = None
    work: tuple[str, ...] = ()


class SectionRow(Struct, frozen=True, kw_only=True):
    """The items of one section, the most urgent first."""

    name: SectionName
    items: tuple[ItemRow, ...]


class WaitRow(Struct, frozen=True, kw_only=True):
    """How long a side lets the other wait for answers now: working days over all handovers, how
    many these are, and the one that waits longest, as (supplier, successor) and its days.
    """

    side: str
    days: int
    number: int
    longest: tuple[str, str]
    longest_days: int


class AgendaShown(Struct, frozen=True, kw_only=True):
    """`agenda --json`. `meeting` is null where the file has none. `moved` is null where no history
    tells of `since`; then `unknown` says why.
    """

    schema: int
    title: str
    as_of: date
    meeting: MeetingRow | None
    since: date
    moved: tuple[MovedRow, ...] | None
    unknown: str | None
    waits: tuple[WaitRow, ...]
    sections: tuple[SectionRow, ...]

    def items(self, name: SectionName) -> tuple[ItemRow, ...]:
        """The items of a section."""
        return next(one.items for one in self.sections if one.name == name)
