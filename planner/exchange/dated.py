"""What exports say of work: when it is, under which heading, and what has no day at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner.exchange.own_sheets import links_outside
from planner.plan.model import Plan
from planner.query.arrangement import GROUPINGS, Under, headings, in_order, title
from planner.roadmap.entities import Initiative
from planner.schedule.dates import Dates

Work = tuple[Initiative, Dates]


def dated(plan: Plan, ids: Sequence[str]) -> Iterator[Work]:
    """Those that have dates, in the order of the file."""
    for id in ids:
        dates = plan.schedule.get(id)
        if dates is not None:
            yield plan.roadmap.initiatives[id], dates


def sections(plan: Plan, ids: Sequence[str]) -> Iterator[tuple[str, list[Work]]]:
    """The same under the headings of the board: portfolios, and the groups in them."""
    over = headings(plan.roadmap, GROUPINGS[0])
    found: dict[Under, list[Work]] = {}
    for work in dated(plan, ids):
        for under in over(work[0]):
            found.setdefault(tuple(under), []).append(work)
    for outermost in in_order(plan.roadmap, GROUPINGS[0], (under[0] for under in found)):
        for under in [under for under in found if under[0] == outermost]:
            yield " › ".join(title(plan.roadmap, each) for each in under), found.pop(under)


def undated(plan: Plan, ids: Sequence[str]) -> Mapping[str, int]:
    """How many have no dates, and how many links these initiatives have among them."""
    links = sum(len(plan.roadmap.initiatives[id].needs) for id in ids)
    return {
        "initiatives without dates": sum(plan.schedule.get(id) is None for id in ids),
        "links": links - links_outside(plan, ids),
        "links to other initiatives": links_outside(plan, ids),
    }
