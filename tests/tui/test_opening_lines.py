"""What is said on opening: what moved since somebody looked, what waits for them, what is due; and
the header, which says how much waits.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.analysis import opening
from planner.files.looked import Look, keep_look, last_look
from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.shell.app import PlannerApp
from planner.tui.shell.own_keys import InForce
from tests.git.clones import Clone, clone_at
from tests.tui.conftest import ROOT, TODAY
from tests.tui.looking import Looked, looking

PEAK = date(2027, 10, 15)
SEEN: dict[str, date | None] = {"peak-readiness": date(2027, 10, 20), "peak-campaign": PEAK}


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state folder and a configuration of our own; nobody has said who they are."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")


@pytest.fixture
def me(tmp_path: Path) -> Callable[[str], None]:
    """Says in the configuration who is at the keys."""

    def said(id: str) -> None:
        file = tmp_path / "config" / "planner" / "config.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'me = "{id}"\n', encoding="utf-8")

    return said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample, in a copy."""
    return Path(shutil.copytree(ROOT / "roadmaps" / "acme-2027", tmp_path / "acme"))


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """The sample in a repository of its own, committed."""
    clone = clone_at(tmp_path / "clone")
    shutil.copytree(ROOT / "roadmaps" / "acme-2027", clone.top / "acme")
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "the plan")
    return clone


def kept(path: Path) -> Session:
    return Session.open(path, today=TODAY, journal=True)


async def test_somebody_unknown_who_never_looked_is_told_nothing(folder: Path) -> None:
    async with looking(kept(folder), size=(120, 36)) as board:
        await board.until(lambda: last_look(folder, None) is not None)
        assert " late" in board.lines[1]
        assert "waits for me" not in board.header


async def test_what_waits_stands_in_the_header_and_on_a_line(
    folder: Path, me: Callable[[str], None]
) -> None:
    me("mara-lindqvist")
    async with looking(kept(folder), size=(120, 36)) as board:
        await board.until(lambda: "for you" in board.text)
        assert board.header.endswith("waits for me 6")
        assert "sending-domains (delivered 5 Mar)" in board.lines[1]
        assert "email-sending (due 12 Mar) · 4 more" in board.lines[1]
        assert "Thu 25 Mar: 8 handovers to agree, 2 decisions overdue" in board.lines[2]
        assert " late" in board.lines[3]


async def test_the_configuration_can_do_without_them(
    folder: Path, me: Callable[[str], None]
) -> None:
    me("mara-lindqvist")
    app = PlannerApp(kept(folder), "dark", InForce(opening=False))
    async with app.run_test(size=(120, 36)) as pilot:
        board = Looked(app, pilot)
        await board.until(lambda: last_look(folder, "mara-lindqvist") is not None)
        assert "for you" not in board.text
        assert board.header.endswith("waits for me 6")


async def test_escape_closes_them_and_the_board_moves_up(
    folder: Path, me: Callable[[str], None]
) -> None:
    me("crm")
    async with looking(kept(folder)) as board:
        await board.until(lambda: "for you" in board.text)
        row = board.selected
        await board.press("escape")
        assert " late" in board.lines[1]
        assert board.selected == row
        await board.press("escape")
        assert "Nothing to go back from" in board.foot


async def test_the_selected_row_stays_in_view(folder: Path, me: Callable[[str], None]) -> None:
    me("crm")
    session = kept(folder)
    async with looking(session, size=(80, 15)) as board:
        await board.until(lambda: "for you" in board.text)
        assert board.shows("Peak freeze readiness")


async def test_a_launch_that_moved_since_the_last_look_comes_first(folder: Path) -> None:
    keep_look(folder, None, Look(commit=None, day=date(2027, 3, 18), launches=SEEN))
    async with looking(kept(folder), size=(120, 36)) as board:
        await board.until(lambda: "moved" in board.lines[1])
        assert "18 Mar: Peak freeze readiness 20 Oct → 15 Oct, −3d" in board.lines[1]
        await board.until(lambda: last_look(folder, None) != Look(
            commit=None, day=date(2027, 3, 18), launches=SEEN))  # fmt: skip
    look = last_look(folder, None)
    assert look is not None
    assert (look.day, look.launches["peak-readiness"]) == (TODAY, PEAK)


