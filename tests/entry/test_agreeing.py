"""What can be recorded, and what is then in the file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.entry.agreements import Act, Record, chosen, records
from planner.errors import UsageError
from planner.plan.model import Plan
from tests.query.plans import plan

ROADMAP = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-22
[teams.data]
portfolio = "it"
[teams.crm]
portfolio = "marketing"
[data.profile]
classification = "personal"
steward = "privacy"
[systems.cdp]
owner = "data"
data = "profile"
[initiatives.api]
owner = "data"
estimate = "2w"
"""
TODAY, FINISH = date(2027, 3, 22), date(2027, 4, 2)


def with_link(link: str) -> Plan:
    """A campaign that needs the API, the link as written."""
    return plan(f'{ROADMAP}[initiatives.push]\nowner = "crm"\nneeds = [{link}]')


def made(before: Plan, record: Record, kind: str, id: str) -> dict[str, Any]:
    """The table after a record."""
    return dict(before.with_edit(record.edit).tables[kind][id])


def titles(found: list[Record]) -> list[str]:
    return [record.title for record in found]


@pytest.mark.parametrize(
    ("link", "act", "after"),
    [
        ('"api"', "ask", {"on": "api", "asked": TODAY}),
        ('"api"', "agree", {"on": "api", "promised": FINISH, "agreed": TODAY, "by": "it"}),
        (
            '{ on = "api", promised = 2027-05-03 }',
            "agree",
            {"on": "api", "promised": date(2027, 5, 3), "agreed": TODAY, "by": "it"},
        ),
        (
            '{ on = "api", promised = 2027-05-03, declined = 2027-03-01 }',
            "agree",
            {"on": "api", "promised": date(2027, 5, 3), "agreed": TODAY, "by": "it"},
        ),
        (
            '{ on = "api", agreed = 2027-03-01 }',
            "decline",
            {"on": "api", "declined": TODAY, "by": "it"},
        ),
        (
            '{ on = "api", agreed = 2027-03-01, asked = 2027-03-15 }',
            "promise",
            {
                "on": "api",
                "agreed": TODAY,
                "asked": date(2027, 3, 15),
                "promised": TODAY,
                "by": "it",
            },
        ),
        (
            '{ on = "api", agreed = 2027-03-01 }',
            "promise",
            {"on": "api", "agreed": date(2027, 3, 1), "promised": TODAY, "by": "it"},
        ),
    ],
)
def test_what_is_written_on_a_link(link: str, act: Act, after: dict[str, Any]) -> None:
    before = with_link(link)
    record = chosen(records(before, "initiatives", "push", supplier="api"), act, None)
    assert made(before, record, "initiatives", "push")["needs"] == [after]


def test_what_is_waited_for_comes_first() -> None:
    found = records(with_link('{ on = "api", asked = 2027-03-01 }'), "initiatives", "api")
    assert titles(found)[:3] == [
        "IT agrees to api → push by 2 Apr",
        "IT promises api → push for another date",
        "IT declines api → push",
    ]
    assert found[0].seen == ("nothing is said of what it delivers", "finishes 2 Apr")


def test_another_day_is_promised_and_a_no_takes_it_back() -> None:
    before = with_link('{ on = "api", declined = 2027-03-01 }')
    late = date(2027, 5, 3)
    promise = chosen(records(before, "initiatives", "push", day=late), "promise", "IT")
    assert promise.title == "IT promises api → push for 3 May"
    agreed = before.with_edit(promise.edit)
    assert agreed.tables["initiatives"]["push"]["needs"] == [
        {"on": "api", "promised": late, "agreed": TODAY, "by": "it"}
    ]
    no = chosen(records(agreed, "initiatives", "push"), "decline", None)
    after = agreed.with_edit(no.edit)
    assert after.tables["initiatives"]["push"]["needs"] == [
        {"on": "api", "declined": TODAY, "by": "it"}
    ]


def test_a_delivery_is_accepted_once() -> None:
    done = "actual_start = 2027-03-01\nactual_finish = 2027-03-12\n"
    text = ROADMAP.replace('estimate = "2w"\n', done) + '[initiatives.push]\nowner = "crm"\n'
    before = plan(text + 'needs = ["api"]')
    record, other = records(before, "initiatives", "push", supplier="api")
    assert (record.act, other.act) == ("accept", "not accept")
    after = before.with_edit(record.edit)
    assert records(after, "initiatives", "push", supplier="api") == []


def test_each_side_agrees_on_its_day() -> None:
    before = plan(ROADMAP + '[agreements.mail]\naccountable = "crm"')
    found = records(before, "agreements", "mail", day=date(2027, 3, 15))
    assert titles(found) == [
        "Marketing and IT agree to mail",
        "Marketing agrees to mail",
        "IT agrees to mail",
    ]
    day = date(2027, 3, 15)
    assert made(before, found[0], "agreements", "mail")["agreed"] == {"marketing": day, "it": day}
    assert made(before, found[2], "agreements", "mail")["agreed"] == {"it": day}


def test_a_yes_leaves_the_other_side_as_it_is() -> None:
    before = plan(ROADMAP + "[agreements.mail]\nagreed = { marketing = 2027-01-04 }")
    found = records(before, "agreements", "mail")
    assert found[0].who == "it"
    assert made(before, found[0], "agreements", "mail")["agreed"] == {
        "marketing": date(2027, 1, 4),
        "it": TODAY,
    }


def test_an_agreement_that_is_due_is_looked_at_again() -> None:
    agreed = "agreed = { marketing = 2026-01-04, it = 2026-01-04 }\nreview_by = 2027-03-01"
    before = plan(f"{ROADMAP}[agreements.mail]\n{agreed}")
    record = records(before, "agreements", "mail")[0]
    assert record.title == "both sides reviewed mail again; next by 20 Sep"
    after = made(before, record, "agreements", "mail")
    assert after["review_by"] == date(2027, 9, 20)
    assert set(after["agreed"].values()) == {TODAY}


def test_a_review_names_who_looked_and_at_what() -> None:
    text = '[initiatives.push]\nowner = "crm"\nuses = "cdp"\nactivates = "profile"\n'
    before = plan(f"{ROADMAP}{text}consulted = ['legal']\nreviews = {{ legal = 2027-03-01 }}")
    found = records(before, "initiatives", "push")
    assert titles(found) == [
        "privacy reviewed push",
        "data reviewed push",
        "legal reviewed push again",
    ]
    assert found[0].seen == ("uses cdp", "activates profile")
    reviews = made(before, found[0], "initiatives", "push")["reviews"]
    assert reviews == {"legal": date(2027, 3, 1), "privacy": TODAY}


def test_systems_are_reviewed_too() -> None:
    before = plan(ROADMAP)
    record = chosen(records(before, "systems", "cdp"), "review", "privacy")
    assert made(before, record, "systems", "cdp")["reviews"] == {"privacy": TODAY}


def test_who_must_be_said_where_several_could() -> None:
    found = records(plan(ROADMAP), "systems", "cdp")
    with pytest.raises(UsageError) as refused:
        chosen(found, "review", None)
    assert refused.value.hint == "use --by privacy or --by data"
    with pytest.raises(UsageError):
        chosen(found, "agree", None)


def test_nothing_is_recorded_about_other_tables() -> None:
    assert records(plan(ROADMAP), "teams", "crm") == []
    assert records(plan(ROADMAP), "initiatives", "nobody") == []
