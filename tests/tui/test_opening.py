"""A large roadmap: the board's frame at once, the board when it is read, no key lost meanwhile."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from planner.errors import ReadError
from planner.session.session import Opening, Session
from planner.tui.board.axis import Axis
from planner.tui.board.detail import DetailPane
from planner.tui.board.timeline import Timeline
from planner.tui.shell.opening import OpeningApp
from tests.tui.looking import SIZES, Looked

WAIT = 10.0


class Slowly:
    """Opens a session in steps, and waits before the last one until it is told to go on."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.go_on = Event()

    def steps(self) -> Opening:
        yield "reading"
        yield "reading"
        yield "scheduling"
        assert self.go_on.wait(WAIT)
        return self.session


def app_on(steps: Opening) -> OpeningApp:
    return OpeningApp(Path("roadmaps/large.toml"), steps)


async def opened(looked: Looked, slowly: Slowly) -> None:
    slowly.go_on.set()
    await looked.app.workers.wait_for_complete()
    await looked.until(lambda: bool(looked.app.screen.query(Timeline)))


async def test_it_says_what_it_is_doing_before_there_is_a_plan(small: Session) -> None:
    slowly = Slowly(small)
    app = app_on(slowly.steps())
    async with app.run_test(size=(80, 24)) as pilot:
        looked = await Looked(app, pilot).rest()
        assert looked.header.strip() == "large.toml"
        assert looked.state.startswith("Scheduling")
        assert looked.foot == "esc stop"
        await opened(looked, slowly)
        assert "Small" in looked.header


async def test_keys_that_were_typed_early_act_on_the_board(small: Session) -> None:
    slowly = Slowly(small)
    app = app_on(slowly.steps())
    async with app.run_test(size=(80, 24)) as pilot:
        looked = Looked(app, pilot)
        await looked.press("slash", "w", "e", "b", "enter", "G")
        await opened(looked, slowly)
        assert looked.selected == "web-push"
        assert not looked.shows("Profile API")


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_jumps_when_the_board_comes(small: Session, size: tuple[int, int]) -> None:
    slowly = Slowly(small)
    app = app_on(slowly.steps())
    async with app.run_test(size=size) as pilot:
        looked = await Looked(app, pilot).rest()
        frame = app._frame
        grounds = [frame._on(y) for y in range(size[1])]
        await opened(looked, slowly)
        panels = [app.screen.query_one(kind).region for kind in (Axis, DetailPane)]
        lines = {y for region in panels for y in range(region.y, region.bottom)}
        assert {y for y in range(2, size[1]) if grounds[y] == "panel-ground"} == lines


async def test_escape_stops_reading(small: Session) -> None:
    slowly = Slowly(small)
    app = app_on(slowly.steps())
    async with app.run_test(size=(80, 24)) as pilot:
        await Looked(app, pilot).rest()
        await pilot.press("escape")
        slowly.go_on.set()
    assert app.return_code == 0
    assert app.session is None


async def test_what_cannot_be_read_is_left_to_the_caller() -> None:
    def steps() -> Opening:
        yield "reading"
        raise ReadError("expected the end of the line", file="large.toml", line=3)

    app = app_on(steps())
    with pytest.raises(ReadError):
        async with app.run_test(size=(80, 24)) as pilot:
            await Looked(app, pilot).rest()
    assert isinstance(app.fault, ReadError)
