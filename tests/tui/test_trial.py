"""What a person met in the real program at 80×24: every word can be read, nothing moves unasked."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from planner.analysis.path import lanes_of
from planner.conflicts.findings import Finding
from planner.pages.path_across import draw_across
from planner.query.filters import compile_filter, matching_findings
from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.board.bars import whole
from planner.tui.dialogs.prompt import FilterPrompt
from planner.tui.views.conflicts import ConflictsView
from tests.tui.conftest import SMALL
from tests.tui.looking import Looked, looking
from tests.tui.test_shell import view

LONG = (
    "it.toml could not be saved, because somebody else wrote it while you were editing it here, "
    "in the same table and the same key as you; reload to see their change, your own stays one "
    "undo away and nothing is lost"
)


async def conflicts(board: Looked) -> ConflictsView:
    await board.press("2")
    await board.rest()
    screen = view(board)
    assert isinstance(screen, ConflictsView)
    return screen


# --- filters in the conflicts view ----------------------------------------------------------------


def test_terms_about_findings_apply_to_the_findings_themselves(acme: Session) -> None:
    plan = acme.plan
    data = matching_findings("rule:data", plan)
    assert data
    assert all(finding.code.startswith("DATA") for finding in data)
    others = matching_findings("-rule:data", plan)
    assert len(data) + len(others) == len(plan.findings)
    one = matching_findings("rule:data severity:error", plan)
    assert {f.severity for f in one} <= {"error"}
    peak = matching_findings("peak", plan)
    ids = compile_filter("peak", plan).ids or frozenset()
    assert peak
    assert all(ids & {*finding.initiatives} for finding in peak)
    assert matching_findings("", plan) == list(plan.findings)


async def test_a_rule_in_the_filter_lists_that_rule_only_and_counts_agree(acme: Session) -> None:
    async with looking(acme) as board:
        screen = await conflicts(board)
        await board.press("slash", *"rule", "colon", *"data")
        await board.rest()
        prompt = board.app.screen
        assert isinstance(prompt, FilterPrompt)
        said = prompt.said
        await board.press("enter")
        await board.rest()
        codes = {row.of.code[:4] for row in screen.listing.rows if isinstance(row.of, Finding)}
        assert codes == {"DATA"}
        count = re.search(r"filter rule:data: (\d+)", board.text)
        assert count
        assert said.split()[0] == count[1]


# --- the page of one conflict ---------------------------------------------------------------------


async def test_the_page_of_a_conflict_starts_at_its_sentence_and_offers_its_keys(
    acme: Session,
) -> None:
    async with looking(acme) as board:
        screen = await conflicts(board)
        await board.press("g", "j")
        await board.rest()
        await board.until(lambda: screen.ways_out.complete)
        await board.press("enter")
        await board.rest()
        finding = screen.finding
        assert finding is not None
        assert screen.both.page.top == 0
        assert board.lines[3].strip().startswith(f"▲ {finding.message[:40]}")
        assert any(finding.code in line for line in board.lines[3:6])
        assert "enter apply" in board.foot
        assert "esc close" in board.foot
        await board.press("escape")
        await board.rest()
        assert "make the fix" not in board.foot


async def test_enter_never_makes_a_fix_that_is_not_in_view(acme: Session) -> None:
    async with looking(acme) as board:
        screen = await conflicts(board)
        await board.press("g", "j")
        await board.until(lambda: screen.ways_out.complete)
        await board.press("enter")
        await board.rest()
        in_view = screen.both.page.begins_in_view
        await board.press("enter")
        await board.rest()
        assert in_view or not acme.unsaved
        assert acme.unsaved or screen.both.page.begins_in_view


# --- marks that read without colour ---------------------------------------------------------------


async def test_the_cursor_of_the_conflicts_has_a_mark(acme: Session) -> None:
    async with looking(acme) as board:
        screen = await conflicts(board)
        await board.press("g")
        assert sum(line.startswith("▸") for line in board.lines) == 1
        await board.press("j")
        marked = [line for line in board.lines if line.startswith("▸")]
        assert screen.finding is not None
        assert len(marked) == 1
        assert screen.finding.code in marked[0]


@pytest.mark.parametrize("size", [(60, 15), (80, 24)])
async def test_keys_for_ends_and_pages_reach_every_fix(
    acme: Session, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as board:
        await board.press("f")
        await board.until(lambda: "▸" in board.text and "testing" not in board.text)
        first = board.line_with("▸")
        await board.press("G")
        last = board.line_with("▸")
        assert last != first
        await board.press("pageup", "pageup", "pageup", "pageup")
        if "▸" not in board.text:
            await board.press("enter")
            shown = board.line_with("▸")
            assert shown.rstrip("↑↓ ") == last.rstrip("↑↓ "), "what can't be read is not applied"
            assert not acme.unsaved
        else:
            assert size[1] > 15, "all of them have room"
        await board.press("g")
        assert board.line_with("▸") == first


async def test_the_chosen_fix_has_a_mark_and_the_first_three_stay_where_they_are(
    acme: Session,
) -> None:
    async with looking(acme) as board:
        await board.press("colon", *"pim-commerce", "enter", "f")
        seen: list[list[str]] = []
        for _ in range(60):
            await board.rest()
            fixes = [line for line in board.lines if "needs agreement" in line or "▸" in line]
            if fixes:
                seen.append([line for line in board.lines if "▸" in line])
            if "testing" not in board.text:
                break
        assert seen
        assert all(lines == seen[0] for lines in seen)
        places = [at for at, line in enumerate(board.lines) if "│ ▸ " in line]
        assert len(places) == 1
        await board.press("j")
        await board.rest()
        after = [at for at, line in enumerate(board.lines) if "│ ▸ " in line]
        assert len(after) == 1
        assert after != places


# --- messages -------------------------------------------------------------------------------------


async def test_a_long_message_is_wrapped_above_the_footer_until_the_next_key(
    small: Session,
) -> None:
    async with looking(small) as board:
        before = board.lines
        view(board).say(LONG, "error")
        await board.rest()
        words = " ".join(" ".join(board.lines[-4:]).split())
        assert LONG in words
        assert board.lines[:-4] == before[:-4]
        await board.press("k")
        await board.rest()
        assert "reload to see" not in board.text


async def test_the_last_messages_can_be_read_again(small: Session) -> None:
    async with looking(small) as board:
        view(board).say(LONG, "error")
        await board.press("y", "colon", *"messages", "enter")
        await board.rest()
        assert "Copied spring-launch" in board.text
        assert "nothing is lost" in board.text
        await board.press("escape")
        assert view(board)


async def test_reload_reads_the_files_and_leaves_edits_one_undo_away(small: Session) -> None:
    async with looking(small) as board:
        view(board).changes.make(SetKey("initiatives", "web-push", ("title",), "Push"), "renamed")
        await board.press("R", "right", "enter")
        await board.rest()
        assert board.shows("Web push")
        assert "u restores them" in " ".join(board.lines[-3:])
        await board.press("u")
        await board.rest()
        assert board.shows("Push")


async def test_reload_asks_before_it_leaves_edits_out_and_enter_keeps_them(small: Session) -> None:
    async with looking(small) as board:
        await board.press("R")
        assert "Reloaded from disk" in board.text
        view(board).changes.make(SetKey("initiatives", "web-push", ("title",), "Push"), "renamed")
        for key in ("enter", "escape"):
            await board.press("R")
            assert "Discard unsaved changes and reload?" in board.text
            assert "u restores them" in board.text
            await board.press(key)
            assert board.shows("Push")


# --- the board ------------------------------------------------------------------------------------


async def test_the_first_row_has_its_heading(acme: Session) -> None:
    async with looking(acme) as board:
        assert board.lines[3].startswith(" ▾ ")
        assert board.selected == "peak-readiness"
        assert board.shows("Peak freeze readiness")


async def test_an_edit_leaves_the_scale_as_it_is(acme: Session) -> None:
    async with looking(acme) as board:
        before = board.lines[2]
        view(board).changes.make(
            SetKey("initiatives", "peak-campaign", ("estimate",), "12w"), "longer"
        )
        await board.rest()
        assert "35d late" in board.header
        assert board.lines[2] == before
        await board.press("0")
        assert board.lines[2] != before


async def test_a_status_date_long_before_the_plan_takes_no_room(
    roadmap: Callable[[str], Session],
) -> None:
    early = SMALL.replace("status_date = 2027-03-01", "status_date = 2026-06-01")
    plan = roadmap(early).plan
    first, last = whole(plan)
    assert plan.schedule.start is not None
    assert first == plan.schedule.start
    assert plan.schedule.finish is not None
    assert last < plan.schedule.finish + (plan.schedule.finish - first)


async def test_the_end_of_help_is_one_key_away(acme: Session) -> None:
    async with looking(acme) as board:
        await board.press("question_mark", "G")
        await board.rest()
        assert "more below" in board.text
        await board.press("g")
        await board.rest()
        assert "Views" in board.text


# --- the header and the path ----------------------------------------------------------------------


async def test_the_name_of_the_launch_takes_the_room_there_is(
    roadmap: Callable[[str], Session],
) -> None:
    name = "Spring launch of the new shop and app"
    session = roadmap(SMALL.replace('title = "Spring launch"', f'title = "{name}"'))
    async with looking(session) as board:
        assert name[:30] in board.header
        await board.press("slash", *"spring", "enter")
        await board.rest()
        assert " ✗" in board.header


TWO = (
    SMALL
    + """
[initiatives.long-tail]
title = "Long tail"
owner = "data"
estimate = "30w"
[initiatives.autumn-launch]
title = "Autumn launch"
portfolio = "joint"
estimate = "0d"
needs = ["long-tail"]
"""
)
"""A launch that is late, and later on one that is not."""


async def test_the_path_leads_to_the_launch_that_is_late(
    roadmap: Callable[[str], Session],
) -> None:
    async with looking(roadmap(TWO)) as board:
        assert "Spring launch" in board.header
        await board.press("3")
        await board.rest()
        assert "Path to Spring launch" in board.text


async def test_a_heading_ends_in_a_whole_part_and_the_step_has_a_mark(acme: Session) -> None:
    async with looking(acme) as board:
        await board.press("3")
        await board.rest()
        assert board.lines[2].endswith("· 3 handovers, none agreed")
        assert sum(line.startswith("▸") for line in board.lines) == 1


def test_dates_below_two_bars_do_not_run_together(acme: Session) -> None:
    drawing = draw_across(lanes_of(acme.plan, "peak-readiness"), 118)
    text = ["".join(run.text for run in row) for row in drawing.rows]
    assert not any(re.search(r"\d+d \d", line) for line in text)
