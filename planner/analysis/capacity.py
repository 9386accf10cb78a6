"""Load against capacity by team and week, and of one of these cells what runs and who could help.

Load is people on worked days, as `planner.schedule.capacity` counts it for the conflicts too: a
cell is over capacity where CAP01 sees it so, whose thresholds leave the short and small ones out.
Periods begin with the one of the status date. Everything here only reads the plan.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from planner.calendars.working import WorkCalendar
from planner.conflicts.findings import Finding, parts_of
from planner.conflicts.rules.skills import missing_skills, skills_of_teams
from planner.plan.model import Plan
from planner.query.party import Party
from planner.roadmap.ids import as_one_word
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_capacity import (
    CapacityShown,
    CellRow,
    FreeRow,
    HelperRow,
    MostRow,
    OverloadRow,
    PeriodKind,
    SkillGapRow,
    SkillHelpRow,
    TeamRow,
    WorkedRow,
)
from planner.roadmap.sides import LANES, in_order
from planner.schedule.capacity import (
    Load,
    Overload,
    Peak,
    calendar_of,
    capacity_of,
    loads,
    overloads,
    peaks,
    staff_of,
    there_on,
)
from planner.schedule.worked import counted

Period = tuple[date, date]
"""First and last day."""
KINDS: tuple[PeriodKind, ...] = ("week", "month", "quarter")
"""The finest first."""
OVERLOAD = "CAP01"
_MONTHS: Mapping[PeriodKind, int] = {"month": 1, "quarter": 3}
_DAY = timedelta(days=1)


class Capacities:
    """The load of every team of a plan; what is shown of it is made from this, at any zoom."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.teams = _teams(plan)
        found = loads(plan.roadmap, plan.schedule, self.teams)
        self.loads = {team: found.get(team, Load(team, (), ())) for team in self.teams}
        self.runs = {team: self._overloads(team) for team in self.teams}

    @cached_property
    def last(self) -> date:
        """The last day on which anybody is needed, else the status date."""
        ends = (one.last for load in self.loads.values() for one in load.work)
        return max((self.plan.as_of, *ends))

    def periods(self, by: PeriodKind) -> tuple[Period, ...]:
        """From the one of the status date to the last in which anybody is needed."""
        return tuple(periods_between(by, self.plan.as_of, self.last))

    def shown(
        self,
        by: PeriodKind = "week",
        teams: Collection[str] | None = None,
        ids: Collection[str] | None = None,
    ) -> CapacityShown:
        """Every team, or some; of skills that are missing, those that some work asks for."""
        periods = self.periods(by)
        rows = tuple(self._row(id, periods) for id in self.teams if teams is None or id in teams)
        sides = in_order((one.side for one in rows), LANES)
        asked = None if teams is None and ids is None else ids or set(teams or ())
        return CapacityShown(
            schema=SCHEMA,
            title=self.plan.roadmap.title,
            as_of=self.plan.as_of,
            by=by,
            periods=tuple(first for first, _ in periods),
            last=periods[-1][1],
            sides={side: self.plan.roadmap.side_title(side) for side in sides},
            total=len(self.teams),
            overloaded=sum(map(bool, self.runs.values())),
            teams=rows,
            cells=(),
            skills=tuple(_skill_gaps(self.plan, asked)),
        )

    def working(self, ids: Collection[str]) -> set[str]:
        """The teams that some work needs, from the status date on."""
        since = self.plan.as_of
        return {
            team
            for team, load in self.loads.items()
            if any(one.id in ids and one.last >= since for one in load.work)
        }

    # --- parts ------------------------------------------------------------------------------------

    def _overloads(self, team: str) -> tuple[OverloadRow, ...]:
        known = self.plan.roadmap.teams.get(team)
        if known is None or not (capacity := capacity_of(known)):
            return ()
        runs = overloads(self.loads[team], capacity, self._calendar(team), self.plan.as_of)
        return tuple(map(_overload, runs))

    def _calendar(self, team: str) -> WorkCalendar:
        return calendar_of(self.plan.roadmap, self.plan.calendars, team)

    def peaks(self, team: str, periods: tuple[Period, ...]) -> list[Peak]:
        """People needed and there, in each period."""
        known = self.plan.roadmap.teams.get(team)
        capacity = capacity_of(known) if known is not None else ()
        return peaks(self.loads[team], capacity, self._calendar(team), periods, self.plan.as_of)

    def _row(self, team: str, periods: tuple[Period, ...]) -> TeamRow:
        known = self.plan.roadmap.teams.get(team)
        found = self.peaks(team, periods)
        return TeamRow(
            id=team,
            title=self.plan.roadmap.party_title(team),
            side=self.plan.context.party(team).side or "",
            capacity=there_on(capacity_of(known), self.plan.as_of) if known is not None else None,
            capacity_from=dict(known.capacity_from) if known is not None else {},
            needed=tuple(one.needed for one in found),
            there=tuple(one.there for one in found),
            most=_most(found, periods),
            overloads=self.runs[team],
        )

    # --- a cell -----------------------------------------------------------------------------------

    def cell(self, team: str, period: Period) -> CellRow:
        """A team in a period: what runs then, and who could help."""
        (peak,) = self.peaks(team, (period,))
        first, last = period
        work = tuple(self._work(team, period))
        help = tuple(self._help(team, period, [one.id for one in work]))
        over = (one for one in self.runs[team] if one.first <= last and first <= one.last)
        return CellRow(
            team=team,
            period=first,
            last=last,
            needed=peak.needed,
            there=peak.there,
            overload=next(over, None),
            work=work,
            help=help,
            free=tuple(self._free(team, period, [one.skill for one in help])),
        )

    def _work(self, team: str, period: Period) -> Iterator[WorkedRow]:
        """What needs people of the team then: what can move least first."""
        first, last = max(period[0], self.plan.as_of), period[1]
        calendar = self._calendar(team)
        people: dict[str, float] = {}
        for one in self.loads[team].work:
            if counted(calendar, max(first, one.first), min(last, one.last)):
                people[one.id] = one.people
        rows = [self._worked(id, number, first, last) for id, number in people.items()]
        yield from sorted(rows, key=lambda row: (_float(row), -row.people, row.id))

    def _worked(self, id: str, people: float, first: date, last: date) -> WorkedRow:
        plan, one = self.plan, self.plan.roadmap.initiatives[id]
        worked, dates = plan.schedule.worked(id), plan.schedule.get(id)
        assert worked is not None
        assert dates is not None
        spans = [span for span in worked.spans if span[0] <= last and first <= span[1]]
        return WorkedRow(
            id=id,
            title=one.label,
            side=plan.context.sides[id] or "",
            status=one.status,
            people=people,
            first=spans[0][0],
            last=spans[-1][1],
            total_float=dates.total_float,
            critical=dates.critical and not dates.finished,
        )

    def _help(self, team: str, period: Period, work: list[str]) -> Iterator[SkillHelpRow]:
        """Each skill that the work asks for, and the people outside the team who have it: first
        those that somebody has.
        """
        context, initiatives = self.plan.context, self.plan.roadmap.initiatives
        wanted: dict[str, str] = {}
        for skill in (skill for id in work for skill in initiatives[id].skills):
            wanted.setdefault(as_one_word(skill), skill)
        found = []
        for word, skill in wanted.items():
            able = [id for id in context.skilled.get(word, ()) if self._elsewhere(id, team, period)]
            helpers = tuple(self._helper(id, period) for id in able)
            found.append(SkillHelpRow(skill=skill, people=helpers))
        yield from sorted(found, key=lambda one: not one.people)

    def _elsewhere(self, person: str, team: str, period: Period) -> bool:
        """Whether somebody is of another team, and still here then."""
        known = self.plan.roadmap.people[person]
        gone = known.until is not None and known.until < max(period[0], self.plan.as_of)
        return known.team != team and not gone

    def _helper(self, person: str, period: Period) -> HelperRow:
        known = self.plan.roadmap.people[person]
        team = known.team if known.team in self.loads else None
        peak = self.peaks(team, (period,))[0] if team is not None else Peak()
        leaves = known.until is not None and known.until < period[1]
        return HelperRow(
            person=person,
            name=known.label,
            team=known.team,
            side=self.plan.context.party(person).side or "",
            needed=peak.needed,
            there=peak.there,
            responsible=tuple(self._answers_for(person, period)),
            leaves=known.until if leaves else None,
            overloaded=peak.over,
        )

    def _answers_for(self, person: str, period: Period) -> Iterator[str]:
        """The open work that somebody owns or is responsible for, and that is worked then."""
        first, last = max(period[0], self.plan.as_of), period[1]
        for one in self.plan.context.open:
            if person in one.responsible or person in one.owner:
                worked = self.plan.schedule.worked(one.id)
                if worked is not None and worked.within(first, last):
                    yield one.id

    def _free(self, team: str, period: Period, skills: list[str]) -> Iterator[FreeRow]:
        """Teams without these skills that have people left then, the most first."""
        words = {as_one_word(one) for one in skills}
        able = skills_of_teams(self.plan.context)
        others = [id for id in self.teams if id != team and not words & able.get(id, set())]
        free = [(id, self.peaks(id, (period,))[0].free) for id in others]
        for id, people in sorted(free, key=lambda pair: -pair[1]):
            if people:
                side = self.plan.context.party(id).side or ""
                yield FreeRow(team=id, side=side, free=people)


