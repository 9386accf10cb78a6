"""The network view: what is around an initiative, walking along it, and edits on the way."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from threading import current_thread, main_thread

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.analysis import network
from planner.plan.model import Plan
from planner.roadmap.output_network import HangingRow
from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.views.network import NetworkView
from tests.terminals import Terminal
from tests.tui.conftest import ROOT
from tests.tui.looking import Looked, looking


@pytest.fixture(autouse=True)
def graph_is_loaded() -> None:
    """The dependency graph is there: opening the view loads it in a thread."""
    import_module("networkx")


WIDE, NARROW = (120, 36), (80, 24)
SAMPLE = ROOT / "roadmaps" / "acme-2027"
HUB = "[initiatives.hub]\n" + "".join(
    f'[initiatives.successor-{number}]\nneeds = ["hub"]\n' for number in range(50)
)
CHAIN = "[initiatives.w0]\n" + "".join(
    f'[initiatives.w{number}]\nneeds = ["w{number - 1}"]\n' for number in range(1, 500)
)
CIRCLE = """
[initiatives.a]
needs = ["c"]
[initiatives.b]
needs = ["a"]
[initiatives.c]
needs = ["b"]
"""


def view(screen: Looked) -> NetworkView:
    assert isinstance(screen.app.screen, NetworkView)
    return screen.app.screen


async def around(screen: Looked, id: str) -> Looked:
    """The view, opened on an initiative."""
    await screen.press("colon", *id, "enter", "4")
    return await screen.rest()


def drawn(screen: Looked) -> set[tuple[str, str]]:
    """The links on the screen."""
    shown = view(screen).graph.drawn
    assert shown is not None
    return {*shown[1].links}


def extent(screen: Looked) -> tuple[int, int]:
    """How many columns are on the screen, and how many initiatives."""
    shown = view(screen).graph.drawn
    assert shown is not None
    return shown[1].extent


def columns(screen: Looked) -> int:
    """How many columns are on the screen."""
    shown = view(screen).graph.drawn
    assert shown is not None
    return len(shown[1].columns)


# --- what is shown --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["120x36", "80x24"])
async def test_looks(acme: Session, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with looking(acme, size) as screen:
        await around(screen, "customer-sso")
        assert screen.body == snapshot


async def test_it_opens_around_what_is_marked_and_says_how_much_is_shown(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await around(screen, "customer-sso")
        assert screen.selected == view(screen).center == "customer-sso"
        assert "around customer-sso · 1 step before, 2 steps after" in screen.lines[2]
        assert "10 of 38" in screen.lines[2]
        assert screen.lines[3].split("  ")[0].strip() == "1 step before"
        title = screen.line_with("▸● customer-sso")
        assert "│ ● api-gateway SS+5d─" in title
        assert "IT · 12 May · −5" in screen.text


async def test_what_is_said_of_the_marked_one(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await around(screen, "customer-sso")
        assert "12 initiatives · 3 launches · 8 handovers, ? 5 not agreed" in screen.text
        assert "9 of the 20 other open initiatives" in screen.line_with("bottleneck")
        waiting = "? segment-definitions 15d · ? loyalty-relaunch 5d · ? 1 not asked"
        assert waiting in screen.line_with("handovers  ")
        await screen.press("left")
        await screen.rest()
        assert screen.selected == "api-gateway"
        assert "22 initiatives · " in screen.text


@pytest.mark.one_in(2)
@pytest.mark.parametrize("size", [(60, 15), NARROW, WIDE, (200, 60)], ids=str)
async def test_at_every_size_the_marked_one_is_in_sight(
    acme: Session, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as screen:
        await around(screen, "customer-sso")
        assert sum("▸" in line for line in screen.lines) == 1
        for _ in range(3):
            await screen.press("right")
            assert sum("▸" in line for line in screen.lines) == 1
        await screen.pilot.resize_terminal(80, 24)
        await screen.rest()
        assert (screen.selected or "") in screen.line_with("▸")


async def test_without_a_mark_it_is_the_main_launch(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await screen.press("g", "4")
        await screen.rest()
        assert view(screen).center == "peak-readiness"


async def test_an_empty_roadmap_says_what_will_be_here(roadmap: Callable[[str], Session]) -> None:
    async with looking(roadmap("[roadmap]\n"), NARROW) as screen:
        await screen.press("4")
        await screen.rest()
        assert "No dependencies yet" in screen.text
        for key in ("right", "down", "full_stop", "plus", "enter", "pagedown", "G"):
            await screen.press(key)
        await screen.rest()
        assert screen.selected is None


async def test_a_circle_is_drawn(roadmap: Callable[[str], Session]) -> None:
    async with looking(roadmap(CIRCLE), NARROW) as screen:
        await around(screen, "a")
        assert drawn(screen) == {("a", "b"), ("b", "c"), ("c", "a")}
        assert screen.text.count("◀") == 3
        await screen.press("right", "right", "right")
        assert screen.selected == "a"


async def test_a_filter_is_told_and_dims_the_rest(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await around(screen, "customer-sso")
        await screen.press("slash", *"owner:crm", "enter")
        await screen.rest()
        assert "filter" in screen.lines[2]
        await screen.press("escape")
        await screen.rest()
        assert "filter" not in screen.lines[2]


# --- walking --------------------------------------------------------------------------------------


async def test_arrows_walk_along_the_lines(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await around(screen, "customer-sso")
        links = drawn(screen)
        await screen.press("right", "home")
        first = screen.selected or ""
        assert ("customer-sso", first) in links
        await screen.press("down")
        assert screen.selected != first
        await screen.press("up")
        assert screen.selected == first
        await screen.press("up")
        assert "First initiative" in screen.foot
        await screen.press("left")
        assert screen.selected == "customer-sso"
        await screen.press("left")
        assert screen.selected == "api-gateway"
        await screen.press("left")
        assert "api-gateway has no predecessors" in screen.foot
        await screen.press("right", "right", "right", "right")
        assert "not shown" in screen.foot
        assert view(screen).center == "customer-sso"


async def test_centring_and_the_way_back(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await around(screen, "customer-sso")
        await screen.press("right", "full_stop")
        await screen.rest()
        centre = screen.selected
        assert view(screen).center == centre != "customer-sso"
        await screen.press("full_stop")
        assert "already" in screen.foot
        await screen.press("left", "backspace")
        await screen.rest()
        assert view(screen).center == screen.selected == "customer-sso"
        await screen.press("backspace")
        await screen.rest()
        assert not isinstance(screen.app.screen, NetworkView)


async def test_steps(roadmap: Callable[[str], Session]) -> None:
    async with looking(roadmap(CHAIN), (200, 60)) as screen:
        await around(screen, "w250")
        shown = columns(screen)
        await screen.press("minus")
        assert columns(screen) == shown - 1
        await screen.press("plus", "plus")
        assert columns(screen) == shown + 1
        for _ in range(20):
            await screen.press("minus")
        assert "At least one step" in screen.foot
        assert columns(screen) == 2


async def test_more_steps_than_there_are_or_have_room_say_so(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await around(screen, "customer-sso")
        for _ in range(30):
            await screen.press("plus")
        assert screen.foot.startswith("▲ ")
        before = screen.lines[2]
        await screen.press("minus")
        await screen.rest()
        assert screen.lines[2] != before or "step" in screen.foot


@pytest.mark.parametrize("size", [WIDE, NARROW, (60, 15)], ids=["120x36", "80x24", "60x15"])
async def test_the_heading_is_whole_with_a_filter(acme: Session, size: tuple[int, int]) -> None:
    async with looking(acme, size) as screen:
        await around(screen, "customer-sso")
        await screen.press("1", "slash", *"cdp", "enter", "4")
        await screen.rest()
        assert " of 38" in screen.lines[2]
        assert "…" not in screen.lines[2]
        assert ("filter" in screen.lines[2]) is (size != (60, 15))


@pytest.mark.one_in(2)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["120x36", "80x24"])
async def test_a_step_shows_more_or_less_or_says_why_not(
    acme: Session, size: tuple[int, int]
) -> None:
    async with looking(acme, size) as screen:
        for id in ("customer-sso", "server-side-tagging", "peak-readiness"):
            await around(screen, id)
            for key, way in (("plus", 1), ("minus", -1)):
                for _ in range(4):
                    await screen.press("escape")
                    before = extent(screen)
                    await screen.press(key)
                    after = extent(screen)
                    grown = (after > before) - (after < before)
                    assert grown == way or (not grown and screen.foot.startswith("▲ "))


async def test_keys_of_the_graph_say_where_there_is_none(
    roadmap: Callable[[str], Session], acme: Session
) -> None:
    async with looking(roadmap(""), NARROW) as screen:
        await screen.press("4")
        for key in ("left", "right", "plus", "minus"):
            await screen.press("escape", key)
            assert screen.foot.startswith("▲ "), key
    async with looking(acme, NARROW) as screen:
        await around(screen, "customer-sso")
        await screen.press("enter")
        for key in ("left", "right", "plus", "minus"):
            await screen.press(key)
            assert screen.foot.startswith("▲ "), key


async def test_all_successors_of_a_hub_can_be_reached(roadmap: Callable[[str], Session]) -> None:
    async with looking(roadmap(HUB), NARROW) as screen:
        await around(screen, "hub")
        assert "more" in screen.text
        await screen.press("right", "home")
        seen = set()
        for _ in range(120):
            seen.add(screen.selected)
            await screen.press("down")
        assert seen == {f"successor-{number}" for number in range(50)}


async def test_details_on_the_whole_screen(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await around(screen, "customer-sso")
        for close in ("enter", "escape", "backspace"):
            await screen.press("enter")
            await screen.rest()
            assert "▸" not in screen.text
            assert "Handovers from customer-sso" in screen.text
            assert "asked 1 Mar, unanswered 15d" in screen.text
            await screen.press("pagedown", "G", close)
            await screen.rest()
            assert "▸● customer-sso" in screen.text
            assert view(screen).center == "customer-sso"


async def test_the_mouse_marks(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await around(screen, "customer-sso")
        row = next(at for at, line in enumerate(screen.lines) if "○ loyalty-relaunch" in line)
        column = screen.lines[row].index("loyalty-relaunch")
        await screen.pilot.click(offset=(column, row))
        await screen.rest()
        assert screen.selected == "loyalty-relaunch"


# --- edits ----------------------------------------------------------------------------------------


async def test_links_are_added_and_removed_in_place(small: Session) -> None:
    async with looking(small, WIDE) as screen:
        await around(screen, "web-push")
        assert drawn(screen) == {("profile-api", "web-push"), ("web-push", "spring-launch")}
        await screen.press("d", *"tag-cleanup", "enter", "enter")
        await screen.rest()
        assert ("tag-cleanup", "web-push") in drawn(screen)
        assert screen.selected == view(screen).center == "web-push"
        await screen.press("D", "enter")
        await screen.rest()
        assert len(drawn(screen)) == 2
        await screen.press("u")
        await screen.rest()
        assert len(drawn(screen)) == 3


async def test_edits_keep_the_mark(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await around(screen, "customer-sso")
        await screen.press("right")
        marked = screen.selected or ""
        acme.apply(SetKey("initiatives", "customer-sso", ("remaining",), "12w"))
        await screen.rest()
        assert (screen.selected, view(screen).center) == (marked, "customer-sso")
        assert "IT · 12 May" not in screen.line_with("IT · ")
        await screen.press("equals_sign", *"3w", "enter")
        await screen.rest()
        assert acme.plan.tables["initiatives"][marked]["estimate"] == "3w"
        assert screen.selected == marked


async def test_what_is_dropped_leaves_the_graph(small: Session) -> None:
    async with looking(small, WIDE) as screen:
        await around(screen, "web-push")
        small.apply(SetKey("initiatives", "web-push", ("status",), "dropped"))
        await screen.rest()
        assert view(screen).center == "spring-launch"
        assert drawn(screen) == set()


async def test_the_path_and_the_answer_are_those_of_the_marked_one(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await around(screen, "customer-sso")
        await screen.press("right", "home")
        for _ in range(4):
            if screen.selected != "loyalty-relaunch":
                await screen.press("down")
        assert screen.selected == "loyalty-relaunch"
        assert view(screen).mark.supplier == "customer-sso"
        await screen.press("p")
        await screen.rest()
        assert "Path to Loyalty programme relaunch" in screen.text
        await screen.press("backspace")
        await screen.rest()
        assert screen.selected == "loyalty-relaunch"


async def test_a_large_plan_is_walked_beside_the_keyboard(
    roadmap: Callable[[str], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []
    compute = network.hanging

    def told(plan: Plan, id: str) -> HangingRow:
        threads.append(current_thread())
        return compute(plan, id)

    monkeypatch.setattr(network, "hanging", told)
    async with looking(roadmap(CHAIN), NARROW) as screen:
        await around(screen, "w250")
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert "▸○ w250" in screen.text
        assert "249 initiatives" in screen.text
    assert threads
    assert main_thread() not in threads


# --- in a terminal --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(60, 15), NARROW, WIDE, (200, 60)], ids=str)
def test_in_a_terminal_it_draws_what_the_command_prints(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    command = [sys.executable, "-m", "planner", str(SAMPLE), "--no-mouse"]
    columns, lines = size
    with Terminal(command, columns, lines, XDG_STATE_HOME=str(tmp_path)) as terminal:
        terminal.wait_for("Peak freeze")
        terminal.press(":", *"customer-sso", "enter")
        terminal.settle()
        terminal.press("4")
        terminal.wait_for("around customer-sso", "▸● custom", "api-g", "? 5 n")
        terminal.press("left")
        terminal.wait_for("▸● api-g")
        terminal.press(".")
        terminal.wait_for("around api-gateway")
        terminal.press("backspace")
        terminal.wait_for("around customer-sso")
        terminal.press("q")
        assert terminal.wait_exit() == 0
