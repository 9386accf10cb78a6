"""An estimate of work that has started: its end follows something else, and that is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

AS_OF = ("--as-of", "2027-03-15")
STARTED = 'status = "active"\nactual_start = 2027-02-01\n'


@pytest.mark.parametrize(
    ("written", "assignment", "says", "finish"),
    [
        (f'{STARTED}remaining = "1w"\n', "estimate=9w", "remaining 1w decides", "19 Mar"),
        (f'{STARTED}remaining = "1w"\n', "percent_complete=10", "remaining 1w decides", "19 Mar"),
        (f"{STARTED}percent_complete = 50\n", "estimate=4w", "10 working days to do", "26 Mar"),
        (f"{STARTED}percent_complete = 90\n", "estimate=2w", "1 working day to do", "15 Mar"),
        (STARTED, "estimate=4w", "20 working days to do from 15 Mar", "9 Apr"),
        (STARTED, "remaining=4d", "", "18 Mar"),
        ("", "estimate=4w", "", "9 Apr"),
        ("", "percent_complete=50", "counts once a has an actual_start", "26 Mar"),
        ("", "remaining=1d", "counts once a has an actual_start", "26 Mar"),
        (
            'status = "done"\nactual_start = 2027-02-01\nactual_finish = 2027-02-26\n',
            "estimate=9w",
            "moves none of its dates",
            "26 Feb",
        ),
    ],
)
def test_what_decides_the_end_is_said(
    run: Run, tmp_path: Path, written: str, assignment: str, says: str, finish: str
) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(f'[initiatives.a]\nestimate = "2w"\n{written}', encoding="utf-8")
    ran = run("set", "a", assignment, "-r", str(path), *AS_OF)
    assert ran.code == 0
    assert says in ran.err
    assert bool(ran.err) == bool(says)
    assert re.search(rf"– ?{finish}", ran.out)
