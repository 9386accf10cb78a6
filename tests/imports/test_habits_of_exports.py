"""Habits of exports that misled: weekdays before dates, ticks, headings with a word more."""

from __future__ import annotations

from datetime import date

import pytest

from planner.exchange.importing.headings import heading
from planner.exchange.sheets.sheet import Cell
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
        ("Systeme", "changes"),
        ("Benötigte Systeme", "uses"),
        ("Outils utilisés", "uses"),
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


def test_a_section_may_have_headings_of_its_own() -> None:
    heads = ["Name", "Start", "End", "Cost"]
    incoming = read(
        ["Loyalty programme"],
        ["Foundations"],
        heads,
        ["Points engine", "2027-02-15", "2027-04-30", 40000],
        [None, None, None, 40000],
        [],
        ["Launch"],
        heads,
        ["Teaser", "2027-04-12", "2027-04-30", 8000],
    )

    groups = {id: table["title"] for id, table in incoming.tables["groups"].items()}
    parts = {id: groups[table["part_of"]] for id, table in incoming.tables["initiatives"].items()}
    assert parts == {"points-engine": "Foundations", "teaser": "Launch"}


def test_a_remark_behind_a_title_may_name_the_title_of_other_work() -> None:
    incoming = read(
        ["Task", "Start", "End"],
        ["Search index", "2027-01-11", "2027-02-19"],
        ["Synonyms (after Search index)", "2027-02-01", "2027-02-26"],
        ["Mail after the search index", "2027-02-01", "2027-02-26"],
    )

    assert [(each.row, each.names) for each in incoming.phrases] == [(3, "Search index")]


def test_an_address_behind_a_name_is_no_part_of_it() -> None:
    incoming = read(
        ["Name", "Timeline", "Blocked by"],
        ["Contract, legal", "December 7, 2026 → January 8, 2027", None],
        ["Audience", "January 11, 2027", "Contract, legal (https://www.notion.so/contract-0f3a)"],
    )

    assert [(each.successor, each.predecessor) for each in incoming.links] == [
        ("audience", "contract-legal")
    ]


def test_two_red_dates_are_told_though_no_other_date_is_alike() -> None:
    days = [date(2027, 1, 4), date(2027, 2, 1), date(2027, 2, 1), date(2027, 3, 1)]
    incoming = read(
        ["Task", "Start", "Duration"],
        *(
            [f"Task {at}", Cell(day, fill="FF0000" if at in (1, 4) else ""), "5d"]
            for at, day in enumerate(days, 1)
        ),
    )

    assert any("rows 2 and 5" in loss.why for loss in incoming.losses)
