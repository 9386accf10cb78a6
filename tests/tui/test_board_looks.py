"""What the board looks like, as plain text: whole screens at two sizes, and when it is empty."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from planner.session.session import Session
from planner.tui.shell.app import PlannerApp
from tests.tui.looking import looking

LOOKS = ((80, 24), (120, 36))

PLAN = """
[roadmap]
title = "Spring 2027"
start = 2027-03-01
status_date = 2027-03-22
currency = "EUR"

[portfolios.marketing]
title = "Marketing"
[portfolios.it]
title = "IT"
[teams.crm]
portfolio = "marketing"
[teams.data]
portfolio = "it"
[groups.customer]
title = "Customer platform"
[freezes.easter]
title = "Easter freeze"
start = 2027-05-10
end = 2027-05-21
[systems.cdp]
owner = "data"
[data.profile]
classification = "personal"
[outcomes.repeat]
title = "Customers come back"
value = 520000

[initiatives.api-gateway]
title = "API gateway"
owner = "data"
part_of = "customer"
estimate = "2w"
status = "done"
actual_start = 2027-03-01
actual_finish = 2027-03-12

[initiatives.profile-api]
title = "Profile API: who is this customer, everywhere"
owner = "data"
part_of = "customer"
status = "active"
actual_start = 2027-03-15
percent_complete = 25
estimate = ["3w", "4w", "7w"]
needs = ["api-gateway"]
introduces = ["cdp"]
processes = ["profile"]

[initiatives.tag-cleanup]
title = "Tag clean-up"
owner = "data"

[initiatives.web-push]
title = "Web push for returning visitors"
owner = "crm"
estimate = "3w"
needs = [{ on = "profile-api", delivers = "segments", asked = 2027-03-01 }]
outcomes = ["repeat"]

[initiatives.old-newsletter]
title = "Old newsletter"
owner = "crm"
status = "dropped"
estimate = "3w"

[initiatives.spring-launch]
title = "Spring launch"
portfolio = "joint"
estimate = "0d"
needs = ["web-push"]
deadline = 2027-04-26
outcomes = ["repeat"]
"""


@pytest.mark.parametrize("size", LOOKS, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_board(
    roadmap: Callable[[str], Session], snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with looking(roadmap(PLAN), size) as board:
        assert board.text == snapshot(name="opens on the launch that is late")
        await board.press("G", "k")
        await board.rest()
        assert board.text == snapshot(name="on work whose links are drawn")
        await board.press("z", "t")
        await board.rest()
        assert board.text == snapshot(name="a group folded, today near the left")
        await board.press("u")
        assert board.text == snapshot(name="a message over the keys")


@pytest.mark.parametrize("size", LOOKS, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_bar_in_hand(
    roadmap: Callable[[str], Session], snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with looking(roadmap(PLAN), size) as board:
        await board.press("g", "j", "m", "L", "L")
        await board.rest()
        assert board.text == snapshot


@pytest.mark.parametrize("size", LOOKS, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_pages_over_the_board(
    roadmap: Callable[[str], Session], snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with looking(roadmap(PLAN), size) as board:
        await board.press("enter")
        assert board.text == snapshot(name="details as a page")
        await board.press("escape", "question_mark")
        assert board.text == snapshot(name="help")


@pytest.mark.parametrize("size", LOOKS, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_empty(
    roadmap: Callable[[str], Session], snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with looking(roadmap('[roadmap]\ntitle = "New"\n'), size) as board:
        assert board.text == snapshot(name="nothing planned")
    async with looking(roadmap(PLAN), size) as board:
        await board.press("slash", *"zzz", "enter")
        assert board.text == snapshot(name="nothing matches the filter")


@pytest.mark.parametrize(
    ("term", "colorterm", "theme"),
    [
        ("linux", "", "planner-terminal"),
        ("screen", "", "planner-terminal"),
        ("dumb", "", "planner-terminal"),
        ("screen-256color", "", "planner-dark"),
        ("xterm", "truecolor", "planner-dark"),
    ],
)
async def test_a_terminal_of_sixteen_colours_keeps_its_own(
    small: Session, monkeypatch: pytest.MonkeyPatch, term: str, colorterm: str, theme: str
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", colorterm)
    assert PlannerApp(small).theme == theme
    assert PlannerApp(small, "light").theme == "planner-light"
