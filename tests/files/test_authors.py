"""Whose change it was: named only where that is certain."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.session.presence import Presence as Somebody
from planner.session.presence import announced, checksum
from planner.session.session import Session
from tests.files.people import NOW, estimate, opened, start, they_write
from tests.git.clones import Clone, clone_at


def said(session: Session) -> str:
    report = session.merge_external()
    return report.named().message if report else ""


class Ana:
    """Another process that has the roadmap open, and saves one estimate when it is told to."""

    def __init__(self, path: Path) -> None:
        to_her, self.tell = os.pipe()
        self.hear, to_us = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.tell)
            os.environ["LOGNAME"] = "ana"
            session = opened(path)
            os.write(to_us, b"here")
            while os.read(to_her, 1):
                session.merge_external()
                session.apply(estimate("profile-api", "8w"))
                session.save()
                os.write(to_us, b"done")
            os._exit(0)
        os.close(to_her)
        os.close(to_us)
        os.read(self.hear, 4)

    def saves(self) -> None:
        os.write(self.tell, b".")
        assert os.read(self.hear, 4) == b"done"

    def leaves(self) -> None:
        os.close(self.tell)
        os.waitpid(self.pid, 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return start(tmp_path)


@pytest.fixture
def ana(path: Path) -> Iterator[Ana]:
    made = Ana(path)
    yield made
    made.leaves()


def test_a_save_of_somebody_who_is_here_is_theirs(path: Path, ana: Ana) -> None:
    session = opened(path)
    ana.saves()
    assert said(session) == "ana: profile-api estimate 6w → 8w"


def test_somebody_who_is_here_is_not_blamed_for_an_editor(path: Path, ana: Ana) -> None:
    session = opened(path)
    they_write(path, '"6w"', '"7w"')
    assert said(session) == "on disk: profile-api estimate 6w → 7w"
    they_write(path, '"3w"', '"4w"')
    ana.saves()
    assert said(session).startswith("on disk: ")


def test_saves_of_several_are_told_together() -> None:
    def wrote(who: str, *texts: bytes) -> Somebody:
        pairs = zip(map(checksum, texts), map(checksum, texts[1:]), strict=False)
        return Somebody(who, "server", 7, 0, NOW, "/plan.toml", tuple(pairs))

    ana, ben = wrote("ana", b"1", b"2"), wrote("ben", b"2", b"3")
    assert announced([ben, ana], b"1", b"3") == ("ana", "ben")
    assert announced([ben], b"1", b"3") == ()
    assert announced([wrote("ana", b"2", b"3", b"2")], b"1", b"3") == ()


# --- commits --------------------------------------------------------------------------------------


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = clone_at(tmp_path)
    made.commit("plan.toml", (start(tmp_path)).read_text())
    return made


def commit_as(clone: Clone, who: str, old: str, new: str) -> None:
    clone.environment["GIT_AUTHOR_NAME"] = who
    clone.commit("plan.toml", clone.read("plan.toml").replace(old, new))


def test_what_a_pull_brought_is_its_authors_(clone: Clone) -> None:
    session = opened(clone.top / "plan.toml")
    commit_as(clone, "Ben", '"6w"', '"8w"')
    assert said(session) == "Ben: profile-api estimate 6w → 8w"
    commit_as(clone, "Cleo", '"8w"', '"9w"')
    commit_as(clone, "Dora Ó", '"3w"', '"4w"')
    assert said(session).startswith("Cleo and Dora Ó: ")


def test_what_is_in_no_commit_or_goes_back_is_nobody_s(clone: Clone) -> None:
    commit_as(clone, "Ben", '"6w"', '"8w"')
    session = opened(clone.top / "plan.toml")
    clone.git("checkout", "-q", "HEAD~1")
    assert said(session) == "on disk: profile-api estimate 8w → 6w"
    they_write(clone.top / "plan.toml", '"6w"', '"7w"')
    assert said(session) == "on disk: profile-api estimate 6w → 7w"
    commit_as(clone, "Ben", '"3w"', '"4w"')
    assert said(session).startswith("on disk: ")
