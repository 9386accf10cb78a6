"""A bar in hand: what keys do to it, what is shown meanwhile, and what is written."""

from __future__ import annotations

from collections.abc import Callable

from planner.session.session import Session
from tests.tui.looking import Looked, looking


async def take(board: Looked, id: str) -> None:
    board.app.screen.trail.jump("initiatives", id)  # type: ignore[attr-defined]
    await board.rest()
    await board.press("m")


def source(session: Session) -> str:
    return "".join(document.text for document in session.workspace.documents)


async def test_the_consequence_is_on_screen_before_it_is_kept(small: Session) -> None:
    async with looking(small) as board:
        await take(board, "web-push")
        assert "apply" in board.foot
        assert "unchanged" in board.state
        await board.press("l")
        assert "Spring launch" in board.state
        assert "+1d" in board.state
        await board.press("L")
        assert "+6d" in board.state
        assert small.history.undo_label is None
        await board.press("escape")
        assert board.state.startswith("✗ Spring launch 4d late")
        assert source(small).count("start_no_earlier_than") == 0


async def test_enter_writes_the_first_day_it_may_start(small: Session) -> None:
    async with looking(small) as board:
        await take(board, "web-push")
        await board.press("l", "l", "enter")
        assert "start_no_earlier_than = 2027-03-31" in source(small)
        assert "move web-push +2d" in board.foot
        await board.press("u")
        assert "start_no_earlier_than" not in source(small)


async def test_the_bar_moves_while_it_is_in_hand(small: Session) -> None:
    async with looking(small, (120, 36)) as board:
        await take(board, "web-push")
        before = board.row("Web push").line.index("▓")
        await board.press("L", "L")
        after = board.row("Web push")
        assert after.line.index("▓") > before
        assert after.has("·"), "where it stood before is still to be seen"
        assert board.row("Web push").finish == "30 Apr"


async def test_findings_that_come_meanwhile_leave_it_where_it_is(small: Session) -> None:
    async with looking(small, (120, 36)) as board:
        await take(board, "web-push")
        await board.press("L", "L")
        board.app.screen.findings_came()  # type: ignore[attr-defined]
        await board.rest()
        assert board.row("Web push").finish == "30 Apr"


async def test_stretching_keeps_the_spread_of_three_values(small: Session) -> None:
    async with looking(small) as board:
        await take(board, "web-push")
        await board.press("greater_than_sign", "greater_than_sign", "enter")
        assert 'estimate = ["12d", "17d", "27d"]' in source(small)


async def test_whole_weeks_stay_weeks(small: Session) -> None:
    async with looking(small) as board:
        await take(board, "profile-api")
        await board.press(*["greater_than_sign"] * 5, "enter")
        assert 'estimate = "5w"' in source(small)


async def test_logic_holds_a_bar_and_says_so(small: Session) -> None:
    async with looking(small) as board:
        await take(board, "web-push")
        await board.press("h", "h")
        assert "held at 29 Mar by profile-api" in board.state
        await board.press("enter")
        assert small.history.undo_label is None, "nothing was changed, so there is nothing to undo"


async def test_moving_back_takes_the_written_date_out(small: Session) -> None:
    async with looking(small) as board:
        await take(board, "web-push")
        await board.press("L", "enter", "m", "H", "enter")
        assert "start_no_earlier_than" not in source(small)


async def test_started_work_stays_but_can_be_stretched(roadmap: Callable[[str], Session]) -> None:
    session = roadmap(
        "[roadmap]\nstart = 2027-03-01\nstatus_date = 2027-03-10\n"
        '[initiatives.a]\nestimate = "4w"\nstatus = "active"\nactual_start = 2027-03-01\n'
        '[initiatives.b]\nestimate = "1d"\nstatus = "done"\n'
        "actual_start = 2027-03-01\nactual_finish = 2027-03-01\n"
    )
    async with looking(session) as board:
        await take(board, "a")
        await board.press("l")
        assert "has started, its start is fixed" in board.foot
        await board.press("greater_than_sign", "enter")
        assert 'estimate = "21d"' in source(session)
        await take(board, "b")
        assert "an actual date can't be moved" in board.foot


async def test_a_milestone_moves_by_the_day_it_closes(small: Session) -> None:
    async with looking(small) as board:
        await take(board, "spring-launch")
        await board.press("l")
        assert "+1d" in board.state
        await board.press("enter")
        assert "finish_no_earlier_than = 2027-04-19" in source(small)
        assert board.row("Spring launch").finish == "19 Apr"


async def test_what_is_in_hand_is_said_with_its_days(acme: Session) -> None:
    async with looking(acme) as board:
        await take(board, "peak-campaign")
        dates = acme.plan.schedule.get("peak-campaign")
        assert dates is not None
        days = f"{dates.start:%-d %b} – {dates.finish:%-d %b}"
        assert f"moving peak-campaign: {days}" in board.state


async def test_a_milestone_has_no_length_to_change(small: Session) -> None:
    async with looking(small) as board:
        await take(board, "spring-launch")
        await board.press("greater_than_sign")
        assert "spring-launch is a milestone and has no length" in board.foot


async def test_keys_that_have_nothing_to_do_with_it_wait(small: Session) -> None:
    async with looking(small) as board:
        await take(board, "web-push")
        await board.press("x")
        assert "enter applies, esc cancels" in board.foot
        await board.press("escape", "H")
        assert "Press m on a row first" in board.foot


async def test_what_is_placed_as_late_as_possible_is_held_by_that(
    roadmap: Callable[[str], Session],
) -> None:
    text = "[initiatives.a]\nestimate = '9d'\n[initiatives.b]\nestimate = '2d'\n"
    text += "as_late_as_possible = true\n[initiatives.end]\nkind = 'milestone'\n"
    session = roadmap(text + "needs = ['a', 'b']\n")
    async with looking(session) as board:
        await take(board, "b")
        await board.press("h", "h")
        assert "as late as possible before end" in board.state
