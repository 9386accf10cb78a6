"""Settling a file with conflict markers, key by key, on a screen of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from textual.pilot import Pilot

from planner.errors import ReadError
from planner.merge.resolving import MergeResolution
from planner.merge.sides import OpenMerge, open_merge
from planner.merge.three_way import merge
from planner.session.session import Session
from planner.text.document import Document
from planner.text.edits import SetKey
from planner.tui.shell.start import cannot_read
from planner.tui.views.resolve import ResolveApp
from tests.tui.conftest import SMALL, TODAY
from tests.tui.looking import looking
from tests.tui.test_colours import hard_to_read

HOSTILE = "\\u001b[31m \u202e [b]x[/b] [@click=app.quit] 移动"


def left_open(path: Path, ours: dict[str, str], theirs: dict[str, str]) -> Path:
    """A file as a merge leaves it: each side replaced some text of the small roadmap."""
    sides = []
    for changes in ({}, ours, theirs):
        text = SMALL
        for old, new in changes.items():
            text = text.replace(old, new)
        sides.append(Document.parse(text.encode(), path.name))
    base, left, right = sides
    path.write_bytes(merge(base, left, right).to_bytes())
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two keys with two values each, and one change that met nobody."""
    return left_open(
        tmp_path / "roadmap.toml",
        {'"4w"': '"5w"', '"1w"': '"2w"'},
        {'"4w"': '"8w"', '"1w"': '"3w"', '"Web push"': '"Push"'},
    )


class Resolving:
    """The running screen, in words."""

    def __init__(self, app: ResolveApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> str:
        await self.pilot.press(*keys)
        await self.pilot.pause()
        await self.pilot.pause()
        return self.text

    @property
    def text(self) -> str:
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())


@asynccontextmanager
async def resolving(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Resolving]:
    app = ResolveApp(MergeResolution.open(path))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Resolving(app, pilot)


def estimates(path: Path) -> list[object]:
    tables = Document.parse(path.read_bytes(), "").tables["initiatives"]
    return [tables[id]["estimate"] for id in ("profile-api", "tag-cleanup")]


async def test_all_open_keys_are_listed_with_three_values_of_one(path: Path) -> None:
    async with resolving(path) as screen:
        assert "0 of 2 resolved" in screen.text
        assert "initiatives.profile-api.estimate" in screen.text
        assert "initiatives.tag-cleanup.estimate" in screen.text
        assert "in a rebase version B is your own work" in screen.text
        assert not hard_to_read(screen.app)
        for value in ('before    "4w"', 'version A "5w"', 'version B "8w"'):
            assert value in screen.text
        assert 'version B "3w"' in await screen.press("down")


async def test_deciding_goes_on_to_the_next_and_enter_writes(path: Path) -> None:
    async with resolving(path) as screen:
        assert '"2w"' in await screen.press("t")
        assert "1 unresolved" in await screen.press("enter")
        assert "enter saves roadmap.toml" in await screen.press("b")
        assert "<<<<<<<" in path.read_text(encoding="utf-8")
        assert "Next: git add" in await screen.press("enter")
        await screen.press("enter")
    assert screen.app.written
    assert estimates(path) == ["8w", "1w"]
    assert '"Push"' in path.read_text(encoding="utf-8")


async def test_a_capital_decides_what_is_open_and_a_choice_can_be_made_again(path: Path) -> None:
    async with resolving(path) as screen:
        await screen.press("t")
        assert "2 of 2 resolved" in await screen.press("O")
        await screen.press("enter")
    assert estimates(path) == ["8w", "2w"]


async def test_each_value_is_shown_with_the_days_that_it_gives(path: Path) -> None:
    async with resolving(path) as screen:
        for days in (
            "→ finishes 26 Mar, plan 16 Apr",
            "→ finishes 2 Apr, plan 23 Apr",
            "→ finishes 23 Apr, plan 14 May",
        ):
            assert days in screen.text


async def test_in_a_folder_the_other_files_count_for_the_days(path: Path) -> None:
    beside = path.parent / "it.toml"
    beside.write_text(
        '[initiatives.after]\nestimate = "4w"\nneeds = ["web-push"]\n', encoding="utf-8"
    )
    async with resolving(path) as screen:
        assert "→ finishes 26 Mar, plan 14 May" in screen.text
    beside.write_text("[initiatives.after\n", encoding="utf-8")
    async with resolving(path) as screen:
        assert "finishes" not in screen.text


async def test_a_file_beside_that_is_in_the_merge_too_counts_as_side_a_has_it(path: Path) -> None:
    (path.parent / "it.toml").write_text(
        '[initiatives.after]\nneeds = ["web-push"]\n'
        '<<<<<<< a\nestimate = "4w"\n=======\nestimate = "8w"\n>>>>>>> b\n',
        encoding="utf-8",
    )
    async with resolving(path) as screen:
        assert "→ finishes 26 Mar, plan 14 May" in screen.text


