"""What planner uses of Textual that Textual keeps to itself, each in one function.

A newer Textual may rename these: `tests/tui/test_toolkit.py` names each, and those that the app and
the driver override, which can only stand in their own classes.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from textual import events
from textual._keyboard_protocol import FUNCTIONAL_KEYS as FUNCTIONAL_KEYS
from textual._xterm_parser import FOCUSIN as FOCUSIN
from textual._xterm_parser import FOCUSOUT as FOCUSOUT
from textual._xterm_parser import XTermParser, _re_extended_key
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.message import Message
from textual.screen import Screen

# --- an app ---------------------------------------------------------------------------------------


async def check_bindings(app: App[Any], key: str) -> bool:
    """Do what a key is bound to; whether it is bound to anything."""
    return await app._check_bindings(key)


def end_with(app: App[Any], error: Exception) -> None:
    """End an app with a bug; on the screen's thread."""
    app._handle_exception(error)


def fault_of(app: App[Any]) -> Exception | None:
    """The bug that ended an app."""
    return app._exception


def set_fault(app: App[Any], error: Exception) -> None:
    """Name the bug that ends an app, unless there is one already."""
    app._exception = app._exception or error


def close(app: App[Any]) -> None:
    """End an app without a word."""
    app._close_messages_no_wait()


def before_suspending(app: App[Any]) -> None:
    """Give the terminal back before the process is stopped."""
    app._suspend_signal()


NAMES = {"esc": "escape", "pgdn": "pagedown", "pgup": "pageup"}
"""What Textual calls keys that have another name here."""


def key_event(key: str) -> events.Key:
    """A key as it is written, pressed: what types a letter, or has a name."""
    if len(key) == 1:
        return events.Key(_character_to_key(key), key)
    return events.Key(NAMES.get(key, key), " " if key == "space" else None)


def takes(app: App[Any], event: events.Key) -> bool:
    """Whether what has the focus takes a key for a text that is typed in it."""
    focused = app.focused if app.screen_stack else None
    return focused is not None and focused.check_consume_key(event.key, event.character)


# --- the terminal ---------------------------------------------------------------------------------


def size_now(app: App[Any]) -> Size | None:
    """How large the terminal is now; None where there is none."""
    driver = app._driver
    return Size(*driver._get_terminal_size()) if isinstance(driver, LinuxDriver) else None


def restore_terminal(app: App[Any]) -> None:
    """Leave the terminal as it was found, as far as it still takes anything."""
    with suppress(Exception):
        if app._driver is not None:
            app._driver.stop_application_mode()


def end_from_thread(driver: LinuxDriver, error: Exception) -> None:
    """End the app of a driver with a bug in one of its threads."""
    with suppress(RuntimeError):  # the loop is closed: it has ended already
        driver._loop.call_soon_threadsafe(end_with, driver._app, error)


def paint(screen: Screen[Any]) -> None:
    """Draw what changed now, not with the next of sixty frames a second."""
    screen._on_timer_update()


def paint_whole(screen: Screen[Any]) -> None:
    """Draw every cell anew, now, whatever the terminal shows."""
    compositor, app = screen._compositor, screen.app
    if (forget := getattr(app._driver, "forget", None)) is not None:
        forget()
    screen._on_timer_update()
    app._display(screen, compositor.render_update(full=True, screen_stack=app._background_screens))


def is_to_be_drawn(screen: Screen[Any]) -> bool:
    """Whether widgets wait for their place, or to be drawn."""
    return bool(screen._layout_required or screen._repaint_required or screen._dirty_widgets)


# --- what a terminal sends ------------------------------------------------------------------------


class Sequences:
    """What the sequences of a terminal mean, by Textual's tables."""

    def __init__(self) -> None:
        self._parser = XTermParser()

    def keys(self, sequence: str) -> Iterable[events.Key]:
        """The keys that were pressed."""
        return self._parser._sequence_to_key_events(sequence)

    def mouse(self, code: str) -> Message | None:
        """What the mouse did."""
        return self._parser.parse_mouse_code(code)


def is_extended_key(sequence: str) -> bool:
    """Whether a sequence is a key as Textual reads one with modifiers."""
    return _re_extended_key.fullmatch(sequence) is not None
