"""Ten faults at once in clean plans: the first five lines hold the worst five.

A line stands for a root: what else has it is counted behind a plus, and listed after it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.conflicts.planted import AtOnce, at_once, planted

PLANS = at_once()
LINES = 5


def written(faults: AtOnce, folder: Path) -> str:
    """The plan with its ten faults, in a folder."""
    for file, text in planted(faults.base, [*faults.given, *faults.faults]).items():
        (folder / file).write_text(text, "utf-8")
    path = folder / f"{faults.base}.toml"
    return str(path if path.exists() else folder)


def behind(line: str) -> int:
    """How many findings a line stands for."""
    more = re.search(r" \(?\+(\d+)(?: more\))?(?= · |$)", line)
    return 1 + (int(more.group(1)) if more else 0)


def names(finding: dict[str, Any], id: str) -> bool:
    """Whether a finding is about an id, or its message says it."""
    return id in finding["on"] or id in re.findall(r"[\w-]+", finding["message"])


@pytest.mark.parametrize("name", sorted(PLANS))
def test_the_first_five_lines_hold_the_worst_five(run: Run, tmp_path: Path, name: str) -> None:
    faults = PLANS[name]
    asked = ("check", written(faults, tmp_path), "--as-of", "2027-02-15")
    first, every = run(*asked).out.splitlines()[:LINES], json.loads(run(*asked, "--json").out)
    assert all(line[0] in "✗▲·" for line in first)
    held = every["findings"][: sum(map(behind, first))]
    assert len(faults.faults) == 2 * len(faults.worst) == 10
    untold = [
        one.on
        for one in faults.faults
        if not any(names(finding, one.on) for finding in every["findings"])
    ]
    assert untold == []
    left = [one.on for one in faults.worst if not any(names(finding, one.on) for finding in held)]
    assert left == []
