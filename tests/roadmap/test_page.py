"""The format's page against the structs: every table with its keys, in the order of the page.

The tables below are the page's, as data: who adds a key to one side has to add it to the other.
"""

from __future__ import annotations

import pytest

from planner.roadmap.entities import SINGLES
from planner.roadmap.fields import TABLES, fields, keys_in_order, term_keys
from planner.roadmap.quantities import COUNTER_KEYS, Acceleration

PAGE = {
    "roadmap": "title start status_date calendar currency near_critical main_launch",
    "portfolios": "title lead budget",
    "calendars": "title workdays country region holidays working",
    "freezes": "title start end systems blocks exempt",
    "teams": "title portfolio lead capacity calendar capacity_from",
    "people": "name email team role skills until bridges",
    "systems": "title owner status vendor standing standing_until supported_until capabilities "
    "connects data customer_facing reviews cost_per_year",
    "data": "title classification steward",
    "outcomes": "title hypothesis kpi unit baseline target by readings source owner value answers",
    "groups": "title part_of",
    "initiatives": "title short kind part_of portfolio status priority journey tags notes urls "
    "owner responsible consulted informed reviews skills staff "
    "estimate estimated_by calendar "
    "actual_start actual_finish percent_complete remaining "
    "start_no_earlier_than start_no_later_than finish_no_earlier_than finish_no_later_than "
    "must_start_on must_finish_on as_late_as_possible deadline announced "
    "needs awaits relates "
    "uses changes introduces replaces retires processes activates "
    "outcomes cost accelerate value",
    "needs": "on type lag delivers why accepted_when asked needed_by promised agreed declined "
    "accepted rejected counter by note",
    "agreements": "title accountable responsible consulted informed capabilities systems data "
    "access limit why agreed review_by",
    "decisions": "title options needed_by decided choice owner",
    "actions": "title owner due done meeting",
    "meetings": "title every last attends",
    "waivers": "rule on reason by until",
    "checks": "ignore severity wip reviews_for",
    "views": "title query group_by sort columns",
}

WORDS = {
    ("freezes", "blocks"): "release work",
    ("systems", "status"): "planned live retiring retired",
    ("systems", "standing"): "approved trial exception unreviewed",
    ("data", "classification"): "public internal confidential personal special",
    ("initiatives", "kind"): "feature integration foundation campaign review milestone",
    ("initiatives", "status"): "proposed planned active paused done dropped",
    ("agreements", "access"): "public internal confidential personal special",
}


def test_every_table_of_the_page_is_one() -> None:
    assert {*PAGE, "glossary"} - {"needs"} == {*TABLES, *SINGLES}


@pytest.mark.parametrize("kind", PAGE)
def test_every_key_of_the_page_is_one_in_its_place(kind: str) -> None:
    assert keys_in_order(kind) == tuple(PAGE[kind].split())


@pytest.mark.parametrize(("kind", "key"), WORDS)
def test_the_words_of_the_page_are_those_allowed(kind: str, key: str) -> None:
    form = fields(kind)[key].form
    allowed = form.choices or (form.item.choices if form.item else ())
    assert allowed == tuple(WORDS[kind, key].split())


def test_small_tables_have_the_keys_of_the_page() -> None:
    assert term_keys() == ("marketing", "it", "agreed")
    assert Acceleration.__struct_fields__ == ("to", "cost")
    assert COUNTER_KEYS == ("by", "on", "promised", "needed_by", "type", "lag")
