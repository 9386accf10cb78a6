"""DATA01, OWN01 and LINK01: consent, owners, and hand-overs between the sides."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conflicts.plans import (
    MONDAY,
    after,
    findings,
    message,
    offered,
    plan,
    report,
    tells,
    the,
)

ACTIVATED = """
[data.profiles]
classification = "personal"
[data.prices]
classification = "public"
[systems.cmp]
status = "planned"
capabilities = ["consent"]
[initiatives.consent]
portfolio = "it"
estimate = "1w"
introduces = ["cmp"]
[initiatives.signals]
portfolio = "it"
estimate = "1w"
needs = ["consent"]
[initiatives.audiences]
portfolio = "marketing"
estimate = "2w"
activates = ["profiles", "prices"]
[initiatives.journeys]
portfolio = "marketing"
estimate = "2w"
activates = ["profiles"]
needs = ["signals"]
"""


def test_personal_data_used_before_there_is_consent_is_an_error() -> None:
    (one,) = findings(ACTIVATED, "DATA01")
    assert tells(one.message, "audiences personal before consent consent")
    assert (one.severity, one.next_side, one.key) == ("error", "marketing", ("activates",))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('status = "planned"', 'status = "live"'),
        ('activates = ["profiles", "prices"]', 'processes = ["profiles"]'),
        ('activates = ["profiles", "prices"]', 'activates = ["prices"]'),
        (
            '"2w"\nactivates = ["profiles", "p',
            '"2w"\nneeds = ["consent SS+1w"]\nactivates = ["profiles", "p',
        ),
    ],
    ids=["live", "only processed", "public", "before it"],
)
def test_what_needs_no_consent_or_has_it(old: str, new: str) -> None:
    assert not findings(ACTIVATED.replace(old, new), "DATA01")


def test_without_any_provider_the_finding_says_so() -> None:
    text = ACTIVATED.replace('["consent"]\n[init', '["banners"]\n[init')
    assert tells(message(text, "DATA01"), "2 2 initiatives data before consent audiences journeys")


def test_the_provider_is_put_before_it() -> None:
    after(plan(ACTIVATED), "DATA01", "start audiences after consent")


def test_use_of_data_is_silent_until_somebody_writes_it() -> None:
    assert "data" in report("[data.profiles]\nclassification = 'personal'").silent


OWNERS = """
[teams.crm]
portfolio = "marketing"
[teams.data]
portfolio = "it"
[initiatives.api]
owner = "data"
estimate = "1w"
[initiatives.push]
portfolio = "marketing"
estimate = "1w"
needs = ["api"]
[initiatives.journeys]
owner = "crm"
estimate = "1w"
needs = ["push"]
"""


def test_work_without_an_owner_that_starts_soon_is_a_warning() -> None:
    (one,) = findings(OWNERS, "OWN01")
    assert tells(one.message, "push owner starts 8 Mar")
    assert (one.severity, one.next_side) == ("warning", "marketing")


def test_after_the_horizon_it_is_information() -> None:
    (one,) = findings(OWNERS + "[checks]\nhorizon = 4\n", "OWN01")
    assert one.severity == "info"


def test_done_and_dropped_work_needs_no_owner() -> None:
    for status in ("done", "dropped"):
        text = OWNERS.replace('estimate = "1w"\nneeds = ["api"]', f'status = "{status}"')
        assert not findings(text, "OWN01")


def test_owners_are_silent_until_there_is_one() -> None:
    assert "owners" in report('[initiatives.a]\nestimate = "1w"').silent
    assert "owners" not in report(OWNERS).silent


def test_the_team_next_to_it_on_its_side_is_offered() -> None:
    context = plan(OWNERS)
    assert list(offered(context, "OWN01")) == ["assign push to crm"]
    after(context, "OWN01", "assign push to crm")


def test_many_without_an_owner_are_one_finding() -> None:
    rest = "\n".join(f'[initiatives.z{n}]\nestimate = "{n}w"' for n in range(1, 6))
    owned = '\n[initiatives.mail]\nowner = "crm"\nestimate = "1w"\n'
    (one,) = findings(OWNERS + rest + owned, "OWN01")
    assert one.message == "6 of 9 open initiatives have no owner: z1, z2, z3, z4, z5 and push"
    assert one.data["count"] == 6


def test_owners_are_in_use_from_three_or_a_third_of_the_work_on() -> None:
    rest = "".join(f'\n[initiatives.z{n}]\nestimate = "1w"' for n in range(20))
    assert not findings(OWNERS + rest, "OWN01")
    assert findings(OWNERS + rest + '\nowner = "crm"', "OWN01")
    assert findings(OWNERS, "OWN01")


def test_work_is_sorted_in_from_three_or_a_third_of_it_on() -> None:
    alone = "".join(f'\n[initiatives.z{n}]\nestimate = "1w"' for n in range(12))
    sorted_in = "".join(f'\n[initiatives.s{n}]\npart_of = "web"' for n in range(3))
    assert findings(sorted_in + alone, "PLAN06")
    assert not findings(sorted_in.replace('part_of = "web"', "", 1) + alone, "PLAN06")


HANDOVER = """
[portfolios.it]
title = "IT"
[initiatives.signals]
portfolio = "it"
owner = "data"
estimate = "3w"
[initiatives.journeys]
portfolio = "marketing"
owner = "crm"
estimate = "2w"
needs = ["signals SS+2d", "signals FF"]
[initiatives.other]
portfolio = "marketing"
owner = "crm"
estimate = "1w"
needs = [{ on = "signals", agreed = 2027-02-01, promised = 2027-03-19 }]
[initiatives.more]
portfolio = "it"
estimate = "1w"
needs = [{ on = "journeys", agreed = 2027-02-01 }]
"""


def test_a_handover_that_was_never_asked_for_is_for_the_asker() -> None:
    asking = HANDOVER.replace("promised = 2027-03-19", "promised = 2027-03-19, asked = 2027-01-18")
    (one,) = findings(asking, "LINK01")
    assert tells(one.message, "signals journeys asked critical")
    assert (one.next_side, one.next_team) == ("marketing", "crm")
    assert (one.on, one.key) == (("journeys", "signals"), ("needs",))


@pytest.mark.parametrize(
    ("words", "says", "next_side"),
    [
        ("asked = 2027-02-01", "not agreed, asked 1 Feb", "it"),
        (
            "asked = 2027-02-01, declined = 2027-02-03",
            "declined 3 Feb",
            "marketing",
        ),
    ],
)
def test_who_was_asked_answers_and_who_was_declined_plans_anew(
    words: str, says: str, next_side: str
) -> None:
    link = f'{{ on = "signals", type = "SS", lag = "2d", {words} }}'
    (one,) = findings(HANDOVER.replace('"signals SS+2d"', link), "LINK01")
    assert says in one.message
    assert one.next_side == next_side


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"signals SS+2d"', '{ on = "signals", type = "SS", agreed = 2027-02-01 }'),
        (
            'portfolio = "marketing"\nowner = "crm"\nestimate = "2w"',
            'portfolio = "joint"\nestimate = "2w"',
        ),
        ('owner = "data"', 'owner = "data"\nactual_finish = 2027-02-26'),
    ],
    ids=["agreed", "joint", "delivered"],
)
def test_what_is_no_unagreed_handover(old: str, new: str) -> None:
    assert not findings(HANDOVER.replace(old, new), "LINK01")


def test_far_away_and_with_float_it_can_wait() -> None:
    text = HANDOVER.replace(
        'owner = "crm"\nestimate = "2w"',
        'owner = "crm"\nestimate = "1w"\nstart_no_earlier_than = 2027-05-03',
    )
    long = '[initiatives.long]\nportfolio = "it"\nestimate = "40w"\n'
    assert not findings(text + long, "LINK01")
    assert findings(text + long + "[checks]\nhandover_days = 45\n", "LINK01")


def test_handovers_are_silent_until_one_is_asked_or_agreed() -> None:
    text = (
        '[initiatives.a]\nportfolio = "it"\n[initiatives.b]\nportfolio = "marketing"\nneeds = ["a"]'
    )
    assert "handovers" in report(text).silent
    assert not findings(text, "LINK01")


def test_agreeing_promises_the_end_that_the_link_waits_for_and_keeps_the_link() -> None:
    context = plan(HANDOVER)
    titles = list(offered(context, "LINK01"))
    assert titles == [
        "record that IT agrees to signals by 2 Mar",
        "ask IT for signals (asked 1 Mar)",
    ]
    made = after(context, "LINK01", titles[0])
    assert made.tables is not None
    assert made.tables["initiatives"]["journeys"]["needs"] == [
        {
            "on": "signals",
            "type": "SS",
            "lag": "+2d",
            "promised": date(2027, 3, 2),
            "agreed": MONDAY,
            "by": "it",
        },
        "signals FF",
    ]
    assert made.schedule.get("journeys") == context.schedule.get("journeys")
    asked = after(context, "LINK01", titles[1])
    assert the(asked, "LINK01").next_side == "it"


def test_of_many_without_a_review_those_that_finish_soon_say_when() -> None:
    profiles = '[data.profiles]\nclassification = "personal"\nsteward = "privacy"\n'
    work = "".join(
        f'[initiatives.{id}]\nowner = "data"\nestimate = "{length}"\nprocesses = ["profiles"]\n'
        for id, length in (("export", "12w"), ("model", "2w"))
    )
    (one,) = findings(profiles + work, "DATA02")
    assert one.severity == "error"
    assert one.message.endswith(": export and model (12 Mar)")


def test_a_decision_is_late_for_those_that_start_before_it() -> None:
    text = """
        [decisions.vendor]
        options = ["a", "b"]
        needed_by = 2027-03-12
        owner = "web"
        [initiatives.now]
        status = "active"
        actual_start = 2027-02-22
        awaits = ["vendor"]
        [initiatives.later]
        start_no_earlier_than = 2027-03-29
        awaits = ["vendor"]
    """
    assert message(text, "DEC01").endswith("now waits")
