"""Headings and words of cells in four languages: departments, people, status, money, the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.exchange.importing.amounts import read_money
from planner.exchange.importing.choices import priority_of, status_of
from planner.exchange.importing.headings import heading
from planner.exchange.importing.parties import is_person, named, side_of
from planner.exchange.sheets.sheet import Cell
from tests.imports.rows import column, losses, read, typed, work

MEANINGS = {
    "key": "ID|Nr.|Lfd. Nr.|N°|Issue key|#|Núm.|Vorgangsnr.|Clé",
    "title": "Task|Vorhaben|MASSNAHME|Maßnahme|Tâche|Tarea|Título|Task Name|Intitulé|What?",
    "portfolio": "Department|Abteilung|Bereich|Service|Direction|Departamento|Área|Dept.",
    "owner": "Owner|Verantwortlich / Owner|Responsable|Zuständig|Resource Names|Task owner",
    "team": "Team|Owner team|Équipe|Equipo",
    "person": "Assignee|Ansprechpartner|Projektleiter|Chef de projet|Asignado a",
    "start": "Start|Start Date (planned)|StartDate|START_DATE|Beginn|Date de début|Inicio|du|von",
    "end": "End|Finish|Ende (Soll)|Endtermin|Date de fin|Fecha de fin|bis|Target date",
    "deadline": "Due|Due\nDate|Fälligkeit:|Faelligkeit|FALLIGKEIT|Launch|Go-live|Échéance|Stichtag|"
    "Fecha límite|Frist|Vencimiento|Date de lancement",
    "duration": "Duration|Dauer (Tage)|Durée|Duración|Working days|Laufzeit",
    "effort": "Effort|Aufwand in PT|Charge|Esfuerzo|Original estimate",
    "percent_complete": "% Complete|Fortschritt|Avancement|Progreso|% Done|Fertigstellungsgrad",
    "status": "Status|Zustand|État|Statut|Estado|State",
    "priority": "Priority|Prio|Priorität|Priorité|Prioridad",
    "cost": "Budget|Kosten in €|Coût|Presupuesto|Cost EUR|Budget (k€)",
    "changes": "Geänderte Systeme|Systems changed|Betroffene Systeme|Systèmes modifiés",
    "uses": "Systems used|Genutzte Systeme|Systèmes utilisés",
    "processes": "Data|Daten|Données|Datos personales",
    "needs": "Depends on|Abhängigkeiten|Vorgänger|Dépend de|Predecesoras|Blocked by|Prérequis",
    "blocks": "Blocks|Nachfolger|Successeurs|Bloquea",
    "notes": "Notes|Kommentar|Bemerkungen|Commentaire|Observaciones|Aufgabenbeschreibung",
    "tags": "Tags|Labels|Schlagwörter|Étiquettes|Etiquetas",
    "part_of": "Phase|Epic|Gruppe|Programme|Fase|Workstream|Lot",
    "kind": "Type|Typ|Vorgangsart|Tipo|Issue type",
    "milestone": "Milestone|Meilenstein|Jalon|Hito",
    "outcomes": "KPI|Ziel|Objectif|Resultado|OKR",
    "vendor": "Vendor|Dienstleister|Prestataire|Proveedor|Agentur",
    "urls": "URL|Link|Lien|Enlace",
    "actual_start": "Actual start|Ist-Start|Begonnen am|Date de début réelle",
    "finished": "Actual end|Abgeschlossen am|Completed|Closed|Terminé le|Resolved",
}
"""What headings mean, by themselves."""


@pytest.mark.parametrize("meaning", MEANINGS)
def test_a_heading_in_four_languages(meaning: str) -> None:
    texts = MEANINGS[meaning].split("|")
    assert {text: heading(text).meaning for text in texts} == dict.fromkeys(texts, meaning)


@pytest.mark.parametrize(
    "text", ["Weather", "Created", "Story Points", "Comment Count", "List ID", "#REF!", "x" * 200]
)
def test_a_heading_that_is_not_known(text: str) -> None:
    assert heading(text).meaning is None


def test_of_two_headings_with_one_meaning_the_planned_counts_and_the_actual_is_another() -> None:
    found = read(
        ["Task", "Start (baseline)", "Start (planned)", "Start (actual)", "Projekt"],
        ["A", "2026-11-02", "2026-11-09", "2026-11-16", "P"],
    )
    assert [each.meaning for each in found.columns] == [
        "title",
        None,
        "start",
        "actual_start",
        "part_of",
    ]
    assert [each.column for each in found.losses] == ["Start (baseline)"]


def test_a_column_without_a_known_meaning_is_one_loss() -> None:
    found = read(["Task", "Start", "Weather", ""], *[["A", "2027-03-01", "sunny", "x"]] * 3)
    mine = [each for each in found.losses if each.column in ("Weather", "column D")]
    assert [(each.column, each.value) for each in mine] == [
        ("Weather", "rows 2–4"),
        ("column D", "rows 2–4"),
    ]


# --- sides, teams and people ----------------------------------------------------------------------

SIDES = {
    "marketing": "Marketing|MKT|Web & CRM|Vertrieb|Brand|Onlinemarketing|E-Commerce|Ventas",
    "it": "IT|Informatik|DSI|IT-Infra|EDV|Softwareentwicklung|Sistemas|Informatique|TI",
    "joint": "Marketing & IT|Marketing/IT|both|gemeinsam|Tous|Ambos|IT und Marketing",
}


@pytest.mark.parametrize("side", SIDES)
def test_a_department_is_a_side(side: str) -> None:
    texts = SIDES[side].split("|")
    assert {text: side_of(text)[0] for text in texts} == dict.fromkeys(texts, side)


@pytest.mark.parametrize("text", ["Legal", "HR", "Finanzen", "Juridique", "Einkauf"])
def test_another_department_is_a_portfolio_of_its_own(text: str) -> None:
    found = read(["Task", "Department"], ["A", text])
    id = work(found, "a")["portfolio"]
    assert found.tables["portfolios"] == {id: {"title": text}}
    assert any(text in note for note in found.notes)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anna / Ben", ["Anna", "Ben"]),
        ("Anna, Ben", ["Anna", "Ben"]),
        ("Anna und Ben", ["Anna", "Ben"]),
        ("Schmidt, Anna", ["Schmidt, Anna"]),
        ("Priya Natarajan; Tom Becker", ["Priya Natarajan", "Tom Becker"]),
    ],
)
def test_names_in_a_cell(text: str, names: list[str]) -> None:
    assert named(text) == names
    assert all(map(is_person, names))


@pytest.mark.parametrize(
    "text", ["CRM", "CRM-Team", "Web team", "IT-Infra", "Agentur Huber", "Legal"]
)
def test_a_team_is_no_person(text: str) -> None:
    assert not is_person(text)


def test_the_first_of_several_people_is_accountable_and_the_others_responsible() -> None:
    found = read(["Task", "Team", "Owner"], ["A", "", "Anna / Ben"], ["B", "CRM", "Anna Schmidt"])
    assert work(found, "a")["owner"] == "anna"
    assert work(found, "a")["responsible"] == ["ben"]
    assert work(found, "b")["owner"] == "crm"
    assert work(found, "b")["responsible"] == ["anna-schmidt"]
    assert found.tables["people"]["anna-schmidt"] == {"name": "Anna Schmidt", "team": "crm"}
    assert found.tables["people"]["ben"] == {"name": "Ben"}
    assert any("accountable" in note for note in found.notes)


def test_without_departments_the_owning_team_says_the_side() -> None:
    found = read(["Task", "Owner"], ["A", "Marketing"], ["B", "IT-Infra"], ["C", "Anna Schmidt"])
    assert [work(found, id).get("portfolio") for id in "abc"] == ["marketing", "it", None]
    assert found.tables["teams"]["it-infra"] == {"title": "IT-Infra", "portfolio": "it"}
    assert any("IT-Infra" in note for note in found.notes)


def test_a_part_of_a_side_is_the_team_of_a_person_or_the_owner() -> None:
    found = read(
        ["Task", "Department", "Assignee"],
        ["A", "Web & CRM", "Anna Schmidt"],
        ["B", "Web & CRM", ""],
    )
    assert [work(found, id)["owner"] for id in "ab"] == ["anna-schmidt", "web-crm"]
    assert found.tables["people"]["anna-schmidt"] == {"name": "Anna Schmidt", "team": "web-crm"}
    assert found.tables["teams"]["web-crm"] == {"title": "Web & CRM", "portfolio": "marketing"}


def test_addresses_and_shares_of_people() -> None:
    found = read(
        ["Task", "Assignee", "Assignee Email"],
        ["A", "Anna Weber", "a.weber@acme.example"],
        ["B", "chris.boyd@acme.example", ""],
        ["C", "Ben Ortiz[50%]", ""],
    )
    assert found.tables["people"] == {
        "anna-weber": {"name": "Anna Weber", "email": "a.weber@acme.example"},
        "chris-boyd": {"name": "Chris Boyd", "email": "chris.boyd@acme.example"},
        "ben-ortiz": {"name": "Ben Ortiz"},
    }
    assert [(each.row, each.value) for each in losses(found, "Assignee")] == [(4, "Ben Ortiz[50%]")]


def test_a_team_and_a_person_of_one_name_have_two_ids() -> None:
    found = read(["Task", "Team", "Assignee"], ["A", "Anna", "Anna"], ["B", "CRM", "Crm"])
    ids = [*found.tables["teams"], *found.tables.get("people", {})]
    assert len(ids) == len(set(ids))


# --- choices --------------------------------------------------------------------------------------

STATUSES = {
    "proposed": "Idea|Backlog|Entwurf|Idée|Propuesto|Triage|Vorschlag",
    "planned": "To Do|Open|geplant|offen|À faire|Pendiente|Not started|Selected for Development",
    "active": "In Progress|in Arbeit|En cours|En curso|In Review|läuft|In Bearbeitung|On track",
    "paused": "Blocked|On hold|blockiert|En attente|Bloqueado|Zurückgestellt",
    "done": "Done|erledigt|Terminé|Hecho|✓|Closed|abgeschlossen|Done ✅|3 - Done|Fertig",
    "dropped": "Cancelled|Won't do|gestrichen|Annulé|Cancelado|Abgelehnt",
}


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_in_four_languages_and_of_tools(status: str) -> None:
    texts = STATUSES[status].split("|")
    assert {text: status_of(text) for text in texts} == dict.fromkeys(texts, status)


def test_what_is_no_status_priority_or_per_cent_is_a_loss() -> None:
    found = read(
        ["Task", "Status", "Priority", "Progress", "Budget"],
        ["A", "confused", "purple", "150%", "a lot"],
        ["B", "open", "7", "-1", "-5"],
    )
    assert [(each.row, each.column) for each in found.losses] == [
        (2, "Status"),
        (2, "Priority"),
        (2, "Progress"),
        (2, "Budget"),
        (3, "Priority"),
        (3, "Progress"),
        (3, "Budget"),
    ]


def test_per_cent_gives_the_status_where_none_is_written() -> None:
    found = read(
        ["Task", "% Complete"], ["A", 0.4], ["B", 1], ["C", 0], ["D", "55 %"], ["E", "1/2"]
    )
    shares = [work(found, id)["percent_complete"] for id in "abcde"]
    assert shares == [40, 100, 0, 55, 50]
    assert [work(found, id).get("status") for id in "abc"] == ["active", "done", None]
    assert "per cent" in column(found, "% Complete").why


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("P1", 1),
        ("hoch", 2),
        ("Mittel", 3),
        ("Low", 4),
        ("Haute", 2),
        ("baja", 4),
        ("Must have", 1),
    ],
)
def test_a_priority(text: str, priority: int) -> None:
    assert priority_of(text) == priority


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1.200,50 €", 1200.5, "EUR"),
        ("12k", 12000, ""),
        ("$12,000", 12000, "USD"),
        ("12 T€", 12000, "EUR"),
        ("1,2 Mio", 1200000, ""),
        ("15.000", 15000, ""),
        ("12.000,-", 12000, ""),
        ("CHF 12'000", 12000, "CHF"),
        ("10-15k", (10000, 12500, 15000), ""),
        ("12,5", 12.5, ""),
    ],
)
def test_money(text: str, amount: Any, currency: str) -> None:
    found = read_money(text)
    assert found is not None
    assert (found.amount, found.currency) == (amount, currency)


def test_one_currency_is_the_roadmap_s_and_another_is_a_loss() -> None:
    found = read(["Task", "Cost"], ["A", "$1,000"], ["B", "$2k"], ["C", "30 €"], ["D", 40])
    assert found.tables["roadmap"] == {"": {"currency": "USD"}}
    assert [work(found, id).get("cost") for id in "abcd"] == [1000, 2000, None, 40]
    assert [(each.row, each.value) for each in found.losses] == [(4, "30 €")]


def test_a_heading_may_name_the_currency_and_thousands() -> None:
    found = read(["Task", "Budget (k€)"], ["A", 12], ["B", "1,5"])
    assert found.tables["roadmap"] == {"": {"currency": "EUR"}}
    assert [work(found, id)["cost"] for id in "ab"] == [12000, 1500]


# --- the rest of a row ----------------------------------------------------------------------------


def test_systems_data_outcomes_tags_and_vendors() -> None:
    found = read(
        *typed(
            """
            Task | Systems used | Ändert | Data | KPI | Tags | Vendor | URL | Type
            A | Salesforce, SAP S/4HANA | CMS | E-mail addresses | Opt-ins | web; #seo | Acme | \
