"""Every fault of the corpus is found by its rule, and no near miss is.

`WAITING` lists those that are not told yet, or that fire; a case that is told has to leave it.
"""

from __future__ import annotations

from functools import cache

import pytest

from planner.conflicts.findings import Finding
from planner.conflicts.registry import RULES
from tests.conflicts.planted import base, cases, found, names, new, told

CASES = cases()
WAITING: frozenset[str] = frozenset(())


@cache
def told_of(name: str) -> list[Finding]:
    """A plan's new findings, also of a rule that is off until the case asks for it."""
    case = CASES[name]
    about = case.code or case.silent
    off = about in RULES and RULES[about].off
    return new(case.base, case.edits, *([about] if off else []))


def right(name: str) -> bool:
    """Whether the plan's new findings are those that the case asks for."""
    case, findings = CASES[name], told_of(name)
    if case.silent:
        return all(case.silent not in told(one) for one in findings)
    hits = [one for one in findings if case.code in told(one)]
    return any(
        case.severity in ("", one.severity) and all(names(one, id) for id in case.ids)
        for one in hits
    )


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_fault_is_found_and_a_near_miss_is_not(name: str) -> None:
    assert right(name) == (name not in WAITING)


@pytest.mark.parametrize("name", ["bank", "retail", "university"])
def test_the_clean_plans_are_clean(name: str) -> None:
    assert not found(base(name))


def test_a_fault_brings_hardly_any_finding_beside_its_own() -> None:
    faults = [name for name, case in CASES.items() if case.code]
    beside = [
        (name, one.fingerprint)
        for name in faults
        for one in told_of(name)
        if CASES[name].code not in told(one)
    ]
    assert len(beside) <= len(faults) / 10
