"""Revisions or branches side by side: launches, money, conflicts, load.

Each is a plan at its own status date: what was known then. The first is what the others are
compared with; work that was renamed since is the same work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from planner.analysis.outcomes import cost_by_side, sides_of
from planner.conflicts.findings import parts_of
from planner.plan.model import Plan
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_compare import CompareColumn, CompareShown, LaunchColumn, LoadColumn
from planner.roadmap.output_path import LateBy
from planner.roadmap.sides import in_order
from planner.schedule.delay import CostsOfLateness, finish_of
from planner.text.renames import renamed_tables

OVERLOAD = "CAP01"


class Named(Struct, frozen=True):
    """A plan, and what it is called: a revision with its commit, or the files as they are."""

    name: str
    commit: str | None
    plan: Plan


def compared_plans(columns: Sequence[Named]) -> CompareShown:
    """The columns of at least one plan. Ids and titles are those of the last plan that has them."""
    last = columns[-1].plan
    ids = [_own_ids(one.plan, last) for one in columns]
    launches = _launches(columns, ids)
    sides = in_order({side for one in columns for side in sides_of(one.plan)})
    finishes = [_finishes(one.plan, own, launches) for one, own in zip(columns, ids, strict=True)]
    rows = tuple(
        _column(one, own, mine, finishes[0])
        for one, own, mine in zip(columns, ids, finishes, strict=True)
    )
    teams = dict.fromkeys(team for row in rows for team in row.load)
    return CompareShown(
        schema=SCHEMA,
        title=last.roadmap.title,
        currency=last.roadmap.settings.currency,
        launches=launches,
        sides={side: last.roadmap.side_title(side) for side in sides},
        teams={team: last.roadmap.party_title(team) for team in teams},
        columns=rows,
    )


def _own_ids(plan: Plan, last: Plan) -> dict[str, str]:
    """What initiatives that were renamed since are called in a plan, by their id in the last."""
    renamed = renamed_tables(plan.tables, last.tables)
    return {new: old for (kind, old), new in renamed.items() if kind == "initiatives"}


def _launches(columns: Sequence[Named], ids: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Every launch of some plan with its title, the main one of the first plan first."""
    called = [{old: new for new, old in own.items()} for own in ids]
    main = columns[0].plan.schedule.main_launch
    found: dict[str, str] = {called[0].get(main, main): ""} if main else {}
    for one, now in zip(columns, called, strict=True):
        for id in one.plan.schedule.launches:
            title = one.plan.roadmap.initiatives[id].label
            found[now.get(id, id)] = title  # a place once taken stays
    return found


def _finishes(
    plan: Plan, own: Mapping[str, str], launches: Iterable[str]
) -> dict[str, date | None]:
    return {id: finish_of(plan, own.get(id, id)) for id in launches}


def _column(
    one: Named,
    own: Mapping[str, str],
    finishes: Mapping[str, date | None],
    first: Mapping[str, date | None],
) -> CompareColumn:
    plan = one.plan
    paid = [cost_by_side(plan, each) for each in plan.roadmap.initiatives.values()]
    sides = dict.fromkeys(side for cost in paid for side in cost)
    counted = [each.severity for each in plan.findings if not each.waived]
    costs = CostsOfLateness(plan).by_work
    return CompareColumn(
        name=one.name,
        commit=one.commit,
        as_of=plan.as_of,
        finish=next(iter(finishes.values()), plan.schedule.finish),
        launches={
            id: _launch(plan, own.get(id, id), finish, first[id]) for id, finish in finishes.items()
        },
        cost={side: sum(cost.get(side, 0.0) for cost in paid) for side in sides},
        cost_of_delay=sum(costs.values()) if costs else None,
        errors=counted.count("error"),
        warnings=counted.count("warning"),
        load=dict(_overloads(plan)),
    )


def _launch(plan: Plan, id: str, finish: date | None, before: date | None) -> LaunchColumn:
    late = plan.schedule.missed(id) if finish else None
    moved = plan.schedule.shift(before, finish) if finish and before else None
    return LaunchColumn(
        finish=finish,
        late=LateBy(working=late.working, calendar=late.calendar) if late else None,
        moved=None if moved is None else moved.working,
    )


def _overloads(plan: Plan) -> Iterator[tuple[str, LoadColumn]]:
    """The worst overload of each team that has one."""
    for part in (part for one in plan.findings for part in parts_of(one) if part.code == OVERLOAD):
        worst: dict[str, Any] = part.data["runs"][0]
        load = LoadColumn(needed=worst["most"], capacity=worst["capacity"], days=worst["days"])
        yield part.on[0], load
