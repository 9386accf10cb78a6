"""What is shown where there is no roadmap yet."""

from __future__ import annotations

from planner.tui.start import nothing_here


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
