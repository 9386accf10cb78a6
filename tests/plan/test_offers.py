"""Fixes tried on the whole plan: what is offered, in which order, and what is only listed."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

from planner.conflicts.findings import Finding
from planner.conflicts.fix_choice import HOPED
from planner.plan.model import Plan
from planner.plan.offers import all_offers, try_fixes
from planner.session.session import Session

BEFORE_THE_SALE = """
[freezes.sale]
start = 2027-03-22
end = 2027-04-09
systems = ["shop"]
[systems.shop]
customer_facing = true
[initiatives.site]
estimate = "2w"
changes = ["shop"]
{site}
[initiatives.other]
estimate = "30w"
"""
"""The site finishes on 12 March, 6 working days before the freeze; 10 are the least."""


def opened(folder: Path, text: str) -> Plan:
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return Session.open(path, date(2027, 3, 1)).plan


def the(plan: Plan, code: str) -> Finding:
    (one,) = (one for one in plan.findings if one.code == code)
    return one


def titles(plan: Plan, code: str) -> list[str]:
    return [one.fix.title for one in all_offers(plan, the(plan, code)).found]


AFTER = "finish site after freeze sale, on 12 Apr"


def test_what_makes_an_error_larger_is_not_offered(tmp_path: Path) -> None:
    """A deadline that is missed by 2 days would be missed by 27."""
    assert AFTER in titles(opened(tmp_path, BEFORE_THE_SALE.format(site="")), "FREEZE03")
    late = opened(tmp_path, BEFORE_THE_SALE.format(site="deadline = 2027-03-10"))
    assert the(late, "DATE01").severity == "error"
    assert AFTER not in titles(late, "FREEZE03")


def test_what_brings_an_error_is_not_offered(tmp_path: Path) -> None:
    due = opened(tmp_path, BEFORE_THE_SALE.format(site="deadline = 2027-03-19"))
    assert titles(due, "FREEZE03") == ["exempt site from freeze sale"]


SLIP = """
[initiatives.consent]
estimate = "4w"
[initiatives.push]
estimate = "1w"
needs = ["consentt"]
deadline = 2027-03-12
"""


def test_what_puts_a_slip_right_is_offered_whatever_it_shows(tmp_path: Path) -> None:
    found = all_offers(slip := opened(tmp_path, SLIP), the(slip, "PLAN02")).found
    assert found[0].fix.title == "write consent instead of consentt"
    assert found[0].only_listed == "it brings a new error, or makes one larger"


RESTING = """
[systems.cms]
[initiatives.api]
estimate = ["2w", "4w", "6w"]
status = "active"
actual_start = 2027-02-22
remaining = "4w"
[initiatives.launch]
kind = "campaign"
estimate = "1w"
needs = ["api"]
deadline = 2027-03-26
changes = ["cms"]
"""
FROZEN = """
[freezes.sale]
start = 2027-03-08
end = 2027-03-26
systems = ["cms"]
"""


def test_what_is_hoped_of_the_rest_is_no_fact(tmp_path: Path) -> None:
    """To shorten what remains is a plan, though `remaining` says how far work is."""
    free = opened(tmp_path, RESTING)
    found = all_offers(free, the(free, "DATE01")).found
    (rest,) = (one for one in found if "rest" in one.fix.title)
    assert rest.fix.choice == HOPED
    frozen = opened(tmp_path, RESTING + FROZEN)
    assert rest.fix.title not in titles(frozen, "DATE01")


def test_a_fact_is_offered_whatever_it_shows(tmp_path: Path) -> None:
    done = '[initiatives.a]\nestimate = "4w"\nstatus = "done"\ndeadline = 2027-03-12\n'
    assert "a: still active" in titles(opened(tmp_path, done), "DATE04")


TWO_PROVIDERS = """
[data.profile]
classification = "personal"
[systems.big]
status = "planned"
capabilities = ["consent"]
[systems.small]
status = "planned"
capabilities = ["consent"]
[initiatives.big-rollout]
estimate = "9w"
introduces = ["big"]
[initiatives.small-rollout]
estimate = "1w"
introduces = ["small"]
[initiatives.mailing]
kind = "campaign"
estimate = "1w"
activates = ["profile"]
start_no_earlier_than = 2027-03-08
"""


def test_what_makes_a_launch_later_comes_after_what_does_not(tmp_path: Path) -> None:
    plan = opened(tmp_path, TWO_PROVIDERS)
    ready = [one for one in all_offers(plan, the(plan, "DATA01")).found if not one.fix.choice]
    assert [(one.fix.title, one.harm) for one in ready] == [
        ("start mailing after small-rollout", ""),
        ("start mailing after big-rollout", "mailing would be 40 working days later"),
    ]


def test_what_is_read_already_does_not_move(tmp_path: Path) -> None:
    plan = opened(tmp_path, TWO_PROVIDERS)
    shown = [offers.found for offers in try_fixes(plan, the(plan, "DATA01"))]
    assert all(later[: len(before)] == before for before, later in pairwise(shown))
