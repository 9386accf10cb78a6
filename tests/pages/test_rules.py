"""The reference of a rule: `planner explain` and the rules view."""

from __future__ import annotations

import pytest

from planner.conflicts.registry import RULES
from planner.pages.rules import facts
from planner.tui.views.rules import told
from tests.cli.conftest import Run
from tests.pages import shown_on


@pytest.mark.parametrize("code", [*RULES])
def test_the_screen_says_what_the_command_says(run: Run, code: str) -> None:
    shown = shown_on(told(RULES[code], 100))
    assert run("explain", code).out.splitlines() == shown
    assert any(line.startswith("Why it matters to marketing: ") for line in shown)
    assert all(fact.text.split()[0] in " ".join(shown) for fact in facts(RULES[code]))
