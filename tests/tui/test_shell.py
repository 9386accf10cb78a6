"""The shell: views by number, help, palette, themes, saving, leaving."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.shell.actions import ACTIONS, EVERYWHERE
from planner.tui.shell.app import VIEWS, view_class
from planner.tui.shell.app_state import Desk
from planner.tui.shell.keys import AS_REGISTERED, spelled
from planner.tui.views.view import View
from tests.tui.looking import Looked, looking

EDIT = SetKey("initiatives", "web-push", ("estimate",), "1w")


def view(board: Looked) -> View:
    assert isinstance(board.app.screen, View)
    return board.app.screen


@pytest.mark.parametrize("name", VIEWS)
def test_every_action_of_a_view_can_be_done_and_no_key_means_two_things(
    name: str, small: Session
) -> None:
    screen = view_class(name)(Desk(small))
    assert screen.view_name == name
    keys: dict[str, str] = {}
    for id in (*EVERYWHERE, *screen.offers):
        action = ACTIONS[id]
        assert action.view or callable(screen.handler(id)), id
        for key in action.keys:
            assert spelled(key) == key, f"{id}: write {key} as {spelled(key)}"
            assert keys.setdefault(key, id) == id, f"{key} means {keys[key]} and {id}"


async def test_number_keys_open_views_and_backspace_comes_back(small: Session) -> None:
    async with looking(small) as board:
        opened = [name for name in VIEWS if ACTIONS[name].keys]
        for name in opened:
            await board.press(ACTIONS[name].keys[0])
            assert view(board).view_name == name
        await board.press("backspace")
        assert view(board).view_name == opened[-2]


async def test_help_names_every_key_that_works_here(small: Session) -> None:
    async with looking(small, (120, 60)) as board:
        offered = view(board).actions()
        await board.press("question_mark")
        words = board.text.split()
        by_name = board.line_with("By name :")
        for action in (ACTIONS[id] for id in offered):
            assert {*AS_REGISTERED.all_shown(action)} <= {*words}, action.id
            assert action.keys or action.label in by_name, action.id
        assert ACTIONS["waive"].help not in board.text
        assert "planner help" in board.text
        await board.press("escape")
        assert "Web push" in board.text


async def test_help_names_the_guide_at_every_size(small: Session) -> None:
    async with looking(small, (60, 15)) as board:
        await board.press("question_mark")
        assert "? guide" in board.foot


async def test_the_palette_does_actions_and_jumps_to_ids(small: Session) -> None:
    async with looking(small) as board:
        await board.press("colon", *"tag-cleanup")
        await board.rest()
        await board.press("enter")
        await board.rest()
        assert board.selected == "tag-cleanup"
        await board.press("colon", *"Theme light")
        await board.rest()
        await board.press("enter")
        await board.rest()
        assert board.app.theme == "planner-light"


async def test_the_palette_does_not_blink(small: Session) -> None:
    async with looking(small) as board:
        await board.press("colon")
        assert not any(field.cursor_blink for field in board.app.screen.query(Input))


async def test_saving_writes_and_says_so(small: Session) -> None:
    async with looking(small) as board:
        await board.press("w")
        assert "No unsaved changes" in board.foot
        view(board).changes.make(EDIT, "shorter")
        await board.press("w")
        assert 'estimate = "1w"' in small.path.read_text()
        assert "●" not in board.header


async def test_quit_asks_when_something_is_unsaved(small: Session) -> None:
    async with looking(small) as board:
        view(board).changes.make(EDIT, "shorter")
        await board.press("q")
        assert "unsaved changes" in board.text
        await board.press("escape")
        assert board.app.is_running
        await board.press("q", "enter")
        assert 'estimate = "1w"' in small.path.read_text()
        assert board.app.return_code == 0


async def test_quit_leaves_at_once_when_all_is_saved(small: Session) -> None:
    async with looking(small) as board:
        await board.press("q")
        assert board.app.return_code == 0


@pytest.mark.parametrize("theme", ["dark", "light", "terminal"])
async def test_themes_say_the_same(small: Session, theme: str) -> None:
    async with looking(small, theme=theme) as board:
        assert board.row("Web push").bar
        assert board.row("Spring launch").has("✗")


async def test_no_color_takes_the_terminals_own(
    small: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with looking(small) as board:
        assert board.app.theme == "planner-terminal"
        strips = board.app.screen._compositor.render_strips()
        filters = board.app.get_line_filters()
        for strip in strips:
            segments = list(strip)
            for each in filters:
                segments = each.apply(segments, board.app.screen.background_colors[1])
            assert not any(s.style and s.style.color and s.style.color.triplet for s in segments)


async def test_text_cant_press_keys_or_write_files(small: Session) -> None:
    async with looking(small) as board:
        await board.app.run_action("simulate_key('q')")
        await board.app.run_action("screenshot")
        assert board.app.is_running


async def test_backspace_leads_back_through_jumps(small: Session) -> None:
    async with looking(small) as board:
        view(board).trail.jump("initiatives", "tag-cleanup")
        await board.rest()
        await board.press("p")
        assert view(board).view_name == "path"
        await board.press("backspace")
        assert board.selected == "tag-cleanup"
        await board.press("backspace")
        assert board.selected == "spring-launch"
        await board.press("backspace")
        assert "where you started" in board.foot


async def test_copying_an_id_says_so(small: Session) -> None:
    async with looking(small) as board:
        await board.press("y")
        assert board.foot == "· Copied spring-launch"
        assert board.app.clipboard == "spring-launch"


async def test_a_terminal_that_cant_be_lent_is_no_crash(small: Session) -> None:
    async with looking(small) as board:
        await board.press("o")
        assert "An editor can't use this terminal" in board.foot


async def test_a_side_without_a_table_can_be_edited_into_one(small: Session) -> None:
    async with looking(small) as board:
        await board.press("g", "E")
        assert board.app.is_running
        await board.press("escape", "x", "escape", "e", "escape")
        assert board.app.is_running
