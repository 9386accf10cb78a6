"""What a person is asked about a finding, and what stands in the field already."""

from __future__ import annotations

from planner.conflicts.registry import run_rule
from planner.entry.questions import question
from tests.query.plans import plan

TWO_LINKS = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-22
[initiatives.other]
portfolio = "marketing"
estimate = "1w"
needs = [{ on = "api", delivers = "something" }]
[initiatives.api]
portfolio = "it"
estimate = "2w"
[initiatives.push]
portfolio = "marketing"
estimate = "4w"
needs = ["api SS+5d", "other", "api FF+5d"]
"""


def test_what_two_links_of_a_pair_deliver_is_asked_once() -> None:
    made = plan(TWO_LINKS)
    (finding,) = run_rule(made.context, "LINK03")
    asked = question(finding, made)
    assert asked is not None
    assert asked.text == "api SS+5d; delivers \nother\napi FF+5d"
