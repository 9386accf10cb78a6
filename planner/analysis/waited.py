"""What time alone did to a date, in words: work that did not begin or end when it should have.

Said of the work that the date hangs on in the plan as it is seen now: which of it the plan then had
begin or finish by now, and it did not, or on another day; and what was reported of its progress.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from planner.network.walks import reached
from planner.plan.model import Plan
from planner.roadmap.entities import Initiative
from planner.roadmap.figures import date_text, per_cent
from planner.roadmap.quantities import format_length
from planner.schedule.dates import Dates

MOST = 3
"""Of how much work it is said at most."""


def waited(then: Plan, seen: Plan, id: str, former: Mapping[str, str]) -> tuple[str, ...]:
    """Why a date is another one in `seen` than in `then`, the same text with later facts.

    `former` has the id in `then` of each initiative that was renamed. What only waits for work of
    which something is said already is passed over.
    """
    found: list[str] = []
    told: set[str] = set()
    for one in _behind(seen, id):
        if not told.isdisjoint(link.pred for link in seen.network.links_into(one)):
            told.add(one)
            continue
        was = former.get(one, one)
        old, dates = then.roadmap.initiatives.get(was), then.schedule.get(was)
        said = list(_said(old, one, dates, seen)) if old is not None and dates is not None else []
        found += (f"{one} {words}" for words in said)
        told.update([one] if said else [])
    return tuple(found[:MOST])


def _behind(seen: Plan, id: str) -> list[str]:
    """What drives a date, finished work too, the earliest first."""

    def drivers(one: str) -> tuple[str, ...]:
        dates = seen.schedule.get(one)
        return dates.driven_by if dates is not None else ()

    spans = {one: seen.schedule.span(one) for one in reached([id], drivers)}
    return sorted(spans, key=lambda one: (spans[one] or (date.max, date.max), one))


def _said(old: Initiative, id: str, dates: Dates, seen: Plan) -> Iterator[str]:
    """What of one initiative went otherwise than planned."""
    new, as_of = seen.roadmap.initiatives[id], seen.as_of
    ended = new.actual_finish is not None
    if new.status != old.status and new.status in ("dropped", "paused", "done"):
        yield f"is {new.status}"
    if ended or old.actual_start is not None:
        yield from _against("finished", dates.finish, old.actual_finish, new.actual_finish, as_of)
    else:
        yield from _against("started", dates.start, old.actual_start, new.actual_start, as_of)
    if not ended and new.actual_start is not None:
        yield from _progress(old, new, as_of)


def _against(
    what: str, planned: date, before: date | None, after: date | None, as_of: date
) -> Iterator[str]:
    """``should have started on 1 Feb and did not until 23 Feb``; nothing where it did."""
    day = date_text(planned, as_of)
    if before is not None or after == planned:
        return
    if after is None:
        if planned < as_of:
            yield f"should have {what} on {day} and has not"
    elif after > planned:
        yield f"should have {what} on {day} and did not until {date_text(after, as_of)}"
    else:
        yield f"{what} on {date_text(after, as_of)}, planned for {day}"


def _progress(old: Initiative, new: Initiative, as_of: date) -> Iterator[str]:
    """What was reported of started work; that nothing was, where it goes on."""
    if new.remaining != old.remaining and new.remaining is not None:
        yield f"{format_length(new.remaining)} remaining"
    elif new.percent_complete != old.percent_complete and new.percent_complete is not None:
        yield f"{per_cent(new.percent_complete / 100)} done"
    elif new.remaining == old.remaining:
        yield f"no progress reported by {date_text(as_of, as_of)}"
