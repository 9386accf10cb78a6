"""Both sides next to each other: who works on a thing, who owns it, and what there is to ask."""

from __future__ import annotations

import pytest

from planner.analysis.gaps import asked_by, gaps_of
from planner.roadmap.output_gaps import GapsShown, OverlapRow
from tests.analysis.test_outcomes import plan

SIDES = """
[teams.web]
portfolio = "marketing"
[teams.data]
portfolio = "it"
"""


def gaps(text: str) -> GapsShown:
    return gaps_of(plan(SIDES + text))


def row(text: str, subject: str, id: str) -> OverlapRow:
    return next(one for one in gaps(text).rows if (one.subject, one.id) == (subject, id))


def work(id: str, owner: str, keys: str) -> str:
    return f'[initiatives.{id}]\nowner = "{owner}"\nestimate = "1w"\n{keys}\n'


CMS = '[systems.cms]\nowner = "data"\nstatus = "live"\ncapabilities = ["publishing"]\n'
AGREED = '[agreements.a]\nsystems = ["cms"]\nagreed = { marketing = 2027-01-04, it = 2027-01-05 }\n'


@pytest.mark.parametrize(
    ("text", "standing", "asks"),
    [
        ('[systems.cms]\nstatus = "live"\n', "unowned", "who is accountable?"),
        (CMS, "no_work", None),
        (CMS + work("feed", "data", 'changes = ["cms"]'), "one_side", None),
        (CMS + work("site", "web", 'uses = ["cms"]'), "across", None),
        (
            CMS + work("site", "web", 'changes = ["cms"]'),
            "across",
            "Marketing changes it (site); IT owns it: who does its part?",
        ),
        (CMS + work("site", "web", 'changes = ["cms"]') + AGREED, "across", None),
        (
            CMS + work("site", "web", 'uses = ["cms"]') + work("feed", "data", 'changes = ["cms"]'),
            "both",
            None,
        ),
        (
            CMS
            + work("site", "web", 'changes = ["cms"]')
            + work("feed", "data", 'retires = ["cms"]'),
            "both",
            "both change it; no agreement covers it",
        ),
        (
            CMS + work("site", "web", 'status = "dropped"\nchanges = ["cms"]'),
            "no_work",
            None,
        ),
        (
            CMS + work("desk", "web", 'portfolio = "joint"\nchanges = ["cms"]'),
            "both",
            None,
        ),
    ],
)
def test_how_the_sides_stand_on_a_system(text: str, standing: str, asks: str | None) -> None:
    found = row(text, "system", "cms")
    assert (found.standing, found.question) == (standing, asks)


def test_a_system_that_only_work_names_is_nobodys() -> None:
    found = row(work("site", "web", 'uses = ["crm"]'), "system", "crm")
    assert found.standing == "unowned"
    assert found.work == {"marketing": ("site",)}


def test_a_capability_that_both_sides_run_something_for() -> None:
    text = (
        '[systems.cdp]\nowner = "data"\ncapabilities = ["segments"]\n'
        '[systems.esp]\nowner = "web"\ncapabilities = ["segments"]\n'
        '[systems.old]\nowner = "web"\nstatus = "retired"\ncapabilities = ["faxing"]\n'
        + work("feed", "data", 'changes = ["esp"]')
    )
    found = row(text, "capability", "segments")
    assert found.owners == {"marketing": ("web",), "it": ("data",)}
    assert found.question == "both run something for it (web and data): which is for what?"
    assert all(one.id != "faxing" for one in gaps(text).rows)


def test_an_outcome_one_side_works_on_through_the_others_systems() -> None:
    text = CMS + '[outcomes.sales]\nowner = "web"\n'
    text += work("site", "web", 'uses = ["cms"]\noutcomes = ["sales"]')
    found = row(text, "outcome", "sales")
    assert found.standing == "one_side"
    assert found.question == "IT plans nothing; it goes through cms"
    both = text + work("feed", "data", 'outcomes = ["sales"]')
    assert row(both, "outcome", "sales").question is None


@pytest.mark.parametrize(
    ("people", "standing", "asks"),
    [
        ("", "unowned", "who can do it?"),
        ("web", "one_side", None),
        ("data", "across", "Marketing asks for it (site); only kim can: is there time?"),
    ],
)
def test_a_skill_asked_for_and_had(people: str, standing: str, asks: str | None) -> None:
    text = work("site", "web", 'skills = ["layout"]')
    if people:
        text += f'[people.kim]\nteam = "{people}"\nskills = ["layout"]\n'
    found = row(text, "skill", "layout")
    assert (found.standing, found.question) == (standing, asks)


def test_a_skill_nobody_asks_for() -> None:
    found = row('[people.kim]\nteam = "web"\nskills = ["layout"]\n', "skill", "layout")
    assert (found.standing, found.owners) == ("no_work", {"marketing": ("kim",)})


def test_journey_stages_show_where_a_side_is_absent() -> None:
    text = work("site", "web", 'journey = ["discover", "buy"]')
    text += work("shop", "data", 'journey = ["buy"]')
    assert row(text, "journey", "discover").standing == "one_side"
    assert row(text, "journey", "buy").work == {"marketing": ("site",), "it": ("shop",)}


def test_people_between_the_sides_marked_or_not() -> None:
    text = '[people.kim]\nteam = "web"\nbridges = true\n[people.lee]\nteam = "data"\n'
    text += '[people.max]\nteam = "data"\n'
    text += work("site", "web", 'responsible = ["lee"]')
    text += work("feed", "data", 'responsible = ["lee", "max"]')
    found = gaps(text).bridges
    assert [(one.id, one.marked) for one in found] == [("kim", True), ("lee", False)]
    assert found[1].work == {"marketing": ("site",), "it": ("feed",)}


def test_what_there_is_to_ask_comes_first() -> None:
    text = CMS + '[systems.zoo]\nstatus = "live"\n' + work("feed", "data", 'changes = ["cms"]')
    assert [one.id for one in gaps(text).rows if one.subject == "system"] == ["zoo", "cms"]


@pytest.mark.parametrize(
    ("text", "subject", "id", "by"),
    [
        (CMS + work("site", "web", 'changes = ["cms"]'), "system", "cms", ("marketing",)),
        (
            CMS
            + work("site", "web", 'changes = ["cms"]')
            + work("feed", "data", 'retires = ["cms"]'),
            "system",
            "cms",
            ("marketing", "it"),
        ),
        (work("feed", "data", 'skills = ["sql"]'), "skill", "sql", ("it",)),
        ('[systems.cms]\nstatus = "live"\n', "system", "cms", ("marketing", "it")),
        (
            CMS
            + '[outcomes.sales]\nowner = "web"\n'
            + work("site", "web", 'uses = ["cms"]\noutcomes = ["sales"]'),
            "outcome",
            "sales",
            ("marketing",),
        ),
        (CMS, "system", "cms", ()),
    ],
)
def test_who_brings_a_question(text: str, subject: str, id: str, by: tuple[str, ...]) -> None:
    found = row(text, subject, id)
    assert found.asked_by == by
    for side in ("marketing", "it"):
        assert (found in asked_by(gaps(text), side)) is (side in by)
