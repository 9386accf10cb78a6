"""While a large roadmap is read: the board's frame at once, the board when there is one.

Reading ten thousand initiatives takes longer than a person waits for a first sign of life (a first
paint at 3.5 × a bare app's instead of 1.5 ×; goal: 2.5), so it happens in a thread. What is on
screen meanwhile has the board's lines in the board's places, and says what is being done; keys that
are typed early wait for the board. What can't be read is left to whoever started the app.
"""

from __future__ import annotations

import gc
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from planner.session.session import Opening, OpeningStep, Session
from planner.text.visible import visible
from planner.tui.lines.cells import Look, fitted, strip
from planner.tui.lines.frame import lines_at
from planner.tui.shell.app import PlannerApp
from planner.tui.shell.own_keys import DEFAULTS, InForce
from planner.tui.shell.themes import Role, palette
from planner.tui.shell.toolkit import end_with

LARGE = 200_000
"""Bytes from which reading a roadmap is slower than an app takes to start."""

STOP = ("escape", "ctrl+c", "ctrl+q")
KEYS = " esc stop"
WORDS: dict[OpeningStep, str] = {"reading": "Reading", "scheduling": "Scheduling"}


def size_of(path: Path) -> int:
    """How many bytes a roadmap may have, in one file or in a folder's; 0 where nobody can tell."""
    try:
        files = path.glob("*.toml") if path.is_dir() else [path]
        return sum(file.stat().st_size for file in files)
    except OSError:
        return 0


class Frame(Widget):
    """Where the board's lines will be, and what is being done until they come."""

    DEFAULT_CSS = "Frame { width: 1fr; height: 1fr; background: $ground; }"

    def __init__(self, path: Path, size: int) -> None:
        super().__init__()
        self._called = visible(path.name or str(path))
        self._much = f"{size / 1e6:.1f} MB"
        self._step: OpeningStep = "reading"

    def show(self, step: OpeningStep) -> None:
        """Say what is being done now; draws only where that is something else."""
        if step != self._step:
            self._step = step
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Header, state line, axis, rows, details, footer: grounds, and words in three of them."""
        head: dict[int, tuple[str, Role]] = {
            0: (f" {self._called}", "strong"),
            1: (f" {WORDS[self._step]} {self._much} …", "dim"),
            self.size.height - 1: (KEYS, "text"),
        }
        words, role = head.get(y, ("", "text"))
        look: Look = (role, None, role == "strong")
        return strip([(fitted(words, self.size.width), look)], [], palette(self.app), self._on(y))

    def _on(self, y: int) -> Role:
        parts = lines_at(self.size.height)
        below = self.size.height - 1 - y
        if y == 0 or below == 0:
            return "bar-ground"
        return "panel-ground" if y < 2 + parts.axis or below <= parts.details else "ground"


class OpeningScreen(Screen[None]):
    """The frame alone."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame

    def compose(self) -> ComposeResult:
        """The frame."""
        yield self._frame


class OpeningApp(PlannerApp, inherit_bindings=False):
    """The planner on a roadmap that it reads itself.

    `session` is None until it is read; where it can't be, that error is the app's `fault`.
    """

    DEFAULT_MODE = "opening"

    def __init__(
        self, path: Path, opening: Opening, theme: str | None = None, own: InForce = DEFAULTS
    ) -> None:
        super().__init__(None, theme, own)
        self._opening = opening
        self._frame = Frame(path, size_of(path))
        self.add_mode("opening", lambda: OpeningScreen(self._frame))
        self.hold_keys()

    def on_mount(self) -> None:
        """Paint first, then read."""
        self.call_after_refresh(self._start)

    async def on_event(self, event: events.Event) -> None:
        """Stop on the keys that say so; all others wait."""
        if self.session is None and isinstance(event, events.Key) and event.key in STOP:
            self.exit()
        else:
            await super().on_event(event)

    def _start(self) -> None:
        self.run_worker(self._read, thread=True, exit_on_error=False, group="open")

    def _read(self) -> Session | None:
        """The session, read step by step; None where the app does not wait for it any more."""
        worker = get_current_worker()
        try:
            while not worker.is_cancelled:
                self.call_from_thread(self._frame.show, next(self._opening))
        except StopIteration as read:
            session: Session = read.value
            if not worker.is_cancelled:
                return session
            session.close()
        return None

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Go on with what was read; else end, and leave it to the caller to say why."""
        if event.worker.group != "open" or not event.worker.is_finished:
            return
        if isinstance(event.worker.result, Session):
            self._open(event.worker.result)
        elif isinstance(event.worker.error, Exception):
            end_with(self, event.worker.error)

    def _open(self, session: Session) -> None:
        keep_what_was_read()
        self.sit_down(session)
        self.switch_mode(self._own.view)
        self.join()
        self.call_after_refresh(self.let_keys_go)


def keep_what_was_read() -> None:
    """Collect garbage from now on, and none of what was read: it stays, and is never looked at.

    Of 10,000 initiatives a collection takes 12 ms, and 58 with all that was read (goal: 50).
    """
    gc.freeze()
    gc.enable()
