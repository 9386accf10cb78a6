"""The cheapest price of each finish by a linear program: an oracle that shares nothing with ours.

To buy days of work at so much a day, in a network of finish to start links on one calendar, is a
linear program: least sum of price × days, so that each start waits for its links and the last
finish is in time. Its dual is a flow (D. R. Fulkerson, "A network flow computation for project cost
curves", Management Science 7, 1961; J. E. Kelley, "Critical-path planning and scheduling",
Operations Research 9, 1961). Each work carries as much as a day of it costs at its planned length,
and any amount at its shortest; links carry any amount; what runs from begin to end pays for each
day of the wanted finish. What the best circulation earns is the least price. The matrix is totally
unimodular, so days that could be bought in parts are bought whole. networkx finds it
(`network_simplex`).
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import networkx as nx
from msgspec import Struct

BEGIN, END = "begin", "end"


class Work(Struct, frozen=True):
    """Work in working days: `least` with all days bought that could be, at `price` a day."""

    name: str
    days: int
    least: int
    price: int
    needs: tuple[tuple[str, int], ...]
    """(predecessor, lag), finish to start."""


def drawn(draw: Random) -> list[Work]:
    """A network in which the last waits for all that nothing else waits for."""
    found: list[Work] = []
    for number in range(draw.randint(5, 11)):
        days = draw.randint(1, 9)
        before = [one.name for one in found[-4:]]
        chosen = draw.sample(before, min(len(before), draw.choice((0, 1, 1, 2, 2))))
        needs = tuple((one, draw.choice((0, 0, 0, 2, -1))) for one in chosen)
        least = draw.randint(1, days)
        found.append(Work(f"w{number}", days, least, draw.choice((0, 100, 250, 700)), needs))
    waited = {on for one in found for on, _ in one.needs}
    ends = tuple((one.name, 0) for one in found if one.name not in waited)
    return [*found, Work("last", 3, draw.choice((1, 3)), 400, ends)]


def as_toml(works: list[Work]) -> str:
    """The network as a roadmap."""
    lines = ["[roadmap]", "start = 2027-03-01", "status_date = 2027-03-01"]
    for one in works:
        needs = [f"{on} {lag:+}d" if lag else on for on, lag in one.needs]
        lines += [f"[initiatives.{one.name}]", f'estimate = "{one.days}d"']
        lines += [f"needs = {needs}".replace("'", '"')]
        if one.least < one.days:
            cost = one.price * (one.days - one.least)
            lines += [f'accelerate = {{ to = "{one.least}d", cost = {cost} }}']
    return "\n".join(lines)


def prices(works: list[Work]) -> Iterator[tuple[int, int]]:
    """(working days, least price) of each finish, from the planned one to the earliest."""
    finish = length(works, {one.name: one.days for one in works})
    shortest = length(works, {one.name: one.least for one in works})
    for days in range(finish, shortest - 1, -1):
        cost, _ = nx.network_simplex(_circulation(works, days))
        yield days, -cost


def length(works: list[Work], days: dict[str, int]) -> int:
    """The finish of the last by a forward pass."""
    ends: dict[str, int] = {}
    for one in works:
        start = max([0, *(ends[on] + lag for on, lag in one.needs)])
        ends[one.name] = start + days[one.name]
    return ends["last"]


def _circulation(works: list[Work], days: int) -> nx.MultiDiGraph:
    """The dual: what flows along an arc earns its length, and pays for the wanted finish."""
    graph = nx.MultiDiGraph()
    graph.add_edge(END, BEGIN, weight=days)
    graph.add_edge(f"{works[-1].name} ends", END, weight=0)
    for one in works:
        start, end = f"{one.name} starts", f"{one.name} ends"
        graph.add_edge(BEGIN, start, weight=0)
        graph.add_edge(start, end, weight=-one.days, capacity=one.price)
        graph.add_edge(start, end, weight=-one.least)
        for on, lag in one.needs:
            graph.add_edge(f"{on} ends", f"{one.name} starts", weight=-lag)
    return graph
