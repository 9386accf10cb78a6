"""A file is asked for by its path, and something is done with it in a thread: read, or written.

What can't be done is said where the path stands, so that another can be typed; escape stops what is
under way, whatever it finds then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar, cast

from msgspec import Struct
from textual import events
from textual.content import Content

from planner.entry.paths import meant, paths_like
from planner.errors import PlannerError
from planner.text.editing import to_edit
from planner.text.visible import visible
from planner.tui.dialogs.options import Options
from planner.tui.dialogs.panel import KeyLine, Keys
from planner.tui.dialogs.search import SearchDialog
from planner.tui.shell.stage import Shell

T = TypeVar("T")
Tell = Callable[[str], None]
"""Says what is being done now. Raises Stopped where nobody waits for it any more."""
STOP: Keys = (("esc", "stop"),)


class Stopped(Exception):
    """Nobody waits for what is being done."""


class FileTask(Struct, Generic[T], frozen=True):
    """What is done with a file. `suffixes` are of files that are offered."""

    title: str
    hint: str
    suffixes: Sequence[str]
    do: Callable[[Path, Tell], T]
    """In a thread. Raises PlannerError."""
    is_new: bool = False
    """The file is to be written: enter takes the name as it is typed."""


class FileDialog(SearchDialog[T]):
    """Returns what became of the file; None on escape."""

    DEFAULT_CSS = """
    FileDialog .count { height: auto; min-height: 2; }
    """
    keys: Keys = (("enter", "open"), ("tab", "complete"), ("↓ ↑", "select"), ("esc", "cancel"))

    def __init__(self, asks: FileTask[T], path: Path | None = None) -> None:
        super().__init__()
        self.path = path
        """Where it begins at once."""
        self.asks = asks
        self.found = paths_like("", asks.suffixes)
        self._number = 0
        self._working = False
        if asks.is_new:
            self.keys = (("enter", "write"), *self.keys[1:])

    def heading(self) -> Content:
        """What is asked."""
        return Content(self.asks.title)

    def matches(self) -> Options:
        """What is in this folder."""
        return Options(self._line, len(self.found), 10, "no such file here")

    def on_mount(self) -> None:
        """Type at once; the hint is of this task."""
        super().on_mount()
        self.search.placeholder = self.asks.hint
        if self.path is not None:
            self.search.put(to_edit(str(self.path)))
            self._begin(self.path)

    def _line(self, at: int, _width: int) -> Content:
        return Content(visible(self.found[at]))

    def narrow(self, typed: str) -> None:
        """What the path may become."""
        self.found = paths_like(typed, self.asks.suffixes)
        self.options.show(len(self.found))

    def catch(self, event: events.Key) -> bool:
        """Tab completes; while something is done, escape alone does anything."""
        if self._working:
            if event.key == "escape":
                self._stop()
            return event.key not in ("ctrl+l", "ctrl+z")
        if event.key == "tab":
            self._complete()
            return True
        return super().catch(event)

    def _complete(self) -> None:
        self._follow()
        if self.found:
            self.search.put(to_edit(self.found[self.options.at]))
            self._follow()

    def take(self) -> None:
        """Go into a folder; else begin with what is typed, or with the marked one."""
        typed = self.asked.strip()
        if self.asks.is_new or meant(typed).is_file():
            path = typed
        else:
            path = self.found[self.options.at] if self.found else typed
        if not path:
            self.say(Content.styled("Type the path of a file", "$warning"))
        elif path.endswith("/") and self.found:
            self._complete()
        else:
            self.search.put(to_edit(path))
            self.asked = path
            self._begin(meant(path))

    # --- in a thread ------------------------------------------------------------------------------

    def _begin(self, path: Path) -> None:
        self._number += 1
        self._working = True
        self.query_one(KeyLine).show(STOP)
        self.say(Content(f"{visible(path.name)} …"))
        shell = cast("Shell", self.app)
        work = partial(self._done_with, path, self._number)
        shell.in_thread(work, partial(self._done, self._number), "file", of=self, exclusive=True)

    def _done_with(self, path: Path, number: int) -> T | PlannerError | None:
        try:
            return self.asks.do(path, partial(self._tell, number))
        except PlannerError as error:
            return error
        except Stopped:
            return None

    def _tell(self, number: int, words: str) -> None:
        if number != self._number:
            raise Stopped
        self.app.call_from_thread(self._told, number, words)

    def _told(self, number: int, words: str) -> None:
        if number == self._number:
            self.say(Content(visible(words)))

    def _done(self, number: int, found: T | PlannerError | None) -> None:
        if number != self._number:
            return
        if not isinstance(found, PlannerError):
            self.dismiss(found)
            return
        self._rest()
        self.say(Content.styled(visible(f"✗ {found}"), "$critical"))

    def _stop(self) -> None:
        """What is done goes on to its next step, and nobody hears of it."""
        self._number += 1
        self._rest()
        self.say(Content.styled("Stopped", "$warning"))

    def _rest(self) -> None:
        self._working = False
        self.query_one(KeyLine).show(self.keys)
