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
            estimate=Estimate(Length(draw(st.integers(0, 8)), "d")),
            needs=tuple(needs),
            calendar=draw(st.sampled_from(IDS)) if mixed else None,
            **chosen,
            **(draw(_progress()) if progress else {}),
            status=draw(st.sampled_from(("planned", "planned", "proposed")))
            if ideas
            else "planned",
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
def _progress(draw: st.DrawFn) -> dict[str, Any]:
    """Nothing known, started with some days left, or finished; before the middle of March."""
    state = draw(st.sampled_from(("open", "open", "started", "finished")))
    if state == "open":
        return {}
    start = draw(days(-10, 10))
    if state == "finished":
        return {"actual_start": start, "actual_finish": draw(days(10, 14))}
    left = draw(st.one_of(st.none(), st.integers(0, 6)))
    return {"actual_start": start, "remaining": None if left is None else Length(left, "d")}
