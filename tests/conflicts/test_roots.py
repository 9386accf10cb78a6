"""Findings by what is behind them: one root for the head of a driving chain."""

from __future__ import annotations

from planner.conflicts.registry import check
from planner.conflicts.roots import Root, roots
from tests.conflicts.plans import plan

BEHIND = """
[portfolios.it]
[portfolios.marketing]
[initiatives.core]
portfolio = "it"
estimate = "8w"
status = "active"
actual_start = 2027-02-22
[initiatives.api]
portfolio = "it"
estimate = "4w"
needs = ["core SS+2w"]
[initiatives.spring]
portfolio = "marketing"
kind = "campaign"
estimate = "2w"
needs = ["api"]
announced = 2027-04-02
[initiatives.report]
portfolio = "marketing"
estimate = "1w"
needs = [{ on = "api", promised = 2027-03-26, agreed = 2027-02-01, delivers = "x" }]
deadline = 2027-04-02
[initiatives.other]
portfolio = "marketing"
estimate = "6w"
deadline = 2027-04-02
"""


def found(text: str) -> list[Root]:
    context = plan(text)
    return list(roots(context, check(context).findings))


def test_days_that_are_missed_behind_one_head_are_one_root() -> None:
    first, second = found(BEHIND)
    assert (first.id, first.first.code) == ("core", "PROM01")
    assert {one.fingerprint for one in first.findings} >= {
        "PROM01:spring", "DATE01:report", "DATE06:report:api",
    }  # fmt: skip
    assert [one.fingerprint for one in second.findings] == ["DATE01:other"]


def test_all_of_one_root_that_is_late_is_moved_by_one() -> None:
    first, _ = found(BEHIND.replace('estimate = "8w"', 'estimate = "8w"\nowner = "platform"'))
    late = {one.who for one in first.findings if one.code in ("PROM01", "DATE01", "DATE06")}
    assert len(late) == 1
