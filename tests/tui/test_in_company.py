"""Others at the same roadmap, and sessions that died, as the person at the screen sees them."""

from __future__ import annotations

import os
import re
import threading
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from textual.widget import Widget

from planner.cli.main import group
from planner.session.dead_sessions import recoverable
from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.shell.app import PlannerApp
from tests.files.people import they_write
from tests.tui.conftest import SMALL, TODAY
from tests.tui.looking import looking

LONGER = SetKey("initiatives", "tag-cleanup", ("estimate",), "2w")


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of our own."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "roadmap.toml"
    file.write_text(SMALL)
    return file


def kept(path: Path) -> Session:
    return Session.open(path, today=TODAY, journal=True)


async def test_a_change_of_somebody_else_is_shown_and_told(path: Path) -> None:
    async with looking(kept(path)) as board:
        they_write(path, '"4w"', '"6w"')
        await board.until(lambda: "on disk: profile-api estimate 4w → 6w" in board.text)


class Looks(Widget):
    """Looks round while it closes, when half of the board is gone, and somebody has saved."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def on_unmount(self) -> None:
        """Others save a while ago."""
        they_write(self.path, '"4w"', '"6w"')
        os.utime(self.path, (1e9, 1e9))
        cast("PlannerApp", self.app).look_round()


@pytest.mark.parametrize("keys", [(), ("q",)])
async def test_a_last_look_round_while_it_closes_finds_nothing_to_do(
    path: Path, keys: tuple[str, ...]
) -> None:
    async with looking(kept(path)) as board:
        app = board.app
        await app.screen.mount(Looks(path))
        await board.press(*keys)
    app.look_round()
    app.see_the_day()


async def test_nothing_is_written_while_nothing_happens(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with looking(kept(path)) as board:
        written: list[object] = []
        monkeypatch.setattr(board.app, "_display", lambda _, drawn: written.append(drawn))
        for _ in range(3):
            board.app.look_round()
            await board.rest()
        assert written == []
        await board.press("j")
        assert written


async def test_git_is_asked_whose_a_change_is_beside_the_screen(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[threading.Thread] = []

    def committed(*_: object) -> tuple[str, ...]:
        asked.append(threading.current_thread())
        return ("Ben",)

    monkeypatch.setattr("planner.git.authors.committed", committed)
    (path.parent / ".git").mkdir()
    (path.parent / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    async with looking(kept(path)) as board:
        they_write(path, '"4w"', '"6w"')
        await board.until(lambda: "Ben: profile-api estimate 4w → 6w" in board.text)
    assert len(asked) == 1
    assert asked[0] is not threading.main_thread()


async def test_a_key_with_two_values_asks_and_the_answer_is_saved(path: Path) -> None:
    session = kept(path)
    async with looking(session) as board:
        session.apply(LONGER)
        they_write(path, '"1w"', '"3w"')
        await board.until(lambda: "Changed here and on disk: tag-cleanup" in board.text)
        for line in ("before  1w", "mine    2w", "theirs  3w"):
            assert line in board.text
        await board.press("t")
        assert session.plan.tables["initiatives"]["tag-cleanup"]["estimate"] == "3w"
        assert not session.unsaved


async def test_an_answer_that_is_on_disk_already_leaves_nothing_to_save(path: Path) -> None:
    session = kept(path)
    async with looking(session) as board:
        session.apply(LONGER)
        they_write(path, '"1w"', '"3w"')
        await board.until(lambda: "Changed here and on disk: tag-cleanup" in board.text)
        await board.press("t")
        await board.until(lambda: "Chosen; the files have it already" in board.text)
    assert not session.unsaved


async def test_undo_says_where_others_have_changed_it_since(path: Path) -> None:
    session = kept(path)
    async with looking(session) as board:
        session.apply(LONGER, "longer")
        session.save()
        they_write(path, '"2w"', '"3w"')
        await board.until(lambda: "tag-cleanup estimate 2w → 3w" in board.text)
        await board.press("u")
        assert "others have changed it since (longer)" in board.text
        assert session.plan.tables["initiatives"]["tag-cleanup"]["estimate"] == "3w"


async def test_a_file_that_went_is_told_before_what_went_with_it(tmp_path: Path) -> None:
    (tmp_path / "roadmap.toml").write_text(SMALL)
    (tmp_path / "it.toml").write_text('[initiatives.web-shop]\nestimate = "1w"\n')
    async with looking(kept(tmp_path)) as board:
        (tmp_path / "it.toml").unlink()
        await board.until(lambda: "on disk: it.toml is gone; web-shop removed" in board.text)


async def test_two_versions_of_a_link_can_be_told_apart(path: Path) -> None:
    session = kept(path)
    link = {"on": "profile-api", "asked": date(2027, 3, 1), "lag": "1w"}
    async with looking(session) as board:
        session.apply(SetKey("initiatives", "web-push", ("needs",), [link]))
        they_write(path, '"profile-api"', '{ on = "profile-api", lag = "2w" }')
        await board.until(lambda: "Changed here and on disk" in board.text)
        assert "mine    profile-api, asked 2027-03-01, lag 1w, ends " in board.text
        assert "theirs  profile-api, lag 2w, ends " in board.text
        before, mine, theirs = re.findall(r", ends (\S+ \S+)", board.text)
        assert len({before, mine, theirs}) == 3


async def test_who_else_is_here_is_on_the_board(path: Path) -> None:
    other = kept(path)
    session = kept(path)
    assert session.working_copy.others() == ()  # The same process is nobody else.
    async with looking(session, size=(120, 36)) as board:
        board.app.desk.company = ("ana since 09:40",)
        board.app.screen.refresh_lines()  # type: ignore[attr-defined]
        await board.rest()
        assert "+ana since 09:40" in board.text
    other.close()


@pytest.mark.parametrize("columns", [60, 80, 120])
async def test_who_else_is_here_takes_no_room_from_the_launch(acme: Session, columns: int) -> None:
    async with looking(acme, size=(columns, 24)) as board:
        board.app.desk.company = ("ana since 09:40", "ben since 09:41")
        board.app.desk.filter = "owner:crm or critical"
        board.app.screen.refresh_lines()  # type: ignore[attr-defined]
        await board.rest()
        first = board.lines[0]
        late = r"Peak \S.* 15 Oct  5d late( · delay cost €11k)? +✗\d+ ▲\d+"
        assert re.search(rf"{late}(  \+ana.*)?$", first)
        assert " /own" in first


async def test_what_a_dead_session_left_is_offered(path: Path) -> None:
    dead = kept(path)
    dead.apply(LONGER)
    dead.close()
    session = kept(path)
    async with looking(session) as board:
        await board.until(lambda: "Restore unsaved changes of a session that ended?" in board.text)
        assert "tag-cleanup estimate 1w → 2w" in board.text
        await board.press("enter")
        assert session.plan.tables["initiatives"]["tag-cleanup"]["estimate"] == "2w"
        assert session.unsaved
    session.close(discard=True)
    assert recoverable(path) is None


async def test_a_file_that_no_longer_parses_keeps_the_board(path: Path) -> None:
    async with looking(kept(path)) as board:
        path.write_text("[initiatives.web-push\n")
        await board.until(lambda: "Showing the last readable version" in board.text)
        assert board.row("Web push").bar


async def test_leaving_without_saving_leaves_nothing_to_restore(path: Path) -> None:
    session = kept(path)
    async with looking(session) as board:
        session.apply(LONGER)
        await board.press("q", "right", "right", "enter")
    assert recoverable(path) is None


async def test_the_letter_of_an_answer_does_nothing_in_the_view_below(path: Path) -> None:
    session = kept(path)
    async with looking(session) as board:
        session.apply(LONGER)
        they_write(path, '"1w"', '"3w"')
        await board.until(lambda: "Changed here and on disk" in board.text)
        await board.press("m")
        assert not session.working_copy.merge_conflicts
        assert "moving" not in board.text


async def test_a_file_that_is_gone_can_be_put_back(path: Path) -> None:
    session = kept(path)
    async with looking(session) as board:
        session.apply(LONGER)
        path.unlink()
        await board.until(lambda: "is gone from the disk · w restore" in board.state)
        await board.press("w")
        assert "Restore roadmap.toml?" in board.text
        await board.press("r")
        assert path.read_text() == SMALL.replace('"1w"', '"2w"')
        assert "gone" not in board.state


async def test_what_can_not_be_read_stays_said_until_it_is_put_right(path: Path) -> None:
    session = kept(path)
    async with looking(session) as board:
        session.apply(LONGER)
        path.write_text(SMALL + "[broken\n")
        await board.until(lambda: "Showing the last readable version. roadmap.toml:" in board.state)
        await board.press("j", "w")
        assert "what is on disk can't be read" in board.text
        assert "o open" in board.state
        path.write_text(SMALL)
        await board.until(lambda: "can be read again" in board.text)
        assert "last readable version" not in board.state


async def test_each_of_two_values_stands_with_the_day_it_gives(path: Path) -> None:
    session = kept(path)
    async with looking(session) as board:
        session.apply(LONGER)
        they_write(path, '"1w"', '"3w"')
        await board.until(lambda: "Changed here and on disk" in board.text)
        ends = re.findall(r"(before|mine|theirs) +(\dw), ends (\d+ \w+(?: 20\d\d)?)", board.text)
        assert [(side, estimate) for side, estimate, _ in ends] == [
            ("before", "1w"),
            ("mine", "2w"),
            ("theirs", "3w"),
        ]
        assert len({finish for _, _, finish in ends}) == 3
        await board.press("escape")
        await board.until(lambda: "Nothing chosen" in board.text)
        assert "1 key has another value on disk" in board.state
        await board.press("w")
        assert "Changed here and on disk" in board.text


async def test_several_dead_sessions_are_offered_one_by_one(path: Path) -> None:
    for estimate in ("2w", "3w"):
        dead = kept(path)
        dead.apply(SetKey("initiatives", "tag-cleanup", ("estimate",), estimate))
        dead.close()
    session = kept(path)
    async with looking(session) as board:
        await board.until(lambda: "tag-cleanup estimate 1w → 2w" in board.text)
        await board.press("r")
        await board.until(lambda: "tag-cleanup estimate 1w → 3w" in board.text)
        await board.press("r")
        await board.until(lambda: "mine    3w" in board.text and "theirs  2w" in board.text)
        await board.press("m")
        assert session.plan.tables["initiatives"]["tag-cleanup"]["estimate"] == "3w"
    session.close(discard=True)
    assert recoverable(path) is None


async def test_discarding_what_a_dead_session_left_is_asked_twice(path: Path) -> None:
    dead = kept(path)
    dead.apply(LONGER)
    dead.close()
    async with looking(kept(path)) as board:
        await board.until(lambda: "Restore unsaved changes of a session that ended?" in board.text)
        await board.press("d")
        assert "There is no other copy" in board.text
        await board.press("enter")
        await board.until(lambda: "Restore unsaved changes of a session that ended?" in board.text)
        await board.press("l", "enter")
        assert "next start" in " ".join(board.text.split())
    async with looking(kept(path)) as board:
        await board.until(lambda: "Restore unsaved changes of a session that ended?" in board.text)
        await board.press("d", "d")
        await board.until(lambda: "Discarded" in board.text)
    assert recoverable(path) is None


async def test_a_table_that_a_merge_left_in_two_files_is_told_of_at_the_start(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "joint.toml").write_text(SMALL)
    async with looking(kept(folder)) as board:
        assert "planner resolve" not in board.text
    (folder / "more.toml").write_text('[initiatives.tag-cleanup]\nestimate = "3w"\n')
    async with looking(kept(folder), size=(200, 40)) as board:
        assert "initiatives.tag-cleanup" in board.text
        assert f"planner resolve {folder}" in board.text
    settled = ["resolve", str(folder), "--theirs"]
    assert group.main(args=settled, prog_name="planner", standalone_mode=False) == 0
    async with looking(kept(folder)) as board:
        assert "planner resolve" not in board.text
