"""The set that asks for least beside money: sides, then optimistic days, then how many options.

A finish is as late as each chain that drives it, so whoever wants it earlier has to apply an option
on one of them. The cheapest set that is not run yet is run; where it is too late, one set for each
option on its chains takes its place. The first that reaches the day asks for least. What it can't
see is work that begins later for being shorter, where an option on no chain would help: such a set
is only the best that was found.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from heapq import heappop, heappush
from itertools import count

from planner.conflicts.context import Context
from planner.conflicts.option_sets import must_agree_to
from planner.conflicts.option_trials import Options, OptionTrials
from planner.conflicts.path_options import GENTLE, Option, optimistic_days, path_options

MOST = 200
"""So many schedules are run for one set."""

Allowed = Callable[[Option], bool]

Asks = tuple[int, int, int]
"""How many sides have to agree, the optimistic days, and how many options."""


def asks(context: Context, options: Options) -> Asks:
    """What a set of options asks for beside money."""
    agreed = must_agree_to(context, options)
    return len(agreed), optimistic_days(context, options), len(options)


def gentlest(tries: OptionTrials, found: Options, day: date, allowed: Allowed) -> Options:
    """The set that asks for least and reaches the day: with the money of what is `found`, and that
    where none asks for less, or the search does not come to its end.
    """
    context, number, most = tries.context, count(), asks(tries.context, found)
    bought = frozenset(one for one in found if one.kind == "accelerate")
    waiting = [(asks(context, bought), next(number), bought, Options())]
    before, tries.kept_back = tries.kept_back, max(tries.kept_back, tries.left - MOST)
    while waiting and not tries.spent:
        _, _, applied, barred = heappop(waiting)
        made = tries.made(applied)
        if made is not None and made.finish <= day:
            found = applied
            break
        offered = path_options(made.context, tries.id, GENTLE) if made is not None else ()
        for option in filter(allowed, offered):
            more = applied | {option}
            if option not in applied | barred and asks(context, more) < most:
                heappush(waiting, (asks(context, more), next(number), more, barred))
                barred |= {option}
    tries.kept_back = before
    return found
