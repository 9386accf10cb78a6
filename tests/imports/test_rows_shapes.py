"""What people do with sheets: sections, totals, legends, colours, several sheets, doubles."""

from __future__ import annotations

from datetime import date

import pytest

from planner.errors import UsageError
from planner.exchange.importing.rows import incoming_of
from planner.exchange.sheets.sheet import Cell, Sheet, sheet_of
from tests.imports.rows import TODAY, column, losses, read, typed, work

MAR = date(2027, 3, 1)


def test_the_headings_are_found_below_a_title_a_legend_and_merged_groups() -> None:
    found = read(
        ["Roadmap 2027", "Roadmap 2027", "Roadmap 2027", "Roadmap 2027"],
        [],
        ["Legende:", Cell("gelb = verschoben", fill="FFFF00")],
        ["Marketing", "", "", "IT"],
        ["Aufgabe", "Beginn\n(geplant)", "Ende:", "Verantwortlich / Owner"],
        ["Start der Kampagne", MAR, MAR, "Anna Schmidt"],
    )
    assert [each.meaning for each in found.columns] == ["title", "start", "end", "owner"]
    assert work(found, "start-der-kampagne")["estimate"] == "1d"
    assert any("Roadmap 2027" in note for note in found.notes)


def test_a_row_with_only_a_title_over_others_is_a_group() -> None:
    found = read(
        *typed(
            """
            Task | Owner | Start | End
            Phase one | | |
            A | CRM | 2027-03-01 | 2027-03-05
            B | CRM | 2027-03-08 | 2027-03-12
            Phase two | | |
            C | CRM | 2027-03-15 | 2027-03-19
            """
        )
    )
    assert found.tables["groups"] == {
        "phase-one": {"title": "Phase one"},
        "phase-two": {"title": "Phase two"},
    }
    assert [work(found, id)["part_of"] for id in "abc"] == ["phase-one", "phase-one", "phase-two"]


def test_a_merged_cell_down_the_rows_is_a_group() -> None:
    merged = Cell("Launch")
    found = read(["Phase", "Task", "Start"], [merged, "A", MAR], [merged, "B", MAR])
    assert [work(found, id)["part_of"] for id in "ab"] == ["launch", "launch"]


def test_a_group_that_stands_only_in_its_first_row_goes_on_down() -> None:
    found = read(
        *typed(
            """
            Department | Phase | Task | Start
            IT | Build | A | 2027-03-01
             | | B | 2027-03-02
             | | C | 2027-03-03
            Marketing | Launch | D | 2027-03-04
             | | E | 2027-03-05
            """
        )
    )
    assert [work(found, id)["part_of"] for id in "abcde"] == ["build"] * 3 + ["launch"] * 2
    assert [work(found, id)["portfolio"] for id in "abcde"] == ["it"] * 3 + ["marketing"] * 2
    assert "rows 3, 4 and 6" in column(found, "Phase").why


def test_a_total_a_legend_and_empty_rows_are_no_work() -> None:
    found = read(
        ["Task", "Start", "Budget"],
        ["A", MAR, 100],
        [],
        ["Summe", "", 100],
        [],
        ["Legend"],
        [Cell("yellow: at risk", fill="FFFF00")],
    )
    assert list(found.tables["initiatives"]) == ["a"]
    assert [(each.row, each.value) for each in found.losses] == [
        (4, "Summe · 100"),
        (6, "Legend"),
        (7, "yellow: at risk"),
    ]


def test_a_title_that_begins_with_total_is_work() -> None:
    found = read(["Task", "Start"], ["Total redesign of the shop", MAR], ["Sum up the year", MAR])
    assert list(found.tables["initiatives"]) == ["total-redesign-of-the-shop", "sum-up-the-year"]


# --- colours --------------------------------------------------------------------------------------


def test_each_colour_is_one_loss_with_its_rows() -> None:
    yellow = "FFFF00"
    rows = [[Cell(name, fill=yellow if name in "BDE" else ""), MAR] for name in "ABCDE"]
    found = read(["Task", "Start"], *rows)
    [loss] = [each for each in found.losses if each.value == "yellow"]
    assert (loss.row, loss.column) == (3, "Task")
    assert "rows 3, 5 and 6" in loss.why


