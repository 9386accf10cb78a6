"""A few of the random branch pairs; `python -m tests.faults.merges` merges hundreds."""

from __future__ import annotations

from pathlib import Path

from tests.faults.merges import run


def test_random_branches_merge_without_loss_and_without_false_conflicts(tmp_path: Path) -> None:
    counts = run(tmp_path, 15, seed=5000)
    assert counts["clean"] + counts["asked"] == 15
    assert counts["clean"] > 3
