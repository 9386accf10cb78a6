"""What is marked is what keys act on, whichever view it is in and however one came there."""

from __future__ import annotations

import re

import pytest
from textual import events
from textual.keys import _character_to_key

from planner.entry.questions import Question
from planner.session.session import Session
from planner.text.edits import RemoveTable, RenameId
from planner.tui.shell.actions import ACTIONS
from planner.tui.shell.app import VIEWS
from planner.tui.views.agreements import AgreementsView
from planner.tui.views.board import BoardView
from planner.tui.views.conflicts import ConflictsView
from planner.tui.views.list_view import ListView
from planner.tui.views.path import PathView
from planner.tui.views.statuses import StatusesView
from planner.tui.views.view import View
from tests.long import examples
from tests.tui.looking import SIZES, Looked, looking

SAME = {"down": "j", "up": "k", "pagedown": "ctrl+d", "pageup": "ctrl+u", "home": "g", "end": "G"}
"""Keys, and those that move the mark likewise."""


def view(screen: Looked) -> View:
    assert isinstance(screen.app.screen, View)
    return screen.app.screen


def at(screen: Looked) -> object:
    """Where the mark is drawn."""
    shown = view(screen)
    if isinstance(shown, PathView):
        return shown.lanes.step
    if isinstance(shown, StatusesView):
        return shown.cards.cursor
    if isinstance(shown, ListView):
        return shown.listing.cursor
    assert isinstance(shown, BoardView)
    return shown.timeline.cursor


def shown(screen: Looked) -> str | None:
    """The id of what stands where the mark is drawn; None on a heading."""
    here = view(screen)
    if isinstance(here, PathView):
        return here.lanes.step
    if isinstance(here, StatusesView):
        return here.cards.cursor.id if here.cards.cursor else None
    if isinstance(here, ConflictsView):
        return here.finding.id if here.finding else None
    if isinstance(here, ListView):
        row = here.listing.row
        return row.about[1] if row and row.about else None
    assert isinstance(here, BoardView)
    return here.timeline.row.id if here.timeline.row else None


WAYS = {
    "from the outcomes": ["8", "j"],
    "by its id": ["colon", *"peak-campaign", "enter"],
    "by its id, to what is not on the path": ["colon", *"pim-commerce", "enter"],
    "from a conflict": ["2", "j", "j", "enter"],
    "from a heading of conflicts": ["2", "g"],
    "from a heading of the board": ["g"],
    "from a hand-over": ["6", "tab", "tab", "j"],
    "from a gap": ["c", "j", "j"],
    "by backspace": ["8", "j", "2", "G", "backspace"],
    "by p and back": ["3", "g", "p", "G", "backspace"],
    "from a rule": ["2", "F", "j"],
}


@pytest.mark.one_in(4)
@pytest.mark.parametrize("way", WAYS)
async def test_keys_act_on_what_is_marked(acme: Session, way: str) -> None:
    async with looking(acme) as screen:
        for key in ("3", "6", "1", "5", "2", "8", "c"):
            await screen.press(*WAYS[way], key)
            await screen.rest()
            assert screen.selected == shown(screen), key
            screen.app.copy_to_clipboard("nothing")
            await screen.press("y")
            assert screen.app.clipboard == (shown(screen) or "nothing"), key


async def test_the_path_edits_and_removes_its_own_step_after_the_outcomes(acme: Session) -> None:
    async with looking(acme) as screen:
        await screen.press("8", "j", "3")
        await screen.rest()
        step = view(screen).selected
        assert step is not None
        assert step[0] == "initiatives"
        await screen.press("x")
        await screen.rest()
        assert step[1] in screen.text
        await screen.press("escape", "E")
        await screen.rest()
        assert step[1] in screen.text


async def test_on_a_heading_of_conflicts_no_key_edits_what_was_marked_before(
    acme: Session,
) -> None:
    async with looking(acme) as screen:
        await screen.press("2", "r", "j", "g", "e")
        assert isinstance(screen.app.screen, ConflictsView)
        assert "Select a row first" in screen.foot


