"""LINK02, LINK06 and DATE06: by when, what one side wants instead, and what the plan delivers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.conflicts.answering import said
from planner.conflicts.context import Context
from planner.conflicts.findings import parts_of
from planner.conflicts.fixing import fixes
from planner.conflicts.handovers import answer
from planner.conflicts.registry import check
from planner.conflicts.terms import settled
from planner.conflicts.trial import tried
from tests.conflicts.plans import MONDAY, after, findings, offered, plan, report, tells, the

ACROSS = """
[initiatives.api]
portfolio = "it"
estimate = "2w"
[initiatives.site]
portfolio = "marketing"
estimate = "1w"
needs = [{{ on = "api", {} }}]
[initiatives.later]
estimate = "{}"
"""
"""The API is done on 12 March; without `later` the site is critical."""


def across(said: str, other: str = "4w") -> str:
    return ACROSS.format(said, other)


def needs(context: Context) -> list[Any]:
    assert context.tables is not None
    found: list[Any] = context.tables["initiatives"]["site"]["needs"]
    return found


def codes(text: str) -> list[str]:
    parts = (part for one in findings(text) for part in parts_of(one))
    return sorted(one.code for one in parts if one.code[:4] in ("LINK", "DATE"))


# --- LINK02 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("promised = 2027-03-19, needed_by = 2027-03-12", 5),
        ("promised = 2027-03-13, needed_by = 2027-03-12", 0),
        ("needed_by = 2027-03-12, counter = { by = 'it', promised = 2027-03-15 }", 1),
        ("promised = 2027-03-19, counter = { by = 'marketing', needed_by = 2027-03-12 }", 5),
        ("promised = 2027-03-29", 11),
    ],
)
def test_two_days_that_are_apart_are_told(said: str, days: int) -> None:
    (one,) = findings(across(f"agreed = 2027-02-01, {said}"), "LINK02")
    assert (one.severity, one.data["days"], one.on) == ("warning", days, ("site", "api"))


@pytest.mark.parametrize(
    "said",
    [
        "promised = 2027-03-12, needed_by = 2027-03-12",
        "needed_by = 2027-03-01",
        "promised = 2027-03-26",
        "promised = 2027-03-12, needed_by = 2027-03-12, counter = { by = 'it', type = 'SS' }",
    ],
)
def test_two_days_that_are_not_apart_are_not_told(said: str) -> None:
    assert not findings(across(f"agreed = 2027-02-01, {said}"), "LINK02")


@pytest.mark.parametrize(
    ("said", "wants"),
    [
        ("needed_by = 2027-03-12, counter = { by = 'it', promised = 2027-03-15 }", "IT wants 15"),
        (
            "promised = 2027-03-19, counter = { by = 'marketing', needed_by = 2027-03-12 }",
            "Marketing wants 12 5",
        ),
    ],
)
def test_a_day_that_is_only_wanted_is_not_said_to_be_promised(said: str, wants: str) -> None:
    (one,) = findings(across(f"agreed = 2027-02-01, {said}"), "LINK02")
    assert tells(one.message, f"{wants} Mar")
    assert "promised" not in one.message


def test_terms_apart_are_an_error_where_what_needs_it_is_critical() -> None:
    text = across("promised = 2027-03-19, needed_by = 2027-03-12, agreed = 2027-02-01", "1w")
    assert [one.severity for one in findings(text, "LINK02")] == ["error"]


@pytest.mark.parametrize("change", [('"it"', '"marketing"'), ('"it"', '"joint"'), ("owner", "x")])
def test_inside_one_side_and_with_joint_work_nothing_is_apart(change: tuple[str, str]) -> None:
    text = across("promised = 2027-03-19, needed_by = 2027-03-12").replace(*change)
    assert bool(findings(text, "LINK02")) == (change[0] == "owner")


def test_what_is_delivered_is_not_apart() -> None:
    done = 'estimate = "2w"\nactual_start = 2027-02-15\nactual_finish = 2027-02-26'
    text = across("promised = 2027-03-19, needed_by = 2027-03-12")
    assert not findings(text.replace('estimate = "2w"', done, 1), "LINK02")


def test_terms_come_together_by_a_later_need_or_an_earlier_promise() -> None:
    context = plan(across("promised = 2027-03-19, needed_by = 2027-03-12, agreed = 2027-02-01"))
    later, sooner = offered(context, "LINK02")
    assert needs(after(context, "LINK02", later)) == [
        {
            "on": "api",
            "promised": date(2027, 3, 19),
            "needed_by": date(2027, 3, 19),
            "agreed": date(2027, 2, 1),
        }
    ]
    (made,) = needs(after(context, "LINK02", sooner))
    assert (made["promised"], made["agreed"]) == (date(2027, 3, 12), date(2027, 2, 1))


def test_no_promise_is_offered_that_the_plan_breaks() -> None:
    context = plan(across("promised = 2027-03-19, needed_by = 2027-03-10, agreed = 2027-02-01"))
    assert len(offered(context, "LINK02")) == 1


def test_the_plan_is_held_to_a_late_promise() -> None:
    context = plan(across("promised = 2027-03-29, agreed = 2027-02-01"))
    *_, held = offered(context, "LINK02")
    made = after(context, "LINK02", held)
    assert made.roadmap.initiatives["api"].finish_no_earlier_than == date(2027, 3, 29)


def test_what_is_somebodys_word_is_never_made_by_itself() -> None:
    for code, words in (
        ("LINK02", "promised = 2027-03-19, needed_by = 2027-03-12"),
        ("LINK06", "promised = 2027-03-12, counter = { by = 'it', promised = 2027-03-19 }"),
        ("DATE06", "promised = 2027-03-05, agreed = 2027-02-01"),
    ):
        context = plan(across(words))
        assert all(fix.choice for fix in fixes(the(context, code), context)), code


# --- LINK03 ---------------------------------------------------------------------------------------

PAIRS = """
[initiatives.api]
portfolio = "it"
estimate = "{}"
[initiatives.feed]
portfolio = "it"
estimate = "1w"
[initiatives.site]
portfolio = "marketing"
estimate = "1w"
needs = [{{ on = "api", delivers = "sign-in" }}]
[initiatives.mail]
portfolio = "marketing"
estimate = "1w"
needs = [{{ on = "feed", delivers = "stock"{} }}]
[initiatives.push]
portfolio = "{}"
estimate = "1w"
needs = [{{ on = "api", why = "sign-in"{} }}]
"""
JUDGED = ', accepted_when = "it runs"'


def lacking(text: str) -> list[tuple[str, ...]]:
    return [(*one.on, one.data["lacking"]) for one in findings(text, "LINK03")]


def test_when_a_handover_is_right_is_asked_where_others_say_it() -> None:
    text = PAIRS.format("2w", JUDGED, "marketing", JUDGED)
    assert lacking(text) == [("site", "api", "accepted_when")]


def test_when_a_handover_is_right_is_no_question_until_three_or_a_third_say_it() -> None:
    assert not lacking(PAIRS.format("2w", "", "marketing", ""))
    more = "".join(
        f'[initiatives.m{n}]\nportfolio = "marketing"\nneeds = [{{ on = "api", why = "w" }}]\n'
        for n in range(4)
    )
    assert not findings(PAIRS.format("2w", JUDGED, "marketing", "") + more, "LINK03")
    assert not findings(PAIRS.format("2w", JUDGED, "marketing", JUDGED) + more, "LINK03")


def test_when_a_handover_is_right_is_no_question_long_before() -> None:
    assert not lacking(PAIRS.format("40d", JUDGED, "marketing", JUDGED))


def test_what_one_side_says_for_itself_starts_no_rule_about_handovers() -> None:
    inside = PAIRS.format("2w", "", "it", JUDGED + ", asked = 2027-02-22, accepted = 2027-02-22")
    assert not lacking(inside)
    assert not findings(inside, "LINK01")


def test_a_fix_says_when_a_handover_is_right_as_another_one_does() -> None:
    context = plan(PAIRS.format("2w", JUDGED, "marketing", JUDGED))
    made = after(context, "LINK03", next(iter(offered(context, "LINK03"))))
    (need,) = made.roadmap.initiatives["site"].needs
    assert (need.delivers, need.accepted_when) == ("sign-in", "it runs")


# --- LINK06 ---------------------------------------------------------------------------------------

COUNTERED = (
    "promised = 2027-03-12, agreed = 2027-02-01, counter = {{ by = '{}', on = 2027-02-{}, {} }}"
)


@pytest.mark.parametrize(
    ("by", "terms", "side"),
    [
        ("it", "promised = 2027-03-19", "marketing"),
        ("marketing", "needed_by = 2027-03-08", "it"),
        ("marketing", "type = 'SS', lag = '5d'", "it"),
        ("nobody", "promised = 2027-03-19", "marketing"),
        ("nobody", "needed_by = 2027-03-08", "it"),
    ],
)
def test_a_counter_waits_for_the_other_side(by: str, terms: str, side: str) -> None:
    (one,) = findings(across(COUNTERED.format(by, 26, terms)), "LINK06")
    assert (one.severity, one.next_side, one.data["days"]) == ("info", side, 1)


def test_after_five_days_without_an_answer_it_is_a_warning() -> None:
    for day, severity in ((22, "info"), (19, "warning")):
        text = across(COUNTERED.format("it", day, "promised = 2027-03-19"))
        assert [one.severity for one in findings(text, "LINK06")] == [severity]


def test_without_a_counter_the_rule_is_silent() -> None:
    assert not findings(across("promised = 2027-03-12, agreed = 2027-02-01"), "LINK06")
    assert not findings(across("counter = { by = 'it' }"), "LINK06")


def test_a_counter_is_taken_or_not() -> None:
    context = plan(across(COUNTERED.format("it", 26, "promised = 2027-03-19")))
    take, leave = offered(context, "LINK06")
    assert needs(after(context, "LINK06", take)) == [
        {"on": "api", "promised": date(2027, 3, 19), "agreed": MONDAY, "by": "marketing"}
    ]
    assert needs(after(context, "LINK06", leave)) == [
        {"on": "api", "promised": date(2027, 3, 12), "agreed": date(2027, 2, 1), "by": "marketing"}
    ]


def test_a_counter_is_an_answer_and_no_agreement() -> None:
    said = "asked = 2027-02-01, needed_by = 2027-03-12"
    assert codes(across(said)) == ["LINK01", "LINK04"]
    countered = across(f"{said}, counter = {{ by = 'it', on = 2027-02-26, promised = 2027-03-19 }}")
    assert codes(countered) == ["LINK01", "LINK02", "LINK06"]
    context = plan(countered)
    assert answer(context, "site", "api") == ("countered", date(2027, 2, 26))
    assert {one.next_side for one in report(countered).findings if one.code == "LINK01"} == {
        "marketing"
    }
    take, *_ = offered(context, "LINK01")
    made = check(after(context, "LINK01", take)).findings
    assert not [one for one in made if one.code.startswith("LINK")]


def test_what_is_agreed_stays_so_while_a_counter_waits() -> None:
    context = plan(across(COUNTERED.format("it", 26, "promised = 2027-03-19")))
    assert answer(context, "site", "api") == ("agreed", date(2027, 2, 1))


# --- DATE06 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "kept", "broken"),
    [
        ("", "12", "11"),
        ("type = 'FF', ", "12", "11"),
        ("lag = '1w', ", "12", "11"),
        ("type = 'SS', ", "01", "28"),
        ("type = 'SS', lag = '5d', ", "05", "04"),
        ("type = 'SF', lag = '1w', ", "05", "04"),
    ],
)
def test_a_promise_is_held_against_the_end_that_the_link_waits_for(
    link: str, kept: str, broken: str
) -> None:
    said = link + "promised = 2027-{}-{}, agreed = 2026-11-05"
    assert not findings(across(said.format("03", kept)), "DATE06")
    month = "02" if broken == "28" else "03"
    (one,) = findings(across(said.format(month, broken)), "DATE06")
    assert one.data["delivery"] == f"2027-03-{kept}"
    assert one.data["agreed"] == "2026-11-05"


def test_what_a_start_has_delivered_breaks_no_promise() -> None:
    started = 'estimate = "2w"\nactual_start = 2027-02-15\nstatus = "active"'
    text = across("type = 'SS', lag = '2d', promised = 2027-02-15")
    assert not findings(text.replace('estimate = "2w"', started, 1), "DATE06")


def test_a_broken_promise_stays_broken_until_the_other_side_takes_the_new_day() -> None:
    context = plan(across("promised = 2027-03-05, agreed = 2027-01-11"))
    *_, promise = offered(context, "DATE06")
    made = after(context, "DATE06", promise)
    assert needs(made) == [
        {
            "on": "api",
            "promised": date(2027, 3, 5),
            "agreed": date(2027, 1, 11),
            "counter": {"by": "it", "on": MONDAY, "promised": date(2027, 3, 12)},
        }
    ]
    assert {"DATE06", "LINK06"} <= {one.code for one in check(made).findings}
    assert not offered(made, "DATE06")


def test_inside_one_side_a_new_day_is_promised_at_once() -> None:
    text = across("promised = 2027-03-05, agreed = 2027-01-11").replace('"it"', '"marketing"')
    context = plan(text)
    *_, promise = offered(context, "DATE06")
    (link,) = needs(after(context, "DATE06", promise))
    assert (link["promised"], link["agreed"]) == (date(2027, 3, 12), date(2027, 1, 11))
    assert "counter" not in link


# --- fixes that link otherwise --------------------------------------------------------------------

LATE = across("promised = 2027-03-12, agreed = 2027-01-11", "1w") + (
    '[initiatives.launch]\nestimate = "0d"\nneeds = ["site"]\ndeadline = 2027-03-17\n'
)


def test_a_fix_that_overlaps_an_agreed_handover_keeps_the_old_link_to_go_back_to() -> None:
    context = plan(LATE)
    overlap = next(title for title in offered(context, "DATE01") if title.startswith("start site"))
    assert offered(context, "DATE01")[overlap].choice
    made = after(context, "DATE01", overlap)
    link, rest = needs(made)
    assert (link["type"], link["promised"]) == ("SS", date(2027, 3, 12))
    assert link["agreed"] == date(2027, 1, 11)
    assert link["counter"] == {"by": "marketing", "on": MONDAY, "type": "FS"}
    assert rest == "api FF"
    finish = made.schedule.get("launch")
    assert finish is not None
    assert finish.finish == date(2027, 3, 17)
    take, leave = offered(made, "LINK06")
    (taken, _) = needs(after(made, "LINK06", take))
    assert (taken["type"], taken["agreed"], "counter" in taken) == ("SS", MONDAY, False)
    back = tried(made, offered(made, "LINK06")[leave].edit)
    assert needs(back) == [
        {"on": "api", "promised": date(2027, 3, 12), "agreed": date(2027, 1, 11), "by": "it"}
    ]
    assert back.schedule.get("launch") == context.schedule.get("launch")


def test_a_counter_to_an_overlap_wants_the_old_link_back() -> None:
    context = plan(LATE)
    overlap = next(title for title in offered(context, "DATE01") if title.startswith("start site"))
    made = tried(context, offered(context, "DATE01")[overlap].edit)
    day = date(2027, 3, 19)
    countered = tried(made, said(made, "site", "api", "promise", day=day))
    link, _ = needs(countered)
    assert link["counter"] == {"by": "it", "on": MONDAY, "promised": day, "type": "FS"}
    (taken,) = needs(tried(countered, said(countered, "site", "api", "take")))
    assert (taken["promised"], taken["agreed"], "type" in taken) == (day, MONDAY, False)
    stays, _ = needs(tried(countered, said(countered, "site", "api", "not take")))
    assert (stays["type"], stays["promised"], "counter" in stays) == (
        "SS",
        date(2027, 3, 12),
        False,
    )


def test_one_side_adds_to_what_it_wants() -> None:
    context = plan(across(COUNTERED.format("it", 26, "promised = 2027-03-19")))
    (link,) = settled(context, "site", ["api +1w"])
    assert isinstance(link, dict)
    assert link["counter"] == {
        "by": "it",
        "on": MONDAY,
        "promised": date(2027, 3, 19),
        "type": "FS",
        "lag": "+1w",
    }
    other = tried(context, said(context, "site", "api", "need", day=date(2027, 3, 8)))
    assert needs(other)[0]["counter"] == {
        "by": "marketing",
        "on": MONDAY,
        "needed_by": date(2027, 3, 8),
    }


def test_a_fix_that_overlaps_what_nobody_agreed_to_keeps_nothing() -> None:
    context = plan(LATE.replace("promised = 2027-03-12, agreed = 2027-01-11", "delivers = 'a'"))
    overlap = next(title for title in offered(context, "DATE01") if title.startswith("start site"))
    link, _ = needs(after(context, "DATE01", overlap))
    assert "counter" not in link


def test_saying_that_started_work_overlaps_keeps_the_agreed_link() -> None:
    text = across("promised = 2027-03-12, agreed = 2027-01-11").replace(
        'estimate = "1w"', 'estimate = "1w"\nstatus = "active"\nactual_start = 2027-02-22'
    )
    context = plan(text)
    overlap, _ = offered(context, "DATE03")
    link, _ = needs(after(context, "DATE03", overlap))
    assert link["counter"] == {"by": "marketing", "on": MONDAY, "type": "FS"}


# --- LINK05 ---------------------------------------------------------------------------------------

DELIVERED = """
[initiatives.api]
portfolio = "it"
status = "done"
actual_start = 2027-01-04
actual_finish = 2027-02-12
[initiatives.site]
portfolio = "marketing"
needs = [{{ on = "api", {} }}]
[initiatives.other]
needs = [{{ on = "api", accepted = 2027-02-15 }}]
"""


@pytest.mark.parametrize(
    ("said", "next_side"),
    [
        ("note = ''", "marketing"),
        ("rejected = 2027-02-22, note = 'half of it'", "it"),
        ("accepted = 2027-02-15, rejected = 2027-02-22", "it"),
        ("accepted = 2027-02-22, rejected = 2027-02-15", None),
        ("accepted = 2027-02-22, rejected = 2027-02-22", None),
    ],
)
def test_what_was_not_accepted_is_the_suppliers_again(said: str, next_side: str | None) -> None:
    found = findings(DELIVERED.format(said), "LINK05")
    assert [one.next_side for one in found] == ([next_side] if next_side else [])
