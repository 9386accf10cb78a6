"""Rows of a sheet with headings of people's own: what becomes an initiative, and of what."""

from __future__ import annotations

from datetime import date

from tests.imports.rows import column, losses, read, typed, work

GERMAN = typed(
    """
    Roadmap 2027 | | | | | | | | | |
     | | | | | | | | | |
    Nr | Vorhaben | Abteilung | Verantwortlich / Owner | Beginn | Ende | Fällig | Dauer (Tage) | Status | Systeme | Wetter
    1 | Anmeldung | IT | Identity | 01.03.2027 | 30.04.2027 | | 45 | in Arbeit | Keycloak |
    2 | Frühling | Marketing | Anna Schmidt / Ben | 15.03.2027 | 12.04.2027 | 12.04.2027 | | geplant | Salesforce, HubSpot | sonnig
    3 | Consent | Web & CRM | CRM-Team | KW 10 | KW 14 | | | komisch | |
     | Summe | | | | | | 99 | | |
    """  # noqa: E501
)


def test_a_german_sheet_with_a_title_line() -> None:
    found = read(*GERMAN)
    assert list(found.tables["initiatives"]) == ["anmeldung", "fruhling", "consent"]
    assert work(found, "anmeldung") == {
        "title": "Anmeldung",
        "portfolio": "it",
        "status": "active",
        "owner": "identity",
        "estimate": "45d",
        "start_no_earlier_than": date(2027, 3, 1),
        "changes": ["keycloak"],
    }
    spring = work(found, "fruhling")
    assert spring["owner"] == "anna-schmidt"
    assert spring["responsible"] == ["ben"]
    assert spring["deadline"] == date(2027, 4, 12)
    assert spring["changes"] == ["salesforce", "hubspot"]
    assert found.rows == {"anmeldung": 4, "fruhling": 5, "consent": 6}


def test_what_is_not_carried_over_is_a_loss_by_row_and_column() -> None:
    found = read(*GERMAN)
    assert [(e.row, e.value) for e in losses(found, "Status")] == [(6, "komisch")]
    assert [(e.row, e.value) for e in losses(found, "Wetter")] == [(3, "row 5")]
    assert column(found, "Wetter").meaning is None
    assert [e.row for e in found.losses if "total" in e.why] == [7]


def test_a_week_is_its_first_day_as_a_start_and_its_last_as_an_end() -> None:
    found = read(*GERMAN)
    assert work(found, "consent")["estimate"] == "25d"
    [dates] = [each for each in found.dates if each.id == "consent"]
    assert (dates.start, dates.finish) == (date(2027, 3, 8), date(2027, 4, 9))
    assert [e.row for e in losses(found, "Beginn")] == [6]


def test_a_department_by_keyword_is_said() -> None:
    found = read(*GERMAN)
    assert work(found, "consent")["portfolio"] == "marketing"
    assert found.tables["teams"]["crm-team"] == {"title": "CRM-Team", "portfolio": "marketing"}
    assert any("Web & CRM" in note for note in found.notes)


def test_an_end_is_a_deadline_only_where_the_column_says_so() -> None:
    found = read(["Task", "Start", "End"], ["A", date(2027, 3, 1), date(2027, 3, 5)])
    assert "deadline" not in work(found, "a")
    found = read(["Task", "Start", "Due date"], ["A", date(2027, 3, 1), date(2027, 3, 5)])
    assert work(found, "a")["deadline"] == date(2027, 3, 5)
    assert work(found, "a")["estimate"] == "5d"
