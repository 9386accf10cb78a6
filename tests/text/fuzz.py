"""A long run of random edits on random files: ``python -m tests.text.fuzz --edits 10000``."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter

import tomli

from planner.errors import ReadError
from planner.text.document import Document
from tests.text.generated import Generated, generate
from tests.text.promises import check
from tests.text.random_edits import random_edit

EDITS_A_FILE = 8


def a_file(seed: int) -> Generated | None:
    """The file of a seed; None for the few that are not valid TOML."""
    file = generate(random.Random(seed))
    try:
        file.data = tomli.loads(file.text)
    except tomli.TOMLDecodeError:
        return None
    return file


def try_file(seed: int, counts: Counter[str]) -> list[str]:
    """Make some edits to one file, each from its start; says what failed."""
    file = a_file(seed)
    if file is None:
        counts["files that were no TOML"] += 1
        return []
    counts["files"] += 1
    draw, failed = random.Random(seed + 1), []
    for number in range(EDITS_A_FILE):
        edit = random_edit(draw, Document.parse(file.raw, "it.toml").tables)
        try:
            counts[f"{type(edit).__name__}: {check(file, edit)}"] += 1
        except (AssertionError, ReadError, Exception) as error:
            failed.append(f"seed {seed}, edit {number}: {edit}: {type(error).__name__}: {error}")
    return failed


def run(edits: int, first_seed: int, show: int) -> int:
    counts: Counter[str] = Counter()
    failed: list[str] = []
    start, seed = time.perf_counter(), first_seed
    while counts["files"] * EDITS_A_FILE < edits:
        failed += try_file(seed, counts)
        seed += 1
    seconds = time.perf_counter() - start
    for name, count in sorted(counts.items()):
        print(f"{count:8} {name}")
    total = counts["files"] * EDITS_A_FILE
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
