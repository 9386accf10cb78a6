"""The page of rules: the reference of `planner explain`, with what speaks in the plan."""

from __future__ import annotations

from planner.conflicts.registry import RULES
from planner.session.session import Session
from planner.text.edits import SetKey
from planner.tui.views.rules import RulesView
from tests.tui.looking import Looked, looking

WIDE, NARROW = (120, 36), (80, 24)


def view(screen: Looked) -> RulesView:
    assert isinstance(screen.app.screen, RulesView)
    return screen.app.screen


def line_with(screen: Looked, text: str) -> str:
    return next(line for line in screen.lines[4:] if text in line).removeprefix("▸")


async def test_the_palette_leads_there(acme: Session) -> None:
    async with looking(acme, NARROW) as screen:
        await screen.press("colon", *"rules", "enter")
        await screen.rest()
        assert f"Rules · {len(RULES)}" in screen.lines[2]
        assert line_with(screen, "READ01").split()[:3] == ["✗", "READ01", "invalid-value"]


async def test_a_conflict_leads_to_its_rule_and_backspace_back(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await screen.press("2")
        await screen.rest()
        about = screen.selected
        await screen.press("F")
        await screen.rest()
        assert view(screen).listing.row is not None
        assert "DATE01 deadline-missed  error" in screen.text
        assert "the launch moves, and all that is planned around it" in screen.text
        await screen.press("backspace")
        await screen.rest()
        assert "Conflicts" in screen.lines[2]
        assert screen.selected == about


async def test_a_row_counts_what_its_rule_finds_here(acme: Session) -> None:
    async with looking(acme, WIDE) as screen:
        await screen.press("2", "F")
        await screen.rest()
        late = acme.plan.roadmap.initiatives["peak-readiness"].deadline
        assert late is not None
        assert line_with(screen, "DATE01").split()[3] == "1"
        acme.apply(SetKey("initiatives", "peak-readiness", ("deadline",), late.replace(month=12)))
        await screen.rest()
        assert line_with(screen, "DATE01").split()[3] != "1"
