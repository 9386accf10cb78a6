"""The picture of the board in the README."""

from __future__ import annotations

import re
from pathlib import Path

from planner.session import Session
from planner.tui.app import PlannerApp

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / ".readme" / "board.svg"


async def picture() -> str:
    """The board of the sample roadmap at 120×36, as SVG."""
    app = PlannerApp(Session.open(ROOT / "roadmaps" / "acme-2027"), theme="dark")
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause(0.5)
        svg = app.export_screenshot(title="planner")
    return re.sub(r"terminal-\d+-", "terminal-", svg)
