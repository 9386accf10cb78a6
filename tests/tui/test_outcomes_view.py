"""The outcomes view: what it is for, when it lands, what it costs and brings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.views.outcomes import OutcomesView
from tests.tui.looking import SIZES, Looked, looking

WIDE, NARROW = (120, 36), (80, 24)


def view(screen: Looked) -> OutcomesView:
    assert isinstance(screen.app.screen, OutcomesView)
    return screen.app.screen


async def opened(screen: Looked) -> Looked:
    await screen.press("8")
    return await screen.rest()


async def test_a_row_says_how_far_when_and_what_for(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        row = screen.line_with("A peak season without a standstill").split()
        assert row[-13:] == [
            *("0%", "15", "Oct", "€206k", "€340k", "1.7×"),
            *("2.9", "→", "3.3", "EUR", "€6.7k", "7", "mo"),
        ]


async def test_the_page_computes_openly(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press(*"jjjj")
        await screen.rest()
        assert screen.selected == "peak-revenue"
        assert "return 1.7× a year = €340k value / €206k cost" in screen.text
        assert "payback 7 months = 12 × €206k / €340k" in screen.text
        assert "cost of delay €1.3k per working day = €340k / 254 working days" in screen.text
        assert "pim-commerce" in screen.text


async def test_the_sums_are_rows_too(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        assert "Marketing €945k of €960k · IT €1.02m of €980k, €40k over" in screen.text
        await screen.press("G", "k", "k", "k")
        await screen.rest()
        assert "budget €980k, €40k over" in screen.text
        await screen.press("j")
        await screen.rest()
        assert "Marketing, market-facing · 12 initiatives · 307d" in screen.text
        await screen.press("j")
        await screen.rest()
        assert "influencer-pages" in screen.text
        await screen.press("j")
        await screen.rest()
        assert "12 x cost / value per year" in screen.text
        assert screen.selected is None


async def test_sums_are_whole_and_leave_a_blank_at_the_right(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        assert all(line[78:79] in ("", " ") for line in screen.lines[3:10])
        await screen.press("G")
        balance, bare = screen.line_with("Balance of work"), screen.line_with("No outcome")
        assert "  market-facing: Marketing 73% · IT 5% · Joint 83%" in balance
        assert "1 not even through successors · 5 only through them" in bare


async def test_enter_gives_the_page_the_screen_and_esc_the_list(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        await screen.press("j", "enter")
        await screen.rest()
        assert "value/y" not in screen.text
        assert "dam-cms-connector" in screen.text
        await screen.press("escape")
        await screen.rest()
        assert "value/y" in screen.text


async def test_it_edits_and_adds_outcomes(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        assert view(screen).mark.adds == "outcomes"
        assert view(screen).selected == ("outcomes", "brand-preference")
        view(screen).changes.make(SetKey("outcomes", "brand-preference", ("value",), 110000))
        await screen.rest()
        assert "1.0×" in screen.line_with("More people think of Acme first")


async def test_coming_back_the_cursor_is_what_is_selected(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("j", "1")
        await screen.press("j")
        await screen.press("8")
        await screen.rest()
        assert screen.selected == "content-lead-time"


async def test_a_filter_keeps_what_matching_work_is_for(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        view(screen).filtering.set("owner:growth")
        await screen.rest()
        assert "filter owner:growth: 2" in screen.lines[2]
        assert "Customers come back" not in screen.text


async def test_without_outcomes_it_says_how_to_start(small: Session) -> None:
    async with looking(small, NARROW) as screen:
        await opened(screen)
        assert "No outcomes yet" in screen.text
        assert "adds an outcome: its kpi, baseline, target" in screen.text


async def test_text_of_the_file_stays_text(roadmap: Callable[[str], Session]) -> None:
    text = '[outcomes.o]\ntitle = "[/] \\u001b[2J"\nkpi = "\\u202ex"\nunit = "[b]"\ntarget = 2\n'
    text += '[initiatives.a]\ntitle = "[@click=app.quit]q\\u0007"\noutcomes = ["o"]\n'
    async with looking(roadmap(text), WIDE) as screen:
        await opened(screen)
        assert "[/] ␛[2J" in screen.text
        assert "⟨U+202E⟩x" in screen.text


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_size_shows_table_and_page(acme: Session, size: tuple[int, int]) -> None:
    async with looking(acme, size) as screen:
        await opened(screen)
        assert "return" in screen.lines[3]
        assert "spontaneous awareness: to 24% by 15 Dec" in screen.text


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=str)
async def test_the_outcomes_of_acme(
    acme: Session, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with looking(acme, size) as screen:
        await opened(screen)
        await screen.press(*"jjjj")
        await screen.rest()
        assert screen.body == snapshot


async def test_the_headings_of_the_columns_stay(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        await screen.press("G")
        assert "so far" in screen.lines[3]
        assert "How it is computed" in screen.text
        await screen.press("enter")
        assert "so far" not in screen.text
