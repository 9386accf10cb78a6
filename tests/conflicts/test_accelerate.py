"""Options that take money: what they cost, what they write, and that no cheaper set is missed."""

from __future__ import annotations

from datetime import date
from itertools import islice
from random import Random
from typing import Any

import pytest

from planner.conflicts.cheapest import Cheapest
from planner.conflicts.fix_choice import CUT, HOPED, PAID, changes, why_chosen
from planner.conflicts.option_edits import edit_of
from planner.conflicts.option_trials import trials_of
from planner.conflicts.path_options import Option
from planner.conflicts.path_options import price as price_of
from planner.conflicts.reach import Reach, reach
from planner.conflicts.trial import finish_of, tried
from planner.text.commands import as_command
from tests.conflicts import crashing, pricing
from tests.conflicts.plans import MONDAY, march, offered, plan
from tests.long import examples

SITE = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-01
[teams.web]
portfolio = "it"
[initiatives.site]
owner = "web"
estimate = {estimate}
cost = {cost}
accelerate = {{ to = "1w", cost = 1000 }}
{more}
"""
"""Ten days that could be five, at 200 a day; it finishes on Friday 12 March."""


def site(estimate: str = '"2w"', cost: str = "{ it = 5000 }", more: str = "") -> str:
    return SITE.format(estimate=estimate, cost=cost, more=more)


def asked(text: str, day: date, id: str = "site") -> Reach:
    return reach(plan(text), id, day)


def written(text: str, day: date) -> dict[str, Any]:
    """The table of the site once the best set is applied."""
    context = plan(text)
    best = reach(context, "site", day).best
    assert best is not None
    tables = tried(context, best.edit).tables
    assert tables is not None
    return dict(tables["initiatives"]["site"])


def test_a_day_costs_its_part_of_the_price() -> None:
    for day, price in ((11, 200), (10, 400), (5, 1000)):
        best = asked(site(), march(day)).best
        assert best is not None
        assert (best.price, best.finish, best.needs_agreement) == (price, march(day), ("IT",))
        assert (best.gives_up, best.loses) == (False, "nothing")
    assert asked(site(), march(4)).best is None


def test_what_is_bought_is_written_and_can_not_be_bought_again() -> None:
    table = written(site(), march(10))
    assert (table["estimate"], table["cost"]) == ("8d", {"it": 5400})
    assert table["accelerate"] == {"to": "1w", "cost": 600}
    table = written(site(), march(5))
    assert (table["estimate"], table["cost"]) == ("1w", {"it": 6000})
    assert "accelerate" not in table


def test_in_two_steps_it_costs_as_much_as_in_one() -> None:
    context = plan(site())
    first = reach(context, "site", march(9)).best
    assert first is not None
    after = tried(context, first.edit)
    second = reach(after, "site", march(5)).best
    assert second is not None
    assert first.price + second.price == 1000
    bought = tried(after, second.edit).tables
    assert bought is not None
    assert bought["initiatives"]["site"] == written(site(), march(5))


@pytest.mark.parametrize(
    ("cost", "after"),
    [
        ("5000", 5400),
        ("[4000, 5000, 9000]", [4400, 5400, 9400]),
        ("{ marketing = 100 }", {"marketing": 100, "it": 400}),
        ("{ it = [1, 2, 3], marketing = 5 }", {"it": [401, 402, 403], "marketing": 5}),
    ],
)
def test_the_price_comes_on_top_of_what_it_costs(cost: str, after: object) -> None:
    assert written(site(cost=cost), march(10))["cost"] == after


def test_without_a_cost_it_costs_the_price() -> None:
    text = site().replace("cost = { it = 5000 }", "")
    assert written(text, march(10))["cost"] == 400


def test_an_optimistic_estimate_is_never_longer_and_a_pessimistic_one_stays() -> None:
    text = site('["7d", "2w", "4w"]')
    assert written(text, march(10))["estimate"] == ["7d", "8d", "4w"]
    assert written(text, march(8))["estimate"] == ["6d", "6d", "4w"]


def test_money_comes_before_hope_and_no_money_is_another_kind() -> None:
    found = asked(site('["7d", "2w", "4w"]'), march(10))
    assert found.best is not None
    assert (found.best.price, found.best.loses) == (400, "nothing")
    (kind, other), *_ = found.others
    assert (kind, other.price, other.loses, other.days_optimistic) == (
        "no money",
        0,
        "certainty",
        3,
    )


def test_of_started_work_as_large_a_part_is_bought_of_what_remains() -> None:
    text = site('"4w"', more='actual_start = 2027-02-15\nremaining = "2w"')
    # 20 days could be 5, at 1000 / 15 a day; of the 10 that remain one goes for each two of these
    table = written(text, march(11))
    assert (table["estimate"], table["remaining"]) == ("18d", "9d")
    assert table["cost"] == {"it": 5133.33}
    assert table["accelerate"] == {"to": "1w", "cost": 866.67}


def test_a_part_that_is_complete_counts_for_as_much_as_before() -> None:
    text = site('"4w"', more="actual_start = 2027-02-15\npercent_complete = 50")
    best = asked(text, march(11)).best
    assert best is not None
    assert (best.finish, best.price) == (march(11), 133.33)


@pytest.mark.parametrize(
    "more", ['kind = "milestone"', "actual_finish = 2027-02-26", 'status = "dropped"']
)
def test_what_takes_no_time_any_more_is_not_accelerated(more: str) -> None:
    text = site('"0d"' if "milestone" in more else '"2w"', more=more)
    text += '[initiatives.launch]\nkind = "milestone"\nneeds = ["site"]\n'
    found = asked(text, date(2027, 2, 25), "launch")
    assert not [one for one in found.options if one.price]


def test_what_wins_nothing_in_any_set_is_not_offered() -> None:
    text = site() + (
        '[initiatives.long]\nestimate = "4w"\n'
        '[initiatives.launch]\nkind = "milestone"\nneeds = ["site", "long"]\n'
    )
    found = asked(text, march(19), "launch")
    assert found.best is None or found.best.gives_up
    assert not [one for one in found.options if one.price]


def test_two_sides_and_each_alone() -> None:
    text = site() + (
        '[teams.crm]\nportfolio = "marketing"\n'
        '[initiatives.mail]\nowner = "crm"\nestimate = "2w"\nneeds = ["site +1d"]\n'
        'accelerate = { to = "1w", cost = 1500 }\n'
    )
    found = asked(text, date(2027, 3, 24), "mail")  # 3 days: 600 at IT, 900 at marketing
    assert found.best is not None
    assert (found.best.price, found.best.needs_agreement) == (600, ("IT",))
    others = dict(found.others)
    assert (others["only Marketing"].price, others["only Marketing"].finish) == (
        900,
        date(2027, 3, 24),
    )


def test_the_command_of_a_set_says_all_of_it() -> None:
    context = plan(site())
    best = reach(context, "site", march(10)).best
    assert best is not None
    assert as_command(best.edit, context.roadmap) == (
        "planner set site estimate=8d cost.it=5400 accelerate.cost=600"
    )
    assert finish_of(tried(context, best.edit), "site") == march(10)


def test_a_person_chooses_what_takes_money_and_for_no_other_reason() -> None:
    text = site(more="deadline = 2027-03-10")
    context = plan(text)
    fixes = offered(context, "DATE01")
    paid = fixes["accelerate site to 8d"]
    assert (paid.price, paid.finish, paid.clears, paid.choice) == (400, march(10), True, PAID)
    free = plan(text.replace("cost = 1000", "cost = 0"))
    assert offered(free, "DATE01")["accelerate site to 8d"].choice == HOPED


@pytest.mark.parametrize("other", ["", "before", "then"])
def test_what_is_dropped_is_said_before_the_money(other: str) -> None:
    """In whatever order the tables stand."""
    context = plan(site() + (f'[initiatives.{other}]\nestimate = "2w"\n' if other else ""))
    options = [Option("accelerate", "site"), *([Option("drop", other)] if other else [])]
    why = why_chosen(changes(edit_of(context, options, {}), context), context)
    assert why == (CUT if other else PAID)


def test_cheapest_is_the_cheapest_of_everything_that_can_be_tried() -> None:
    """All whole days of each work, optimistic estimates and overlaps, on small random plans."""
    known = ((one, pricing.cheapest(one)) for one in pricing.small_plans())
    tried_out = ((one, true) for one, true in known if true is not None)
    for context, true in islice(tried_out, examples(12, 200)):
        assert list(pricing.wrong(context, true)) == []


def test_cheapest_is_what_a_linear_program_finds() -> None:
    """On plans too large to try everything: see `crashing.py`."""
    proven = seed = 0
    for seed in range(examples(12, 150)):
        works = crashing.drawn(Random(f"crash {seed}"))
        context = plan(crashing.as_toml(works))
        calendar = context.calendars.roadmap
        base = finish_of(context, "last")
        search = Cheapest(trials_of(context, "last"), free=False)
        (planned, nothing), *earlier = crashing.prices(works)
        assert (base, nothing) == (calendar.add(MONDAY, planned - 1), 0)
        for days, least in earlier:
            found = search.find(calendar.add(MONDAY, days - 1))
            if not search.ended:
                break  # it says so, and only calls it the best found
            assert found is not None
            assert price_of(context, found) == least, f"{seed}: {days} days"
        proven += search.ended
        assert search.find(calendar.add(MONDAY, [planned, *dict(earlier)][-1] - 2)) is None
    assert proven > 0.9 * seed
