"""The path view: lanes, hand-overs that cross, what is close behind, and why this date."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.shell.checking import LARGE
from planner.tui.views.path import PathView
from tests.tui.looking import Looked, looking

WIDE, NARROW = (120, 36), (80, 24)

LATE = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-15

[teams.data]
title = "Data"
portfolio = "it"
[teams.crm]
title = "CRM"
portfolio = "marketing"

[initiatives.profile-api]
title = "Profile API"
owner = "data"
estimate = "4w"
actual_start = 2027-03-01

[initiatives.segments]
title = "Segments, defined and counted"
owner = "crm"
estimate = "3w"
start_no_earlier_than = 2027-03-22

[initiatives.signals]
title = "Consent signals"
owner = "data"
estimate = "5w"
needs = [
    { on = "profile-api", type = "FS", lag = "2w" },
    { on = "segments", delivers = "signed-off segments", asked = 2027-02-01 },
]

[initiatives.journeys]
title = "Lifecycle journeys"
owner = "crm"
estimate = "6w"
needs = [{ on = "signals", delivers = "consent by channel", agreed = 2027-02-20 }]

[initiatives.pages]
title = "Landing pages"
owner = "crm"
estimate = "10w"
needs = ["profile-api"]

[initiatives.launch]
title = "Summer launch"
portfolio = "joint"
estimate = "0d"
needs = ["journeys", "pages"]
deadline = 2027-06-18
"""


def view(screen: Looked) -> PathView:
    assert isinstance(screen.app.screen, PathView)
    return screen.app.screen


def body(screen: Looked) -> str:
    """What the view itself draws, as far as the facts of the step under the cursor."""
    lines = screen.lines[2:-1]
    border = next(at for at, line in enumerate(lines) if line.startswith("────"))
    return "\n".join(lines[: border + 5])


async def opened(screen: Looked) -> Looked:
    await screen.press("3")
    return await screen.rest()


# --- what is drawn --------------------------------------------------------------------------------


