"""The floor that planner is measured against: tomllib and a bare critical-path pass over integers.

`python -m tests.benchmarks.floor FILE` reads a generated roadmap, schedules it forward and backward
in working days, and prints the finish and the number of critical initiatives.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

LINK = re.compile(r"(\S+)(?: (FS|SS|FF|SF)?(?:\+(\d+)d)?)?")


def main(path: str) -> None:
    """Read, schedule both ways, print two numbers."""
    with Path(path).open("rb") as file:
        tables = tomllib.load(file)["initiatives"]
    index = {id: number for number, id in enumerate(tables)}
    durations = [int(table["estimate"][:-1]) * 5 for table in tables.values()]
    links = [
        (index[found[1]], number, found[2] or "FS", int(found[3] or 0))
        for number, table in enumerate(tables.values())
        for need in table.get("needs", ())
        if (found := LINK.fullmatch(need))
    ]
    starts = _forward(durations, links)
    finish = max(start + days for start, days in zip(starts, durations, strict=True))
    late = _backward(durations, links, finish)
    critical = sum(early == last for early, last in zip(starts, late, strict=True))
    print(finish, critical)


Link = tuple[int, int, str, int]


def _forward(durations: list[int], links: list[Link]) -> list[int]:
    starts = [0] * len(durations)
    for before, after, kind, lag in links:  # generated roadmaps are in topological order
        ready = starts[before] + lag + (durations[before] if kind[0] == "F" else 0)
        if kind[1] == "F":
            ready -= durations[after]
        starts[after] = max(starts[after], ready)
    return starts


def _backward(durations: list[int], links: list[Link], finish: int) -> list[int]:
    late = [finish - days for days in durations]
    for before, after, kind, lag in reversed(links):
        bound = late[after] - lag + (durations[after] if kind[1] == "F" else 0)
        if kind[0] == "F":
            bound -= durations[before]
        late[before] = min(late[before], bound)
    return late


if __name__ == "__main__":
    main(sys.argv[1])
