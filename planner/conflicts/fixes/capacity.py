"""CAP: one piece of work put after another, or more people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from planner.conflicts.agreement import must_agree
from planner.conflicts.context import Context
from planner.conflicts.fix import Ask, Fix
from planner.conflicts.fix_choice import FIRST
from planner.conflicts.fix_dates import parted, timed
from planner.conflicts.needs import added
from planner.schedule.capacity import capacity_of
from planner.text.edits import SetKey


def level(ask: Ask) -> Iterator[Fix]:
    """One piece of work put after another, or held until another is done; best for dates first."""
    finding, context = ask.finding, ask.context
    ids: list[str] = [id for id in finding.data["initiatives"] if _can_wait(context, id)]
    found: list[Fix] = []
    for id in ids[:4]:
        for other in [one for one in finding.data["initiatives"] if one != id][:4]:
            found += timed(
                ask,
                f"start {id} after {other}",
                [added(context, id, other)],
                id,
                needs_agreement=must_agree(context, id),
                choice=FIRST,
            )
    runs = finding.data["runs"]
    last = date.fromisoformat(runs[0]["last"])
    free = context.calendars.roadmap.add(last, 1)
    for id in ids[:4]:
        hold = SetKey("initiatives", id, ("start_no_earlier_than",), free)
        title = f"start {id} on {context.day(free)} or later"
        found += timed(
            ask, title, [hold], id, needs_agreement=must_agree(context, id), choice=FIRST
        )
    good, bad = parted(ask, found)
    yield from good[:3]
    need = max(one["most"] for one in runs)
    number = int(need) if need == int(need) else need
    title = f"raise the capacity of {ask.context.roadmap.party_title(finding.id)} to {number}"
    edits = [SetKey("teams", finding.id, key, number) for key in _lacking(ask, need)]
    first = finding.data["initiatives"][0]
    yield from timed(ask, title, edits, first, needs_agreement=(finding.id,))
    yield from bad[: 0 if good else 2]


def _lacking(ask: Ask, need: float) -> Iterator[tuple[str, ...]]:
    """Where it is written how many people there are while they are too few."""
    team = ask.context.roadmap.teams[ask.finding.id]
    runs: list[dict[str, str]] = ask.finding.data["runs"]
    for (day, there), (end, _) in pairwise((*capacity_of(team), (date.max, 0.0))):
        first, after = day.isoformat(), end.isoformat()
        if there < need and any(run["first"] < after and first <= run["last"] for run in runs):
            yield ("capacity",) if day == date.min else ("capacity_from", first)


def _can_wait(context: Context, id: str) -> bool:
    dates = context.dates(id)
    return dates is not None and not dates.started
