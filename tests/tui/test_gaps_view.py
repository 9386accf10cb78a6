"""The gaps view: both sides next to each other, and what to bring to the other one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.session.session import Session
from planner.tui.views.gaps import GapsView
from tests.tui.looking import SIZES, Looked, looking

WIDE, NARROW = (120, 36), (80, 24)


def view(screen: Looked) -> GapsView:
    assert isinstance(screen.app.screen, GapsView)
    return screen.app.screen


async def opened(screen: Looked) -> Looked:
    await screen.press("c")
    return await screen.rest()


async def test_the_list_begins_with_what_there_is_to_ask(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        assert "9 questions" in screen.lines[2]
        assert "both change it; no agreement" in screen.line_with("? commerce")


async def test_a_row_counts_each_sides_work_and_marks_the_owner(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        left = screen.line_with("  checkout")[:68]
        assert left.split()[:5] == ["checkout", "2", "4", "■", "both"]


async def test_the_page_sets_the_sides_next_to_each_other(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("j", "j")
        await screen.rest()
        assert screen.selected == "commerce"
        assert view(screen).mark.adds == "systems"
        assert "loyalty-relaunch" in screen.text
        assert "Commerce engineering" in screen.text


async def test_bridging_roles_come_last(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("G")
        assert screen.selected == "ruth-adler"
        await screen.press("k")
        await screen.rest()
        assert "Marketing technologist · Marketing" in screen.text
        assert "cdp-foundation" in screen.text


async def test_it_is_one_letter_from_the_outcomes(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await screen.press("8")
        await screen.rest()
        assert "c gaps" in screen.foot
        await screen.press("c")
        await screen.rest()
        assert "Gaps and overlaps" in screen.lines[2]
        await screen.press("backspace")
        await screen.rest()
        assert "Outcomes" in screen.lines[2]


async def test_a_filter_keeps_what_matching_work_touches(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        view(screen).filtering.set("owner:loyalty")
        await screen.rest()
        assert "? commerce" in screen.text
        assert "? cms-legacy" not in screen.text


async def test_an_empty_file_says_how_to_start(roadmap: Callable[[str], Session]) -> None:
    async with looking(roadmap('[initiatives.a]\nestimate = "1w"\n'), NARROW) as screen:
        await opened(screen)
        assert "Nothing to compare yet" in screen.text


async def test_text_of_the_file_stays_text(roadmap: Callable[[str], Session]) -> None:
    text = '[systems.s]\ntitle = "[/]\\u001b[2J"\ncapabilities = ["[b]\\u202e"]\n'
    text += '[people.p]\nname = "\\u0007[@click=app.quit]"\nbridges = true\n'
    async with looking(roadmap(text), WIDE) as screen:
        await opened(screen)
        assert "␇[@click=app.quit" in screen.text
        assert "[b]⟨U+202E⟩" in screen.text
        await screen.press("j")
        await screen.rest()
        assert "[/]␛[2J" in screen.text


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_row_under_the_cursor_is_in_view_at_every_size(
    acme: Session, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as screen:
        await opened(screen)
        for key in ("j", "pagedown", "pagedown", "k", "G", "pageup", "g"):
            await screen.press(key)
            assert sum(line.startswith("▸") for line in screen.lines) == 1, key


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=str)
async def test_the_gaps_of_acme(
    acme: Session, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with looking(acme, size) as screen:
        await opened(screen)
        await screen.press("j")
        await screen.rest()
        assert screen.body == snapshot


async def test_enter_opens_what_is_no_table_of_the_file(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        assert screen.selected is None
        await screen.press("enter")
        assert "Questions for the other side" not in screen.text
        assert "consent-signals" in screen.text
        await screen.press("escape")
        assert "Questions for the other side" in screen.text