def telling(of: Capacities, shown: CapacityShown, on: date | None = None) -> tuple[CellRow, ...]:
    """The cells of each team that is shown: of the period with a day; else those in which it begins
    to be overloaded, or the heaviest one.
    """
    periods = of.periods(shown.by)
    found = []
    for row in shown.teams:
        days = [on] if on else [one.first for one in row.overloads]
        days = days or ([row.most.period] if row.most else [])
        found += [(row.id, period) for period in periods if any(map(_inside(period), days))]
    return tuple(of.cell(*pair) for pair in found)


def _inside(period: Period) -> Callable[[date], bool]:
    first, last = period
    return lambda day: first <= day <= last


def overload_found(plan: Plan, team: str) -> Finding | None:
    """The conflict that reports a team's overload; None: it is too short, small, or waived."""
    each = (part for one in plan.findings for part in parts_of(one))
    here = (one for one in each if one.code == OVERLOAD and one.on == (team,) and not one.waived)
    return next(here, None)


def of_party(of: Capacities, party: Party) -> set[str]:
    """The teams of a side, a team itself, or that of a person."""
    context = of.plan.context
    if party.kind == "side":
        return {team for team in of.teams if context.party(team).side == party.id}
    return {context.team_of_party(party.id) or party.id}


def too_much(row: TeamRow) -> float:
    """Person-days that a team lacks in all."""
    return sum(run.days * (run.needed - run.there) for run in row.overloads)


