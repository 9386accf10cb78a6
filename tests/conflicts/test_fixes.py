"""Fixes that come from the rest of the roadmap, and which of several comes first."""

from __future__ import annotations

from datetime import date

import pytest

from planner.conflicts.changes import Parts
from planner.conflicts.fix_order import errors_added
from planner.conflicts.fixing import asked, fixes
from planner.conflicts.registry import check
from planner.conflicts.trial import tried
from planner.text.edits import AddTable, Edits, SetKey
from tests.conflicts.plans import (
    MONDAY,
    after,
    example,
    findings,
    message,
    offered,
    plan,
    tells,
    the,
)

GROUPED = """
[outcomes.sales]
[groups.mail]
[groups.site]
[initiatives.newsletter]
owner = "crm"
[initiatives.welcome]
owner = "crm"
part_of = "mail"
outcomes = ["sales"]
[initiatives.winback]
owner = "crm"
part_of = "mail"
[initiatives.relaunch]
owner = "web"
part_of = "site"
"""


def test_isolated_work_goes_where_its_owners_other_work_is() -> None:
    titles = list(offered(plan(GROUPED), "PLAN06"))
    assert titles == ["add newsletter to group mail", "set the outcome of newsletter to sales"]
    for title in titles:
        after(plan(GROUPED), "PLAN06", title)


@pytest.mark.parametrize(
    ("written", "says", "titles"),
    [
        (
            'status = "active"',
            "a active no actual_start",
            ["a: started on 1 Mar", "a: planned, not active"],
        ),
        (
            'status = "active"\nactual_start = 2027-02-01\npercent_complete = 100',
            "a active nothing remains",
            ["a: done on 26 Feb", "a: one week remaining"],
        ),
        (
            'status = "active"\nactual_start = 2027-02-01\nactual_finish = 2027-02-26',
            "a active finished 26 Feb",
            ["a: done", "a: not done yet"],
        ),
        (
            "start_no_earlier_than = 2027-02-24",
            "a planned start 24 Feb passed 3 working days ago",
            ["a: started on 1 Mar", "a: start on 1 Mar or later"],
        ),
    ],
)
def test_a_status_is_put_right_in_each_case(written: str, says: str, titles: list[str]) -> None:
    text = f'[initiatives.a]\nestimate = "4w"\n{written}\n[initiatives.b]\n[initiatives.c]\n'
    text += '[initiatives.d]\nestimate = "1w"'
    assert tells(message(text, "DATE04"), says)
    assert list(offered(plan(text), "DATE04")) == titles
    for title in titles:
        after(plan(text), "DATE04", title)


def test_a_start_two_days_ago_or_held_by_links_is_no_contradiction() -> None:
    held = '[initiatives.a]\nestimate = "4w"\nstart_no_earlier_than = 2027-02-{}\n'
    assert not findings(held.format(25), "DATE04")
    linked = held.format("01") + 'needs = ["b"]\n[initiatives.b]\nestimate = "4w"'
    assert not findings(linked, "DATE04")


def test_work_can_be_done_before_a_freeze_that_stops_it() -> None:
    text = example("FREEZE02", ('"8w"', '["4d", "8d", "4w"]'), ("03-12", "03-09"))
    titles = list(offered(plan(text), "FREEZE02"))
    assert titles[1] == "shorten load to its optimistic estimate 4d"
    for title in titles:
        after(plan(text), "FREEZE02", title)


LATE = """
[initiatives.range]
portfolio = "it"
estimate = ["2w", "4w", "6w"]
[initiatives.launch]
portfolio = "marketing"
estimate = "1w"
needs = ["range"]
announced = 2027-03-26
"""


def test_a_late_announcement_is_an_error_and_can_be_kept_moved_or_withdrawn() -> None:
    context = plan(LATE)
    one = the(context, "PROM01")
    assert (one.severity, one.next_side) == ("error", "it")
    assert tells(one.message, "launch announced 26 Mar 5 days range agreed")
    titles = list(offered(context, "PROM01"))
    assert "remove the announced date of launch" in titles
    agreed = plan(LATE.replace('["range"]', '[{ on = "range", agreed = 2027-02-01 }]'))
    assert list(offered(agreed, "PROM01"))[:3] == [
        "shorten range to its optimistic estimate 2w",
        "start launch 5d before range finishes (SS+15d)",
        "announce launch for 2 Apr",
    ]
    after(agreed, "PROM01", "announce launch for 2 Apr")