async def test_escape_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    async with resolving(path) as screen:
        await screen.press("T", "escape")
    assert not screen.app.written
    assert path.read_bytes() == before


async def test_a_file_that_changed_meanwhile_is_not_overwritten(path: Path) -> None:
    async with resolving(path) as screen:
        await screen.press("O")
        path.write_text("# by hand\n", encoding="utf-8")
        assert "Not saved" in await screen.press("enter")
    assert path.read_text(encoding="utf-8") == "# by hand\n"


async def test_a_table_with_two_names_raises_its_keys_once_it_has_one(tmp_path: Path) -> None:
    file = left_open(
        tmp_path / "roadmap.toml",
        {"tag-cleanup]": "tags]", '"1w"': '"2w"'},
        {"tag-cleanup]": "clean-tags]", '"1w"': '"3w"'},
    )
    async with resolving(file) as screen:
        assert "initiatives.tag-cleanup.id" in screen.text
        assert "initiatives.tags.estimate" in await screen.press("o")
        await screen.press("t", "enter", "enter")
    tables = Document.parse(file.read_bytes(), "").tables["initiatives"]
    assert tables["tags"]["estimate"] == "3w"


async def test_a_file_that_one_side_removed_is_one_question(path: Path) -> None:
    ours = SMALL.replace('"4w"', '"5w"').encode()
    path.write_bytes(ours)
    app = ResolveApp(MergeResolution(OpenMerge(path, ours, SMALL.encode(), ours, None, "index")))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = Resolving(app, pilot)
        await pilot.pause()
        for shown in (
            "Removed in one version",
            "profile-api estimate 4w → 5w",
            "version B (not there)",
            "→ plan 23 Apr",
        ):
            assert shown in screen.text
        assert "Next: git add" in await screen.press("t", "enter")
    assert not path.exists()


async def test_what_was_mended_by_hand_is_said_and_stays(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace('"Push"', '"By hand"')
    path.write_text(text, encoding="utf-8")
    found = msgspec.structs.replace(open_merge(path), mended=True)
    app = ResolveApp(MergeResolution(found))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = Resolving(app, pilot)
        await pilot.pause()
        assert "changed by hand after the merge" in screen.text
        await screen.press("O", "enter")
    assert '"By hand"' in path.read_text(encoding="utf-8")


async def test_text_that_is_no_roadmap_is_decided_too(tmp_path: Path) -> None:
    file = tmp_path / "notes.toml"
    file.write_text(
        "one\n<<<<<<< a\nx ]\n||||||| b\n\n=======\ny [\n>>>>>>> c\ntwo\n", encoding="utf-8"
    )
    async with resolving(file) as screen:
        assert "x ]" in screen.text
        await screen.press("t", "enter", "enter")
    assert file.read_text(encoding="utf-8") == "one\ny [\ntwo\n"


@pytest.mark.parametrize("size", [(80, 24), (40, 10), (200, 60)])
async def test_hostile_text_stays_text(tmp_path: Path, size: tuple[int, int]) -> None:
    file = left_open(
        tmp_path / "road map.toml",
        {'"Web push"': f'"{HOSTILE}"'},
        {'"Web push"': f'"{HOSTILE * 20}"'},
    )
    async with resolving(file, size) as screen:
        await screen.press("o")
        assert "\x1b" not in screen.text
        assert "\u202e" not in screen.text
        await screen.press("enter")
        assert screen.app.next_step == f"git add '{file}'"


def test_a_file_with_markers_offers_to_resolve_first(path: Path) -> None:
    with pytest.raises(ReadError) as error:
        Session.open(path)
    choices = cannot_read(error.value, None).choices
    assert [choice.do for choice in choices] == ["resolve", "edit", "again", "quit"]


async def test_the_last_change_is_shown_as_a_command_and_copied(small: Session) -> None:
    async with looking(small) as board:
        await board.press("colon", *"as command", "enter")
        assert "No changes yet" in board.foot
        small.apply(SetKey("initiatives", "web-push", ("title",), "Push it; \x1b[31m"), "title")
        await board.press("colon", *"last change as a comm", "enter")
        assert "As a command: title" in board.text
        assert "planner set web-push 'title=" in board.text
        assert "\x1b" not in board.text
        await board.press("y")
        assert "Copied planner set web-push" in board.foot
        assert board.app.clipboard == f"{small.history.last_command()} -r {small.path}"


def test_only_a_change_that_holds_has_a_command(small: Session) -> None:
    assert small.history.last_command() is None
    small.apply(SetKey("initiatives", "web-push", ("estimate",), "6w"))
    assert small.history.last_command() == "planner set web-push estimate=6w"
    small.history.undo()
    assert small.history.last_command() is None
    assert small.plan.clock.today == TODAY
