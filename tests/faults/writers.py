"""Four planners that save the same file at once: by one name, by two, and beside one that writes
without any lock."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import tomli

from planner.errors import ChangedOnDisk, SaveError
from planner.text.edits import SetKey
from tests.faults.stage import SAVED, ended, in_child, opened, stage
from tests.faults.tally import Tally

WRITERS, EDITS = 4, 1200
RUDE_EVERY = 0.25
PLAN = """\
[roadmap]
start = 2027-01-04

[initiatives.rude]
priority = 1
notes = "0"

[initiatives.shared]
estimate = "3w"
""" + "".join(
    f'\n# Only writer {number} changes this.\n[initiatives.w{number}]\nestimate = "1d"\n'
    for number in range(WRITERS)
)


def runs(edits: int = EDITS) -> Iterator[Tally]:
    """All writers together, then half of them by a second name in another folder, then with the
    rude one as well."""
    yield _run(edits)
    yield _run(edits, names=2)
    yield _run(edits, rude=True)


def _run(edits: int, *, names: int = 1, rude: bool = False) -> Tally:
    by = " by two names" if names > 1 else " and a rude one" if rude else ""
    tally = Tally(f"{WRITERS} writers{by}")
    with stage("in place" if names > 1 else "replace", PLAN) as made:
        each = edits // WRITERS
        called = [made.path, made.folder / "second-name"][:names]
        children = [
            in_child(lambda number=number: _write(called[number % names], number, each))  # type: ignore[misc]
            for number in range(WRITERS)
        ]
        seen = _be_rude(tally, made.path, children) if rude else None
        for child in children:
            if (code := _code(child)) != SAVED:
                tally.note("crashed", f"a writer ended with {code}")
        tally.tries = each * WRITERS
        _judge(tally, made.path, each, seen)
        if made.left_over():
            tally.note("torn", f"left over: {made.left_over()}")
    return tally


def _write(path: Path, number: int, count: int) -> None:
    """Add to a list that all writers add to, and count in a table of our own; save each time."""
    session = opened(path)
    for step in range(count):
        tags = session.plan.tables["initiatives"]["shared"].get("tags", [])
        session.apply(SetKey("initiatives", "shared", ("tags",), [*tags, f"w{number}-{step}"]))
        session.apply(SetKey("initiatives", f"w{number}", ("estimate",), f"{step + 2}d"))
        while True:
            try:
                session.save()
                break
            except ChangedOnDisk:
                # The rude writer put an older estimate back: a person would be asked, as we are.
                session.resolve(
                    {question.name: "ours" for question in session.working_copy.merge_conflicts}
                )
            except SaveError as error:
                # They all wait for one lock: five seconds can pass.
                if "another planner" not in error.message:
                    raise
            time.sleep(0.01)
    session.close()


def _be_rude(tally: Tally, path: Path, children: list[int]) -> int:
    """Change one key without a lock, in place and by another file, while the others run."""
    number = 0
    while any(_runs(child) for child in children):
        time.sleep(RUDE_EVERY)
        text = path.read_text()
        if f'notes = "{number}"' not in text:
            tally.note("unseen", f"after the rude writer's {number}")
            return number
        text = text.replace(f'notes = "{number}"', f'notes = "{number + 1}"')
        number += 1
        if number % 2:
            path.write_text(text)
        else:
            other = path.with_name("rude.tmp")
            other.write_text(text)
            other.replace(path)
        tally.count("rude writes")
    return number


_CODES: dict[int, int] = {}


def _runs(child: int) -> bool:
    if child in _CODES:
        return False
    pid, status = os.waitpid(child, os.WNOHANG)
    if pid:
        _CODES[child] = os.waitstatus_to_exitcode(status)
    return not pid


def _code(child: int) -> int:
    return _CODES.pop(child) if child in _CODES else ended(child)


def _judge(tally: Tally, path: Path, each: int, rude: int | None) -> None:
    try:
        tables = tomli.loads(path.read_text())["initiatives"]
    except (tomli.TOMLDecodeError, KeyError) as error:
        tally.note("torn", str(error))
        return
    tags = tables["shared"].get("tags", [])
    wanted = {f"w{number}-{step}" for number in range(WRITERS) for step in range(each)}
    for tag in wanted - set(tags):
        # The rude writer puts back an old text: what it took away is its own doing, and was told.
        tally.note("lost", tag) if rude is None else tally.count("taken away by the rude writer")
    for tag in {tag for tag in tags if tags.count(tag) > 1}:
        tally.note("twice", tag)
    for number in range(WRITERS):
        if tables[f"w{number}"]["estimate"] != f"{each + 1}d" and rude is None:
            tally.note("lost", f"the last estimate of w{number}")
    if rude is not None and tables["rude"]["notes"] != str(rude):
        tally.note("unseen", f"the rude writer's last was {rude}")
