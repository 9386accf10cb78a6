"""The driver that sends little: of what is drawn what differs, in few colour codes.

It asks for little, too: of the mouse its buttons and wheel, and where it goes while one is held. A
move without a button means nothing on any screen, and over ssh each is a packet both ways.
"""

from __future__ import annotations

from typing import Any

from planner.text.ascii import in_ascii
from planner.tui.shell.listening import ListeningDriver
from planner.tui.shell.placing import placed
from planner.tui.shell.shown import Shown

MOUSE = (1000, 1002, 1006)
"""Modes of the mouse: its buttons, its moves while one is held, both in numbers of any size."""


class LeanDriver(ListeningDriver):
    """The usual driver, with what it writes made shorter, and kept on its columns."""

    def __init__(self, app: Any, **options: Any) -> None:
        self._shown = Shown()
        self._ascii_only = bool(app.ascii_only)
        super().__init__(app, **options)

    def write(self, data: str) -> None:
        """Write of `data` what the terminal does not show already, in signs that it can draw."""
        if self._ascii_only:
            data = in_ascii(data)
        if new := self._shown.update(data):
            super().write(placed(new))

    def forget(self) -> None:
        """The terminal may show anything: the next picture is sent whole."""
        self._shown.forget()

    def _enable_mouse_support(self) -> None:
        self._turn_mouse("h")

    def _disable_mouse_support(self) -> None:
        self._turn_mouse("l")

    def _turn_mouse(self, on_or_off: str) -> None:
        if self._mouse:
            self.write("".join(f"\x1b[?{mode}{on_or_off}" for mode in MOUSE))
            self.flush()
