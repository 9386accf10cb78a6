"""Dates of one initiative or link, made from the day boundaries when they are asked for."""

from __future__ import annotations

from planner.roadmap.quantities import Need, length_days
from planner.schedule.boundaries import DayBoundaries
from planner.schedule.dates import Dates, LinkDates
from planner.schedule.reasons import ranked_drivers, reason
from planner.schedule.shown import ShownDays


def initiative_dates(boundaries: DayBoundaries, shown: ShownDays, node: int, near: int) -> Dates:
    """The dates of what has dates; a total float from 1 to `near` is near-critical."""
    work, network = boundaries.work, boundaries.network
    finished, idea = node in work.ended, node in work.ideas
    margin = None if finished else boundaries.total_float(node)
    late_start, late_finish = (None, None) if finished else shown.late(node)
    drivers = [] if finished else ranked_drivers(boundaries, node)
    return Dates(
        id=network.ids[node],
        start=shown.start(node),
        finish=shown.finish(node),
        late_start=late_start,
        late_finish=late_finish,
        duration=shown.took(node) if finished else work.length[node],
        total_float=margin,
        free_float=None if finished else boundaries.free_float(node),
        critical=margin is not None and not idea and margin <= 0,
        near_critical=margin is not None and not idea and 0 < margin <= near,
        driven_by=tuple(dict.fromkeys(network.ids[end >> 1] for end, _, _ in drivers)),
        reason=reason(boundaries, node, drivers),
        assumed=work.assumed.get(node, ()),
        started=node in work.begun or finished,
        finished=finished,
        idea=idea,
        remaining=work.left[node],
        remaining_start=shown.remaining_start(node),
    )


def link_dates(boundaries: DayBoundaries, node: int, need: Need, *, binds: bool) -> LinkDates:
    """A link into a node; `binds` where both have dates and the node is unfinished."""
    network = boundaries.network
    lag = 0 if need.lag is None else length_days(need.lag, network.week)
    slack, driving = None, False
    if binds:
        pred = network.index[need.on]
        tie = 2 * node + (need.type[1] == "F"), 2 * pred + (need.type[0] == "F"), lag
        slack = boundaries.slack(*tie)
        driving = boundaries.early.slack(*tie) <= 0
    return LinkDates(
        on=need.on,
        succ=network.ids[node],
        type=need.type,
        lag=lag,
        slack=slack,
        driving=driving,
        need=need,
    )
