"""What time alone did to a date, in words: work that did not begin or end when it should have.

Said of the work that the date hangs on in the plan as it is seen now: which of it the plan then had
begin or finish by now, and it did not, or on another day; and what was reported of its progress.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from operator import itemgetter

from planner.plan.model import Plan
from planner.roadmap.entities import Initiative
from planner.roadmap.figures import date_text, per_cent
from planner.roadmap.quantities import format_length
from planner.schedule.dates import Dates

MOST = 3
"""How much is said at most."""

Told = tuple[date, str]
"""When work begins, and what is said of it."""


class Waited:
    """Why dates are other ones in `seen` than in `then`, the same text with later facts.

    `former` has the id in `then` of each initiative that was renamed.
    """

    def __init__(self, then: Plan, seen: Plan, former: Mapping[str, str]) -> None:
        self._then, self._seen, self._former = then, seen, former

    def of(self, id: str) -> tuple[str, ...]:
        """What is said of the work that a date hangs on, the earliest first."""
        return tuple(words for _, words in self._said.get(id, ()))[:MOST]

    @cached_property
    def _said(self) -> dict[str, list[Told]]:
        """For each initiative what is said of what drives it; of itself, where that is nothing.

        Handed on from one to the next, so that a chain is not walked for each initiative in it.
        Only what went the same way: work that is late is no reason for an earlier date.
        """
        network, found = self._seen.network, dict[str, list[Told]]()
        for node in network.order:
            id = network.ids[node]
            dates = self._seen.schedule.get(id)
            drivers = dates.driven_by if dates is not None else ()
            alike = [one for one in drivers if self._is_later(one) == self._is_later(id)]
            told = dict.fromkeys(words for one in alike for words in found.get(one, ()))
            found[id] = sorted(told, key=itemgetter(0))[:MOST] or self._own(id)
        return found

    def _is_later(self, id: str) -> bool:
        """Whether it ends later than it did then."""
        was = self._then.schedule.span(self._former.get(id, id))
        span = self._seen.schedule.span(id)
        return was is not None and span is not None and span[1] > was[1]

    def _own(self, id: str) -> list[Told]:
        was = self._former.get(id, id)
        old, dates = self._then.roadmap.initiatives.get(was), self._then.schedule.get(was)
        span = self._seen.schedule.span(id)
        if old is None or dates is None:
            return []
        day = span[0] if span is not None else dates.start
        return [(day, f"{id} {words}") for words in _said(old, id, dates, self._seen)]


def _said(old: Initiative, id: str, dates: Dates, seen: Plan) -> Iterator[str]:
    """What of one initiative went otherwise than planned."""
    new, as_of = seen.roadmap.initiatives[id], seen.as_of
    ended = new.actual_finish is not None
    unsaid = new.status in ("dropped", "paused") or (new.status == "done" and not ended)
    if new.status != old.status and unsaid:
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
