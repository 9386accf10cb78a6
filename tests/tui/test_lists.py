"""What is alike in all views that are a list and a page: keys, headings, and what is drawn."""

from __future__ import annotations

import pytest

from planner.session.session import Session
from planner.tui.lines.pages import Explained, Line
from planner.tui.lines.row_list import Row
from planner.tui.views.list_view import ListView
from tests.tui.looking import Looked, looking

NARROW = (80, 24)
LISTS = {
    "2": "conflicts",
    "6": "agreements",
    "8": "outcomes",
    "c": "gaps",
    "F": "rules",
    "M": "meeting",
}
PAGED = {key: name for key, name in LISTS.items() if key != "M"}
"""In the meeting enter opens the subject, and a line of keys goes with the cursor."""


def view(screen: Looked) -> ListView:
    assert isinstance(screen.app.screen, ListView)
    return screen.app.screen


async def opened(screen: Looked, key: str) -> Looked:
    """A list with the cursor on a row that does not fold."""
    await screen.press(key)
    await screen.rest()
    row = view(screen).listing.row
    await screen.press(*(["j"] if row is not None and row.folds else []))
    return await screen.rest()


def list_is_shown(screen: Looked) -> bool:
    return any(line.startswith("▸") for line in screen.lines)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("key", PAGED, ids=PAGED.get)
@pytest.mark.parametrize(
    ("there", "back"), [("l", "h"), ("enter", "escape"), ("right", "left"), ("l", "escape")]
)
async def test_the_same_keys_lead_to_the_page_and_back(
    acme: Session, key: str, there: str, back: str
) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen, key)
        await screen.press(*(there for _ in range(6 if key == "6" and there != "enter" else 1)))
        await screen.rest()
        assert not list_is_shown(screen)
        marked = view(screen).listing.cursor
        await screen.press("j", "pagedown", "G", "g", "k")
        assert view(screen).listing.cursor == marked, "they move on the page"
        await screen.press(back)
        assert list_is_shown(screen)
        assert view(screen).listing.cursor == marked


@pytest.mark.one_in(3)
@pytest.mark.parametrize("key", LISTS, ids=LISTS.get)
async def test_on_the_list_h_says_what_l_does_and_on_the_page_the_other_way_round(
    acme: Session, key: str
) -> None:
    async with looking(acme, (200, 60)) as screen:
        await opened(screen, key)
        await screen.press("h")
        assert screen.foot == "▲ This is the list: l goes to the page"
        if key != "2":
            await screen.press("l", "l")
            assert screen.foot == "▲ This is the page: h goes back to the list"


@pytest.mark.one_in(2)
@pytest.mark.parametrize("key", [key for key in LISTS if key != "2"], ids=LISTS.get)
async def test_tab_goes_from_heading_to_heading(acme: Session, key: str) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen, key)
        heads = sum(row.heading for row in view(screen).listing.rows)
        first = view(screen).listing.cursor
        await screen.press("tab")
        if heads == 1:
            assert screen.foot == "▲ There is no other section here"
        else:
            assert view(screen).listing.cursor != first
            below = view(screen).listing.cursor
            await screen.press(*["tab"] * heads)
            assert view(screen).listing.cursor == below, "after the last comes the first"


@pytest.mark.one_in(3)
@pytest.mark.parametrize("key", LISTS, ids=LISTS.get)
async def test_the_heading_stays_while_its_rows_are_scrolled(acme: Session, key: str) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen, key)
        await screen.press("g")
        heading = screen.lines[3][1:78].rstrip()
        await screen.press(*["j"] * (12 if key in "2C" else 0))
        assert screen.lines[3][1:78].rstrip() == heading


@pytest.mark.one_in(2)
@pytest.mark.parametrize("key", PAGED, ids=PAGED.get)
async def test_a_click_marks_a_row_and_a_second_one_opens_its_page(acme: Session, key: str) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen, key)
        for _ in range(2):
            assert list_is_shown(screen)
            await screen.pilot.click(offset=(10, 7))
            await screen.rest()
            assert view(screen).listing.cursor == 4
        assert not list_is_shown(screen)


@pytest.mark.parametrize("key", ["2", "6"])
async def test_brackets_go_on_while_the_page_has_the_screen(acme: Session, key: str) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen, key)
        await screen.press("enter", "right_square_bracket", "right_square_bracket")
        await screen.rest()
        row = view(screen).listing.row
        assert row is not None
        assert row.amiss
        assert not list_is_shown(screen)
        assert any(row.about[1] in line for line in screen.lines if row.about)


@pytest.mark.one_in(2)
@pytest.mark.parametrize("key", PAGED, ids=PAGED.get)
async def test_a_cursor_move_draws_two_rows_and_the_page_waits_for_its_rest(
    acme: Session, key: str
) -> None:
    drawn: list[str | None] = []
    told: list[str | None] = []

    def counting(row: Row, number: int) -> Row:
        def draw(width: int) -> Line:
            drawn.append(row.key)
            return row.draw(width)

        def page(width: int) -> Explained:
            told.append(row.key)
            return row.page(width)

        key = None if row.key is None else f"{row.key} {number}"
        return Row(draw, key, page, row.about, row.of, row.heading, row.group)

    async with looking(acme, (120, 36)) as screen:
        await opened(screen, key)
        listing = view(screen).listing
        many = [row for row in listing.rows if not row.folds] * 200
        listing.show([counting(row, number) for number, row in enumerate(many)])
        await screen.press("g", "j")
        await screen.rest()
        drawn.clear()
        told.clear()
        await screen.press("j")
        assert len(set(drawn)) <= 2
        await screen.rest()
        assert len(set(told)) == 1
        await screen.press("G")
        assert listing.cursor > 2_000
