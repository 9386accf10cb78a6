"""`python -m tests.benchmarks.growth [COUNT [COMMANDS [KIND …]]]`: does anything grow faster?

For each kind of file of N odd things (`tests.benchmarks.growing`) and each command the processor
seconds at N and at 4 N, and how many times as long the four times larger file takes beyond a start
with an empty one: about 4 is right, 16 is a comparison of everything with everything.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.growing import KINDS

PLANNER = [sys.executable, "-m", "planner"]
COMMANDS = ("check", "json", "show", "set", "merge")
LIMIT = 30
"""After so many seconds a command is stopped, and said to have taken them."""

MUCH, SHORT = 6.0, 0.4
"""Growth above the one is marked where the time is above the other."""


def main(count: int, commands: Sequence[str], kinds: Sequence[str]) -> None:
    """Measure each kind in turn."""
    with tempfile.TemporaryDirectory() as folder:
        empty = written(Path(folder), "empty", "[initiatives.a]\n")
        bare = {one: seconds(command(one, empty)) for one in commands}
        for kind in kinds or KINDS:
            few, many = (
                written(Path(folder), f"{kind}-{n}", KINDS[kind](n)) for n in (count, 4 * count)
            )
            figures = (cell(one, few, many, bare[one]) for one in commands)
            print(f"{kind:<26}", " | ".join(figures), flush=True)


def written(folder: Path, name: str, text: str) -> Path:
    """A file of a roadmap."""
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def cell(name: str, few: Path, many: Path, bare: float) -> str:
    """One command on both files."""
    first, second = seconds(command(name, few)), seconds(command(name, many))
    times = (second - bare) / max(first - bare, 0.02)
    mark = "!" if times > MUCH and second > bare + SHORT else " "
    return f"{name} {first:6.2f} → {second:6.2f} s ×{max(times, 0):4.1f}{mark}"


def command(name: str, path: Path) -> list[str]:
    """How a command is called for a file."""
    if name == "merge":
        text = path.read_text(encoding="utf-8")
        sides = [path.with_suffix(f".{side}.toml") for side in ("base", "ours", "theirs")]
        added = ("", "\n[initiatives.mine-is-new]\n", "\n[initiatives.theirs-is-new]\n")
        for side, more in zip(sides, added, strict=True):
            side.write_text(text.replace("Growing", f"Growing {more[-9:-7]}") + more, "utf-8")
        return [*PLANNER, "merge", *map(str, sides)]
    words = {
        "check": ["check", str(path)],
        "json": ["check", "--json", str(path)],
        "show": ["show", "--json", str(path)],
        "set": ["set", "roadmap", "near_critical=3", "--roadmap", str(path)],
    }
    return [*PLANNER, *words[name]]


def seconds(words: Sequence[str]) -> float:
    """Processor seconds of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        result = subprocess.run(words, capture_output=True, check=False, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return float(LIMIT)
    if result.returncode not in (0, 1):
        print(" ".join(words[2:]), result.returncode, result.stderr.decode()[-300:])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    arguments = sys.argv[1:]
    chosen = arguments[1].split(",") if len(arguments) > 1 else COMMANDS
    main(int(arguments[0]) if arguments else 1_000, chosen, arguments[2:])
