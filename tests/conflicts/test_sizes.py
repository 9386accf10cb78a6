"""How large a finding is, so that an edit can tell what it makes worse, with both figures."""

from __future__ import annotations

import pytest

from planner.conflicts.findings import Finding
from planner.conflicts.registry import RULES
from tests.conflicts.plans import ELSEWHERE, example, findings

PLAIN = {
    "READ01", "READ02", "PLAN02", "PLAN03", "PLAN04", "PLAN05", "PLAN06", "PLAN07", "PLAN08",
    "DATE04", "DATE05", "STD01", "STD03", "DATA04", "OWN01", "LINK03", "OUT01", "OUT03",
    "OUT05", "EST01", "GAP01", "TERM01", "WAIVE01", "WAIVE02", *ELSEWHERE,
}  # fmt: skip
"""Rules that are a matter of yes or no, or of how many ids a finding is on; some need a repository,
and OUT05 here has no reading."""


@pytest.mark.parametrize("code", sorted(RULES.keys() - PLAIN))
def test_a_finding_has_a_size_with_a_figure(code: str) -> None:
    (one,) = findings(example(code), code)
    assert one.size is not None
    assert one.size.amount
    assert one.size.figure


def sized(text: str, code: str) -> Finding:
    (one,) = findings(text, code)
    assert one.size is not None
    return one


LATE = '[initiatives.peak]\nestimate = "{}"\ndeadline = 2027-03-05\n'
BUDGET = """
[roadmap]
currency = "EUR"
[portfolios.it]
budget = {}
[initiatives.api]
portfolio = "it"
cost = 1020000
"""
READ = """
[outcomes.sales]
kpi = "sales"
baseline = 10
target = 50
by = 2027-02-01
readings = {{ 2027-01-15 = {} }}
[initiatives.web]
outcomes = ["sales"]
"""
BUFFER = """
[freezes.sale]
start = 2027-04-05
end = 2027-04-09
systems = ["cms"]
[systems.cms]
customer_facing = true
[initiatives.site]
estimate = "{}"
changes = ["cms"]
"""


@pytest.mark.parametrize(
    ("code", "text", "smaller", "larger", "told"),
    [
        ("DATE01", LATE, "8d", "2w", "5 working days late, was 3"),
        ("COST01", BUDGET, "980000", "880000", "€140,000 over budget, was €40,000"),
        ("OUT05", READ, "40", "15.5", "34.5 short of its target, was 10"),
        ("FREEZE03", BUFFER, "18d", "22d", "4 working days before sale, was 8"),
    ],
)
def test_the_larger_one_is_the_worse_one(
    code: str, text: str, smaller: str, larger: str, told: str
) -> None:
    old, new = (sized(text.format(value), code).size for value in (smaller, larger))
    assert old is not None
    assert new is not None
    assert new.amount > old.amount
    assert new.since(old) == told


def test_what_is_told_with_it_has_its_own_size() -> None:
    text = LATE.format("2w") + '[initiatives.after]\nneeds = ["peak FF"]\ndeadline = 2027-03-10\n'
    (also,) = sized(text + 'estimate = "1d"\n', "DATE01").also
    assert also.root == ("after",)
    assert also.size is not None
    assert also.size.figure == "2 working days"
