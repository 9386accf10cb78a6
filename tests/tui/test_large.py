"""A large plan: dates first, findings when they are known, the keyboard never waits."""

from __future__ import annotations

from asyncio import create_task
from collections.abc import Callable, Iterator
from pkgutil import resolve_name
from threading import Event, current_thread, main_thread

import pytest

from planner.plan.model import Plan
from planner.session.session import Attempt, Session
from planner.text.edits import Edit, SetKey
from planner.tui.lines import weighing
from planner.tui.lines.weighing import Making, Weighing
from planner.tui.shell.checking import LARGE, known
from tests.tui.looking import Looked, looking


def large_roadmap() -> str:
    chain = (
        f'[initiatives.i{n}]\nestimate = "1d"\nowner = "t"\n'
        + (f'needs = ["i{n - 1}"]\n' if n else "")
        for n in range(LARGE)
    )
    head = '[roadmap]\ntitle = "Large"\nstart = 2027-03-01\nstatus_date = 2027-03-01\n'
    launch = f'[initiatives.launch]\nestimate = "0d"\nneeds = ["i{LARGE - 1}"]\n'
    return head + "".join(chain) + launch + "deadline = 2027-12-01\n"


async def checked(board: Looked) -> None:
    for _ in range(100):
        if known(board.app.desk.session.plan) and "looked for" not in board.text:
            return
        await board.rest()
    raise AssertionError(board.text)


async def test_dates_come_first_and_findings_follow(roadmap: Callable[[str], Session]) -> None:
    session = roadmap(large_roadmap())
    assert not known(session.plan)
    async with looking(session, (120, 36)) as board:
        assert "launch" in board.header
        await checked(board)
        assert "✗1" in board.header
        assert "launch is" in board.state


async def test_a_bar_in_hand_shows_the_date_at_once_and_the_rest_soon(
    roadmap: Callable[[str], Session],
) -> None:
    async with looking(roadmap(large_roadmap()), (120, 36)) as board:
        await checked(board)
        await board.press("g", "j", "m", "greater_than_sign")
        assert "+1d" in board.state
        for _ in range(100):
            if "late" in board.state:
                break
            await board.rest()
        assert "late" in board.state
        await board.press("enter")
        await checked(board)
        assert "✗1" in board.header


async def test_a_bar_in_hand_is_run_beside_the_keyboard_where_it_was_moved_last(
    roadmap: Callable[[str], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    threads, go, weigh = [], Event(), weighing.weigh

    def slow(session: Session, making: Making) -> Iterator[Weighing]:
        threads.append(current_thread())
        go.wait()
        yield from weigh(session, making)

    monkeypatch.setattr(weighing, "weigh", slow)
    session = roadmap(large_roadmap())
    async with looking(session, (120, 36)) as board:
        await checked(board)
        await board.press("g", "j", "m", *["greater_than_sign"] * 3)
        assert board.state == "…"
        go.set()
        await board.app.workers.wait_for_complete()
        await board.rest()
        assert "+3d" in board.state
        assert len(threads) == 2
        assert main_thread() not in threads
        await board.press("greater_than_sign", "enter")
        await board.app.workers.wait_for_complete()
        assert session.plan.written("initiatives", "i0")["estimate"] == "5d"


async def test_keys_that_need_an_edit_wait_for_it_and_others_do_not(
    roadmap: Callable[[str], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    go, attempt = Event(), Session.attempt

    def slow(session: Session, edit: Edit) -> Attempt:
        go.wait()
        return attempt(session, edit)

    monkeypatch.setattr(Session, "attempt", slow)
    session = roadmap(large_roadmap())
    async with looking(session, (120, 36)) as board:
        await board.press("g", "j", "m", "greater_than_sign", "enter", "j")
        assert board.selected == "i1"
        assert session.history.undo_label is None
        undoing = create_task(board.press("u"))
        go.set()
        await undoing
        await board.app.workers.wait_for_complete()
        await board.rest()
        assert session.history.redo_label == "i0 +1d longer"
        assert session.history.undo_label is None


async def test_a_save_leaves_the_keyboard_alive_and_quitting_waits_for_it(
    roadmap: Callable[[str], Session],
) -> None:
    session = roadmap(large_roadmap())
    async with looking(session, (120, 36)) as board:
        await board.press("g", "j", "m", "greater_than_sign", "enter", "w", "q")
        await board.app.workers.wait_for_complete()
        await board.rest()
        assert board.app.return_code == 0
    assert not session.unsaved
    assert 'estimate = "2d"' in session.path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("keys", "computed"),
    [
        ("6", "planner.tui.views.agreements.matrix_of"),
        ("gjm>\nw", "planner.session.session.Session.before_save"),
    ],
)
async def test_a_bug_beside_the_keyboard_ends_the_app_as_any_other(
    roadmap: Callable[[str], Session], monkeypatch: pytest.MonkeyPatch, keys: str, computed: str
) -> None:
    def fails(_: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(computed, fails)
    names = {">": "greater_than_sign", "\n": "enter"}

    async def use() -> None:
        async with looking(roadmap(large_roadmap()), (120, 36)) as screen:
            await screen.press(*(names.get(key, key) for key in keys))
            await screen.app.workers.wait_for_complete()
            await screen.rest()

    with pytest.raises(ZeroDivisionError):
        await use()


@pytest.mark.parametrize(
    ("key", "computed", "shown"),
    [
        ("6", "agreements.matrix_of", "Initiatives 301"),
        ("8", "outcomes.worth_of", "More orders"),
        ("c", "gaps.gaps_of", "Outcomes"),
    ],
)
async def test_what_takes_long_is_worked_out_beside_the_keyboard(
    roadmap: Callable[[str], Session],
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    computed: str,
    shown: str,
) -> None:
    session = roadmap(large_roadmap() + '[outcomes.orders]\ntitle = "More orders"\n')
    place = f"planner.tui.views.{computed}"
    threads, compute = [], resolve_name(place)

    def told(plan: Plan) -> object:
        threads.append(current_thread())
        return compute(plan)

    monkeypatch.setattr(place, told)
    async with looking(session, (120, 36)) as screen:
        await screen.press(key)
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        assert shown in screen.text
        edit = SetKey("outcomes", "orders", ("title",), "Fewer orders")
        session.apply(edit)
        await screen.app.workers.wait_for_complete()
        await screen.rest()
        if key == "8":
            assert "Fewer orders" in screen.text
    assert len(threads) >= 2
    assert main_thread() not in threads
