"""Looking at a running app as a person does: lines of text, and the keys one presses."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from planner.session.session import Session
from planner.tui.lines.footer import LongMessage
from planner.tui.shell.app import PlannerApp
from planner.tui.views.view import View

REST = 0.15
"""Longer than the cursor has to stay for lines and details to follow."""


class Looked:
    """A running app: what is on its screen, and a person at its keys."""

    def __init__(self, app: PlannerApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> Looked:
        """Press keys, and let everything that follows from them happen."""
        await self.pilot.press(*keys)
        await self.pilot.pause()
        return self

    async def rest(self) -> Looked:
        """Leave the cursor where it is until lines and details have come."""
        await self.pilot.pause(REST)
        await self.pilot.pause()
        return self

    async def until(self, true: Callable[[], bool]) -> Looked:
        """Wait for what is worked out beside the screen; a minute, which only a failure takes."""
        for _ in range(1200):
            if true():
                await self.pilot.pause()
                return self
            await self.pilot.pause(0.05)
        raise AssertionError(self.text)

    @property
    def lines(self) -> list[str]:
        """The screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    @property
    def body(self) -> str:
        """What the view itself draws, between the lines that all views have."""
        return "\n".join(self.lines[2:-1])

    def line_with(self, text: str) -> str:
        """The first line that has a text."""
        return next(line for line in self.lines if text in line)

    @property
    def header(self) -> str:
        """The first line."""
        return self.lines[0]

    @property
    def state(self) -> str:
        """The second line: what is wrong, or what an edit would do."""
        return self.lines[1].strip()

    @property
    def foot(self) -> str:
        """The last line: keys, or a message, however many lines that takes."""
        long = self.app.screen.query(LongMessage)
        count = long.first().size.height if long and long.first().display else 1
        return (
            " ".join(" ".join(self.lines[-count:]).split()) if count > 1 else self.lines[-1].strip()
        )

    def row(self, title: str) -> Row:
        """The row of the board that begins with a title (or as much of it as is shown)."""
        board = next(line for line in self.lines[3:] if _begins(line, title))
        return Row(board)

    def shows(self, title: str) -> bool:
        """Whether a row of the board has this title."""
        return any(_begins(line, title) for line in self.lines[3:])

    @property
    def selected(self) -> str | None:
        """The id of what is marked in the view, on which keys act."""
        view = self.app.screen_stack[0]
        return view.selected[1] if isinstance(view, View) and view.selected else None


class Row:
    """One row of the board, in words and glyphs."""

    def __init__(self, line: str) -> None:
        self.line = line

    @property
    def finish(self) -> str:
        """The last day in the row, ``"15 Oct"``."""
        return str(re.findall(r"\d{1,2} [A-Z][a-z]{2}", self.line)[-1])

    @property
    def bar(self) -> str:
        """The bar without what surrounds it."""
        found = re.search(r"[█▓▒░═□]+", self.line)
        return found.group() if found else ""

    def has(self, sign: str) -> bool:
        """Whether a glyph or a word is in the row."""
        return sign in self.line


def _begins(line: str, title: str) -> bool:
    words = re.sub(r"^[\s▾▹▸○●√◌‖×]+", "", line)
    shown = re.split(r"…|  ", words)[0].strip()
    return bool(shown) and (shown == title or ("…" in words and title.startswith(shown)))


@asynccontextmanager
async def looking(
    session: Session, size: tuple[int, int] = (80, 24), theme: str = "dark"
) -> AsyncIterator[Looked]:
    """The app on a session, in a terminal of columns × rows, its first screen drawn."""
    app = PlannerApp(session, theme)
    async with app.run_test(size=size, notifications=True) as pilot:
        looked = Looked(app, pilot)
        await looked.rest()
        yield looked


SIZES: Sequence[tuple[int, int]] = ((80, 24), (120, 36), (200, 60))
"""The sizes at which every screen has to work."""
