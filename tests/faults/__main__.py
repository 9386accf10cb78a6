"""`python -m tests.faults [NAME …]`: every fault at full length; 1 if a promise was broken."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable

from tests.faults import bare, bombs, full_disk, hangups, kills, merges, planted, syscalls, writers
from tests.faults.tally import Tally

RUNS: dict[str, Callable[[], Iterable[Tally]]] = {
    "calls": syscalls.kills,
    "errors": syscalls.errors,
    "disk": full_disk.levels,
    "kills": kills.sessions,
    "writers": writers.runs,
    "hangups": hangups.runs,
    "bombs": bombs.runs,
    "merges": merges.runs,
    "planted": planted.runs,
    "bare": bare.runs,
}


def main(arguments: list[str]) -> int:
    """Run what was named, else all of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(RUNS))
    names = parser.parse_args(arguments).names
    if unknown := [name for name in names if name not in RUNS]:
        parser.error(f"no run is called {', '.join(unknown)}; there are {', '.join(RUNS)}")
    good = True
    for name in names or RUNS:
        started = time.monotonic()
        for tally in RUNS[name]():
            print(tally.line(), flush=True)
            for note in tally.notes[:10]:
                print(f"    {note}")
            good = good and tally.good
        print(f"    {name}: {time.monotonic() - started:.0f} s", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
