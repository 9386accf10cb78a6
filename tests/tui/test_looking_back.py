"""What git says of the plan on screen: as `planner check` says it, and never in anybody's way.

Every commit has its day; it is Monday 1 March 2027.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from planner.analysis.evidence import evidence_for
from planner.conflicts.evidence import Evidence
from planner.plan.model import Plan
from planner.session.session import Session
from planner.text.edits import SetKey
from tests.git.clones import Clone, clone_at
from tests.tui.conftest import SMALL
from tests.tui.looking import Looked, looking

TODAY = date(2027, 3, 1)
REVIEWED = """
[systems.cdp]
title = "CDP"
status = "live"
[initiatives.audiences]
owner = "data"
estimate = "2w"
uses = ["cdp"]
reviews = { privacy = 2027-02-01 }
"""
CHANGED = REVIEWED.replace('"live"', '"live"\nretires = 2027-12-31')
LONGER = SetKey("initiatives", "audiences", ("estimate",), "3w")


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state folder of our own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A repository in which a system was changed after a review of work that uses it."""
    made = clone_at(tmp_path / "clone")
    commit(made, "2027-02-01", SMALL + REVIEWED)
    commit(made, "2027-02-15", SMALL + CHANGED)
    return made


def commit(clone: Clone, day: str, text: str) -> None:
    clone.environment["GIT_COMMITTER_DATE"] = f"{day}T12:00:00+0100"
    clone.commit("plan.toml", text)


def kept(clone: Clone) -> Session:
    return Session.open(clone.top / "plan.toml", today=TODAY, journal=True)


async def told(screen: Looked) -> None:
    """Wait until git has been asked, and what it said is shown."""
    await screen.app.workers.wait_for_complete()
    await screen.pilot.pause()


async def later(screen: Looked) -> None:
    """Two of the looks round that come every second: HEAD has to rest before it is told."""
    for _ in range(2):
        screen.app.look_round()
        await told(screen)


def outdated(session: Session) -> bool:
    return any(one.code == "DATA03" for one in session.plan.findings)


@contextmanager
def headers(session: Session) -> Iterator[list[int]]:
    """How many findings there were after each change of the plan."""
    counts: list[int] = []

    def count(_: Plan, after: Plan) -> None:
        counts.append(len(after.findings))

    stop = session.history.subscribe(count)
    yield counts
    stop()


async def test_what_git_knows_is_found_after_the_first_paint_as_check_finds_it(
    clone: Clone,
) -> None:
    session = kept(clone)
    without = len(session.plan.findings)
    with headers(session) as counts:
        async with looking(session) as board:
            await told(board)
            assert outdated(session)
            assert counts == [without + 1]
            warnings = sum(one.severity == "warning" for one in session.plan.findings)
            assert f"▲{warnings}" in board.header
    assert "DATA03" in clone.planner("check", "plan.toml", "--as-of", "2027-03-01", code=1)


async def test_no_edit_undo_or_reading_again_forgets_it(clone: Clone) -> None:
    session = kept(clone)
    session.apply(LONGER)
    async with looking(session) as board:
        await told(board)
        for key in ("u", "U"):
            await board.press(key)
            assert outdated(session), key
        session.apply(SetKey("initiatives", "tag-cleanup", ("estimate",), "2w"))
        assert outdated(session)
        session.save()
        session.reload()
        assert outdated(session)
        text = (clone.top / "plan.toml").read_text()
        clone.write("plan.toml", text.replace('"4w"', '"6w"'))
        assert session.merge_external() is not None
        assert outdated(session)


async def test_git_is_asked_again_when_head_has_moved_and_not_before(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    from planner.analysis import evidence

    asked: list[Path] = []
    ask = evidence.evidence_for

    def counting(plan: Plan, path: Path, *, told: bool = False) -> Evidence | None:
        asked.append(path)
        return ask(plan, path, told=told)

    monkeypatch.setattr(evidence, "evidence_for", counting)
    session = kept(clone)
    async with looking(session) as board:
        await told(board)
        await later(board)
        session.apply(LONGER)
        await later(board)
        assert len(asked) == 1
        session.history.undo()
        commit(clone, "2027-02-20", SMALL + CHANGED.replace("2027-02-01", "2027-02-20"))
        await later(board)
        session.merge_external()
        assert len(asked) == 2
        assert not outdated(session)


async def test_the_cursor_stays_where_it_is(clone: Clone) -> None:
    session = Session.open(clone.top / "plan.toml", today=TODAY)
    async with looking(session, (120, 36)) as screen:
        for view, at in (("1", "j"), ("2", "j")):
            await screen.press(view, at, at)
            before = screen.selected, session.plan
            session.use_evidence(evidence_for(session.plan, session.path))
            await screen.rest()
            assert "▲" in screen.header
            assert screen.selected == before[0] is not None
            assert session.plan is not before[1]
            session.use_evidence(None)


async def test_the_chosen_way_out_stays_chosen(clone: Clone) -> None:
    session = kept(clone)
    async with looking(session, (80, 24)) as screen:
        await told(screen)
        session.use_evidence(None)
        await screen.press("2", "enter")
        clone.commit("notes.txt", "HEAD moves")
        await later(screen)
        assert not outdated(session)
        await screen.press("escape")
        await later(screen)
        assert outdated(session)


async def test_nothing_changes_under_a_dialog(clone: Clone) -> None:
    session = kept(clone)
    async with looking(session) as board:
        await told(board)
        session.use_evidence(None)
        await board.press("?")
        clone.commit("notes.txt", "HEAD moves")
        await later(board)
        assert not outdated(session)
        await board.press("escape")
        await later(board)
        assert outdated(session)


UNASKED = SMALL + '[checks]\nignore = ["DATE08"]\n'


@pytest.mark.parametrize("text", [UNASKED, SMALL + CHANGED])
async def test_without_a_question_or_a_repository_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    where = clone_at(tmp_path / "clone") if text == UNASKED else Clone(tmp_path)
    file = where.write("plan.toml", text)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the history was asked")

    monkeypatch.setattr("planner.analysis.evidence.evidence_for", never)
    session = Session.open(file, today=TODAY, journal=True)
    async with looking(session) as board:
        await told(board)
        assert session.plan.evidence is None
        assert not outdated(session)