STAFFED = """
[people.ines]
team = "data"
skills = ["modelling"]
[people.piotr]
team = "data"
[people.jo]
team = "crm"
skills = ["attribution"]
[initiatives.a]
owner = "data"
estimate = "4w"
responsible = ["ines", "piotr"]
[initiatives.b]
owner = "data"
estimate = "4w"
responsible = ["ines"]
skills = ["attribution"]
"""


def test_a_key_person_is_relieved_before_anything_is_moved() -> None:
    titles = list(offered(plan(STAFFED), "OWN04"))
    assert titles == ["assign a to piotr", "assign b to piotr", "start b after a"]
    for title in titles:
        after(plan(STAFFED), "OWN04", title)


def test_a_key_person_who_owns_work_is_relieved_of_that() -> None:
    text = STAFFED.replace('owner = "data"\nestimate = "4w"\nresponsible = ["ines"]\n', OWNED)
    assert list(offered(plan(text), "OWN04"))[:2] == ["assign a to piotr", "assign b to piotr"]
    made = after(plan(text), "OWN04", "assign b to piotr")
    assert made.roadmap.initiatives["b"].owner == ("piotr",)


OWNED = 'owner = "ines"\nestimate = "4w"\n'
LEAVING = """
[people.ines]
team = "data"
skills = ["Data modelling"]
until = 2027-03-12
[people.piotr]
team = "data"
until = 2027-03-19
[people.jo]
team = "data"
skills = ["data-modelling"]
[people.kim]
team = "crm"
skills = ["datamodelling"]
[teams.data]
portfolio = "it"
[initiatives.a]
owner = "ines"
estimate = "3w"
[initiatives.b]
owner = "data"
estimate = "4w"
responsible = ["ines"]
skills = ["data modelling"]
"""


def test_what_somebody_leaves_behind_is_for_those_who_can_do_it_and_stay() -> None:
    context = plan(LEAVING)
    finding = the(context, "OWN05")
    assert finding.message == "a and b end up to 10 working days after ines leaves: ask piotr"
    assert finding.data["others"] == {"a": ["piotr", "jo"], "b": ["jo"]}
    assert (finding.on, finding.next_side, finding.next_team) == (("a", "b"), "it", "data")
    assert list(offered(context, "OWN05")) == ["assign a and b to jo"]
    assert offered(context, "OWN05")["assign a and b to jo"].choice
    made = after(context, "OWN05", "assign a and b to jo").roadmap.initiatives
    assert (made["a"].owner, made["b"].owner, made["b"].responsible) == (
        ("jo",),
        ("data",),
        ("jo",),
    )


def test_where_nobody_can_do_all_of_it_each_gets_its_own() -> None:
    apart = LEAVING.replace('team = "data"\nskills = ["data-modelling"]', 'team = "web"')
    context = plan(apart)
    assert the(context, "OWN05").data["others"] == {"a": ["piotr"], "b": ["kim"]}
    after(context, "OWN05", "assign a to piotr; assign b to kim")


def test_nobody_is_named_who_can_not_do_it() -> None:
    text = LEAVING.replace(LEAVING[LEAVING.index("[people.piotr]") : LEAVING.index("[teams.")], "")
    context = plan(text)
    assert the(context, "OWN05").message.endswith("ines leaves: nobody else could")
    assert not offered(context, "OWN05")


def test_somebody_who_can_helps() -> None:
    made = after(plan(STAFFED), "SKILL01", "make jo responsible for b too")
    assert made.roadmap.initiatives["b"].responsible == ("ines", "jo")


def test_an_outcome_gets_the_owner_of_most_of_its_work() -> None:
    text = """
    [outcomes.sales]
    baseline = 1
    target = 2
    source = "shop"
    [initiatives.a]
    owner = "crm"
    outcomes = ["sales"]
    """
    made = after(plan(text), "OUT02", "set the owner of sales to crm")
    assert made.roadmap.outcomes["sales"].owner == "crm"


