"""Reading what is right: every table kind, several files, and what is left out."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from planner.roadmap.entities import KINDS, SINGLES, Initiative, Term
from planner.roadmap.fields import fields
from planner.roadmap.quantities import Acceleration, Amount, Estimate, Length, Need
from planner.roadmap.reading import read
from tests.roadmap.samples import EVERYTHING, MINIMAL, data, reading


def test_ten_lines_are_a_roadmap() -> None:
    found = reading(MINIMAL)
    push = found.roadmap.initiatives["web-push"]
    assert found.problems == ()
    assert push.label == "web-push"
    assert push.title is None
    assert push.effective_kind == "feature"
    assert push.status == "planned"
    assert push.estimate == Estimate(Length(3, "w"))
    assert push.needs == (Need(on="consent-center"),)
    assert push.deadline == date(2027, 3, 1)


def test_nothing_is_a_roadmap() -> None:
    found = read({}, title="empty")
    assert found.problems == ()
    assert found.roadmap.title == "empty"
    assert found.roadmap.initiatives == {}


def test_every_key_of_every_table_is_read() -> None:
    found = reading(EVERYTHING)
    assert found.problems == ()
    assert found.invalid == {}
    written = data(EVERYTHING)
    assert set(written) == {*KINDS, *SINGLES}
    for kind in KINDS:
        used = {key for table in written[kind].values() for key in table}
        assert used == set(fields(kind))
        assert list(found.roadmap.table(kind)) == list(written[kind])


def test_what_binds_from_a_day_on_or_for_a_side_has_its_days_and_sides() -> None:
    roadmap = reading(EVERYTHING).roadmap
    assert roadmap.teams["crm"].capacity_from == {date(2027, 6, 1): 5, date(2027, 9, 1): 3.5}
    assert roadmap.people["jo"].until == date(2027, 11, 30)
    assert roadmap.systems["cdp"].cost_per_year == 48000
    assert roadmap.outcomes["repeat-purchase"].answers == {date(2027, 6, 1): "go on: season"}
    assert roadmap.agreements["segments"].limit == 10000
    assert roadmap.checks.wip == {"crm": 3}
    action = roadmap.actions["ask-legal"]
    assert (action.owner, action.due, action.done, action.meeting) == (
        "jo",
        date(2027, 4, 1),
        date(2027, 3, 30),
        "sync",
    )


def test_values_are_what_the_structs_say() -> None:
    roadmap = reading(EVERYTHING).roadmap
    push = roadmap.initiatives["web-push"]
    assert push.owner == ("crm",)
    assert push.accountable == "crm"
    assert push.journey == ("return",)
    assert push.estimate == Estimate(Length(4, "w"), Length(3, "w"), Length(7, "w"))
    assert push.remaining == Length(18, "d")
    assert push.needs[1] == Need(on="consent-center", type="SS", lag=Length(5, "d"))
    assert push.needs[2].type == "FF"
    assert push.needs[2].lag == Length(-1, "w")
    assert push.needs[2].promised == date(2027, 1, 15)
    assert push.reviews == {"privacy": date(2026, 11, 3)}
    assert push.cost == {"marketing": Amount(40000, 30000, 60000), "it": Amount(25000)}
    assert push.accelerate == Acceleration(Length(3, "w"), 12000)
    assert push.percent_complete == 12.5
    assert roadmap.freezes["peak"].systems == ("commerce",)
    assert roadmap.calendars["uk"].holidays == {date(2027, 12, 24): "Christmas Eve"}
    assert roadmap.outcomes["repeat-purchase"].readings == {date(2027, 3, 1): 18.7}
    assert roadmap.meetings["sync"].every == Length(2, "w")
    assert roadmap.glossary["segment"] == Term(agreed="customers who share a trait")
    assert roadmap.glossary["customer"].it == "who has an account"
    assert roadmap.checks.thresholds == {"horizon": 30, "assumed_estimate": "3w"}
    assert roadmap.checks.severity == {"SYS01": "error"}
    assert roadmap.checks.reviews_for == {"personal": ("privacy",)}
    assert roadmap.settings.near_critical == 3


@pytest.mark.parametrize(
    "text",
    [
        'initiatives.a.uses = "cdp"',
        'initiatives = { a = { uses = ["cdp"] } }',
        '[initiatives]\na = { uses = "cdp" }',
        '[initiatives.a]\nuses = [\n  "cdp", # a comment\n]',
    ],
)
def test_every_spelling_of_a_table_is_read(text: str) -> None:
    assert reading(text).roadmap.initiatives == {"a": Initiative(id="a", uses=("cdp",))}


def test_a_single_link_may_stand_alone() -> None:
    roadmap = reading(
        '[initiatives.a]\nneeds = "b SS+5d"\n[initiatives.c]\nneeds = { on = "b" }'
    ).roadmap
    assert roadmap.initiatives["a"].needs[0].type == "SS"
    assert roadmap.initiatives["c"].needs == (Need(on="b"),)


def test_the_owner_may_be_a_list_and_the_first_counts() -> None:
    push = reading('[initiatives.a]\nowner = ["crm", "web"]').roadmap.initiatives["a"]
    assert push.owner == ("crm", "web")
    assert push.accountable == "crm"


@pytest.mark.parametrize(
    ("text", "kind", "milestone"),
    [
        ("", "feature", False),
        ('estimate = "3w"', "feature", False),
        ('estimate = "0d"', "milestone", True),
        ('estimate = "0w"', "milestone", True),
        ('kind = "milestone"', "milestone", True),
        ('kind = "milestone"\nestimate = "0d"', "milestone", True),
        ('kind = "campaign"', "campaign", False),
        ('kind = "campaign"\nestimate = "0d"', "campaign", True),
    ],
)
def test_what_takes_no_time_is_a_milestone(text: str, kind: str, milestone: bool) -> None:
    found = reading(f"[initiatives.a]\n{text}")
    assert found.problems == ()
    assert found.roadmap.initiatives["a"].effective_kind == kind
    assert found.roadmap.initiatives["a"].is_milestone is milestone


# --- several files --------------------------------------------------------------------------------

MAIN = '[roadmap]\ntitle = "Acme"\n[checks]\nhorizon = 30\n[glossary]\nlead = "a contact"'
MARKETING = """
[initiatives.push]
[glossary]
customer = { marketing = "who bought" }
"""
IT = '[initiatives.api]\n[initiatives.sso]\n[glossary]\ncustomer = { it = "who has an account" }'


def test_several_files_are_one_roadmap() -> None:
    found = reading(MAIN, "roadmap.toml", marketing=MARKETING, it=IT)
    roadmap = found.roadmap
    assert found.problems == ()
    assert roadmap.title == "Acme"
    assert list(roadmap.initiatives) == ["push", "api", "sso"]
    assert roadmap.origins[("initiatives", "api")].file == "it.toml"
    assert roadmap.origins[("roadmap", "")].file == "roadmap.toml"
    assert roadmap.checks.thresholds == {"horizon": 30}


def test_the_glossary_merges_by_term_and_by_side() -> None:
    glossary = reading(MAIN, "roadmap.toml", marketing=MARKETING, it=IT).roadmap.glossary
    assert set(glossary) == {"lead", "customer"}
    assert glossary["customer"] == Term(marketing="who bought", it="who has an account")


def test_a_term_with_two_meanings_for_one_side_is_a_duplicate() -> None:
    other = '[glossary]\nlead = "a metal"'
    (problem,) = reading(MAIN, "roadmap.toml", it=other).problems
    assert (problem.code, problem.key, problem.file) == ("PLAN03", ("lead",), "it.toml")


def test_a_file_named_after_a_portfolio_gives_it() -> None:
    roadmap = reading(MARKETING, "marketing.toml", it=IT).roadmap
    assert roadmap.portfolio_of(roadmap.initiatives["push"]) == "marketing"
    assert roadmap.portfolio_of(roadmap.initiatives["api"]) == "it"


def test_one_id_in_two_files_is_said_and_the_first_is_read() -> None:
    found = reading(
        '[initiatives.a]\nestimate = "1w"', "one.toml", two='[initiatives.a]\nestimate = "2w"'
    )
    (problem,) = found.problems
    assert (problem.code, problem.severity) == ("PLAN03", "error")
    assert (problem.kind, problem.id, problem.file) == ("initiatives", "a", "two.toml")
    assert "one.toml" in problem.message
    assert "two.toml" in problem.message
    assert found.roadmap.initiatives["a"].estimate == Estimate(Length(1, "w"))
    assert found.roadmap.origins[("initiatives", "a")].file == "one.toml"


def test_one_id_of_two_kinds_is_fine() -> None:
    assert reading("[initiatives.cdp]\n[systems.cdp]").problems == ()


def test_checks_bind_everybody_and_stand_beside_the_roadmap() -> None:
    found = reading(MAIN, "roadmap.toml", marketing='[checks]\nignore = ["SYS01"]')
    (problem,) = found.problems
    assert (problem.code, problem.kind, problem.file) == ("READ01", "checks", "marketing.toml")
    assert found.roadmap.checks.ignore == ()


def test_a_second_roadmap_table_is_not_read() -> None:
    found = reading(MAIN, "roadmap.toml", it='[roadmap]\ntitle = "Other"')
    assert [problem.code for problem in found.problems] == ["PLAN03"]
    assert found.roadmap.title == "Acme"


def test_a_team_and_a_person_share_one_namespace() -> None:
    found = read({"a.toml": {"teams": {"crm": {}}}, "b.toml": {"people": {"crm": {}, "ana": {}}}})
    [problem] = found.problems
    assert (problem.code, problem.severity) == ("PLAN03", "error")
    assert (problem.kind, problem.id, problem.file) == ("people", "crm", "b.toml")
    assert "a team in a.toml and a person in b.toml" in problem.message


def test_only_the_first_unknown_names_get_a_nearest_one() -> None:
    keys = {f"estimat{number}": 1 for number in range(8000)}
    tables: dict[str, Any] = {f"initiative{number}": {} for number in range(20000)}
    start = time.process_time()
    found = read({"plan.toml": {"initiatives": {"a": {**keys, "ownr": 1}}, **tables}})
    assert time.process_time() - start < 3
    assert len(found.problems) == 28001
    assert sum(problem.nearest is not None for problem in found.problems) == 50


def test_one_unknown_name_gets_its_nearest_wherever_it_stands() -> None:
    found = read(
        {"plan.toml": {"initiatives": {f"a-{number}": {"ownr": 1} for number in range(99)}}}
    )
    assert {problem.nearest for problem in found.problems} == {"owner"}
