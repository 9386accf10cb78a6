"""The board as a person uses it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.session.session import Session
from tests.tui.looking import SIZES, looking


async def test_it_opens_on_what_is_wrong(acme: Session) -> None:
    async with looking(acme) as board:
        assert "Peak freeze readiness 15 Oct" in board.header
        assert "5d late" in board.header
        assert "€11k" in board.header
        assert board.state == (
            "✗ Peak freeze readiness 5d late: IT's customer identity (not agreed)"
        )
        assert board.selected == "peak-readiness"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_size_shows_rows_float_and_the_conflict(
    acme: Session, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as board:
        row = board.row("Peak freeze readiness")
        assert row.finish == "15 Oct"
        assert row.has("−5")
        assert row.has("✗")
        assert row.has("◆")
        assert all(len(line) <= size[0] for line in board.lines)
        assert len(board.lines) == size[1]


async def test_columns_fold_away_by_priority(acme: Session) -> None:
    headings = []
    for size in SIZES:
        async with looking(acme, size) as board:
            headings.append(board.lines[2].split())
    assert headings[0][:3] == ["Initiative", "Finish", "Float"]
    assert headings[1][:5] == ["Initiative", "Owner", "Days", "Finish", "Float"]
    assert headings[2][:7] == [
        "Initiative", "Status", "Owner", "Start", "Days", "Finish", "Float",
    ]  # fmt: skip


async def test_marketing_joint_it_in_lanes(small: Session) -> None:
    async with looking(small) as board:
        lanes = [line.strip() for line in board.text.splitlines() if "▾" in line]
        assert [lane.split()[1] for lane in lanes] == ["MARKETING", "JOINT", "IT"]


async def test_done_is_solid_critical_is_dark_float_is_dotted(small: Session) -> None:
    async with looking(small) as board:
        assert board.row("Web push").bar.strip("█").startswith("▓")
        assert board.row("Tag clean-up").bar.startswith("▒")
        assert board.row("Tag clean-up").has("╌")
        assert board.row("Spring launch").has("◇")


async def test_moving_the_cursor(small: Session) -> None:
    async with looking(small) as board:
        assert board.selected == "spring-launch"
        await board.press("j", "j")
        assert board.selected == "profile-api"
        await board.press("G")
        assert board.selected == "tag-cleanup"
        await board.press("g", "g")
        assert board.selected == "marketing"


async def test_lines_to_the_other_ends_follow_when_the_cursor_rests(small: Session) -> None:
    async with looking(small) as board:
        await board.press("k", "k")
        assert board.selected == "web-push"
        await board.rest()
        assert any("▶" in line for line in board.lines)
        await board.press("G")
        await board.rest()
        assert not any("▶" in line for line in board.lines)


@pytest.mark.parametrize("dialog", ["", "E"])
async def test_lines_to_the_other_ends_are_drawn_anew_in_another_size(
    acme: Session, dialog: str
) -> None:
    async with looking(acme) as board:
        await board.rest()
        await board.press(*dialog)
        for size in ((60, 20), (120, 36), (20, 5), (80, 24)):
            await board.pilot.resize_terminal(*size)
            await board.rest()
            assert len(board.lines) == size[1]
        await board.press(*(["escape"] if dialog else []))
        assert board.row("Autumn range live").has("◆")
        assert any("▲" in line[40:] for line in board.lines)


async def test_details_at_36_rows_say_why_this_date(small: Session) -> None:
    async with looking(small, (120, 36)) as board:
        await board.press("k", "k")
        await board.rest()
        assert "driven by  profile-api (finish 26 Mar)" in board.text
        assert "holds up   ◆ spring-launch" in board.text


async def test_what_is_placed_as_late_as_possible_says_so_and_drives_nothing(
    roadmap: Callable[[str], Session],
) -> None:
    text = (Path(__file__).parents[1] / "cases/late-as-possible-is-no-cause.toml").read_text()
    async with looking(roadmap(text), (120, 36)) as board:
        board.app.screen.trail.jump("initiatives", "train-staff")  # type: ignore[attr-defined]
        await board.rest()
        assert "driven by  as late as possible before launch" in board.text
        board.app.screen.trail.jump("initiatives", "launch")  # type: ignore[attr-defined]
        await board.rest()
        assert "driven by  build (finish" in board.text


async def test_details_are_a_page_where_there_is_no_room(small: Session) -> None:
    async with looking(small) as board:
        assert "driven by" not in board.text
        await board.press("enter")
        assert "driven by  web-push" in board.text
        assert "DATE01" in board.text
        await board.press("escape")
        assert "driven by" not in board.text


async def test_what_is_read_on_the_page_can_be_done_from_it(small: Session) -> None:
    async with looking(small) as board:
        await board.press("enter", "m", "l")
        assert "spring-launch" in board.foot or "apply" in board.foot
        assert "+1d" in board.state


async def test_folding_hides_and_says_how_much(small: Session) -> None:
    async with looking(small) as board:
        await board.press("G", "z")
        assert not board.shows("Profile API")
        assert board.row("IT").has("2")
        await board.press("enter")
        assert board.shows("Profile API")
        await board.press("Z")
        assert not board.shows("Web push")
        await board.press("Z")
        assert board.shows("Web push")


async def test_jumping_to_what_is_folded_unfolds_it(small: Session) -> None:
    async with looking(small) as board:
        await board.press("Z")
        view = board.app.screen
        view.trail.jump("initiatives", "profile-api")  # type: ignore[attr-defined]
        await board.rest()
        assert board.shows("Profile API")
        assert board.selected == "profile-api"


async def test_zoom_pan_fit_today(small: Session) -> None:
    async with looking(small) as board:
        axis = board.lines[2]
        await board.press("plus")
        assert board.lines[2] != axis
        await board.press("minus", "minus", "minus", "minus")
        assert "Q1" in board.lines[2]
        await board.press("0")
        assert board.lines[2] == axis
        await board.press("l", "l", "l", "l", "l", "l")
        assert board.lines[2] != axis
        await board.press("t")
        assert "▼" in board.lines[2] or "│" in board.lines[3]


async def test_next_conflict_goes_round(acme: Session) -> None:
    async with looking(acme) as board:
        first = board.selected
        seen = set()
        for _ in range(40):
            await board.press("right_square_bracket")
            seen.add(board.selected)
            if board.selected == first:
                break
        assert first in seen
        assert len(seen) > 3


async def test_the_filter_narrows_while_it_is_typed(small: Session) -> None:
    async with looking(small) as board:
        await board.press("slash", *"push")
        assert board.shows("Web push")
        assert not board.shows("Profile API")
        await board.press("enter")
        assert "/push" in board.header
        await board.press("escape")
        assert board.shows("Profile API")


async def test_an_empty_roadmap_says_how_to_begin(roadmap: Callable[[str], Session]) -> None:
    async with looking(roadmap('[roadmap]\ntitle = "New"\n')) as board:
        assert "Nothing is planned yet" in board.text
        assert "adds the first initiative" in board.text
        await board.press("j", "k", "m", "f", "x", "s", "e", "z", "Z", "plus", "G")
        assert "Nothing is planned yet" in board.text


async def test_a_key_that_cant_act_says_why(small: Session) -> None:
    async with looking(small) as board:
        await board.press("u")
        assert board.foot == "▲ Nothing to undo"
        await board.press("g", "m")
        assert "Select an initiative first" in board.foot
        await board.press("j")
        assert "edit" in board.foot


async def test_an_edit_moves_everything_that_hangs_on_it(small: Session) -> None:
    from planner.text.edits import SetKey

    async with looking(small) as board:
        before = board.row("Spring launch").finish
        view = board.app.screen
        view.changes.make(SetKey("initiatives", "web-push", ("estimate",), "1w"), "shorter")  # type: ignore[attr-defined]
        await board.rest()
        assert board.row("Spring launch").finish != before
        assert board.foot.startswith("· shorter: Spring launch")
        assert "1 unsaved" in board.header
        await board.press("u")
        assert board.foot == "· Undone: shorter"
        assert board.row("Spring launch").finish == before
        assert "●" not in board.header
        await board.press("U")
        assert board.row("Spring launch").finish != before


async def test_a_cell_that_is_computed_says_what_is_edited_instead(small: Session) -> None:
    async with looking(small, (120, 36)) as board:
        board.app.screen.trail.jump("initiatives", "web-push")  # type: ignore[attr-defined]
        await board.rest()
        titles = [column.name for column in board.app.screen.timeline.table.columns]  # type: ignore[attr-defined]
        await board.press(*["l"] * titles.index("finish"), "e")
        assert "finish is computed; this edits its deadline" in board.text
        await board.press("escape", *["l"] * (titles.index("float") - titles.index("finish")), "e")
        assert board.foot.startswith("▲ float is computed")
        assert not board.app.screen.is_modal


@pytest.mark.parametrize("size", SIZES[1:], ids=str)
async def test_freezes_are_named_in_full_where_there_is_room(
    acme: Session, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as board:
        assert "Summer sale" in board.lines[3]
        assert "Peak trading" in board.lines[3]


async def test_all_rows_from_the_first_where_the_launch_is_among_them(acme: Session) -> None:
    async with looking(acme, (200, 60)) as board:
        assert "▾ MARKETING" in board.lines[4]
        assert board.selected == "peak-readiness"


async def test_a_heading_names_some_of_the_critical_and_counts_the_others(
    roadmap: Callable[[str], Session],
) -> None:
    plan = "".join(f'[initiatives.w{at}]\nestimate = "1w"\n' for at in range(30))
    async with looking(roadmap(plan), (200, 60)) as board:
        await board.press("g")
        await board.rest()
        assert "w23 · 6 more" in board.text


async def test_work_said_to_be_active_before_its_time_waits_and_fills_no_future(
    acme: Session,
) -> None:
    """brand-site needs work that ends in April: begun today, it waits until then."""
    async with looking(acme, (200, 60)) as board:
        await board.press("slash", *"brand-site", "enter")
        await board.rest()
        before = board.row("Brand site relaunch on new CMS").bar
        assert "═" not in before
        await board.press("j", "j", "s")
        await board.rest()
        await board.press("down", "enter")
        await board.rest()
        assert acme.plan.roadmap.initiatives["brand-site"].status == "active"
        after = board.row("Brand site relaunch on new CMS").bar
        assert re.fullmatch("═+▒+", after)
        assert "waits until" in board.text
        assert after.count("▒") == len(before)
