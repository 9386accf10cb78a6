"""What others plant where planner looks or writes: journals, links, left-overs, presence, and links
where git is set up; none counts."""

from __future__ import annotations

import os
import sys
from binascii import crc32
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from planner.errors import SaveError
from planner.files.state import slug
from planner.session.dead_sessions import put_back_left_behind
from planner.session.journal import Journal, SaveRecord
from planner.session.presence import LARGEST
from planner.session.session import Session
from tests.faults.stage import LONGER, PLAN, Stage, opened, stage
from tests.faults.tally import Tally
from tests.git.clones import Clone, clone_at

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
    yield _presence()
    yield _git()
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
    journal.append(SaveRecord({file: (OLD, NEW)}))
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
            put_back_left_behind(made.path)
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


def _presence() -> Tally:
    """Links in the place of the folders and files of presence, and a colleague whom nobody is."""
    tally = Tally("planted presence")
    for kind in ("replace", "folder"):
        for planted in ("git's folder", "the state folder", "a file", "somebody"):
            with stage(kind) as made:
                _present(tally, made, planted)
    return tally


def _present(tally: Tally, made: Stage, planted: str) -> None:
    home = _home(made)
    victim = home / "login"
    victim.write_bytes(OLD)
    git, state = made.folder / ".git", made.folder / "state" / "planner"
    git.mkdir()
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    state.mkdir(parents=True)
    if planted == "git's folder":
        (git / "planner").symlink_to(home)
    elif planted == "the state folder":
        (state / "presence").symlink_to(home)
    else:
        (git / "planner").mkdir()
        file = git / "planner" / f"{slug(made.path)}.1-00000000.json"
        if planted == "a file":
            file.symlink_to(victim)
        else:
            file.write_text("{" * LARGEST)
    session = opened(made.path)
    made.edit(session)
    others = session.working_copy.others()
    session.save()
    session.close()
    tally.tries += 1
    tally.count(f"presence: {planted}")
    if [*home.iterdir()] != [victim] or victim.read_bytes() != OLD:
        tally.note("lost", f"{made.kind} {planted}")
    if others:
        tally.note("unseen", f"{made.kind} {planted}: {others}")


PLACES = ("config", "info", "info/attributes", "hooks", "hooks/pre-push", ".gitattributes")
"""Where `git install` writes, in the git directory but for the last."""


def _git() -> Tally:
    """Links where git is set up, to what somebody else owns or all can write, or to nothing."""
    tally = Tally("git set up through planted links")
    for place in PLACES:
        for leads in ("to theirs", "to what all can write", "to nothing", "by their link"):
            if os.geteuid() == 0 or leads.startswith("to w") or leads.endswith("nothing"):
                with stage("replace") as made:
                    _set_up(tally, made, place, leads)
    return tally


def _set_up(tally: Tally, made: Stage, place: str, leads: str) -> None:
    clone = clone_at(made.folder / "map")
    home = _home(made)
    link = clone.top / (place if place.startswith(".") else f".git/{place}")
    target = home / link.name
    if place not in ("info", "hooks"):
        (link.parent).mkdir(exist_ok=True)
    if link.exists():
        link.rename(target)
    elif place in ("info", "hooks"):
        target.mkdir()
    else:
        target.write_text("")
    if leads == "to nothing":
        target.rename(made.folder / "before")
    elif leads == "to theirs":
        os.chown(target, SOMEBODY, SOMEBODY)
    elif leads == "to what all can write":
        target.chmod(0o777)
    link.symlink_to(target)
    if leads == "by their link":
        os.chown(link, SOMEBODY, SOMEBODY, follow_symlinks=False)
    before = _held(home)
    done = clone.run(sys.executable, "-m", "planner", "git", "install", "--hooks", "plan.toml")
    tally.tries += 1
    tally.count("all set up" if done.returncode == 0 else "left alone and said")
    if _held(home) != before:
        tally.note("lost", f"{place} {leads}")
    if done.returncode not in (0, 2) or "Traceback" in done.stderr:
        tally.note("crashed", f"{place} {leads}: {done.stderr}")
    if done.returncode == 0 and not _is_set_up(clone):
        tally.note("unseen", f"{place} {leads}: {done.stdout}")


def _held(home: Path) -> dict[Path, bytes | None]:
    return {each: each.read_bytes() if each.is_file() else None for each in home.rglob("*")}


def _is_set_up(clone: Clone) -> bool:
    """Whether git says so too."""
    said = clone.git("check-attr", "merge", "--", "plan.toml").split()
    return said[-1] == "planner" and (clone.top / ".git" / "hooks" / "pre-push").is_file()
