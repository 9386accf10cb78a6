"""What planner calls of Textual that Textual keeps to itself, each in one function.

A newer Textual may rename these: `tests/tui/test_toolkit.py` names each. What an app, a field
or a driver overrides by such a name, or uses of itself, stands in its own class.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.screen import Screen


async def check_bindings(app: App[Any], key: str) -> bool:
    """Do what a key is bound to; whether it is bound to anything."""
    return await app._check_bindings(key)


def end_with(app: App[Any], error: Exception) -> None:
    """End an app with a bug; on the screen's thread."""
    app._handle_exception(error)


def fault_of(app: App[Any]) -> Exception | None:
    """The bug that ended an app."""
    return app._exception


def close(app: App[Any]) -> None:
    """End an app without a word."""
    app._close_messages_no_wait()


def before_suspending(app: App[Any]) -> None:
    """Give the terminal back before the process is stopped."""
    app._suspend_signal()


def size_now(app: App[Any]) -> Size | None:
    """How large the terminal is now; None where there is none."""
    driver = app._driver
    return Size(*driver._get_terminal_size()) if isinstance(driver, LinuxDriver) else None


def restore_terminal(app: App[Any]) -> None:
    """Leave the terminal as it was found, as far as it still takes anything."""
    with suppress(Exception):
        if app._driver is not None:
            app._driver.stop_application_mode()


def paint(screen: Screen[Any]) -> None:
    """Draw what changed now, not with the next of sixty frames a second."""
    screen._on_timer_update()
