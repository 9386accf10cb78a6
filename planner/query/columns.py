"""What a table of initiatives can show of each: columns, and the values that they sort by.

The board, `planner show` and saved views use the same names. A value is what the column is sorted
by, None where an initiative has none; how it reads is `planner.pages.columns`'s to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, get_args

from msgspec import Struct

from planner.conflicts.costs import cost
from planner.conflicts.findings import SEVERITIES, Finding
from planner.plan.model import Plan
from planner.roadmap.entities import ColumnName, Initiative, Sort, Status
from planner.roadmap.ids import plain_letters
from planner.roadmap.sides import LANES
from planner.schedule.dates import Dates
from planner.schedule.delay import CostsOfLateness

COLUMNS: tuple[ColumnName, ...] = get_args(ColumnName)
SORTS: tuple[ColumnName, ...] = tuple(name for name in COLUMNS if name in get_args(Sort))
"""What initiatives can be sorted by; with a minus before it, the other way round."""


class Heading(Struct, frozen=True):
    """What stands over a column, and what it shows in a few words."""

    text: str
    about: str


HEADINGS: Mapping[ColumnName, Heading] = {
    "title": Heading("Initiative", "title; always the first"),
    "id": Heading("Id", "id"),
    "kind": Heading("Kind", "kind of work"),
    "portfolio": Heading("Side", "side"),
    "group": Heading("Group", "programme or theme"),
    "owner": Heading("Owner", "accountable team or person"),
    "status": Heading("Status", "status"),
    "priority": Heading("Prio", "priority, 1 is the highest"),
    "start": Heading("Start", "first working day"),
    "estimate": Heading("Days", "estimate"),
    "duration": Heading("Length", "working days"),
    "finish": Heading("Finish", "last working day"),
    "deadline": Heading("Deadline", "deadline"),
    "announced": Heading("Announced", "date announced outside"),
    "moved": Heading("Moved", "working days since the baseline"),
    "float": Heading("Float", "working days that it can slip"),
    "free_float": Heading("Free", "working days that move no successor"),
    "progress": Heading("Progress", "share that is done"),
    "value": Heading("Value", "score by each side"),
    "cost": Heading("Cost", "cost to all sides"),
    "delay_cost": Heading("Delay", "cost of delay of what waits for it, late"),
    "outcomes": Heading("Outcomes", "outcomes"),
    "journey": Heading("Journey", "stages of the customer journey"),
    "uses": Heading("Uses", "systems that it uses"),
    "skills": Heading("Skills", "skills"),
    "tags": Heading("Tags", "tags"),
    "conflicts": Heading("✗", "conflicts: the worst, and how many"),
    "next": Heading("Next", "who moves next in its worst conflict"),
}


class Facts:
    """What columns show of a plan. `findings` are its own unless others are given: those of a large
    plan are asked for in a thread, and until then the ones before it.
    """

    def __init__(self, plan: Plan, findings: Sequence[Finding] | None = None) -> None:
        self.plan = plan
        self._given = findings

    def dates(self, initiative: Initiative) -> Dates | None:
        """Its dates; None where it is not scheduled."""
        return self.plan.schedule.get(initiative.id)

    def conflicts(self, initiative: Initiative) -> Sequence[Finding]:
        """The findings, neither waived nor a mere note, that it is involved in, the worst first."""
        return self._conflicts.get(initiative.id, ())

    @cached_property
    def _conflicts(self) -> dict[str, list[Finding]]:
        findings = self.plan.findings if self._given is None else self._given
        found: dict[str, list[Finding]] = {}
        for finding in findings:
            if not finding.waived and finding.severity != "info":
                for id in finding.initiatives:
                    found.setdefault(id, []).append(finding)
        for each in found.values():
            each.sort(key=lambda one: SEVERITIES.index(one.severity))
        return found

    @cached_property
    def delay_costs(self) -> Mapping[str, float]:
        """What the outcomes cost that are late and wait for each initiative without float."""
        found: dict[str, float] = {}
        for last, amount in CostsOfLateness(self.plan).by_work.items():
            for id in self.plan.network.ancestors(last).union((last,)):
                dates = self.plan.schedule.get(id)
                if dates is not None and dates.total_float is not None and dates.total_float < 0:
                    found[id] = found.get(id, 0.0) + amount
        return found

    def progress(self, initiative: Initiative) -> float | None:
        """The share that is done, as the file says it, else by what remains; None before a start.

        What is finished is done.
        """
        dates = self.dates(initiative)
        if not initiative.open and initiative.status != "dropped":
            return 1.0
        if initiative.percent_complete is not None:
            return initiative.percent_complete / 100
        if dates is None or not dates.started or not dates.duration:
            return None
        return max(0.0, 1 - dates.remaining / dates.duration)

    def next_side(self, initiative: Initiative) -> tuple[str, str] | None:
        """The side and the team or person that moves next (empty where nobody is named)."""
        for finding in self.conflicts(initiative):
            if finding.next_side or finding.next_team:
                return finding.next_side or "", finding.next_team or ""
        return None


Value = Callable[[Facts, Initiative], Any]


def _dated(which: str) -> Value:
    def value(facts: Facts, initiative: Initiative) -> Any:
        return getattr(facts.dates(initiative), which, None)

    return value


def _written(key: str) -> Value:
    return lambda _, initiative: getattr(initiative, key) or None


def _side(facts: Facts, initiative: Initiative) -> Any:
    side = facts.plan.roadmap.portfolio_of(initiative)
    return None if side is None else (_place(side, LANES), side)


def _place(word: str, order: Iterable[str]) -> int:
    places = [*order]
    return places.index(word) if word in places else len(places)


def _conflicts(facts: Facts, initiative: Initiative) -> Any:
    """The worst first, and of as bad ones the most."""
    found = facts.conflicts(initiative)
    return (SEVERITIES.index(found[0].severity), -len(found)) if found else None


_VALUES: Mapping[str, Value] = {
    "title": lambda _, i: plain_letters(i.label),
    "id": lambda _, i: i.id,
    "kind": lambda _, i: i.effective_kind,
    "portfolio": _side,
    "group": _written("part_of"),
    "owner": lambda _, i: i.accountable,
    "status": lambda _, i: _place(i.status, get_args(Status)),
    "priority": lambda _, i: i.priority,
    "start": _dated("start"),
    "estimate": _dated("duration"),
    "duration": _dated("duration"),
    "finish": _dated("finish"),
    "deadline": _written("deadline"),
    "announced": _written("announced"),
    "float": _dated("total_float"),
    "free_float": _dated("free_float"),
    "progress": Facts.progress,
    "value": lambda _, i: sum(i.value.values()) if i.value else None,
    "cost": lambda _, i: cost(i) if i.cost is not None else None,
    "delay_cost": lambda facts, i: facts.delay_costs.get(i.id),
    "outcomes": _written("outcomes"),
    "journey": _written("journey"),
    "conflicts": _conflicts,
    "next": Facts.next_side,
}


def value_of(name: str) -> Value:
    """The value that a column sorts by."""
    return _VALUES[name]
