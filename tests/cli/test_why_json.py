"""`why --json` and `reach --json`: the same dates, drivers and options as the pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, printed_json

REACH = ("peak-readiness", "2027-10-08")


def printed(run: Run, acme: str, name: str, *words: str) -> dict[str, Any]:
    """What a command prints as JSON."""
    ran = run(name, *words, "--json", "-r", acme)
    assert (ran.code, ran.err) == (0, "")
    found: dict[str, Any] = json.loads(ran.out)
    return found


@pytest.mark.parametrize(
    ("name", "words", "title"),
    [("why", ("peak-readiness",), "WhyShown"), ("reach", REACH, "ReachShown")],
)
def test_it_is_what_its_schema_says(
    run: Run, acme: str, name: str, words: tuple[str, ...], title: str
) -> None:
    found = printed(run, acme, name, *words)
    printed_json(title).validate(found)


def test_why_leads_back_to_the_first_cause(run: Run, acme: str) -> None:
    found = printed(run, acme, "why", "peak-readiness")
    assert (found["finish"], found["total_float"], found["critical"]) == ("2027-10-15", -5, True)
    assert found["steps"][0]["id"] == "peak-readiness"
    assert found["steps"][0]["reason"]["on"] == found["steps"][1]["id"]
    last = found["steps"][-1]
    assert (last["id"], last["reason"]["kind"], last["finish"]) == (
        "customer-sso", "actual", "2027-05-12",
    )  # fmt: skip
    slacks = [one["slack"] for one in found["needs"]]
    assert slacks == sorted(slacks)


def test_reach_names_what_is_won_and_the_command_for_it(run: Run, acme: str) -> None:
    found = printed(run, acme, "reach", *REACH)
    assert found["late"] == {"working": 5, "calendar": 7}
    assert found["best"]["finish"] <= "2027-10-08"
    assert found["options"]
    page = run("reach", *REACH, "-r", acme).out
    assert found["best"]["command"] in page


def test_a_day_that_is_reached_needs_no_option(run: Run, acme: str) -> None:
    found = printed(run, acme, "reach", "peak-readiness", "2027-12-01")
    assert (found["late"], found["best"], found["options"]) == (None, None, [])


def test_work_without_dates_says_why(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text('[initiatives.a]\nneeds = "a"\n', encoding="utf-8")
    found = printed(run, str(file), "why", "a")
    assert (found["start"], found["steps"]) == (None, [])
    assert found["why_not"].startswith("cycle")
