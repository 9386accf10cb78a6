"""What can start now, what almost can, and what speaks against starting it.

Ready is what `planner.schedule.ready` says; here it gets its order, who owns it, the launch that
waits for it, and the conflicts that a person should know of before starting. What waits for one
thing only is almost ready: that thing, and who brings it, is what to ask for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from planner.conflicts.findings import Finding, parts_of
from planner.conflicts.handovers import answer
from planner.network.marks import AT_ONCE, leading_to
from planner.plan.model import Plan
from planner.roadmap.entities import Initiative
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_ready import AgainstRow, MissingRow, ReadyRow, ReadyShown
from planner.schedule.dates import Dates
from planner.schedule.delay import CostsOfLateness
from planner.schedule.ready import Hold, Readiness

AGAINST = frozenset(
    ("OWN01", "SYS01", "SYS02", "SYS08", "FREEZE01", "FREEZE02", "CAP01", "DATA01", "STD01")
)
"""The rules that tell of what should be settled before work starts."""


def ready_of(plan: Plan, among: frozenset[str] | None = None) -> ReadyShown:
    """What of these (by default all) can start, and almost can, in order of what it drives."""
    found = _Found(plan)
    ready: list[ReadyRow] = []
    almost: list[ReadyRow] = []
    waiting = 0
    for id in found.readiness.waiting:
        if among is not None and id not in among:
            continue
        holds = list(islice(found.readiness.holds(id), 2))
        if not holds:
            ready.append(found.row(id, None))
        elif len(holds) == 1:
            almost.append(found.row(id, holds[0]))
        else:
            waiting += 1
    return ReadyShown(
        schema=SCHEMA,
        title=plan.roadmap.title,
        as_of=plan.as_of,
        ready=tuple(sorted(ready, key=_order)),
        almost=tuple(sorted(almost, key=_order)),
        waiting=waiting,
    )


def _order(row: ReadyRow) -> tuple[bool, float, float, str, str]:
    margin = float("inf") if row.total_float is None else row.total_float
    return not row.critical, margin, -row.cost_of_delay, row.start.isoformat(), row.id


class _Found:
    """What the rows of one plan are made of."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.readiness = Readiness(plan.schedule)
        self._launches = _launches(plan)
        self._serves = _marked(plan, self._launches)
        costs = CostsOfLateness(plan).by_work
        self._costs = list(costs.items())[:AT_ONCE]
        self._late = _marked(plan, [id for id, _ in self._costs])
        self._against = _against(plan)

    def row(self, id: str, hold: Hold | None) -> ReadyRow:
        """An initiative that waits for nothing, or for one thing."""
        plan, initiative = self.plan, self.plan.roadmap.initiatives[id]
        dates = plan.schedule.get(id)
        assert dates is not None, id
        return ReadyRow(
            id=id,
            title=initiative.label,
            portfolio=plan.context.sides[id],
            owner=initiative.accountable,
            start=dates.start,
            finish=dates.finish,
            total_float=dates.total_float,
            critical=dates.critical,
            near_critical=dates.near_critical,
            launch=self._launch(id),
            cost_of_delay=sum(self._costs[bit][1] for bit in _bits(self._late.get(id, 0))),
            against=tuple(self._speaking(initiative, dates)),
            missing=None if hold is None else self._missing(initiative, hold),
        )

    def _launch(self, id: str) -> str | None:
        first = next(_bits(self._serves.get(id, 0)), None)
        return None if first is None else self._launches[first]

    def _speaking(self, initiative: Initiative, dates: Dates) -> Iterator[AgainstRow]:
        team = self.plan.context.team_of_party(initiative.accountable) or ""
        for one in (*self._against.get(initiative.id, ()), *self._against.get(f"team {team}", ())):
            if _begins_with_it(one, dates):
                yield AgainstRow(code=one.code, severity=one.severity, message=one.message)

    def _missing(self, initiative: Initiative, hold: Hold) -> MissingRow:
        context, roadmap = self.plan.context, self.plan.roadmap
        title, who, handover = "", context.owner(initiative.id), None
        if hold.kind == "initiative":
            title, who = roadmap.initiatives[hold.id].label, context.owner(hold.id)
            if context.across(hold.id, initiative.id):
                handover = answer(context, initiative.id, hold.id)[0]
        elif hold.kind == "decision":
            decision = roadmap.decisions[hold.id]
            title, who = decision.label, context.party(decision.owner)
        return MissingRow(
            kind=hold.kind,
            id=hold.id,
            title=title,
            side=who.side,
            who=who.team,
            day=hold.day,
            handover=handover,
        )


def _launches(plan: Plan) -> list[str]:
    """The main launch, then all others in order of finish, as many as are counted."""
    main = plan.schedule.main_launch
    launches = plan.schedule.launches
    first = (main,) if main in launches and main is not None else ()
    return list(dict.fromkeys((*first, *launches)))[:AT_ONCE]


def _marked(plan: Plan, ids: list[str]) -> dict[str, int]:
    return leading_to(plan.network, {id: 1 << number for number, id in enumerate(ids)})


def _bits(mark: int) -> Iterator[int]:
    """The numbers of the bits of a mark, the lowest first."""
    while mark:
        lowest = mark & -mark
        yield lowest.bit_length() - 1
        mark ^= lowest


def _against(plan: Plan) -> Mapping[str, list[Finding]]:
    """The conflicts that speak against starting, by initiative; of capacity ``team ID``."""
    found: dict[str, list[Finding]] = {}
    told = (one for one in plan.findings if one.code in AGAINST and not one.waived)
    for one in (part for each in told for part in parts_of(each)):
        for id in _keys(one):
            found.setdefault(id, []).append(one)
    return found


def _keys(finding: Finding) -> Iterable[str]:
    if finding.code == "CAP01":
        return (f"team {finding.id}",)
    return finding.initiatives


def _begins_with_it(finding: Finding, dates: Dates) -> bool:
    """Whether what is in the way is there on the day on which the work starts."""
    first = dates.start.isoformat()
    if finding.code == "CAP01":
        return any(run["first"] <= first <= run["last"] for run in finding.data["runs"])
    if finding.code == "SYS01" and "start" in finding.data:
        return bool(finding.data["start"] <= first)
    return True
