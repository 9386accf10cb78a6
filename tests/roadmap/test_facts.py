"""A fact that is dated in the future counts as absent, for dates and for every rule."""

from __future__ import annotations

import tomllib
from datetime import date

from planner.conflicts.registry import check
from planner.roadmap.facts import dated_after, known_by
from planner.roadmap.reading import read
from tests.conflicts.plans import plan

TEXT = """
[initiatives.api]
portfolio = "it"
estimate = "4w"
status = "active"
actual_start = 2027-05-03
reviews = { privacy = 2027-05-03, legal = 2027-02-01 }
[initiatives.site]
portfolio = "marketing"
needs = [{ on = "api", agreed = 2027-05-03, accepted = 2027-05-04 }]
[agreements.data]
agreed = { it = 2027-05-03, marketing = 2027-02-01 }
[decisions.region]
decided = 2027-05-03
choice = "EU"
"""
TODAY = date(2027, 3, 1)


def test_all_facts_of_later_days_are_gone_and_the_others_stay() -> None:
    roadmap = known_by(read({"plan.toml": tomllib.loads(TEXT)}).roadmap, TODAY)
    api, (need,) = roadmap.initiatives["api"], roadmap.initiatives["site"].needs
    assert (api.actual_start, api.reviews) == (None, {"legal": date(2027, 2, 1)})
    assert (need.on, need.agreed, need.accepted) == ("api", None, None)
    assert roadmap.agreements["data"].agreed == {"marketing": date(2027, 2, 1)}
    assert (roadmap.decisions["region"].decided, roadmap.decisions["region"].choice) == (None, "EU")
    assert known_by(roadmap, TODAY) is roadmap


def test_each_is_named_by_its_keys() -> None:
    found = dated_after(read({"plan.toml": tomllib.loads(TEXT)}).roadmap, TODAY)
    assert [(one.id, one.key) for one in found] == [
        ("api", ("actual_start",)),
        ("api", ("reviews", "privacy")),
        ("site", ("needs", "api", "agreed")),
        ("site", ("needs", "api", "accepted")),
        ("data", ("agreed", "it")),
        ("region", ("decided",)),
    ]


def test_on_its_day_a_fact_counts() -> None:
    roadmap = read({"plan.toml": tomllib.loads(TEXT)}).roadmap
    assert known_by(roadmap, date(2027, 5, 4)) is roadmap
    assert not list(dated_after(roadmap, date(2027, 5, 4)))


def test_the_schedule_and_the_rules_see_what_is_left() -> None:
    """Work that is to start in May has not started, and nothing says that it lacks a start."""
    context = plan(TEXT)
    dates = context.dates("api")
    assert dates is not None
    assert (dates.started, dates.start) == (False, TODAY)
    codes = [one.code for one in check(context).findings]
    assert codes.count("DATE05") == 4
    assert "DATE04" not in codes
