"""`[checks]` and `[waivers]`: what is not asked, how loudly, and what both sides accept for now."""

from __future__ import annotations

import pytest

from tests.conflicts.plans import after, findings, message, offered, plan, report, tells, the

LATE = """
[people.ana]
team = "crm"
[teams.crm]
portfolio = "marketing"
[initiatives.peak]
owner = "crm"
estimate = "2w"
deadline = 2027-03-05
"""
WAIVER = """
[waivers.late-peak]
rule = "DATE01"
on = ["peak"]
reason = "sales agreed to the 12th"
by = "ana"
until = 2027-03-31
"""


# --- [checks] ---


@pytest.mark.parametrize("name", ["DATE01", "date01", "deadline-missed", "DATE"])
def test_a_rule_is_ignored_by_code_name_or_family(name: str) -> None:
    assert not findings(LATE + f'[checks]\nignore = ["{name}"]\n')


def test_an_ignored_rule_is_not_said_to_be_silent() -> None:
    text = '[initiatives.a]\nestimate = "1w"\n[checks]\nignore = ["DATE01"]\n'
    assert "deadlines" not in report(text).silent


def test_a_severity_is_changed() -> None:
    (one,) = findings(LATE + '[checks.severity]\ndeadline-missed = "info"\n')
    assert (one.code, one.rule, one.severity) == ("DATE01", "deadline-missed", "info")


def test_off_is_as_ignored_and_one_rule_is_told_apart_from_its_family() -> None:
    assert not findings(LATE + '[checks.severity]\nDATE01 = "off"\n')
    (one,) = findings(LATE + '[checks.severity]\nDATE01 = "info"\nDATE = "off"\n')
    assert (one.code, one.severity) == ("DATE01", "info")


def test_an_unknown_setting_is_told_with_the_nearest() -> None:
    (one,) = findings(LATE + "[checks]\nhorizn = 30\n", "READ02")
    assert one.message == "[checks]: no rule has a setting `horizn`; the nearest is horizon"
    assert (one.kind, one.on, one.key, one.severity) == ("checks", (), ("horizn",), "info")


def test_the_nearest_setting_is_used_in_one_edit() -> None:
    context = plan(LATE + "[checks]\nhorizn = 30\n")
    made = after(context, "READ02", "write horizon instead of horizn")
    assert made.roadmap.checks.thresholds == {"horizon": 30}


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('ignore = ["DATE1"]', "`ignore` names DATE1, which is no rule; the nearest is DATE01"),
        ('severity = { owning = "info" }', "`severity` names owning, which is no rule"),
    ],
)
def test_an_unknown_rule_is_told(setting: str, said: str) -> None:
    assert message(LATE + f"[checks]\n{setting}\n", "READ02").startswith(f"[checks]: {said}")


def test_a_threshold_may_be_a_length() -> None:
    text = '[initiatives.a]\nestimate = "1w"\n[initiatives.b]\nneeds = ["a"]\n'
    assert findings(text + '[checks]\nhorizon = "1w"\n', "PLAN07")
    assert not findings(text + '[checks]\nhorizon = "4d"\n', "PLAN07")


@pytest.mark.parametrize("value", ['"ten"', "-1", "true", "2.5", "{ a = 1 }"])
def test_a_threshold_that_is_no_whole_number_leaves_the_default(value: str) -> None:
    text = LATE + f"[checks]\nfreeze_buffer = {value}\n"
    assert "freeze_buffer" in message(text, "READ01")
    assert findings(text, "DATE01")


def test_an_assumed_estimate_has_to_be_a_length() -> None:
    assert not findings(LATE + '[checks]\nassumed_estimate = "3w"\n', "READ01")
    assert "assumed_estimate" in message(LATE + '[checks]\nassumed_estimate = "3 wks"\n', "READ01")


# --- [waivers] ---


def test_a_waived_finding_is_marked_and_kept() -> None:
    (one,) = findings(LATE + WAIVER)
    assert (one.waived, one.waiver) == (True, "late-peak")


def test_a_waiver_may_name_its_rule_and_lasts_to_the_end_of_its_day() -> None:
    text = LATE + WAIVER.replace("DATE01", "deadline-missed").replace("03-31", "03-01")
    (one,) = findings(text)
    assert one.waived


def test_a_waiver_of_other_work_or_of_another_rule_waives_nothing() -> None:
    for old, new in (('on = ["peak"]', 'on = ["other"]'), ("DATE01", "DATE02")):
        missed, unused = findings(LATE + WAIVER.replace(old, new))
        assert (missed.code, missed.waived) == ("DATE01", False)
        assert (unused.code, unused.severity) == ("WAIVE02", "info")


def test_a_waiver_that_has_ended_is_told_and_waives_nothing() -> None:
    text = LATE + WAIVER.replace("2027-03-31", "2027-02-26")
    missed, ended = findings(text)
    assert not missed.waived
    assert tells(ended.message, "waiver late-peak DATE01 ended 26 Feb counts again")
    assert (ended.next_side, ended.next_team) == ("marketing", "ana")
    assert (ended.kind, ended.key) == ("waivers", ("until",))