www.a.example/x | Story
            B | salesforce | | | | | | see mail | Bug
            """
        )
    )
    assert work(found, "a")["uses"] == ["salesforce", "sap-s-4hana"]
    assert work(found, "b")["uses"] == ["salesforce"]
    assert work(found, "a")["changes"] == ["cms"]
    assert work(found, "a")["processes"] == ["e-mail-addresses"]
    assert work(found, "a")["outcomes"] == ["opt-ins"]
    assert work(found, "a")["tags"] == ["web", "seo"]
    assert work(found, "b")["tags"] == ["Bug"]
    assert work(found, "a")["urls"] == ["www.a.example/x"]
    assert "see mail" in work(found, "b")["notes"]
    assert "Acme" in work(found, "a")["notes"]
    assert found.tables["systems"]["sap-s-4hana"] == {"title": "SAP S/4HANA"}


def test_names_that_differ_by_a_sign_are_two_systems() -> None:
    found = read(["Task", "Systems used"], ["A", "Canal"], ["B", "Canal+"])
    assert [work(found, id)["uses"] for id in "ab"] == [["canal"], ["canal-2"]]


def test_what_stands_in_notes_and_comments_is_looked_through_for_other_work() -> None:
    found = read(
        ["Task", "Start", "Comment", "Dept"],
        ["Single sign-on", date(2027, 3, 1), "", "IT"],
        ["Spring campaign", date(2027, 3, 1), "needs single sign-on from IT", "Marketing"],
        [Cell("Newsletter", note="after Spring campaign"), date(2027, 3, 1), "", "Marketing"],
    )
    assert [(each.row, each.successor) for each in found.phrases] == [
        (3, "spring-campaign"),
        (4, "newsletter"),
    ]
    assert found.phrases[0].candidates[0].id == "single-sign-on"


def test_what_waits_for_a_row_is_a_link_the_other_way_round() -> None:
    found = read(["Task", "Start", "Blocks"], ["A", "2027-03-01", "B"], ["B", "2027-03-01", ""])
    assert [(each.predecessor, each.successor) for each in found.links] == [("a", "b")]
    assert "start_no_earlier_than" not in work(found, "b")


def test_as_many_rows_as_a_sheet_may_have_of_one_title_stay_apart() -> None:
    found = read(["Task", "Owner"], *[["Search", "CRM"]] * 300)
    assert list(found.rows)[:3] == ["search", "search-2", "search-3"]
    assert len(found.rows) == 300
