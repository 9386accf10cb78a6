"""JSON of `announce --json`: whether a date can be announced, and what would make it so.

Every key is always there; dates are inclusive, days are working days, money is in the roadmap's
currency.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from planner.roadmap.output_path import LateBy
from planner.roadmap.output_reach import ReachOption


class OpenHandoverRow(Struct, frozen=True, kw_only=True):
    """A handover before the launch that nobody has agreed to yet, and who answers next; those that
    drive its date come first.

    `state` is how far it is agreed, `asked` since when.
    """

    supplier: str
    successor: str
    delivers: str | None
    state: str
    asked: date | None
    party: str | None
    side: str | None


class AnnounceShown(Struct, frozen=True, kw_only=True):
    """`announce --json`. `yes` says that it finishes by the day, that what it waits for is agreed,
    and that announcing it brings no conflict on it.

    `late` is null where it finishes in time; `first_safe` is the first day on which it is, once the
    `handovers` are agreed: null where it has no dates. `others` are the conflicts that the date
    would bring; `option` is the best set of options that reaches it, where it is late; `week_later`
    what a launch a week later than planned costs.
    """

    schema: int
    title: str
    as_of: date
    id: str
    name: str
    day: date
    announced: date | None
    finish: date | None
    yes: bool
    late: LateBy | None
    first_safe: date | None
    handovers: tuple[OpenHandoverRow, ...]
    others: tuple[str, ...]
    option: ReachOption | None
    week_later: float | None
    currency: str | None
