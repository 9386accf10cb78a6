"""A new size is drawn once: nothing goes to the terminal until all widgets have taken theirs.

Textual draws a new size as soon as it knows where widgets are, again when they have other classes
for it, and again when each of them heard of its own; and it does all that for each of the twenty
sizes that dragging a window's edge goes through. On a slow line that is what a person waits for.
Here what is drawn meanwhile is held back, and then the whole screen is drawn as it has become. The
terminal is asked for its size again before that: the signal may come before the size it tells of.
"""

from __future__ import annotations

from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.timer import Timer

from planner.tui.shell import toolkit

QUIET = 0.04
"""Seconds without another size, or with widgets that are not drawn yet, before it is drawn."""
AT_MOST = 0.4
"""Seconds after which it is drawn all the same: who drags an edge sees where they are."""


class Resizing:
    """Knows whether a new size is on its way to the widgets."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._since: float | None = None
        self._timer: Timer | None = None

        self._seen = False

    @property
    def holds(self) -> bool:
        """Whether what is drawn now is to be held back."""
        return self._since is not None

    def begin(self) -> None:
        """The terminal has another size, or yet another; the first comes with the first picture."""
        if not self._seen:
            self._seen = True
            return
        self._since = monotonic() if self._since is None else self._since
        self._wait()

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(QUIET, self._look)

    def _look(self) -> None:
        """Draw, unless there is more to wait for."""
        app, size = self._app, toolkit.size_now(self._app)
        if not app.screen_stack:  # it ends
            return
        other = size is not None and size != app.size
        late = monotonic() - (self._since or 0.0) > AT_MOST
        if late or not (other or toolkit.is_to_be_drawn(app.screen)):
            self._since = None
            toolkit.paint_whole(app.screen)
        if size is not None and other:
            app.post_message(events.Resize(size, size))
        elif self.holds:
            self._wait()
