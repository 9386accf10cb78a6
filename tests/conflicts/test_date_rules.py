"""DATE01, DATE02, DATE06: dates that people set, against those that follow."""

from __future__ import annotations

from datetime import date

import pytest

from planner.conflicts.headline import headline
from planner.conflicts.registry import check
from tests.conflicts.plans import after, findings, message, offered, plan, report, tells, the

LATE = """
[initiatives.sso]
title = "Customer identity and SSO"
portfolio = "it"
owner = "identity"
estimate = ["3w", "4w", "6w"]
[initiatives.journeys]
portfolio = "marketing"
owner = "crm"
estimate = "2w"
needs = ["sso"]
[initiatives.peak]
title = "Peak freeze readiness"
kind = "milestone"
portfolio = "joint"
needs = ["journeys"]
deadline = 2027-04-02
"""


def test_a_missed_deadline_names_the_days_and_the_chain() -> None:
    (one,) = findings(LATE, "DATE01")
    assert tells(one.message, "peak 5 days late 2 Apr sso")
    assert one.data["days"] == 5
    assert (one.on, one.key, one.fingerprint) == (("peak",), ("deadline",), "DATE01:peak")


def test_a_deadline_met_on_its_day_is_none() -> None:
    assert not findings(LATE.replace("04-02", "04-09"), "DATE01")


def test_done_work_has_missed_nothing() -> None:
    text = '[initiatives.a]\nstatus = "done"\nactual_finish = 2027-02-26\ndeadline = 2027-02-01'
    assert not findings(text, "DATE01")


def test_without_deadlines_they_are_not_checked_and_the_report_says_so() -> None:
    quiet = report('[initiatives.a]\nestimate = "1w"')
    assert not quiet.findings
    assert "deadlines" in quiet.silent
    assert quiet.silent[:2] == ("announcements", "budgets")


def test_the_headline_says_what_the_launch_waits_on() -> None:
    context = plan(LATE)
    line = headline(the(context, "DATE01"), context)
    assert tells(line, "Peak freeze readiness 5 days late IT's customer identity")


def test_the_headline_says_when_the_last_handover_was_agreed() -> None:
    context = plan(LATE.replace('["sso"]', '[{ on = "sso", agreed = 2027-02-09 }]'))
    assert headline(the(context, "DATE01"), context).endswith("customer identity (agreed 9 Feb)")


@pytest.mark.parametrize(
    ("link", "next_team"),
    [
        ('"sso"', "identity"),
        ('{ on = "sso", asked = 2027-02-09 }', "identity"),
        ('{ on = "sso", asked = 2027-02-09, declined = 2027-02-11 }', "crm"),
        ('{ on = "sso", agreed = 2027-02-09 }', "identity"),
    ],
)
def test_who_moves_next_on_a_late_launch(link: str, next_team: str) -> None:
    (one,) = findings(LATE.replace('"sso"', link), "DATE01")
    assert one.next_team == next_team


def test_what_was_never_asked_for_is_asked_for_where_others_are() -> None:
    asked = '[initiatives.app]\nneeds = [{ on = "sso", asked = 2027-02-26 }]\n'
    (one,) = findings(LATE + asked, "DATE01")
    assert one.next_team == "crm"


def test_one_chain_that_misses_two_deadlines_is_one_finding() -> None:
    text = LATE.replace('needs = ["sso"]', 'needs = ["sso"]\ndeadline = 2027-04-01')
    (one,) = findings(text, "DATE01")
    assert one.on == ("journeys", "peak")
    assert one.message.endswith("due to sso; also late: peak")


def test_a_deadline_missed_by_more_has_a_cause_of_its_own() -> None:
    text = LATE.replace('needs = ["sso"]', 'needs = ["sso"]\ndeadline = 2027-04-08')
    assert {one.fingerprint for one in findings(text, "DATE01")} == {
        "DATE01:journeys",
        "DATE01:peak",
    }


def test_the_first_fixes_of_a_missed_deadline_clear_it() -> None:
    context = plan(LATE)
    titles = list(offered(context, "DATE01"))
    assert titles[:2] == [
        "start journeys 5d before sso finishes (SS+15d)",
        "shorten sso to its optimistic estimate 3w",
    ]
    for title in titles[:2]:
        made = after(context, "DATE01", title)
        assert made.schedule.finish == date(2027, 4, 2)
    fix = offered(context, "DATE01")[titles[1]]
    assert (fix.wins, fix.finish, fix.needs_agreement) == (5, date(2027, 4, 2), ("IT",))


def test_a_year_other_than_this_one_is_named() -> None:
    text = '[initiatives.a]\nestimate = "221d"\ndeadline = 2027-12-31'
    assert tells(message(text, "DATE01"), "1 day late 31 Dec own")


PINNED = """
[initiatives.profile-api]
portfolio = "it"
estimate = ["1w", "2w", "3w"]
[initiatives.web-push]
portfolio = "marketing"
estimate = "1w"
needs = ["profile-api"]
must_start_on = 2027-03-08
finish_no_later_than = 2027-03-16
"""