def test_a_legend_gives_a_colour_its_status() -> None:
    rows = [[Cell(name, fill="92D050" if name == "B" else ""), MAR] for name in "ABCDE"]
    found = read(["Task", "Start"], *rows, [], ["Legend"], [Cell("done", fill="92D050")])
    assert work(found, "b")["status"] == "done"
    assert "status" not in work(found, "a")
    assert not any(each.value == "green" for each in found.losses)


def test_a_colour_that_repeats_the_status_or_bands_the_rows_is_no_loss() -> None:
    green, red = "00B050", "FF0000"
    rows = [
        ["A", Cell("done", fill=green)],
        ["B", Cell("open", fill=red)],
        ["C", Cell("done", fill=green)],
    ]
    assert read(["Task", "Status"], *rows).losses == ()
    banded = [[Cell(name, fill="DDEBF7" if name in "BD" else ""), MAR] for name in "ABCDE"]
    assert read(["Task", "Start"], *banded).losses == ()


def test_a_chart_drawn_in_cells_is_one_loss_and_gives_no_dates() -> None:
    bar = Cell(fill="5B9BD5")
    found = read(
        ["Task", "Owner", "KW 1", "KW 2", "KW 3"],
        ["A", "CRM", bar, bar, ""],
        ["B", "CRM", "", "x", bar],
    )
    assert found.dates == ()
    [loss] = found.losses
    assert (loss.row, loss.column, loss.value) == (1, "KW 1 … KW 3", "rows 2 and 3")


# --- doubles, gaps and what is hidden -------------------------------------------------------------


def test_double_keys_and_titles_are_kept_and_said_by_row() -> None:
    found = read(
        *typed(
            """
            Key | Task | Start
            SHOP-1 | Filters | 2027-03-01
            SHOP-1 | Search | 2027-03-01
            SHOP-3 | Search | 2027-03-01
            """
        )
    )
    assert found.rows == {"shop-1-filters": 2, "shop-1-search": 3, "shop-3-search": 4}
    assert [(each.row, each.column, each.value) for each in found.losses] == [
        (3, "Key", "SHOP-1"),
        (4, "Task", "Search"),
    ]


def test_a_key_is_in_the_id_and_an_address_in_the_urls() -> None:
    found = read(
        ["ID", "Task", "Start"],
        [Cell("SHOP-12", link="https://jira.example/SHOP-12"), "Filters", MAR],
        ["https://jira.example/SHOP-13", "Search", MAR],
        ["7", "Cart", MAR],
    )
    assert list(found.tables["initiatives"]) == ["shop-12-filters", "shop-13-search", "cart"]
    assert work(found, "shop-12-filters")["urls"] == ["https://jira.example/SHOP-12"]
    assert work(found, "shop-13-search")["urls"] == ["https://jira.example/SHOP-13"]
    assert found.keys == {
        "shop-12-filters": "SHOP-12",
        "shop-13-search": "SHOP-13",
        "cart": "7",
    }


def test_a_row_without_a_title_is_called_by_its_key_or_lost_by_row() -> None:
    found = read(["Key", "Task", "Start"], ["S-1", "", MAR], ["", "", MAR], ["", "A", MAR])
    assert work(found, "s-1")["title"] == "S-1"
    assert [each.row for each in found.losses] == [2, 3]


def test_hidden_rows_are_read_and_said() -> None:
    sheet = sheet_of("Plan", [["Task", "Start"], ["A", MAR], ["B", MAR]])
    found = incoming_of([Sheet("Plan", sheet.rows, frozenset({2}))], "p.xlsx", None, TODAY)
    assert list(found.rows) == ["a", "b"]
    assert any("row 3" in note for note in found.notes)


