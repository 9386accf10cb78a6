"""The Status view: cards in columns and lanes, moving them with their dates, and what follows."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.session.session import Session
from planner.tui.dialogs.ask import AskDialog
from planner.tui.dialogs.status import StatusDialog
from planner.tui.views.statuses import StatusesView
from tests.terminals import Terminal
from tests.tui.conftest import TODAY
from tests.tui.looking import Looked, looking

WIDE, NARROW = (120, 36), (80, 24)
ON, BACK = "greater_than_sign", "less_than_sign"


def view(screen: Looked) -> StatusesView:
    assert isinstance(screen.app.screen, StatusesView)
    return screen.app.screen


async def at(screen: Looked, id: str) -> Looked:
    """The view, opened on a card."""
    if isinstance(screen.app.screen, StatusesView):
        view(screen).select("initiatives", id)
    screen.app.desk.selected = ("initiatives", id)
    await screen.press("5")
    return await screen.rest()


def written(session: Session, id: str) -> dict[str, object]:
    """The status and the actual dates that the file has."""
    keys = ("status", "actual_start", "actual_finish")
    found = session.plan.written("initiatives", id)
    return {key: found[key] for key in keys if key in found}


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_looks(acme: Session, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with looking(acme, size) as screen:
        await at(screen, "api-gateway")
        assert screen.body == snapshot(name="on a card")
        await screen.press(ON)
        await screen.rest()
        assert screen.body == snapshot(name="moving it")
        await screen.press("escape", "z")
        await screen.rest()
        assert screen.body == snapshot(name="folded open")
        view(screen).filtering.set("nothing-has-this")
        await screen.rest()
        assert screen.body == snapshot(name="filtered to nothing")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_empty(tmp_path: Path, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    (tmp_path / "none.toml").write_text('[roadmap]\ntitle = "None"\n', encoding="utf-8")
    async with looking(Session.open(tmp_path / "none.toml", today=TODAY), size) as screen:
        await screen.press("5")
        await screen.rest()
        assert screen.body == snapshot


async def test_a_card_moves_with_its_date_and_the_plan_is_said_before(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await at(screen, "api-gateway")
        before = screen.text
        await screen.press(ON)
        assert "> done" in screen.text
        assert "actual_finish = 2027-03-22" in screen.text
        assert "influencer-pages 9 Jul −9d" in screen.text
        assert "DATE06 loyalty-relaunch" in screen.text
        assert not acme.unsaved
        await screen.press("e")  # all other keys wait
        assert "enter applies" in screen.foot
        await screen.press("escape")
        await screen.rest()
        assert [*screen.lines[2:-1]] == [*before.splitlines()[2:-1]]
        await screen.press(ON, "enter")
        await screen.rest()
        assert written(acme, "api-gateway") == {
            "status": "done",
            "actual_start": date(2027, 3, 1),
            "actual_finish": date(2027, 3, 22),
        }
        assert screen.selected == "api-gateway"
        assert view(screen).cards.column_of("api-gateway") == "done"
        await screen.press("u")
        assert written(acme, "api-gateway")["status"] == "active"
        assert screen.selected == "api-gateway"


async def test_two_steps_at_once_and_back_again_is_no_move(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await at(screen, "dam-cms-connector")
        await screen.press(ON, ON, ON)
        assert "last status" in screen.foot
        await screen.press(BACK)
        assert "> active" not in screen.text
        assert "< active" in screen.text
        await screen.press(BACK)
        assert not view(screen).in_hand
        await screen.press(ON, "enter")
        assert written(acme, "dam-cms-connector") == {
            "status": "active",
            "actual_start": date(2027, 3, 22),
        }


async def test_a_recorded_date_goes_only_when_asked_for(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await at(screen, "sending-domains")
        facts = written(acme, "sending-domains")
        await screen.press(BACK)
        assert f"removes status done and actual_finish {facts['actual_finish']}" in screen.text
        await screen.press("enter")
        assert isinstance(screen.app.screen, AskDialog)
        await screen.press("enter")  # the safe answer has the focus
        assert written(acme, "sending-domains") == facts
        await screen.press("escape", BACK, "enter", "right", "enter")
        assert written(acme, "sending-domains") == {
            "status": "active",
            "actual_start": facts["actual_start"],
        }


async def test_another_date_is_asked_for_in_the_dialog_of_any_status(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await at(screen, "api-gateway")
        await screen.press(ON, "s")
        dialog = screen.app.screen
        assert isinstance(dialog, StatusDialog)
        assert dialog.status == "done"
        await screen.press(*"2027-03-19", "enter")
        assert written(acme, "api-gateway")["actual_finish"] == date(2027, 3, 19)


async def test_what_has_no_step_says_so(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await at(screen, "sms-service")
        await screen.press(ON)
        assert "s sets any status" in screen.foot
        await at(screen, "peak-readiness")
        await screen.press(BACK)
        assert "s sets it" in screen.foot
        assert not view(screen).in_hand


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    ("size", "drawn"), [((200, 60), 5), ((120, 36), 5), ((80, 24), 3), ((60, 15), 1)]
)
async def test_every_card_can_be_reached_and_columns_come_along(
    acme: Session, size: tuple[int, int], drawn: int
) -> None:
    async with looking(acme, size) as screen:
        await at(screen, "preference-centre")
        cards = view(screen).cards
        assert len(cards.laid.drawn) == drawn
        found = []
        for _ in range(5):
            await screen.press("g", "g")
            assert cards.cursor is not None
            found.append(cards.cursor.column)
            assert cards.cursor.column in cards.laid.drawn
            assert screen.selected == cards.cursor.id
            await screen.press("G")
            await screen.rest()
            assert any("▸" in line and cards.cursor.id[:9] in line for line in screen.lines)
            await screen.press("l")
        assert found == ["later", "soon", "active", "done", "paused"]
        assert "after this one" in screen.foot
        hidden = cards.laid.hidden[0]
        assert len(hidden) == 5 - len(cards.laid.drawn)
        assert not hidden or "←" in screen.lines[2]
        assert all(len(line) <= size[0] for line in screen.lines)


async def test_lanes_by_something_else_and_a_folded_column_opens_for_what_is_in_it(
    acme: Session,
) -> None:
    async with looking(acme, WIDE) as screen:
        await at(screen, "customer-sso")
        lanes = []
        for _ in range(5):
            lanes.append(view(screen).lanes)
            assert screen.selected == "customer-sso"
            await screen.press("r")
            await screen.rest()
        assert sorted(lanes) == ["group", "journey", "outcome", "owner", "portfolio"]
        assert "dropped 1: z shows" in screen.text
        await screen.press("z")
        assert "× data-l" in screen.text
        await screen.press("z")
        assert "× data-l" not in screen.text
        await at(screen, "data-lake-pilot")
        assert screen.selected == "data-lake-pilot"


async def test_the_mouse_marks_a_card_opens_it_and_turns(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await at(screen, "api-gateway")
        y = next(at for at, line in enumerate(screen.lines) if "customer-sso" in line)
        x = screen.lines[y].index("customer-sso")
        await screen.pilot.click(offset=(x, y))
        assert screen.selected == "customer-sso"
        await screen.pilot.click(offset=(x, y))
        await screen.rest()
        assert "Customer identity" in screen.text
        assert not isinstance(screen.app.screen, StatusesView)


async def test_more_than_wip_is_told_at_the_lane_and_above(acme: Session) -> None:
    file = acme.path / "roadmap.toml"
    text = file.read_text(encoding="utf-8").replace("[checks]", "[checks]\nwip = { privacy = 0 }")
    file.write_text(text, encoding="utf-8")
    async with looking(Session.open(acme.path, today=TODAY), WIDE) as screen:
        await at(screen, "consent-platform")
        assert "Privacy office: 1 active, limit 0" in screen.lines[2]
        while view(screen).lanes != "owner":
            await screen.press("r")
        await screen.rest()
        assert "1 active, limit 0" in screen.line_with("─ Privacy office")


MANY = "".join(
    f'[initiatives.w{number}]\nportfolio = "{("marketing", "it", "joint")[number % 3]}"\n'
    for number in range(1_000)
)


def test_in_a_terminal_a_step_repaints_two_cards(tmp_path: Path) -> None:
    """Of a plan of which the findings are not known at first."""
    path = tmp_path / "many.toml"
    path.write_text(MANY, encoding="utf-8")
    command = [sys.executable, "-m", "planner", "--as-of", "2027-03-22", str(path)]
    with Terminal(command, 120, 36, XDG_STATE_HOME=str(tmp_path)) as terminal:
        terminal.wait_for("w12")
        terminal.press("5")
        terminal.wait_for("soonest first", "▸○")
        terminal.settle()
        terminal.press("j")
        terminal.settle()
        size, _ = terminal.timed("j")
        assert size <= 800
        terminal.press("q")
        assert terminal.wait_exit() == 0
