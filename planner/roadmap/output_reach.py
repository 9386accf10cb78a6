"""JSON of `reach --json`: what lets an initiative finish earlier, its price, and who must agree.

Every key is always there; a missing value is `null`, never 0. Dates are inclusive; what is won, and
what is taken from estimates, are working days; prices are in the roadmap's currency.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from planner.roadmap.output_path import LateBy


class ReachOption(Struct, frozen=True, kw_only=True):
    """Options applied together: the days won, the finish then, and the command that writes them.

    `kind` says how a set differs from the others: best, no money, only money, only IT, or what it
    gives up. `price` is 0 where it takes no money, `days_optimistic` are taken from estimates by
    their optimistic values. `loses` says in words what is given up: nothing, certainty, or what
    somebody wants or has committed to, and only this is `gives_up`. `needs_agreement` are sides,
    teams and people; `command` is null where none can say it. `delay_cost` is negative where
    outcomes are complete earlier, `clears` and `new` count conflicts; null where nobody asked.
    """

    title: str
    wins: int
    finish: date
    price: float
    gives_up: bool
    loses: str
    needs_agreement: tuple[str, ...]
    command: str | None
    kind: str
    assumes: str
    days_optimistic: int
    delay_cost: float | None
    clears: int | None
    new: int | None


class CurvePoint(Struct, frozen=True, kw_only=True):
    """The lowest price of a finish: in all, and of the days since the finish before it (`step`).

    `wins` are the working days won in all.
    """

    finish: date
    wins: int
    price: float
    step: float
    title: str
    needs_agreement: tuple[str, ...]
    command: str | None


class UnpricedRow(Struct, frozen=True, kw_only=True):
    """Work on the way of which nobody has said what fewer days would cost, and the command that
    keeps the answer: the price comes last.
    """

    id: str
    days: int
    command: str


class ReachShown(Struct, frozen=True, kw_only=True):
    """`reach --json`. `late` is null where no option is needed, `best` where no set reaches it.

    `others` reach it too and differ in kind; `last` give up what somebody wants or has committed
    to, and are never applied unless chosen. `options` win something alone. `earliest` gives nothing
    up; where the search did not come to its end (`ended`), it is the earliest found; `cheapest`
    says whether `best` is known to be the cheapest. `not_tried` counts options that were not tried.
    `curve` has the finishes from today's on, `worth` the one after which a day costs more than it
    saves.
    """

    schema: int
    title: str
    as_of: date
    currency: str | None
    id: str
    day: date
    finish: date
    late: LateBy | None
    best: ReachOption | None
    others: tuple[ReachOption, ...]
    last: tuple[ReachOption, ...]
    earliest: date
    earliest_dropping: date
    ended: bool
    cheapest: bool
    not_tried: int
    options: tuple[ReachOption, ...]
    curve: tuple[CurvePoint, ...]
    delay_cost_per_day: float | None
    worth: date | None
    unpriced: tuple[UnpricedRow, ...]
