"""The options of a launch: the answer, the curve, a set applied and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from threading import Event
from time import sleep

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.analysis.aiming import Aim
from planner.conflicts.option_trials import Each
from planner.plan.model import Plan
from planner.session.session import Session
from planner.text.edits import RemoveKey, SetKey
from planner.tui.views import options_aims
from planner.tui.views.options import OptionsView
from tests.pages.test_curve import priced
from tests.tui.looking import Looked, looking

WIDE, NARROW, SMALL, ROOMY = (120, 36), (80, 24), (60, 15), (200, 60)
LAUNCH = "peak-readiness"


def view(screen: Looked) -> OptionsView:
    assert isinstance(screen.app.screen, OptionsView)
    return screen.app.screen


async def settled(screen: Looked) -> Looked:
    """Wait until the answer, the curve and what follows of the marked set are known."""
    shown = view(screen)

    def known() -> bool:
        answered = shown.aim is not None and shown.aims.priced is not None
        tried = shown.marked is None or shown.consequence is not None
        return (shown.dates.day is None or answered) and tried

    return await screen.until(known)


async def opened(screen: Looked, id: str = LAUNCH) -> Looked:
    screen.app.desk.selected = ("initiatives", id)
    await screen.press("2", "1")
    screen.app.screen.select("initiatives", id)  # type: ignore[attr-defined]
    await screen.press("f")
    return await settled(screen)


async def by_palette_soon(screen: Looked, id: str) -> Looked:
    screen.app.screen.select("initiatives", id)  # type: ignore[attr-defined]
    return await screen.press(":", *"options", "enter")


async def by_palette(screen: Looked, id: str) -> Looked:
    return await settled(await by_palette_soon(screen, id))


def bytes_of(session: Session) -> dict[str, bytes]:
    return {one.file: one.to_bytes() for one in session.workspace.documents}


async def test_a_late_launch_is_brought_back_on_time_and_undone(acme: Session) -> None:
    priced(acme)
    before = bytes_of(acme)
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        shown = view(screen)
        assert shown.dates.day == date(2027, 10, 8)
        assert "√ Yes, 8 Oct: " in screen.text
        assert "for €5k" in screen.text
        assert re.search(r"^ total +€1k +€2k +€3k +€4k +€5k +€7\.4k", screen.text, re.M)
        assert "↑ worth aiming for: the next day costs €2.4k and saves €2.2k" in screen.text
        assert re.search(r"▸ best .* €5k +8 Oct +Marketing +nothing$", screen.text, re.M)
        assert re.search(r"no money .* €0 +8 Oct +Marketing +certainty$", screen.text, re.M)
        assert "marketing.toml: lifecycle-journeys.estimate" in screen.text
        assert "cost.marketing +€5k" in screen.text
        assert "on time" in screen.line_with(" then ")
        steps = acme.history.undo_label
        await screen.press("enter")
        await settled(screen)
        dates = acme.plan.schedule.get(LAUNCH)
        assert dates is not None
        assert dates.finish == date(2027, 10, 8)
        assert acme.plan.schedule.missed(LAUNCH) is None
        assert "√ On time: finish 8 Oct" in screen.text
        assert acme.history.undo_label != steps
        await screen.press("u")
        await settled(screen)
        assert bytes_of(acme) == before
        assert acme.history.undo_label == steps
        assert "√ Yes, 8 Oct: " in screen.text


async def test_another_set_and_another_date(acme: Session) -> None:
    priced(acme)
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("l")
        await settled(screen)
        assert view(screen).dates.day == date(2027, 10, 7)
        assert "to reach 7 Oct" in screen.text
        assert "€7.4k" in screen.line_with("▸ best")
        await screen.press("h", "h")
        await settled(screen)
        assert view(screen).dates.day == date(2027, 10, 11)
        assert "€4k" in screen.line_with("▸ best")
        await screen.press("l")
        assert view(screen).aim is not None, "what was looked at is known"
        await settled(screen)
        await screen.press("j")
        await settled(screen)
        marked = view(screen).marked
        assert marked is not None
        assert marked[0].kind == "no money"
        assert "▸ no money" in screen.text
        assert "peak-campaign.needs" in screen.text
        await screen.press("y")
        assert "Copied planner " in screen.foot
        await screen.press("enter")
        assert acme.history.undo_label == marked[0].title
        await screen.press("escape")
        assert screen.app.screen.id != "options"
        assert not isinstance(screen.app.screen, OptionsView)


async def test_what_gives_something_up_stands_last_and_apart(acme: Session) -> None:
    async with looking(acme, ROOMY) as screen:
        await opened(screen)
        found = view(screen).aim
        assert found is not None
        lossy = [one.gives_up for one, _ in found.sets]
        assert lossy == sorted(lossy)
        assert any(lossy)
        assert not lossy[0]
        text = screen.text
        assert text.index("▸ best") < text.index("never applied unless chosen")
        assert text.index("never applied unless chosen") < text.index("scope ")
        await screen.press("G")
        assert view(screen).marked == found.sets[-1]
        await screen.press("g")
        assert view(screen).marked == found.sets[0]


async def test_without_a_price_the_curve_is_of_what_costs_nothing(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        assert {*screen.line_with(" total ").split()[1:]} == {"€0"}
        assert not set("▂▃▄▅▆▇█") & set(screen.text)
        assert "nobody has priced" in screen.text


async def test_a_price_that_nobody_wrote_is_asked_for_and_kept(acme: Session) -> None:
    before = bytes_of(acme)
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("$")
        assert "consent-signals" in screen.text
        await screen.press(*"lifecycle", "enter")
        assert "to 20d, cost" in screen.text
        await screen.press(*"5000", "enter")
        await settled(screen)
        written = acme.plan.written("initiatives", "lifecycle-journeys")
        assert written["accelerate"] == {"to": "20d", "cost": 5000}
        assert "for €5k" in screen.text
        await screen.press("u")
        await settled(screen)
        assert bytes_of(acme) == before


async def test_a_set_is_tried_in_the_what_if(acme: Session) -> None:
    priced(acme)
    before = bytes_of(acme)
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        await screen.press("T")
        assert acme.what_if is not None
        assert [one.label for one in acme.what_if.edits] == ["accelerate lifecycle-journeys to 4w"]
        acme.drop_what_if()
        assert bytes_of(acme) == before


async def test_a_launch_on_time_says_so_and_how_much_earlier_it_could_be(acme: Session) -> None:
    priced(acme)
    acme.apply(SetKey("initiatives", LAUNCH, ("deadline",), date(2027, 10, 29)))
    async with looking(acme, WIDE) as screen:
        await by_palette(screen, LAUNCH)
        assert "√ On time: finish 15 Oct" in screen.text
        assert view(screen).dates.day == date(2027, 10, 14)
        assert "for €1k" in screen.text
        assert re.search(r"^ finish +14 Oct +13 ", screen.text, re.M)


DONE = """
[roadmap]
start = 2027-03-01
status_date = 2027-03-22
[initiatives.fair]
kind = "milestone"
status = "done"
actual_start = 2027-03-10
actual_finish = 2027-03-10
deadline = 2027-03-05
[initiatives.alone]
kind = "milestone"
finish_no_earlier_than = 2027-06-10
deadline = 2027-06-01
"""


async def test_where_nothing_can_be_won_it_says_why(roadmap: Callable[[str], Session]) -> None:
    async with looking(roadmap(DONE)) as screen:
        await by_palette(screen, "fair")
        assert "its dates are actual dates" in screen.text
        await screen.press("enter", "l", "j", "y")
        assert not screen.app.desk.session.unsaved
        await screen.press("escape")
        assert not isinstance(screen.app.screen, OptionsView)


@pytest.mark.one_in(2)
@pytest.mark.parametrize("size", [SMALL, NARROW, WIDE, ROOMY])
async def test_the_answer_the_sets_and_the_marked_one_have_room(
    acme: Session, size: tuple[int, int]
) -> None:
    priced(acme)
    async with looking(acme, size) as screen:
        await opened(screen)
        assert "√ Yes, 8 Oct" in screen.text
        assert ("worth aiming for" in screen.text) is (size != SMALL)
        assert len(re.findall(r"^ (?:▸| ) (?:best|no money|only IT) ", screen.text, re.M)) == 3
        assert "estimate" in screen.text
        assert re.search(r"Peak freeze 8 Oct −5d", screen.text) or size == SMALL


async def test_f_on_a_late_launch_opens_them_in_every_view(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        for key in "12345":
            await screen.press(key)
            await screen.rest()
            screen.app.screen.select("initiatives", LAUNCH)  # type: ignore[attr-defined]
            await screen.rest()
            name = screen.app.screen.view_name  # type: ignore[attr-defined]
            assert screen.selected == LAUNCH, name
            await screen.press("f")
            assert isinstance(screen.app.screen, OptionsView), name
            await screen.press("escape")
            assert screen.app.screen.view_name == name


async def test_f_in_a_conflict_that_is_no_late_launch_shows_its_fixes(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await screen.press("2")
        await screen.rest()
        await screen.press("j", "f")
        await screen.rest()
        assert not isinstance(screen.app.screen_stack[0], OptionsView)
        assert "LINK04" in screen.text


async def test_a_change_of_somebody_else_is_asked_for_anew(acme: Session) -> None:
    priced(acme)
    async with looking(acme, WIDE) as screen:
        await opened(screen)
        acme.apply(RemoveKey("initiatives", "lifecycle-journeys", ("accelerate",)))
        view(screen).catch_up()
        await settled(screen)
        assert "for €5k" not in screen.text
        assert "√ Yes, 8 Oct" in screen.text


async def test_a_long_search_says_how_far_it_is_and_escape_gives_it_up(
    acme: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = Event()

    def endless(_plan: Plan, _id: str, _day: date, each: Each) -> Aim:
        try:
            while True:
                each()
                sleep(0.01)
        finally:
            ended.set()

    with monkeypatch.context() as patched:
        patched.setattr(options_aims, "aim", endless)
        patched.setattr(options_aims, "TELL", 0.1)
        async with looking(acme) as screen:
            await by_palette_soon(screen, LAUNCH)
            shown = view(screen)
            for _ in range(100):
                if "schedules tried" in screen.text:
                    break
                await screen.pilot.pause(0.05)
            assert re.search(r"trying options for 8 Oct … \d+ schedules tried", screen.text)
            await screen.press("j", "l", "enter", "y")
            assert not acme.unsaved
            await screen.press("escape")
            assert not isinstance(screen.app.screen, OptionsView)
            assert ended.wait(30), "a search that nobody waits for goes on"
            assert shown.aim is None
            patched.undo()
            await by_palette(screen, LAUNCH)
            assert "√ Yes, 8 Oct" in screen.text


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x36"])
@pytest.mark.parametrize("with_prices", [True, False], ids=["prices", "free"])
async def test_looks(
    acme: Session, snapshot: SnapshotAssertion, size: tuple[int, int], with_prices: bool
) -> None:
    if with_prices:
        priced(acme)
    async with looking(acme, size) as screen:
        await opened(screen)
        assert screen.body == snapshot


async def test_looks_empty(roadmap: Callable[[str], Session], snapshot: SnapshotAssertion) -> None:
    async with looking(roadmap(DONE)) as screen:
        await by_palette(screen, "fair")
        assert screen.body == snapshot
