"""A fix that is made by itself does no harm: of each rule's example, and of each planted fault.

The first fix of each finding, where no person has to choose it, is held against the plan: the
finding is gone, there is no other error and none is larger, nothing that somebody said is lost, and
no launch is later. What is only listed never stands before what may be made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.conflicts.findings import Finding
from planner.conflicts.fix_choice import SAID, undecided
from planner.conflicts.fixing import rank
from planner.conflicts.registry import RULES
from planner.conflicts.slips import SLIPS
from planner.plan.model import Plan
from planner.plan.offers import PLANNED, Offer, all_offers
from planner.roadmap.entities import SINGLES
from planner.session.session import Session
from planner.text.edits import Edit
from tests.conflicts.losses import lost
from tests.conflicts.plans import ELSEWHERE, MONDAY
from tests.conflicts.planted import AS_OF, Files, base, cases, planted

EXAMPLES = {
    code: rule.example for code, rule in RULES.items() if rule.fixes and code not in ELSEWHERE
}
FAULTS = {name: case for name, case in cases().items() if case.code and not RULES[case.code].off}

MADE = {
    "changed-while-retired": "SYS03:legacy-search-off:legacy-search",
    "link-date06-finish": "DATE06:youth-account:mobile-cards",
    "lost-until-another-comes": "SYS07:legacy-early-off:legacy-search",
    "new-changes-planned": "SYS02:search",
    "new-decision-no-owner": "DEC02:points-value",
    "prom01-late": "PROM01:youth-campaign",
}
"""Faults of which one fix is made by itself, so that the test below holds something."""


def opened(folder: Path, files: Files, as_of: date) -> Plan:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder if len(files) > 1 else folder / next(iter(files))
    return Session.open(path, as_of).plan


def told(plan: Plan) -> list[Finding]:
    """The findings as they are shown, then what each has taken in."""
    shown = [one for one in plan.findings if not one.waived]
    return [*shown, *(part for one in shown for part in one.parts if part != one)]


def made(offers: tuple[Offer, ...]) -> Offer | None:
    """The fix that is made by itself."""
    if undecided([one.fix for one in offers]) or offers[0].only_listed:
        return None
    return offers[0]


def harm(plan: Plan, finding: Finding, edit: Edit) -> Iterator[str]:
    """What the plan is worse by once a fix is made."""
    after = plan.with_edit(edit)
    old = {one.fingerprint: one for one in plan.report.each}
    for one in after.report.each:
        before = old.get(one.fingerprint)
        if one.fingerprint == finding.fingerprint and not one.waived:
            yield f"still there: {one.message}"
        if one.severity == "error" and (before is None or before.severity != "error"):
            yield f"new: {one.message}"
        if one.severity == "error" and before is not None and before.size and one.size:
            yield from [f"more: {one.message}"] * (one.size.amount > before.size.amount)
    yield from lost(plain(plan), plain(after), finding.code)
    for id in plan.schedule.launches:
        dates, then = plan.schedule.get(id), after.schedule.get(id)
        if dates is not None and (then is None or then.finish > dates.finish):
            yield f"later: {id}"


def plain(plan: Plan) -> dict[str, Mapping[str, Any]]:
    """The tables as they are written, without what is none."""
    found = {
        kind: {id: table for id, table in tables.items() if isinstance(table, Mapping)}
        for kind, tables in plan.tables.items()
    }
    return {**found, **{kind: found[kind].get("", {}) for kind in SINGLES if kind in found}}


def check_all(plan: Plan, known: frozenset[str]) -> set[str]:
    """Hold each new finding's fixes against the plan; which findings have one that is made."""
    found = set()
    for finding in told(plan):
        if finding.fingerprint in known:
            continue
        offers = all_offers(plan, finding).found
        ranks = [rank(one.fix) for one in offers]
        assert ranks == sorted(ranks), finding.message
        fix = made(offers)
        if fix is not None:
            assert not [*harm(plan, finding, fix.fix.edit)], (finding.message, fix.fix.title)
            found.add(finding.fingerprint)
        for one in offers:
            fact = one.fix.choice == SAID and finding.code not in PLANNED
            kept = not fact and finding.code not in SLIPS
            bad = [*harm(plan, finding, one.fix.edit)] if kept else []
            errors = [each for each in bad if each.startswith(("new:", "more:"))]
            assert not errors, (finding.message, one.fix.title)
            if one.fix.clears:
                assert not any(each.startswith("still") for each in bad), one.fix.title
    return found


@pytest.mark.parametrize("code", EXAMPLES)
def test_no_fix_of_a_rules_example_does_harm(tmp_path: Path, code: str) -> None:
    check_all(opened(tmp_path, {"plan.toml": EXAMPLES[code]}, MONDAY), frozenset())


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", FAULTS)
def test_no_fix_of_a_planted_fault_does_harm(tmp_path: Path, name: str) -> None:
    case = FAULTS[name]
    (clean := tmp_path / "clean").mkdir()
    known = frozenset(one.fingerprint for one in told(opened(clean, base(case.base), AS_OF)))
    found = check_all(opened(tmp_path, planted(case.base, case.edits), AS_OF), known)
    assert MADE.get(name) in {*found, None}


def test_there_are_a_hundred_faults() -> None:
    assert len(FAULTS) >= 100
    assert MADE.keys() <= FAULTS.keys()
