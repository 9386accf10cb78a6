"""Saving on a Python that was built without this or that, and without a call of the system.

Each part is taken away by itself, then all of them. A session edits, is killed or saves, and the
next one finds what the first had acknowledged: with less, planner promises no less.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.faults.stage import LONGER, PLAN, RENAMED, Stage, stage
from tests.faults.tally import Tally
from tests.files.test_bare_python import CALLS, MODULES, without

KINDS = ("replace", "in place", "folder")
SESSION = """
import os
from pathlib import Path
from tests.faults.stage import Stage, opened
made = Stage(sys.argv[1], Path(sys.argv[2]))
session = opened(made.path)
made.edit(session)
print("acknowledged", session.keeper.holds, flush=True)
if sys.argv[3] == "dies":
    os._exit(9)
session.save()
session.close()
"""
NEXT = """
from pathlib import Path
from planner.session.dead_sessions import recoverable
from tests.faults.stage import opened
path = Path(sys.argv[1])
session = opened(path)
while found := recoverable(path):
    session.restore(found)
session.save()
session.close()
"""


def runs(every: int = 1) -> Iterator[Tally]:
    """Every part in every kind of roadmap; `every` takes fewer."""
    tally = Tally("a Python without this or that")
    parts = [(name,) for name in (*MODULES, *CALLS)][::every]
    for names in ((), *parts, (*MODULES, *CALLS)):
        for kind in KINDS:
            for end in ("saves", "dies"):
                with stage(kind) as made:
                    _run(tally, made, names, end)
    yield tally


def _run(tally: Tally, made: Stage, names: tuple[str, ...], end: str) -> None:
    what = f"{made.kind} {end} without {', '.join(names) or 'nothing'}"
    done = _ran(without(names) + SESSION, made.kind, str(made.folder), end)
    tally.tries += 1
    tally.count(end)
    if done.returncode != (9 if end == "dies" else 0):
        tally.note("crashed", f"{what}: {done.stderr[-300:]}")
        return
    if end == "dies" and "acknowledged True" not in done.stdout:
        tally.count("kept no journal, and said so")
        return
    again = _ran(without(names) + NEXT, str(made.path)) if end == "dies" else done
    if again.returncode:
        tally.note("crashed", f"{what}: {again.stderr[-300:]}")
    if "".join(made.texts()) != _wanted(made.kind):
        tally.note("lost", what)
    if made.left_over():
        tally.note("torn", f"{what}: {made.left_over()}")


def _ran(code: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )


def _wanted(kind: str) -> str:
    if kind == "folder":
        return PLAN.replace(RENAMED.old, RENAMED.new)
    return PLAN.replace('"3w"', f'"{LONGER.value}"')
