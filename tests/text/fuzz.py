"""A long run of random edits on random files: ``python -m tests.text.fuzz --edits 10000``."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter

import tomli

from planner.text.document import Document
from planner.text.edits import Edit, same
from tests.text.generated import Generated, generate
from tests.text.promises import check, check_after_others, filled
from tests.text.random_edits import random_edit

SINGLE_EDITS = 6
"""Edits that are made to each file as it was generated, with all promises checked."""
EDITS_IN_A_ROW = 6
"""Edits that are made one after the other, and then taken back one after the other."""


def a_file(seed: int) -> Generated | None:
    """The file of a seed; None for the few that are not valid TOML."""
    file = generate(random.Random(seed))
    try:
        tomli.loads(file.text)
    except tomli.TOMLDecodeError:
        return None
    return file


def try_file(seed: int, counts: Counter[str]) -> list[str]:
    """Make random edits to one file; says what failed, and counts what was done."""
    file = a_file(seed)
    if file is None:
        counts["files that were no TOML"] += 1
        return []
    counts["files"] += 1
    draw = random.Random(seed + 1)
    failed = [
        line for _ in range(SINGLE_EDITS) for line in _one_edit(file, draw, counts)
    ] + _edits_in_a_row(file, draw, counts)
    return [f"seed {seed}: {line}" for line in failed]


def _one_edit(file: Generated, draw: random.Random, counts: Counter[str]) -> list[str]:
    edit = random_edit(draw, Document.parse(file.raw, "it.toml").tables)
    try:
        counts[f"{type(edit).__name__}: {check(file, edit)}"] += 1
    except Exception as error:
        return [f"{edit}: {type(error).__name__}: {error}"]
    return []


def _edits_in_a_row(file: Generated, draw: random.Random, counts: Counter[str]) -> list[str]:
    first = document = Document.parse(file.raw, "it.toml")
    backs: list[Edit] = []
    try:
        for _ in range(EDITS_IN_A_ROW):
            edit = random_edit(draw, document.tables)
            document = check_after_others(document, edit, backs)
            counts["edits in a row"] += 1
        for back in reversed(backs):
            document = document.apply(back)
        assert same(filled(document.tables), filled(first.tables)), "undoing all does not restore"
    except Exception as error:
        return [f"in a row: {type(error).__name__}: {error}"]
    return []


def run(edits: int, first_seed: int, show: int) -> int:
    """Edit files from a seed on until enough edits are made; the exit code is 1 on failures."""
    counts: Counter[str] = Counter()
    failed: list[str] = []
    start, seed = time.perf_counter(), first_seed
    while counts["files"] * (SINGLE_EDITS + EDITS_IN_A_ROW) < edits:
        failed += try_file(seed, counts)
        seed += 1
    seconds = time.perf_counter() - start
    for name, count in sorted(counts.items()):
        print(f"{count:8} {name}")
    total = counts["files"] * (SINGLE_EDITS + EDITS_IN_A_ROW)
    print(f"{total:8} edits in {seconds:.0f} s, {len(failed)} failures")
    for line in failed[:show]:
        print(line)
    return 1 if failed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=20)
    chosen = parser.parse_args()
    sys.exit(run(chosen.edits, chosen.seed, chosen.show))
