"""What a person types for a revision: days, weekdays, tags, and words that mean nothing here."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.git.clones import Clone
from tests.history.small import HEAD, Record, launch, line, work

DAYS = ("2027-03-01", "2027-03-05", "2027-03-12", "2027-03-15")
"""Status dates: a Monday, a Friday, the next one, and a Monday."""


@pytest.fixture
def told(record: Any) -> Record:
    """Each day the work is a day longer."""
    texts = (
        HEAD.replace("status_date = 2027-03-01", f"status_date = {day}")
        + work("a", f"{5 + number}d")
        + launch("a")
        for number, day in enumerate(DAYS)
    )
    made: Record = record(*line(*texts))
    return made


def since(told: Record, words: str, as_of: str | None = None) -> str:
    """The day of the revision that the words name; `diff` and `history` agree on it."""
    day = ("--as-of", as_of) if as_of else ()
    begin: str = told.history("--since", words, *day)["since"]
    assert told.difference("--since", words, *day)["base"]["day"] == begin
    assert told.difference(words, *day)["base"]["day"] == begin
    return begin


@pytest.mark.parametrize(
    ("words", "as_of", "day"),
    [
        ("2027-03-05", None, "2027-03-05"),
        ("2027-03-11", None, "2027-03-05"),
        ("4 mar", None, "2027-03-01"),
        ("fri", "2027-03-15", "2027-03-12"),
        ("fri", "2027-03-14", "2027-03-12"),
        ("fri", "2027-03-12", "2027-03-05"),
        ("sun", "2027-03-14", "2027-03-05"),
        ("yesterday", "2027-03-13", "2027-03-12"),
        ("HEAD~3", None, "2027-03-01"),
        ("first", None, "2027-03-01"),
        ("sat", None, "2027-03-01"),
        ("refs/tags/2027-03-12", None, "2027-03-01"),
    ],
)
def test_words_name_a_revision(told: Record, words: str, as_of: str | None, day: str) -> None:
    clone = Clone(told.path.parent)
    clone.git("tag", "first", "HEAD~3")
    clone.git("tag", "2027-03-12", "HEAD~3")
    clone.git("branch", "sat", "HEAD~3")
    assert since(told, words, as_of) == day


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2027-02-30", "28 feb 2027"),
        ("3/4/27", "3 apr 2027"),
        ("2050-01-01", "2027-03-15"),
        ("2027-02-28", "2027-03-01"),
        ("foo", "HEAD~3"),
        ("--", "--"),
        ("looked", "date"),
        ("last", "meetings"),
        ("2027-03-12", "refs/tags/"),
    ],
)
def test_words_that_name_none_are_refused_with_what_to_write(
    told: Record, run: Run, words: str, said: str
) -> None:
    Clone(told.path.parent).git("tag", "2027-03-12", "HEAD~3")
    path = str(told.path / "plan.toml")
    for command in ("history", "diff"):
        ran = run(command, f"--since={words}", "-r", path)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err