def test_a_first_reading_is_a_baseline_but_not_one_that_came_too_late() -> None:
    text = (
        '[outcomes.sales]\ntarget = 2\nsource = "shop"\nowner = "crm"\n'
        'readings = { 2027-02-01 = 1.5 }\n[initiatives.a]\noutcomes = ["sales"]\n'
    )
    made = after(plan(text), "OUT02", "set the baseline of sales to its first reading, 1.5")
    assert made.roadmap.outcomes["sales"].baseline == 1.5
    done = 'status = "done"\nactual_start = 2027-01-04\nactual_finish = 2027-01-15\n'
    assert tells(message(text + done, "OUT02"), "no baseline first measurement 1 Feb")


def test_a_kpi_takes_the_nearest_term_of_the_glossary() -> None:
    text = example("OUT03", ("segment =", '"conversion rates" ='))
    made = after(plan(text), "OUT03", "set the KPI of sales to “conversion rates”")
    assert made.roadmap.outcomes["sales"].kpi == "conversion rates"


def test_what_adds_an_error_comes_after_what_does_not() -> None:
    text = example("CAP01") + '\ndeadline = 2027-03-26\n[initiatives.c]\nestimate = "1w"'
    assert next(iter(offered(plan(text), "CAP01"))) == "start a after b"
    assert "raise the capacity of web to 2" in offered(plan(text), "CAP01")


def test_a_decision_is_recorded_with_the_option_that_was_chosen() -> None:
    text = example(
        "DEC01",
        ("needed_by", 'options = ["EU", "own"]\nneeded_by'),
        ("awaits", "start_no_earlier_than = 2027-04-05\nawaits"),
    )
    assert list(offered(plan(text), "DEC01")) == [
        "decide region: EU",
        "decide region: own",
        "need decision region by 5 Apr, when work starts",
    ]
    made = after(plan(text), "DEC01", "decide region: own")
    assert made.roadmap.decisions["region"].choice == "own"
    assert made.roadmap.decisions["region"].decided == MONDAY


def test_a_review_that_is_due_is_recorded_with_the_next_one() -> None:
    text = example("OWN03", ("agreed =", "review_by = 2027-02-01\nagreed ="))
    (title,) = offered(plan(text), "OWN03")
    assert title == (
        "record that Marketing and IT agree to agreement testing, next review by 30 Aug"
    )
    made = after(plan(text), "OWN03", title)
    assert made.roadmap.agreements["testing"].review_by == date(2027, 8, 30)


def test_the_reviews_of_one_class_of_data_are_recorded_together() -> None:
    text = "\n".join(
        ["[data.profiles]", 'classification = "personal"', 'steward = "privacy"']
        + [f'[initiatives.w{n}]\nestimate = "4w"\nprocesses = ["profiles"]' for n in range(6)]
    )
    (one,) = (f for f in check(plan(text)).findings if f.code == "DATA02")
    assert one.message.startswith(
        "no review of profiles by privacy: w0 (26 Mar), w1 (26 Mar) and 4"
    )
    (title,) = offered(plan(text), "DATA02")
    made = after(plan(text), "DATA02", title)
    reviews = [made.roadmap.initiatives[f"w{n}"].reviews for n in range(6)]
    assert reviews == [{"privacy": MONDAY}] * 6


def test_who_looks_at_data_can_be_a_setting() -> None:
    text = example("DATA02") + '\n[checks.reviews_for]\npersonal = ["dpo", "legal"]'
    assert "by dpo and legal" in message(text, "DATA02")
    after(plan(text), "DATA02", "record that dpo and legal have reviewed model")


def test_late_reviews_are_errors_and_early_ones_warnings() -> None:
    assert [f.severity for f in findings(example("DATA02"), "DATA02")] == ["error"]
    long = example("DATA02", ('owner = "data"', 'owner = "data"\nestimate = "9w"'))
    assert [f.severity for f in findings(long, "DATA02")] == ["warning"]


def test_one_answer_clears_what_is_held_up_and_what_is_owed() -> None:
    across = example(
        "LINK04",
        ("[initiatives.sso]", '[initiatives.sso]\nportfolio = "it"'),
        ("[initiatives.cdp]", '[initiatives.cdp]\nportfolio = "marketing"'),
    )
    (one,) = (f for f in findings(across) if f.code.startswith("LINK"))
    assert [part.code for part in one.parts] == ["LINK01", "LINK04"]
    agreed = after(plan(across), "LINK01", "record that IT agrees to sso by 26 Mar")
    assert not [f for f in check(agreed).findings if f.code.startswith("LINK")]


