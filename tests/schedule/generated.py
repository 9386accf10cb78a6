"""Random roadmaps for the property tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from planner.roadmap.entities import Calendar, Initiative, Roadmap, Settings
from planner.roadmap.quantities import Estimate, Length, LinkType, Need
from tests.schedule.making import MONDAY

WEEKS = (
    ("mon", "tue", "wed", "thu", "fri"),
    ("mon", "tue", "wed", "thu", "fri", "sat"),
    ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    ("sun", "mon", "tue", "wed", "thu"),
    ("sat", "sun"),
    ("tue", "thu"),
)
IDS = ("a", "b", "c")
LENGTHS = st.one_of(st.just(0), st.integers(0, 8))
"""Days of an estimate: more milestones than there would be by chance."""
TYPES: tuple[LinkType, ...] = ("FS", "SS", "FF", "SF")


def days(before: int = 7, after: int = 60) -> st.SearchStrategy[date]:
    """Days round the beginning of the roadmap."""
    return st.integers(-before, after).map(lambda n: MONDAY + timedelta(days=n))


@st.composite
def calendars(draw: st.DrawFn) -> dict[str, Calendar]:
    """Three calendars with different weeks, days off and extra days."""
    return {
        id: Calendar(
            id=id,
            workdays=draw(st.sampled_from(WEEKS)),  # type: ignore[arg-type]
            holidays=dict.fromkeys(draw(st.lists(days(), max_size=6)), "off"),
            working=dict.fromkeys(draw(st.lists(days(), max_size=3)), "extra"),
        )
        for id in IDS
    }


@st.composite
def roadmaps(
    draw: st.DrawFn,
    *,
    mixed: bool = True,
    set_dates: bool = False,
    progress: bool = False,
    ideas: bool = False,
    late: bool = False,
    types: tuple[LinkType, ...] = TYPES,
    lags: tuple[int, int] = (-7, 7),
    most: int = 8,
) -> Roadmap:
    """A roadmap without cycles; each initiative on one of three calendars if `mixed`."""
    known = draw(calendars())
    names = [f"w{number}" for number in range(draw(st.integers(1, most)))]
    initiatives = {}
    for number, name in enumerate(names):
        needs = draw(st.lists(_needs(names[:number], types, lags), max_size=3)) if number else []
        chosen = draw(_set_dates()) if set_dates and draw(st.booleans()) else {}
        initiatives[name] = Initiative(
            id=name,
            estimate=Estimate(Length(draw(LENGTHS), "d")),
            needs=tuple(needs),
            calendar=draw(st.sampled_from(IDS)) if mixed else None,
            as_late_as_possible=late and draw(st.booleans()),
            **chosen,
            **{
                **(draw(_ideas()) if ideas else {}),
                **(draw(_progress()) if progress else {}),
            },
        )
    order = draw(st.permutations(names))
    return Roadmap(
        settings=Settings(start=MONDAY, calendar=draw(st.sampled_from(IDS))),
        calendars=known,
        initiatives={name: initiatives[name] for name in order},
    )


@st.composite
def _needs(
    draw: st.DrawFn, before: list[str], types: tuple[LinkType, ...], lags: tuple[int, int]
) -> Need:
    lag = draw(st.integers(*lags))
    return Need(
        on=draw(st.sampled_from(before)),
        type=draw(st.sampled_from(types)),
        lag=Length(lag, "d") if lag else None,
    )


@st.composite
def _set_dates(draw: st.DrawFn) -> dict[str, Any]:
    keys = (
        "start_no_earlier_than",
        "start_no_later_than",
        "finish_no_earlier_than",
        "finish_no_later_than",
        "must_start_on",
        "must_finish_on",
        "deadline",
    )
    chosen = draw(st.lists(st.sampled_from(keys), max_size=2, unique=True))
    return {key: draw(days(0, 40)) for key in chosen}


@st.composite
def _ideas(draw: st.DrawFn) -> dict[str, Any]:
    return {"status": draw(st.sampled_from(("planned", "planned", "proposed")))}


@st.composite
def _progress(draw: st.DrawFn) -> dict[str, Any]:
    """Nothing known, started with some or no days left, finished, or done without a day.

    Some of it lies after the status date of a test.
    """
    state = draw(st.sampled_from(("open", "open", "started", "finished", "done")))
    start = draw(days(-10, 10))
    if state == "open":
        return {}
    if state == "finished":
        return {"actual_start": start, "actual_finish": draw(days(10, 14))}
    if state == "done":
        return {"status": "done"}
    done = draw(st.sampled_from((None, 0, 33.3, 50, 100)))
    left = draw(st.one_of(st.none(), st.integers(0, 6)))
    remaining = None if left is None else Length(left, "d")
    return {"actual_start": start, "percent_complete": done, "remaining": remaining}
