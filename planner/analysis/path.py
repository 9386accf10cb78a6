"""What is on the path to a target: its steps by side, and what each hands over to the next.

The path is the set of driving links back from the target, so it may branch; steps come in schedule
order (start, then id). Days are inclusive, durations, floats and margins are working days. Text is
as the file has it: whoever draws it makes it visible first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from planner.conflicts.handovers import answer
from planner.conflicts.terms import links_of, waiting, who_wants
from planner.plan.model import Plan
from planner.roadmap.answers import handover_state
from planner.roadmap.entities import Initiative
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_path import (
    Bottleneck,
    LateBy,
    NearPath,
    PathLink,
    PathShown,
    Step,
    StepState,
)
from planner.roadmap.quantities import Need, format_tie
from planner.roadmap.sides import BOTH, LANES, in_order
from planner.schedule.compute import Dates, LinkDates
from planner.schedule.passes import towards
from planner.schedule.shift import Shift

if TYPE_CHECKING:
    from planner.network.dependencies import Way

NO_SIDE = ""
MOST = 40
"""How many chains beside the path are looked for."""


class Lanes(Struct, frozen=True, kw_only=True):
    """The path to `target`. `late` is by how much it misses its deadline or announced day."""

    target: str
    title: str
    finish: date | None
    deadline: date | None
    late: Shift | None
    as_of: date
    sides: tuple[tuple[str, str], ...]
    """(id, title) of each lane, top to bottom: marketing, joint, it, then others."""
    steps: tuple[Step, ...]
    links: tuple[PathLink, ...]
    near: tuple[NearPath, ...] = ()
    bottlenecks: tuple[Bottleneck, ...] = ()
    why_not: str | None = None
    """Why there is no path: the target has no dates."""

    @property
    def handovers(self) -> tuple[PathLink, ...]:
        """The links that cross from one side to the other."""
        return tuple(link for link in self.links if link.crosses)

    def step(self, id: str) -> Step | None:
        """The step of that id on the path, or None."""
        return next((step for step in self.steps if step.id == id), None)

    def links_into(self, id: str) -> tuple[PathLink, ...]:
        """What drives this step."""
        return tuple(link for link in self.links if link.succ == id)


def targets_of(plan: Plan) -> tuple[str, ...]:
    """What a path can be asked for: the main launch, then the launches by finish and id."""
    schedule = plan.schedule
    dated = [(dates.finish, id) for id in schedule.launches if (dates := schedule.get(id))]
    ids = [schedule.main_launch, *(id for _, id in sorted(dated))]
    return tuple(dict.fromkeys(id for id in ids if id))


def lanes_of(plan: Plan, target: str | None = None) -> Lanes:
    """The path to `target`, or to the main launch, without what `with_graph` adds.

    A target without dates, or a roadmap without any, gives lanes without steps; `why_not` says why.
    """
    id = target or plan.schedule.main_launch or ""
    dates = plan.schedule.get(id)
    initiative = plan.roadmap.initiatives.get(id)
    if dates is None or initiative is None:
        return _nothing(plan, id, initiative)
    steps = tuple(_steps(plan, plan.schedule.path_to(id)))
    return Lanes(
        target=id,
        title=initiative.label,
        finish=dates.finish,
        deadline=initiative.deadline,
        late=plan.schedule.missed(id),
        as_of=plan.as_of,
        sides=_sides(plan, steps),
        steps=steps,
        links=tuple(_links(plan, steps)),
    )


def _nothing(plan: Plan, id: str, initiative: Initiative | None) -> Lanes:
    return Lanes(
        target=id,
        title=initiative.label if initiative else id,
        finish=None,
        deadline=initiative.deadline if initiative else None,
        late=None,
        as_of=plan.as_of,
        sides=(),
        steps=(),
        links=(),
        why_not=_why_not(plan, id),
    )


def _why_not(plan: Plan, id: str) -> str:
    if not id:
        return "nothing is scheduled"
    if id not in plan.roadmap.initiatives:
        return f"there is no initiative {id}"
    return plan.schedule.unscheduled.get(id, "it has no dates")


def _steps(plan: Plan, ids: Iterable[str]) -> Iterator[Step]:
    for id in ids:
        dates, initiative = plan.schedule.get(id), plan.roadmap.initiatives.get(id)
        if dates is not None and initiative is not None:
            yield _step(plan, initiative, dates)


def _step(plan: Plan, initiative: Initiative, dates: Dates) -> Step:
    return Step(
        id=initiative.id,
        title=initiative.label,
        short=initiative.short or initiative.label,
        side=plan.roadmap.portfolio_of(initiative) or NO_SIDE,
        owner=initiative.accountable,
        start=dates.start,
        finish=dates.finish,
        duration=dates.duration,
        total_float=dates.total_float,
        critical=dates.critical,
        milestone=dates.duration == 0,
        status=initiative.status,
        started=dates.started,
        done=dates.finished,
        assumed="estimate" in dates.assumed,
        idea=dates.idea,
        deadline=initiative.deadline,
        waiting=plan.schedule.waiting(initiative.id),
    )


def _sides(plan: Plan, steps: Iterable[Step]) -> tuple[tuple[str, str], ...]:
    used = {step.side for step in steps}
    if not used.isdisjoint(BOTH):
        used.update(BOTH)  # an empty lane says that this side has no part in it
    here = in_order(used, (*LANES, *plan.roadmap.portfolios))
    return tuple((id, plan.roadmap.side_title(id)) for id in here)


def _links(plan: Plan, steps: Iterable[Step]) -> Iterator[PathLink]:
    known = {step.id: None for step in steps}
    for succ in known:
        pairs: dict[str, list[LinkDates]] = {}
        for link in plan.schedule.links_into(succ):
            if link.driving and link.on in known:
                pairs.setdefault(link.on, []).append(link)
        for on, links in pairs.items():
            yield _link(plan, on, succ, [link.need for link in links])


def _link(plan: Plan, on: str, succ: str, needs: list[Need]) -> PathLink:
    state, day = _state(plan, on, succ)
    counter = waiting(plan.context, succ, on)
    return PathLink(
        on=on,
        succ=succ,
        ties=tuple(tie for need in needs if (tie := format_tie(need))),
        crosses=plan.context.across(on, succ),
        state=state,
        day=day,
        delivers=next((need.delivers for need in needs if need.delivers), None),
        why=next((need.why for need in needs if need.why), None),
        promised=min((need.promised for need in needs if need.promised), default=None),
        needed_by=min((need.needed_by for need in needs if need.needed_by), default=None),
        wants=who_wants(plan.context, counter) if counter and state == "agreed" else None,
    )


def _state(plan: Plan, on: str, succ: str) -> tuple[StepState, date | None]:
    said, day = handover_state(links_of(plan.context, succ, on))
    if said == "accepted":
        return "accepted", day
    return answer(plan.context, succ, on)


# --- beside the path ------------------------------------------------------------------------------


def with_graph(plan: Plan, lanes: Lanes, paths: int | None = None) -> Lanes:
    """The same with what the dependency graph says of it: bottlenecks, and the paths behind it.

    `paths` is how many in all, the first of them that of `lanes`, however far the others are
    behind; without it they are the near-critical ones. It takes networkx, and at 10,000 initiatives
    some tenths of a second.
    """
    from planner.network.dependencies import bottlenecks

    if not lanes.steps:
        return lanes
    graph, path = plan.graph.initiatives, {step.id for step in lanes.steps}
    open_ = {one.id for one in plan.roadmap.initiatives.values() if one.open}
    return structs.replace(
        lanes,
        near=_near(plan, lanes.target, path, paths),
        bottlenecks=bottlenecks(graph, lanes.target, path, open_),
    )


def path_shown(plan: Plan, lanes: Lanes) -> PathShown:
    """All of it as `path --json` prints it."""
    late = lanes.late
    return PathShown(
        schema=SCHEMA,
        title=plan.roadmap.title,
        as_of=plan.as_of,
        target=lanes.target or None,
        finish=lanes.finish,
        deadline=lanes.deadline,
        late=LateBy(working=late.working, calendar=late.calendar) if late else None,
        why_not=lanes.why_not,
        sides=dict(lanes.sides),
        steps=lanes.steps,
        links=lanes.links,
        behind=lanes.near,
        bottlenecks=lanes.bottlenecks,
    )


def _near(plan: Plan, target: str, path: set[str], paths: int | None) -> tuple[NearPath, ...]:
    """The chains whose float towards the target is at most `near_critical`, or so many of all that
    there are, the closest first.

    The search goes by slack; what it finds is scheduled, since a sum of slacks is only near to how
    far an initiative can slip where calendars or set dates differ. A chain that can slip for ever
    is no path to the target.
    """
    from planner.network.dependencies import ways

    limit = None if paths else _near_limit(plan, target)
    found = ways(plan.graph.initiatives, path, target, _slack_in(plan), most=MOST, limit=limit)
    slips = _slips(plan, target, path.union(*(way.steps for way in found)))
    held = [(way, [slips[id] for id in way.steps if id in slips]) for way in found]
    chains = (_chain(plan, way, min(days)) for way, days in held if days)
    near = (one for one in chains if limit is None or one.behind <= limit)
    nearest = sorted(near, key=lambda one: (one.behind, one.steps[0].start, one.steps[0].id))
    return tuple(nearest[: paths - 1 if paths else MOST])


def _near_limit(plan: Plan, target: str) -> int:
    dates = plan.schedule.get(target)
    late = min(0, (dates.total_float if dates is not None else None) or 0)
    return plan.roadmap.settings.near_critical - late


def _slack_in(plan: Plan) -> Callable[[str, str], int | None]:
    """What a pair could slip. Finished and only proposed work is on no path."""
    edges, initiatives = plan.graph.initiatives.edges, plan.roadmap.initiatives

    def slack(pred: str, succ: str) -> int | None:
        one, edge = initiatives[pred], edges[pred, succ]
        if edge["slack"] is None or one.is_idea or not one.open:
            return None
        return 0 if edge["drives"] else max(0, edge["slack"])

    return slack


def _slips(plan: Plan, target: str, ids: Iterable[str]) -> dict[str, int]:
    """Own working days by which each can slip before the target moves."""
    index = plan.network.index
    found = towards(plan.schedule.boundaries.early, index[target], {index[id] for id in ids})
    return {plan.network.ids[node]: days for node, days in found.items()}


def _chain(plan: Plan, way: Way, behind: int) -> NearPath:
    steps = tuple(_steps(plan, way.steps))
    floats = [step.total_float for step in steps if step.total_float is not None]
    return NearPath(steps=steps, total_float=min(floats), behind=behind, joins=way.joins)