def test_a_decline_is_an_answer() -> None:
    made = after(
        plan(example("LINK04")), "LINK04", "record that the owner of sso declines sso for cdp"
    )
    assert made.roadmap.initiatives["cdp"].needs[0].declined == MONDAY


ASKED = """
[initiatives.api]
portfolio = "it"
estimate = "2w"
[initiatives.push]
portfolio = "marketing"
estimate = "1w"
needs = [{{ on = "api", {} }}]
"""


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("agreed = 2027-02-01, declined = 2027-02-15", "declined"),
        ("agreed = 2027-02-15, declined = 2027-02-01", None),
        ("agreed = 2027-02-15, declined = 2027-02-15", None),
        ("asked = 2027-02-15, declined = 2027-02-01", "asked"),
        ("asked = 2027-02-01, declined = 2027-02-15", "declined"),
        ("asked = 2027-02-15, agreed = 2027-02-15", None),
        ("asked = 2027-02-15, agreed = 2027-02-01", "asked"),
        ("asked = 2027-02-01, accepted = 2027-02-22, declined = 2027-02-15", None),
    ],
)
def test_of_what_was_said_of_a_link_the_last_holds(said: str, state: str | None) -> None:
    found = [one.data["state"] for one in findings(ASKED.format(said), "LINK01")]
    assert found == ([state] if state else [])


def test_a_request_made_again_waits_for_an_answer_again() -> None:
    text = example("LINK04", ("asked = 2027-02-01", "declined = 2027-01-04, asked = 2027-02-01"))
    assert tells(message(text, "LINK04"), "sso 20 working days")
    assert not findings(text.replace("2027-01-04", "2027-02-02"), "LINK04")


MISSED_TOGETHER = """
[initiatives.a]
estimate = "2w"
deadline = 2027-03-10
[initiatives.b]
estimate = "2w"
needs = ["a"]
deadline = 2027-03-24
"""


def test_a_deadline_that_was_missed_with_another_is_no_new_error() -> None:
    """A later deadline of a clears a's own; b is told by itself then, and is as late as it was."""
    context = plan(MISSED_TOGETHER)
    ask, known = asked(the(context, "DATE01"), context), Parts(check(context))
    later = SetKey("initiatives", "a", ("deadline",), date(2027, 3, 20))
    assert errors_added(ask, later, known) == 0
    longer = SetKey("initiatives", "a", ("deadline",), date(2027, 3, 1))
    new = AddTable("initiatives", "c", {"estimate": "3w", "deadline": date(2027, 3, 5)})
    assert errors_added(ask, longer, known) == 1, "a is later than it was"
    assert errors_added(ask, Edits((longer, new)), known) == 2


BEHIND_SSO = """
[portfolios.it]
[portfolios.marketing]
[initiatives.sso]
portfolio = "it"
estimate = "4w"
[initiatives.hub]
portfolio = "it"
estimate = "2w"
needs = ["sso"]
[initiatives.spring]
kind = "campaign"
portfolio = "marketing"
estimate = "1w"
needs = ["hub"]
deadline = 2027-04-09
[initiatives.summer]
kind = "campaign"
portfolio = "marketing"
estimate = "2w"
needs = ["hub"]
deadline = 2027-04-16
"""


def test_a_fix_of_what_drives_several_clears_them_all_and_is_offered_once() -> None:
    context = plan(BEHIND_SSO)
    (one,) = (each for each in check(context).findings if each.code == "DATE01")
    assert one.data["driver"] == "sso"
    found = fixes(one, context).found
    first, titles = found[0], [fix.title for fix in found]
    assert (first.title, first.clears) == ("start hub 5d before sso finishes (SS+15d)", True)
    assert len(titles) == len(set(titles))
    assert not [
        each for each in check(tried(context, first.edit)).findings if each.code == "DATE01"
    ]
    own = next(fix for fix in found if fix.title.startswith("start spring"))
    assert not own.clears, "summer is late without spring, too"
