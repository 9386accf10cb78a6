"""What goes wrong only with work that is no more than proposed is a warning."""

from __future__ import annotations

import re

import pytest

from planner.conflicts.findings import Finding
from planner.conflicts.headline import headline
from planner.conflicts.ideas import CODES
from planner.conflicts.registry import check
from tests.conflicts.plans import example, findings, plan

LAUNCH = """
[initiatives.site]
estimate = "2w"
[initiatives.referral]
status = "proposed"
estimate = "{}"
[initiatives.launch]
estimate = "1w"
needs = ["site", "referral"]
deadline = 2027-03-19
"""
"""Two weeks of planned work and one of launch end on 19 March."""


def the(text: str, code: str) -> Finding:
    (one,) = findings(text, code)
    return one


def test_a_deadline_that_only_an_idea_makes_late() -> None:
    late = the(LAUNCH.format("3w"), "DATE01")
    assert (late.severity, late.data["days"], late.data["only_proposed"]) == ("warning", 5, True)
    assert not findings(LAUNCH.format("2w"), "DATE01")


def test_a_deadline_that_is_missed_anyway_is_an_error() -> None:
    text = LAUNCH.format("3w").replace('"2w"', '"11d"')
    late = the(text, "DATE01")
    assert (late.severity, late.data["days"]) == ("error", 5)
    assert "only_proposed" not in late.data


def test_what_is_planned_makes_an_error_again() -> None:
    planned = LAUNCH.format("3w").replace("proposed", "planned")
    assert the(planned, "DATE01").severity == "error"


def test_an_ideas_own_deadline_is_a_warning() -> None:
    text = '[initiatives.a]\nestimate = "3d"\n[initiatives.idea]\nstatus = "proposed"\n'
    text += 'estimate = "2w"\ndeadline = 2027-03-05\n'
    assert the(text, "DATE01").severity == "warning"


def test_of_deadlines_told_as_one_none_is_softened_while_one_stays_missed() -> None:
    """site is late only behind the idea; launch, told with it, is late without it too."""
    text = (
        LAUNCH.format("3w")
        .replace("2027-03-19", "2027-03-25")
        .replace(
            "[initiatives.site]", '[initiatives.site]\nneeds = ["referral"]\ndeadline = 2027-03-12'
        )
    )
    late = the(text, "DATE01")
    assert (set(late.on), late.severity) == ({"site", "launch"}, "warning")
    held = the(text + "start_no_earlier_than = 2027-03-22\n", "DATE01")
    assert (set(held.on), held.severity) == ({"site", "launch"}, "error")


def test_what_is_a_warning_without_ideas_is_one_with_them() -> None:
    """The announced day rests on a hand-over that is not agreed, and an idea makes it late."""
    text = example("PROM01", ('["range"]', '["range", "idea FF"]'))
    text += '\n[initiatives.idea]\nestimate = "{}"\nstatus = "{}"\n'
    assert "only_proposed" not in the(text.format("2w", "proposed"), "PROM01").data
    assert the(text.format("30w", "planned"), "PROM01").severity == "error"
    behind = the(text.format("30w", "proposed"), "PROM01")
    assert (behind.severity, behind.data["only_proposed"]) == ("warning", True)


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_of_the_rules_softens_what_is_only_proposed(code: str) -> None:
    planned = example(code)
    assert "only_proposed" not in the(planned, code).data
    ideas = re.sub(r"^(\[initiatives\..*\])$", r'\1\nstatus = "proposed"', planned, flags=re.M)
    found = the(ideas, code)
    assert (found.severity, found.data["only_proposed"]) == ("warning", True)


def test_no_second_schedule_without_ideas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.conflicts.ideas.compute", None)
    assert the(LAUNCH.format("3w").replace("proposed", "planned"), "DATE01").severity == "error"
    assert not [one for one in findings(LAUNCH.format("1w")) if one.code in CODES]


def test_the_headline_says_so_too() -> None:
    context = plan(LAUNCH.format("3w"))
    (late,) = (one for one in check(context).findings if one.code == "DATE01")
    plain = plan(LAUNCH.format("3w").replace("proposed", "planned"))
    (other,) = (one for one in check(plain).findings if one.code == "DATE01")
    assert headline(late, context) != headline(other, plain)


def test_a_severity_that_somebody_set_stands() -> None:
    text = LAUNCH.format("3w") + '[checks.severity]\nDATE01 = "info"\n'
    assert the(text, "DATE01").severity == "info"
