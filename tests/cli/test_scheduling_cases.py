"""Small roadmaps whose dates are known (tests/cases, the answer on top), as `show --json` has them.

Each is a place where two sensible schedulers differ by a day, or name another cause.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run

CASES = Path(__file__).parents[1] / "cases"


def case(name: str) -> str:
    """Where a case is."""
    return str(CASES / f"{name}.toml")


def shown(run: Run, name: str, *words: str) -> dict[str, dict[str, Any]]:
    """What `show --json` says of each initiative of a case, by id."""
    printed = run("show", case(name), "--json", *words)
    return {one["id"]: one for one in json.loads(printed.out)["initiatives"]}


def test_a_day_off_that_was_swapped_makes_its_exchange_day_a_working_day(run: Run) -> None:
    rows = shown(run, "swapped-working-day", "--as-of", "2026-08-01")
    assert rows["a"]["finish"] == "2026-08-08"
    assert rows["b"]["finish"] == "2026-08-31"
