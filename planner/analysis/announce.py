"""Whether a launch can be announced for a day: planned in time, agreed, and free of conflicts.

The plan is tried with the day announced. What then speaks against it are its lateness, handovers
before it that are not agreed, and the conflicts on it that the announcement alone brings.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from planner.analysis.changes import new_findings
from planner.analysis.options import option_row
from planner.analysis.raci import slipped
from planner.conflicts.findings import Finding
from planner.conflicts.handovers import answer
from planner.conflicts.reach import reach
from planner.conflicts.rules.dates import next_for
from planner.conflicts.rules.freezes import announced_in_freeze
from planner.conflicts.rules.promises import Pair, unagreed
from planner.conflicts.terms import links_of
from planner.errors import UsageError
from planner.network.graph import handovers
from planner.plan.model import Plan
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_announce import AnnounceShown, OpenHandoverRow
from planner.roadmap.output_path import LateBy
from planner.text.edits import Edit, RemoveKey, SetKey

WEEK = 5
"""Working days of a week, for what a week later costs."""
SAID = ("DATE01", "PROM01", "FREEZE04")
"""The rules on lateness, handovers and freezes, of which the answer speaks by itself."""
MOST_FREEZES = 20
"""After so many freezes one behind the other no safe day is looked for any more."""


def announcing(id: str, day: date) -> Edit:
    """The edit that writes the date."""
    return SetKey("initiatives", id, ("announced",), day)


def announcement(plan: Plan, id: str, day: date) -> AnnounceShown:
    """The answer for an initiative (id) and a day. Raises UsageError for work that is over."""
    initiative = plan.roadmap.initiatives[id]
    if not initiative.open:
        raise UsageError(f"{id} is {initiative.status}", hint="announce open work")
    dates = plan.schedule.get(id)
    finish = dates.finish if dates else None
    late = plan.schedule.late(day, finish) if finish else None
    found = _brought(plan, id, day)
    handovers = tuple(_open_handovers(plan, id))
    slip = None if plan.is_large else slipped(plan, id, WEEK)
    best = reach(plan.context, id, day, how_early=False).best if late else None
    return AnnounceShown(
        schema=SCHEMA,
        title=plan.roadmap.title,
        as_of=plan.as_of,
        id=id,
        name=initiative.label,
        day=day,
        announced=initiative.announced,
        finish=finish,
        yes=finish is not None and not late and not handovers and not found,
        late=LateBy(working=late.working, calendar=late.calendar) if late else None,
        first_safe=_first_safe(plan, id, max(finish, plan.as_of)) if finish else None,
        handovers=handovers,
        others=tuple(one.message for one in found),
        option=option_row(plan, best, "best") if best else None,
        week_later=slip.cost if slip else None,
        currency=plan.roadmap.settings.currency,
    )


def _brought(plan: Plan, id: str, day: date) -> list[Finding]:
    """The conflicts on it that the announcement brings, other than those that are said apart."""
    taken = RemoveKey("initiatives", id, ("announced",))
    is_announced = plan.roadmap.initiatives[id].announced is not None
    bare = plan.with_edit(taken) if is_announced else plan
    trial = plan.with_edit(announcing(id, day))
    fresh = (one for one in new_findings(trial, bare) if one.code not in SAID)
    return [*_frozen(trial, id), *(one for one in fresh if id in one.on and _counts(one))]


def _counts(finding: Finding) -> bool:
    return finding.severity != "info"


def _frozen(trial: Plan, id: str) -> list[Finding]:
    """The freezes in which the announced day lies."""
    return [one for one in announced_in_freeze(trial.context, {}) if one.on[0] == id]


def _open_handovers(plan: Plan, id: str) -> Iterator[OpenHandoverRow]:
    """All before it that nobody has agreed to, those that drive it first."""
    context = plan.context
    for successor, supplier in dict.fromkeys([*unagreed(context, id), *_loose(plan, id)]):
        state, since = answer(context, successor, supplier)
        who = next_for(context, successor, supplier, state)
        links = links_of(context, successor, supplier)
        yield OpenHandoverRow(
            supplier=supplier,
            successor=successor,
            delivers=next((link.delivers for link in links if link.delivers), None),
            state=state,
            asked=since,
            party=who.team,
            side=who.side,
        )


def _loose(plan: Plan, id: str) -> Iterator[Pair]:
    """(successor, supplier) of each handover before it that is not agreed, at any float."""
    context, before = plan.context, {id, *plan.network.ancestors(id)}
    for link in handovers(plan.roadmap, plan.network):
        to_come = link.succ in before and all(map(context.is_open, (link.pred, link.succ)))
        if to_come and answer(context, link.succ, link.pred)[0] != "agreed":
            yield link.succ, link.pred


def _first_safe(plan: Plan, id: str, day: date) -> date:
    """The first day from `day` on that lies in no freeze of what the launch needs released."""
    for _ in range(MOST_FREEZES):
        ends = [one.data["end"] for one in _frozen(plan.with_edit(announcing(id, day)), id)]
        if not ends:
            break
        day = plan.calendars.roadmap.first_working(date.fromisoformat(max(ends)) + timedelta(1))
    return day
