"""A bug in what is worked out beside the screen ends the app as any other does."""

from __future__ import annotations

import pytest

from planner.conflicts import fixing
from planner.session.session import Session
from planner.text.edits import SetKey
from tests.tui.looking import Looked, looking


class Bug(Exception):
    """What no rule, fix or schedule should ever raise."""


def broken(*_: object, **__: object) -> None:
    raise Bug


async def ended(screen: Looked) -> None:
    """Wait until no thread works any more, and what they had to tell is told."""
    await screen.app.workers.wait_for_complete()
    await screen.pilot.pause()


THREADS = {
    "planner.tui.views.conflicts_offers.try_fixes": ["2", "j"],
    "planner.tui.views.agreements.slipped": ["6", "tab", "tab", "j"],
    "planner.tui.lines.weighing.weigh": ["e", "right", "0", "1"],
}
"""What is broken, and the keys that lead to it."""


@pytest.mark.parametrize("what", THREADS)
async def test_a_bug_in_a_thread_is_told_and_waited_for_by_nobody(
    acme: Session, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(what, broken)
    with pytest.raises(Bug):
        await ends(acme, *THREADS[what])


async def ends(session: Session, *keys: str) -> None:
    """Press keys, and wait for all that follows."""
    async with looking(session) as screen:
        await screen.press(*keys)
        await screen.rest()
        await ended(screen)


async def test_a_hand_over_is_worked_out_again_when_the_plan_has_changed(acme: Session) -> None:
    async with looking(acme, (120, 50)) as screen:
        await screen.press("6", "tab", "tab", "j")
        await screen.rest()
        await ended(screen)
        assert "by 5 working days" in screen.text
        acme.apply(SetKey("initiatives", "api-gateway", ("estimate",), "9w"))
        await screen.rest()
        await ended(screen)
        assert "by 5 working days" in screen.text


@pytest.mark.parametrize("keys", [["colon", *"pim-commerce", "enter", "f"], ["2", "j"]])
async def test_a_way_out_that_fails_is_told_and_the_screen_stays(
    acme: Session, monkeypatch: pytest.MonkeyPatch, keys: list[str]
) -> None:
    monkeypatch.setattr(fixing, "fixer_of", lambda _rule: broken)
    async with looking(acme, (120, 60)) as screen:
        await screen.press(*keys)
        await screen.rest()
        await ended(screen)
        assert "(Bug: )" in screen.text
