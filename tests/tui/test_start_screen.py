"""What is shown where there is no roadmap yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.tui.shell.start import cannot_read, nothing_here
from tests.tui.test_colours import hard_to_read


async def test_what_is_told_is_wrapped_once() -> None:
    app = nothing_here("dark")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = [strip.text for strip in app.screen._compositor.render_strips()]
        first = next(at for at, line in enumerate(lines) if "There is no roadmap" in line)
        told = [line.strip() for line in lines[first : first + 3]]
        assert len(told[0]) > 60
        assert told[1].endswith("each side.")
        assert not told[2]


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (200, 60)])
async def test_a_file_that_cannot_be_read_leaves_room_for_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path("roadmap.toml")
    sides = "<<<<<<< a\ntitle = 1\n=======\ntitle = 2\n>>>>>>> b\n"
    file.write_text("\n" * 9 + sides + "\n" * 9, encoding="utf-8")
    app = cannot_read(PlannerError("markers are here", file="roadmap.toml", line=10), "dark")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        lines = [strip.text.strip() for strip in strips]
        assert any(line.startswith("✗   10 │ <<<<<<<") for line in lines)
        assert any(line.startswith("▸ Resolve") for line in lines)
        assert "Quit" in lines
        assert not hard_to_read(app)
        assert any("esc quit" in line for line in lines)
