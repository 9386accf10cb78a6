"""What others plant where planner looks or writes: journals, links, left-overs; none counts."""

from __future__ import annotations

import os
from binascii import crc32
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from planner.errors import SaveError
from planner.files.journal import Journal, Promised
from planner.session import Session, left_behind, put_back
from tests.faults.stage import LONGER, PLAN, Stage, opened, stage
from tests.faults.tally import Tally

OLD, NEW = b"mine, all of it\n" * 2, b"ours, all of it\n" * 2
HALF = NEW[:16] + OLD[16:]
"""A save that was cut off: the next start would complete it."""
SOMEBODY = 65534
NAMES = ("{home}/login", "{home}/../home/login", "{map}/../home/login", "{map}/login.toml")
WHOSE = ("mine", "the state folder", "the journal")


def runs() -> Iterator[Tally]:
    """Journals of others and of no roadmap's files; then links in the place of files and folders.

    What somebody made us write counts as lost: it was another file of ours.
    """
    yield _journals()
    yield _links()
    if os.geteuid() == 0:
        yield _left_overs()


def _home(made: Stage) -> Path:
    home = made.folder / "home"
    home.mkdir()
    return home


def _journals() -> Tally:
    tally = Tally("planted journals")
    for kind in ("replace", "in place", "folder"):
        for name in NAMES:
            for whose in WHOSE[: 3 if os.geteuid() == 0 else 1]:
                with stage(kind) as made:
                    _journal(tally, made, name, whose)
    return tally


def _journal(tally: Tally, made: Stage, name: str, whose: str) -> None:
    victim = _home(made) / "login"
    victim.write_bytes(HALF)
    (made.folder / "map" / "login.toml").symlink_to(victim)
    path = Path(os.path.realpath(made.path))
    file = name.format(home=victim.parent, map=made.folder / "map")
    journal = Journal.start(path, "2027-01-04T09:30:00", {str(path): b""})
    journal.append(Promised({file: (OLD, NEW)}))
    journal.close()
    if whose != "mine":
        given = journal.path if whose == "the journal" else made.folder / "state" / "planner"
        os.chown(given, SOMEBODY, SOMEBODY)
    if made.kind == "folder":
        (made.folder / "map" / "login.toml").unlink()
    Session.open(path).close()
    tally.tries += 1
    tally.count(f"journal: {whose}")
    if victim.read_bytes() != HALF:
        tally.note("lost", f"{made.kind} {name} {whose}")


def _links() -> Tally:
    tally = Tally("planted links")
    for kind in ("replace", "folder"):
        for swapped in ("file", "folder"):
            for alive in (True, False):
                with stage(kind) as made:
                    _link(tally, made, swapped, alive=alive)
    return tally


def _link(tally: Tally, made: Stage, swapped: str, *, alive: bool) -> None:
    """A running session puts its file back, or the start after one that died."""
    home = _home(made)
    session = opened(made.path)
    made.edit(session)
    if not alive:
        session.close()
    files = made.files
    for file in files:
        file.unlink()
    if swapped == "folder":
        (made.folder / "map").rmdir()
        (made.folder / "map").symlink_to(home)
    else:
        for file in files:
            file.symlink_to(home / file.name)
    with suppress(SaveError):
        if alive:
            session.put_back()
        else:
            put_back(left_behind(made.path))
    session.close()
    tally.tries += 1
    tally.count(f"{swapped} swapped")
    if [*home.iterdir()]:
        tally.note("lost", f"{made.kind} {swapped} {alive}")


def _left_overs() -> Tally:
    tally = Tally("planted left-overs")
    for held in (b"theirs", PLAN.encode().replace(b"6w", b"9w")):
        with stage("replace") as made:
            made.path.parent.chmod(0o1777)
            was = made.path.read_bytes()
            name = f".00000000-{crc32(was):08x}{len(was):x}-0badcafe.planner-swap"
            planted = made.path.with_name(name)
            planted.write_bytes(held)
            os.chown(planted, SOMEBODY, SOMEBODY)
            session = opened(made.path)
            session.apply(LONGER)
            session.save()
            session.close()
            tally.tries += 1
            tally.count("saved")
            if made.path.read_text() != PLAN.replace('"3w"', f'"{LONGER.value}"'):
                tally.note("lost", str(held))
    return tally
