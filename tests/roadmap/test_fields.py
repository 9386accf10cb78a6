"""What the structs' fields mean, as everything else asks for it."""

from __future__ import annotations

import pytest

from planner.roadmap.descriptions import describe
from planner.roadmap.entities import KINDS, Initiative
from planner.roadmap.fields import (
    KIND_NOUNS,
    TABLES,
    fields,
    is_list,
    is_reference_list,
    is_set,
    keys_in_order,
    list_key,
    reference_shape,
    references,
    term_keys,
    unscheduled_key,
)


def test_each_kind_has_a_noun() -> None:
    assert KIND_NOUNS.keys() == KINDS.keys()


def test_references_say_of_which_kinds() -> None:
    found = references("initiatives")
    assert found["owner"] == ("teams", "people")
    assert found["part_of"] == ("groups",)
    assert found["needs"] == ("initiatives",)
    assert found["cost"] == ("portfolios",)
    assert "title" not in found
    assert references("roadmap") == {
        "calendar": ("calendars",),
        "main_launch": ("initiatives",),
    }
    assert references("checks") == {
        "wip": ("teams",),
        "reviews_for": ("teams", "people"),
    }
    assert references("glossary") == references("unheard-of") == {}


def test_every_reference_is_of_a_known_kind() -> None:
    for kind in TABLES:
        for kinds in references(kind).values():
            assert set(kinds) <= set(KINDS)


@pytest.mark.parametrize(
    ("kind", "key", "shape"),
    [
        ("initiatives", "part_of", "one"),
        ("initiatives", "uses", "list"),
        ("initiatives", "needs", "needs"),
        ("initiatives", "staff", "keys"),
        ("initiatives", "cost", "keys"),
        ("checks", "wip", "keys"),
        ("actions", "meeting", "one"),
        ("agreements", "agreed", "keys"),
        ("checks", "reviews_for", "values"),
        ("waivers", "by", "one"),
        ("initiatives", "title", None),
        ("initiatives", "unheard-of", None),
    ],
)
def test_the_shape_of_a_reference_says_where_its_ids_stand(
    kind: str, key: str, shape: str | None
) -> None:
    assert reference_shape(kind, key) == shape
    assert is_reference_list(kind, key) is (shape in ("list", "needs"))


def test_keys_are_in_the_order_of_the_format() -> None:
    order = keys_in_order("initiatives")
    assert order[:3] == ("title", "short", "kind")
    assert order.index("estimate") < order.index("deadline") < order.index("needs")
    assert keys_in_order("needs")[:3] == ("on", "type", "lag")
    assert keys_in_order("needs")[-4:] == ("rejected", "counter", "by", "note")
    assert keys_in_order("counter")[:2] == ("by", "on")
    assert fields("initiatives")["deadline"].usual
    assert not fields("initiatives")["notes"].usual


def test_lists_are_sets_unless_their_order_says_something() -> None:
    assert is_set("initiatives", "uses")
    assert not is_set("initiatives", "owner")
    assert not is_set("initiatives", "needs")
    assert not is_set("initiatives", "title")
    assert is_list("initiatives", "needs")
    assert not is_list("initiatives", "estimate")
    assert list_key("initiatives", "needs") == ("on", "type")
    assert list_key("initiatives", "uses") == ()


@pytest.mark.parametrize("key", sorted(fields("initiatives")))
def test_what_takes_an_initiative_out_of_the_schedule(key: str) -> None:
    """What places it: not the days that are only compared with where it is."""
    places = key in ("needs", "estimate", "actual_start", "actual_finish")
    moves = key.endswith("_no_earlier_than") or key.startswith("must_")
    assert unscheduled_key({"title", key}) == (key if places or moves else None)


def test_every_key_is_described() -> None:
    for kind in (*TABLES, "needs", "counter"):
        for key in keys_in_order(kind):
            assert describe(kind, key).endswith("."), f"{kind}.{key}"
    for key in term_keys():
        assert describe("glossary", key)


def test_every_key_has_a_default_that_is_not_written() -> None:
    assert Initiative(id="a").status == fields("initiatives")["status"].default
