"""Records made by hand: what a history would be, without a repository."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from planner.roadmap.output_history import (
    CauseRow,
    GapRow,
    HistoryShown,
    PointRow,
    RevisionRow,
    StepRow,
    TrendRow,
)

AS_OF = date(2027, 3, 22)
DAYS = tuple(
    map(
        date.fromisoformat,
        (
            *("2026-12-03", "2026-12-17", "2026-12-31", "2027-01-14", "2027-01-28"),
            *("2027-02-11", "2027-02-25", "2027-03-11", "2027-03-22"),
        ),
    )
)
"""The reporting days of the sample."""
Told = tuple[int, int, str, str]
"""Of a step: days by time and by edits, the cause in words, its author."""


def revision(
    day: date, number: int, author: str = "Ana", subject: str = "Change", *, committed: bool = True
) -> RevisionRow:
    """A commit; or what is not committed."""
    commit = f"{(number + 1) * 0x1234567:040x}"[::-1] if committed else None
    return RevisionRow(commit=commit, author=author if committed else "", day=day, subject=subject)


def trend(
    id: str,
    title: str,
    dates: Sequence[str | None],
    steps: Mapping[int, Told],
    days: Sequence[date] = DAYS,
    *,
    main: bool = False,
    deadline: str | None = None,
    announced: str | None = None,
) -> TrendRow:
    """A launch by its date at each of the days, and what moved it at some of them."""
    finishes = [None if each is None else date.fromisoformat(each) for each in dates]
    told = [_step(days, finishes, at, of) for at, of in steps.items()]
    return TrendRow(
        id=id,
        title=title,
        main=main,
        deadline=None if deadline is None else date.fromisoformat(deadline),
        announced=None if announced is None else date.fromisoformat(announced),
        first=finishes[0],
        last=finishes[-1],
        moved=sum(step.moved or 0 for step in told),
        time=sum(step.time or 0 for step in told),
        edits=sum(step.edits or 0 for step in told),
        points=tuple(
            PointRow(revision=revision(day, at), finish=finish)
            for at, (day, finish) in enumerate(zip(days, finishes, strict=True))
        ),
        steps=tuple(told),
    )


def _step(days: Sequence[date], finishes: Sequence[date | None], at: int, of: Told) -> StepRow:
    time, edits, words, author = of
    by = revision(days[at], at, author, f"Commit number {at}")
    id = words.split(" ")[0]
    cause = CauseRow(
        kind="initiatives",
        id=id,
        text=words,
        keys=(("estimate",),),
        commit=by.commit,
        author=author,
        days=edits,
    )
    return StepRow(
        revision=by,
        then=finishes[at - 1],
        seen=finishes[at - 1],
        now=finishes[at],
        moved=time + edits,
        time=time,
        edits=edits,
        waited=("customer-sso began 8 Mar, no progress reported by 11 Mar",) if time else (),
        causes=(cause,) if edits else (),
    )


def shown(
    *trends: TrendRow,
    gaps: Sequence[tuple[date, str]] = (),
    meetings: Sequence[date] = (),
    shallow: bool = False,
) -> HistoryShown:
    """A record of these launches."""
    main = next((each.id for each in trends if each.main), None)
    return HistoryShown(
        schema=1,
        title="Acme 2027",
        as_of=AS_OF,
        since=min((each.points[0].revision.day for each in trends if each.points), default=None),
        shallow=shallow,
        main_launch=main,
        meetings=tuple(meetings),
        trends=trends,
        gaps=tuple(
            GapRow(revision=revision(day, 90 + at), message=message)
            for at, (day, message) in enumerate(gaps)
        ),
    )


def sample() -> HistoryShown:
    """Four launches of the sample over eight meetings, as the mock-up draws them."""
    peak = ["2027-09-21", *["2027-09-23"] * 2, *["2027-09-28"] * 2, *["2027-10-05"] * 2]
    return shown(
        trend(
            "peak-readiness",
            "Peak freeze readiness",
            [*peak, "2027-10-20", "2027-10-15"],
            {
                1: (0, 2, "peak-campaign 28d → 6w", "Lucia Ferrari"),
                3: (0, 3, "consent-signals 12d → 3w", "Piotr Zieliński"),
                5: (0, 5, "lifecycle-journeys 4w → 5w", "Mara Lindqvist"),
                7: (1, 10, "customer-sso 7w → 9w", "Nadia Haddad"),
                8: (-3, 0, "", "Nadia Haddad"),
            },
            main=True,
            deadline="2027-10-08",
        ),
        trend(
            "autumn-range-live",
            "Autumn range live",
            [*["2027-08-19"] * 3, *["2027-08-26"] * 6],
            {3: (0, 5, "audience-activation 3w → 4w", "Ana")},
            announced="2027-09-01",
        ),
        trend(
            "loyalty-relaunch",
            "Loyalty relaunch",
            [*["2027-07-22"] * 6, *["2027-07-29"] * 3],
            {6: (0, 5, "loyalty-relaunch 9w → 10w", "Ana")},
        ),
        trend(
            "influencer-pages",
            "Influencer pages",
            [*["2027-07-08"] * 4, *["2027-07-22"] * 5],
            {4: (0, 10, "influencer-pages 4w → 6w", "Ana")},
        ),
        meetings=DAYS[:-1],
    )


def generated(
    seed: int, days: int, launches: int, largest: int, *, holes: float = 0.0, gaps: int = 0
) -> HistoryShown:
    """Launches that move by as much as `largest` days at three in ten of weekly reporting days."""
    chance = random.Random(seed)
    all = [AS_OF - timedelta(days=7 * (days - 1 - at)) for at in range(days)]
    unread = set(chance.sample(range(days), min(gaps, days - 1)))
    read = [day for at, day in enumerate(all) if at not in unread]
    return shown(
        *(_launch(chance, number, read, largest, holes) for number in range(launches)),
        gaps=[(all[at], "it.toml:12 is no TOML") for at in sorted(unread)],
    )


def _launch(
    chance: random.Random, number: int, days: list[date], largest: int, holes: float
) -> TrendRow:
    lands = date(2027, 4, 1) + timedelta(days=chance.randrange(200))
    dates: list[str | None] = []
    steps: dict[int, Told] = {}
    for at in range(len(days)):
        moved = chance.choice((1, -1)) * chance.randint(1, largest) if chance.random() < 0.3 else 0
        hole = chance.random() < holes
        lands += timedelta(days=moved if at else 0)
        dates.append(None if hole else lands.isoformat())
        if at and moved and not hole and dates[at - 1] is not None:
            steps[at] = (0, moved, f"work-{number} 3w → 4w", "Ana")
    return trend(
        f"launch-{number}",
        f"Launch {number}" + " of a long name" * (number % 3),
        dates,
        steps,
        days,
        main=number == 0,
        deadline="2027-09-01" if number == 0 else None,
        announced=None if number % 2 else "2027-08-17",
    )
