"""The capacity view: teams by week, what runs in the marked one, and who could help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.session.session import Session
from planner.tui.views.capacity import CapacityView
from tests.tui.looking import SIZES, Looked, looking

WIDE, NARROW = (120, 36), (80, 24)
NOBODY_KNOWS = """
[roadmap]
status_date = 2027-03-01
[teams.web]
portfolio = "marketing"
[initiatives.shop]
owner = "web"
estimate = "4w"
[initiatives.mail]
owner = "ops"
estimate = "2w"
"""


def view(screen: Looked) -> CapacityView:
    assert isinstance(screen.app.screen, CapacityView)
    return screen.app.screen


async def opened(screen: Looked) -> Looked:
    await screen.press("7")
    return await screen.rest()


def cell(screen: Looked) -> tuple[str, date, float, float | None]:
    """Team, period, people needed and people there, of the cell under the cursor."""
    found = view(screen).cell
    assert found is not None
    return found.team, found.period, found.needed, found.there


async def fixes_tried(screen: Looked) -> Looked:
    """Wait until the fixes of the overload here are tried."""
    for _ in range(100):
        offers = view(screen).offers_here
        if offers is not None and offers.complete:
            return await screen.rest()
        await screen.rest()
    raise AssertionError(screen.text)


async def test_it_begins_with_the_worst_overload_and_arrows_walk_over_cells(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        assert cell(screen) == ("data", date(2027, 5, 10), 5, 4)
        assert "▸5!!5!!5!!5!" in screen.line_with("Data platform")
        await screen.press("right", "l", "right")
        assert cell(screen) == ("data", date(2027, 5, 31), 5, 4)
        await screen.press("l")
        assert cell(screen) == ("data", date(2027, 6, 7), 4, 4)
        await screen.press("h", "down")
        assert cell(screen) == ("identity", date(2027, 5, 31), 0, 2)
        assert screen.selected == "identity"
        await screen.press("t", "left")
        assert cell(screen)[1] == date(2027, 3, 22)
        assert "22 Mar" in screen.foot
        await screen.press(*["l"] * 40)
        assert cell(screen)[1] == date(2027, 10, 11)
        await screen.rest()
        assert "11 Oct" in screen.text


async def test_a_click_marks_a_cell_and_opens_the_marked_one(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        row = next(at for at, line in enumerate(screen.lines) if "Web engineering" in line)
        column = screen.lines[row].index("!3!") + 4
        for _ in range(2):
            await screen.pilot.click(offset=(column, row))
            await screen.rest()
            assert cell(screen) == ("web-eng", date(2027, 4, 26), 3, 2)
        assert view(screen).mark.about == ("initiatives", "brand-site")


async def test_brackets_go_from_overload_to_overload(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        await screen.press("right_square_bracket")
        assert cell(screen) == ("web-eng", date(2027, 4, 19), 3, 2)
        await screen.press("right_square_bracket")
        assert "last overload" in screen.foot
        await screen.press("left_square_bracket")
        assert cell(screen) == ("data", date(2027, 5, 10), 5, 4)


async def test_what_runs_then_opens_and_fixes_apply(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await fixes_tried(screen)
        assert "cdp-foundation" in screen.text
        assert "Inês Duarte" in screen.text
        await screen.press("enter", "j")
        assert view(screen).mark.about == ("initiatives", "warehouse-customer-model")
        await screen.press("k", "enter")
        await screen.rest()
        assert screen.selected == "cdp-foundation"
        assert screen.app.desk.been[-1].view == "capacity"
        await screen.press("backspace")
        await screen.rest()
        assert cell(screen)[:2] == ("data", date(2027, 5, 10))
        await fixes_tried(screen)
        await screen.press("j", "j", "enter")
        await screen.rest()
        assert acme.plan.roadmap.teams["data"].capacity == 5
        assert cell(screen) == ("data", date(2027, 5, 10), 5, 5)
        await screen.press("u")
        assert acme.plan.roadmap.teams["data"].capacity == 4


async def test_e_edits_how_many_people_a_team_has(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        await screen.press("e", "end", "backspace", "6", "enter")
        await screen.rest()
        assert acme.plan.roadmap.teams["data"].capacity == 6
        assert cell(screen)[2:] == (5, 6)
        await screen.press("f")
        assert "No conflict here" in screen.foot


async def test_zoom_keeps_the_day_and_the_team(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        await screen.press("right", "minus")
        assert cell(screen) == ("data", date(2027, 5, 1), 5, 4)
        await screen.press("minus")
        assert cell(screen) == ("data", date(2027, 4, 1), 5, 4)
        await screen.press("minus")
        assert "coarsest" in screen.foot
        await screen.press("0")
        assert cell(screen)[1] == date(2027, 4, 1)
        assert view(screen).map is not None
        await screen.press("plus", "plus")
        assert cell(screen)[0] == "data"
        assert cell(screen)[1].weekday() == 0


async def test_teams_stand_by_load_and_in_one_list(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("S")
        teams = [row.about for row in view(screen).listing.rows if row.about]
        assert teams[0] != ("teams", "brand") or teams[-1] != ("teams", "web-eng")
        assert teams.index(("teams", "web-eng")) < teams.index(("teams", "data"))
        await screen.press("r")
        assert [row.about for row in view(screen).listing.rows if row.about][:2] == [
            ("teams", "web-eng"),
            ("teams", "data"),
        ]
        assert not any(row.heading for row in view(screen).listing.rows)


async def test_what_is_selected_elsewhere_leads_to_its_team_and_week(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        screen.app.desk.selected = ("initiatives", "loyalty-relaunch")
        await opened(screen)
        assert cell(screen)[:2] == ("loyalty", date(2027, 5, 17))


async def test_a_filter_keeps_the_teams_that_matching_work_needs(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        view(screen).filtering.set("id:cdp-foundation")
        await screen.rest()
        assert {row.about for row in view(screen).listing.rows if row.about} == {("teams", "data")}
        assert view(screen).counted("id:cdp-foundation") == (1, 16)
        view(screen).filtering.set("id:peak-readiness")
        await screen.rest()
        assert "esc shows all" in screen.text


async def test_where_nobody_wrote_a_capacity_load_is_shown_and_how_to_set_it(
    roadmap: Callable[[str], Session],
) -> None:
    async with looking(roadmap(NOBODY_KNOWS), NARROW) as screen:
        await opened(screen)
        assert "–" in screen.line_with("web")
        assert cell(screen) == ("web", date(2027, 3, 1), 1, None)
        assert "no capacity yet" in screen.text
        await screen.press("e", "2", "enter")
        await screen.rest()
        assert cell(screen) == ("web", date(2027, 3, 1), 1, 2)
        await screen.press("G")
        assert cell(screen)[0] == "ops"
        await screen.press("e", "3", "enter")
        await screen.rest()
        assert cell(screen) == ("ops", date(2027, 3, 1), 1, 3)


async def test_text_of_the_file_stays_text(roadmap: Callable[[str], Session]) -> None:
    text = (
        '[teams.t]\ntitle = "[/]\\u001b[2J\\u202e"\n[initiatives.a]\nowner = "t"\nestimate = "1w"\n'
    )
    async with looking(roadmap(text), WIDE) as screen:
        await opened(screen)
        assert "[/]␛[2J⟨U+202E⟩" in screen.text


@pytest.mark.one_in(2)
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_cell_under_the_cursor_is_in_view_at_every_size(
    acme: Session, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as screen:
        await opened(screen)
        for key in ("l", "l", "pagedown", "G", *["l"] * 12, "k", "minus", "g", "pageup", "plus"):
            await screen.press(key)
            assert sum(line.startswith("▸") for line in screen.lines) == 1, key
            row = next(line for line in screen.lines if line.startswith("▸"))
            assert view(screen).team is None or row.count("▸") == 2, key


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=str)
async def test_the_capacity_of_acme(
    acme: Session, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with looking(acme, size) as screen:
        await opened(screen)
        await fixes_tried(screen)
        assert screen.body == snapshot(name="weeks")
        await screen.press("minus")
        await screen.rest()
        assert screen.body == snapshot(name="months")
        view(screen).filtering.set("owner:crm")
        await screen.rest()
        assert screen.body == snapshot(name="filtered")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=str)
async def test_nothing_yet(
    roadmap: Callable[[str], Session], size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with looking(roadmap('[initiatives.a]\nestimate = "1w"\n'), size) as screen:
        await opened(screen)
        assert screen.body == snapshot
