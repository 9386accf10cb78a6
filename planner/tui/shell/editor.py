"""A person's own editor, from the environment and without a shell, at a line of a file.

A file's name may begin with what an editor takes for an option or a command (``-c!…``, ``+!…``) or
for another machine's (``scp://…``): it is given from the root on, where it can be none of these.

While it runs the terminal is the editor's: ctrl+c there is meant for it. What ends planner ends it
first, so that no editor stays behind on a terminal that is a shell's again.
"""

from __future__ import annotations

import errno
import shlex
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from os import environ
from pathlib import Path
from types import FrameType

Editor = subprocess.Popen[bytes]

AWAKE_SECONDS = 1.0
"""How long one wait for an editor lasts."""


def editor_words() -> list[str]:
    """The editor and its options: `$VISUAL`, else `$EDITOR`, else vi. Never nothing at all, for
    then the file would be the program. Raises OSError where its quotes don't match.
    """
    said = (environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))
    try:
        return shlex.split(next(filter(None, said), "vi")) or ["vi"]
    except ValueError as error:
        raise OSError(errno.EINVAL, f"$VISUAL or $EDITOR: {error}") from None


def run_editor(file: str, line: int | None) -> None:
    """Run it on this terminal, at a 1-based line, until it ends. Raises OSError if it can't."""
    words = [*editor_words(), *([f"+{line}"] if line else []), str(Path(file).absolute())]
    with _foremost() as pass_on_to, subprocess.Popen(words) as editor:
        pass_on_to(editor)
        _wait(editor)


def _wait(editor: Editor) -> None:
    """Until it ends, awake now and then: a signal that comes right before a wait without end, or to
    another thread, would be heard of only behind it."""
    while editor.returncode is None:
        with suppress(subprocess.TimeoutExpired):
            editor.wait(AWAKE_SECONDS)


@contextmanager
def _foremost() -> Iterator[Callable[[Editor], None]]:
    """Pass on what ends us, and obey it when the editor is gone; leave ctrl+c to the editor.

    From before it starts: what comes until then is passed on when it is told.
    """
    heard: list[int] = []
    editors: list[Editor] = []

    def hear(number: int, _: FrameType | None) -> None:
        heard.append(number)
        for editor in editors:
            editor.send_signal(number)

    def pass_on_to(editor: Editor) -> None:
        editors.append(editor)
        for number in heard:
            editor.send_signal(number)

    before = {each: signal.signal(each, hear) for each in (signal.SIGHUP, signal.SIGTERM)}
    # A handler that does nothing, since what is ignored would be ignored by the editor too.
    before[signal.SIGINT] = signal.signal(signal.SIGINT, lambda *_: None)
    # The event loop hears of signals by this descriptor, whoever handles them.
    loop = signal.set_wakeup_fd(-1)
    try:
        yield pass_on_to
    finally:
        signal.set_wakeup_fd(loop, warn_on_full_buffer=False)
        for each, handler in before.items():
            signal.signal(each, handler if handler is not None else signal.SIG_DFL)
        for number in heard:
            signal.raise_signal(number)
