"""JSON of `report --json`: what the page for people without a terminal says, as values.

Every key is always there; a missing value is `null`, never 0. Dates are inclusive, lengths are
working days, money is in the roadmap's currency. Who answers and what is owed have names and
titles, since nobody who reads the page knows an id. The page, the mail and the slides show these
values.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from planner.roadmap.output_asks import AskAct
from planner.roadmap.output_history import StepRow
from planner.roadmap.output_outcomes import OutcomesShown
from planner.roadmap.output_promises import PromisesShown

AimKind = Literal["announced", "deadline"]
"""What a launch is held to: a day that was announced outside, else a deadline."""


class SaidPart(Struct, frozen=True):
    """A part of the sentence; `red` is the distance of what is late, and nothing else."""

    text: str
    red: bool = False


class Held(Struct, frozen=True, kw_only=True):
    """A launch against the day it is held to, the announced one before the deadline.

    `days` are the working days from that day to the forecast, `calendar_days` the calendar days:
    above 0 it is late. `week` is what it costs to be a week later.
    """

    id: str
    title: str
    finish: date
    done: bool
    announced: date | None
    deadline: date | None
    aim: date | None
    aim_kind: AimKind | None
    days: int | None
    calendar_days: int | None
    total_float: int | None
    not_agreed: int
    """Handovers on its critical path that nobody has agreed to."""

    @property
    def late(self) -> bool:
        """Whether the forecast is after the day it is held to."""
        return bool(self.calendar_days and self.calendar_days > 0)


class WhoRow(Struct, frozen=True, kw_only=True):
    """Who answers: a person, else a team, else a side. `role` is a person's of no team."""

    name: str
    role: str | None
    team: str | None
    side: str | None


class AskShown(Struct, frozen=True, kw_only=True):
    """One ask. Its `number` stands in the picture, on the handover from `supplier` to `id`, else on
    the bar of `id` (null where it is about neither). `answer_by` is the next joint meeting, or the
    working day before it for who does not attend.
    """

    number: int
    act: AskAct
    who: tuple[WhoRow, ...]
    ask: str
    why: str
    answer_by: date | None
    supplier: str | None
    id: str | None


class OwedRow(Struct, frozen=True, kw_only=True):
    """One handover that is still to come: `giver` and `taker` are sides. `due` is the day promised,
    else needed; `day` the one on which it is planned. `days` is how much later that is, above 0.
    """

    supplier: str
    successor: str
    giver: str
    taker: str
    team: str | None
    what: str
    work: str
    wanted_for: str
    state: str
    due: date | None
    day: date | None
    days: int
    late: bool
    agreed: bool


class WorkRow(Struct, frozen=True, kw_only=True):
    """One bar of the picture. `room` is by how many working days it can slip before something that
    somebody counts on is late; below 0 it is late already, null where it is finished.
    """

    id: str
    title: str
    side: str | None
    start: date
    finish: date
    status: str
    critical: bool
    room: int | None


class OptionRow(Struct, frozen=True, kw_only=True):
    """What could give, so that the launch is earlier: `wins` working days, then on `finish`.

    `agreement` are the sides and parties that have to agree.
    """

    text: str
    wins: int
    finish: date | None
    agreement: tuple[str, ...]


class RiskRow(Struct, frozen=True, kw_only=True):
    """What endangers the roadmap, and who moves next."""

    code: str
    severity: str
    text: str
    next: str


class MovedLaunch(Struct, frozen=True, kw_only=True):
    """A launch that moved; `because` says why, and who, in plain words."""

    id: str
    title: str
    step: StepRow
    because: tuple[str, ...]


class MovedSince(Struct, frozen=True, kw_only=True):
    """What moved since a day, by the record: launches, the main one first, then by date."""

    day: date
    launches: tuple[MovedLaunch, ...]


class WordRow(Struct, frozen=True, kw_only=True):
    """A word of the glossary that the page uses: what it means, or means to each side."""

    term: str
    agreed: str | None
    senses: dict[str, str]
    differs: bool


class NextMeeting(Struct, frozen=True, kw_only=True):
    """The joint meeting by which answers are wanted."""

    id: str
    title: str
    day: date


class ReportShown(Struct, frozen=True, kw_only=True):
    """`report --json`. `sides` are what sides are called, the reader's first; `launch` is the one
    that the sentence is about; `moved` is null where there is no record. `promises` are
    by kind. `asks` are five at most; `more_asks` says how many are left out.
    """

    schema: int
    title: str
    as_of: date
    revision: str | None
    side: str | None
    sides: dict[str, str]
    currency: str | None
    launch: Held | None
    week: float | None
    sentence: tuple[SaidPart, ...]
    lede: str
    meeting: NextMeeting | None
    asks: tuple[AskShown, ...]
    more_asks: int
    launches: tuple[Held, ...]
    work: tuple[WorkRow, ...]
    owed: tuple[OwedRow, ...]
    outcomes: OutcomesShown
    options: tuple[OptionRow, ...]
    risks: tuple[RiskRow, ...]
    moved: MovedSince | None
    promises: PromisesShown | None
    words: tuple[WordRow, ...]
