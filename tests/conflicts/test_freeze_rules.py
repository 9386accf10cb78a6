"""FREEZE01 and FREEZE03: releases inside a freeze, and just before one."""

from __future__ import annotations

from datetime import date

from tests.conflicts.plans import after, findings, message, messages, offered, plan, report, tells

FROZEN = """
[freezes.sale]
start = 2027-03-08
end = 2027-03-12
systems = ["cms"]
[systems.cms]
customer_facing = true
owner = "web-eng"
[teams.web-eng]
portfolio = "it"
[initiatives.site]
portfolio = "marketing"
owner = "web"
changes = ["cms", "crm"]
estimate = ["1w", "8d", "2w"]
"""


def test_a_change_that_finishes_inside_a_freeze_is_an_error() -> None:
    (one,) = findings(FROZEN, "FREEZE01")
    assert tells(one.message, "site finishes 10 Mar freeze sale cms 12 Mar")
    assert (one.on, one.through, one.fingerprint) == (
        ("site",),
        ("sale", "cms"),
        "FREEZE01:site:sale",
    )
    assert (one.next_side, one.next_team) == ("marketing", "web")


def test_finishing_the_day_before_or_after_is_no_release_in_it() -> None:
    for estimate in ("5d", "11d"):
        assert not findings(FROZEN.replace('"8d"', f'"{estimate}"'), "FREEZE01")


def test_exempt_work_and_other_systems_are_free() -> None:
    assert not findings(
        FROZEN.replace('["cms"]\n[sys', '["cms"]\nexempt = ["site"]\n[sys'), "FREEZE01"
    )
    assert not findings(FROZEN.replace('systems = ["cms"]', 'systems = ["erp"]'), "FREEZE01")


def test_a_freeze_of_everything_catches_every_change_but_no_other_work() -> None:
    everything = FROZEN.replace('systems = ["cms"]\n', "")
    assert "cms and crm" in messages(everything, "FREEZE01")[0]
    assert not findings(everything.replace('changes = ["cms", "crm"]\n', ""), "FREEZE01")


def test_freezes_are_silent_without_one() -> None:
    assert "freezes" in report('[initiatives.a]\nestimate = "1w"\nchanges = ["cms"]').silent


def test_finishing_before_being_exempt_or_finishing_after() -> None:
    context = plan(FROZEN)
    titles = list(offered(context, "FREEZE01"))
    assert titles == [
        "finish site after freeze sale, on 15 Mar",
        "shorten site to its optimistic estimate 1w",
        "exempt site from freeze sale",
    ]
    for title in titles:
        made = after(context, "FREEZE01", title)
        assert made.roadmap.initiatives["site"].estimate is not None
    assert offered(context, "FREEZE01")[titles[2]].needs_agreement == ("IT",)
    assert offered(context, "FREEZE01")[titles[0]].finish == date(2027, 3, 15)


EARLY = FROZEN.replace('["1w", "8d", "2w"]', '["1d", "3d", "1w"]')


def test_a_customer_facing_change_just_before_a_freeze_is_a_warning() -> None:
    assert tells(message(EARLY, "FREEZE03"), "site finishes 3 days before freeze sale 10")


def test_the_buffer_is_a_setting_of_its_rule() -> None:
    assert not findings(EARLY + "[checks]\nfreeze_buffer = 3\n", "FREEZE03")
    assert findings(EARLY + "[checks]\nfreeze_buffer = 4\n", "FREEZE03")


def test_a_system_that_customers_do_not_see_needs_no_buffer() -> None:
    assert not findings(EARLY.replace("customer_facing = true\n", ""), "FREEZE03")


def test_a_buffer_is_kept_by_finishing_earlier_or_by_exemption() -> None:
    context = plan(EARLY + "[checks]\nfreeze_buffer = 4\n")
    titles = list(offered(context, "FREEZE03"))
    assert titles[1:] == [
        "shorten site to its optimistic estimate 1d",
        "exempt site from freeze sale",
    ]
    for title in titles:
        after(context, "FREEZE03", title)
