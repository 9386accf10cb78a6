"""Days and durations as people write them, and the order of figures, which is never guessed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from planner.errors import UsageError
from planner.exchange.importing.days import Span, read_day, read_words, working_days
from planner.exchange.importing.durations import read_duration
from planner.exchange.sheets.sheet import Cell
from tests.imports.rows import column, losses, read, work

NEAR = date(2027, 4, 1)
DAYS = {
    "2027-05-03": "2027-05-03",
    "2027-05-03T00:00:00": "2027-05-03",
    "2027/05/03": "2027-05-03",
    "20270503": "2027-05-03",
    "03.05.2027": "2027-05-03",
    "3.5.27": "2027-05-03",
    "3/5/27": "2027-05-03",
    "3/5/2027 10:30": "2027-05-03",
    "5-Mar-27": "2027-03-05",
    "12/Apr/27 12:00 AM": "2027-04-12",
    "3. Mai 2027": "2027-05-03",
    "Mo, 3. Mai 2027": "2027-05-03",
    "Mon 3 May 2027": "2027-05-03",
    "May 3, 2027": "2027-05-03",
    "Mar 12, 2027": "2027-03-12",
    "1er mars 2027": "2027-03-01",
    "mar. 12 janv. 2027": "2027-01-12",
    "3 de mayo de 2027": "2027-05-03",
    "spätestens 30.06.2027": "2027-06-30",
    "46300": "2026-10-05",
    "12 Apr": "2027-04-12",
    "12.04.": "2027-04-12",
    "15 dic": "2026-12-15",
}
PERIODS = {
    "Q2 2027": ("2027-04-01", "2027-06-30"),
    "2027 Q2": ("2027-04-01", "2027-06-30"),
    "Q3/27": ("2027-07-01", "2027-09-30"),
    "T2 2027": ("2027-04-01", "2027-06-30"),
    "2. Quartal 2027": ("2027-04-01", "2027-06-30"),
    "H1 2027": ("2027-01-01", "2027-06-30"),
    "KW 18": ("2027-05-03", "2027-05-07"),
    "W18": ("2027-05-03", "2027-05-07"),
    "S18": ("2027-05-03", "2027-05-07"),
    "18. KW": ("2027-05-03", "2027-05-07"),
    "2027-W18": ("2027-05-03", "2027-05-07"),
    "KW18/2027": ("2027-05-03", "2027-05-07"),
    "mars 2027": ("2027-03-01", "2027-03-31"),
    "04/2027": ("2027-04-01", "2027-04-30"),
    "Mitte Mai": ("2027-05-11", "2027-05-20"),
    "mediados de mayo": ("2027-05-11", "2027-05-20"),
    "fin mai 2027": ("2027-05-22", "2027-05-31"),
    "Anfang Juni 2027": ("2027-06-01", "2027-06-10"),
    "2027": ("2027-01-01", "2027-12-31"),
}


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_day(text: str, day: str) -> None:
    found = read_words(text, "dmy", NEAR)
    assert isinstance(found, Span)
    assert (found.first, found.last) == (date.fromisoformat(day),) * 2
    assert not found.period


@pytest.mark.parametrize(("text", "days"), PERIODS.items())
def test_a_period(text: str, days: tuple[str, str]) -> None:
    found = read_words(text, "dmy", NEAR)
    assert isinstance(found, Span)
    assert (found.first.isoformat(), found.last.isoformat()) == days
    assert found.period


@pytest.mark.parametrize(
    "text", ["31.02.2027", "KW 54", "1.13.2027", "0/0/27", "soon", "Easter", "3 apples", "1-2-3-4"]
)
def test_no_day(text: str) -> None:
    assert not isinstance(read_words(text, "dmy", NEAR), Span)


@pytest.mark.parametrize("value", [date(2027, 5, 3), datetime(2027, 5, 3, 17, 30), 46510, 46510.7])
def test_a_typed_cell(value: Any) -> None:
    assert read_day(Cell(value)) == Span(date(2027, 5, 3), date(2027, 5, 3))


# --- the order of figures -------------------------------------------------------------------------


def started(*texts: str, heading: str = "Start", **mapping: str) -> list[date | None]:
    rows = [[f"T{at}", text] for at, text in enumerate(texts)]
    found = read(["Task", heading], *rows, mapping=mapping or None)
    return [each.start for each in found.dates]


def test_a_day_past_the_twelfth_decides_for_its_column() -> None:
    assert started("3/5/27", "13/5/27") == [date(2027, 5, 3), date(2027, 5, 13)]
    assert started("3/5/27", "5/13/27") == [date(2027, 3, 5), date(2027, 5, 13)]


def test_another_column_of_days_decides_too_and_that_is_said() -> None:
    found = read(["Task", "Start", "Due"], ["A", "3/5/27", "20/5/27"])
    assert [each.start for each in found.dates] == [date(2027, 5, 3)]
    assert column(found, "Start").why


@pytest.mark.parametrize("headings", [("Vorhaben", "Beginn"), ("Tâche", "Début")])
def test_the_language_of_the_headings_decides_last(headings: tuple[str, str]) -> None:
    found = read(list(headings), ["A", "3/5/27"])
    assert [each.start for each in found.dates] == [date(2027, 5, 3)]
    assert column(found, headings[1]).why


def test_what_is_ambiguous_is_asked_with_a_cell_and_both_readings() -> None:
    with pytest.raises(UsageError) as asked:
        started("2027-03-01", "3/5/27")
    for part in ("Start", "3/5/27", "row 3", "3 May", "5 Mar"):
        assert part in asked.value.message
    assert "Start dmy" not in str(asked.value.hint)
    assert '"Start" = "start dmy"' in str(asked.value.hint)
    assert started("3/5/27", Start="start dmy") == [date(2027, 5, 3)]
    assert started("3/5/27", Start="start mdy") == [date(2027, 3, 5)]


def test_figures_that_are_one_day_either_way_or_have_points_are_not_asked() -> None:
    assert started("3/3/27", "4.5.27") == [date(2027, 3, 3), date(2027, 5, 4)]


def test_a_column_in_both_orders_is_asked_where_a_cell_can_be_both() -> None:
    with pytest.raises(UsageError, match="3/5/27"):
        started("13/5/27", "5/13/27", "3/5/27")


def test_an_impossible_day_is_a_loss_and_a_missing_year_is_said_once() -> None:
    found = read(
        ["Task", "Start"], ["A", "31.02.2027"], ["B", "1.3.2027"], ["C", "12.4."], ["D", "13.4."]
    )
    assert [(each.row, each.value) for each in losses(found, "Start")] == [(2, "31.02.2027")]
    assert "rows 4 and 5" in column(found, "Start").why
    assert [each.start for each in found.dates] == [
        date(2027, 3, 1),
        date(2027, 4, 12),
        date(2027, 4, 13),
    ]


def test_a_quarter_is_its_first_day_as_a_start_and_its_last_as_a_deadline() -> None:
    found = read(["Task", "Start", "Due"], ["A", "Q2 2027", "Q2 2027"])
    assert work(found, "a")["deadline"] == date(2027, 6, 30)
    assert work(found, "a")["start_no_earlier_than"] == date(2027, 4, 1)
    assert [each.value for each in found.losses] == ["Q2 2027", "Q2 2027"]


def test_a_number_under_a_heading_of_weeks_is_a_week() -> None:
    found = read(["Task", "Start KW", "Ende KW", "Launch"], ["A", 18, "19", date(2027, 6, 1)])
    assert [(each.start, each.finish) for each in found.dates] == [
        (date(2027, 5, 3), date(2027, 5, 14))
    ]


def test_one_cell_may_have_both_ends() -> None:
    found = read(["Task", "Timeline"], ["A", "January 4, 2027 → February 26, 2027"])
    assert work(found, "a")["estimate"] == "40d"


# --- durations ------------------------------------------------------------------------------------

LENGTHS = {
    "5d": "5d",
    "5.5d": "5.5d",
    "5,5 T": "5.5d",
    "2 Wochen": "10d",
    "3 sem.": "15d",
    "3h": "0.375d",
    "40": "40d",
    "1w 2d": "7d",
    "2 weeks and 3 days": "13d",
    "2 months": "40d",
    "5 days?": "5d",
    "10 PT": "10d",
    "1-2 weeks": ["5d", "7.5d", "10d"],
    "½ day": "0.5d",
    "0": "0d",
    "10 mins": "1d",
}


@pytest.mark.parametrize(("text", "estimate"), LENGTHS.items())
def test_a_duration(text: str, estimate: Any) -> None:
    found = read_duration(text)
    assert found is not None
    assert found.estimate == estimate


@pytest.mark.parametrize(
    "text", ["", "soon", "5 apples", "d5", "99999w", "3w2", "2-1 weeks", "-3d"]
)
def test_no_duration(text: str) -> None:
    assert read_duration(text) is None


@pytest.mark.parametrize(
    ("heading", "estimate"),
    [("Duration", "8d"), ("Dauer (Wochen)", "40d"), ("Aufwand in Stunden", "1d"), ("Mois", None)],
)
def test_a_bare_number_has_the_unit_of_its_heading(heading: str, estimate: str | None) -> None:
    found = read(["Task", "Owner", heading], ["A", "CRM", 8])
    assert work(found, "a").get("estimate") == estimate
    assert (estimate is None) == (column(found, heading).meaning is None)
    if estimate:
        assert "row 2" in column(found, heading).why


def test_a_range_and_a_month_are_said() -> None:
    found = read(["Task", "Duration"], ["A", "1-2 weeks"], ["B", "2 months"])
    assert work(found, "a")["estimate"] == ["5d", "7.5d", "10d"]
    assert [each.row for each in losses(found, "Duration")] == [2]
    assert any("month" in note for note in found.notes)


def test_start_and_end_give_the_estimate_and_a_duration_that_differs_is_a_loss() -> None:
    start, end = date(2027, 3, 1), date(2027, 3, 12)
    found = read(
        ["Task", "Start", "End", "Days", "Effort"],
        ["Same", start, end, 10, ""],
        ["Calendar", start, end, 12, ""],
        ["Other", start, end, 4, "2d"],
        ["Backwards", end, start, "3d", ""],
        ["Weekend", date(2027, 3, 6), date(2027, 3, 7), "", ""],
        ["Start alone", start, "", "3d", "9d"],
        ["Effort alone", "", "", "", "2w"],
    )
    estimates = {id: work(found, id)["estimate"] for id in found.rows}
    assert estimates == {
        "same": "10d",
        "calendar": "10d",
        "other": "10d",
        "backwards": "3d",
        "weekend": "1d",
        "start-alone": "3d",
        "effort-alone": "10d",
    }
    assert [(each.row, each.column, each.value) for each in found.losses] == [
        (4, "Days", "4"),
        (4, "Effort", "2d"),
        (5, "End", "2027-03-01"),
        (6, "End", "2027-03-07"),
        (7, "Effort", "9d"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2027-03-01", "2027-03-05", 5),
        ("2027-03-05", "2027-03-08", 2),
        ("2027-03-06", "2027-03-07", 0),
    ],
)
def test_working_days_are_monday_to_friday_both_ends_counted(
    first: str, last: str, days: int
) -> None:
    assert working_days(date.fromisoformat(first), date.fromisoformat(last)) == days


# --- what holds -----------------------------------------------------------------------------------


def test_a_start_holds_only_what_waits_for_nothing() -> None:
    start = date(2027, 3, 1)
    found = read(
        ["Task", "Start", "End", "Depends on"], ["A", start, start, ""], ["B", start, start, "A"]
    )
    assert work(found, "a")["start_no_earlier_than"] == start
    assert "start_no_earlier_than" not in work(found, "b")
    assert [(each.id, each.start, each.finish) for each in found.dates] == [
        ("a", start, start),
        ("b", start, start),
    ]


def test_done_and_active_work_has_actual_dates_that_are_not_ahead() -> None:
    past, ahead = date(2026, 11, 2), date(2027, 3, 1)
    found = read(
        ["Task", "Start", "End", "Status"],
        ["Done", past, date(2026, 11, 13), "erledigt"],
        ["Active", past, ahead, "in progress"],
        ["Not yet", ahead, ahead, "in progress"],
        ["Too early", past, ahead, "done"],
    )
    assert work(found, "done")["actual_start"] == past
    assert work(found, "done")["actual_finish"] == date(2026, 11, 13)
    assert work(found, "active")["actual_start"] == past
    assert "actual_start" not in work(found, "not-yet")
    assert "actual_finish" not in work(found, "too-early")
    assert [(each.row, each.column) for each in found.losses] == [(5, "End")]


def test_a_milestone_takes_no_time_and_is_held_by_its_day() -> None:
    day = date(2027, 3, 1)
    found = read(
        ["Task", "Type", "Start", "End", "Duration"],
        ["Launch", "Milestone", "", day, ""],
        ["Gate", "", day, day, 0],
        ["Long", "Meilenstein", "", day, "5d"],
    )
    for id in ("launch", "gate", "long"):
        assert (work(found, id)["kind"], work(found, id)["estimate"]) == ("milestone", "0d")
        assert work(found, id)["start_no_earlier_than"] == day
    assert [(each.row, each.value) for each in found.losses] == [(4, "5d")]


@pytest.mark.parametrize("word", ["Milestone", "Meilenstein", "jalon", "Hito"])
def test_a_status_that_says_milestone_makes_one(word: str) -> None:
    day = date(2027, 3, 8)
    found = read(["Task", "Status", "Start", "End"], ["Go-live", word, day, day])
    one = work(found, "go-live")
    assert (one["kind"], one["estimate"], one["start_no_earlier_than"]) == ("milestone", "0d", day)
    assert not losses(found, "Status")


@pytest.mark.parametrize("end", ["mid March 2027", "17 May 2027"])
def test_an_end_alone_of_work_without_a_length_is_said(end: str) -> None:
    found = read(
        ["Task", "Status", "Start", "End", "Duration"],
        ["Alone", "open", "", end, ""],
        ["With a length", "open", "", end, "5d"],
        ["With a start", "open", "2027-03-01", end, ""],
        ["A milestone", "Milestone", "", end, ""],
    )
    unplaced = (each for each in losses(found, "End") if each.value.startswith("2027-"))
    assert [each.row for each in unplaced] == [2]
    assert "start_no_earlier_than" in work(found, "a-milestone")
