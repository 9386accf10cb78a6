"""Habits of exports that misled: weekdays before dates, ticks, headings with a word more."""

from __future__ import annotations

from datetime import date

import pytest

from planner.exchange.importing.headings import heading
from tests.imports.rows import column, losses, read, work


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Mon 1/2/27", date(2027, 2, 1)),
        ("Sat 1/2/27", date(2027, 1, 2)),
        ("lundi 1/2/27", date(2027, 2, 1)),
        ("Mit 24.02.27", date(2027, 2, 24)),
        ("Die 09.03.27", date(2027, 3, 9)),
    ],
)
def test_a_weekday_says_which_figure_is_the_month(text: str, start: date) -> None:
    incoming = read(["Task", "Start", "Duration"], ["Flyer", text, "5d"])

    assert incoming.dates[0].start == start


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Changes system", "changes"),
        ("Tools touched", "changes"),
        ("Outil modifié", "changes"),
        ("Sistemas que cambia", "changes"),
        ("Werkzeuge geändert", "changes"),
        ("System (changed)", "changes"),
        ("Tools used", "uses"),
        ("Systeme", "uses"),
        ("Spätestens fertig", "deadline"),
        ("Done?", "status"),
    ],
)
def test_a_heading_means_what_its_other_words_make_it(text: str, meaning: str) -> None:
    assert heading(text).meaning == meaning


def test_when_beside_an_until_is_a_start() -> None:
    incoming = read(["Topic", "When", "Until"], ["Flyer", "4 Jan 2027", "26 Feb 2027"])

    assert work(incoming, "flyer")["estimate"] == "40d"
    assert column(incoming, "When").meaning == "start"


def test_ticks_are_a_status_and_a_question_mark_is_none() -> None:
    incoming = read(
        ["Task", "Done?", "Duration"],
        ["Flyer", "✓", "5d"],
        ["Poster", "no", "5d"],
        ["Film", "?", "5d"],
        ["Song", "done?", "5d"],
    )

    assert work(incoming, "flyer")["status"] == "done"
    assert "status" not in work(incoming, "poster")
    assert "row 3" in column(incoming, "Done?").why
    assert [loss.row for loss in losses(incoming, "Done?")] == [4, 5]
