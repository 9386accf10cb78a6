"""A difference in words, as it stands in a message: what changed on a link is said, too."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.text.differences import change, in_full

ASKED, AGREED = date(2027, 1, 4), date(2027, 1, 6)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("6w", "8w", "6w → 8w"),
        ("4w", ["1w", "2w"], "4w → 1w/2w"),
        (["a"], ["a", "b"], "+b"),
        (["a", "b"], ["b", "a"], "in another order"),
        (["a SS"], ["a SS+2d"], "+a SS+2d −a SS"),
        (["data science"], ["data engineering"], "+data engineering −data science"),
        (["a"], [{"on": "a", "asked": ASKED}], "a (asked = 2027-01-04)"),
        ("a", [{"on": "a", "asked": ASKED}, "b"], "a (asked = 2027-01-04) +b"),
        (
            [{"on": "a", "asked": ASKED}, "c"],
            [{"on": "a", "asked": ASKED, "agreed": AGREED}],
            "a (agreed = 2027-01-06) −c",
        ),
        ([{"on": "a", "lag": "2d"}], [{"on": "a", "lag": "3d"}], "a (lag 2d → 3d)"),
        (["a SS+2d"], [{"on": "a", "type": "SS", "lag": "3d"}], "a (lag +2d → 3d)"),
        ([{"on": "a", "agreed": AGREED}], ["a"], "a (agreed removed)"),
        (
            [{"on": "a", "agreed": AGREED}],
            [{"on": "a", "agreed": AGREED, "counter": {"by": "it", "promised": ASKED}}],
            "a (counter = by it, promised 2027-01-04)",
        ),
        (["a"], [{"on": "a"}], "a (written otherwise)"),
        ([{"on": "a", "why": "x"}], [{"on": "b", "why": "x"}], "+b −a"),
        ([{"on": 5}], [{"on": 5, "why": "x"}], "5 (why = x)"),
        (["3w", "4w", "7w"], ["3w", "5w", "7w"], "3w/4w/7w → 3w/5w/7w"),
        ([1, 2, 3], [1, 2, 4.5], "1/2/3 → 1/2/4.5"),
        (4, [1, 2, 3], "4 → 1/2/3"),
        (["3w", "a", "7w"], ["3w", "b", "7w"], "+b −a"),
        (None, {"to": "6w", "cost": 12000}, "= to 6w, cost 12000"),
        (4, {"it": [1, 2, 3], "marketing": 4}, "4 → it 1/2/3, marketing 4"),
        (None, {"2027-06-01": "go on"}, "= 2027-06-01 go on"),
        (None, {}, "= nothing"),
    ],
)
def test_a_change_says_what_is_other_than_before(old: Any, new: Any, said: str) -> None:
    assert change(old, new) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"on": "a", "lag": "2d", "why": "legal"}, "a, lag 2d, why legal"),
        ({"on": "a"}, "a"),
        ({"crm": 2, "web": 1}, "crm 2, web 1"),
        (["a", {"on": "b", "agreed": AGREED}], "a; b, agreed 2027-01-06"),
        (["1w", "2w"], "1w/2w"),
        ([], "nothing"),
        ({}, "nothing"),
        (True, "true"),
    ],
)
def test_a_value_in_full_tells_it_from_every_other(value: Any, said: str) -> None:
    assert in_full(value) == said
