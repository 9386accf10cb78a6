"""Problems of reading, as their findings tell them.

Reading has no status date, so it can't tell which year's day is meant: that is made up for here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from planner.conflicts.context import Context
from planner.conflicts.findings import Finding
from planner.roadmap.problems import meaning
from planner.roadmap.reading import Problem
from planner.roadmap.typed import Understood
from planner.roadmap.typed_days import typed_date
from planner.roadmap.values import DAY_WORDS

HAPPENED = (
    "actual", "decided", "last", "agreed", "asked", "declined", "accepted", "rejected", "reviews",
)  # fmt: skip
"""How the keys begin that record a day: without a year it lies behind."""


def problems(context: Context) -> Iterator[Problem]:
    """What reading and the calendars could not use."""
    told = chain(context.reading.problems, context.calendars.problems)
    return (_understood(context, problem) for problem in told)


def problems_of(context: Context, finding: Finding) -> list[Problem]:
    """What a finding of these rules was made from, several where several items of a list are bad;
    none where it is `[checks]` that says it.
    """
    about = (finding.code, finding.kind, finding.id, finding.key)
    there = context.reading.reports.get((finding.kind, finding.id), ())
    told = chain(there, context.calendars.problems)
    found = (one for one in told if (one.code, one.kind, one.id, one.key) == about)
    return [_understood(context, one) for one in found]


def _understood(context: Context, problem: Problem) -> Problem:
    """A day in quotes as a person would type it means the day that typing it gives: reading has no
    today, so it can't know which year's.
    """
    if problem.meant is not None or problem.allowed != DAY_WORDS or problem.of_key:
        return problem
    past = problem.key[-1].startswith(HAPPENED) if problem.key else False
    working = context.calendars.roadmap.add
    typed = typed_date(problem.found.strip('"'), context.as_of, past=past, working=working)
    return meaning(problem, typed.value) if isinstance(typed, Understood) else problem
