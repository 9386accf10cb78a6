"""A message with its code, and of a short file its place, fits into one line of 100 columns."""

from __future__ import annotations

import pytest

from planner.conflicts.findings import SEVERITY_MARKS, Finding
from planner.conflicts.registry import RULES, check
from planner.pages.canvas import cells
from tests.conflicts.plans import ELSEWHERE, example, plan
from tests.samples.samples import acme

COLUMNS = 100


def line(finding: Finding, where: str) -> str:
    """A finding as `check` prints it, up to who moves next."""
    return f"{where}: {SEVERITY_MARKS[finding.severity]} {finding.code} {finding.message}"


@pytest.mark.parametrize("code", [code for code in RULES if code not in ELSEWHERE])
def test_an_example_fits_into_one_line(code: str) -> None:
    for one in check(plan(example(code))).findings:
        if one.code == code:
            assert cells(line(one, "plan.toml:99")) <= COLUMNS, one.message


def test_each_conflict_of_the_sample_fits_into_one_line() -> None:
    lines = [line(one, "x") for one in acme().plan.report.findings]
    assert not [one for one in lines if cells(one) > COLUMNS]
