"""Each rule's example: it fires the rule, and each fix of it does what it says."""

from __future__ import annotations

import re
from pkgutil import iter_modules
from types import ModuleType

import pytest

import planner.conflicts.fixes as fixes_folder
import planner.conflicts.rules as rules_folder
from planner.conflicts.context import Context
from planner.conflicts.findings import Finding
from planner.conflicts.fixing import Fix, fixer_of, fixes, one_line
from planner.conflicts.registry import RULES, check
from planner.conflicts.trial import tried
from tests.conflicts.plans import ELSEWHERE, example, of_rule, plan, report

CODES = [code for code in RULES if code not in ELSEWHERE]


def told(code: str) -> tuple[Context, Finding]:
    """The plan of a rule's example, and its finding there."""
    context = plan(example(code))
    (one,) = of_rule(check(context).findings, code)
    return context, one


@pytest.mark.parametrize("code", CODES)
def test_an_example_fires_its_rule_once(code: str) -> None:
    _, finding = told(code)
    assert finding.rule == RULES[code].name
    assert finding.fingerprint.startswith(f"{code}:")


def test_the_example_of_two_files_fires_its_rule() -> None:
    """Their names stand in comments above them; with DATA03 and STALE01 it is test_history.py."""
    text = RULES["PLAN03"].example
    marketing, it = text.removeprefix("# marketing.toml\n").split("# it.toml\n")
    found = report("", marketing=marketing, it=it).findings
    assert [one.code for one in found if one.severity == "error"] == ["PLAN03"]


@pytest.mark.parametrize("code", CODES)
def test_a_way_out_of_an_example_clears_it_and_adds_no_error(code: str) -> None:
    context, finding = told(code)
    for fix in fixes(finding, context):
        assert says_what_it_does(context, finding, fix), fix.title


@pytest.mark.parametrize("code", CODES)
def test_a_fix_is_called_by_one_line_without_a_pronoun(code: str) -> None:
    context, finding = told(code)
    for fix in fixes(finding, context):
        assert len(fix.title) <= 100
        assert not re.search(r"\bit\b|\bthis\b|\bwhoever\b|\.$", fix.title), fix.title


def test_a_long_title_is_cut_to_one_line() -> None:
    assert one_line("a" * 100) == "a" * 100
    assert one_line("a" * 101) == "a" * 99 + "…"


def says_what_it_does(context: Context, finding: Finding, fix: Fix) -> bool:
    """Whether the finding is gone as the fix says, and no error is new."""
    known = {one.fingerprint for one in check(context).findings}
    after = check(tried(context, fix.edit)).findings
    new = [one for one in after if one.severity == "error" and one.fingerprint not in known]
    gone = finding.fingerprint not in {one.fingerprint for one in after}
    return gone == fix.clears and not new


def test_every_rule_has_ways_out_or_a_reason_why_not() -> None:
    for rule in RULES.values():
        assert (fixer_of(rule) is not None) != bool(rule.by_hand)


def test_a_rules_fixes_are_those_of_its_family() -> None:
    for rule in RULES.values():
        if rule.fixes:
            family = rule.find.__module__.rpartition(".")[-1]
            assert rule.fixes.partition(".")[0] == family
    assert families(fixes_folder) <= families(rules_folder)


def families(folder: ModuleType) -> set[str]:
    """The names of the modules in a folder."""
    return {module.name for module in iter_modules(folder.__path__)}


WITHOUT_TEAMS = {"PLAN06", "SKILL01", "OUT02", "OUT03"}
"""Rules whose fixes come from what else is in the roadmap, and the example has nothing else."""


@pytest.mark.parametrize(
    "code", sorted({code for code, rule in RULES.items() if rule.fixes} - WITHOUT_TEAMS - ELSEWHERE)
)
def test_an_example_has_a_way_out(code: str) -> None:
    context, finding = told(code)
    assert fixes(finding, context)


@pytest.mark.parametrize("code", CODES)
def test_a_rule_can_be_ignored_softened_and_waived(code: str) -> None:
    if code.startswith(("READ", "WAIVE")):
        return
    _, finding = told(code)
    ignored = example(code) + f'\n[checks]\nignore = ["{code}"]'
    assert not of_rule(report(ignored).findings, code)
    soft = _loud(code, example(code)) + f'\n[checks.severity]\n{RULES[code].name} = "info"'
    assert {one.severity for one in of_rule(report(soft).findings, code)} == {"info"}
    on = ", ".join(f'"{id}"' for id in finding.on or finding.root)
    waiver = f'\n[waivers.w]\nrule = "{code}"\non = [{on}]\nreason = "r"\nby = "b"\n'
    waived = of_rule(report(example(code) + waiver + "until = 2028-01-01").findings, code)
    assert [one.waived for one in waived] == [True]


def _loud(code: str, text: str) -> str:
    """A roadmap without the table in which its example switches on a rule that is off."""
    return text.replace(f'[checks.severity]\n{code} = "info"', "") if RULES[code].off else text


@pytest.mark.parametrize("code", CODES)
def test_without_its_subject_a_rule_is_silent(code: str) -> None:
    bare = '[initiatives.a]\nestimate = "1w"\n[initiatives.b]\nestimate = "1w"\nneeds = ["a"]'
    assert not [one for one in report(bare).findings if one.code == code]


@pytest.mark.parametrize("code", CODES)
def test_a_message_is_one_sentence_without_a_full_stop(code: str) -> None:
    _, finding = told(code)
    assert not re.search(r"\.$|\bNone\b|  ", finding.message)
