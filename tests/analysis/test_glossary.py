"""Words of the glossary in other texts."""

from __future__ import annotations

import pytest

from planner.analysis.glossary import differs, places, texts_of, used
from planner.roadmap.entities import Term
from tests.query.plans import plan

GLOSSARY = ("active customer", "go-live", "live", "lead (time)")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("an Active Customer", ["Active Customer"]),
        ("active-customers by week", ["active-customers"]),
        ("the go live of it", ["go live"]),
        ("alive, deliver, live-stream", []),
        ("Live!", ["Live"]),
        ("lead (time) in days", ["lead (time)"]),
        ("", []),
    ],
)
def test_where_terms_stand(text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in places(text, GLOSSARY)] == found


def test_the_longer_term_counts() -> None:
    assert used(["a go-live is not live"], GLOSSARY) == ["go-live", "live"]
    assert places("live", ()) == []


@pytest.mark.parametrize(
    ("term", "disputed"),
    [
        (Term(marketing="a", it="b"), True),
        (Term(marketing="a", it="A"), False),
        (Term(marketing="a", it="b", agreed="c"), False),
        (Term(marketing="a"), False),
    ],
)
def test_when_two_sides_mean_different_things(term: Term, disputed: bool) -> None:
    assert differs(term) == disputed


def test_what_is_read_about_an_initiative() -> None:
    text = '[outcomes.o]\nkpi = "orders"\n[initiatives.a]\ntitle = "Push"\nnotes = "later"\n'
    text += 'outcomes = "o"\nneeds = [{ on = "b", delivers = "api" }]\n[initiatives.b]\n'
    assert texts_of(plan(text), "initiatives", "a") == ["Push", "later", "api", "orders"]
