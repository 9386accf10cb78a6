"""`planner report --for-data ID`: who works with a class of data, where it is, what is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, printed_json

BARE = """
[roadmap]
status_date = 2027-03-01
[initiatives.web]
processes = ["visits"]
estimate = "1w"
"""


def about(run: Run, roadmap: str, data: str) -> Any:
    """What is said of a class of data."""
    ran = run("report", "--for-data", data, "--json", "-r", roadmap)
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def test_who_uses_the_profile_and_with_whose_view(run: Run, acme: str) -> None:
    shown = about(run, acme, "customer-profile")
    printed_json().validate(shown)
    work = {one["id"]: one for one in shown["work"]}
    assert len(work) == 13
    assert (shown["classification"], shown["steward"]) == ("personal", "Privacy office")
    lacking = {id for id, one in work.items() if one["lacking"]}
    assert lacking == {"cdp-foundation", "loyalty-relaunch", "segment-definitions",
                       "consent-signals"}  # fmt: skip
    assert work["customer-sso"]["reviews"] == {"Privacy office": "2027-01-12"}
    assert work["customer-sso"]["use"] == "processes"
    assert work["loyalty-relaunch"]["use"] == "on customers"


def test_consent_is_there_or_not_only_where_it_is_needed(run: Run, acme: str) -> None:
    shown = about(run, acme, "customer-profile")
    consent = {one["id"]: one["consent"] for one in shown["work"]}
    assert {id for id, there in consent.items() if there is False} == {
        "ip-warm-up",
        "loyalty-relaunch",
    }
    assert consent["lifecycle-journeys"] is True
    assert consent["cdp-foundation"] is None
    (provider,) = shown["consent"]
    assert (provider["id"], provider["live"]) == ("cmp", "2027-04-06")


def test_which_systems_hold_it_with_their_vendors_and_reviews(run: Run, acme: str) -> None:
    systems = {one["id"]: one for one in about(run, acme, "customer-profile")["systems"]}
    assert len(systems) == 10
    chatbot = systems["chatbot"]
    assert (chatbot["vendor"], chatbot["standing"], chatbot["standing_until"]) == (
        "Palaver",
        "trial",
        "2027-06-30",
    )
    assert systems["loyalty-engine"]["reviews"] == {"Privacy office": "2027-02-16"}
    assert systems["match-service"]["standing"] == "unreviewed"


def test_what_is_missing_is_what_the_rules_say(run: Run, acme: str) -> None:
    codes = [one["code"] for one in about(run, acme, "customer-profile")["missing"]]
    assert sorted(codes) == ["DATA01", "DATA01", "DATA02", "STD01", "SYS05"]
    (only,) = about(run, acme, "product-content")["missing"]
    assert only["code"] == "STD02"


def test_it_is_found_by_its_title_and_without_a_table(run: Run, acme: str, tmp_path: Path) -> None:
    assert about(run, acme, "Campaign and media results")["id"] == "campaign-results"
    file = tmp_path / "roadmap.toml"
    file.write_text(BARE)
    shown = about(run, str(file), "visits")
    assert (shown["classification"], [one["id"] for one in shown["work"]]) == (None, ["web"])
    ran = run("report", "--for-data", "visits", "-r", str(file))
    assert (ran.code, ran.err) == (0, "")
    assert "None" not in ran.out


def test_it_is_printed_and_written_as_a_page(run: Run, acme: str, tmp_path: Path) -> None:
    printed = run("report", "--for-data", "customer-profile", "-r", acme)
    assert printed.code == 0
    assert "customer-sso" not in printed.out  # titles, and no ids
    for name in ("data.html", "data.md"):
        file = tmp_path / name
        assert run("report", str(file), "--for-data", "customer-profile", "-r", acme).code == 0
        assert "Palaver" in file.read_text()


@pytest.mark.parametrize(
    "words",
    [("--for-data", "customer-profil"), ("--for-data", "nothing"), ("--for-data", "")],
)
def test_unknown_data_are_refused_with_those_there_are(
    run: Run, acme: str, words: tuple[str, ...]
) -> None:
    ran = run("report", *words, "-r", acme)
    assert (ran.code, ran.out) == (2, "")
    assert "customer-profile" in ran.err


def test_nothing_of_a_privacy_page_is_cut_short(run: Run, acme: str, tmp_path: Path) -> None:
    """All that a system passes data to is named, and consent is late only where it is."""
    file = tmp_path / "data.md"
    assert run("report", str(file), "--for-data", "customer-profile", "-r", acme).code == 0
    page = file.read_text()
    systems = about(run, acme, "customer-profile")["systems"]
    assert max(len(one["connects"]) for one in systems) > 2
    assert " more |" not in page
    assert "before consent" not in page  # `ip-warm-up` begins after it, and doesn't wait for it
