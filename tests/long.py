"""What the gate tries on a few, tried on all: `python -m tests.long [PATH …]`.

The gate takes fewer random examples, and of what needs seconds each (files at the limits of a
reader, other programs that are started) one of a kind. Those tests take their number from
`examples` and their cases from `of_length`, or are marked `one_in(n)`; in the long run all there
are is tried.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Iterable

from tests.gate import ENVIRONMENT, ROOT, WORKERS

VARIABLE = "PLANNER_LONG_TESTS"
"""Set, and not empty, in a long run."""
LONG = bool(os.environ.get(VARIABLE))


def examples(gate: int, long: int) -> int:
    """How many random examples are tried."""
    return long if LONG else gate


def of_length(cases: Iterable[str], only_long: Collection[str]) -> list[str]:
    """The cases that are tried: all, or those that are not for the long run alone."""
    found = list(cases)
    if unknown := {*only_long} - {*found}:
        raise ValueError(f"no cases: {unknown}")
    return [case for case in found if LONG or case not in only_long]


def main(arguments: list[str]) -> int:
    """Run pytest, on what is named or on all tests."""
    command = [sys.executable, "-m", "pytest", "-n", str(WORKERS), "--dist", "worksteal"]
    environment = {**ENVIRONMENT, VARIABLE: "1"}
    return subprocess.run([*command, *arguments], cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
