"""A kill at every system call of a save, and every plausible error of each.

`strace` first lists the calls of a save in order, then runs the same save again and again with one
call interfered with.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from planner.files.atomic_swap import _renameat2
from planner.session.dead_sessions import recoverable
from tests.faults.stage import CRASHED, REFUSED, SAVED, Stage, ended, in_child, opened, stage
from tests.faults.tally import Tally

KINDS = ("replace", "in place", "folder")
ERRORS = {
    "openat": ("EACCES", "ENOSPC", "EDQUOT", "EROFS", "EIO", "EMFILE", "ENOENT"),
    "pwrite64": ("ENOSPC", "EDQUOT", "EIO", "EFBIG"),
    "write": ("ENOSPC", "EIO"),
    "read": ("EIO",),
    "fsync": ("EIO", "ENOSPC", "EDQUOT"),
    "fdatasync": ("EIO", "ENOSPC"),
    "fallocate": ("ENOSPC", "EOPNOTSUPP"),
    "ftruncate": ("EIO", "EPERM"),
    "renameat": ("EIO", "ENOSPC", "EACCES", "EROFS"),
    "renameat2": ("EIO", "ENOSPC", "EACCES", "EROFS", "EINVAL", "ENOSYS", "EBUSY"),
    "rename": ("EIO", "ENOSPC"),
    "unlink": ("EIO", "EACCES", "EROFS"),
    "unlinkat": ("EIO", "EACCES", "EROFS"),
    "flock": ("ENOLCK", "EOPNOTSUPP"),
    "newfstatat": ("EIO", "ESTALE"),
    "fstat": ("EIO", "ESTALE"),
    "lseek": ("EIO",),
    "flistxattr": ("EIO", "EOPNOTSUPP"),
    "fgetxattr": ("EIO",),
    "fchmod": ("EPERM", "EIO"),
    "fchown": ("EPERM", "EIO"),
    "getdents64": ("EIO",),
    "mkdir": ("ENOSPC",),
    "faccessat": ("EACCES",),
    "access": ("EACCES",),
    "close": ("EIO",),
}

Call = tuple[str, int]
"""A system call's name, and which of its kind it is, from 1."""


def available() -> bool:
    """Whether this machine can trace a process."""
    return shutil.which("strace") is not None and os.geteuid() == 0


def kills(every: int = 1) -> Iterator[Tally]:
    """Kill a save at each system call (at every so-manieth, in the short form)."""
    for kind in KINDS:
        tally = Tally(f"kill at a system call, {kind}")
        for name, number in _calls(kind)[::every]:
            with stage(kind) as made:
                before = made.texts()
                after = _after(kind)
                code = _interfered(made, f"{name}:signal=KILL:when={number}")
                tally.tries += 1
                tally.count("killed" if code == -signal.SIGKILL else f"ended with {code}")
                _judge_kill(tally, made, before, after, f"{kind} {name} {number}")
        yield tally


def _judge_kill(
    tally: Tally, made: Stage, before: tuple[str, ...], after: tuple[str, ...], where: str
) -> None:
    """Another start completes a save that was cut off, or offers what was not saved."""
    if made.kind == "replace" and made.texts() not in (before, after):
        tally.note("torn", f"{where}: before the next start")
    session = opened(made.path)
    if made.texts() not in (before, after):
        tally.note("torn", where)
        return
    tally.count("new" if made.texts() == after else "old")
    recovery = recoverable(made.path)
    if made.texts() == after:
        if recovery is not None:
            tally.note("twice", where)
        return
    if recovery is None:
        tally.note("lost", where)
        return
    session.restore(recovery)
    session.save()
    session.close()
    if made.texts() != after:
        tally.note("lost", f"{where}: restored to {made.texts()}")
    if made.left_over():
        tally.note("torn", f"{where}: left over {made.left_over()}")


def errors(every: int = 1) -> Iterator[Tally]:
    """Let each system call of a save fail, with each error that it is known for."""
    for kind in KINDS:
        tally = Tally(f"error of a system call, {kind}")
        for name, number, error in _errors(_calls(kind))[::every]:
            with stage(kind) as made:
                before, after = made.texts(), _after(kind)
                code = _interfered(made, f"{name}:error={error}:when={number}")
                tally.tries += 1
                _judge_error(tally, made, code, before, after, f"{kind} {name} {number} {error}")
        yield tally


def _errors(calls: Sequence[Call]) -> list[tuple[str, int, str]]:
    return [(name, number, error) for name, number in calls for error in ERRORS.get(name, ())]


def _judge_error(
    tally: Tally,
    made: Stage,
    code: int,
    before: tuple[str, ...],
    after: tuple[str, ...],
    where: str,
) -> None:
    said = {SAVED: "saved", REFUSED: "not saved", CRASHED: "crashed"}.get(code, str(code))
    tally.count(said)
    texts = made.texts()
    if code not in (SAVED, REFUSED):
        tally.note("crashed", f"{where}: {code}")
    if texts not in (before, after):
        tally.note("torn", where)
    elif code == SAVED and texts != after:
        tally.note("lost", f"{where}: it said saved")
    elif code == REFUSED and texts == after:
        tally.note("crashed", f"{where}: it said not saved, and it is")


# --- one save under strace ------------------------------------------------------------------------

_LINE = re.compile(r"^(?:\d+ +)?([a-z0-9_]+)\(")


def _calls(kind: str) -> list[Call]:
    """The system calls of a save, in order."""
    with stage(kind) as made:
        log = made.folder / "calls"
        assert _interfered(made, None, log) == SAVED
        names = [m[1] for line in log.read_text().splitlines() if (m := _LINE.match(line))]
    start = names.index("getppid") + 1
    seen: dict[str, int] = {}
    calls = []
    for at, name in enumerate(names):
        seen[name] = seen.get(name, 0) + 1
        if at >= start and name not in ("exit_group", "getppid"):
            calls.append((name, seen[name]))
    return calls


def _after(kind: str) -> tuple[str, ...]:
    with stage(kind) as made:
        session = opened(made.path)
        made.edit(session)
        session.save()
        session.close()
        return made.texts()


def _interfered(made: Stage, inject: str | None, log: Path | None = None) -> int:
    """Save in a child under strace; returns how it ended."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    ready, tell = os.pipe()

    def act() -> None:
        session = opened(made.path)
        made.edit(session)
        # Loading libraries is no part of a save: only the first one of a session does it.
        _renameat2()
        os.write(tell, b".")
        signal.sigwait({signal.SIGUSR1})
        os.getppid()
        session.save()

    child = in_child(act)
    os.read(ready, 1)
    os.close(ready)
    os.close(tell)
    command = ["strace", "-qq", "-o", str(log or os.devnull), "-p", str(child)]
    command += ["-e", f"inject={inject}"] if inject else []
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _wait_until_traced(child, tracer)
    os.kill(child, signal.SIGUSR1)
    code = ended(child)
    tracer.wait()
    return code


def _wait_until_traced(child: int, tracer: subprocess.Popen[bytes]) -> None:
    status = Path(f"/proc/{child}/status")
    while "TracerPid:\t0" in status.read_text():
        assert tracer.poll() is None, "strace could not attach"
