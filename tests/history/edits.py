"""Edits that somebody might make to a roadmap, one at random of each kind, and facts as time goes.

What an edit does to a launch is not known here: the stories take one only where it does what it is
planted for (`tests.history.stories`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from tests.history.expected import Moment
from tests.history.reckoning import WEEK, Reckoning, Table, links
from tests.history.roadmaps import TEAMS, Edit, Set, State

Propose = Callable[[random.Random, Moment], Edit]


def changed(id: str, key: str, value: Any) -> Set:
    return Set("initiatives", id, key, value)


def work(state: State) -> list[str]:
    """The ids of all work that nobody has begun with."""
    rows = state.tables["initiatives"]
    return [
        id
        for id, one in rows.items()
        if one.get("kind") != "milestone" and "actual_start" not in one
    ]


def _table(now: Moment, id: str) -> Table:
    return now.state.tables["initiatives"][id]


def _days(now: Moment, id: str) -> int:
    written = str(_table(now, id)["estimate"])
    return Reckoning(now.state.tables, now.as_of).own(id).length(written)


# --- edits that may move something ----------------------------------------------------------------


def estimate(draw: random.Random, now: Moment) -> Edit:
    """Longer, now and then shorter."""
    id = draw.choice(work(now.state))
    days = _days(now, id) + draw.choice((-3, -2, 2, 3, 5, 8))
    return (changed(id, "estimate", f"{max(1, days)}d"),)


def longer(draw: random.Random, now: Moment) -> Edit:
    id = draw.choice(work(now.state))
    return (changed(id, "estimate", f"{_days(now, id) + draw.randint(1, 12)}d"),)


def link_added(draw: random.Random, now: Moment) -> Edit:
    id = draw.choice(_all(now))
    before = [on for on in work(now.state) if on not in {id, *_needs(now, id), *_after(now, id)}]
    if not before:
        return ()
    needs = [*_table(now, id).get("needs", ()), draw.choice(before) + draw.choice(("", " SS+2d"))]
    return (changed(id, "needs", needs),)


def link_removed(draw: random.Random, now: Moment) -> Edit:
    id = draw.choice(_all(now))
    needs = list(_table(now, id).get("needs", ()))
    if len(needs) < 2:
        return ()
    del needs[draw.randrange(len(needs))]
    return (changed(id, "needs", needs),)


def lag(draw: random.Random, now: Moment) -> Edit:
    id = draw.choice(_all(now))
    needs = list(_table(now, id).get("needs", ()))
    if not needs:
        return ()
    at = draw.randrange(len(needs))
    on, kind, _ = list(links(_table(now, id)))[at]
    needs[at] = f"{on} {kind}+{draw.randint(1, 9)}d"
    return (changed(id, "needs", needs),)


def holiday(draw: random.Random, now: Moment) -> Edit:
    """Days off in the office, some time ahead."""
    first = now.as_of + timedelta(draw.randint(1, 60))
    off = {str(first + timedelta(n)): "Days off" for n in range(draw.randint(1, 3))}
    known = now.state.tables["calendars"]["standard"].get("holidays", {})
    return (Set("calendars", "standard", "holidays", {**known, **off}),)


def week(draw: random.Random, _: Moment) -> Edit:
    """Another week for some."""
    id, days = draw.choice((("four", WEEK[:3]), ("four", WEEK[:5]), ("gulf", WEEK[1:4])))
    return (Set("calendars", id, "workdays", list(days)),)


def team(draw: random.Random, _: Moment) -> Edit:
    """A team works on another calendar."""
    id = draw.choice(list(TEAMS))
    return (Set("teams", id, "calendar", draw.choice(("four", "gulf", "standard"))),)


def owner(draw: random.Random, now: Moment) -> Edit:
    """Work goes to a team with another calendar."""
    return (changed(draw.choice(work(now.state)), "owner", draw.choice(list(TEAMS))),)


def own_calendar(draw: random.Random, now: Moment) -> Edit:
    return (changed(draw.choice(work(now.state)), "calendar", draw.choice(("four", "gulf"))),)


def bound(draw: random.Random, now: Moment) -> Edit:
    """A date constraint on work."""
    id = draw.choice(work(now.state))
    key = draw.choice(("start_no_earlier_than", "finish_no_earlier_than"))
    return (changed(id, key, now.as_of + timedelta(draw.randint(10, 90))),)


def first_day(draw: random.Random, now: Moment) -> Edit:
    """The roadmap begins later."""
    return (Set("roadmap", "", "start", now.as_of + timedelta(draw.randint(1, 20))),)


def new_work(draw: random.Random, now: Moment) -> Edit:
    """Work that nobody had thought of, and what waits for it."""
    rows = now.state.tables["initiatives"]
    id = f"extra-{sum(1 for name in rows if name.startswith('extra-')) + 1}"
    table = {"title": "Extra", "owner": "data", "estimate": f"{draw.randint(20, 60)}d"}
    waits = draw.choice(_all(now))
    needs = [*_table(now, waits).get("needs", ()), id]
    return (Set("initiatives", id, None, table), changed(waits, "needs", needs))


def removed_work(draw: random.Random, now: Moment) -> Edit:
    """Work is given up, and nothing waits for it any more."""
    id = draw.choice(work(now.state))
    edit = [Set("initiatives", id, None, None)]
    for other in _all(now):
        needs = list(_table(now, other).get("needs", ()))
        if id in _needs(now, other):
            kept = [
                need
                for need, (on, *_) in zip(needs, links(_table(now, other)), strict=True)
                if on != id
            ]
            edit.append(changed(other, "needs", kept))
    return tuple(edit)


SINGLE: dict[str, Propose] = {
    "estimate": estimate,
    "link added": link_added,
    "link removed": link_removed,
    "lag": lag,
    "holiday": holiday,
    "week": week,
    "team": team,
    "owner": owner,
    "own calendar": own_calendar,
    "bound": bound,
    "first day": first_day,
}
"""Edits of one table that may move a launch."""


def two(draw: random.Random, now: Moment) -> Edit:
    """Edits of two tables; of estimates most often."""
    kinds: Sequence[Propose] = (longer, longer, longer, lag, owner, bound)
    first = draw.choice((*kinds, link_added))(draw, now)
    second = draw.choice(kinds)(draw, now)
    return (*first, *second) if first and second and first[0].where != second[0].where else ()


def two_with_float(draw: random.Random, now: Moment) -> Edit:
    """Two of one chain, each longer by all the float that it has."""
    return _chained(draw, now, 0)


def two_of_which_one_moves(draw: random.Random, now: Moment) -> Edit:
    """Two of one chain, the first longer by more than its float, the other by all that it has."""
    return _chained(draw, now, draw.randint(1, 5))


def _chained(draw: random.Random, now: Moment, beyond: int) -> Edit:
    id = draw.choice(work(now.state))
    chain = [on for on in _needs(now, id) if on in work(now.state)]
    if not chain:
        return ()
    first = draw.choice(chain)
    days = _days(now, first) + _float(now, first) + beyond, _days(now, id) + _float(now, id)
    return tuple(
        changed(one, "estimate", f"{n}d") for one, n in zip((first, id), days, strict=True)
    )


def _float(now: Moment, id: str) -> int:
    """How many days longer it may be, before the main launch moves; 15 at most."""
    tables = now.state.tables
    launch, days = str(tables["roadmap"][""]["main_launch"]), _days(now, id)
    finish = Reckoning(tables, now.as_of).finish(launch)
    for more in range(1, 16):
        longer = now.state.edited((changed(id, "estimate", f"{days + more}d"),))
        if Reckoning(longer.tables, now.as_of).finish(launch) != finish:
            return more - 1
    return 15


# --- edits that move nothing ----------------------------------------------------------------------


def remark(draw: random.Random, now: Moment) -> Edit:
    """Words, money and dates that hold nothing back."""
    id = draw.choice(_all(now))
    later = now.as_of + timedelta(draw.randint(20, 90))
    key, value = draw.choice(
        (
            ("notes", f"Talked about on {now.as_of}."),
            ("title", f"{id} as of {now.as_of}"),
            ("deadline", later),
            ("announced", later),
            ("priority", draw.randint(1, 5)),
            ("cost", draw.randint(1, 50) * 1000),
            ("tags", [f"t{draw.randint(1, 99)}"]),
        )
    )
    return (changed(id, key, value),)


def handover(draw: random.Random, now: Moment) -> Edit:
    """What was asked, promised and agreed about a link: its type and lag stay."""
    id = draw.choice(_all(now))
    needs = list(_table(now, id).get("needs", ()))
    if not needs:
        return ()
    at = draw.randrange(len(needs))
    on, kind, days = list(links(_table(now, id)))[at]
    record: dict[str, Any] = {"on": on, "type": kind, "lag": f"+{days}", "asked": now.as_of}
    record |= {"needed_by": now.as_of + timedelta(30), "delivers": "What was asked for"}
    if draw.random() < 0.5:
        record |= {"agreed": now.as_of, "promised": now.as_of + timedelta(28)}
    needs[at] = record
    return (changed(id, "needs", needs),)


def agreement(_: random.Random, now: Moment) -> Edit:
    said = {"marketing": now.as_of, "it": now.as_of}
    return (Set("agreements", "tracking", "agreed", said),)


def freeze(draw: random.Random, now: Moment) -> Edit:
    """A freeze is told of where work runs into it; it moves none."""
    first = now.as_of + timedelta(draw.randint(0, 60))
    table = {
        "start": first,
        "end": first + timedelta(9),
        "blocks": draw.choice(("release", "work")),
    }
    return (Set("freezes", draw.choice(("peak", "audit")), None, table),)


NOTHING: dict[str, Propose] = {
    "remark": remark,
    "handover record": handover,
    "working agreement": agreement,
    "freeze": freeze,
    "float": longer,
}
"""Edits that may move nothing; the last is one of work with float."""


# --- time -----------------------------------------------------------------------------------------


def on_track(draw: random.Random, before: Moment, day: date) -> Edit:
    """Everything began, went on and ended until a day as it had been planned before."""
    return tuple(_progress(draw, before, day))


def waiting(draw: random.Random, before: Moment, day: date) -> Edit:
    """What should have started did not; the rest goes on."""
    begun = {id for id, one in before.state.tables["initiatives"].items() if "actual_start" in one}
    return tuple(set for set in _progress(draw, before, day) if set.id in begun)


def silence(*_: object) -> Edit:
    """Nobody records anything."""
    return ()


def slower(draw: random.Random, before: Moment, day: date) -> Edit:
    return _off_by(draw, before, day, draw.randint(1, 6))


def faster(draw: random.Random, before: Moment, day: date) -> Edit:
    return _off_by(draw, before, day, -draw.randint(1, 4))


TIMES: dict[str, Callable[[random.Random, Moment, date], Edit]] = {
    "on track": on_track,
    "waiting": waiting,
    "silence": silence,
    "slower": slower,
    "faster": faster,
}
"""How time may go by; all but the first may move a launch."""


def _off_by(draw: random.Random, before: Moment, day: date, days: int) -> Edit:
    """All on track but one, which has more left, or less."""
    edit = on_track(draw, before, day)
    left = {set.id: set for set in edit if set.key in ("remaining", "percent_complete")}
    if not left:
        return ()
    one = left[draw.choice(sorted(left))]
    plan = Reckoning(before.state.tables, before.as_of)
    now = max(1, _left(plan, one.id, day) + days)
    off = (changed(one.id, "percent_complete", None), changed(one.id, "remaining", f"{now}d"))
    return (*(set for set in edit if set != one), *off)


def _progress(draw: random.Random, before: Moment, day: date) -> Iterator[Set]:
    plan = Reckoning(before.state.tables, before.as_of)
    for id, one in before.state.tables["initiatives"].items():
        open = one.get("kind") != "milestone" and "actual_finish" not in one
        if not open or plan.start(id) >= day:
            continue
        if "actual_start" not in one:
            yield changed(id, "actual_start", plan.start(id))
        finish = plan.finish(id)
        assert finish
        if finish < day:
            yield changed(id, "actual_finish", finish)
            yield changed(id, "status", "done")
            continue
        yield changed(id, "status", "active")
        yield _goes_on(draw, plan, id, day)


def _goes_on(draw: random.Random, plan: Reckoning, id: str, day: date) -> Set:
    """What is left, or in per cent where that says the same."""
    left, whole = _left(plan, id, day), plan.own(id).length(plan.initiatives[id]["estimate"])
    done = max(0, 100 * (whole - left) // whole)
    exact = -(-whole * (100 - done) // 100) == left
    if exact and draw.random() < 0.5 and "remaining" not in plan.initiatives[id]:
        return changed(id, "percent_complete", done)
    return changed(id, "remaining", f"{left}d")


def _left(plan: Reckoning, id: str, day: date) -> int:
    finish, own = plan.finish(id), plan.own(id)
    assert finish
    return own.number(finish.toordinal() + 1) - own.number(day.toordinal())


# --- the network ----------------------------------------------------------------------------------


def _all(now: Moment) -> list[str]:
    """All that has not begun, launches too."""
    rows = now.state.tables["initiatives"]
    return [id for id, one in rows.items() if "actual_start" not in one]


def _needs(now: Moment, id: str) -> list[str]:
    return [on for on, *_ in links(_table(now, id))]


def _after(now: Moment, id: str) -> set[str]:
    """Everything that waits for it, near or far."""
    found: set[str] = set()
    new = {id}
    while new:
        new = {o for o in now.state.tables["initiatives"] if new & {*_needs(now, o)}} - found
        found |= new
    return found
