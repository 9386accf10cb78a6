"""Which work to drop for a budget: the least value lost, against a search of every subset."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain, combinations
from pathlib import Path
from random import Random

import pytest

from planner.analysis.budget import budget_shown
from planner.session.session import Session
from tests.cli.conftest import Run
from tests.long import examples

ACME = Path(__file__).parents[2] / "roadmaps" / "acme-2027"


class Planted:
    """A small plan: what each costs IT, what it contributes to, and what waits for it."""

    def __init__(self, seed: int) -> None:
        random = Random(seed)
        self.ids = [f"work-{letter}" for letter in "abcdefg"]
        self.cost = {id: random.choice([0, 10, 20, 30, 50]) * 1000 for id in self.ids}
        self.value = {f"kpi-{n}": random.choice([0, 5, 8, 20, 21]) * 1000 for n in "pqrs"}
        self.outcomes = {id: random.sample([*self.value], random.randint(0, 2)) for id in self.ids}
        self.needs = {
            id: random.sample(self.ids[:at], min(at, random.choice([0, 0, 1, 2])))
            for at, id in enumerate(self.ids)
        }
        self.active = {id for id in self.ids[:2] if random.random() < 0.4}
        self.total = sum(self.cost.values())
        self.budget = self.total * random.choice([0.9, 0.7, 0.5, 0.3])

    @property
    def text(self) -> str:
        lines = ["[portfolios.it]", "[teams.core]", 'portfolio = "it"']
        for id, value in self.value.items():
            lines += [f"[outcomes.{id}]", 'kpi = "visits"', f"value = {value}" if value else ""]
        for id in self.ids:
            started = 'status = "active"\nactual_start = 2027-03-01' if id in self.active else ""
            lines += [f"[initiatives.{id}]", 'owner = "core"', 'estimate = "5d"', started]
            lines += [
                f"cost = {self.cost[id]}",
                f"outcomes = {self.outcomes[id]}".replace("'", '"'),
            ]
            lines += [f"needs = {self.needs[id]}".replace("'", '"')]
        return "\n".join(lines)

    def lost(self, dropped: Iterable[str]) -> float:
        """The value of all that the work, or what waits for it, contributes to."""
        gone = {*dropped}
        for id in self.ids:  # what waits stands after what it waits for
            if gone & {*self.needs[id]}:
                gone.add(id)
        return sum(self.value[one] for one in {*chain(*(self.outcomes[id] for id in gone))})

    def least(self) -> float | None:
        """The least that any subset loses that saves enough; None where none does."""
        free = [id for id in self.ids if id not in self.active]
        every = chain.from_iterable(combinations(free, number) for number in range(len(free) + 1))
        enough = (one for one in every if self._spent(one) <= self.budget)
        return min(map(self.lost, enough), default=None)

    def _spent(self, dropped: Iterable[str]) -> float:
        return self.total - sum(self.cost[id] for id in dropped)


@pytest.mark.parametrize("seed", range(examples(25, 500)))
def test_no_subset_loses_less(tmp_path: Path, seed: int) -> None:
    planted = Planted(seed)
    file = tmp_path / "plan.toml"
    file.write_text(planted.text, encoding="utf-8")
    plan = Session.open(file, today=date(2027, 3, 8)).plan
    shown = budget_shown(plan, {"it": planted.budget})
    least = planted.least()
    assert (shown.sides[0].planned, shown.least) == (planted.total, True)
    if planted.total <= planted.budget or least is None:
        assert not shown.sets
        return
    assert shown.sets[0].value_lost == least
    for one in shown.sets:
        assert one.value_lost == planted.lost(one.drops)
        assert one.planned["it"] <= planted.budget
        assert not planted.active.intersection(one.drops)
        for each in one.drops:
            rest = {*one.drops} - {each}
            assert planted.total - sum(planted.cost[id] for id in rest) > planted.budget


def test_two_sides_at_once_and_the_launches_that_go() -> None:
    plan = Session.open(ACME, today=date(2027, 3, 22)).plan
    shown = budget_shown(plan, {"it": 700_000, "marketing": 900_000})
    first, second, _ = shown.sets
    assert [one.over for one in shown.sides] == [320_000, 45_000]
    assert first.planned == {"it": 700_000, "marketing": 805_000}
    assert [(one.id, one.after) for one in first.launches] == [("loyalty-relaunch", None)]
    assert second.kind == "no launch dropped"
    assert all(one.after is not None for one in second.launches)


def test_it_is_printed_and_nothing_is_written(run: Run, acme: str) -> None:
    before = {path.name: path.read_bytes() for path in Path(acme).glob("*.toml")}
    ran = run("reach", "--budget", "it=700k", "--roadmap", acme)
    assert "IT plans €1,020,000: €320,000 over a budget of €700,000" in ran.out
    assert "loyalty-relaunch 22 Jul −5d" in ran.out
    assert {path.name: path.read_bytes() for path in Path(acme).glob("*.toml")} == before
    commands = [line for line in ran.out.splitlines() if line.startswith("  planner ")]
    assert max(map(len, commands)) <= 100
    assert "more commands, for what waits for them: --json has all" in ran.out
    exact = run("reach", "--budget", "it=699_999.5", "--roadmap", acme).out
    assert "€320,000.50 over a budget of €699,999.50" in exact
    within = run("reach", "--budget", "it=2_000_000", "--roadmap", acme)
    assert within.out == "IT plans €1,020,000, within a budget of €2,000,000\n"
    little = run("reach", "--budget", "it=10", "--roadmap", acme)
    assert (
        "Not possible by dropping work that has not started: that is €636,000 of IT" in little.out
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--budget", "itt=1"), "the sides with costs are it and marketing"),
        (("--budget", "it"), "`it` is no budget"),
        (("--budget", "it=-3"), "`it=-3` is no budget"),
        (("--budget", "it=____"), "`it=____` is no budget"),
        (("--budget", "it=700.555"), "`it=700.555` is no amount of money"),
        (("--budget", "it=999999999m"), "`it=999999999m` is no amount of money"),
        (("--budget", "it=700k", "--budget", "it=1"), "`it` has two budgets"),
        (("--budget", "it=700k", "--curve"), "a budget has no curve"),
        (("--budget", "it=1", "peak-readiness"), "name an initiative, or a budget"),
        ((), "name an initiative, or a budget"),
    ],
)
def test_what_can_not_be_asked_says_why(
    run: Run, acme: str, words: tuple[str, ...], said: str
) -> None:
    ran = run("reach", *words, "--roadmap", acme)
    assert ran.code == 2
    assert said in ran.err
