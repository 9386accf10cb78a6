"""Sessions that are killed while they edit: every acknowledged edit comes back, and only once."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from planner.session.dead_sessions import recoverable
from planner.session.session import Session
from planner.text.edits import SetKey
from tests.faults.stage import ended, in_child, opened, stage
from tests.faults.tally import Tally

ROUNDS = 500
LONGEST = 0.08
"""Seconds that a session lives after its first edit, at most."""


def sessions(rounds: int = ROUNDS) -> Iterator[Tally]:
    """Kill sessions at random moments, restore, and compare with what they had acknowledged."""
    tally = Tally("kill of a session that edits")
    for seed in range(rounds):
        with stage("replace") as made:
            acknowledged = _killed(made.path, seed)
            tally.tries += 1
            tally.said["edits acknowledged"] = (
                tally.said.get("edits acknowledged", 0) + acknowledged
            )
            _judge(tally, made.path, seed, acknowledged)
    yield tally


def _killed(path: Path, seed: int) -> int:
    """Let a session edit until it is killed; returns how many steps it acknowledged."""
    reader, writer = os.pipe()

    def act() -> None:
        session = opened(path)
        for number, step in enumerate(_steps(seed)):
            _do(session, step, number)
            os.write(writer, b".")

    child = in_child(act)
    os.close(writer)
    got = len(os.read(reader, 1))
    time.sleep(random.Random(seed).uniform(0, LONGEST))
    os.kill(child, signal.SIGKILL)
    ended(child)
    while more := os.read(reader, 1 << 16):
        got += len(more)
    os.close(reader)
    return got


def _steps(seed: int) -> list[str]:
    choose = random.Random(seed)
    return choose.choices(("edit", "undo", "redo", "save"), (12, 2, 1, 3), k=3000)


def _do(session: Session, step: str, number: int) -> None:
    if step == "edit":
        tags = session.plan.tables["initiatives"]["web-push"].get("tags", [])
        session.apply(SetKey("initiatives", "web-push", ("tags",), [*tags, f"e{number}"]))
    elif step == "undo":
        session.history.undo()
    elif step == "redo":
        session.history.redo()
    else:
        session.save()


def _expected(seed: int, count: int) -> list[str]:
    """What the tags are after so many steps."""
    past: list[list[str]] = [[]]
    future: list[list[str]] = []
    for number, step in enumerate(_steps(seed)[:count]):
        if step == "edit":
            past.append([*past[-1], f"e{number}"])
            future.clear()
        elif step == "undo" and len(past) > 1:
            future.append(past.pop())
        elif step == "redo" and future:
            past.append(future.pop())
    return past[-1]


def _judge(tally: Tally, path: Path, seed: int, acknowledged: int) -> None:
    session = opened(path)
    restored = 0
    while recovery := recoverable(path):
        session.restore(recovery)
        restored += 1
    found = list(session.plan.tables["initiatives"]["web-push"].get("tags", []))
    tally.count("restored" if restored else "had nothing to restore")
    # The step that was under way may have happened or not; nobody was told.
    possible = (_expected(seed, acknowledged), _expected(seed, acknowledged + 1))
    if found not in possible:
        tally.note("lost", f"round {seed}: {found} instead of {possible[0]}")
    if len(found) != len(set(found)) or restored > 1:
        tally.note("twice", f"round {seed}: {found}")
    if session.working_copy.merge_conflicts:
        tally.note("lost", f"round {seed}: asked about {session.working_copy.merge_conflicts}")
    session.close(discard=True)