@pytest.mark.parametrize("leads", ["[portfolios.it]", '[teams.web]\nportfolio = "it"'])
def test_who_leads_a_side_or_a_team_of_it_is_on_it(leads: str) -> None:
    text = LATE + WAIVER.replace("2027-03-31", "2027-02-26").replace('"ana"', '"jon"')
    (ended,) = findings(f'{text}[people.jon]\n{leads}\nlead = "jon"\n', "WAIVE01")
    assert (ended.next_side, ended.next_team) == ("it", "jon")


def test_a_waiver_that_has_ended_lasts_longer_or_goes() -> None:
    context = plan(LATE + WAIVER.replace("2027-03-31", "2027-02-26"))
    assert list(offered(context, "WAIVE01")) == [
        "remove waiver late-peak",
        "extend waiver late-peak to 29 Mar (4 weeks)",
    ]
    for title in offered(context, "WAIVE01"):
        after(context, "WAIVE01", title)


def test_an_unused_waiver_goes() -> None:
    context = plan(LATE.replace("03-05", "03-31") + WAIVER)
    assert tells(the(context, "WAIVE02").message, "waiver late-peak DATE01 peak")
    after(context, "WAIVE02", "remove waiver late-peak")


@pytest.mark.parametrize("until", ["2027-03-31", "2027-02-26"])
@pytest.mark.parametrize("off", ['ignore = ["DATE"]', 'severity = { DATE01 = "off" }'])
def test_a_waiver_of_a_rule_that_is_switched_off_is_left_alone(until: str, off: str) -> None:
    text = LATE + WAIVER.replace("2027-03-31", until)
    assert not findings(f"{text}[checks]\n{off}\n")


@pytest.mark.parametrize(
    ("rule", "told"),
    [("STALE01", False), ("review-outdated", False), ("DATE02", True)],
)
def test_a_waiver_of_what_git_would_say_is_left_alone_without_git(rule: str, told: bool) -> None:
    text = LATE.replace("03-05", "03-31") + WAIVER.replace("DATE01", rule)
    assert [one.code for one in findings(text)] == ["WAIVE02"] * told
    ended = text.replace("2027-03-31\n", "2027-02-26\n")
    assert len(findings(ended, "WAIVE01")) == 1


@pytest.mark.parametrize("key", ["rule", "on", "reason", "by", "until"])
def test_a_waiver_that_lacks_something_waives_nothing(key: str) -> None:
    lines = [line for line in WAIVER.splitlines() if not line.startswith(f"{key} =")]
    missed, incomplete = findings(LATE + "\n".join(lines))
    assert not missed.waived
    assert (incomplete.code, incomplete.kind) == ("READ01", "waivers")
    assert tells(incomplete.message, f"waiver late-peak needs {key}")


def test_a_waiver_of_no_rule_is_told_with_the_nearest() -> None:
    text = LATE + WAIVER.replace("DATE01", "deadline-mised")
    assert tells(
        message(text, "READ01"),
        "waiver late-peak deadline-mised deadline-missed",
    )


def test_a_waiver_covers_a_pair_only_when_it_names_both() -> None:
    pair = """
    [initiatives.site]
    owner = "web"
    estimate = "1w"
    changes = ["cms"]
    [initiatives.connector]
    owner = "platform"
    estimate = "1w"
    changes = ["cms"]
    """
    both = WAIVER.replace("DATE01", "SYS01").replace('["peak"]', '["connector", "site"]')
    assert the(plan(pair + both), "SYS01").waived
    one = WAIVER.replace("DATE01", "SYS01").replace('["peak"]', '["site"]')
    assert not the(plan(pair + one), "SYS01").waived
    assert tells(message(pair + one, "WAIVE02"), "waiver late-peak SYS01 connector site")
    named = after(plan(pair + one), "WAIVE02", "extend waiver late-peak to connector and site")
    assert the(named, "SYS01").waived


def test_work_that_joins_a_finding_later_is_not_waived_with_it() -> None:
    tool = """
    [systems.ab-tool]
    standing = "unreviewed"
    [initiatives.testing]
    uses = ["ab-tool"]
    estimate = "1w"
    """
    waiver = WAIVER.replace("DATE01", "STD01").replace('["peak"]', '["testing"]')
    more = '[initiatives.pages]\nuses = ["ab-tool"]\nestimate = "1w"\n'
    assert the(plan(tool + waiver), "STD01").waived
    assert not the(plan(tool + waiver + more), "STD01").waived
    whole = waiver.replace('["testing"]', '["ab-tool"]')
    assert the(plan(tool + whole + more), "STD01").waived


def test_what_is_waived_is_not_counted_among_what_is_missing() -> None:
    owners = "".join(f'[initiatives.w{n}]\nestimate = "1w"\n' for n in range(6)) + (
        "".join(f'[initiatives.o{n}]\nowner = "crm"\nestimate = "1w"\n' for n in range(9))
    )
    assert findings(owners, "OWN01")[0].data["count"] == 6
    waived = WAIVER.replace("DATE01", "OWN01").replace('["peak"]', '["w0", "w3"]')
    told = findings(owners + waived, "OWN01")
    assert [one.on[0] for one in told if one.waived] == ["w0", "w3"]
    assert [one.on[0] for one in told if not one.waived] == ["w1", "w2", "w4", "w5"]
