"""Which work to drop so that sides stay under their budgets, by the outcome value that is lost.

Only work that has not started is dropped. It takes the value of each outcome with it that it
contributes to, itself or through open work that waits for it. What value is lost is decided first,
outcome by outcome: with so many outcomes given up, all work that takes no others can go. So every
choice of outcomes is looked at, and the first that saves enough and loses least is the least there
is; above `MOST_OUTCOMES` outcomes are given up one by one instead, and it is only the best found.
Each set is run through the whole plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations

from planner.conflicts.costs import costs
from planner.conflicts.option_edits import edit_of
from planner.conflicts.option_sets import must_agree_to
from planner.conflicts.path_options import Option
from planner.plan.impact import Consequence, compare
from planner.plan.model import Plan
from planner.roadmap.output import SCHEMA
from planner.roadmap.output_budget import BudgetLaunch, BudgetSet, BudgetShown, BudgetSide
from planner.text.commands import as_command

MOST_OUTCOMES = 12
"""So many outcomes are given up in every combination: 4,096 of them."""

Budgets = Mapping[str, float]
"""What each side may spend."""


def budget_shown(plan: Plan, budgets: Budgets) -> BudgetShown:
    """The sets of work to drop so that each side named stays under its budget."""
    search = _Search(plan, budgets)
    return BudgetShown(
        schema=SCHEMA,
        title=plan.roadmap.title,
        as_of=plan.as_of,
        currency=plan.roadmap.settings.currency,
        sides=tuple(
            BudgetSide(
                side=side,
                planned=search.planned[side],
                budget=most,
                over=search.over.get(side, 0.0),
            )
            for side, most in budgets.items()
        ),
        open={side: sum(one.get(side, 0.0) for one in search.saved.values()) for side in budgets},
        sets=tuple(search.sets()) if search.over else (),
        least=search.proven,
    )


class _Search:
    """Which work can be dropped, what that saves by side, and which outcomes it takes along."""

    def __init__(self, plan: Plan, budgets: Budgets) -> None:
        self.plan, self.context = plan, plan.context
        found = costs(plan.context)
        self.planned = {side: sum(found.get(side, {}).values()) for side in budgets}
        self.over = {
            side: self.planned[side] - most
            for side, most in budgets.items()
            if self.planned[side] > most
        }
        self.saved: dict[str, dict[str, float]] = {}
        for side in budgets:
            for id, amount in found.get(side, {}).items():
                if amount > 0 and self._can_go(id):
                    self.saved.setdefault(id, {})[side] = amount

    def _can_go(self, id: str) -> bool:
        initiative = self.plan.roadmap.initiatives[id]
        return initiative.status == "planned" and initiative.actual_start is None

    @cached_property
    def taken(self) -> dict[str, frozenset[str]]:
        """The outcomes with a value that each takes along."""
        outcomes = self.plan.roadmap.outcomes
        named = {
            one.id: {each for each in one.outcomes if each in outcomes and outcomes[each].value}
            for one in self.context.having("outcomes")
            if self.context.is_open(one.id)
        }
        return {
            id: frozenset().union(
                *(named.get(one, ()) for one in (id, *self.context.network.descendants(id)))
            )
            for id in self.saved
        }

    @property
    def valued(self) -> list[str]:
        """The outcomes that something takes along, the least valuable first."""
        return sorted(frozenset().union(*self.taken.values()), key=lambda id: (self._value(id), id))

    @property
    def proven(self) -> bool:
        """Whether every choice of outcomes is looked at."""
        return len(self.valued) <= MOST_OUTCOMES

    def _value(self, outcome: str) -> float:
        return float(self.plan.roadmap.outcomes[outcome].value or 0)

    def lost(self, ids: Iterable[str]) -> frozenset[str]:
        """The outcomes that work takes along."""
        return frozenset().union(*(self.taken[id] for id in ids))

    # --- sets -------------------------------------------------------------------------------------

    def sets(self) -> Iterator[BudgetSet]:
        """The set that loses least, then up to two that differ: no launch goes, the fewest go."""
        launches = self._launches()
        tried = (
            ("least value lost", self._least(self.saved)),
            ("no launch dropped", self._least({*self.saved} - launches)),
            ("fewest", self._fewest(self.saved)),
        )
        told: set[frozenset[str]] = set()
        for kind, ids in tried:
            if ids and ids not in told:
                told.add(ids)
                yield self._run(kind, ids)

    def _launches(self) -> set[str]:
        return {id for id in self.saved if self.plan.roadmap.initiatives[id].is_launch}

    def _least(self, pool: Collection[str]) -> frozenset[str]:
        """The work of a pool that saves enough and loses least; empty where all is not enough."""
        best: tuple[float, frozenset[str]] | None = None
        for given_up in self._choices():
            worth = sum(map(self._value, given_up))
            if best is not None and worth >= best[0]:
                continue
            free = [id for id in pool if self.taken[id] <= given_up]
            if self._enough(free):
                best = worth, self._fewest(free)
        return best[1] if best is not None else frozenset()

    def _choices(self) -> Iterator[frozenset[str]]:
        """The outcomes to give up: every choice, or where they are many one more each time."""
        valued = self.valued
        if self.proven:
            for number in range(len(valued) + 1):
                yield from map(frozenset, combinations(valued, number))
        else:
            yield from (frozenset(valued[:number]) for number in range(len(valued) + 1))

    def _fewest(self, pool: Iterable[str]) -> frozenset[str]:
        """As little of a pool as saves enough, what saves most first; then what is not needed."""
        kept: list[str] = []
        for id in sorted(pool, key=lambda id: (-self._useful(id), id)):
            if self._enough(kept):
                break
            kept.append(id)
        if not self._enough(kept):
            return frozenset()
        for id in reversed(kept.copy()):
            if self._enough([one for one in kept if one != id]):
                kept.remove(id)
        return frozenset(kept)

    def _useful(self, id: str) -> float:
        return sum(amount for side, amount in self.saved[id].items() if side in self.over)

    def _enough(self, ids: Collection[str]) -> bool:
        return all(
            sum(self.saved[id].get(side, 0.0) for id in ids) >= missing
            for side, missing in self.over.items()
        )

    # --- what a set does --------------------------------------------------------------------------

    def _run(self, kind: str, ids: frozenset[str]) -> BudgetSet:
        """A set with what the whole plan says of it."""
        options = [Option("drop", id) for id in self.plan.roadmap.initiatives if id in ids]
        edit = edit_of(self.context, options, {}, "drop " + ", ".join(one.id for one in options))
        after = self.plan.with_edit(edit)
        change = compare(self.plan, after, edit)
        left = costs(after.context)
        lost = self.lost(ids)
        return BudgetSet(
            kind=kind,
            drops=tuple(one.id for one in options),
            saves=sum(map(self._useful, ids)),
            planned={side: sum(left.get(side, {}).values()) for side in self.planned},
            value_lost=sum(map(self._value, lost)),
            outcomes=tuple(id for id in self.plan.roadmap.outcomes if id in lost),
            launches=tuple(_launches(change)),
            needs_agreement=must_agree_to(self.context, options),
            clears=len(change.changes.of("cleared")),
            new=len(change.changes.of("new")),
            command=as_command(edit, self.plan.reading.roadmap),
        )


def _launches(change: Consequence) -> Iterator[BudgetLaunch]:
    for one in change.launches_moved:
        yield BudgetLaunch(id=one.id, before=one.before, after=one.after, days=one.days)
    for gone in change.launches_left:
        yield BudgetLaunch(id=gone.id, before=gone.before, after=None, days=None)
