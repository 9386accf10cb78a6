"""One legend: a glyph stands for the same on the board, in `show`, on the path and in the help."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import pytest
from textual.containers import VerticalScroll

from planner.cli.shared.timeline import timeline_text
from planner.pages.signs import BARS, LEGEND, STATUS
from planner.session.session import Session
from planner.tui.shell.actions import ACTIONS
from planner.tui.shell.app import VIEWS
from tests.tui.looking import looking

EVERY_BAR = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-22
[teams.web]
portfolio = "it"
[freezes.sale]
start = 2027-06-14
end = 2027-06-30
[initiatives.finished]
owner = "web"
estimate = "2w"
status = "done"
actual_start = 2027-03-01
actual_finish = 2027-03-12
[initiatives.under-way]
owner = "web"
estimate = "9w"
status = "active"
actual_start = 2027-03-08
[initiatives.to-do]
owner = "web"
estimate = "3w"
[initiatives.no-estimate]
owner = "web"
[initiatives.an-idea]
owner = "web"
estimate = "3w"
status = "proposed"
[initiatives.on-the-path]
owner = "web"
estimate = "12w"
[initiatives.shelved]
owner = "web"
estimate = "3w"
status = "dropped"
[initiatives.launch]
portfolio = "it"
estimate = "0d"
needs = ["on-the-path"]
deadline = 2027-06-18
"""
DRAWN = {glyph for glyph, _ in BARS} - {"│"}
"""What is drawn of an initiative itself; today stands behind all of them."""


@pytest.fixture
def every(roadmap: Callable[[str], Session]) -> Session:
    """One initiative for each kind of bar."""
    return roadmap(EVERY_BAR)


def test_no_glyph_stands_for_two_things_in_one_list() -> None:
    for heading, signs in LEGEND:
        glyphs = [glyph for glyph, _ in signs]
        assert len(glyphs) == len({*glyphs}), heading
        assert len(signs) == len({meaning for _, meaning in signs}), heading


async def test_show_draws_what_the_board_draws(every: Session) -> None:
    printed = [*timeline_text(every.plan, 200)]
    async with looking(every, (200, 60)) as board:
        for id, initiative in every.plan.roadmap.initiatives.items():
            shown = next(line for line in printed if f" {id} " in line)
            assert DRAWN & {*shown} == DRAWN & {*board.row(id).line}, id
            assert STATUS[initiative.status] in shown
            assert STATUS[initiative.status] in board.row(id).line


async def test_what_is_frozen_does_not_look_like_work(every: Session) -> None:
    async with looking(every, (120, 36)) as board:
        bar = board.row("to-do").line
        assert "▒" in bar
        assert not {"░", "▓"} & {*bar}
        assert ":::" in bar


def test_the_legend_of_show_is_that_of_the_help(every: Session) -> None:
    legend = [*timeline_text(every.plan, 120)][-2]
    assert all(f"{glyph} {meaning}" in legend for glyph, meaning in BARS)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", VIEWS)
async def test_the_help_is_one_page_and_explains_every_sign(name: str, acme: Session) -> None:
    async with looking(acme, (120, 36)) as board:
        await board.press(*(ACTIONS[name].keys[:1] or (":", *name, "enter")))
        await board.press("question_mark")
        assert board.app.screen.query_one(VerticalScroll).max_scroll_y == 0
        assert "Quit" in board.text
        for glyph, meaning in chain.from_iterable(signs for _, signs in LEGEND):
            assert f"{glyph} {meaning}" in board.text