async def test_why_it_moved_and_by_whom_come_from_the_history(clone: Clone) -> None:
    path = clone.top / "acme"
    session = kept(path)
    session.keep_look()
    session.close()
    text = (path / "it.toml").read_text(encoding="utf-8")
    before, mark, after = text.partition("[initiatives.customer-sso]")
    longer = before + mark + after.replace('"9w"', '"11w"', 1)
    clone.commit("acme/it.toml", longer, "longer")
    session = kept(path)
    dates = session.plan.schedule.get("peak-readiness")
    assert dates is not None
    finish = dates.finish
    assert finish > PEAK
    async with looking(session, size=(200, 60)) as board:
        await board.until(lambda: "moved" in board.lines[1])
        assert "customer-sso 9w → 11w · Ana" in board.lines[1]
        assert f"15 Oct → {finish.day} Oct" in board.lines[1]
        assert " main " in board.header


async def test_what_time_did_is_not_laid_at_the_door_of_who_edited(clone: Clone) -> None:
    path = clone.top / "acme"
    session = kept(path)
    session.keep_look()
    session.close()
    text = (path / "it.toml").read_text(encoding="utf-8")
    before, mark, after = text.partition("[initiatives.customer-sso]")
    clone.commit("acme/it.toml", before + mark + after.replace('"9w"', '"10w"', 1), "longer")
    text = (path / "roadmap.toml").read_text(encoding="utf-8")
    later = text.replace("status_date = 2027-03-22", "status_date = 2027-03-29")
    clone.commit("acme/roadmap.toml", later, "a week later")
    async with looking(kept(path), size=(200, 60)) as board:
        await board.until(lambda: "customer-sso" in board.lines[1])
        assert "15 Oct → 27 Oct, +8d: +4d time, +4d edits: customer-sso 9w → 10w" in board.lines[1]


async def test_nothing_is_said_where_nothing_moved_and_nothing_is_due(tmp_path: Path) -> None:
    file = tmp_path / "roadmap.toml"
    file.write_text('[roadmap]\ntitle = "T"\n[initiatives.a]\nestimate = "2w"\n', encoding="utf-8")
    session = kept(file)
    session.keep_look()
    session.close()
    before = last_look(file, None)
    async with looking(kept(file)) as board:
        await board.rest()
        assert board.lines[1].strip()[0] in "✗▲·√"
        assert before == last_look(file, None)


async def test_nothing_is_shown_while_somebody_types(
    folder: Path, me: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    me("crm")
    typing, work = threading.Event(), opening.opening_of

    def slow(*arguments: Any) -> opening.Opening:
        assert typing.wait(60)
        return work(*arguments)

    monkeypatch.setattr(opening, "opening_of", slow)
    async with looking(kept(folder)) as board:
        await board.press("slash")
        typing.set()
        await board.until(lambda: board.app.desk.waiting == 7)
        await board.press("x")
        assert "for you" not in board.text
        await board.press("backspace")
        await board.press("escape")
        await board.until(lambda: "for you" in board.text)


async def test_what_waits_is_counted_again_after_an_edit(
    folder: Path, me: Callable[[str], None]
) -> None:
    me("mara-lindqvist")
    session = kept(folder)
    async with looking(session, size=(120, 36)) as board:
        await board.until(lambda: board.header.endswith("waits for me 6"))
        session.apply(SetKey("agreements", "email-sending", ("review_by",), date(2027, 9, 1)))
        await board.until(lambda: board.header.endswith("waits for me 5"))
        session.history.undo()
        await board.until(lambda: board.header.endswith("waits for me 6"))


async def test_without_room_the_cost_goes_first_and_the_launch_stays(
    folder: Path, me: Callable[[str], None]
) -> None:
    me("mara-lindqvist")
    for columns, waits in ((60, "me 6"), (80, "me 6"), (120, "waits for me 6")):
        session = kept(folder)
        async with looking(session, size=(columns, 24)) as board:
            await board.until(lambda waits=waits, board=board: board.header.endswith(waits))  # type: ignore[misc]
            assert "15 Oct  5d late" in board.header
            assert ("delay cost" in board.header) == (columns == 120)
            assert "✗14" in board.header
        session.close()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
async def test_it_looks_like_this(
    folder: Path,
    me: Callable[[str], None],
    size: tuple[int, int],
    snapshot: SnapshotAssertion,
) -> None:
    me("mara-lindqvist")
    keep_look(folder, "mara-lindqvist", Look(commit=None, day=date(2027, 3, 18), launches=SEEN))
    async with looking(kept(folder), size=size) as board:
        await board.until(lambda: "moved" in board.text and "me 6" in board.header)
        await board.rest()
        assert "\n".join(board.lines[:8]) == snapshot