@pytest.mark.one_in(2)
@pytest.mark.parametrize("key", ["E", "x", "equals_sign", "s", "A", "p"])
async def test_no_key_acts_on_what_a_view_shows_that_is_gone(
    acme: Session, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async with looking(acme) as screen:
        await screen.press("colon", *"pim-commerce", "enter", "6")
        await screen.rest()
        monkeypatch.setattr("planner.tui.views.view.large", lambda _: True)
        monkeypatch.setattr(type(screen.app), "in_thread", lambda *_, **__: None)
        acme.apply(RemoveTable("initiatives", "pim-commerce"))
        await screen.rest()
        assert screen.selected == shown(screen) == "pim-commerce"
        await screen.press(key)
        await screen.rest()
        assert isinstance(screen.app.screen, AgreementsView)
        assert screen.foot.startswith("▲ ")


async def test_looking_in_at_a_view_keeps_the_place_in_the_others(acme: Session) -> None:
    async with looking(acme) as screen:
        await screen.press("colon", *"pim-commerce", "enter")
        await screen.press("3", "6", "8", "2", "1")
        await screen.rest()
        assert screen.selected == "pim-commerce"


async def test_back_from_a_path_leads_to_the_path_before_it(acme: Session) -> None:
    async with looking(acme) as screen:
        await screen.press("3")
        await screen.rest()
        heading = screen.lines[2]
        await screen.press("g", "p")
        await screen.rest()
        assert screen.lines[2] != heading
        await screen.press("backspace")
        await screen.rest()
        assert screen.lines[2] == heading


@pytest.mark.parametrize(
    ("size", "keys"),
    [(SIZES[0], "12368cC"), (SIZES[2], "12"), (SIZES[1], "12")][: examples(2, 3)],
    ids=str,
)
async def test_arrows_pages_and_ends_move_the_mark(
    acme: Session, size: tuple[int, int], keys: str
) -> None:
    async with looking(acme, size) as screen:
        for key in keys:
            await screen.press(key, "g", "j", "j", "j")
            start = at(screen)
            for arrow, letter in SAME.items():
                await screen.press("g", "j", "j", "j", arrow)
                moved = at(screen)
                await screen.press("g", "j", "j", "j", letter)
                assert moved == at(screen) != start, (key, arrow)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("key", ["1", "2", "3", "6", "8", "c", "F", "M"])
async def test_the_wheel_moves_the_mark(acme: Session, key: str) -> None:
    async with looking(acme) as screen:
        await screen.press(key, "g")
        start = at(screen)
        await turn(screen)
        assert at(screen) != start
        assert screen.selected == shown(screen)


async def turn(screen: Looked) -> None:
    """Turn the wheel down over the upper part of the view."""
    wheel = events.MouseScrollDown(None, 5, 8, 0, 1, 0, False, False, False, 5, 8)
    screen.app.post_message(wheel)
    await screen.rest()


# --- what is new, and what is hidden --------------------------------------------------------------


@pytest.mark.parametrize("key", ["1", "8"])
async def test_what_is_added_is_marked(acme: Session, key: str) -> None:
    async with looking(acme, (120, 36)) as screen:
        await screen.press(key, "a", *"Zebra crossing", "ctrl+s")
        await screen.rest()
        assert screen.selected == "zebra-crossing"
        assert shown(screen) == "zebra-crossing"
        assert screen.app.desk.selected == (view(screen).mark.adds, "zebra-crossing")


async def test_what_is_added_to_a_list_of_tables_is_marked_there(acme: Session) -> None:
    async with looking(acme, (120, 36)) as screen:
        await screen.press("colon", *"list systems", "enter")
        await screen.rest()
        await screen.press("a", *"Zebra", "ctrl+s")
        await screen.rest()
        assert "▸ zebra" in screen.text


async def test_what_has_another_id_stays_marked(small: Session) -> None:
    async with looking(small) as screen:
        await screen.press("colon", *"tag-cleanup", "enter")
        cell = screen.app.screen
        assert isinstance(cell, View)
        cell.changes.keep(RenameId("initiatives", "tag-cleanup", "a-first-one"))
        await screen.rest()
        assert screen.selected == shown(screen) == "a-first-one"


async def test_a_filter_that_would_hide_what_is_jumped_to_is_given_up(small: Session) -> None:
    async with looking(small) as screen:
        await screen.press("slash", *"owner:crm", "enter")
        for key in ("1", "3"):
            await screen.press(key, "colon", *"tag-cleanup", "enter")
            await screen.rest()
            assert screen.selected == shown(screen) == "tag-cleanup"
            assert screen.app.desk.filter == ""
            assert "owner:crm" in screen.foot
            await screen.press("slash", *"owner:crm", "enter")


async def test_what_is_added_and_hidden_by_the_filter_is_said_to_be(small: Session) -> None:
    async with looking(small) as screen:
        await screen.press("slash", *"owner:crm", "enter", "a", *"Zebra", "ctrl+s")
        await screen.rest()
        assert "zebra" in screen.foot
        assert "the filter hides it" in screen.foot
        assert screen.selected == shown(screen) != "zebra"


async def test_a_side_is_found_whatever_the_rows_are_grouped_by(acme: Session) -> None:
    async with looking(acme) as screen:
        await screen.press("r", "r", "colon", *"marketing", "enter")
        await screen.rest()
        assert screen.selected == shown(screen) == "marketing"


# --- one key, one step ----------------------------------------------------------------------------


OWNER = Question(title="", kind="initiatives", id="lifecycle-journeys", key="owner", text="")


async def test_escape_leaves_one_thing_at_a_time(acme: Session) -> None:
    async with looking(acme, (120, 36)) as screen:
        await screen.press("slash", *"owner:crm", "enter", "G")
        assert isinstance(view(screen), BoardView)
        view(screen).changes.ask(OWNER)
        await screen.press(*"cr")
        await screen.rest()
        await screen.press("escape")
        assert view(screen).view_name == "board", "also where something is suggested"
        assert screen.app.desk.filter == "owner:crm"
        await screen.press("escape")
        assert screen.app.desk.filter == ""
        await screen.press("escape")
        assert "Nothing to go back from" in screen.foot


PRINTABLE = [chr(code) for code in range(0x21, 0x7F)]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", VIEWS)
async def test_a_key_that_means_nothing_says_so(acme: Session, name: str) -> None:
    async with looking(acme) as screen:
        screen.app.open_view(name)
        await screen.rest()
        bound = {key for id in view(screen).actions() for key in ACTIONS[id].keys}
        dead = [letter for letter in PRINTABLE if letter not in bound]
        assert set("VX") <= set(dead)
        numbers = [letter for letter in dead if letter.isdigit()]
        for letter in [*numbers, *"VX", *dead[::4], "f5"]:
            await screen.press(key_of(letter))
            assert screen.foot.startswith(f"▲ {letter} has no meaning here"), letter
            assert len(screen.foot) <= 80


def key_of(letter: str) -> str:
    """What Textual calls the key of a letter."""
    return letter if len(letter) > 1 or letter.isalnum() else _character_to_key(letter)


@pytest.mark.one_in(2)
@pytest.mark.parametrize("key", ["2", "6", "8", "c", "F", "M"])
async def test_at_the_left_end_a_key_says_so(acme: Session, key: str) -> None:
    async with looking(acme) as screen:
        await screen.press(key)
        await screen.rest()
        await screen.press("h")
        assert screen.foot.startswith("▲ ")


async def test_a_key_that_means_something_elsewhere_says_where(small: Session) -> None:
    async with looking(small) as screen:
        await screen.press("3", "m")
        assert screen.foot == "▲ m has no meaning here; move in board"


@pytest.mark.parametrize("keys", [["x"], ["question_mark"], ["enter"], ["2", "j", "f"], ["K"]])
async def test_dialogs_and_pages_say_so_too(small: Session, keys: list[str]) -> None:
    async with looking(small) as screen:
        await screen.press(*keys)
        await screen.rest()
        await screen.press("4")
        assert "4 has no meaning" in screen.text
        await screen.press("down")
        assert "no meaning" not in screen.text


# --- the estimate ---------------------------------------------------------------------------------


ESTIMATED = {
    "board": ["1"],
    "board, another column": ["1", "l", "l"],
    "path": ["3"],
    "conflicts": ["2"],
    "agreements": ["6"],
    "details": ["1", "enter"],
}


@pytest.mark.parametrize("size", [SIZES[0], SIZES[-1]][: examples(1, 2)], ids=str)
async def test_two_keys_and_the_text_change_the_estimate(
    acme: Session, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as screen:
        for weeks, where in enumerate(ESTIMATED, 21):
            await screen.press("colon", *"cdp-foundation", "enter", *ESTIMATED[where])
            await screen.rest()
            marked = screen.selected or ""
            await screen.press("equals_sign", *f"{weeks}w", "enter")
            await screen.rest()
            estimate = acme.plan.tables["initiatives"][marked]["estimate"]
            assert estimate == f"{weeks}w", where


async def test_on_a_heading_the_estimate_says_what_is_missing(small: Session) -> None:
    async with looking(small) as screen:
        await screen.press("g", "equals_sign")
        assert "Select an initiative first" in screen.foot


async def test_the_estimate_stands_beside_the_finish(acme: Session) -> None:
    for size in ((120, 36), (200, 60)):
        async with looking(acme, size) as screen:
            assert re.search(r"Days +Finish +Float", screen.lines[2])
            assert re.search(r"\b(7w/)?8w(/11w)? +8 Jul", screen.line_with("CDP foundation"))
