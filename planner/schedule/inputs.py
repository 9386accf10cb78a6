"""What of a table its dates are computed from: all else that it says moves nothing.

Facts are apart: that something began, went on or ended is time that went by, no edit of the plan.
Values are compared by what they mean for a date. Of a link that is on what it is, its type and its
lag, of an estimate the likely length, of a list of owners the first, of days off which they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from planner.roadmap.quantities import parse_estimate, parse_need
from planner.roadmap.values import NotAllowedError

FACTS = ("status", "actual_start", "actual_finish", "percent_complete", "remaining")
"""Keys of an initiative that tell what happened."""

LATE = ("start_no_later_than", "finish_no_later_than", "deadline")
"""Keys that place only what is as late as possible."""

INPUTS: Mapping[str, tuple[str, ...]] = {
    "initiatives": (
        "estimate", "needs", "kind", "owner", "calendar", "start_no_earlier_than",
        "finish_no_earlier_than", "must_start_on", "must_finish_on", "as_late_as_possible", *LATE,
    ),
    "calendars": ("workdays", "country", "region", "holidays", "working"),
    "teams": ("calendar",),
    "people": ("team",),
    "roadmap": ("start", "calendar"),
    "checks": ("assumed_estimate",),
}  # fmt: skip
"""By kind; of other kinds no key moves a date."""


def differing_inputs(kind: str, before: object, after: object) -> tuple[str, ...]:
    """The keys that move dates and mean something else now, in the order of `INPUTS`.

    Where there is no table on one side, all that the other one has.
    """
    old, new = (each if isinstance(each, Mapping) else {} for each in (before, after))
    return tuple(
        key for key in INPUTS.get(kind, ()) if meant(key, old.get(key)) != meant(key, new.get(key))
    )


def meant(key: str, written: Any) -> Any:
    """What a value means for a date; as it is written where it can't be read."""
    if written is None:
        return None
    try:
        return _READ[key](written) if key in _READ else (type(written), written)
    except (NotAllowedError, TypeError, ValueError):
        return repr(written)


def _links(written: Any) -> Any:
    needs = (parse_need(each) for each in written)
    return [(n.on, n.type, n.lag if n.lag is not None and n.lag.number else None) for n in needs]


def _first(written: Any) -> Any:
    return written[:1] if isinstance(written, list) else [written]


def _days(written: Any) -> Any:
    return sorted(map(str, written))


def _likely(written: Any) -> Any:
    return parse_estimate(written).likely


_READ: dict[str, Callable[[Any], Any]] = {
    "estimate": _likely,
    "needs": _links,
    "owner": _first,
    "holidays": _days,
    "working": _days,
}
