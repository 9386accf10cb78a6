"""`python -m tests.benchmarks history [COUNT …]`: the record of so many commits, beside git itself.

A repository of 40 initiatives in three files, edited for a year by eight people: words most often,
then facts as time goes by, then estimates and links; one commit in ten comes in by a merge. The
trend is measured cold (no cache in the state folder) and warm, beside `git log -p` on the same.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from tests.git.clones import environment
from tests.history.edits import NOTHING, SINGLE, on_track, work
from tests.history.expected import Moment
from tests.history.repositories import FOLDER, written
from tests.history.roadmaps import BEGIN, IT, JOINT, LAUNCHES, MARKETING, Edit, Set, State
from tests.history.stories import PEOPLE, Commit, Told

PLANNER = [sys.executable, "-m", "planner"]
COUNTS = (500,)
INITIATIVES, WIDTH = 40, 5
TEAMS = {"crm": MARKETING, "brand": MARKETING, "data": IT, "web": IT, "events": JOINT}
DAYS = 330
"""From the first commit to the last."""
GOALS = {500: ("4 s", "0.3 s"), 5_000: ("40 s", "-")}
WORDS = ("remark", "remark", "handover record", "working agreement")
MOVING = ("estimate", "lag", "bound", "owner")


def main(counts: Sequence[int]) -> None:
    """Measure each number of commits in turn."""
    for count in counts or COUNTS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "repository", FOLDER)
            made = [sys.executable, "-m", "tests.benchmarks.history", str(count), str(path.parent)]
            subprocess.run(made, check=True)  # by itself: a child's most memory begins as ours
            print(f"\n{count} commits, {INITIATIVES} initiatives in three files")
            measured(path, count, Path(folder))


def measured(path: Path, count: int, folder: Path) -> None:
    """The figures of one repository."""
    from tests.benchmarks.__main__ import row

    cold_goal, warm_goal = GOALS.get(count, ("-", "-"))
    trend = [*PLANNER, "history", "-r", str(path)]
    show = [*PLANNER, "show", "-r", str(path)]
    log = [_run(["git", "log", "-p", "--", "."], path, folder / "state") for _ in range(3)]
    bare = [_run(show, path, folder / "state") for _ in range(3)]
    cold = _run(trend, path, folder / "state")
    warm = [_run(trend, path, folder / "state") for _ in range(3)]
    row("git log -p", _said(log), "-")
    row("show, which looks at no revision", _said(bare), "-")
    row("history, cold", _said([cold]), cold_goal)
    row("its memory", f"{cold.megabytes:.0f} MB", "200 MB")
    row("history, warm", _said(warm), warm_goal)


class Used(NamedTuple):
    """What a command took: wall seconds, seconds of a core, and the most memory."""

    wall: float
    core: float
    megabytes: float


def _said(runs: Sequence[Used]) -> str:
    wall, core = (statistics.median(each[part] for each in runs) for part in (0, 1))
    return f"{wall:.2f} s ({core:.2f} s of a core)"


def _run(command: Sequence[str], path: Path, state: Path) -> Used:
    """A command with its own state folder."""
    env = {**environment(), "XDG_STATE_HOME": str(state), "GIT_PAGER": "cat"}
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=path, env=env, stdout=subprocess.DEVNULL) as process:
        _, code, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(code)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"{command}: {process.returncode}")
    return Used(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


# --- the repository -------------------------------------------------------------------------------


class Growing:
    """A repository while it grows: its commits, and the last state and commit of the main line."""

    def __init__(self, count: int, seed: int = 5) -> None:
        self.count, self.draw = count, random.Random(seed)
        self.state, self.day = base(self.draw), BEGIN
        self.commits: list[Commit] = []
        self.tip = self._commit((), self.state)

    def told(self) -> Told:
        """All of it; a tenth of the commits on the main line are merges of two commits."""
        while len(self.commits) < self.count:
            if self.draw.random() < 0.1:
                self._merge()
            else:
                self._go_on()
        return Told(self.commits, (), self.state.texts(), self.day)

    def _go_on(self) -> None:
        """One commit: facts where a day has gone by, and an edit."""
        before = Moment(self.state, self.day)
        self.day = BEGIN + timedelta(DAYS * len(self.commits) // self.count)
        facts = on_track(self.draw, before, self.day) if self.day > before.as_of else ()
        kept = tuple(set for set in facts if self.draw.random() < 0.97)
        self.state = self.state.edited((*kept, Set("roadmap", "", "status_date", self.day)))
        self.state = self.state.edited(self._edit())
        self.tip = self._commit((self.tip,), self.state)

    def _merge(self) -> None:
        number = self.tip
        for _ in range(2):
            self.state = self.state.edited(self._edit())
            number = self._commit((number,), self.state)
        self.tip = self._commit((self.tip, number), self.state)

    def _edit(self) -> Edit:
        kind = self.draw.choice(WORDS if self.draw.random() < 0.7 else MOVING)
        now = Moment(self.state, self.day)
        if not work(self.state):
            kind = "working agreement"
        return {**NOTHING, **SINGLE}[kind](self.draw, now)

    def _commit(self, parents: tuple[int, ...], state: State) -> int:
        number, author = len(self.commits), self.draw.choice(PEOPLE)
        texts = state.texts()
        self.commits.append(Commit(number, parents, author, self.day, f"Change {number}", texts))
        return number


def base(draw: random.Random) -> State:
    """So many initiatives in layers, each with one to three links to the layer before."""
    names = [f"work-{number:02d}" for number in range(INITIATIVES - len(LAUNCHES))]
    rows: dict[str, dict[str, Any]] = {}
    for at, name in enumerate(names):
        before = names[max(0, at // WIDTH - 1) * WIDTH : at // WIDTH * WIDTH]
        chosen = draw.sample(before, draw.choice((1, 2, 2, 3))) if before else []
        rows[name] = {
            "title": f"Initiative {at}",
            "owner": draw.choice(list(TEAMS)),
            "estimate": f"{draw.randint(3, 8)}w",
            "needs": [on + draw.choice(("", "", "", " SS+5d", " FF+2d")) for on in chosen],
        }
    for launch in LAUNCHES:
        needs = draw.sample(names[-2 * WIDTH :], 4)
        rows[launch] = {"kind": "milestone", "title": launch, "owner": "events", "needs": needs}
    settings = {"title": "Joint", "start": BEGIN, "status_date": BEGIN, "main_launch": LAUNCHES[0]}
    tables: dict[str, dict[str, dict[str, Any]]] = {
        "roadmap": {"": settings},
        "teams": {team: {"title": team} for team in TEAMS},
        "agreements": {"tracking": {"title": "Tracking", "accountable": "data"}},
        "initiatives": rows,
    }
    of = {id: TEAMS[row["owner"]] for id, row in rows.items()}
    files = {(kind, id): of.get(id, JOINT) for kind, each in tables.items() for id in each}
    return State(tables, files)


if __name__ == "__main__":
    written(Path(sys.argv[2]), Growing(int(sys.argv[1])).told())
