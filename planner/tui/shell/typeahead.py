"""Keys in the order in which they were typed, each to what the one before it left behind.

Textual hands a key to the widget that has the focus when it arrives. Over a slow line, or under
quick fingers, several arrive at once: the second would reach a dialog that the first is closing, or
the view under one that it is opening, and be lost. So a key waits until all that the key before it
caused has happened: until every queue from the focused widget up to the app has been worked off,
and the screen and the focus are the same as before that. A key that comes alone waits for nothing.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from textual import events
from textual.app import App, ScreenStackError
from textual.message_pump import MessagePump

from planner.tui.shell.toolkit import paint

LIMIT = 1.0
"""Seconds after which a queue that is not worked off is waited for no longer."""

ROUNDS = 8
"""So often the screen and the focus may change before the next key is let through."""


class TypeAhead:
    """The part of an app that loses no key that was typed ahead; `deliver` passes one on."""

    def __init__(self, app: App[Any], deliver: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app, self._deliver = app, deliver
        self._typed: deque[events.Event] = deque()
        self._following: asyncio.Task[None] | None = None
        self._held = False

    def hold(self) -> None:
        """Keep what is typed from now on: there is nothing yet that it could act on."""
        self._held = True

    def let_go(self) -> None:
        """Pass on what was kept, and what comes after it."""
        self._held = False
        self._following = asyncio.create_task(self._follow())

    async def take(self, event: events.Event) -> None:
        """Pass on what comes; keys and pasted text one after the other."""
        typed = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if not typed:
            await self._deliver(event)
        elif self._held or (self._following is not None and not self._following.done()):
            self._typed.append(event)
        else:
            await self._deliver(event)
            self._following = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        """Wait for what the last key caused; then the next one, as long as there are some."""
        await self._quiet()
        while self._typed:
            await self._deliver(self._typed.popleft())
            await self._quiet()
        self._paint()

    def _paint(self) -> None:
        """Draw what the keys changed now, not with the next of sixty frames a second."""
        if self._place():
            paint(self._app.screen)

    async def _quiet(self) -> None:
        for _ in range(ROUNDS):
            before = self._place()
            for pump in (*before, self._app):
                await _worked_off(pump)
            if self._place() == before:
                return

    def _place(self) -> tuple[MessagePump, ...]:
        """The focused widget and what is round it, up to the screen."""
        try:
            screen = self._app.screen
        except ScreenStackError:
            return ()
        inner = screen.focused or screen
        return tuple(node for node in inner.ancestors_with_self if node is not self._app)


async def _worked_off(pump: MessagePump) -> None:
    """Wait until a queue has come to what stands in it now."""
    done = asyncio.Event()
    if not pump.is_running or not pump.call_later(done.set):
        return
    try:
        await asyncio.wait_for(done.wait(), LIMIT)
    except TimeoutError:
        return