def by_load(rows: Iterable[TeamRow]) -> list[TeamRow]:
    """The teams with the most against what they have first; then those nobody knows of."""
    return sorted(rows, key=_share, reverse=True)


def _share(row: TeamRow) -> tuple[float, float]:
    if row.most is None:
        return -1, 0
    there = row.most.there
    return (0 if there is None else row.most.needed / (there or 1e-9)), row.most.needed


def periods_between(by: PeriodKind, first: date, last: date) -> Iterator[Period]:
    """Weeks from Monday, months or quarters, from that with one day to that with another."""
    day = _begins(by, first)
    while day <= last:
        following = _following(by, day)
        yield day, following - _DAY
        day = following


def period_with(periods: Sequence[Period], day: date) -> int:
    """The number of the period with a day, the first or last one for a day outside all of them."""
    at = bisect_right(periods, (day, date.max)) - 1
    return min(max(0, at), len(periods) - 1)


def _begins(by: PeriodKind, day: date) -> date:
    if by == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[by]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _following(by: PeriodKind, day: date) -> date:
    if by == "week":
        return day + timedelta(days=7)
    years, month = divmod(day.month - 1 + _MONTHS[by], 12)
    return date(day.year + years, month + 1, 1)


def _teams(plan: Plan) -> tuple[str, ...]:
    """By side, within one in file order; behind them those that only work names."""
    roadmap = plan.roadmap
    named = (team for one in roadmap.initiatives.values() for team in staff_of(roadmap, one))
    found = dict.fromkeys((*roadmap.teams, *(id for id in named if id not in roadmap.people)))
    sides = {id: plan.context.party(id).side or "" for id in found}
    order = in_order(sides.values(), LANES)
    return tuple(sorted(found, key=lambda id: order.index(sides[id])))


def _overload(run: Overload) -> OverloadRow:
    return OverloadRow(
        first=run.first, last=run.last, days=run.days, needed=run.most, there=run.capacity
    )


def _most(found: list[Peak], periods: tuple[Period, ...]) -> MostRow | None:
    worst = 0
    for at, one in enumerate(found):
        if one.heavier(found[worst]):
            worst = at
    peak = found[worst]
    if not peak.needed:
        return None
    return MostRow(period=periods[worst][0], needed=peak.needed, there=peak.there)


def _float(row: WorkedRow) -> tuple[bool, int]:
    return row.total_float is None, row.total_float or 0


def _skill_gaps(plan: Plan, asked: Collection[str] | None) -> Iterator[SkillGapRow]:
    """Skills that open work asks for in vain; `asked` are the teams or the work to tell it of."""
    for one in missing_skills(plan.context):
        id = one.initiative.id
        if asked is None or id in asked or not set(asked).isdisjoint(one.teams):
            yield SkillGapRow(
                id=id,
                side=plan.context.sides[id] or "",
                teams=tuple(one.teams),
                skills=tuple(one.skills),
                people=tuple(one.people),
            )
