"""References that name nothing: which are unknown, and which are only implied."""

from __future__ import annotations

import time

from planner.roadmap.reading import read
from planner.roadmap.references import UnknownReference, unknown_references
from tests.roadmap.samples import EVERYTHING, MINIMAL, reading


def unknown(text: str) -> list[UnknownReference]:
    """What names nothing in a roadmap."""
    return unknown_references(reading(text).roadmap)


def test_what_names_something_is_known() -> None:
    assert unknown(MINIMAL) == []


def test_links_are_always_checked() -> None:
    (found,) = unknown('[initiatives.consent-center]\n[initiatives.b]\nneeds = ["consent-centre"]')
    assert found == ("initiatives", "b", "needs", "consent-centre", "consent-center")
    (found,) = unknown('[initiatives.a]\nneeds = ["unheard-of FS+2d"]')
    assert (found.ref, found.nearest) == ("unheard-of", None)


def test_done_and_dropped_work_still_resolves() -> None:
    text = '[initiatives.a]\nstatus = "dropped"\n[initiatives.b]\nneeds = "a"'
    assert unknown(text) == []


def test_what_could_not_be_read_still_resolves() -> None:
    assert unknown('[initiatives]\na = 5\n[initiatives.b]\nneeds = "a"') == []


def test_teams_people_systems_and_data_are_implied() -> None:
    line = 'owner = "crm"\nuses = ["cdp"]\nactivates = "profile"\nstaff = { web = 1 }'
    assert unknown(f"[initiatives.a]\n{line}") == []
    others = "[teams.sales]\n[systems.commerce]\n[data.orders]\n"
    assert unknown(f"{others}[initiatives.a]\n{line}") == []


def test_an_implied_id_near_a_table_is_that_id_mistyped() -> None:
    (found,) = unknown('[systems.commerce]\n[initiatives.a]\nuses = ["comerce", "cdp"]')
    assert found == ("initiatives", "a", "uses", "comerce", "commerce")
    (found,) = unknown("[teams.identity]\n[initiatives.a]\nreviews = { identiy = 2027-03-01 }")
    assert (found.key, found.nearest) == ("reviews", "identity")


def test_numbered_and_short_names_are_names_of_their_own() -> None:
    assert unknown('[systems.esp]\n[teams.team-a]\n[initiatives.a]\nuses = "erp"') == []
    assert unknown('[teams.squad-1]\n[initiatives.a]\nowner = "squad-2"') == []


def test_teams_and_people_share_one_namespace() -> None:
    text = '[people.anna]\n[teams.privacy]\n[data.orders]\nsteward = "anna"\n'
    assert unknown(text + '[initiatives.a]\nconsulted = ["anna", "privacy"]') == []


def test_everything_else_needs_a_table() -> None:
    found = unknown("""
        [roadmap]
        calendar = "uk"
        [initiatives.a]
        part_of = "retention"
        portfolio = "sales"
        awaits = ["vendor"]
        outcomes = "growth"
        relates = ["b"]
        calendar = "uk"
        [freezes.f]
        exempt = ["b"]
    """)
    assert [(one.kind, one.key, one.ref) for one in found] == [
        ("roadmap", "calendar", "uk"),
        ("freezes", "exempt", "b"),
        ("initiatives", "part_of", "retention"),
        ("initiatives", "portfolio", "sales"),
        ("initiatives", "calendar", "uk"),
        ("initiatives", "awaits", "vendor"),
        ("initiatives", "relates", "b"),
        ("initiatives", "outcomes", "growth"),
    ]


def test_standard_portfolios_and_the_standard_calendar_exist() -> None:
    text = '[initiatives.a]\nportfolio = "joint"\ncalendar = "standard"\ncost = { it = 3 }'
    assert unknown(text) == []
    (found,) = unknown('[initiatives.a]\nportfolio = "marketting"')
    assert found.nearest == "marketing"


def test_a_waiver_may_be_on_anything() -> None:
    assert unknown('[waivers.w]\non = ["cdp", "unheard-of"]\nby = "Jo Weber"') == []


def test_every_shape_of_reference_is_looked_at() -> None:
    found = unknown('[teams.privacy]\n[checks.reviews_for]\npersonal = ["privcy"]')
    assert [(one.kind, one.id, one.nearest) for one in found] == [("checks", "", "privacy")]
    missing = {one.ref for one in unknown(EVERYTHING)}
    assert missing == {"growth"}


def test_one_file_of_a_large_folder_is_quick() -> None:
    tables = {f"init-{n}": {"needs": [f"other-part-{n}"], "uses": ["cdp"]} for n in range(3_000)}
    roadmap = read({"it.toml": {"initiatives": tables}}).roadmap
    started = time.process_time()
    found = unknown_references(roadmap)
    assert time.process_time() - started < 1.5
    assert len(found) == 3_000