def test_dates_that_links_make_impossible_are_one_finding() -> None:
    assert tells(message(PINNED, "DATE02"), "web-push start 8 Mar by 5 working days profile-api")


def test_dates_that_hold_are_kept() -> None:
    text = PINNED.replace("03-08", "03-15").replace("03-16", "03-19")
    assert not findings(text, "DATE02")


def test_work_that_has_started_has_no_start_to_keep() -> None:
    text = PINNED.replace('"1w"\nneeds', '"1w"\nactual_start = 2027-02-26\nneeds')
    assert [one.key for one in findings(text, "DATE02")] == [("finish_no_later_than",)]


def test_an_impossible_date_is_met_moved_or_removed() -> None:
    context = plan(PINNED)
    titles = list(offered(context, "DATE02"))
    assert titles[:2] == [
        "start web-push 5d before profile-api finishes (SS+5d)",
        "move must_start_on to 15 Mar and finish_no_later_than to 19 Mar",
    ]
    assert "shorten profile-api to its optimistic estimate 1w" in titles
    for title in titles:
        if offered(context, "DATE02")[title].clears:
            after(context, "DATE02", title)
    assert "remove must_start_on and finish_no_later_than from web-push" in titles


PROMISED = """
[initiatives.profile-api]
portfolio = "it"
owner = "data"
estimate = ["1w", "2w", "3w"]
[initiatives.web-push]
portfolio = "marketing"
estimate = "1w"
needs = [{ on = "profile-api", needed_by = 2027-03-05, agreed = 2026-11-05 }, "site"]
[initiatives.site]
estimate = "1w"
"""


def test_a_broken_promise_says_when_it_was_agreed_and_by_how_much_it_moved() -> None:
    (one,) = findings(PROMISED, "DATE06")
    assert tells(one.message, "profile-api web-push agreed 5 Nov 2026 5 days later 5 Mar")
    assert (one.next_side, one.next_team) == ("it", "data")


def test_a_deadline_that_passed_before_the_start_says_that() -> None:
    text = '[initiatives.a]\nestimate = "2w"\ndeadline = 2027-02-01\n'
    assert message(text, "DATE01") == "a: its deadline passed on 1 Feb and it has not started"
    for other in (
        text.replace("2027-02-01", "2027-03-02"),
        text + "actual_start = 2027-02-22",
        text + 'needs = ["b"]\n[initiatives.b]\nestimate = "1w"',
    ):
        assert "working days late for" in message(other, "DATE01")


def test_a_date_that_rests_on_a_default_estimate_says_so() -> None:
    text = '[initiatives.a]\n{}\n[initiatives.b]\nestimate = "1w"\nneeds = ["a"]\n'
    text += "deadline = 2027-03-05"
    assert "due to a (no estimate)" in message(text.format(""), "DATE01")
    later = text.format('estimate = "2w"').replace('estimate = "1w"\n', "")
    assert "due to a (b: no estimate)" in message(later, "DATE01")
    assert "estimate" not in message(text.format('estimate = "2w"'), "DATE01")
    own = "[initiatives.a]\n{} = 2027-03-05"
    for key, code in (("deadline", "DATE01"), ("finish_no_later_than", "DATE02")):
        assert "due to its default estimate" in message(own.format(key), code)
    left = 'status = "active"\nactual_start = 2027-02-22\nremaining = "3w"'
    assert "no estimate" not in message(text.format(left), "DATE01")


def test_a_promise_counts_before_what_was_needed() -> None:
    text = PROMISED.replace("agreed =", "promised = 2027-03-12, agreed =")
    assert not findings(text, "DATE06")


def test_a_promise_without_an_agreement_says_so() -> None:
    text = PROMISED.replace(", agreed = 2026-11-05", "")
    assert tells(message(text, "DATE06"), "profile-api web-push 5 days needed 5 Mar")


def test_what_has_been_delivered_breaks_no_promise() -> None:
    text = PROMISED.replace('owner = "data"', 'owner = "data"\nactual_finish = 2027-02-26')
    assert not findings(text, "DATE06")


def test_a_promise_is_kept_or_a_new_day_is_said() -> None:
    context = plan(PROMISED)
    titles = list(offered(context, "DATE06"))
    assert titles[:2] == [
        "shorten profile-api to its optimistic estimate 1w",
        "need profile-api by 12 Mar, not 5 Mar",
    ]
    for title in titles[:2]:
        after(context, "DATE06", title)
    made = after(context, "DATE06", titles[1])
    assert made.tables is not None
    first, second = made.tables["initiatives"]["web-push"]["needs"]
    assert first == {
        "on": "profile-api",
        "needed_by": date(2027, 3, 12),
        "agreed": date(2026, 11, 5),
    }
    assert second == "site"


def test_promises_are_silent_until_there_is_one() -> None:
    assert "handovers" in report(LATE).silent
    assert "handovers" not in check(plan(PROMISED)).silent
