"""What is marked is what keys act on, whichever view it is in and however one came there."""

from __future__ import annotations

import pytest
from textual import events

from planner.session import Session
from planner.tui.screens.agreements import AgreementsView
from planner.tui.screens.conflicts import ConflictsView
from planner.tui.screens.listed import ListView
from planner.tui.screens.path import PathView
from planner.tui.screens.rows import RowsView
from planner.tui.screens.view import View
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
        return shown.lanes.cursor
    if isinstance(shown, ConflictsView | AgreementsView):
        return shown.listing.cursor
    if isinstance(shown, ListView):
        return shown.at
    assert isinstance(shown, RowsView)
    return shown.timeline.cursor


def shown(screen: Looked) -> str | None:
    """The id of what stands where the mark is drawn; None on a heading."""
    here = view(screen)
    if isinstance(here, PathView):
        return here.lanes.cursor
    if isinstance(here, ConflictsView):
        return here.finding.id if here.finding else None
    if isinstance(here, AgreementsView):
        row = here.listing.row
        return getattr(row, "successor", getattr(row, "id", None))
    if isinstance(here, ListView):
        return here.row.about[1] if here.row and here.row.about else None
    assert isinstance(here, RowsView)
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
    "from a rule": ["2", "C", "j"],
}


@pytest.mark.parametrize("way", WAYS)
async def test_keys_act_on_what_is_marked(acme: Session, way: str) -> None:
    async with looking(acme) as screen:
        for key in ("3", "6", "1", "2", "8", "c"):
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
        await screen.press("2", "j", "g", "e")
        assert isinstance(screen.app.screen, ConflictsView)
        assert "Select a row first" in screen.foot


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


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_arrows_pages_and_ends_move_the_mark(acme: Session, size: tuple[int, int]) -> None:
    async with looking(acme, size) as screen:
        for key in ("1", "2", "3", "6", "8", "c", "C"):
            await screen.press(key, "g", "j", "j", "j")
            start = at(screen)
            for arrow, letter in SAME.items():
                await screen.press("g", "j", "j", "j", arrow)
                moved = at(screen)
                await screen.press("g", "j", "j", "j", letter)
                assert moved == at(screen) != start, (key, arrow)


@pytest.mark.parametrize("key", ["1", "2", "3", "6", "8", "c", "C"])
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
