"""The registry: what is said about each rule, and what holds for all findings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from planner.conflicts.context import Context
from planner.conflicts.findings import SEVERITIES, Finding
from planner.conflicts.fixing import fixes
from planner.conflicts.registry import RULES, check, run_rule
from planner.conflicts.rule import Limits, Rule
from planner.conflicts.trial import tried
from tests.conflicts.plans import findings, plan, report

ACME = Path(__file__).resolve().parents[2] / "roadmaps" / "acme-2027"
HERE = Path(__file__).parent


def acme() -> str:
    """The sample roadmap in one file."""
    return "\n".join(path.read_text("utf-8") for path in sorted(ACME.glob("*.toml")))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_a_rule_explains_itself(rule: Rule) -> None:
    texts = (
        rule.summary,
        rule.fires_when,
        rule.why_marketing,
        rule.why_it,
        *rule.fix_kinds,
        *(rule.by_hand,) * bool(rule.by_hand),
    )
    assert all(text and not text.endswith(".") for text in texts)
    assert rule.severity in SEVERITIES
    assert rule.name == rule.name.lower().replace(" ", "-")
    if rule.code != "PLAN03":  # its example is two files
        assert tomllib.loads(rule.example)


def test_codes_names_and_thresholds_are_unique() -> None:
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    defaults: dict[str, int] = {}
    for rule in RULES.values():
        for name, default in rule.thresholds.items():
            assert defaults.setdefault(name, default) == default


def test_a_rule_fills_what_it_says_once_into_what_its_function_finds() -> None:
    def find(_context: Context, _limits: Mapping[str, int]) -> Iterator[Finding]:
        yield Finding(on=("a",), message="as usual")
        yield Finding(on=("b",), message="worse here", severity="error")

    rule = replace(RULES["PLAN07"], find=find)
    found = [(one.code, one.rule, one.severity) for one in rule.findings(plan(""), {})]
    named = ("PLAN07", "assumed-estimate")
    assert found == [(*named, "warning"), (*named, "error")]


def test_each_rule_has_a_test() -> None:
    files = (
        *HERE.glob("test_*.py"),
        HERE / "faults" / "cases.toml",
        HERE.parent / "analysis" / "test_evidence.py",
    )
    tests = "".join(path.read_text("utf-8") for path in files)
    assert not [code for code in RULES if f'"{code}"' not in tests]


def test_ids_estimates_needs_and_deadlines_alone_give_no_false_finding() -> None:
    text = "\n".join(
        f'[initiatives.w{n}]\nestimate = "1w"\nneeds = {[f"w{n - 1}"] if n else []}'
        for n in range(6)
    )
    quiet = report(text + "\ndeadline = 2027-06-01")
    assert not quiet.findings
    topics = {rule.topic.name for rule in RULES.values() if rule.topic is not None}
    assert "capacity" in topics
    assert topics.difference(quiet.silent) == {"deadlines", "waivers"}


def test_what_is_started_or_not_is_one_question_however_many_others_there_are() -> None:
    def told(number: int) -> list[Finding]:
        started = "".join(f'[initiatives.s{n}]\nstatus = "active"\n' for n in range(number))
        others = "".join(f"[initiatives.o{n}]\n" for n in range(20))
        return findings(started + others, "DATE04")

    assert [one.on for one in told(2)] == [("s0",), ("s1",)]
    (question,) = told(3)
    assert question.on == ("s0", "s1", "s2")
    assert question.message.startswith("started, done or not? 3 of 23 initiatives: ")
    assert [part.fingerprint for part in question.parts] == ["DATE04:s0", "DATE04:s1", "DATE04:s2"]


def test_no_two_findings_are_the_same_one() -> None:
    found = findings(acme())
    assert len({one.fingerprint for one in found}) == len(found)


def test_the_same_plan_says_the_same_twice() -> None:
    assert findings(acme()) == findings(acme())


def test_a_fingerprint_has_no_dates_and_no_words() -> None:
    before = {one.fingerprint for one in findings(acme())}
    moved = acme().replace("2027-10-08", "2027-10-07").replace("Peak", "Autumn")
    assert {one.fingerprint for one in findings(moved)} == before


def test_every_finding_can_be_located() -> None:
    context = plan(acme())
    for one in check(context).findings:
        table = (context.tables or {})[one.kind][one.id]
        assert not one.key or one.key[0] in table, one.message


def test_text_from_a_file_is_only_ever_text() -> None:
    hostile = "%s {0} {finding} [red]"
    text = f"""
    [systems.cms]
    standing = "unreviewed"
    [portfolios.it]
    title = "{hostile}"
    [portfolios.marketing]
    title = "{hostile}"
    [initiatives.a]
    title = "{hostile}"
    portfolio = "it"
    estimate = "1w"
    [initiatives.b]
    title = "{hostile}"
    portfolio = "marketing"
    uses = ["cms"]
    needs = [{{ on = "a", asked = 2027-02-01 }}]
    deadline = 2027-03-02
    """
    assert hostile in findings(text, "LINK04")[0].message


def test_a_bad_value_is_told_and_the_rest_is_checked() -> None:
    late = '[initiatives.b]\nestimate = "2w"\ndeadline = 2027-03-01'
    text = f'[initiatives.a]\nestimate = "3 wks"\n{late}'
    assert [one.code for one in findings(text)] == ["DATE01", "READ01"]


def test_an_unknown_key_is_told_with_the_nearest() -> None:
    (one,) = findings('[initiatives.a]\nestimate = "3w"\npriorty = 2', "READ02")
    assert "priority" in one.message
    assert (one.severity, one.key) == ("info", ("priorty",))


def test_every_fix_of_the_sample_does_what_it_says() -> None:
    context = plan(acme())
    for finding in [one for one in check(context).findings if one.root != ("*",)]:
        for fix in fixes(finding, context):
            made = tried(context, fix.edit)
            left = {one.fingerprint for one in run_rule(made, finding.code)}
            assert (finding.fingerprint not in left) == fix.clears, (finding.message, fix.title)


def test_a_fix_of_one_of_many_clears_that_one() -> None:
    context = plan(acme())
    rolled = [one for one in check(context).findings if one.root == ("*",)]
    assert {one.code for one in rolled} >= {"VIEW01", "VIEW02"}
    for finding in rolled:
        before = len(run_rule(context, finding.code))
        for fix in fixes(finding, context):
            assert len(run_rule(tried(context, fix.edit), finding.code)) == before - 1, fix.title


def test_few_trials_still_find_a_way_out() -> None:
    context = plan(acme())
    late = next(one for one in check(context).findings if one.code == "DATE01")
    assert fixes(late, context, trials=4)
    assert len(fixes(late, context, trials=4)) < len(fixes(late, context))


def test_a_rule_that_fails_says_so_and_the_others_still_speak(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(_context: Context, _limits: Limits) -> Iterator[Finding]:
        raise KeyError("web-push")

    context = plan(acme())
    whole = {finding.code for finding in check(context).findings}
    monkeypatch.setitem(RULES, "SYS01", replace(RULES["SYS01"], find=fails))
    found = check(context).findings
    [failed] = [finding for finding in found if finding.code == "SYS01"]
    assert failed.severity == "error"
    assert "SYS01 could not be checked" in failed.message
    assert {finding.code for finding in found} == whole | {"WAIVE02"}