def test_struck_rows_and_hidden_sheets_are_read_and_said() -> None:
    rows = sheet_of("Plan", [["Task", "Start"], ["A", MAR], ["B", MAR]]).rows
    sheet = Sheet("Plan", rows, struck=frozenset({1}), is_hidden=True, notes=("Windows-1252",))
    found = incoming_of([sheet], "p.xlsx", None, TODAY)
    assert list(found.rows) == ["a", "b"]
    assert any("row 2" in note for note in found.notes)
    assert any("sheet Plan" in note for note in found.notes)
    assert "Windows-1252" in found.notes


def test_headings_under_merged_ones_are_told_apart_by_these() -> None:
    found = read(
        ["", "Plan", "Plan", "Actual", "Actual"],
        ["Task", "Start", "End", "Start", "End"],
        ["A", date(2026, 11, 2), date(2026, 11, 6), date(2026, 11, 3), date(2026, 11, 9)],
    )
    assert [each.meaning for each in found.columns] == [
        "title",
        "start",
        "end",
        "actual_start",
        "finished",
    ]
    assert work(found, "a")["actual_start"] == date(2026, 11, 3)
    assert work(found, "a")["actual_finish"] == date(2026, 11, 9)
    assert work(found, "a")["status"] == "done"


def test_sheets_with_like_headings_are_read_and_others_said() -> None:
    sheets = [
        sheet_of("Marketing", [["Task", "Start", "End"], ["A", MAR, MAR]]),
        sheet_of("IT", [["Task", "Start", "End"], ["B", MAR, MAR]]),
        sheet_of("Holidays", [["Country", "Day"], ["DE", MAR]]),
    ]
    found = incoming_of(sheets, "p.xlsx", None, TODAY)
    assert work(found, "a")["portfolio"] == "marketing"
    assert work(found, "b")["portfolio"] == "it"
    assert [each.column for each in found.losses] == ["sheet Holidays"]


def test_formulas_without_a_result_and_errors_are_losses() -> None:
    found = read(["Task", "Start", "Budget"], ["A", "=B1+1", "#REF!"])
    assert [(each.column, each.value) for each in found.losses] == [
        ("Start", "=B1+1"),
        ("Budget", "#REF!"),
    ]


def test_a_comment_is_a_note_and_a_long_title_is_cut_into_the_notes() -> None:
    long = "Everything that we said in the meeting about the shop " * 5
    found = read(
        ["Task", "Start"],
        [Cell("A", note="needs SSO from IT"), MAR],
        [f"{long}\x07", MAR],
    )
    assert work(found, "a")["notes"] == "Task: needs SSO from IT"
    [cut] = [id for id in found.rows if id != "a"]
    assert len(work(found, cut)["title"]) <= 120
    assert work(found, cut)["notes"] == long.strip()
    assert [each.row for each in losses(found, "Task")] == [3]


def test_a_title_of_one_endless_word_is_cut_too() -> None:
    found = read(["Task", "Start"], ["x" * 5000, MAR])
    [table] = found.tables["initiatives"].values()
    assert len(table["title"]) <= 120
    assert table["notes"] == "x" * 5000


# --- the mapping ----------------------------------------------------------------------------------


def test_a_mapping_overrules_and_leaves_out() -> None:
    rows = [["Task", "Whatever", "Notes"], ["A", "2027-03-05", "secret"]]
    found = read(*rows, mapping={"whatever": "deadline", "NOTES": ""})
    assert work(found, "a") == {"title": "A", "deadline": date(2027, 3, 5)}
    assert column(found, "Notes").meaning is None
    assert [each.column for each in found.losses] == ["Notes"]


@pytest.mark.parametrize(
    ("mapping", "named"),
    [
        ({"Gone": "title"}, "Gone"),
        ({"Task": "nonsense"}, "nonsense"),
        ({"Task": "title dmy"}, "dmy"),
    ],
)
def test_a_mapping_that_can_t_be_is_refused(mapping: dict[str, str], named: str) -> None:
    with pytest.raises(UsageError, match=named):
        read(["Task", "Start"], ["A", MAR], mapping=mapping)


def test_a_sheet_without_headings_is_refused_with_what_to_do() -> None:
    with pytest.raises(UsageError) as refused:
        read(["1", "2"], ["3", "4"])
    assert refused.value.file == "plan.xlsx"
    assert "--map" in str(refused.value.hint)
