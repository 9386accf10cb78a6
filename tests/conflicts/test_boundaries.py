"""Where each rule begins: the last value at which it is silent, and the first at which it speaks.

Days are working days; 1 March 2027 is a Monday, and 1 January a Friday.
"""

from __future__ import annotations

import pytest

from tests.conflicts.plans import findings, messages, offered, plan, tells

HANDOVER = """
[initiatives.tail]
estimate = "52w"
[initiatives.api]
portfolio = "it"
estimate = "{}"
[initiatives.site]
portfolio = "marketing"
estimate = "1w"
needs = ["api"]
[initiatives.push]
portfolio = "marketing"
estimate = "52w"
needs = [{{ on = "tail", asked = 2027-02-26, delivers = "words" }}]
"""
FROZEN = """
[freezes.sale]
start = 2027-04-05
end = 2027-04-09
blocks = "{blocks}"
[systems.cms]
customer_facing = true
[initiatives.site]
changes = ["cms"]
estimate = "{estimate}"
start_no_earlier_than = {start}
"""
FOREIGN = """
[teams.web]
portfolio = "marketing"
[teams.eng]
portfolio = "it"
[systems.cms]
owner = "eng"
[initiatives.site]
owner = "web"
changes = ["cms"]
start_no_earlier_than = {}
[initiatives.other]
reviews = {{ web = 2027-02-01 }}
"""
ONE = '[initiatives.a]\nestimate = "1w"\n'
PROMISED = """
[initiatives.api]
portfolio = "it"
estimate = "2w"
[initiatives.site]
portfolio = "marketing"
needs = [{{ on = "api", type = "FF", promised = 2027-03-{} }}]
"""


def frozen(blocks: str, estimate: str, start: str = "2027-03-01") -> str:
    return FROZEN.format(blocks=blocks, estimate=estimate, start=start)


BOUNDARIES = [
    ("PLAN07", "[initiatives.a]\nstart_no_earlier_than = {}", "2027-06-01", "2027-05-31"),
    ("DATE01", ONE + "deadline = 2027-03-{}", "05", "04"),
    ("DATE01", '[initiatives.a]\nestimate = "{}"\ndeadline = 2027-03-07', "5d", "6d"),
    ("DATE02", ONE + "finish_no_later_than = 2027-03-{}", "05", "04"),
    ("DATE02", ONE + "must_start_on = 2027-03-{}", "08", "06"),
    ("DATE04", ONE + "must_start_on = 2027-02-{}", "25", "24"),
    ("DATE05", ONE + "actual_start = 2027-03-{}", "01", "02"),
    ("DATE06", PROMISED, "14", "11"),
    ("DATE07", ONE + "[roadmap]\nstatus_date = 2027-02-{}", "15", "12"),
    ("FREEZE01", frozen("release", "{}"), "25d", "26d"),
    ("FREEZE01", frozen("release", "{}"), "31d", "30d"),
    ("FREEZE02", frozen("work", "1w", "{}"), "2027-04-12", "2027-04-09"),
    ("FREEZE02", frozen("work", "{}"), "5w", "31d"),
    ("FREEZE03", frozen("release", "{}"), "16d", "17d"),
    ("LINK01", HANDOVER, "31d", "30d"),
    ("LINK03", HANDOVER, "31d", "30d"),
    ("VIEW01", FOREIGN, "2027-06-01", "2027-05-31"),
]


@pytest.mark.parametrize(
    ("code", "text", "silent", "loud"), BOUNDARIES, ids=[one[0] for one in BOUNDARIES]
)
def test_a_rule_begins_where_the_catalogue_says(
    code: str, text: str, silent: str, loud: str
) -> None:
    assert not findings(text.format(silent), code)
    assert len(findings(text.format(loud), code)) == 1


PASSED = [
    ("must_start_on = 2027-02-22", ""),
    (
        "start_no_later_than = 2027-02-22",
        "a misses latest start 22 Feb by 5 working days in past",
    ),
    (
        "must_start_on = 2027-03-06",
        "a misses start 6 Mar by 1 working day",
    ),
    (
        "start_no_later_than = 2027-03-04\n[roadmap]\nstart = 2027-03-08",
        "a misses latest start 4 Mar by 2 working days before roadmap",
    ),
]


@pytest.mark.parametrize(("dates", "said"), PASSED)
def test_the_clock_alone_is_not_told_as_logic(dates: str, said: str) -> None:
    told = messages(ONE + dates, "DATE02")
    assert tells(told, said) if said else not told


