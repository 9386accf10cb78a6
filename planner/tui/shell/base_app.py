"""What every app of planner holds to: its themes, no animation, and nothing harmful from a file.

Nothing leaves it with a control byte, no text is read as markup, and no text can press keys or
write files.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar, runtime_checkable

from rich.console import RenderableType
from textual import events, on
from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.screen import Screen

from planner.text.ascii import ascii_only
from planner.tui.shell import toolkit
from planner.tui.shell.control_byte_filter import ControlFilter
from planner.tui.shell.keys import AS_REGISTERED, Keymap, pressed
from planner.tui.shell.lean_driver import LeanDriver
from planner.tui.shell.named_keys import key_under
from planner.tui.shell.plain import QuietFilter
from planner.tui.shell.resizing import Resizing
from planner.tui.shell.shutdown import Shutdown, signals_given_back
from planner.tui.shell.stylesheet import KeptStylesheet
from planner.tui.shell.themes import THEMES, no_colour, palette
from planner.tui.shell.typeahead import TypeAhead

REDRAW, SUSPEND = "ctrl+l", "ctrl+z"
"""What these do, they do in every screen; a text of several lines takes the second for itself."""
Result = TypeVar("Result")
Found = TypeVar("Found")


@runtime_checkable
class SaysSo(Protocol):
    """A screen that says of a key that it means nothing there."""

    def say_no_meaning(self, event: events.Key) -> None:
        """In one line, until the next key."""


@runtime_checkable
class Acts(Protocol):
    """A screen whose keys are those of the keymap in force."""

    async def act_on(self, key: str) -> bool:
        """Do what a key does here, if anything."""


class GuardedApp(App[Result], inherit_bindings=False):
    """An app in one of planner's themes, ``dark`` unless another is asked for.

    Where a terminal has sixteen colours only, ``terminal`` is the usual one: mixed colours would be
    rounded to these, and the ground of the selected row to that of all others.
    """

    TITLE = "planner"
    BINDINGS = []
    keymap: Keymap = AS_REGISTERED
    """Which keys do what."""
    stand_ins: Mapping[str, str] = {}
    """Letters that stand for others in dialogs and pages, where they mean nothing else."""

    ascii_only = False
    """Whether the terminal is sent no signs but ASCII."""

    def __init__(self, theme: str | None = None) -> None:
        plain = no_colour()
        super().__init__(driver_class=LeanDriver, ansi_color=True if plain else None)
        self.stylesheet = KeptStylesheet(variables=self.get_css_variables())
        for each in THEMES:
            self.register_theme(each)
        few = self.console.color_system in (None, "standard")
        usual = "terminal" if few else "dark"
        self.theme = "planner-terminal" if plain else f"planner-{theme or usual}"
        self.animation_level = "none"
        self._guard = ControlFilter()
        self._ending = Shutdown(self)
        self._closes = False
        self._key_under: str | None = None
        self._resizing = Resizing(self)
        self._typed_ahead = TypeAhead(self, self._pass_on)

    def run(self, *arguments: Any, glyphs: str | None = None, **options: Any) -> Result | None:
        """Run it, and leave the signals to whoever had them before."""
        self.ascii_only = ascii_only(glyphs, os.environ)
        with signals_given_back():
            return super().run(*arguments, **options)

    def on_mount(self) -> None:
        """Hear of the end of the line, and of the machine."""
        self._ending.listen()

    # --- keys -------------------------------------------------------------------------------------

    def hold_keys(self) -> None:
        """Keep what is typed from now on: there is nothing yet that it could act on."""
        self._typed_ahead.hold()

    def let_keys_go(self) -> None:
        """Pass on what was kept, and what comes after it."""
        self._typed_ahead.let_go()

    async def on_event(self, event: events.Event) -> None:
        """Pass on what comes; keys and pasted text one after the other."""
        await self._typed_ahead.take(event)

    async def _pass_on(self, event: events.Event) -> None:
        """A letter of another alphabet is the key that it is on, but where a text is typed."""
        if isinstance(event, events.Key) and (letter := self.keymap.alias(event)):
            event = event if toolkit.takes(self, event) else toolkit.key_event(letter)
        await super().on_event(event)

    @on(events.Key)
    async def do_what_is_bound(self, event: events.Key) -> None:
        """What no widget takes does what it is bound to; else the screen says that it means nothing
        there, where it can say so.
        """
        event.prevent_default()
        if await toolkit.check_bindings(self, event.key):
            return
        if isinstance(self.screen, Acts) and await self.screen.act_on(pressed(event)):
            return
        if (meant := self.stand_ins.get(pressed(event))) is not None:
            await self._pass_on(toolkit.key_event(meant))
        elif event.key == REDRAW:
            self.redraw()
        elif event.key == SUSPEND:
            self.suspend_to_shell()
        elif isinstance(self.screen, SaysSo):
            self.screen.say_no_meaning(event)

    @on(events.MouseDown)
    def hold_key(self, event: events.MouseDown) -> None:
        """Keep in mind which key is named under the button."""
        self._key_under = key_under(event) if event.button == 1 else None

    @on(events.Click)
    def press_key(self, event: events.Click) -> None:
        """A click on a key that is named somewhere is that key; not where it only came to light."""
        key, self._key_under = self._key_under, None
        if key is not None and key == key_under(event):
            self.post_message(toolkit.key_event(key))

    # --- the terminal -----------------------------------------------------------------------------

    @on(events.Resize)
    def hold_back(self) -> None:
        """Draw a new size once, when all has taken its place."""
        self._resizing.begin()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if not self._resizing.holds:
            super()._display(screen, renderable)

    @on(Driver.SignalResume)
    def redraw(self) -> None:
        """Draw every cell anew, in the size that the terminal has now."""
        if (size := toolkit.size_now(self)) is not None:
            self.post_message(events.Resize(size, size))
        self.screen.refresh()

    def suspend_to_shell(self) -> bool:
        """Stop until ``fg``, with all that was started together; whether a shell waits for that."""
        if os.getpgrp() == os.getsid(0):
            return False
        toolkit.before_suspending(self)
        os.killpg(os.getpgrp(), signal.SIGTSTP)
        return True

    # --- when it ends -----------------------------------------------------------------------------

    @property
    def fault(self) -> Exception | None:
        """The bug that ended the app; None where it ended as it should."""
        return toolkit.fault_of(self)

    def in_thread(
        self,
        compute: Callable[[], Found],
        then: Callable[[Found], None],
        group: str,
        *,
        of: DOMNode | None = None,
        exclusive: bool = False,
    ) -> None:
        """Compute in a thread, and `then` take it on the screen's; a bug ends the app.

        The work belongs to `of`, else to the app, and ends with it; where it is exclusive, no
        earlier work of its group goes on.
        """

        def work() -> None:
            if (found := guarded(self, compute)) is not None:
                self.call_from_thread(take, found[0])

        def take(found: Found) -> None:
            if not self.closing:
                then(found)

        (of or self).run_worker(
            work, thread=True, exclusive=exclusive, exit_on_error=False, group=group
        )

    @property
    def closing(self) -> bool:
        """Whether it has begun to close: what is on screen may have lost half of itself."""
        return self._closes or self._ending.leaving

    async def _shutdown(self) -> None:
        self._closes = True
        await super()._shutdown()

    def _handle_exception(self, error: Exception) -> None:
        if not self.closing:
            super()._handle_exception(error)

    def panic(self, *_: object) -> None:
        """End, and show no picture of what went wrong: whoever started the app says what."""
        toolkit.set_fault(self, RuntimeError("the toolkit gave up"))
        self._fatal_error()

    def _fatal_error(self) -> None:
        """End without showing a traceback, which would be all that is left of the screen."""
        toolkit.close(self)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Nothing leaves the program with a control byte in it; quiet text is dim where there are
        no colours, or the terminal's own.
        """
        quiet = [QuietFilter(text_only=not self.no_color)] if palette(self).sixteen else []
        return [self._guard, *quiet, *super().get_line_filters()]

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """What Textual itself wants to say, never read as markup."""
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    async def action_simulate_key(self, key: str) -> None:
        """Nothing: a text must not press keys."""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Nothing: a text must not write files."""


def guarded(app: App[Any], compute: Callable[[], Found]) -> tuple[Found] | None:
    """From a thread: what `compute` makes; None where a bug in it has ended the app.

    A worker would keep the bug to itself, and the screen would wait for ever.
    """
    try:
        return (compute(),)
    except Exception as error:
        app.call_from_thread(toolkit.end_with, app, error)
        return None
