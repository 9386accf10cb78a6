"""Why a date is what it is: `planner why`, the board's details and a path's say the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planner.analysis.path import lanes_of
from planner.pages.lines import Page, plain
from planner.pages.path_step import step_page
from planner.pages.why import driven_by
from planner.session.session import Session
from tests.cli.conftest import Run
from tests.tui.conftest import roadmap as roadmap
from tests.tui.looking import looking

WORKED = """
[roadmap]
start = 2027-01-04
status_date = 2027-01-11
[initiatives.begun]
estimate = "10d"
status = "active"
actual_start = 2027-01-06
[initiatives.overlapping]
estimate = "10d"
needs = ["begun SS+5d"]
[initiatives.bounded]
estimate = "5d"
start_no_earlier_than = 2027-02-01
[initiatives.open]
estimate = "3d"
[initiatives.late]
estimate = "3d"
as_late_as_possible = true
[initiatives.launch]
estimate = "2d"
needs = ["overlapping", "late", "bounded"]
deadline = 2027-02-03
"""
CAUSES = {
    "begun": ("its actual start, 6 Jan",),
    "overlapping": ("begun", "SS+5d, start 6 Jan"),
    "bounded": ("start_no_earlier_than 1 Feb",),
    "open": ("the status date, 11 Jan",),
    "late": ("as late as possible",),
    "launch": ("bounded (finish 5 Feb)",),
}


@pytest.mark.parametrize("id", [*CAUSES])
async def test_command_board_and_path_name_the_same_cause(
    run: Run, roadmap: Callable[[str], Session], tmp_path: Path, id: str
) -> None:
    session = roadmap(WORKED)
    dates = session.plan.schedule.get(id)
    assert dates is not None
    cause = " · ".join(plain(driven_by(session.plan, dates)))
    assert all(part in cause for part in CAUSES[id]), cause
    path = str(tmp_path / "roadmap.toml")
    said = run("why", id, "-r", path).out.splitlines()[1]
    assert said.endswith((f"driven by {cause}", f"placed {cause}"))
    async with looking(session, (120, 36)) as board:
        board.app.screen.trail.jump("initiatives", id)  # type: ignore[attr-defined]
        await board.rest()
        assert f"driven by  {cause}" in board.text
    page = step_page(session.plan, lanes_of(session.plan, id), id, (), 100)
    assert f"driven by  {cause}" in plain(page)


def test_a_phrase_that_is_wider_than_a_line_is_broken_between_its_words() -> None:
    page = Page(30)
    page.flow([(("alpha", "it"), (" 27 May – 8 Jul, and so on", "text")), (("end", "text"),)])
    assert [*plain(page.lines)] == ["alpha 27 May – 8 Jul, and so", "on · end"]


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_nothing_of_the_page_is_lost_at_any_width(run: Run, acme: str, width: int) -> None:
    wide = run("why", "peak-readiness", "-r", acme, "--width", "400").out
    lines = run("why", "peak-readiness", "-r", acme, "--width", str(width)).out.splitlines()
    assert max(map(len, lines)) <= width
    words = " ".join(lines).replace("·", " ").split()
    assert words == wide.replace("·", " ").split()
