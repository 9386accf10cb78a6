"""Runs `git` safely: a repository can't make it run another program.

Only plumbing is called: commands on objects, refs and the index. `status`, `diff`, `log -p` and
`blame` would run what a repository's configuration names. What plumbing still reads from there (a
file system monitor, hooks, a helper that fetches missing objects) is switched off for every call,
and of ``GIT_*`` in the environment only who makes a commit comes through. History is as it was
committed: neither replacements nor grafts count.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from planner.errors import PlannerError, UsageError

SECONDS = 20.0
"""How long one call of git may take."""

PARTIAL = "its content is not in this partial clone, and is not fetched unasked"
"""What is said where git would have to fetch first."""

_SAFE = (
    "--no-pager",
    "--literal-pathspecs",
    "--no-replace-objects",
    "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}",
    "-c", "core.pager=cat",
    "-c", "core.sshCommand=false",
    "-c", "core.askPass=true",
    "-c", "credential.helper=",
    "-c", "protocol.allow=never",
    "-c", "safe.bareRepository=explicit",
    "-c", "core.untrackedCache=false",
)  # fmt: skip


_PERSON = frozenset(
    f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL", "DATE")
)


class GitError(PlannerError):
    """Git said no; `message` is its last line."""


def git(
    folder: Path, arguments: Sequence[str], *, given: bytes = b"", seconds: float = SECONDS
) -> bytes:
    """What git prints. Raises GitError where it fails, UsageError where there is no git."""
    try:
        done = subprocess.run(
            ["git", *_SAFE, *arguments],
            cwd=folder,
            env=environment(),
            input=given,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except FileNotFoundError:
        where = "" if folder.is_dir() else f": {folder} is no folder"
        raise UsageError(f"git can't be run{where}", hint="is it installed?") from None
    except NotADirectoryError:
        raise UsageError(f"{folder} is no folder") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git {arguments[0]} took longer than {seconds:.0f} s") from None
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        if any("promisor remote" in each for each in lines):
            raise GitError(PARTIAL)
        words = lines[-1] if lines else f"failed with exit code {done.returncode}"
        raise GitError(f"git {arguments[0]}: {words.removeprefix('fatal: ')}")
    return done.stdout


def environment() -> dict[str, str]:
    """The environment for git: no ``GIT_*`` but those that say who makes a commit and when, and
    those that keep it from asking and fetching.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _PERSON
    }
    return kept | {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_ASKPASS": "true",
        "GIT_GRAFT_FILE": os.devnull,
        "LC_ALL": "C",
    }
