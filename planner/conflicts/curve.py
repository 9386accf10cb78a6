"""The curve of price against date: the cheapest set for each finish, from today's to the earliest.

Where money could win a day, the sets are those that give up nothing and take money alone. Where it
could win none, they take none either: estimates and links that are hoped for, ever more of them.
Each point is a set that was run; none that finishes earlier is cheaper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from msgspec import Struct

from planner.conflicts.cheapest import Cheapest
from planner.conflicts.context import Context
from planner.conflicts.earliest import earliest
from planner.conflicts.least import Least
from planner.conflicts.option_sets import OptionSet, option_set
from planner.conflicts.option_trials import Each, OptionTrials, trials_of, without_a_word
from planner.conflicts.path_options import GENTLE


class Curve(Struct, frozen=True):
    """The points, the latest finish first; `ended`: each is the cheapest, and the last the earliest
    that there is.
    """

    points: tuple[OptionSet, ...]
    ended: bool


def curve(context: Context, id: str, each: Each = without_a_word) -> Curve:
    """The cheapest set for each finish of an initiative.

    Raises UsageError for an id that names no initiative or has no dates.
    """
    tries = trials_of(context, id, each=each)
    search = Cheapest(tries, free=False)
    points = list(_priced(tries, search))
    if not points:
        points = list(_free(tries))
    kept = tuple(one for at, one in enumerate(points) if not _dearer(one, points[at:]))
    return Curve(kept, search.ended and not tries.spent)


def _dearer(one: OptionSet, earlier: Sequence[OptionSet]) -> bool:
    """Whether a set costs more than one that finishes earlier."""
    return any(other.price < one.price for other in earlier)


def _priced(tries: OptionTrials, search: Cheapest) -> Iterator[OptionSet]:
    finish, least = tries.base, Least(tries)
    while (found := search.find(finish - timedelta(days=1))) is not None:
        made = tries.made(found)
        assert made is not None
        one = option_set(tries, made) if search.ended else least.made(found, made.finish)
        assert one is not None
        finish = one.finish
        yield one


def _free(tries: OptionTrials) -> Iterator[OptionSet]:
    """All free options, and what is left as one after the other is taken back: each finish that
    they lead to with what it needs of them.
    """
    pool, least = earliest(tries, kinds=GENTLE).options, Least(tries)
    order = next(least.ways(pool))
    days = {tries.finish(frozenset(order[number:])) for number in range(len(order))}
    for day in sorted((day for day in days if day < tries.base), reverse=True):
        one = least.made(least.taken_back(order, day), day)
        if one is not None and one.finish == day:
            yield one
