"""A stage for dialogs: an app with only the dialog on it, and the roadmaps they are about."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from planner.conflicts.registry import RULES
from planner.session.session import Session
from planner.tui.shell.themes import THEMES

AS_OF = date(2027, 3, 1)

SPEAKING = ("READ01", "PLAN01", "PLAN02", "DATE01", "DATE05")
"""The rules that speak here, so that a rule more in the catalogue changes no picture."""

ROADMAP = f"""\
[checks]
ignore = {[code for code in RULES if code not in SPEAKING]}

[roadmap]
title = "Spring"
start = 2027-03-01
currency = "EUR"

[teams.crm]
title = "CRM and lifecycle"
portfolio = "marketing"
[teams.data]
title = "Data engineering"
portfolio = "it"
[people.ana]
name = "Ana Ruiz"
team = "crm"

[systems.cdp]
title = "Customer data platform"
owner = "data"
status = "live"

[outcomes.repeat]
title = "Repeat purchase"
value = 520000

# The consent banner comes first.
[initiatives.consent-api]
title = "Consent API"
owner = "data"
estimate = "4w"

[initiatives.segments]
title = "Customer segments"
owner = "data"
estimate = "2w"
uses = ["cdp"]

[initiatives.web-push]
title = "Web push for returning visitors"
owner = "crm"
estimate = ["2w", "3w", "5w"]
needs = ["consent-api"]
uses = ["cdp"]
outcomes = ["repeat"]
colour = "blue"

[initiatives.spring-launch]
title = "Spring launch"
kind = "milestone"
owner = "crm"
needs = ["web-push", {{ on = "segments", delivers = "audience export", agreed = 2027-02-15 }}]
deadline = 2027-04-16
"""


def spring(folder: Path, text: str = ROADMAP) -> Session:
    """A small roadmap: consent-api, then web-push, then the launch on 16 April."""
    path = folder / "spring.toml"
    path.write_text(text, encoding="utf-8")
    return Session.open(path, as_of=AS_OF, today=AS_OF)


class Stage(App[None]):
    """Shows one dialog and keeps what it returns."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, dialog: Screen[Any], theme: str = "planner-dark") -> None:
        super().__init__(ansi_color=theme == "planner-terminal")
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme
        self.animation_level = "none"
        self.dialog = dialog
        self.answers: list[Any] = []

    def on_mount(self) -> None:
        """The dialog is all there is."""
        self.push_screen(self.dialog, self.answers.append)

    @property
    def answer(self) -> Any:
        """What the dialog returned; fails while it is open."""
        assert self.answers, "the dialog is still open"
        return self.answers[0]


@asynccontextmanager
async def on_stage(
    dialog: Screen[Any], size: tuple[int, int] = (80, 24), theme: str = "planner-dark"
) -> AsyncIterator[Pilot[None]]:
    """The dialog in a terminal of this size, its first consequence worked out."""
    app = Stage(dialog, theme)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing is being worked out."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def type_in(pilot: Pilot[None], text: str) -> None:
    """Type a text, key by key, and wait for its consequence."""
    names = {" ": "space", "-": "minus", "+": "plus", ",": "comma", "/": "slash", ";": "semicolon"}
    await pilot.press(*(names.get(letter, letter) for letter in text))
    await settled(pilot)


def screen_text(app: App[Any]) -> str:
    """The screen as lines of text, without trailing blanks."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()
    rows = ["".join(segment.text for segment in strip)[:width].rstrip() for strip in lines]
    return "\n".join(rows[:height])
