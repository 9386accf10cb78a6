"""A command that another program runs in its own process leaves that process as it was.

Each case runs in a Python of its own that compares itself before and after, and says on a file what
is another now; its streams are real ones, which can be full, closed, or have no reader.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROADMAPS
from tests.terminals import Terminal

EMBEDDING = """
import decimal, gc, locale, os, signal, sys, tempfile, threading, time, warnings
from pathlib import Path

put_aside = gc.get_freeze_count()  # Python 3.12 begins with some

signal.signal(signal.SIGUSR1, lambda *_: None)
signal.signal(signal.SIGTERM, handler := lambda *_: None)
signal.signal(signal.SIGHUP, signal.SIG_IGN)

def stream(name):
    there = getattr(sys, name)
    return (id(there), there and there.encoding, there and there.errors)

def descriptors():
    found = {}
    for name in os.listdir("/proc/self/fd"):
        try:
            found[name] = os.readlink(f"/proc/self/fd/{name}")
        except OSError:
            pass  # the one by which the folder is read
    return found

def everything():
    mask = os.umask(0)
    os.umask(mask)
    return {
        "garbage": (gc.isenabled(), gc.get_threshold(), gc.get_debug()),
        "put aside": gc.get_freeze_count() > put_aside,
        "streams": [stream(name) for name in ("stdin", "stdout", "stderr")],
        "descriptors": descriptors(),
        "signals": {number: signal.getsignal(number) for number in signal.valid_signals()},
        "mask": signal.pthread_sigmask(signal.SIG_BLOCK, ()),
        "environment": dict(os.environ),
        "folder": (os.getcwd(), mask, tempfile.tempdir),
        "locale": locale.setlocale(locale.LC_ALL),
        "limits": (sys.getrecursionlimit(), sys.getswitchinterval(), sys.get_int_max_str_digits()),
        "warnings": list(warnings.filters),
        "hooks": (sys.excepthook, sys.unraisablehook, sys.displayhook, threading.excepthook),
        "tracing": (sys.gettrace(), sys.getprofile()),
        "numbers": str(decimal.getcontext()),
        "zone": time.tzname,
        "path": list(sys.path),
        "arguments": list(sys.argv),
    }

from planner.__main__ import main

def run(words):
    try:
        main(words)
    except SystemExit as left:
        return left.code or 0

said = Path(sys.argv[1])
words = sys.argv[2:]
before = everything()
code = run(words)
after = everything()
changed = [f"{key}: {before[key]} -> {after[key]}" for key in before if before[key] != after[key]]
said.write_text("\\n".join([str(code), *changed]))
os._exit(0)
"""
ACME = str(ROADMAPS / "acme-2027")


@pytest.fixture
def script(tmp_path: Path) -> list[str]:
    """The embedding program, with the file in which it says what has changed."""
    path = tmp_path / "embedding.py"
    path.write_text(EMBEDDING, "utf-8")
    return [sys.executable, str(path), str(tmp_path / "said")]


def environment(tmp_path: Path) -> dict[str, str]:
    return os.environ | {"XDG_STATE_HOME": str(tmp_path / "state"), "LC_ALL": "C.UTF-8"}


def changed(tmp_path: Path) -> tuple[int, list[str]]:
    """The exit code of the command, and what of the process is another now."""
    code, *found = (tmp_path / "said").read_text("utf-8").split("\n")
    return int(code), found


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["show", ACME], 0),
        (["check", ACME], 1),
        (["why", "peak-readiness", "-r", ACME], 0),
        (["show", "/nowhere"], 2),
        (["shwo"], 2),
        (["show", "--wrong"], 2),
        (["--help"], 0),
    ],
)
def test_a_command_leaves_the_process_as_it_was(
    words: list[str], code: int, script: list[str], tmp_path: Path
) -> None:
    subprocess.run([*script, *words], env=environment(tmp_path), capture_output=True, check=True)
    assert changed(tmp_path) == (code, [])


@pytest.mark.parametrize(
    ("streams", "code"),
    [(">/dev/full", 2), ("| true", 0), (">&-", 0), (">&- 2>&-", 0), ("2>/dev/full", 0)],
)
def test_so_it_is_where_nothing_can_be_printed(
    streams: str, code: int, script: list[str], tmp_path: Path
) -> None:
    # Enough to print that no buffer holds it.
    line = f'"$@" {streams}'
    command = ["sh", "-c", line, "sh", *script, "show", ACME, "--json"]
    subprocess.run(command, env=environment(tmp_path), stderr=subprocess.DEVNULL, check=True)
    assert changed(tmp_path) == (code, [])


def test_ascii_streams_are_ascii_again(script: list[str], tmp_path: Path) -> None:
    env = environment(tmp_path) | {"PYTHONIOENCODING": "ascii:strict"}
    subprocess.run([*script, "show", ACME], env=env, capture_output=True, check=True)
    assert changed(tmp_path) == (0, [])


def test_the_screen_leaves_the_process_as_it_was(script: list[str], tmp_path: Path) -> None:
    roadmap = tmp_path / "roadmap.toml"
    roadmap.write_text('[initiatives.push]\nestimate = "3w"\n', "utf-8")
    with Terminal([*script, str(roadmap)], XDG_STATE_HOME=str(tmp_path / "state")) as terminal:
        terminal.wait_for("push")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert changed(tmp_path) == (0, [])