async def test_the_heading_says_how_the_target_stands(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        heading = screen.lines[2]
        assert "Path to Peak freeze readiness · 15 Oct · 5d late" in heading
        assert "3 handovers, none agreed" in heading


async def test_what_has_no_room_in_the_heading_goes_as_a_whole(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        said = " Path to Peak freeze readiness · 15 Oct · 5d late"
        assert screen.lines[2].rstrip() == f"{said} · 3 handovers, none agreed"
        await screen.pilot.resize_terminal(60, 20)
        await screen.rest()
        assert screen.lines[2].rstrip() == said


async def test_lanes_lie_below_each_other_where_there_is_width(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        rows = [
            screen.lines.index(screen.line_with(f" {s} ─")) for s in ("MARKETING", "JOINT", "IT")
        ]
        assert rows == sorted(rows)
        assert "▼ today 22 Mar" in screen.text
        assert "deadline 8 Oct ◇" in screen.text
        assert "? asked · consent by channel" in screen.text


async def test_lanes_are_columns_where_there_is_not(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        await screen.press("g")
        head = screen.line_with("MARKETING")
        assert head.index("MARKETING") < head.index("JOINT") < head.index("IT")
        assert any("▼" in line and "┼" in line for line in screen.lines)


async def test_what_is_close_behind_is_drawn_on_the_same_axis(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        assert "PATHS BEHIND" in screen.text
        assert "audience-activation → peak-campaign · 10d behind · float 5" in screen.text


# --- getting around -------------------------------------------------------------------------------


async def test_the_cursor_walks_the_steps_and_explains_them(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("g")
        await screen.rest()
        assert screen.selected == "customer-sso"
        await screen.press("l")
        await screen.rest()
        assert screen.selected == "cdp-foundation"
        assert "driven by  customer-sso (finish 12 May)" in screen.text
        await screen.press("k")
        assert screen.selected == "customer-sso"


async def test_past_the_path_comes_what_is_close_behind(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("G")
        await screen.rest()
        assert screen.selected == "peak-load-test"
        assert "can slip 10d before Peak freeze readiness moves" in screen.text


async def test_a_bottleneck_is_named_at_the_target_and_at_itself(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        told = (
            "9 of the 20 other open initiatives before Peak freeze readiness wait for customer-sso"
        )
        assert screen.selected == "peak-readiness"
        assert told in screen.line_with("bottleneck")
        await screen.press("g")
        await screen.rest()
        assert screen.selected == "customer-sso"
        assert told in screen.line_with("bottleneck")
        await screen.press("l")
        await screen.rest()
        assert "bottleneck" not in screen.text


async def test_of_a_large_plan_the_graph_is_asked_in_a_thread(
    roadmap: Callable[[str], Session],
) -> None:
    more = "".join(f'[initiatives.x{n}]\nestimate = "1d"\n' for n in range(LARGE))
    async with looking(roadmap(LATE + more), WIDE) as screen:
        await opened(screen)
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert "PATHS BEHIND" in screen.text
        await screen.press("g")
        await screen.rest()
        assert "3 of the 4 other open initiatives" in screen.text


async def test_a_handover_is_told_with_its_dates(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("g")
        await screen.rest()
        told = screen.line_with("to         segment-definitions")
        assert "? asked 1 Mar · one customer id across shop, app and mail" in told
        assert "needed by 12 May" in told


async def test_the_step_under_the_cursor_is_in_view_at_every_size(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await opened(screen)
        for _ in view(screen).lanes.rows:
            await screen.rest()
            cursor = view(screen).lanes.step or ""
            assert any(cursor in line for line in screen.lines[3:17]), cursor
            await screen.press("j")


async def test_enter_goes_to_the_step_on_the_board(acme: Session) -> None:
    async with looking(acme) as screen:
        await opened(screen)
        await screen.press("g", "j", "enter")
        assert screen.app.screen.view_name == "board"  # type: ignore[attr-defined]
        assert screen.selected == "cdp-foundation"
        await screen.press("backspace")
        assert view(screen).lanes.step == "cdp-foundation"


# --- targets --------------------------------------------------------------------------------------


async def test_a_key_chooses_the_target_among_the_launches(acme: Session) -> None:
    async with looking(acme) as screen:
        await opened(screen)
        await screen.press("t", *"loyalty", "enter")
        await screen.rest()
        assert "Path to Loyalty programme relaunch" in screen.lines[2]


async def test_the_same_key_chooses_what_the_roadmap_is_about(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        assert "Peak freeze readiness 15 Oct" in screen.header
        await screen.press("t", *"loyalty", "tab")
        await screen.rest()
        assert "Path to Loyalty programme relaunch" in screen.lines[2]
        assert "Loyalty programme relaunch" in screen.header
        assert acme.plan.roadmap.settings.main_launch == "loyalty-relaunch"
        assert acme.history.undo_label == "main launch loyalty-relaunch"
        assert acme.history.last_command() == "planner set roadmap main_launch=loyalty-relaunch"
        await screen.press("u")
        await screen.rest()
        assert "main_launch" not in acme.plan.tables["roadmap"][""]
        assert "Peak freeze readiness 15 Oct" in screen.header


async def test_an_idea_is_shown_and_is_not_what_the_roadmap_is_about(
    roadmap: Callable[[str], Session],
) -> None:
    text = '[initiatives.site]\nestimate = "2w"\nkind = "campaign"\n[initiatives.referral]\n'
    session = roadmap(text + 'kind = "campaign"\nstatus = "proposed"\nestimate = "9w"\n')
    async with looking(session, WIDE) as screen:
        await opened(screen)
        await screen.press("t", *"referral", "tab")
        await screen.rest()
        assert "only proposed" in screen.text
        assert session.history.undo_label is None
        await screen.press("enter")
        await screen.rest()
        assert "Path to referral" in screen.lines[2]


async def test_p_on_the_board_is_the_path_to_that(acme: Session) -> None:
    async with looking(acme) as screen:
        screen.app.screen.select("initiatives", "cdp-foundation")  # type: ignore[attr-defined]
        await screen.press("p")
        await screen.rest()
        assert "Path to CDP foundation" in screen.lines[2]
        assert view(screen).lanes.step == "cdp-foundation"


async def test_p_on_the_path_is_the_path_to_the_step(acme: Session) -> None:
    async with looking(acme) as screen:
        await opened(screen)
        await screen.press("g", "j", "p")
        await screen.rest()
        assert "Path to CDP foundation" in screen.lines[2]


# --- when the plan changes ------------------------------------------------------------------------


async def test_the_path_follows_the_plan(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        view(screen).changes.make(
            SetKey("initiatives", "peak-readiness", ("deadline",), "2027-10-01")
        )
        shorter = SetKey("initiatives", "lifecycle-journeys", ("estimate",), "1w")
        view(screen).changes.make(shorter, "shorter")
        await screen.rest()
        assert "15 Oct" not in screen.lines[2]
        await screen.press("u")
        await screen.rest()
        assert "15 Oct" in screen.lines[2]


async def test_a_target_that_is_gone_gives_way_to_the_plans_own(
    roadmap: Callable[[str], Session],
) -> None:
    text = '[initiatives.a]\nestimate = "2w"\n[initiatives.b]\nestimate = "1w"\n'
    async with looking(roadmap(text)) as screen:
        screen.app.desk.target = "nobody"
        await opened(screen)
        assert "Path to a" in screen.lines[2]


# --- nothing to draw, hostile files ---------------------------------------------------------------


async def test_without_dates_it_says_why(roadmap: Callable[[str], Session]) -> None:
    text = '[initiatives.a]\nneeds = ["b"]\n[initiatives.b]\nneeds = ["a"]\n'
    async with looking(roadmap(text)) as screen:
        screen.app.desk.target = "a"
        await opened(screen)
        assert "No path to draw: cycle" in screen.text


async def test_text_from_a_file_is_never_markup(roadmap: Callable[[str], Session]) -> None:
    text = r"""
[initiatives.a]
title = "[/][@click=app.quit]\u001b]0;x\u0007a"
estimate = "2w"
"""
    async with looking(roadmap(text), WIDE) as screen:
        await opened(screen)
        assert "[/][@click=app.quit]␛]0;x␇a" in screen.text


# --- how it looks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x36"])
async def test_looks(
    roadmap: Callable[[str], Session], snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with looking(roadmap(LATE), size) as screen:
        await opened(screen)
        await screen.press("g")
        await screen.rest()
        assert body(screen) == snapshot


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x36"])
async def test_looks_empty(
    roadmap: Callable[[str], Session], snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with looking(roadmap("[roadmap]\nstatus_date = 2027-03-01\n"), size) as screen:
        await opened(screen)
        assert screen.body == snapshot
