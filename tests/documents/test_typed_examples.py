"""The page on what is typed: each of its examples is understood as the page says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from planner.roadmap.typed import Unclear, Understood, typed_amount, typed_estimate
from planner.roadmap.typed_days import say_day, typed_date
from tests.documents.parts import TOPICS

MONDAY = date(2027, 3, 22)
PAGE = (TOPICS / "dates.md").read_text(encoding="utf-8")


def examples(heading: str) -> list[tuple[str, str]]:
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(.+?)` +\| (.+?) +\|$", section, re.MULTILINE)
    return [(typed, understood.strip("`")) for typed, understood in rows]


def test_the_page_has_examples() -> None:
    assert [len(examples(each)) for each in ("Dates", "Lengths", "Money and numbers")] == [24, 6, 8]


@pytest.mark.parametrize(("text", "meant"), examples("Dates"))
def test_dates(text: str, meant: str) -> None:
    found = typed_date(text, MONDAY)
    assert isinstance(found, Understood)
    assert say_day(found.value) == meant


@pytest.mark.parametrize(("text", "meant"), examples("Lengths"))
def test_lengths(text: str, meant: str) -> None:
    found = typed_estimate(text)
    assert isinstance(found, Understood)
    assert found.text == meant


@pytest.mark.parametrize(("text", "meant"), examples("Money and numbers"))
def test_money(text: str, meant: str) -> None:
    found = typed_amount(text)
    assert isinstance(found, Understood)
    assert found.text == meant


def unclear() -> Iterator[str]:
    yield from re.findall(r"`([^`]+)` \((?:April|this\s+week|of which)", PAGE)
    yield from ("31 february", "2027-W53")


@pytest.mark.parametrize("text", list(unclear()))
def test_what_is_asked_back_or_refused(text: str) -> None:
    assert isinstance(typed_date(text, MONDAY), Unclear)
    assert len(list(unclear())) == 5