def test_a_pinned_start_that_passed_is_told_once() -> None:
    found = findings(ONE + "must_start_on = 2027-02-22")
    assert [one.code for one in found] == ["DATE04"]


def test_what_remains_is_no_assumed_length() -> None:
    started = '[initiatives.a]\nstatus = "active"\nactual_start = 2027-02-22\n'
    assert findings(started, "PLAN07")
    assert not findings(started + 'remaining = "3d"', "PLAN07")


def test_a_team_that_is_no_team_moves_nothing() -> None:
    text = '[teams.web-team]\n[initiatives.a]\nportfolio = "it"\nowner = "web-tem"'
    (one,) = findings(text, "PLAN02")
    assert (one.next_side, one.next_team) == ("it", None)


def test_a_freeze_without_a_day_is_told_to_stop_nothing() -> None:
    assert tells(messages("[freezes.sale]\nstart = 2027-04-05", "READ01"), "freeze sale needs end")
    unread = messages('[freezes.sale]\nstart = 2027-04-05\nend = "Easter"', "READ01")
    assert len(unread) == 1
    assert '"Easter"' in unread[0]


def test_after_a_freeze_means_after_the_next_one_too() -> None:
    text = frozen("release", "30d") + "[freezes.stock]\nstart = 2027-04-12\nend = 2027-04-16"
    (one,) = findings(text, "FREEZE01")
    assert one.data["first_free"] == "2027-04-19"
    assert "finish site after freeze sale, on 19 Apr" in offered(plan(text), "FREEZE01")


def test_the_days_before_a_freeze_are_those_up_to_its_first_day() -> None:
    (one,) = findings(frozen("release", "5w"), "FREEZE03")
    assert (one.data["finish"], one.data["start"], one.data["days"]) == (
        "2027-04-02",
        "2027-04-05",
        1,
    )
    on_saturday = frozen("release", "5w").replace("2027-04-05", "2027-04-03")
    (one,) = findings(on_saturday, "FREEZE03")
    assert (one.data["days"], one.data["calendar_days"]) == (0, 1)
    assert " 1 calendar day before" in one.message


def test_a_hand_over_that_was_declined_is_said_to_be() -> None:
    text = """
    [initiatives.api]
    portfolio = "it"
    [initiatives.launch]
    portfolio = "marketing"
    needs = [{ on = "api", declined = 2027-02-20 }]
    announced = 2027-06-01
    """
    (said,) = messages(text, "PROM01")
    assert tells(said, "launch announced 1 Jun api declined")


@pytest.mark.parametrize(("start", "told"), [("2027-03-01", True), ("2027-03-02", False)])
def test_a_decision_without_a_day_is_late_for_work_that_could_start_now(
    start: str, told: bool
) -> None:
    text = f'[decisions.region]\n{ONE}awaits = ["region"]\nstart_no_earlier_than = {start}'
    assert bool(findings(text, "DEC01")) is told


def test_many_requests_without_an_answer_are_one_finding() -> None:
    asked = "".join(
        f"[initiatives.a{n}]\n[initiatives.b{n}]\n"
        f'needs = [{{ on = "a{n}", asked = 2027-02-0{n} }}]\n'
        for n in range(1, 7)
    )
    (said,) = messages(asked, "LINK04")
    assert said.startswith("6 of 6 requests have no answer: ")


def test_what_was_delivered_over_two_links_is_accepted_once() -> None:
    text = """
    [initiatives.api]
    portfolio = "it"
    status = "done"
    actual_start = 2027-01-04
    actual_finish = 2027-01-15
    [initiatives.site]
    portfolio = "marketing"
    needs = ["api SS", "api FF"]
    [initiatives.push]
    portfolio = "marketing"
    needs = [{ on = "api", accepted = 2027-01-20 }]
    """
    assert len(findings(text, "LINK05")) == 1


def test_many_scores_that_disagree_are_told_with_both_sides_figures() -> None:
    text = "[initiatives.{}]\nvalue = {{ marketing = {}, it = {} }}\n"
    scores = (("api", 1, 5), ("site", 4, 2), ("app", 5, 1), ("push", 3, 3))
    many = "".join(text.format(*one) for one in scores)
    assert tells(messages(many, "VIEW02"), "IT 3 4 initiatives api 1 5")
