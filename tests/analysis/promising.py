"""Repositories of handovers with known promises: what was planted is counted here, day by day.

Each handover follows one plot from revision to revision. What it should count for is worked out
from the plot alone, on weekdays, with nothing of the product.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from tests.git.clones import environment

SIDES = ("marketing", "it")
KINDS = ("feature", "integration", "foundation")
FIRST = date(2027, 1, 4)
PLOTS = (
    "kept", "early", "late", "moved early", "moved late", "countered", "taken", "renamed",
    "after the fact", "open", "unanswered",
)  # fmt: skip


class Link(Struct, kw_only=True):
    """What the file says of one handover at one revision."""

    supplier: str
    side: str
    kind: str
    estimate: int
    asked: date | None = None
    agreed: date | None = None
    promised: date | None = None
    counter: date | None = None
    accepted: date | None = None
    start: date | None = None
    finish: date | None = None


class Planted(Struct, kw_only=True):
    """What one handover should count for."""

    side: str
    other: str
    plot: str
    first: date | None = None
    finish: date | None = None
    """The day of delivery, or by the plan."""
    delivered: bool = False
    moves: list[tuple[date, date, date]]
    """On which day from which to which."""
    asked_to_agreed: int | None = None
    asked_to_delivered: int | None = None
    delivered_to_accepted: int | None = None
    waiting: int | None = None
    ratio: float | None = None


class Story(Struct, kw_only=True):
    """The texts of a roadmap by the days of their commits, and what was planted."""

    texts: list[tuple[date, str]]
    planted: list[Planted]


def after(day: date, days: int) -> date:
    """So many weekdays later, or earlier."""
    step = timedelta(days=1 if days > 0 else -1)
    for _ in range(abs(days)):
        day += step
        while day.weekday() > 4:
            day += step
    return day


def between(first: date, last: date) -> int:
    """The weekdays after the first up to the last, signed."""
    if last < first:
        return -between(last, first)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(day.weekday() < 5 for day in days)


def story(seed: int) -> Story:
    """A roadmap of about a dozen handovers over a dozen revisions."""
    chance = random.Random(seed)
    days = [FIRST]
    for _ in range(11):
        days.append(after(days[-1], chance.randint(2, 6)))
    lines = [_line(chance, number, days) for number in range(chance.randint(8, 14))]
    dated = seed % 2 == 0
    texts = [
        (day, _text([line[0][at] for line in lines], day if dated else None))
        for at, day in enumerate(days)
    ]
    return Story(texts=texts, planted=[line[1] for line in lines])


def _line(chance: random.Random, number: int, days: list[date]) -> tuple[list[Link], Planted]:
    """One handover at every revision, and what it counts for."""
    side, other = chance.sample(SIDES, 2)
    plot, estimate = chance.choice(PLOTS), chance.randint(3, 12)
    asked, agreed = after(days[0], -chance.randint(5, 9)), after(days[0], -chance.randint(0, 4))
    said = chance.randint(0, 2)
    base = Link(
        supplier=f"s{number}", side=side, kind=chance.choice(KINDS), estimate=estimate, asked=asked
    )
    states = [base] * said + [_with(base, agreed=agreed)] * (len(days) - said)
    planted = Planted(side=side, other=other, plot=plot, moves=[])
    if plot == "unanswered":
        planted.waiting = between(asked, days[-1])
        return [base] * len(days), planted
    planted.asked_to_agreed = between(asked, agreed)
    first = after(days[5], chance.randint(-1, 3))
    states = [_with(one, promised=first) if at >= said else one for at, one in enumerate(states)]
    planted.first = first
    for change in (_moved, _delivered, _renamed):
        states = change(chance, plot, days, states, planted)
    return states, planted


def _moved(
    chance: random.Random, plot: str, days: list[date], states: list[Link], planted: Planted
) -> list[Link]:
    at = {"moved early": 3, "moved late": 6, "countered": 3, "taken": 4}.get(plot)
    if at is None or planted.first is None:
        return states
    then = after(planted.first, chance.choice((-2, 4, 6, 9)))
    if plot == "countered":
        return [_with(one, counter=then) if n >= at else one for n, one in enumerate(states)]
    planted.moves.append((days[at], planted.first, then))
    waited = {at - 1: then} if plot == "taken" else {}
    return [
        _with(one, promised=then) if n >= at else _with(one, counter=waited.get(n))
        for n, one in enumerate(states)
    ]


def _delivered(
    chance: random.Random, plot: str, days: list[date], states: list[Link], planted: Planted
) -> list[Link]:
    last, first = states[-1], planted.first
    assert first is not None
    off = {"kept": 0, "early": -3, "late": chance.randint(1, 6), "taken": 2, "renamed": 1}
    off |= {"moved early": chance.randint(-1, 3), "moved late": 5, "after the fact": -4}
    if plot not in off:
        planted.finish = after(days[-1], last.estimate - 1)
        return states
    finish = after(first, off[plot])
    start = after(finish, -chance.randint(2, 11))
    since = next(at for at, day in enumerate(days) if day >= finish)
    begun = next(at for at, day in enumerate(days) if day >= start)
    if plot == "after the fact":
        states = [_with(one, promised=None, agreed=None) for one in states[:since]] + states[since:]
        planted.first = None
    planted.finish, planted.delivered = finish, True
    planted.moves = [move for move in planted.moves if move[0] < days[since]]
    assert last.asked is not None
    planted.asked_to_delivered = between(last.asked, finish)
    if begun:
        planted.ratio = between(start - timedelta(days=1), finish) / last.estimate
    accepted = after(finish, chance.randint(0, 5)) if chance.random() < 0.5 else None
    if accepted is not None and accepted <= days[-1]:
        planted.delivered_to_accepted = between(finish, accepted)
    estimates = [last.estimate + (3 if at >= begun else 0) for at in range(len(days))]
    return [
        _with(
            one,
            estimate=estimates[at],
            start=start if at >= begun else None,
            finish=finish if at >= since else None,
            accepted=accepted if accepted and days[at] >= accepted else None,
        )
        for at, one in enumerate(states)
    ]


def _renamed(
    chance: random.Random, plot: str, _days: list[date], states: list[Link], _planted: Planted
) -> list[Link]:
    if plot != "renamed":
        return states
    quiet = [at for at in range(1, len(states)) if states[at] == states[at - 1]]
    renamed = chance.choice(quiet)
    return [
        _with(one, supplier=f"{one.supplier}-new") if at >= renamed else one
        for at, one in enumerate(states)
    ]


def _with(link: Link, **values: object) -> Link:
    return Link(**{name: getattr(link, name) for name in link.__struct_fields__} | values)


# --- text and commits -----------------------------------------------------------------------------


def _text(links: list[Link], status_date: date | None) -> str:
    head = f"[roadmap]\nstatus_date = {status_date}\n" if status_date else "[roadmap]\n"
    return head + "".join(part for link in links for part in _tables(link))


def _tables(link: Link) -> Iterator[str]:
    number = link.supplier.strip("s").removesuffix("-new")
    other = SIDES[link.side == SIDES[0]]
    yield f'[initiatives.{link.supplier}]\ntitle = "Work {number}"\nportfolio = "{link.side}"\n'
    yield f'kind = "{link.kind}"\nestimate = "{link.estimate}d"\n'
    yield f"actual_start = {link.start}\n" if link.start else ""
    yield f"actual_finish = {link.finish}\n" if link.finish else ""
    yield 'status = "done"\n' if link.finish else 'status = "active"\n' if link.start else ""
    keys = ("asked", "promised", "agreed", "accepted")
    said = [f"{key} = {day}" for key in keys if (day := getattr(link, key)) is not None]
    if link.counter is not None:
        said.append(f'counter = {{ by = "{link.side}", promised = {link.counter} }}')
    told = ", ".join([f'on = "{link.supplier}"', *said])
    yield f'[initiatives.t{number}]\nportfolio = "{other}"\nneeds = [{{ {told} }}]\n'


def repository(top: Path, texts: list[tuple[date, str]]) -> Path:
    """A repository with a commit for each text, and the roadmap in its working tree."""
    top.mkdir(parents=True)
    git(top, "init", "-q", "-b", "main", ".")
    git(top, "fast-import", "--quiet", given="".join(_commit(*each) for each in texts))
    git(top, "reset", "-q", "--hard", "main")
    return top / "plan.toml"


def _commit(day: date, text: str) -> str:
    noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
    who = f"Ana <ana@example.com> {noon} +0000"
    size = len(text.encode())
    return (
        f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata 6\nChange\n"
        f"M 100644 inline plan.toml\ndata {size}\n{text}\n"
    )


def git(top: Path, *words: str, given: str = "") -> None:
    subprocess.run(
        ["git", *words], cwd=top, env=environment(), input=given.encode(), check=True, timeout=60
    )
