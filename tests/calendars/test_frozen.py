"""What a freeze stops, looked up by system and day, against looking at every freeze."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from planner.calendars.freezes import Frozen, windows
from planner.roadmap.reading import read

BEGIN = date(2027, 3, 1)
SYSTEMS = ("cms", "crm", "cdp", "pim")
WORK = ("a", "b", "c")


def day(draw: Random) -> date:
    return BEGIN + timedelta(days=draw.randrange(60))


def freeze(draw: Random) -> dict[str, Any]:
    first = day(draw)
    last = first + timedelta(days=draw.choice((-1, 0, 0, 2, 9, 40)))
    systems = draw.sample(SYSTEMS, draw.choice((0, 1, 1, 2)))
    return {"start": first, "end": last, "systems": systems, "exempt": draw.sample(WORK, 1)}


def test_what_stops_work_is_what_a_look_at_every_freeze_finds() -> None:
    draw, found = Random(5), 0
    for _ in range(80):
        frozen = {f"f-{n}": freeze(draw) for n in range(draw.randrange(12))}
        work = {id: {"changes": draw.sample(SYSTEMS, draw.randrange(3))} for id in WORK}
        roadmap = read({"x.toml": {"freezes": frozen, "initiatives": work}}).roadmap
        first = day(draw)
        last = first + timedelta(days=draw.choice((0, 0, 5, 30)))
        for one in roadmap.initiatives.values():
            stopping = [each.id for each in Frozen(roadmap).stopping(one, first, last)]
            every = (each for each in windows(roadmap) if each.start <= last and first <= each.end)
            assert sorted(stopping) == sorted(each.id for each in every if each.stops(one))
            found += len(stopping)
    assert found > 50
