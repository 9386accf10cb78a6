"""What is missing is reported where three others, or a third of them, have it; not before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from planner.conflicts.registry import RULES
from tests.conflicts.plans import findings, report

SIDES = '[teams.web]\nportfolio = "marketing"\n[teams.eng]\nportfolio = "it"\n'
WORK = "[initiatives.{}{}]\n{}\n"


def work(says: str, name: str, number: int) -> str:
    """So many initiatives that say something."""
    return "".join(WORK.format(name, each, says) for each in range(number))


def owned(says: int, silent: int) -> str:
    return work('owner = "web"', "with", says) + work('estimate = "1w"', "bare", silent)


def grouped(says: int, silent: int) -> str:
    return work('part_of = "shop"', "with", says) + work('estimate = "1w"', "bare", silent)


def for_outcomes(says: int, silent: int) -> str:
    return "[outcomes.sales]\n" + (
        work('outcomes = ["sales"]', "with", says) + work('kind = "campaign"', "bare", silent)
    )


def delivering(says: int, silent: int) -> str:
    side = 'portfolio = "marketing"\n'
    told = side + 'needs = [{ on = "api", delivers = "segments" }]'
    return (
        '[initiatives.api]\nportfolio = "it"\nestimate = "1w"\n'
        + work(told, "with", says)
        + work(side + 'needs = ["api"]', "bare", silent)
    )


def accepting(says: int, silent: int) -> str:
    done = 'status = "done"\nactual_start = 2027-01-04\nactual_finish = 2027-01-29'
    side = 'portfolio = "marketing"\n'
    told = side + 'needs = [{ on = "api", accepted = 2027-02-02 }]'
    return (
        f'[initiatives.api]\nportfolio = "it"\nestimate = "4w"\n{done}\n'
        + work(told, "with", says)
        + work(side + 'needs = ["api"]', "bare", silent)
    )


def reviewed(says: int, silent: int) -> str:
    touches = 'owner = "web"\nchanges = ["cms"]\n'
    return (
        f'{SIDES}[systems.cms]\nstatus = "live"\nowner = "eng"\n'
        + work(touches + "reviews = { eng = 2027-02-01 }", "with", says)
        + work(touches, "bare", silent)
    )


def skilled(says: int, silent: int) -> str:
    people = (f'[people.with{n}]\nteam = "web"\nskills = ["copy"]\n' for n in range(says))
    others = (f'[people.bare{n}]\nteam = "web"\n' for n in range(silent))
    asks = 'owner = "web"\nskills = ["attribution"]'
    return SIDES + "".join((*people, *others)) + work(asks, "asks", 1)


PLANS = {
    "OWN01": owned,
    "PLAN06": grouped,
    "OUT01": for_outcomes,
    "LINK03": delivering,
    "LINK05": accepting,
    "VIEW01": reviewed,
    "SKILL01": skilled,
}


def test_each_rule_about_what_is_missing_is_tried_here() -> None:
    missing = {code for code, rule in RULES.items() if rule.topic and rule.topic.missing}
    assert missing == PLANS.keys()


@pytest.mark.parametrize("code", PLANS)
@pytest.mark.parametrize(("says", "silent"), [(0, 3), (1, 3), (2, 7), (2, 20)])
def test_fewer_than_three_and_than_a_third_say_nothing_of_the_others(
    code: str, says: int, silent: int
) -> None:
    assert not findings(PLANS[code](says, silent), code)


@pytest.mark.parametrize("code", PLANS)
@pytest.mark.parametrize(("says", "silent"), [(1, 2), (1, 1), (2, 4), (3, 9), (3, 30)])
def test_from_three_or_a_third_on_the_others_are_reported(
    code: str, says: int, silent: int
) -> None:
    assert findings(PLANS[code](says, silent), code)


def inside_one_side() -> Iterator[str]:
    """Every key of a handover, written on a link that leads from one team of a side to another."""
    for key in ("asked", "agreed", "promised", "accepted", "counter", "delivers", "why"):
        value = {"counter": "{ promised = 2027-03-12 }", "delivers": '"x"', "why": '"x"'}
        yield f"{key} = {value.get(key, '2027-02-01')}"


@pytest.mark.parametrize("says", list(inside_one_side()))
def test_a_link_inside_one_side_starts_no_rule_about_handovers(says: str) -> None:
    text = (
        '[initiatives.api]\nportfolio = "it"\nestimate = "1w"\n'
        f'[initiatives.app]\nportfolio = "it"\nneeds = [{{ on = "api", {says} }}]\n'
        '[initiatives.site]\nportfolio = "marketing"\nneeds = ["api"]\n'
    )
    found = report(text).findings
    assert not [one for one in found if one.code.startswith("LINK") and "site" in one.on]


def test_asking_inside_one_side_lets_nobody_of_the_other_ask() -> None:
    asked = '[initiatives.own]\nportfolio = "it"\nneeds = [{ on = "api", asked = 2027-02-24 }]\n'
    text = (
        '[initiatives.api]\nportfolio = "it"\nowner = "eng"\nestimate = "1w"\n'
        '[initiatives.site]\nportfolio = "marketing"\nowner = "web"\nneeds = ["api"]\n'
        '[initiatives.more]\nportfolio = "marketing"\n'
        'needs = [{ on = "api", agreed = 2027-02-24 }]\n'
    )
    for one in (text, text + asked):
        (found,) = findings(one, "LINK01")
        assert (found.on, found.next_team) == (("site", "api"), "eng")
