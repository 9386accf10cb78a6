"""One finding for one fault: what is taken in keeps its code, its fingerprint and its waiver."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.conflicts.changes import Changes, Parts
from planner.conflicts.findings import Finding
from planner.conflicts.fixing import fixes
from planner.conflicts.registry import check
from planner.entry.waiving import waived
from planner.session.session import Session
from tests.conflicts.plans import MONDAY, findings, plan, report
from tests.conflicts.planted import Replacement, new

LAUNCH = """
[portfolios.it]
[portfolios.marketing]
[initiatives.api]
portfolio = "it"
estimate = "4w"
[initiatives.launch]
portfolio = "marketing"
estimate = "1w"
needs = [{ on = "api", asked = 2027-02-01 }]
announced = 2027-03-26
deadline = 2027-03-26
finish_no_later_than = 2027-03-26
"""
PLANNED = """
[systems.search]
status = "planned"
[initiatives.platform]
portfolio = "it"
estimate = "4w"
introduces = ["search"]
[initiatives.theme]
portfolio = "marketing"
estimate = "2w"
changes = ["search"]
"""
HANDOVERS = """
[portfolios.it]
[portfolios.marketing]
[initiatives.sso]
portfolio = "it"
estimate = "4w"
[initiatives.one]
portfolio = "it"
estimate = "1w"
needs = ["sso"]
[initiatives.two]
portfolio = "it"
estimate = "2w"
needs = ["sso"]
[initiatives.here]
portfolio = "marketing"
estimate = "1w"
needs = [{ on = "one", promised = 2027-03-26, agreed = 2027-02-01, delivers = "x" }]
[initiatives.there]
portfolio = "marketing"
estimate = "1w"
needs = [{ on = "two", promised = 2027-03-26, agreed = 2027-02-01, delivers = "x" }]
"""
LAUNCHES = """
[initiatives.sso]
estimate = "4w"
owner = "identity"
[initiatives.spring]
estimate = "1w"
kind = "campaign"
needs = ["sso"]
deadline = 2027-03-26
[initiatives.summer]
estimate = "2w"
kind = "campaign"
needs = ["sso"]
deadline = 2027-03-26
[teams.identity]
"""
WAIVER = """
[waivers.w]
rule = "{rule}"
on = {on}
reason = "r"
by = "b"
until = 2027-12-31
"""


STOPPED = """
[systems.search]
[initiatives.search-off]
portfolio = "it"
estimate = "2w"
retires = ["search"]
[initiatives.search-theme]
portfolio = "marketing"
estimate = "4w"
changes = ["search"]
"""
REASON = {"reason": "r", "by": "b", "until": date(2027, 12, 31)}


def codes(found: list[Finding]) -> list[str]:
    return [one.code for one in found if one.code.startswith(("DATE", "LINK", "PROM"))]


def parts(finding: Finding) -> list[str]:
    told: list[dict[str, str]] = finding.data["parts"]
    return [one["fingerprint"] for one in told]


def test_an_announced_launch_that_is_late_is_one_finding() -> None:
    found = findings(LAUNCH)
    assert codes(found) == ["DATE01"]
    assert set(parts(found[0])) == {
        "DATE01:launch",
        "DATE02:launch",
        "PROM01:launch",
        "LINK01:launch:api",
        "LINK04:api",
    }
    assert {"launch", "api"} <= set(found[0].on)


@pytest.mark.parametrize(
    ("rule", "on", "left"),
    [
        ("DATE01", '["launch"]', {"DATE01", "PROM01"}),
        ("PROM01", '["launch"]', {"DATE01", "PROM01", "LINK01"}),
        ("LINK01", '["launch", "api"]', {"DATE01", "LINK01", "LINK04"}),
    ],
)
def test_what_is_waived_is_not_taken_in_and_takes_nothing_in(
    rule: str, on: str, left: set[str]
) -> None:
    told = report(LAUNCH + WAIVER.format(rule=rule, on=on)).findings
    assert set(codes(list(told))) == left
    assert [one.code for one in told if one.waived] == [rule]
    assert not [one for one in told if one.code == "WAIVE02"]


def test_a_finding_has_the_worst_severity_of_its_parts() -> None:
    text = LAUNCH.replace("announced = 2027-03-26\n", "").replace("deadline = 2027-03-26\n", "")
    text = text.replace("finish_no_later_than = 2027-03-26", "")
    apart = text.replace("asked = 2027-02-01", "promised = 2027-04-30, needed_by = 2027-03-26")
    (one,) = (one for one in findings(apart) if one.code == "LINK01")
    assert {"LINK01:launch:api", "LINK02:launch:api"} <= set(parts(one))
    assert one.severity == "error"


def test_a_request_of_two_is_no_part_of_one_handover() -> None:
    text = LAUNCH + '[initiatives.app]\nneeds = [{ on = "api", asked = 2027-02-01 }]\n'
    assert "LINK04" in codes(findings(text))


def test_late_handovers_behind_one_driver_are_one() -> None:
    (one,) = (one for one in findings(HANDOVERS) if one.code == "DATE06")
    assert parts(one) == ["DATE06:there:two", "DATE06:here:one"]
    assert one.data["driver"] == one.id == "sso"
    assert one.fingerprint == parts(one)[0]
    assert {"here", "one", "there", "two"} <= set(one.on)
    assert one.data["days"] == 10


def test_what_waives_late_handovers_behind_one_driver_waives_all(tmp_path: Path) -> None:
    (tmp_path / "roadmap.toml").write_text(HANDOVERS, "utf-8")
    session = Session.open(tmp_path / "roadmap.toml", MONDAY)
    (one,) = (each for each in session.plan.findings if each.code == "DATE06")
    session.apply(waived(session.plan, one, REASON), label="waive")
    left = {each.fingerprint for each in session.plan.findings if not each.waived}
    assert left.isdisjoint(parts(one))
    assert "WAIVE02" not in {each.code for each in session.plan.findings}


def test_a_late_handover_alone_is_itself() -> None:
    text = HANDOVERS.replace("promised = 2027-03-26", "promised = 2027-06-25", 1)
    (one,) = (one for one in findings(text) if one.code == "DATE06")
    assert one.fingerprint == "DATE06:there:two"


def test_launches_that_are_late_behind_one_driver_are_one() -> None:
    (one,) = (one for one in findings(LAUNCHES) if one.code == "DATE01")
    assert parts(one) == ["DATE01:summer", "DATE01:spring"]
    assert (one.id, one.data["days"], one.who.team) == ("sso", 10, "identity")


def test_what_two_drivers_make_late_is_two() -> None:
    other = '[initiatives.cms]\nestimate = "4w"\n'
    text = LAUNCHES.replace('needs = ["sso"]', 'needs = ["cms"]', 1) + other
    assert codes(findings(text)) == ["DATE01", "DATE01"]


def test_a_waived_launch_is_not_behind_the_driver() -> None:
    text = LAUNCHES + WAIVER.format(rule="DATE01", on='["spring"]')
    told = {one.fingerprint: one.waived for one in report(text).findings if one.code == "DATE01"}
    assert told == {"DATE01:summer": False, "DATE01:spring": True}


def test_only_what_came_is_new_where_it_is_told_with_others() -> None:
    less = HANDOVERS.replace("promised = 2027-03-26", "promised = 2027-06-25", 1)
    before, after = (Parts(check(plan(text))) for text in (less, HANDOVERS))
    fresh = Changes(before, after).fresh
    assert [one.fingerprint for one in fresh if one.code == "DATE06"] == ["DATE06:here:one"]


def test_a_system_stopped_while_it_is_changed_is_one_with_the_overlap() -> None:
    (one,) = (one for one in findings(STOPPED) if one.code.startswith("SYS0"))
    assert parts(one) == ["SYS03:search-off:search", "SYS01:search-off:search-theme"]


def test_what_is_missing_in_many_places_lists_its_parts() -> None:
    owned = "".join(f'[initiatives.o{n}]\nowner = "crm"\n' for n in range(3))
    bare = "".join(f'[initiatives.i{n}]\nestimate = "1w"\n' for n in range(6))
    (one,) = findings(f"[teams.crm]\n{owned}{bare}", "OWN01")
    assert parts(one) == [f"OWN01:i{n}" for n in range(6)]


def test_a_system_changed_before_it_is_there_is_one_with_the_overlap() -> None:
    context = plan(PLANNED)
    found = check(context).findings
    (one,) = (one for one in found if one.code in ("SYS01", "SYS02"))
    assert parts(one) == ["SYS02:search", "SYS01:platform:theme"]
    assert one.severity == "error"
    assert "start theme after platform" in [fix.title for fix in fixes(one, context)]


LOGIN = 'needs = [{ on = "login-redesign", delivers = "new login pages", agreed = 2027-02-01 }]'
CARD = 'needs = [{ on = "mobile-cards", delivers = "card in the app", agreed = 2027-02-01 }]'
COUNTER = 'needed_by = 2027-06-11, counter = { by = "it", on = 2027-02-10, promised = 2027-06-18 }'
TOOL = "[initiatives.advisor-tool]\n"
PILOT = 'estimate = "8w"\nneeds = ["chatbot-review"]'


@pytest.mark.parametrize(
    ("old", "text", "together"),
    [
        (
            LOGIN,
            LOGIN.replace("agreed", f"{COUNTER}, agreed"),
            ["LINK02:onboarding-flow:login-redesign", "LINK06:onboarding-flow:login-redesign"],
        ),
        (
            CARD,
            CARD.replace("agreed = 2027-02-01", "agreed = 2028-02-01"),
            ["DATE05:youth-account", "LINK01:youth-account:mobile-cards"],
        ),
        (TOOL, TOOL + 'processes = ["leads"]\n', ["DATA04:lead-data", "DATA02:leads"]),
        (
            PILOT,
            'estimate = "4w"\nneeds = ["chatbot-review FF"]',
            ["STD01:chatbot", "VIEW03:chatbot-review"],
        ),
    ],
    ids=["a handover with other terms", "agreed in the future", "data not agreed", "a late review"],
)
def test_one_fault_of_the_bank_is_one_finding(old: str, text: str, together: list[str]) -> None:
    (one,) = new("bank", [Replacement(old=old, new=text)])
    assert parts(one) == together


def test_a_handover_is_not_part_of_a_day_to_come_of_another() -> None:
    late = Replacement(old=LOGIN, new=LOGIN.replace("agreed = 2027", "agreed = 2028"))
    plain = Replacement(old=CARD, new=CARD.replace(", agreed = 2027-02-01", ""))
    assert codes(new("bank", [late, plain])) == ["DATE05", "LINK01"]


def test_a_review_missed_before_the_end_is_told_beside_the_agreement() -> None:
    tracker = "[initiatives.brand-tracker]\n"
    edit = Replacement(old=tracker, new=tracker + 'processes = ["leads"]\n')
    told = {one.code: one.severity for one in new("bank", [edit])}
    assert told == {"DATA02": "error", "DATA04": "warning"}


def test_a_finding_with_parts_has_its_own_fixes_and_a_planned_review_comes_first() -> None:
    context = plan("""
        [systems.bot]
        standing = "unreviewed"
        [initiatives.check]
        kind = "review"
        estimate = "2w"
        uses = ["bot"]
        start_no_earlier_than = 2027-03-22
        [initiatives.pilot]
        estimate = "4w"
        introduces = ["bot"]
    """)
    (one,) = (one for one in check(context).findings if one.code == "STD01")
    assert parts(one) == ["STD01:bot", "VIEW03:check"]
    assert [fix.title for fix in fixes(one, context)] == [
        "start pilot after check",
        "add a review of bot (1w) before pilot",
    ]
